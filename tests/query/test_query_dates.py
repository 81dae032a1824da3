"""Which days are meant by what people type."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.query.dates import parse_day_range, read_days

TODAY = date(2025, 6, 4)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2025-06-02", "2025-06-02", "2025-06-02"),
        ("2025-6-2", "2025-06-02", "2025-06-02"),
        ("2025-06", "2025-06-01", "2025-06-30"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("2025-05..2025-06", "2025-05-01", "2025-06-30"),
        ("2025-05...2025-06", "2025-05-01", "2025-06-30"),
        ("2025-06-15..2025-06", "2025-06-15", "2025-06-30"),
        ("2025-05..", "2025-05-01", None),
        ("..2025-05", None, "2025-05-31"),
        (" 2025 ", "2025-01-01", "2025-12-31"),
        ("today", "2025-06-04", "2025-06-04"),
        ("Yesterday", "2025-06-03", "2025-06-03"),
        ("this week", "2025-06-02", "2025-06-08"),
        ("last week", "2025-05-26", "2025-06-01"),
        ("last-week", "2025-05-26", "2025-06-01"),
        ("LAST_MONTH", "2025-05-01", "2025-05-31"),
        ("this month", "2025-06-01", "2025-06-30"),
        ("this year", "2025-01-01", "2025-12-31"),
        ("last  year", "2024-01-01", "2024-12-31"),
        ("last month..today", "2025-05-01", "2025-06-04"),
    ],
)
def test_a_day_range_is_read(text: str, since: str | None, until: str | None) -> None:
    assert parse_day_range(text, TODAY) == (since, until)


@pytest.mark.parametrize(
    "text",
    [
        *("", "..", "....", "2025-02-31", "2025-13", "2025-00", "0000", "99999", "2025-", "-5", "9" * 400),
        *(
            "2025-06-02..x",
            "x..2025",
            "not-a-date",
            "tomorrow",
            "last",
            "week",
            "２０２５",
            "2025-06-02T10:00",
        ),
    ],
)
def test_what_is_no_day_gives_none(text: str) -> None:
    assert parse_day_range(text, TODAY) is None


def test_a_reversed_range_is_put_right_and_said_to_be() -> None:
    found = read_days("2025-06..2025-05")
    assert found is not None
    assert (found.since, found.until, found.was_reversed) == ("2025-05-01", "2025-06-30", True)


def test_without_a_day_to_count_from_the_clock_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class StoppedClock(date):
        @classmethod
        def today(cls) -> "StoppedClock":
            return cls(2024, 3, 1)

    monkeypatch.setattr("searchidx.query.dates.date", StoppedClock)
    assert parse_day_range("yesterday") == ("2024-02-29", "2024-02-29")


@given(st.text(alphabet="0123456789-.lastwek ", max_size=25))
def test_any_text_is_a_range_in_order_or_none(text: str) -> None:
    match parse_day_range(text, TODAY):
        case (str(since), str(until)):
            assert date.fromisoformat(since) <= date.fromisoformat(until)
        case (since, until):
            assert since or until


@given(st.dates(), st.dates())
def test_a_range_of_days_is_read_as_written(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    assert parse_day_range(f"{first}..{last}") == (first.isoformat(), last.isoformat())
