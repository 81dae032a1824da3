"""Where a query stands in one document: the algebra of spans.

In: a node and the positions of the document's terms. Out: matches, each with the positions it
covers and the stretches to highlight. The plain scan, the check of phrases after an engine has
named candidates, and the highlights all use these functions.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from searchidx.analysis import PARAGRAPH, SENTENCE, TEXT_FIELDS
from searchidx.backends.occurrences import Lookup as Lookup
from searchidx.backends.occurrences import occurrences, weighed_places
from searchidx.query.nodes import (
    And,
    AnyOf,
    DateRange,
    Exact,
    Field,
    Fuzzy,
    MatchAll,
    MatchNone,
    Near,
    Not,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Query,
    SameParagraph,
    SameSentence,
    Term,
)
from searchidx.types import Span

# Two common words can be near each other in thousands of ways; neither score nor highlights need more.
MAX_PAIRS = 2_000


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """Half-open positions, and the stretches inside them that answer the query."""

    start: int
    end: int
    marks: tuple[Span, ...]
    weight: float = 1.0  # of the spelling that matched; of several, the least


class NotAnalysedError(TypeError):
    """A word as typed reached an engine: it should have been expanded into terms. Our fault."""


def fields_of(name: str) -> tuple[str, ...]:
    """Give the fields that a field of the query language stands for; raw is the text as it came."""
    return (*TEXT_FIELDS, "raw") if name == "raw" else (name,)


def matches(query: Query, lookup: Lookup) -> list[Match]:
    """Give the matches of a positional node in one field of one document, in order, one for each stretch."""
    match query:
        case AnyOf():
            found = [Match(start, end, ((start, end),), w) for w, start, end in weighed_places(query, lookup)]
        case Or(parts=parts):
            found = [m for part in parts for m in matches(part, lookup)]
        case Phrase(parts=parts):
            found = list(_phrase([matches(part, lookup) for part in parts]))
        case Near(left=left, right=right, distance=distance):
            found = list(_near(matches(left, lookup), matches(right, lookup), distance))
        case SameSentence(left=left, right=right):
            found = list(_same(matches(left, lookup), matches(right, lookup), lookup(SENTENCE, "")))
        case SameParagraph(left=left, right=right):
            found = list(_same(matches(left, lookup), matches(right, lookup), lookup(PARAGRAPH, "")))
        case And() | Not() | Prefer() | Field() | DateRange() | MatchAll() | MatchNone():
            found = []  # no places of their own; the parser keeps them out of positional nodes
        case Term() | Exact() | Prefix() | Fuzzy():
            raise NotAnalysedError(repr(query))
        case _:
            assert_never(query)
    return sorted(_one_each(found))


def frequency(query: Query, lookup: Lookup) -> float:
    """Give how often a positional node matches in one field, weighted by spelling."""
    if isinstance(query, AnyOf):
        return occurrences(query, lookup)
    return sum(match.weight for match in matches(query, lookup))


def leaves(query: Query) -> Iterator[AnyOf]:
    """Yield the groups of terms under a positional node."""
    match query:
        case AnyOf():
            yield query
        case Or(parts=parts) | Phrase(parts=parts):
            for part in parts:
                yield from leaves(part)
        case Near(left=left, right=right) | SameSentence(left, right) | SameParagraph(left, right):
            yield from leaves(left)
            yield from leaves(right)
        case _:
            return


def needs_sentences(query: Query) -> bool:
    """Tell whether a positional node asks where sentences or paragraphs begin."""
    match query:
        case SameSentence() | SameParagraph():
            return True
        case Near(left=left, right=right):
            return needs_sentences(left) or needs_sentences(right)
        case Phrase(parts=parts) | Or(parts=parts):
            return any(map(needs_sentences, parts))
        case _:
            return False


def _one_each(found: Iterable[Match]) -> Iterable[Match]:
    """Join matches that cover the same stretch; they weigh as the best of them."""
    kept: dict[Span, Match] = {}
    for match in found:
        span = (match.start, match.end)
        other = kept.setdefault(span, match)
        if other != match:
            marks = tuple(sorted({*other.marks, *match.marks}))
            kept[span] = Match(*span, marks, max(other.weight, match.weight))
    return kept.values()


def _phrase(parts: Sequence[Sequence[Match]]) -> Iterator[Match]:
    """Join matches that begin where the one before ends."""
    if not parts or not all(parts):
        return
    following = [_by_start(part) for part in parts[1:]]

    def continued(end: int, weight: float, at: int) -> Iterator[tuple[int, float]]:
        if at == len(following):
            yield end, weight
            return
        for match in following[at].get(end, ()):
            yield from continued(match.end, min(weight, match.weight), at + 1)

    for first in parts[0]:
        for end, weight in continued(first.end, first.weight, 0):
            yield Match(first.start, end, ((first.start, end),), weight)


def _by_start(found: Sequence[Match]) -> dict[int, list[Match]]:
    at: dict[int, list[Match]] = {}
    for match in found:
        at.setdefault(match.start, []).append(match)
    return at


def _near(left: Sequence[Match], right: Sequence[Match], distance: int) -> Iterator[Match]:
    """Pair matches that do not overlap and have fewer than ``distance`` words between them.

    Pairs that cover the same stretch are one match, so that chains do not multiply.
    """
    starts = [match.start for match in right]
    longest = max((match.end - match.start for match in right), default=0)
    pairs: dict[Span, tuple[set[Span], float]] = {}
    for one in left:
        if len(pairs) >= MAX_PAIRS:
            break
        for at in range(bisect_right(starts, one.start - distance - longest), len(right)):
            other = right[at]
            if other.start >= one.end + distance or len(pairs) >= MAX_PAIRS:
                break
            gap = max(other.start - one.end, one.start - other.end)
            if 0 <= gap < distance:
                span = min(one.start, other.start), max(one.end, other.end)
                marks, weight = pairs.get(span, (set(), 0.0))
                marks.update(one.marks, other.marks)
                pairs[span] = marks, max(weight, min(one.weight, other.weight))
    for (start, end), (marks, weight) in pairs.items():
        yield Match(start, end, tuple(sorted(marks)), weight)


def _same(left: Sequence[Match], right: Sequence[Match], starts: Sequence[int]) -> Iterator[Match]:
    """Give one match for each sentence (or paragraph) that holds matches of both, apart."""
    others_of = _by_unit(right, starts)
    for unit, ones in _by_unit(left, starts).items():
        others = others_of.get(unit, [])
        both = [_apart(ones, others), _apart(others, ones)]
        if all(both):
            every = [match for side in both for match in side]
            marks = tuple(sorted({mark for match in every for mark in match.marks}))
            weight = min(max(match.weight for match in side) for side in both)
            yield Match(min(m.start for m in every), max(m.end for m in every), marks, weight)


def _by_unit(found: Sequence[Match], starts: Sequence[int]) -> dict[int, list[Match]]:
    """Sort matches by the sentence (or paragraph) they begin in."""
    units: dict[int, list[Match]] = {}
    for match in found:
        units.setdefault(bisect_right(starts, match.start), []).append(match)
    return units


def _apart(some: Sequence[Match], others: Sequence[Match]) -> list[Match]:
    """Give those of ``some`` that do not overlap every one of ``others``."""
    last_start = max((other.start for other in others), default=-1)
    first_end = min((other.end for other in others), default=1 << 62)
    return [match for match in some if match.end <= last_start or first_end <= match.start]
