"""The default back-end: Whoosh keeps the terms, SQLite the documents.

``WhooshEngine`` writes into the folder it is given and knows nothing of generations. Whoosh 2.7.4
is frozen and its defects are known; each way around one says which (docs/engines.md).
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from searchidx.backends.base import IndexSearcher, IndexWriter
from searchidx.store.documents import FILE_NAME as DOCUMENTS

# Beside the library's own version: a change of what we write must change this.
FORMAT = "whoosh-arrays-7"


class WhooshEngine:
    """Creates, changes and opens an index in a folder."""

    name = "whoosh"
    format = FORMAT

    def split_files(self, names: Iterable[str]) -> tuple[list[str], list[str]]:
        """Tell the files that are never written again from those that a change writes to."""
        every = list(names)
        changing = [name for name in every if name == DOCUMENTS or name.endswith(".toc")]
        return [name for name in every if name not in changing], changing

    @contextmanager
    def create(self, folder: Path) -> Iterator[IndexWriter]:
        """Write a new index into an empty folder."""
        from searchidx.backends.whoosh.writer import WhooshWriter

        with WhooshWriter(folder, create=True).session() as writer:
            yield writer

    @contextmanager
    def change(self, folder: Path) -> Iterator[IndexWriter]:
        """Change a copy of an index; on an error the folder is of no use any more."""
        from searchidx.backends.whoosh.writer import WhooshWriter

        with WhooshWriter(folder, create=False).session() as writer:
            yield writer

    def open(
        self,
        folder: Path,
        *,
        names: Collection[str] | None = None,
        on_close: Callable[[], None] = lambda: None,
    ) -> IndexSearcher:
        """Open an index that nobody changes; ``on_close`` is called when it is closed or can't be opened."""
        from searchidx.backends.whoosh.searcher import WhooshSearcher

        return WhooshSearcher(folder, names=names, on_close=on_close)
