"""Find the other spellings and names of what was typed.

In: the terms of a query in order, an ``AliasTable`` and a test whether the index knows a term.
Out: for each place in the query the variants that stand for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from searchidx.names.aliases import AliasTable, Name
from searchidx.types import ExpansionKind


@dataclass(frozen=True, slots=True)
class Variant:
    """Another spelling or name, and why it was added."""

    terms: Name
    kind: ExpansionKind
    weight: float
    source: str


def expand(terms: Sequence[str], table: AliasTable, known: Callable[[str], bool]) -> list[list[Variant]]:
    """Give the variants for each term; those of a name of several terms stand at each of its terms.

    A name is recognised where its terms stand side by side. ``known`` tells whether the index holds a
    term; a variant with an unknown term is left out.
    """
    found: list[list[Variant]] = [[] for _ in terms]
    for start in range(len(terms)):
        for end in range(start + 1, min(start + table.longest, len(terms)) + 1):
            for variant in other_names(tuple(terms[start:end]), table, known):
                for place in range(start, end):
                    if all(variant.terms != other.terms for other in found[place]):
                        found[place].append(variant)
    return found


def other_names(name: Name, table: AliasTable, known: Callable[[str], bool]) -> list[Variant]:
    """Give the variants of just this name that the index holds."""
    return [
        Variant(alias.terms, alias.kind, alias.weight, alias.source)
        for alias in table.of(name)
        if all(map(known, alias.terms))
    ]
