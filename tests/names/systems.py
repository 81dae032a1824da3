"""The systems of romanisation as ``names/data/systems.toml`` lists them, and what a search makes of each."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from tiny_search import SHIPPED, expanded, searcher

from searchidx.names import AliasTable
from searchidx.names.model import FILE
from searchidx.ranking.recipe import RECIPE

DATA = tomllib.loads((FILE.parent / "systems.toml").read_text("utf-8"))
NO_LIST = AliasTable()

Pair = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """An entry of the file."""

    name: str
    language: str
    source: str
    same: Sequence[Pair]  # all pairs that must be found
    other: Sequence[Pair]  # all that must not
    missed: Mapping[Pair, str]  # pairs of one name that are not found, and why
    confused: Mapping[Pair, str]  # pairs of two names that are

    @property
    def names(self) -> list[str]:
        """Every name of the entry, once."""
        pairs = (*self.same, *self.other, *self.missed, *self.confused)
        return list(dict.fromkeys(name for pair in pairs for name in sorted(pair)))


def _systems() -> Iterator[System]:
    for entry in DATA["system"]:
        missed = {frozenset(one["names"]): one["why"] for one in entry.get("missed", ())}
        confused = {frozenset(one["names"]): one["why"] for one in entry.get("confused", ())}
        like = [frozenset(pair) for names in entry["like"] for pair in combinations(names, 2)]
        yield System(
            name=entry["name"],
            language=entry["language"],
            source=entry["source"],
            same=[pair for pair in like if pair not in missed],
            other=[frozenset(pair) for pair in entry["unlike"] if frozenset(pair) not in confused],
            missed=missed,
            confused=confused,
        )


SYSTEMS = list(_systems())


@cache
def finds(number: int, *, by_lists: bool = False) -> frozenset[tuple[str, str]]:
    """Give the pairs of names of a system of which the first, typed, finds the second as it stands in a text.

    Without ``by_lists`` what is found is found by letters, endings and learnt weights alone.
    """
    texts = {name: f"Yesterday we met {name} again" for name in SYSTEMS[number].names}
    names = {text: name for name, text in texts.items()}
    index = searcher(list(names))
    found = set()
    for name in texts:
        quoted = f'"{name}"' if " " in name else name
        asked = expanded(quoted, list(names), SHIPPED if by_lists else NO_LIST)
        top = index.search(asked.query, limit=len(names), all_words=asked.all_words, scoring=RECIPE)
        found |= {(name, names[scored.doc_id]) for scored in top.docs if scored.matches_all}
    return frozenset(found)


def is_found(number: int, pair: Pair, *, both_ways: bool, by_lists: bool = False) -> bool:
    """Tell whether of two names each finds the other, or one of them does."""
    one, other = sorted(pair)
    ways = {(one, other), (other, one)} & finds(number, by_lists=by_lists)
    return len(ways) == 2 if both_ways else bool(ways)
