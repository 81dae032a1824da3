"""The algebra of spans, against its definitions read literally and against cases written by hand.

All back-ends share this algebra, so their agreement with each other proves nothing about it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_cases import RULES, Dice, random_place

from searchidx.analysis import PARAGRAPH, SENTENCE, body_positions, locate
from searchidx.backends.matching import MAX_PAIRS, frequency, matches
from searchidx.query.nodes import (
    Alternative,
    And,
    AnyOf,
    EngineQuery,
    MatchAll,
    Near,
    Or,
    Phrase,
    Query,
    SameParagraph,
    SameSentence,
)
from searchidx.types import Span

# ---- the definitions, word for word --------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """Words in a row; a hyphenated one has several parts, each with a position of its own."""

    words: Sequence[tuple[str, ...]]
    sentences: Sequence[int]  # positions where one starts; the first is 0
    paragraphs: Sequence[int]
    language: str

    @property
    def parts(self) -> list[str]:
        """What stands at each position."""
        return [part for word in self.words for part in word]

    def lookup(self, term: str, language: str) -> Sequence[int]:
        """Give the positions of a term, as an index does."""
        if term in (SENTENCE, PARAGRAPH):
            return self.sentences if term == SENTENCE else self.paragraphs
        if language not in ("", self.language):
            return ()
        return [at for at in range(len(self.parts)) if self.reads(at, at + term.count("-") + 1, (term,))]

    def reads(self, start: int, end: int, terms: Sequence[str]) -> bool:
        """Tell whether a stretch can be read as some terms in a row."""
        if not terms:
            return start == end
        first, *rest = terms
        stop = start + first.count("-") + 1
        if "-" in first:
            is_there = (start, tuple(first.split("-"))) in self.hyphenated()
        else:
            is_there = self.parts[start:stop] == [first]
        return is_there and self.reads(stop, end, rest)

    def hyphenated(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the hyphenated words and where they start."""
        at = 0
        for word in self.words:
            if len(word) > 1:
                yield at, word
            at += len(word)


def stretches(query: Query, text: Text) -> dict[Span, float]:
    """Give every stretch of a text that a node matches, and the weight of its best reading."""
    found: list[tuple[Span, float]] = []
    match query:
        case AnyOf(alternatives=alternatives):
            size = len(text.parts)
            for start, end, one in product(range(size), range(size + 1), alternatives):
                if one.language in ("", text.language) and start < end and text.reads(start, end, one.terms):
                    found.append(((start, end), one.weight))
        case Or(parts=parts):
            found = [item for part in parts for item in stretches(part, text).items()]
        case Phrase(parts=parts):
            for row in product(*(stretches(part, text).items() for part in parts)):
                if all(one[0][1] == other[0][0] for one, other in pairwise(row)):
                    found.append(((row[0][0][0], row[-1][0][1]), min(weight for _, weight in row)))
        case Near(left=left, right=right, distance=distance):
            for one, other in product(stretches(left, text).items(), stretches(right, text).items()):
                if are_apart(one[0], other[0]) and words_between(one[0], other[0]) <= distance - 1:
                    found.append((hull([one[0], other[0]]), min(one[1], other[1])))
        case SameSentence(left=left, right=right):
            found = list(together(stretches(left, text), stretches(right, text), text.sentences))
        case SameParagraph(left=left, right=right):
            found = list(together(stretches(left, text), stretches(right, text), text.paragraphs))
    return {span: max(weight for other, weight in found if other == span) for span, _ in found}


def together(
    left: dict[Span, float], right: dict[Span, float], starts: Sequence[int]
) -> Iterator[tuple[Span, float]]:
    """Yield one stretch for each unit that both begin in without overlapping."""
    for start, stop in pairwise([*starts, 1 << 30]):
        sides = [{s: w for s, w in side.items() if start <= s[0] < stop} for side in (left, right)]
        pairs = [(one, other) for one, other in product(*sides) if are_apart(one, other)]
        if pairs:
            best = [max(side[pair[n]] for pair in pairs) for n, side in enumerate(sides)]
            yield hull([span for pair in pairs for span in pair]), min(best)


