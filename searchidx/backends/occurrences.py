"""Count how often a group of spellings stands in a text, each place once.

In: a group and where its terms stand in one field of one document. Out: a number. A name of several terms
or a compound holds places that shorter spellings of its group hold, too: in "Bank of England", asked for as
"England", nobody is named twice. Of spellings that overlap the weightiest counts. Spellings of one term
never overlap, so their counts may be added up list by list; only documents with a wide one cost more.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from searchidx.analysis import width
from searchidx.query.nodes import Alternative, AnyOf
from searchidx.types import Span

# Positions of a term in the field at hand; empty where there are none. A language restricts it.
Lookup: TypeAlias = Callable[[str, str], Sequence[int]]
FIRST_LETTER = " "  # terms below it are reserved: they weigh how a name is written and are no spelling


def is_wide(alternative: Alternative) -> bool:
    """Tell whether a spelling covers more than one position."""
    return len(alternative.terms) > 1 or "-" in alternative.terms[0]


def places(alternative: Alternative, lookup: Lookup) -> Iterator[Span]:
    """Give the half-open stretches of positions where a spelling stands, in order."""
    first, *rest = alternative.terms
    language = alternative.language
    followers = [(term, set(lookup(term, language))) for term in rest]
    wide = width(first)
    for start in lookup(first, language):
        end = start + wide
        for term, found in followers:
            if end not in found:
                break
            end += width(term)
        else:
            yield start, end


def weighed_places(group: AnyOf, lookup: Lookup) -> list[tuple[float, int, int]]:
    """Give each place of a group's spellings with its weight: (weight, start, end).

    A reserved term behind the first spelling tells how that is written, and changes its weight there.
    """
    if not group.alternatives:
        return []
    first, *others = group.alternatives
    marks = [(one.weight, set(places(one, lookup))) for one in others if one.terms[0] < FIRST_LETTER]
    found = [
        (first.weight + sum(weight for weight, of in marks if span in of), *span)
        for span in places(first, lookup)
    ]
    for one in others:
        if one.terms[0] >= FIRST_LETTER:
            found += [(one.weight, *span) for span in places(one, lookup)]
    return found


def occurrences(group: AnyOf, lookup: Lookup) -> float:
    """Give the weighted number of places that a group holds."""
    found = weighed_places(group, lookup)
    if all(end - start == 1 for _, start, end in found):
        return sum(weight for weight, _, _ in found)
    taken: set[int] = set()
    total = 0.0
    for weight, start, end in sorted(found, key=lambda one: (-one[0], one[1], one[2])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            total += weight
    return total
