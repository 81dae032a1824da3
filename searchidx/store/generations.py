"""The index folder as the rest of the program sees it: open what answers, or write what shall answer.

    index/CURRENT              which generation answers, and the sum of its manifest
    index/LOCK                 held by the one that writes
    index/gen-NNNNNN/          files of the engine and ours, manifest.json, LEASE (held by those who read)

In: the folder. Out: a ``Generation`` to read or a ``Build`` to fill. The store knows files, not what is
in them. Readers never wait for a writer nor a writer for readers; the two protocols are in ``generation``
and ``build``.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from searchidx.errors import NoIndexError, RefusedError, SearchidxError
from searchidx.store import durable
from searchidx.store.generation import Generation, open_current, read_pointer

if TYPE_CHECKING:
    from searchidx.store.build import Build


class IndexFolder:
    """A folder that holds an index, or will.

    ``trust``: use it even though another user owns it, who could have put code into the engine's files.
    """

    def __init__(self, root: Path, *, trust: bool = False) -> None:
        self.root = root
        self._trust = trust

    def open(self, *, verify: Literal["auto", "full"] = "auto") -> Generation:
        """Open the generation that answers now, for reading; close it in the end.

        Sums are compared at every opening of an index of up to 64 MiB, and once for each generation of
        a larger one; with ``full`` always.
        """
        with durable.storage_errors("reading", self.root):
            if not self.root.exists():
                raise NoIndexError(self.root)
            self._refuse_foreign()
            return open_current(self.root, full=verify == "full")

    @contextlib.contextmanager
    def write(self, *, force: bool = False) -> "Iterator[Build]":
        """Hold the lock and give a ``Build``; leaving without ``publish`` changes nothing.

        ``force``: publish an index that is empty or has lost over half of its documents, too.
        Any ``OSError`` of the block is a ``StorageError``; the old state stays and the space comes back.
        """
        from searchidx.store.build import Build  # a query need not load what only a writer needs
        from searchidx.store.lock import WriteLock

        with durable.storage_errors("writing", self.root):
            durable.make_root(self.root)
            self._refuse_foreign()
            with WriteLock(self.root) as lock:
                build = Build(self.root, lock, force=force)
                try:
                    build.begin()
                    yield build
                finally:
                    build.end()

    def current_name(self) -> str | None:
        """Look up which generation answers now; cheap, unchecked, None if that can't be told."""
        try:
            return read_pointer(self.root).generation
        except (OSError, SearchidxError):
            return None

    def _refuse_foreign(self) -> None:
        owner = self.root.stat().st_uid
        if not self._trust and owner not in (os.geteuid(), 0):
            raise RefusedError(
                f"the index in {self.root} belongs to another user (uid {owner}), who could run code here "
                f"through it; build one of your own with --index DIR, or copy it so that it is yours"
            )
