"""The second look at two Latin spellings: what changes, stretch by stretch."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.names.changes import best_way, changes
from searchidx.names.units import code_of, units_of
from searchidx.names.verifier import LATIN, margin, weights

UNITS = st.text("abdeiklmnorstuvzSZCK", min_size=1, max_size=12)


@given(UNITS, UNITS)
def test_a_way_holds_both_names_and_weighs_what_the_first_look_says(one: str, other: str) -> None:
    costs = weights(LATIN)
    way = best_way(costs, one, other)
    assert "".join(unit for unit, _ in way) == one
    assert "".join(mate for _, mate in way) == other
    bias = costs.score(one, other) - _weight(way, one, other)
    assert bias == pytest.approx(costs.bias[min(len(one), len(other), len(costs.bias) - 1)])


@given(UNITS, UNITS)
def test_the_order_of_two_names_makes_no_difference_to_single_changes(one: str, other: str) -> None:
    way = best_way(weights(LATIN), one, other)
    turned = [(mate, unit) for unit, mate in way]
    assert sorted(changes(way)) == sorted(changes(turned))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sheremetyevo", "Scheremetjewo"),
        ("Dostoevsky", "Dostojewski"),
        ("Zhitomir", "Jitomir"),
        ("Mendeleev", "Mendelejew"),
        ("Chelyabinsk", "Tscheljabinsk"),
        ("Solzhenitsyn", "Sołżenicyn"),
    ],
)
def test_what_languages_write_otherwise_stays_one_name(one: str, other: str) -> None:
    assert _margin(one, other) >= 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sheremetyevo", "Sheremetyeva"),
        ("Ivanov", "Ivanova"),
        ("Romanov", "Romanovich"),
        ("Gorbachev", "Horbunov"),
        ("Slovakia", "Slovenia"),
        ("Austria", "Australia"),
    ],
)
def test_what_tells_two_names_apart_does_so(one: str, other: str) -> None:
    assert _margin(one, other) < 0


def _margin(one: str, other: str) -> float:
    (units, script), (mates, mate_script) = units_of(one), units_of(other)
    return margin(units, code_of(one, script), mates, code_of(other, mate_script))


def _weight(way: Sequence[tuple[str, str]], one: str, other: str) -> float:
    """Add up a way by hand."""
    costs = weights(LATIN)
    at = n = 0
    total = 0.0
    for unit, mate in way:
        if unit and mate:
            place = "I" if at == n == 0 else "F" if (at, n) == (len(one) - 1, len(other) - 1) else ""
            total += costs.edge(unit, mate, place) if place else costs.row(unit)[mate]
        else:
            total += costs.gaps(one)[at] if unit else costs.gaps(other)[n]
        at, n = at + bool(unit), n + bool(mate)
    return total
