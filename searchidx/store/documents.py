"""The documents of a generation, in one SQLite file.

In and out: ``CleanDocument``. Beside them stand the table of forms, which terms of the index share a stem
key, the table of names (``store.names``), and what typed letters may become (``store.completions``). Text
is compressed. A writer works in one transaction on a copy of its own; readers open the file as immutable,
so they take no locks and leave no files.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

from searchidx.errors import IndexDamagedError, StorageError
from searchidx.names.evidence import collect
from searchidx.store.completions import SCHEMA as COMPLETIONS_SCHEMA
from searchidx.store.completions import CompletionsReader, TitlesWriter
from searchidx.store.names import SCHEMA as NAMES_SCHEMA
from searchidx.store.names import NamesReader, NamesWriter
from searchidx.types import CleanDocument, Heading, Removed

FILE_NAME = "documents.sqlite"
# More than SQLite's old limit of 999 variables in a statement must be asked for in slices.
SLICE = 900
COMPRESSION_LEVEL = 1  # 3 takes twice the time for a twentieth less

# A row is never given again (autoincrement): the engine still knows the rows of documents that are gone.
_SCHEMA = """
create table documents(
    row integer primary key autoincrement, doc_id text not null unique, path text not null, line integer,
    kind text not null, url text not null, source text not null, title text not null, byline text not null,
    published text, published_from text, language text, notes text not null, meta text not null,
    removed text not null, raw blob not null, body blob, cluster text
) strict;
create index facts on documents(source, language, published);
create index copies on documents(cluster, doc_id) where cluster is not null;
create table forms(key text not null, term text not null, primary key (key, term)) strict, without rowid;
"""
_COLUMNS = (
    "doc_id, path, line, kind, url, source, title, byline, published, published_from, language, notes, meta, "
    "removed, raw, body, cluster"
)


class DocumentsWriter:
    """Adds and removes documents; ``commit`` makes all of it last, ``close`` without it none."""

    def __init__(self, folder: Path, *, create: bool) -> None:
        # The generation is fsynced as a whole when it is published, so SQLite need not.
        self._database = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
        self._database.execute("pragma journal_mode=memory")
        self._database.execute("pragma synchronous=off")
        self._database.execute("begin")
        if create:
            for statement in filter(str.strip, (_SCHEMA + NAMES_SCHEMA + COMPLETIONS_SCHEMA).split(";")):
                self._database.execute(statement)
        self._names = NamesWriter(self._database)
        self._titles = TitlesWriter(self._database)
        self._insert = f"insert into documents({_COLUMNS}) values({', '.join('?' * 17)})"  # constants

    def add(self, document: CleanDocument) -> int:
        """Store a document and give its row; a document of the same id must be gone before."""
        row = self._database.execute(self._insert, _values(document)).lastrowid
        if row is None:
            raise sqlite3.DatabaseError("SQLite gave no row")
        self._names.add(collect(document))
        self._titles.add(row, document.title, document.published)
        return row

    def remove(self, doc_id: str) -> int | None:
        """Take a document out and give the row it had."""
        delete = f"delete from documents where doc_id = ? returning row, {_COLUMNS}"  # noqa: S608  # constants
        found = self._database.execute(delete, (doc_id,)).fetchone()
        if not found:
            return None
        gone = _document(found[1:])
        self._names.take(collect(gone))
        self._titles.take(int(found[0]), gone.title)
        return int(found[0])

    def add_forms(self, forms: Iterable[tuple[str, str]]) -> None:
        """Store (stem key, term) pairs; known ones are left as they are."""
        self._database.executemany("insert or ignore into forms values(?, ?)", forms)

    def add_names(self) -> None:
        """Write down what was counted of names so far, and the titles."""
        self._names.flush()
        self._titles.flush()

    def commit(self) -> None:
        """Make it last."""
        self._names.finish()
        self._titles.flush()
        self._database.execute("commit")

    def close(self) -> None:
        """Let go of the file; what was not committed is gone."""
        self._database.close()


def note_clusters(folder: Path, clusters: Mapping[str, str]) -> None:
    """Note for each document with near-copies the id that stands for all of them; others have none."""
    database = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    try:
        database.execute("pragma journal_mode=memory")
        database.execute("pragma synchronous=off")
        database.execute("begin")
        known = dict(database.execute("select doc_id, cluster from documents where cluster is not null"))
        changed = {doc_id: clusters.get(doc_id) for doc_id in known.keys() | clusters.keys()}
        rows = [(found, doc_id) for doc_id, found in sorted(changed.items()) if known.get(doc_id) != found]
        database.executemany("update documents set cluster = ? where doc_id = ?", rows)
        database.execute("commit")
    except sqlite3.Error as error:
        raise StorageError(f"can't write {FILE_NAME} in {folder}: {error}") from error
    finally:
        database.close()


class DocumentsReader:
    """Reads the documents of a generation that nobody changes any more. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._turn = Lock()  # Python's connection keeps its statements, and one can't be run twice at once
        self._path = folder / FILE_NAME
        location = f"file:{quote(str(self._path))}?mode=ro&immutable=1"
        try:
            self._database = sqlite3.connect(location, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise IndexDamagedError(self._path.name, f"can't be opened ({error})") from error
        self.names = NamesReader(self._rows)
        self.completions = CompletionsReader(self._rows)

    def fetch(self, doc_ids: Sequence[str]) -> list[CleanDocument]:
        """Give documents in the order asked for; unknown ids are left out."""
        found: dict[str, CleanDocument] = {}
        possible = list(filter(_can_be_stored, doc_ids))
        for start in range(0, len(possible), SLICE):
            part = possible[start : start + SLICE]
            marks = ",".join("?" * len(part))
            select = f"select {_COLUMNS} from documents where doc_id in ({marks})"  # noqa: S608
            found.update((row[0], _document(row)) for row in self._rows(select, part))
        return [found[doc_id] for doc_id in doc_ids if doc_id in found]

    def headings(self, doc_ids: Sequence[str]) -> list[Heading]:
        """Give titles, sources and days in the order asked for; unknown ids are left out."""
        found: dict[str, Heading] = {}
        for start in range(0, len(doc_ids), SLICE):
            part = doc_ids[start : start + SLICE]
            marks = ",".join("?" * len(part))
            select = f"select doc_id, title, source, published from documents where doc_id in ({marks})"  # noqa: S608
            for doc_id, title, source, published in self._rows(select, part):
                found[doc_id] = Heading(doc_id=doc_id, title=title, source=source, published=published)
        return [found[doc_id] for doc_id in doc_ids if doc_id in found]

    def facts(self) -> list[tuple[int, str, str | None, str | None]]:
        """Give row, source, language and date of every document; an index of these is all that is read."""
        return self._rows("select row, source, language, published from documents indexed by facts")

    def copies(self) -> list[tuple[int, str, str]]:
        """Give row, id and cluster of the documents that have near-copies."""
        select = "select row, doc_id, cluster from documents indexed by copies where cluster is not null"
        return self._rows(select)

    def doc_ids(self, rows: Sequence[int] | None = None) -> dict[int, str]:
        """Give the ids of rows, or of all documents, in order of the ids."""
        if rows is None:
            return dict(self._rows("select row, doc_id from documents order by doc_id"))
        found: dict[int, str] = {}
        for start in range(0, len(rows), SLICE):
            part = rows[start : start + SLICE]
            marks = ",".join("?" * len(part))
            found.update(self._rows(f"select row, doc_id from documents where row in ({marks})", part))  # noqa: S608
        return found

    def row(self, doc_id: str) -> int | None:
        """Give the row of a document; None if there is none of that id."""
        known = [doc_id] if _can_be_stored(doc_id) else []
        found = self._rows("select row from documents where doc_id = ?", known) if known else []
        return int(found[0][0]) if found else None

    def forms(self, keys: Sequence[str]) -> list[tuple[str, str]]:
        """Give the (key, term) pairs of some stem keys, in order."""
        found: list[tuple[str, str]] = []
        for start in range(0, len(keys), SLICE):
            part = keys[start : start + SLICE]
            marks = ",".join("?" * len(part))
            found += self._rows(f"select key, term from forms where key in ({marks})", part)  # noqa: S608
        return sorted(found)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        try:
            with self._turn:
                return self._database.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise IndexDamagedError(self._path.name, f"can't be read ({error})") from error


def _can_be_stored(text: str) -> bool:
    """Tell whether UTF-8 can hold a text: half a character may come from a command line."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _values(document: CleanDocument) -> tuple[Any, ...]:
    from searchidx.clean.evidence import REPEATED  # who only asks is spared the cleaner

    body = None if document.kind != "html" else _pack(document.body)
    # How often a repeated line stands elsewhere changes with each document that comes: it is not kept.
    removed = [
        [cut.start, cut.end, cut.rule, "" if cut.rule == REPEATED else cut.why] for cut in document.removed
    ]
    return (
        document.doc_id,
        document.path,
        document.line,
        document.kind,
        document.url,
        document.source,
        document.title,
        json.dumps(document.byline, ensure_ascii=False),
        document.published,
        document.published_from,
        document.language,
        json.dumps(document.notes, ensure_ascii=False),
        json.dumps(document.meta, ensure_ascii=False, default=str),
        json.dumps(removed),
        _pack(document.raw),
        body,
        document.cluster,
    )


def _document(row: Sequence[Any]) -> CleanDocument:
    removed = tuple(
        Removed(start=start, end=end, rule=rule, why=why) for start, end, rule, why in json.loads(row[13])
    )
    raw = _unpack(row[14])
    return CleanDocument(
        doc_id=row[0],
        path=row[1],
        line=row[2],
        kind=row[3],
        url=row[4],
        source=row[5],
        title=row[6],
        byline=tuple(json.loads(row[7])),
        published=row[8],
        published_from=row[9],
        language=row[10],
        notes=tuple(json.loads(row[11])),
        meta=json.loads(row[12]),
        removed=removed,
        raw=raw,
        body=_kept(raw, removed) if row[15] is None else _unpack(row[15]),
        cluster=row[16],
    )


def _kept(raw: str, removed: Sequence[Removed]) -> str:
    """Give the text without the spans cut from it."""
    if not removed:
        return raw
    starts = [0, *(cut.end for cut in removed)]
    ends = [*(cut.start for cut in removed), len(raw)]
    return "".join(raw[start:end] for start, end in zip(starts, ends, strict=True))


def _pack(text: str) -> bytes:
    return zlib.compress(text.encode(), COMPRESSION_LEVEL)


def _unpack(data: bytes) -> str:
    return zlib.decompress(data).decode()
