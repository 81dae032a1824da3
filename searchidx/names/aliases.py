"""Other names and spellings of the same thing, as somebody wrote them down.

In: files in the Solr synonym format (``a, b, c`` the same thing; ``a, b => c`` one way; ``# comment``;
and ours: ``!a, b`` never the same), and the shipped name files. Out: an ``AliasTable`` that leads
from the terms of a name to the terms of its other names: the user's first, then those learnt and accepted,
then the shipped ones. ``!`` wins over all of them. A bad line is reported with its number; the good lines
work.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from searchidx.analysis import analyze
from searchidx.errors import SettingsError
from searchidx.names.bulk import NameFile, name_key
from searchidx.types import Token

Name: TypeAlias = tuple[str, ...]  # the terms of a name, in order

MAX_FILE_BYTES = 4 << 20
DATA = Path(__file__).with_name("data")  # not importlib.resources, which takes 3 ms to import
CURATED_FILE, BULK_FILE = DATA / "curated.names", DATA / "bulk.names"
# Below a word's folded form (.95) and a spelling that sounds the same (.8): a list may be wrong where letters
# are not. Bulk data less, since nobody looked at each entry. Tuned on no data set.
LISTED_WEIGHT, BULK_WEIGHT = 0.7, 0.6
_COMMA = re.compile(r"(?<!\\),")  # as in Solr, "\," is a comma within a name


def name_terms(text: str) -> Name:
    """Give the terms of a name as written; a hyphenated word is one term.

    >>> name_terms("Spider’s Web"), name_terms("Tu-95")
    (('spider', 'web'), ('tu-95',))
    """
    tokens = analyze(text)
    covered = {place for token in tokens if token.width > 1 for place in _places(token)}
    return tuple(token.term for token in tokens if token.width > 1 or token.position not in covered)


def _places(token: Token) -> range:
    return range(token.position, token.position + token.width)


def _key(name: Name) -> Name:
    """Even out the hyphens: Tu95 has the names of Tu-95."""
    return tuple(term.replace("-", "") for term in name)


@dataclass(frozen=True, slots=True)
class Alias:
    """One other name, and who says so."""

    terms: Name
    text: str  # as written in the file; of shipped names the terms
    source: str
    kind: Literal["alias", "learned"] = "alias"
    weight: float = LISTED_WEIGHT


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of an alias file, as written."""

    asked: tuple[str, ...]
    found: tuple[str, ...]
    kind: Literal["same", "one way", "never"]
    source: str


