"""When the documents found were published: every step from the first to the last."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.backends.view import make_facets
from searchidx.timeline import Step, make_timeline
from searchidx.types import Facets


def facets_of(days: dict[str, int]) -> Facets:
    return make_facets({}, {}, days)


@pytest.mark.parametrize(
    ("first", "last", "step"),
    [
        ("2025-06-02", "2025-06-02", "day"),
        ("2025-06-02", "2025-07-16", "day"),
        ("2025-06-02", "2025-07-17", "week"),
        ("2025-01-01", "2025-09-01", "week"),
        ("2025-01-01", "2025-12-01", "month"),
        ("2020-01-01", "2024-12-31", "month"),
        ("2010-01-01", "2025-01-01", "year"),
        ("0001-01-01", "9999-12-31", "year"),
    ],
)
def test_the_step_follows_from_the_range(first: str, last: str, step: Step) -> None:
    timeline = make_timeline(facets_of({first: 1, last: 2}))
    assert timeline.step == step
    assert timeline.buckets[0].start <= date.fromisoformat(first) <= timeline.buckets[0].end
    assert timeline.buckets[-1].start <= date.fromisoformat(last) <= timeline.buckets[-1].end


@given(
    st.dictionaries(
        st.one_of(st.dates().map(str), st.sampled_from(["", "soon", "2025-02-31"])), st.integers(1, 99)
    ),
)
def test_all_is_counted_once_and_the_steps_have_no_holes(days: dict[str, int]) -> None:
    timeline = make_timeline(facets_of(days))
    assert sum(bucket.count for bucket in timeline.buckets) + timeline.undated == sum(days.values())
    for one, other in zip(timeline.buckets, timeline.buckets[1:], strict=False):
        assert one.start <= one.end
        assert other.start == one.end + timedelta(days=1)
    assert all(bucket.count for bucket in (*timeline.buckets[:1], *timeline.buckets[-1:]))


def test_weeks_begin_on_monday_and_months_on_the_first() -> None:
    weeks = make_timeline(facets_of({"2025-06-04": 1, "2025-08-08": 1})).buckets
    assert {bucket.start.weekday() for bucket in weeks} == {0}
    months = make_timeline(facets_of({"2024-11-30": 1, "2026-02-28": 1})).buckets
    assert [str(bucket.end) for bucket in months[:4]] == [
        "2024-11-30",
        "2024-12-31",
        "2025-01-31",
        "2025-02-28",
    ]
