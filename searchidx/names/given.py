"""Given names that are one name in several languages, such as Andrzej and Andriy.

In: the loose keys of a word. Out: the listed names that share one, and what these are called in other
languages. Nobody who looks for the one wants every other; so they only count beside a family name that
matches (``beside``). The names come from ``data/given_names.toml``, compiled into the model.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from searchidx.names.keys import loose_keys
from searchidx.names.model import model
from searchidx.names.nearest import Entry
from searchidx.names.units import code_of, units_of


def compiled(groups: Iterable[str]) -> dict[str, Any]:
    """Compile the names of each group into units, and the numbers of groups by the keys of their names."""
    members: list[list[tuple[str, str, str]]] = []
    numbers: dict[str, list[int]] = {}
    for group in groups:
        read = [(name, *units_of(name)) for name in group.split()]
        known = {
            units: (name, units, code_of(name, script)) for name, units, script in reversed(read) if units
        }
        for key in dict.fromkeys(key for units in known for key in loose_keys(units)):
            numbers.setdefault(key, []).append(len(members))
        members.append(list(known.values()))
    return {"members": members, "numbers": numbers}


def namesakes(keys: Collection[str]) -> list[Entry]:
    """Give the listed names that have one of some loose keys, in the order of the list."""
    table: Mapping[str, Any] = model()["given"]
    numbers = sorted({number for key in keys for number in table["numbers"].get(key, ())})
    found = [Entry(*member) for number in numbers for member in table["members"][number]]
    return [entry for entry in found if not {*keys}.isdisjoint(loose_keys(entry.units))]


def cognates(names: Iterable[Entry]) -> tuple[Entry, ...]:
    """Give all names of the groups that hold some listed names.

    >>> [one] = [one for one in namesakes(["NTR"]) if one.term == "Andriy"]
    >>> "Ondřej" in {entry.term for entry in cognates([one])}
    True
    """
    wanted = {(one.term, one.units) for one in names}
    groups: Iterable[Any] = model()["given"]["members"] if wanted else ()
    return tuple(
        dict.fromkeys(
            Entry(*member)
            for members in groups
            if any((name, units) in wanted for name, units, _ in members)
            for member in members
        )
    )
