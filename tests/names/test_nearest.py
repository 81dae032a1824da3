"""Which names are looked at where many share a key: those that a plain sum puts first."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.names.keys import loose_keys, places
from searchidx.names.nearest import Bucket, Entry, buckets_of, nearest, sounds_of, width
from searchidx.names.table import entries_of

LETTERS = "aeiouyznlskthjvwbrmxzäöYЩXчʒиĭW"
UNITS = st.text(LETTERS, min_size=2, max_size=16)
ENTRIES = st.builds(
    Entry, st.text("abc", min_size=1, max_size=3), UNITS, st.sampled_from("LCAJ"), st.booleans()
)


def named(*words: str) -> list[Entry]:
    """Give the plainest entry of each word."""
    return [entries_of(word, word)[0] for word in words]


@given(ENTRIES)
def test_a_name_has_as_many_sounds_under_a_key_as_any_other(entry: Entry) -> None:
    for key, starts in places(entry.units):
        assert len(starts) == len(key)
        assert len(sounds_of(entry, key)) == width(key)


@given(st.lists(ENTRIES, unique=True, max_size=12), st.lists(ENTRIES, unique=True, max_size=12))
def test_a_bucket_that_changed_is_the_one_made_anew(old: list[Entry], new: list[Entry]) -> None:
    wanted = {bucket[:2]: bucket for bucket in buckets_of(new)}
    before = {bucket[:2]: bucket for bucket in buckets_of(old)}
    for key, code in before.keys() | wanted.keys():
        gone, come = (
            [one for one in some if one.code == code and key in loose_keys(one.units)] for some in (old, new)
        )
        bucket = before.get((key, code), Bucket(key, code, "", b""))
        assert bucket.changed(gone, come) == wanted.get((key, code), Bucket(key, code, "", b""))


@given(st.lists(ENTRIES, unique=True, max_size=30), ENTRIES, st.integers(1, 30))
def test_no_more_than_asked_for_and_all_where_there_are_no_more(
    entries: list[Entry], asked: Entry, limit: int
) -> None:
    keys = {*loose_keys(asked.units)}
    buckets = [bucket for bucket in buckets_of(entries) if bucket.key in keys]
    every = sorted({entry for bucket in buckets for entry in bucket.entries()})
    assert every == sorted(entry for entry in entries if not keys.isdisjoint(loose_keys(entry.units)))
    found = nearest([asked], buckets, limit)
    assert found == sorted({*found})
    assert {*found} <= {*every}
    assert len(found) == min(limit, len(every))


@pytest.mark.parametrize(
    ("asked", "near", "far"),
    [
        ("shevchenko", "schevchenko", "sivichonoko"),
        ("dnipro", "dnepro", "adenipiri"),
        ("Дніпро", "dnipro", "danapra"),
        ("kharkiv", "harkiv", "kurukuvia"),
        ("mukachevo", "mukacevo", "amikichivu"),
    ],
)
def test_a_likely_spelling_is_chosen_before_an_unlikely_one(asked: str, near: str, far: str) -> None:
    words = [far, near]
    for order in permutations(words):
        buckets = list(buckets_of(named(*order)))
        some = [bucket for bucket in buckets if bucket.key in loose_keys(named(asked.lower())[0].units)]
        assert [entry.term for entry in nearest(named(asked.lower()), some, 2)] == sorted(words)
        assert [entry.term for entry in nearest(named(asked.lower()), some, 1)] == [near]
