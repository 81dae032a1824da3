"""What a few typed letters may become, in ``documents.sqlite``: titles, names and frequent phrases.

Titles come and go with their documents, names are read from the table of names, phrases are written
whole (``write_phrases``). A key is a text from one of its words on, folded, so that a range of keys holds
all that begins so. Each is cut to a few characters: who asks for more compares the texts.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from searchidx.analysis import analyze
from searchidx.analysis.stopwords import STOP_WORDS
from searchidx.errors import StorageError

FILE_NAME = "documents.sqlite"
MAX_KEY_CHARS = 24
MAX_KEYS = 24  # of one text; a title of more words is a paragraph
LAST = "\U0010ffff"
# So many of each kind are looked at, the commonest or newest: what a person is shown is some ten.
LOOKED_AT = 100

SCHEMA = """
create table title_keys(
    inner integer not null, key text not null, day text not null, row integer not null,
    primary key (inner, key, row)) strict, without rowid;
create table phrases(
    inner integer not null, key text not null, text text not null, is_name integer not null,
    count integer not null, primary key (inner, key, text)) strict, without rowid;
create table name_casing(term text primary key, text text not null) strict, without rowid;
create table phrases_from(digest text not null, texts integer not null) strict;
"""
_IN_RANGE = "inner = ? and key >= ? and key < ?"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as mostly written, whether that is with capitals, and how many of the texts hold it."""

    text: str
    is_name: bool
    count: int


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is made of a sample of the texts."""

    texts: int  # that were looked at
    phrases: Sequence[Phrase]
    casing: Sequence[tuple[str, str]]  # terms of names that are not written with one capital: NATO, al-Assad


def words_of(text: str) -> list[str]:
    """Give the words of a text as keys are made of them.

    >>> words_of("Kyiv’s cease-fire")
    ['kyiv', 'cease', 'fire']
    """
    return [token.term for token in analyze(text) if token.width == 1]


def keys_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield the keys of a text: from its beginning (0), and from each telling word inside (1)."""
    words = words_of(text)[:MAX_KEYS]
    for at, word in enumerate(words):
        if not at or word not in STOP_WORDS:
            yield int(at > 0), _key(words[at:])


def _key(words: Sequence[str]) -> str:
    return " ".join(words[:MAX_KEYS])[:MAX_KEY_CHARS].rstrip()


def _is_cut(words: Sequence[str]) -> bool:
    """Tell whether a range of keys may hold more than what begins with some words."""
    return len(" ".join(words)) > MAX_KEY_CHARS