def are_apart(one: Span, other: Span) -> bool:
    return not set(range(*one)) & set(range(*other))


def words_between(one: Span, other: Span) -> int:
    first, second = sorted((one, other))
    return len(range(first[1], second[0]))


def hull(spans: Sequence[Span]) -> Span:
    return min(start for start, _ in spans), max(end for _, end in spans)


_WORDS = (
    ("talks",),
    ("fire",),
    ("cease",),
    ("cease", "fire"),
    ("swap",),
    ("kyiv",),
    ("talk",),
    ("tu", "95"),
    ("the",),
)


def random_text(dice: Dice) -> Text:
    words = dice.some(lambda dice: dice.one_of(_WORDS), least=1, most=9)
    size = sum(map(len, words))
    sentences = [0, *(at for at in range(1, size) if dice.up_to(3) == 1)]
    paragraphs = [0, *(at for at in sentences[1:] if dice.up_to(1))]
    return Text(words, sentences, paragraphs, dice.one_of(("en", "de")))


@given(data=st.binary(min_size=400, max_size=400))
def test_matches_are_the_stretches_of_the_definition(data: bytes) -> None:
    dice = Dice(data)
    text = random_text(dice)
    for query in [random_place(dice) for _ in range(12)]:
        found = matches(query, text.lookup)
        assert {(match.start, match.end): match.weight for match in found} == stretches(query, text)
        assert found == sorted(found)
        assert len({(match.start, match.end) for match in found}) == len(found)
        for match in found:
            assert hull(match.marks) == (match.start, match.end)
            assert list(match.marks) == sorted(set(match.marks))


@given(data=st.binary(min_size=300, max_size=300))
def test_sides_may_change_places(data: bytes) -> None:
    dice = Dice(data)
    text, left, right = random_text(dice), random_place(dice), random_place(dice)
    for node in (SameSentence, SameParagraph, lambda one, other: Near(one, other, 3)):
        assert matches(node(left, right), text.lookup) == matches(node(right, left), text.lookup)


# ---- by hand -------------------------------------------------------------------------------------------


def a(*spellings: str) -> AnyOf:
    """Ask for any of some spellings; one of several words has blanks."""
    return AnyOf(tuple(Alternative(tuple(spelling.split())) for spelling in spellings))


