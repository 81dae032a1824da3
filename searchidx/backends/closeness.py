"""Words of a query that stand close to each other: what that adds to a score.

In: the scored groups of a query, in the order of typing, and where they stand in one document. Out: a
number to add. Every back-end counts so, for the best documents of a query only. Either order of two words
counts the same; an ordered phrase is not worth more (Tao & Zhai 2007 find the same of distances).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from searchidx.backends.bm25f import Bm25f
from searchidx.query.nodes import And, AnyOf, Or, Prefer, Query

# Between the title's positions and the body's: wider than any window, so that none spans both.
GAP = 100
# A prefix stands for a thousand words; the first of a group are the word as typed and its forms.
MAX_ALTERNATIVES = 16
MAX_GROUPS = 24  # the first ones of a long query: a bound of the cost, measured on nothing


def scored_groups(query: Query) -> list[AnyOf]:
    """Give the words that are to stand close together; those on two sides of an OR are not."""
    return list(dict.fromkeys(_groups(query)))[:MAX_GROUPS]


def _groups(query: Query) -> Iterator[AnyOf]:
    match query:
        case AnyOf():
            yield query
        case Or(parts=parts, implicit=True) | And(parts=parts):
            for part in parts:
                yield from _groups(part)
        case Prefer(must=must, should=should):
            yield from _groups(must)
            yield from _groups(should)
        case _:
            return


def bonus(places: Sequence[Sequence[int]], rarities: Sequence[float], norm: float, scoring: Bm25f) -> float:
    """Give what close words add to a document's score.

    ``places``: the ascending positions of each group, ``rarities``: its idf, ``norm``: of the body's length.
    """
    added = 0.0
    for at, one in enumerate(places):
        if not one:
            continue
        for beyond in range(at + 1, min(at + 1 + scoring.pair_span, len(places))):
            if places[beyond] and (count := close(one, places[beyond], scoring.window)):
                frequency = count / norm
                rarity = min(rarities[at], rarities[beyond])
                added += rarity * frequency * (scoring.k1 + 1.0) / (frequency + scoring.k1)
    return scoring.pair_weight * added


def most(rarities: Sequence[float], scoring: Bm25f) -> float:
    """Give what ``bonus`` never exceeds, wherever the words stand."""
    pairs = (
        min(rarity, other)
        for at, rarity in enumerate(rarities)
        for other in rarities[at + 1 : at + 1 + scoring.pair_span]
    )
    return scoring.pair_weight * (scoring.k1 + 1.0) * sum(pairs)


def close(one: Sequence[int], other: Sequence[int], window: int) -> int:
    """Count the positions in ``one`` with one of ``other`` near them, itself apart.

    >>> close([5, 40], [7, 30, 60], 8), close([5], [5], 8)
    (1, 0)
    """
    count, end = 0, len(other)
    for position in one:
        at = bisect_left(other, position - window)
        if at < end and other[at] <= position + window:
            count += other[at] != position or (at + 1 < end and other[at + 1] <= position + window)
    return count