class TitlesWriter:
    """Keeps the keys of titles, inside the transaction of the documents."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._waiting: list[tuple[int, str, str, int]] = []

    def add(self, row: int, title: str, day: str | None) -> None:
        """Add the title of a document that comes."""
        self._waiting += ((inner, key, (day or "")[:10], row) for inner, key in keys_of(title))

    def flush(self) -> None:
        """Write down what has come; in order, which takes a fifth of the time."""
        rows = sorted(self._waiting)
        self._database.executemany("insert or ignore into title_keys values(?, ?, ?, ?)", rows)
        self._waiting.clear()

    def take(self, row: int, title: str) -> None:
        """Take away the title of a document that goes."""
        self.flush()
        values = ((inner, key, row) for inner, key in keys_of(title))
        self._database.executemany("delete from title_keys where inner = ? and key = ? and row = ?", values)


def write_phrases(folder: Path, digest: str, make: Callable[[], Phrases]) -> None:
    """Write the phrases of a generation in the making, unless they are there: of a copy of the last one.

    ``digest``: of what they are made from.
    """
    database = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    try:
        if database.execute("select digest from phrases_from").fetchall() == [(digest,)]:
            return
        made = make()
        database.execute("pragma journal_mode=memory")
        database.execute("pragma synchronous=off")
        database.execute("begin")
        for table in ("phrases", "name_casing", "phrases_from"):
            database.execute(f"delete from {table}")  # noqa: S608  # constants
        rows = sorted(
            (inner, key, phrase.text, phrase.is_name, phrase.count)
            for phrase in made.phrases
            for inner, key in keys_of(phrase.text)
        )
        database.executemany("insert or ignore into phrases values(?, ?, ?, ?, ?)", rows)
        database.executemany("insert into name_casing values(?, ?)", sorted(made.casing))
        database.execute("insert into phrases_from values(?, ?)", (digest, made.texts))
        database.execute("commit")
    except sqlite3.Error as error:
        raise StorageError(f"can't write {FILE_NAME} in {folder}: {error}") from error
    finally:
        database.close()


class CompletionsReader:
    """Looks up what begins with some words; ``rows`` runs a query and gives all rows.

    ``words`` are folded (``words_of``), the last one may be the beginning of one. Where there are none,
    everything begins so.
    """

    def __init__(self, rows: Callable[[str, Sequence[Any]], list[Any]]) -> None:
        self._rows = rows

    def titles(self, words: Sequence[str], *, inner: bool) -> list[tuple[str, str]]:
        """Give (title, day) pairs, the newest first; ``inner``: that have the words behind others."""
        select = f"select row, day from title_keys where {_IN_RANGE} order by day desc, key limit ?"  # noqa: S608
        days = dict(self._rows(select, (int(inner), *_range(_key(words)), LOOKED_AT)))
        is_cut = _is_cut(words)
        marks = ",".join("?" * len(days))
        found = self._rows(f"select title, row from documents where row in ({marks})", list(days))  # noqa: S608
        return sorted(
            ((title, days[row]) for title, row in found if not is_cut or holds(title, words)),
            key=lambda one: (one[1], one[0]),
            reverse=True,
        )

    def phrases(self, words: Sequence[str], *, inner: bool) -> list[Phrase]:
        """Give the phrases, the commonest first."""
        select = f"select text, is_name, count from phrases where {_IN_RANGE}"  # noqa: S608  # constants
        rows = self._rows(
            f"{select} order by count desc, text limit ?", (int(inner), *_range(_key(words)), LOOKED_AT)
        )
        is_cut = _is_cut(words)
        return [
            Phrase(text, bool(name), count) for text, name, count in rows if not is_cut or holds(text, words)
        ]

    def texts(self) -> int:
        """Give the number of texts in which phrases were counted."""
        [(texts,)] = self._rows("select coalesce(sum(texts), 0) from phrases_from", ())
        return int(texts)

    def names(self, start: str) -> list[tuple[str, int]]:
        """Give the terms of names that begin so and how often they are written, the commonest first."""
        select = (
            "select term, sum(inside + first) as times from name_counts where term >= ? and term < ?"
            " and exists(select 1 from name_entries where name_entries.term = name_counts.term)"
            " group by term order by times desc, term limit ?"
        )
        return self._rows(select, (*_range(start), LOOKED_AT))

    def names_beside(self, words: Sequence[str], least: int) -> list[tuple[str, str, int]]:
        """Give pairs of names side by side and how often, of which one begins so, the commonest first.

        Two words ask for the first name and the beginning of the second.
        """
        if len(words) > 2 or not words:
            return []
        ranges: list[tuple[str, tuple[str, ...]]]
        ranges = [("first = ? and second >= ? and second < ?", (words[0], *_range(words[-1])))]
        if len(words) == 1:
            ranges = [(f"{one} >= ? and {one} < ?", _range(words[0])) for one in ("first", "second")]
        found: set[tuple[str, str, int]] = set()
        for where, values in ranges:
            select = f"select first, second, count from name_pairs where {where} and count >= ?"  # noqa: S608
            rows = self._rows(
                f"{select} order by count desc, first, second limit ?", (*values, least, LOOKED_AT)
            )
            found.update(map(tuple, rows))
        return sorted(found, key=lambda pair: (-pair[2], pair))

    def written(self, term: str) -> str:
        """Give a name as it is mostly written, with a capital."""
        if known := self._rows("select text from name_casing where term = ?", (term,)):
            return str(known[0][0])
        select = (
            "select spelling from name_counts where term = ? order by inside + first desc, spelling limit 1"
        )
        found = self._rows(select, (term,))
        return capitalised(str(found[0][0]) if found else term)

    def times(self, term: str) -> int:
        """Give how often a name is written with a capital."""
        [(times,)] = self._rows(
            "select coalesce(sum(inside + first), 0) from name_counts where term = ?", (term,)
        )
        return int(times)


def holds(text: str, words: Sequence[str]) -> bool:
    """Tell whether a text has some words in a row, of which the last may go on.

    >>> holds("The prisoner exchange", ["prisoner", "exch"]), holds("An exchange", ["an", "ex", "change"])
    (True, False)
    """
    if not words:
        return True
    there, last = words_of(text), len(words) - 1
    return any(
        there[at : at + last] == list(words[:last]) and there[at + last].startswith(words[last])
        for at in range(len(there) - last)
    )


def capitalised(name: str) -> str:
    """Write a name with a capital in each of its parts.

    >>> capitalised("zelenskyy"), capitalised("al-assad")
    ('Zelenskyy', 'Al-Assad')
    """
    return "-".join(part[:1].upper() + part[1:] for part in name.split("-"))


def _range(start: str) -> tuple[str, str]:
    return start, start + LAST
