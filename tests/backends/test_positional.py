"""Counting matches in many documents at once gives what the algebra of spans gives for each."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.analysis import PARAGRAPH, SENTENCE
from searchidx.backends.lists import PostingList
from searchidx.backends.matching import MAX_PAIRS, frequency
from searchidx.backends.positional import counter
from searchidx.query.nodes import Alternative, AnyOf, Near, Phrase, Query, SameParagraph, SameSentence

Document = Mapping[str, Sequence[int]]

WORDS = "abc"
alternatives = st.builds(
    Alternative, st.sampled_from(WORDS).map(lambda word: (word,)), st.sampled_from([1.0, 0.7, 0.35])
)
groups = st.lists(alternatives, min_size=1, max_size=3).map(lambda some: AnyOf(tuple(some)))
nodes = st.one_of(
    st.lists(groups, min_size=2, max_size=3).map(lambda parts: Phrase(tuple(parts))),
    st.builds(Near, groups, groups, st.integers(1, 4)),
    st.builds(SameSentence, groups, groups),
    st.builds(SameParagraph, groups, groups),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a text of few words, as the positions of its terms, with a word at every position."""
    words = draw(st.lists(st.sampled_from(WORDS), max_size=12))
    starts = sorted({0, *draw(st.lists(st.integers(0, 12), max_size=3))})
    held: dict[str, list[int]] = {SENTENCE: starts, PARAGRAPH: starts[::2]}
    for position, word in enumerate(words):
        held.setdefault(word, []).append(position)
    return held


def lists_of(texts: Sequence[Document]) -> Mapping[str, PostingList]:
    made: dict[str, PostingList] = {}
    for term in (*WORDS, SENTENCE, PARAGRAPH):
        held = [(number, text[term]) for number, text in enumerate(texts) if text.get(term)]
        positions = [position for _, some in held for position in some]
        if held:
            made[term] = PostingList(
                [number for number, _ in held],
                [len(some) for _, some in held],
                lambda positions=positions: positions,  # type: ignore[misc]
            )
    return made


def counted(node: Query, texts: Sequence[Document], asked: Sequence[int]) -> list[float | None]:
    count = counter(node, lists_of(texts).get, lambda _: None)
    assert count is not None
    return list(count(asked))


def expected(node: Query, text: Document) -> float:
    return frequency(node, lambda term, _: text.get(term, ()))


@given(nodes, st.lists(documents(), min_size=1, max_size=4))
def test_many_documents_are_counted_as_one_is(node: Query, texts: list[Document]) -> None:
    asked = list(range(len(texts)))
    assert counted(node, texts, asked) == [expected(node, text) for text in texts]
    assert counted(node, texts, asked[::2]) == [expected(node, text) for text in texts[::2]]


def test_a_spelling_counts_only_in_documents_of_its_language() -> None:
    text = {"a": [0], "b": [1]}
    node = Phrase((AnyOf((Alternative(("a",), 1.0, "en"),)), AnyOf((Alternative(("b",)),))))
    count = counter(node, lists_of([text, text, text]).get, lambda language: {0, 2} if language else None)
    assert count is not None
    assert list(count([0, 1, 2])) == [1.0, 0.0, 1.0]


def test_words_near_each_other_in_too_many_ways_are_left_to_the_algebra_of_spans() -> None:
    side = range(0, 100, 2)
    text = {"a": list(side), "b": [position + 1 for position in side]}
    assert len(side) ** 2 > MAX_PAIRS
    node = Near(AnyOf((Alternative(("a",)),)), AnyOf((Alternative(("b",)),)), 5)
    assert counted(node, [text], [0]) == [None]


@pytest.mark.parametrize(
    "part",
    [
        AnyOf((Alternative(("a", "b")),)),
        AnyOf((Alternative(("cease-fire",)),)),
        AnyOf((Alternative(("a",)), Alternative(("\x02=a",), 0.2))),
        Phrase((AnyOf((Alternative(("a",)),)),)),
    ],
)
def test_what_takes_several_positions_is_left_to_the_algebra_of_spans(part: Query) -> None:
    plain = AnyOf((Alternative(("a",)),))
    for node in (Phrase((plain, part)), Near(part, plain, 3), SameSentence(plain, part)):
        assert counter(node, {}.get, lambda _: None) is None
