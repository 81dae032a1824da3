"""Find the other spellings and names of what was typed.

In: the terms of a query in order, an ``AliasTable`` and a test whether the index knows a term.
Out: for each place in the query the variants that stand for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from searchidx.names.aliases import AliasTable, Name
from searchidx.names.table import NameIndex, inflected
from searchidx.types import ExpansionKind

# A case of another name counts a little less than the name.
CASE_FACTOR = 0.93


@dataclass(frozen=True, slots=True)
class Variant:
    """Another spelling or name, and why it was added."""

    terms: Name
    kind: ExpansionKind
    weight: float
    source: str


def expand(
    terms: Sequence[str], table: AliasTable, known: Callable[[str], bool], *, capitals: Sequence[bool] = ()
) -> list[list[Variant]]:
    """Give the variants for each term; those of a name of several terms stand at each of its terms.

    A name is recognised where its terms stand side by side. ``known`` tells whether the index holds a
    term; a variant with an unknown term is left out. ``capitals`` tells which terms were typed with one.
    """
    found: list[list[Variant]] = [[] for _ in terms]
    for start in range(len(terms)):
        for end in range(start + 1, min(start + table.longest, len(terms)) + 1):
            name, capitalised = tuple(terms[start:end]), any(capitals[start:end])
            for variant in other_names(name, table, known, capitalised=capitalised):
                for place in range(start, end):
                    if all(variant.terms != other.terms for other in found[place]):
                        found[place].append(variant)
    return found


def inflected_names(
    name: Name, table: AliasTable, index: NameIndex, *, capitalised: bool = False
) -> list[Variant]:
    """Give the cases that the index holds of the other names of just this name, and of none but them."""
    aliases = [alias for alias in table.of(name, capitalised=capitalised) if len(alias.terms) == 1]
    cases = inflected({alias.terms[0]: alias.text for alias in aliases}, index)
    return [
        Variant((term,), alias.kind, CASE_FACTOR * alias.weight, alias.source)
        for alias in aliases
        for term in cases.get(alias.terms[0], ())
    ]


def other_names(
    name: Name, table: AliasTable, known: Callable[[str], bool], *, capitalised: bool = False
) -> list[Variant]:
    """Give the variants of just this name that the index holds."""
    return [
        Variant(alias.terms, alias.kind, alias.weight, alias.source)
        for alias in table.of(name, capitalised=capitalised)
        if all(map(known, alias.terms))
    ]
