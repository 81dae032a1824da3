"""Write documents into a Whoosh index and its ``documents.sqlite``.

In: ``IndexDocument``. Documents go into memory and become a segment when enough have come; small
neighbours stay apart (a merge costs more than it saves below some dozens). Deletions wait until
the end: Whoosh can't delete what its own writer has not committed.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from searchidx.analysis import stem_key
from searchidx.backends.whoosh.codec import MAX_SEGMENT_DOCS, ArrayCodec, ArrayPool
from searchidx.backends.whoosh.library import (
    NUMBERS,
    ROW,
    STEMMED,
    length_term,
    open_index,
    own_random_names,
    read_postings,
)
from searchidx.backends.whoosh.quiet import quietly_and_lightly
from searchidx.errors import SearchidxError, StorageError
from searchidx.store.documents import FILE_NAME, DocumentsWriter
from searchidx.types import IndexDocument

with quietly_and_lightly():
    from whoosh.writing import NO_MERGE, SegmentWriter

# Positions held in memory before a segment is written: some 16 bytes each, so about 100 MB.
SEGMENT_POSITIONS = 6_000_000


class WhooshWriter:
    """An ``IndexWriter`` over a folder of its own."""

    def __init__(self, folder: Path, *, create: bool) -> None:
        self._folder, self._create = folder, create
        self._index = open_index(folder, create=create)
        self._documents = DocumentsWriter(folder, create=create)
        self._writer: Any = None
        self._pool = ArrayPool()
        self._dead_rows: set[int] = set()
        self._terms: defaultdict[str, set[str]] = defaultdict(set)  # stem language -> terms not yet in forms
        self._known: defaultdict[str, set[str]] = defaultdict(set)
        self._half_put: str | None = None  # a document whose put failed: some of its postings are in memory

    @contextmanager
    def session(self) -> Iterator["WhooshWriter"]:
        """Finish the index when the block ends, leave it unfinished when it fails."""
        try:
            yield self
            if self._half_put is not None:
                raise SearchidxError(f"{self._half_put!r} could not be indexed, so nothing is written")
            self._flush()
            self._bury()
            self._documents.commit()
        except sqlite3.OperationalError as error:
            raise StorageError(f"can't write {FILE_NAME} in {self._folder}: {error}") from error
        finally:
            if self._writer is not None:
                self._writer.cancel()  # or its lock would stay
                self._writer = None
            self._documents.close()
            self._index.close()

    def put(self, document: IndexDocument) -> None:
        """Add a document, or replace the one with the same id; after an error nothing is written at all."""
        self._half_put = document.doc_id
        self.delete(document.doc_id)
        row = self._documents.add(document.stored)
        numbers = {ROW: (row,)} | {length_term(name): (length,) for name, length in document.lengths.items()}
        self._open_writer().add_document(**document.fields, **{NUMBERS: numbers})
        for language in document.fields.get("stems", ()):
            for name in STEMMED:
                self._terms[language].update(document.fields.get(name, ()))
        if self._pool.positions >= SEGMENT_POSITIONS or self._writer.docnum >= MAX_SEGMENT_DOCS:
            self._flush()
        self._half_put = None

    def delete(self, doc_id: str) -> None:
        """Take a document out; unknown ids are no error."""
        row = self._documents.remove(doc_id)
        if row is not None:
            self._dead_rows.add(row)

    def _open_writer(self) -> Any:
        if self._writer is None:
            with own_random_names():
                # The parameter poolclass is accepted and ignored by every version: set the pool.
                self._writer = SegmentWriter(self._index, codec=ArrayCodec(), compound=False)
            self._pool = self._writer.pool = ArrayPool()
        return self._writer

    def _flush(self) -> None:
        """Write what is in memory as a segment."""
        if self._writer is None:
            return
        self._writer.commit(mergetype=NO_MERGE)
        self._writer = None
        for language, terms in self._terms.items():
            fresh = terms - self._known[language]
            self._known[language] |= fresh
            self._documents.add_forms(
                sorted(
                    (f"{language}:{stem_key(term, language)}", term) for term in fresh if term[:1] > "\x1f"
                )
            )
        self._terms.clear()
        self._documents.add_names()

    def _bury(self) -> None:
        """Delete the documents whose rows are gone from the segments that hold them."""
        if not self._dead_rows:
            return
        reader = self._index.reader()
        doomed = []
        for part, base in reader.leaf_readers():
            postings = read_postings(part._terms._postfile, part.term_info(NUMBERS, ROW))
            rows = zip(postings.ids, postings.positions, strict=True)
            doomed += [base + document for document, row in rows if row in self._dead_rows]
        reader.close()
        writer = self._open_writer()
        for document in doomed:
            writer.delete_document(document)
        writer.commit(mergetype=NO_MERGE)
        self._writer = None
