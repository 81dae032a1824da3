"""A small list of words that stand for each other in news."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from searchidx.analysis import stem_key

LANGUAGE = "en"  # of the list that is shipped
FILE = Path(__file__).with_name("synonyms.toml")  # not importlib.resources, which takes 3 ms to import


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Leads from a stem to the other words of its group."""

    groups: tuple[tuple[str, ...], ...] = ()
    weight: float = 0.5
    by_stem: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, term: str) -> Iterator[str]:
        """Yield the synonyms of a word in any of its forms."""
        if not self.by_stem:
            return
        stem = stem_key(term, LANGUAGE)
        for word in self.by_stem.get(stem, ()):
            if stem_key(word, LANGUAGE) != stem:
                yield word


NO_SYNONYMS = Synonyms()


@cache
def shipped_synonyms() -> Synonyms:
    """Read the list that comes with searchidx."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    groups = tuple(tuple(group) for group in data["groups"])
    by_stem = {stem_key(word, LANGUAGE): group for group in groups for word in group}
    return Synonyms(groups, data["weight"], by_stem)
