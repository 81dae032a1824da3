"""The names gathered by hand: ``names/data/*.toml``, packed into the form a query reads.

An entry has ``same``, the names of one thing; ``unlike``, words it must not catch; ``source``, where the
spellings come from; and perhaps ``words``: its names that are ordinary words in lower case. Long lists
are written shorter, a line an entry, in one text ``names`` under one ``source``: see ``_line_entry``.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from searchidx.names import name_terms
from searchidx.names.aliases import DATA
from searchidx.names.generate.pack import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Names of one thing as somebody wrote them down."""

    file: str
    same: tuple[str, ...]
    source: str
    unlike: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # names that lead to the others only when typed with a capital


def entries(folder: Path = DATA) -> Iterator[Entry]:
    """Yield all entries, file by file."""
    for path in sorted(folder.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for entry in data.get("name", ()):
            yield Entry(
                file=path.name,
                same=tuple(entry["same"]),
                source=entry["source"],
                unlike=tuple(entry.get("unlike", ())),
                words=tuple(entry.get("words", ())),
            )
        for line in data.get("names", "").splitlines():
            if line.strip() and not line.startswith("#"):
                yield _line_entry(line, path.name, data["source"])


def _line_entry(line: str, file: str, source: str) -> Entry:
    """Read a line ``name, name, name | word it must not catch``; ``^`` marks an ordinary word."""
    same, _, unlike = line.partition("|")
    names = [name.strip() for name in same.split(",")]
    return Entry(
        file=file,
        same=tuple(name.removeprefix("^") for name in names),
        source=source,
        unlike=tuple(word.strip() for word in unlike.split(",") if word.strip()),
        words=tuple(name[1:] for name in names if name.startswith("^")),
    )


def groups(folder: Path = DATA) -> Iterator[Group]:
    """Yield the groups of the curated file."""
    for entry in entries(folder):
        names = tuple(sorted({_term(name) for name in entry.same}))
        source = f"searchidx, {entry.file.removesuffix('.toml')}: {entry.source}"
        yield Group(names, source, frozenset(map(_term, entry.words)))


def _term(name: str) -> str:
    return " ".join(name_terms(name))
