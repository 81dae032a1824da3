"""What the last reindex read: files, the documents in them, and what was skipped.

In: the ledger of the present generation and the files found now. Out: which files to read again.
It stands beside the documents in each generation, in ``corpus.sqlite``. Of several documents with
one id the first in path order is indexed; the others are listed as skipped.
"""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Protocol, TypeVar
from urllib.parse import quote

from searchidx.clean.evidence import REPEATED
from searchidx.clean.model import MODEL
from searchidx.errors import IndexDamagedError, StorageError
from searchidx.types import CleanDocument, Document, Skipped

FILE_NAME = "corpus.sqlite"
# A file changed within this time of being looked at may change again without a new time stamp.
RACY_NS = 2_000_000_000

T = TypeVar("T")

_SCHEMA = """
create table files(
    path text primary key, size integer, mtime_ns integer, ctime_ns integer, inode integer
) strict;
create table entries(
    path text, line integer, doc_id text, hash blob, chars integer, lines integer, lines_removed integer,
    compared_with text, marks blob, verdict blob, sketch blob, lines_repeated integer, lines_by_model integer
) strict;
create table skipped(path text, line integer, reason text) strict;
"""


class FileStat(Protocol):
    """What tells whether a file has changed; ``corpus.CorpusFile`` is one."""

    @property
    def path(self) -> str:
        """Relative to the corpus folder."""
        ...

    @property
    def size(self) -> int:
        """In bytes."""
        ...

    @property
    def mtime_ns(self) -> int:
        """When the content changed."""
        ...

    @property
    def ctime_ns(self) -> int:
        """When the inode changed."""
        ...

    @property
    def inode(self) -> int:
        """Which file of the file system it is."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in a file: its id, what its content hashes to, and how much text it holds."""

    path: str
    line: int | None
    doc_id: str
    hash: bytes
    chars: int = 0  # of the clean body
    lines: int = 0  # that hold text, where the cleaner looked at lines
    lines_removed: int = 0
    compared_with: str = ""  # whose lines its own were compared with; empty if they were not
    marks: bytes = b""  # what its lines hash to
    verdict: bytes = b""  # a digest of what the other documents say about them
    sketch: bytes = b""  # of the clean body, to find near-copies
    lines_repeated: int = 0  # of the removed lines, those that stand in other documents too
    lines_by_model: int = 0  # and those that a model named


def entry_of(document: Document, cleaned: CleanDocument) -> Entry:
    """Give the entry of a document that was read and cleaned."""
    parts = (
        document.content,
        document.kind,
        document.url,
        document.source,
        document.title,
        "\0".join(document.byline),
        document.published or "",
        document.language or "",
        json.dumps(document.meta, sort_keys=True, default=str) if document.meta else "",
    )
    digest = hashlib.blake2b("\x01".join(parts).encode("utf-8", "replace"), digest_size=16).digest()
    lines, cuts = 0, Counter[str]()
    if document.kind == "text":
        lines = _filled_lines(cleaned.raw)
        for cut in cleaned.removed:
            cuts[cut.rule] += _filled_lines(cleaned.raw[cut.start : cut.end])
    return Entry(
        path=document.path,
        line=document.line,
        doc_id=document.doc_id,
        hash=digest,
        chars=len(cleaned.body),
        lines=lines,
        lines_removed=cuts.total(),
        lines_repeated=cuts[REPEATED],
        lines_by_model=cuts[MODEL],
    )


def _filled_lines(text: str) -> int:
    return sum(1 for line in text.split("\n") if line.strip())


def is_same(entry: Entry, other: Entry | None) -> bool:
    """Tell whether a document is as it was."""
    return other is not None and (entry.path, entry.line, entry.hash) == (other.path, other.line, other.hash)


def is_clean_same(entry: Entry, other: Entry | None) -> bool:
    """Tell whether a document is as it was, and what the others tell about it."""
    return other is not None and is_same(entry, other) and entry.verdict == other.verdict


