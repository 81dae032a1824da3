"""What groups add to scores is kept as it was, and forgotten when it is too much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.backends import impacts
from searchidx.backends.bits import as_bits, flags_of
from searchidx.backends.impacts import Impacts, KeptImpacts

SIZE = 60
scores = st.dictionaries(st.integers(0, SIZE - 1), st.floats(0, 9), max_size=SIZE)


@given(scores, st.frozensets(st.integers(0, SIZE - 1)))
def test_some_documents_have_what_all_have(held: dict[int, float], some: frozenset[int]) -> None:
    made = Impacts(held, SIZE)
    assert made.all() == held
    expected = {document: score for document, score in held.items() if document in some}
    assert made.flagged(flags_of(as_bits(some), SIZE)) == expected
    assert made.of(dict.fromkeys(sorted(some))) == expected
    for document in some:
        assert made.of([document]) == {d: score for d, score in held.items() if d == document}


def test_a_list_is_kept_when_it_has_cost_as_much_as_making_it() -> None:
    kept = KeptImpacts()
    assert [kept.is_worth_keeping("word", 40, 100) for _ in range(4)] == [False, False, False, True]


def test_the_lists_not_asked_for_longest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impacts, "MAX_KEPT", 250)
    monkeypatch.setattr(impacts, "SHORT", 10)
    kept = KeptImpacts()
    long = [Impacts(dict.fromkeys(range(100), 1.0), 100)]
    kept.keep("short", [Impacts({1: 1.0}, 100)])
    assert kept.get("short") is None
    kept.keep("one", long)
    kept.keep("two", long)
    assert kept.get("one") == long
    kept.keep("three", long)
    assert (kept.get("one"), kept.get("two"), kept.get("three")) == (long, None, long)