@dataclass(slots=True)
class AliasTable:
    """Leads from a name to its other names. Names lead no further: a, b and b, c do not make a, c."""

    groups: list[tuple[str, ...]] = field(default_factory=list)  # as written, for `aliases list`
    rules: list[Rule] = field(default_factory=list)  # the same, for `aliases check`
    problems: list[str] = field(default_factory=list)
    longest: int = 1  # terms in the longest name
    # Shipped names with their weights. They are asked after what was written down here.
    files: tuple[tuple[NameFile, float], ...] = ()
    # By name without hyphens. Names of one line share a tuple, so that a long line costs its length.
    _others: dict[Name, list[tuple[Alias, ...]]] = field(default_factory=dict)
    _barred: dict[Name, list[frozenset[Name]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.longest = max([self.longest, *(file.longest for file, _ in self.files)])

    def same(self, names: Sequence[str], source: str, *, kind: Literal["alias", "learned"] = "alias") -> None:
        """Say that some names mean the same thing."""
        self.groups.append((*names, source))
        self.rules.append(Rule(tuple(names), tuple(names), "same", source))
        aliases = _aliases(names, source, kind)
        self._lead(aliases, aliases)

    def lead(self, asked: Sequence[str], found: Sequence[str], source: str) -> None:
        """Say that who asks for one of some names also wants some others."""
        self.groups.append((f"{', '.join(asked)} => {', '.join(found)}", source))
        self.rules.append(Rule(tuple(asked), tuple(found), "one way", source))
        self._lead(_aliases(asked, source), _aliases(found, source))

    def forbid(self, names: Sequence[str], source: str) -> None:
        """Say that some names never mean the same."""
        self.groups.append((f"!{', '.join(names)}", source))
        self.rules.append(Rule(tuple(names), tuple(names), "never", source))
        keys = frozenset(_key(name_terms(name)) for name in names)
        for key in keys:
            self._barred.setdefault(key, []).append(keys)

    def of(self, name: Name, *, capitalised: bool = False) -> Iterator[Alias]:
        """Yield the other names of a name, each once.

        ``capitalised``: it was typed with a capital. Names that are ordinary words in lower case (Turkey,
        turkey) lead to their other names only then; a name that the user wrote down always does.
        """
        asked = _key(name)
        barred = self._barred.get(asked, ())
        seen = {asked}
        for alias in self._all(name, asked, capitalised):
            key = _key(alias.terms)
            if key not in seen:
                seen.add(key)
                if not any(key in keys for keys in barred):
                    yield alias

    def is_barred(self, one: Name, other: Name) -> bool:
        """Tell whether somebody said that two names never mean the same."""
        return any(_key(other) in keys for keys in self._barred.get(_key(one), ()))

    def _all(self, name: Name, asked: Name, capitalised: bool) -> Iterator[Alias]:
        for aliases in self._others.get(asked, ()):
            yield from aliases
        key = name_key(name)
        for file, weight in self.files:
            for group in file.of(key):
                if capitalised or not any(o.needs_capital and name_key(o.terms) == key for o in group.names):
                    for other in group.names:
                        yield Alias(other.terms, " ".join(other.terms), group.source, "alias", weight)

    def read_lines(self, lines: Iterable[str], source: str) -> None:
        """Take in a file in the Solr format."""
        for number, line in enumerate(lines, 1):
            text = line.partition("#")[0].lstrip("\ufeff").strip()
            if not text:
                continue
            try:
                self._read_line(text, f"{source}:{number}")
            except ValueError as error:
                self.problems.append(f"{source}, line {number}: {error}")

    def _read_line(self, text: str, source: str) -> None:
        if text.startswith("!"):
            self.forbid(_names(text[1:], least=2), source)
        elif "=>" in text:
            left, _, right = text.partition("=>")
            self.lead(_names(left, least=1), _names(right, least=1), source)
        else:
            self.same(_names(text, least=2), source)

    def _lead(self, asked: Sequence[Alias], found: tuple[Alias, ...]) -> None:
        for alias in asked:
            self._others.setdefault(_key(alias.terms), []).append(found)
            self.longest = max(self.longest, len(alias.terms))


def _aliases(
    names: Iterable[str], source: str, kind: Literal["alias", "learned"] = "alias"
) -> tuple[Alias, ...]:
    """Give names with their terms; those that differ only in case or diacritics once."""
    named = {terms: Alias(terms, name, source, kind) for name in names if (terms := name_terms(name))}
    return tuple(named.values())


def _names(text: str, *, least: int) -> list[str]:
    if "=>" in text:
        raise ValueError("`=>` in a wrong place: write `a, b => c`")
    names = [name.strip().replace("\\,", ",") for name in _COMMA.split(text)]
    if any(not name_terms(name) for name in names):
        raise ValueError("a name without a letter or digit")
    if len(names) < least:
        raise ValueError("one name alone says nothing: write `a, b` or `a => b`")
    return names


def shipped() -> AliasTable:
    """Give the names that come with searchidx; they are read where a query needs them."""
    return AliasTable(files=((NameFile(CURATED_FILE), LISTED_WEIGHT), (NameFile(BULK_FILE), BULK_WEIGHT)))


def with_user_file(table: AliasTable, path: Path) -> AliasTable:
    """Add a user's file to a table; raises ``SettingsError`` only where the file can't be read at all."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise SettingsError(f"the alias file {path} can't be read: {error.strerror}") from error
    if len(data) > MAX_FILE_BYTES:
        raise SettingsError(f"the alias file {path} is larger than {MAX_FILE_BYTES >> 20} MB")
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")  # not splitlines: an editor counts no line at a form feed
    table.problems += [
        f"{path.name}, line {number}: not UTF-8" for number, line in enumerate(lines, 1) if "\ufffd" in line
    ]
    table.read_lines(("" if "\ufffd" in line else line for line in lines), path.name)
    return table
