"""Which wider queries may be meant where nothing matches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.query.filters import filters_of
from searchidx.query.parser import parse
from searchidx.query.relaxing import relaxations


def wider(query: str, **options: str) -> list[str]:
    """Give the wider queries as they are written; a star stands behind those that keep the filters."""
    found = relaxations(parse(query).query, filters_of(**options))
    return [one.interpreted + " *" * one.keeps_filters for one in found]


@pytest.mark.parametrize(
    ("query", "relaxed"),
    [
        ("grain", []),
        ("grain deal", []),
        ("+grain +deal", ["grain deal *"]),
        ("grain AND (deal OR ship)", ["grain deal ship *"]),
        ('"grain deal"', ["grain deal *"]),
        ("grain NEAR/3 deal", ["grain deal *"]),
        ('"grain deal" /s =Kiev', ["grain deal =Kiev *"]),
        ("title:grain", ["grain *"]),
        ("+grain +deal in:raw", ["in:raw (grain deal) *"]),
        ("+grai* +deal~", ["grai* deal~ *"]),
        ("+grain +grain", ["grain *"]),
        ("+grain +deal -ship", ["grain deal -ship *"]),
        ("-ship", []),
        ("source:oxbow", []),
        ("grain source:oxbow", ["grain"]),
        (
            "+grain +deal date:2025",
            ["grain deal date:2025-01-01..2025-12-31 *", "grain AND deal", "grain deal"],
        ),
        ("grain deal -ship language:uk", ["grain deal -ship"]),
        ("*", []),
        ("?!", []),
    ],
)
def test_a_query_is_widened_step_by_step(query: str, relaxed: list[str]) -> None:
    assert wider(query) == relaxed


def test_filters_of_options_go_after_strict_words() -> None:
    assert wider("grain", source="oxbow") == ["grain"]
    assert wider("+grain +deal", since="2025") == ["grain deal *", "grain AND deal", "grain deal"]
    assert wider("-ship", source="oxbow") == []


def test_the_note_counts_one_and_several() -> None:
    [one] = relaxations(parse('"grain deal"').query)
    assert one.note(1) == "no article has the words in that way; 1 has some of them"
    assert one.note(1_200) == "no article has the words in that way; 1,200 have some of them"


@given(st.text(alphabet='ab "+-()~*:/ORANDTsource in:raw', max_size=40))
def test_what_is_written_of_a_wider_query_is_read_as_that_query(text: str) -> None:
    query = parse(text).query
    for one in relaxations(query):
        assert one.query != query
        assert parse(one.interpreted).query == one.query