class Ledger:
    """The files read, the documents in them in path order, and what was skipped in each file."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[int, int, int, int]] = {}
        self.entries: dict[str, list[Entry]] = {}
        self.skipped: dict[str, list[Skipped]] = {}

    def add_file(self, file: FileStat) -> None:
        """Begin a file: what was known of it is forgotten."""
        self.files[file.path] = _stat(file)
        self.entries[file.path] = []
        self.skipped[file.path] = []

    def keep_file(self, path: str, other: "Ledger") -> None:
        """Take over what another ledger knows of an unchanged file."""
        self.files[path] = other.files[path]
        self.entries[path] = other.entries.get(path, [])
        self.skipped[path] = other.skipped.get(path, [])

    def is_unchanged(self, file: FileStat, looked_at_ns: int) -> bool:
        """Tell whether a file is as it was when this ledger was made, at ``looked_at_ns``."""
        return self.files.get(file.path) == _stat(file) and file.ctime_ns < looked_at_ns - RACY_NS

    def winners(self) -> dict[str, Entry]:
        """Give, for each id, the document that is indexed: the first in path order."""
        found: dict[str, Entry] = {}
        for entries in self.entries.values():
            for entry in entries:
                found.setdefault(entry.doc_id, entry)
        return found

    def all_skipped(self) -> Iterator[Skipped]:
        """Yield what was skipped, and the documents that another one of their id stands for."""
        first: dict[str, Entry] = {}
        for path, entries in self.entries.items():
            yield from self.skipped.get(path, ())
            for entry in entries:
                winner = first.setdefault(entry.doc_id, entry)
                if winner is not entry:
                    place = f"{winner.path}:{winner.line}" if winner.line else winner.path
                    reason = f"the id {entry.doc_id!r} is taken by {place}"
                    yield Skipped(path=path, line=entry.line, reason=reason)

    def save(self, folder: Path) -> None:
        """Write the ledger into a generation."""
        try:
            database = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
            try:
                database.execute("pragma synchronous=off")
                database.execute("pragma journal_mode=memory")
                database.executescript(_SCHEMA)
                database.execute("begin")
                database.executemany(
                    "insert into files values(?,?,?,?,?)", ((p, *s) for p, s in self.files.items())
                )
                database.executemany(
                    "insert into entries values(?,?,?,?,?,?,?,?,?,?,?,?,?)", map(_row, _flat(self.entries))
                )
                skipped = ((s.path, s.line, s.reason) for s in _flat(self.skipped))
                database.executemany("insert into skipped values(?,?,?)", skipped)
                database.execute("commit")
            finally:
                database.close()
        except sqlite3.Error as error:
            raise StorageError(f"can't write {FILE_NAME} in {folder}: {error}") from error

    @classmethod
    def load(cls, folder: Path) -> "Ledger":
        """Read the ledger of a generation."""
        ledger = cls()
        try:
            location = f"file:{quote(str(folder / FILE_NAME))}?mode=ro&immutable=1"
            database = sqlite3.connect(location, uri=True)
            try:
                for path, *stat in database.execute("select * from files order by rowid"):
                    ledger.files[path] = (stat[0], stat[1], stat[2], stat[3])
                    ledger.entries[path] = []
                    ledger.skipped[path] = []
                for row in database.execute("select * from entries order by rowid"):
                    ledger.entries[row[0]].append(Entry(*row))
                for path, line, reason in database.execute("select * from skipped order by rowid"):
                    ledger.skipped[path].append(Skipped(path=path, line=line, reason=reason))
            finally:
                database.close()
        except sqlite3.Error as error:
            raise IndexDamagedError(FILE_NAME, f"can't be read ({error})") from error
        return ledger


def _stat(file: FileStat) -> tuple[int, int, int, int]:
    return (file.size, file.mtime_ns, file.ctime_ns, file.inode)


def _flat(values: dict[str, list[T]]) -> Iterable[T]:
    return (item for items in values.values() for item in items)


def _row(entry: Entry) -> tuple[object, ...]:
    return tuple(getattr(entry, field.name) for field in fields(entry))