PRISONER, EXCHANGE, SWAP = a("prisoner"), a("exchange"), a("swap")
CEASEFIRE = a("cease-fire", "ceasefire", "cease fire")


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        (PRISONER, "A prisoner, the Prisoner’s and prisoners.", "prisoner | Prisoner’s"),
        (Phrase((PRISONER, EXCHANGE)), "The prisoner exchange, an exchange prisoner", "prisoner exchange"),
        (Phrase((PRISONER, EXCHANGE)), "A prisoner. Exchange him!", "prisoner. Exchange"),
        (
            Phrase((PRISONER, Or((EXCHANGE, SWAP)))),
            "prisoner swap; prisoner exchange",
            "prisoner swap | prisoner exchange",
        ),
        (
            Phrase((a("the"), CEASEFIRE)),
            "the cease-fire, the cease fire, the ceasefire, the cease",
            "the cease-fire | the cease fire | the ceasefire",
        ),
        (
            Phrase((CEASEFIRE, a("talks"))),
            "cease-fire talks; fire talks; ceasefire talks",
            "cease-fire talks | ceasefire talks",
        ),
        (Phrase((a("cease"), a("fire"))), "a cease-fire", "cease-fire"),
        (a("cease-fire"), "cease fire", ""),
        (Phrase((a("fire"), a("fire"))), "fire fire fire", "fire fire | fire fire"),
        (Phrase(()), "fire", ""),
        (Near(PRISONER, EXCHANGE, 1), "exchange prisoner", "exchange | prisoner"),
        (Near(PRISONER, EXCHANGE, 1), "prisoner of exchange", ""),
        (Near(PRISONER, EXCHANGE, 2), "prisoner of exchange", "prisoner | exchange"),
        (Near(PRISONER, PRISONER, 5), "one prisoner", ""),
        (Near(PRISONER, PRISONER, 5), "prisoner to prisoner", "prisoner | prisoner"),
        (Near(a("cease-fire"), a("fire"), 5), "cease-fire", ""),
        (SameSentence(PRISONER, SWAP), "A prisoner. A swap.", ""),
        (SameSentence(PRISONER, SWAP), "A swap, no prisoner. A swap.", "swap | prisoner"),
        (SameSentence(PRISONER, PRISONER), "A prisoner.", ""),
        (SameSentence(PRISONER, SWAP), "The prisoner met Brig. Swap today.", "prisoner | Swap"),
        (SameParagraph(PRISONER, SWAP), "A prisoner. A swap.\n\nA prisoner.", "prisoner | swap"),
        (SameParagraph(PRISONER, SWAP), "A prisoner.\n\nA swap.", ""),
        (SameSentence(Near(PRISONER, SWAP, 2), EXCHANGE), "Swap a prisoner. Exchange.", ""),
        (
            SameSentence(Near(PRISONER, SWAP, 2), EXCHANGE),
            "Swap a prisoner, exchange one.",
            "Swap | prisoner | exchange",
        ),
        (
            Near(Phrase((PRISONER, EXCHANGE)), SWAP, 2),
            "prisoner exchange or swap",
            "prisoner exchange | swap",
        ),
    ],
)
def test_what_is_marked(query: EngineQuery, text: str, marked: str) -> None:
    positions = body_positions(text, RULES).terms
    _, places = locate(text, positions)
    found = [match.marks for match in matches(query, lambda term, _: positions.get(term, ()))]
    shown = [text[places[start][0] : places[end - 1][1]] for marks in found for start, end in marks]
    assert " | ".join(shown) == marked


@pytest.mark.parametrize(
    ("query", "times"),
    [
        # Each place counts once, by the weightiest of the spellings that hold it.
        (AnyOf((Alternative(("fire",), 1.0), Alternative(("cease", "fire"), 0.5))), 3 * 1.0),
        (AnyOf((Alternative(("fire",), 0.5), Alternative(("cease", "fire"), 1.0))), 2 * 1.0 + 0.5),
        (AnyOf((Alternative(("cease-fire",), 1.0), Alternative(("cease", "fire"), 0.9))), 1.0 + 0.9),
        (AnyOf((Alternative(("cease-fire",), 0.5), Alternative(("truce",), 0.9))), 0.5),
        (AnyOf((Alternative(("fire",), 1.0), Alternative(("fire",), 0.25, "en"))), 3.75),
        (AnyOf((Alternative(("fire",), 1.0), Alternative(("fire",), 0.25, "de"))), 3.0),
        (Phrase((a("cease"), AnyOf((Alternative(("fire",), 0.5),)))), 2 * 0.5),
        (Phrase((AnyOf((Alternative(("cease-fire",)), Alternative(("cease", "fire"), 0.5))),)), 1.5),
        (Near(AnyOf((Alternative(("cease",), 0.5),)), a("the"), 9), 2 * 0.5),
    ],
)
def test_a_spelling_counts_by_its_weight(query: EngineQuery, times: float) -> None:
    positions = body_positions("The cease-fire: cease fire! Fire", RULES).terms

    def lookup(term: str, language: str) -> Sequence[int]:
        return positions.get(term, ()) if language in ("", "en") else ()

    assert frequency(query, lookup) == pytest.approx(times)


@pytest.mark.parametrize("node", [And((PRISONER,)), MatchAll()])
def test_a_node_without_places_matches_nowhere(node: EngineQuery) -> None:
    assert matches(node, lambda _term, _language: (0,)) == []
    assert matches(Phrase((PRISONER, node)), lambda _term, _language: (0,)) == []


def test_of_two_words_that_are_everywhere_a_limited_number_of_pairs_is_given() -> None:
    near = Near(a("the"), a("of"), 100)
    found = matches(near, lambda term, _: range(term == "of", 20_000, 2))
    assert len(found) == MAX_PAIRS
