"""Words are found in a text at the positions that an index knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.analysis import Positions, analyze, locate, placed

texts = st.lists(
    st.sampled_from(
        [
            *("Us", "us", "U.S.", "must", "us/them", "cease-fire", "Cease", "fire.", "Çırağan", "ciragan"),
            *(
                "Kyiv’s",
                "(Kyiv)",
                "12,000",
                "12000",
                "\n",
                "\n\n",
                "東京都",
                "東",
                "İzmir",
                "\u00a0us",
                "o’us",
            ),
        ]
    )
).map(" ".join)


@given(texts, st.data())
def test_places_are_those_that_reading_the_text_gives(text: str, data: st.DataObject) -> None:
    terms = sorted({token.term for token in analyze(text)})
    wanted = data.draw(st.sets(st.sampled_from(terms))) if terms else set()
    positions = Positions()
    positions.add(text)
    found = placed(text, {term: positions.terms[term] for term in wanted})
    if found is not None:
        _, expected = locate(text, wanted)
        assert {at: expected[at] for at in found} == found
        for token in analyze(text):
            if token.term in wanted:
                assert found.keys() >= set(range(token.position, token.position + token.width))


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("The U.S. said", {"us": [1]}),  # written otherwise than its term
        ("Erdoğan said", {"erdogan": [0]}),
        ("us and us", {"us": [0]}),  # the index is of another text
        ("İzmir us", {"us": [1]}),  # in lower case it is longer
    ],
)
def test_what_is_not_found_as_letters_is_left_to_reading(text: str, positions: dict[str, list[int]]) -> None:
    assert placed(text, positions) is None
