"""How often words stand side by side, near each other or in one sentence, in many documents at once.

In: a phrase, NEAR, /s or /p of plain words, and the posting lists of one field of a segment. Out: its
frequency in each of some documents; None for a node that holds anything else, which ``matching`` counts
document by document. Both count the same; where all words take one position each, it takes no matches.
"""

from bisect import bisect_right
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import TypeAlias, TypeGuard

from searchidx.analysis import PARAGRAPH, SENTENCE
from searchidx.backends.lists import PostingList
from searchidx.backends.matching import MAX_PAIRS
from searchidx.backends.occurrences import FIRST_LETTER, is_wide
from searchidx.query.nodes import AnyOf, Near, Phrase, Query, SameParagraph, SameSentence

Lists: TypeAlias = Callable[[str], PostingList | None]  # the posting list of a term in the field at hand
# The documents of a segment whose stems are of a language; None means all.
Speakers: TypeAlias = Callable[[str], Container[int] | None]
# Where a group stands in one document, ascending, with the weight of the spelling there.
Places: TypeAlias = Mapping[int, float]

NOWHERE: Places = {}


def counter(query: Query, lists: Lists, speakers: Speakers) -> "Counter | None":
    """Give what counts the matches of a node in some documents; None for what is not as simple."""
    match query:
        case Phrase(parts=parts) if len(parts) > 1:
            groups = [part for part in parts if _is_plain(part)]
            count: Counted = _side_by_side
        case Near(left=left, right=right, distance=distance):
            parts = left, right
            groups = [part for part in parts if _is_plain(part)]

            def count(found: Sequence[Places], _starts: Sequence[int]) -> float | None:
                return _near(found, distance)
        case SameSentence(left=left, right=right) | SameParagraph(left=left, right=right):
            parts = left, right
            groups = [part for part in parts if _is_plain(part)]
            count = _in_one_unit
        case _:
            return None
    if len(groups) < len(parts):
        return None
    marker = {SameSentence: SENTENCE, SameParagraph: PARAGRAPH}.get(type(query), "")
    starts = lists(marker) if marker else None

    def counted(documents: Sequence[int]) -> Iterator[float | None]:
        columns = [_places(group, documents, lists, speakers) for group in groups]
        units: list[Sequence[int]] = [()] * len(documents)
        for at, some in starts.positions_by(documents) if starts else ():
            units[at] = some
        for unit, *found in zip(units, *columns, strict=True):
            yield count(found, unit) if all(found) else 0.0

    return counted


Counted: TypeAlias = Callable[[Sequence[Places], Sequence[int]], float | None]
# Gives the frequencies in ascending documents, in order; None where ``matching`` is to count.
Counter: TypeAlias = Callable[[Sequence[int]], Iterator[float | None]]


def _is_plain(query: Query) -> TypeGuard[AnyOf]:
    """Tell whether a node is a group of spellings that take one position each."""
    return isinstance(query, AnyOf) and not any(
        is_wide(one) or one.terms[0] < FIRST_LETTER for one in query.alternatives
    )


def _places(group: AnyOf, documents: Sequence[int], lists: Lists, speakers: Speakers) -> list[Places]:
    """Give where a group stands in each document; of spellings in one place the weightiest counts."""
    found: list[dict[int, float]] = [{} for _ in documents]
    for alternative in group.alternatives:
        postings = lists(alternative.terms[0])
        if postings is None:
            continue
        spoken = speakers(alternative.language) if alternative.language else None
        weight = alternative.weight
        for at, positions in postings.positions_by(documents):
            if spoken is None or documents[at] in spoken:
                here = found[at]
                if here:
                    for position in positions:
                        here[position] = max(weight, here.get(position, weight))
                else:
                    found[at] = dict.fromkeys(positions, weight)
    return list(found)


def _side_by_side(found: Sequence[Places], _starts: Sequence[int]) -> float:
    """Count the places where each group stands behind the one before; its weakest spelling weighs."""
    first, *others = found
    begins = set(first)
    for behind, places in enumerate(others, 1):
        begins &= {position - behind for position in places}
    return sum(min(places[begin + behind] for behind, places in enumerate(found)) for begin in sorted(begins))


def _near(found: Sequence[Places], distance: int) -> float | None:
    """Count the stretches from a place of one group to one of the other."""
    left, right = found
    if len(left) * len(right) > MAX_PAIRS:
        return None
    spans: dict[tuple[int, int], float] = {}
    for one, weight in left.items():
        for other, weight_there in right.items():
            if 0 < abs(one - other) <= distance:
                span = (one, other) if one < other else (other, one)
                spans[span] = max(spans.get(span, 0.0), min(weight, weight_there))
    return sum(spans[span] for span in sorted(spans))


def _in_one_unit(found: Sequence[Places], starts: Sequence[int]) -> float:
    """Count the sentences or paragraphs in which both groups stand, in two places."""
    ones, others = (_by_unit(places, starts) for places in found)
    total = 0.0
    for unit in sorted(ones.keys() & others.keys()):
        one, other = ones[unit], others[unit]
        both = [_apart(one, other), _apart(other, one)]
        if all(both):
            total += min(max(weights) for weights in both)
    return total


def _by_unit(places: Places, starts: Sequence[int]) -> dict[int, dict[int, float]]:
    units: dict[int, dict[int, float]] = {}
    for position, weight in places.items():
        units.setdefault(bisect_right(starts, position), {})[position] = weight
    return units


def _apart(some: Places, others: Places) -> list[float]:
    """Give the weights of those places that are not the only one of the others."""
    return [weight for position, weight in some.items() if len(others) > 1 or position not in others]
