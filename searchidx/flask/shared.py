"""One open index for each folder and process, shared by all requests, that sees a new generation.

In: the index folder. Out: an open ``Index`` for the length of a request. The index is opened at the
first request, so after a server has forked its workers. A new generation is opened beside the old
one by one request while the others go on; the old one is closed when its last request has left.
"""

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from searchidx.config import Settings
from searchidx.errors import SearchidxError
from searchidx.search import Index
from searchidx.store.generation import read_pointer
from searchidx.store.manifest import Pointer

# A generation that can't be opened is tried again after so long: comparing its sums may take seconds.
RETRY_SECONDS = 10.0

_log = logging.getLogger("searchidx.flask")


@dataclass(slots=True)
class _Opened:
    """An open index and how many requests hold it; guarded by the lock of its ``SharedIndex``."""

    index: Index
    pointer: Pointer | None
    users: int = 0
    is_current: bool = True


class SharedIndex:
    """Lends the current generation of one folder to the threads of one process."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self._settings = settings
        self._lock = threading.Lock()  # held for moments only
        self._opening = threading.Lock()  # held by the one thread that opens a generation
        self._current: _Opened | None = None
        self._look_at = 0.0
        self._broken: Pointer | None = None  # the generation that could not be opened, and why
        self._failure: SearchidxError | None = None
        self._retry_at = 0.0

    @contextmanager
    def lease(self, *, refresh_seconds: float) -> Iterator[Index]:
        """Lend the index; raises what ``Index.open`` raises if none could be opened.

        The folder is looked at when the last look is more than ``refresh_seconds`` ago.
        """
        opened = self._enter(refresh_seconds)
        try:
            yield opened.index
        finally:
            self._leave(opened)

    def close(self) -> None:
        """Let go of the index; requests that hold it finish on it, and the next one opens it anew."""
        self._swap(None)

    def _enter(self, refresh_seconds: float) -> _Opened:
        opened = self._hold()
        if opened is None:
            with self._opening:
                if self._current is None:
                    self._look_at = time.monotonic() + refresh_seconds
                    self._swap(self._open())
            return self._hold() or self._enter(refresh_seconds)
        if time.monotonic() >= self._look_at and self._opening.acquire(blocking=False):
            try:
                self._look_at = time.monotonic() + refresh_seconds
                self._refresh()
            finally:
                self._opening.release()
            self._leave(opened)
            return self._hold() or self._enter(refresh_seconds)
        return opened

    def _refresh(self) -> None:
        """Open what CURRENT names if it is another generation; a broken one changes nothing."""
        pointer = self._pointer()
        if pointer is None or self._current is None or pointer == self._current.pointer:
            return
        was_broken = pointer == self._broken
        try:
            self._swap(self._open())
        except SearchidxError as error:
            if not was_broken:
                _log.warning(
                    "%s can't be opened, the generation before it goes on: %s", pointer.generation, error
                )

    def _open(self) -> _Opened:
        """Open the current generation, or raise again what was wrong with it moments ago."""
        pointer = self._pointer()
        if self._failure and pointer and pointer == self._broken and time.monotonic() < self._retry_at:
            raise self._failure.with_traceback(None)
        try:
            index = self._open_warm()
        except SearchidxError as error:
            self._broken, self._failure = pointer, error
            self._retry_at = time.monotonic() + RETRY_SECONDS
            raise
        self._broken = self._failure = None
        if pointer and pointer.manifest_sha256 != index.generation.manifest_sha256:
            pointer = None  # another one was published between the two looks; the next look settles it
        return _Opened(index, pointer)

    def _open_warm(self) -> Index:
        index = Index.open(self.folder, settings=self._settings)
        try:
            index.aliases()  # now, so that no two threads build the table and a wrong file is seen at once
        except SearchidxError:
            index.close()
            raise
        return index

    def _pointer(self) -> Pointer | None:
        """Read CURRENT: name and sum, since a folder built anew counts its generations from 1 again."""
        with suppress(OSError, SearchidxError):
            return read_pointer(self.folder)
        return None

    def _hold(self) -> _Opened | None:
        with self._lock:
            if self._current is not None:
                self._current.users += 1
            return self._current

    def _leave(self, opened: _Opened) -> None:
        with self._lock:
            opened.users -= 1
            is_last = not opened.is_current and not opened.users
        if is_last:
            opened.index.close()

    def _swap(self, new: _Opened | None) -> None:
        with self._lock:
            old, self._current = self._current, new
            is_idle = old is not None and not old.users
            if old is not None:
                old.is_current = False
        if old is not None and is_idle:
            old.index.close()


_shared: dict[Path, SharedIndex] = {}
_shared_lock = threading.Lock()


def shared_index(folder: Path, settings: Settings) -> SharedIndex:
    """Give the one shared index of a folder in this process; nothing is opened yet."""
    with _shared_lock:
        if folder not in _shared:
            _shared[folder] = SharedIndex(folder, settings)
        return _shared[folder]


def close_all() -> None:
    """Let go of every index of this process; a request that comes all the same opens it anew."""
    with _shared_lock:
        opened = list(_shared.values())
    for shared in opened:
        shared.close()


def _forget_parent() -> None:
    """Start afresh in a forked child: locks may be held by threads that it does not have."""
    global _shared, _shared_lock
    _shared, _shared_lock = {}, threading.Lock()


os.register_at_fork(after_in_child=_forget_parent)
