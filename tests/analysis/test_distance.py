"""Words are compared by their edits."""

from hypothesis import given
from hypothesis import strategies as st

from searchidx.analysis.distance import within

_WORD = st.text("abc", max_size=6)


@given(_WORD, _WORD)
def test_one_edit_is_what_it_is_among_two(one: str, other: str) -> None:
    nearest = within(one, other, 2)
    assert within(one, other, 1) == (nearest if nearest in (0, 1) else None)


@given(_WORD, _WORD)
def test_a_distance_is_the_same_from_both_sides(one: str, other: str) -> None:
    assert within(one, other, 1) == within(other, one, 1)
