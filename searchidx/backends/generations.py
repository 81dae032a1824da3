"""An engine in an index folder: every change is a generation of its own, whole or not there.

In: an engine, which writes into the folder it is given. Out: a ``Backend``, all or nothing.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Protocol

from searchidx.backends.base import IndexSearcher, IndexWriter
from searchidx.errors import NoIndexError
from searchidx.store.build import Build
from searchidx.store.generation import Generation
from searchidx.store.generations import IndexFolder
from searchidx.store.ledger import FILE_NAME as LEDGER
from searchidx.types import IndexDocument


class Engine(Protocol):
    """What a back-end that lives in a folder gives."""

    @property
    def name(self) -> str:
        """The name in settings and messages."""
        ...

    @property
    def format(self) -> str:
        """Changes with the layout of the files; an index of another format is rebuilt."""
        ...

    def create(self, folder: Path) -> AbstractContextManager[IndexWriter]:
        """Write a new index into an empty folder."""
        ...

    def change(self, folder: Path) -> AbstractContextManager[IndexWriter]:
        """Change a copy of an index."""
        ...

    def split_files(self, names: Iterable[str]) -> tuple[list[str], list[str]]:
        """Tell the files that are never written again from those that a change writes to."""
        ...

    def open(
        self,
        folder: Path,
        *,
        names: Collection[str] | None = None,
        on_close: Callable[[], None] = lambda: None,
    ) -> IndexSearcher:
        """Open an index that nobody changes; ``on_close`` is called when the searcher has let go of it.

        ``names``: the files that belong to it, if others may lie in the folder.
        """
        ...


class _Counting:
    """Passes documents on and keeps count of what will be in the index."""

    def __init__(self, writer: IndexWriter, ids: set[str]) -> None:
        self._writer, self.ids = writer, ids

    def put(self, document: IndexDocument) -> None:
        """Add or replace a document."""
        self._writer.put(document)
        self.ids.add(document.doc_id)

    def delete(self, doc_id: str) -> None:
        """Take a document out."""
        self._writer.delete(doc_id)
        self.ids.discard(doc_id)


class GenerationBackend:
    """A ``Backend`` over an index folder, for programs that index documents of their own."""

    def __init__(self, root: Path, engine: Engine) -> None:
        self._folder, self._engine = IndexFolder(root), engine

    @contextmanager
    def rebuild(self) -> Iterator[IndexWriter]:
        """Start an empty index; nothing of it is visible before the block ends well."""
        with self._folder.write(force=True) as build:
            with self._engine.create(build.create()) as writer:
                counting = _Counting(writer, set())
                yield counting
            self._publish(build, counting)

    @contextmanager
    def writer(self) -> Iterator[IndexWriter]:
        """Change a copy of the present index."""
        with self._folder.write(force=True) as build:
            previous = adopt(build, self._engine)
            with closing(self._engine.open(previous.folder, names=previous.files)) as searcher:
                ids = set(searcher.doc_ids())
            with self._engine.change(build.folder) as writer:
                counting = _Counting(writer, ids)
                yield counting
            self._publish(build, counting)

    def searcher(self) -> IndexSearcher:
        """Open a snapshot."""
        generation = self._folder.open()
        return self._engine.open(generation.folder, names=generation.files, on_close=generation.close)

    def _publish(self, build: Build, counting: _Counting) -> None:
        build.publish(documents=len(counting.ids), fingerprint=self._engine.format, facts={})


def adopt(build: Build, engine: Engine) -> Generation:
    """Fill a build with the files of the present generation: links where nobody writes, else copies."""
    if build.previous is None:
        raise NoIndexError(build.folder.parent)
    build.create()
    # The ledger is written anew each time; a link to it would let that change the present generation.
    fixed, changing = engine.split_files(name for name in build.previous.files if name != LEDGER)
    build.adopt(fixed)
    for name in changing:
        build.copy(name)
    return build.previous
