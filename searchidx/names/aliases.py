"""Other names and spellings of the same thing, as somebody wrote them down.

In: files in the Solr synonym format (``a, b, c`` the same thing; ``a, b => c`` one way; ``# comment``;
and ours: ``!a, b`` never the same), or the shipped TOML files. Out: an ``AliasTable`` that leads
from the terms of a name to the terms of its other names. A bad line is reported with its number;
the good lines work.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import TypeAlias

from searchidx.analysis import analyze
from searchidx.errors import SettingsError

Name: TypeAlias = tuple[str, ...]  # the terms of a name, in order

MAX_FILE_BYTES = 4 << 20
SHIPPED = ("people.toml", "places.toml", "operations.toml")


def name_terms(text: str) -> Name:
    """Give the terms of a name as written.

    >>> name_terms("Spider’s Web")
    ('spider', 'web')
    """
    tokens = analyze(text)
    wide = {token.position for token in tokens if token.width > 1}
    return tuple(token.term for token in tokens if token.width > 1 or token.position not in wide) if wide else tuple(
        token.term for token in tokens
    )


@dataclass(frozen=True, slots=True)
class Alias:
    """One other name, and who says so."""

    terms: Name
    text: str  # as written in the file
    source: str


@dataclass(slots=True)
class AliasTable:
    """Leads from a name to its other names."""

    others: dict[Name, list[Alias]] = field(default_factory=dict)
    forbidden: set[frozenset[Name]] = field(default_factory=set)
    groups: list[tuple[str, ...]] = field(default_factory=list)  # as written, for `aliases list`
    problems: list[str] = field(default_factory=list)
    longest: int = 1  # terms in the longest name

    def same(self, names: Sequence[str], source: str) -> None:
        """Say that some names mean the same thing."""
        self.groups.append((*names, source))
        for one in names:
            for other in names:
                self.lead(one, other, source)

    def lead(self, asked: str, found: str, source: str) -> None:
        """Say that who asks for one name also wants another."""
        start, end = name_terms(asked), name_terms(found)
        if start and end and start != end:
            aliases = self.others.setdefault(start, [])
            if all(alias.terms != end for alias in aliases):
                aliases.append(Alias(end, found, source))
            self.longest = max(self.longest, len(start))

    def forbid(self, names: Sequence[str]) -> None:
        """Say that some names never mean the same."""
        terms = [name_terms(name) for name in names]
        self.forbidden |= {frozenset((one, other)) for one in terms for other in terms if one != other}

    def of(self, name: Name) -> Iterator[Alias]:
        """Yield the other names of a name."""
        for alias in self.others.get(name, ()):
            if frozenset((name, alias.terms)) not in self.forbidden:
                yield alias

    def read_lines(self, lines: Iterable[str], source: str) -> None:
        """Take in a file in the Solr format."""
        for number, line in enumerate(lines, 1):
            text = line.partition("#")[0].strip().lstrip("\ufeff")
            if not text:
                continue
            try:
                self._read_line(text, f"{source}:{number}")
            except ValueError as error:
                self.problems.append(f"{source}, line {number}: {error}")

    def _read_line(self, text: str, source: str) -> None:
        if text.startswith("!"):
            self.forbid(_names(text[1:], least=2))
        elif "=>" in text:
            left, _, right = text.partition("=>")
            for asked in _names(left, least=1):
                for found in _names(right, least=1):
                    self.lead(asked, found, source)
        else:
            self.same(_names(text, least=2), source)


def _names(text: str, *, least: int) -> list[str]:
    names = [name.strip() for name in text.split(",")]
    if any(not name_terms(name) for name in names):
        raise ValueError("a name without a letter or digit")
    if len(names) < least:
        raise ValueError("one name alone says nothing: write `a, b` or `a => b`")
    return names


def shipped() -> AliasTable:
    """Give the names that come with searchidx."""
    table = AliasTable()
    for file in SHIPPED:
        text = resources.files("searchidx.names.data").joinpath(file).read_text(encoding="utf-8")
        for entry in tomllib.loads(text)["name"]:
            table.same(entry["same"], f"searchidx, {file.removesuffix('.toml')}")
    return table


def with_user_file(table: AliasTable, path: Path) -> AliasTable:
    """Add a user's file to a table; raises ``SettingsError`` only where the file can't be read at all."""
    try:
        data = path.read_bytes()[: MAX_FILE_BYTES + 1]
    except OSError as error:
        raise SettingsError(f"the alias file {path} can't be read: {error.strerror}") from error
    if len(data) > MAX_FILE_BYTES:
        raise SettingsError(f"the alias file {path} is larger than {MAX_FILE_BYTES >> 20} MB")
    lines = data.decode("utf-8", "replace").splitlines()
    table.problems += [
        f"{path.name}, line {number}: not UTF-8" for number, line in enumerate(lines, 1) if "\ufffd" in line
    ]
    table.read_lines(("" if "\ufffd" in line else line for line in lines), path.name)
    return table
