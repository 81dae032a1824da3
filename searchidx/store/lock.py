"""Who may write and who is reading: the flock on LOCK and the ones on each generation's LEASE.

In: the index folder or the folder of a generation. Out: a lock held until it is closed. Both are freed
by the system when their process ends, however it ends; so no lock is ever judged stale by its age.
"""

import contextlib
import fcntl
import io
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

from searchidx.errors import IndexLockedError
from searchidx.store import durable
from searchidx.store.manifest import LEASE, LOCK

# Between taking LOCK and writing one's name into it pass microseconds; a loser looks again for this long.
_NAME_PATIENCE_S, _PAUSE_S = 0.4, 0.02

_held: set[int] = set()  # descriptors of LOCKs held by this process


def _close_in_child() -> None:
    """Close inherited LOCKs: a worker that outlives a killed reindex must not keep the next one out."""
    while _held:
        os.close(_held.pop())


os.register_at_fork(after_in_child=_close_in_child)


class WriteLock:
    """The right to change an index folder, held from construction to ``release``."""

    def __init__(self, root: Path) -> None:
        """Take the lock of the folder ``root``; ``IndexLockedError``, within half a second, if it is held."""
        self.path = root / LOCK
        self._fd = self._take()
        _held.add(self._fd)
        record = {"pid": os.getpid(), "host": os.uname().nodename, "started": time.time()}
        # A courtesy to whom we keep out: a disk too full for it may still have room once garbage is cleared.
        with contextlib.suppress(OSError):
            os.ftruncate(self._fd, os.pwrite(self._fd, json.dumps(record).encode(), 0))

    def __enter__(self) -> "WriteLock":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        """Let the next one write; a second call does nothing."""
        if self._fd in _held:
            _held.remove(self._fd)
            with contextlib.suppress(OSError):
                os.ftruncate(self._fd, 0)  # no name of ours in the way of the next holder's
            os.close(self._fd)

    def is_ours(self) -> bool:
        """Say whether LOCK is still the file that we locked: somebody may have removed it by hand."""
        return _is_at(self._fd, self.path)

    def _take(self) -> int:
        deadline = time.monotonic() + _NAME_PATIENCE_S
        while True:
            durable.before("open", self.path)
            fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
            with contextlib.ExitStack() as undo:
                undo.callback(os.close, fd)
                if _flock(fd, fcntl.LOCK_EX) and _is_at(fd, self.path):
                    undo.pop_all()
                    return fd
                holder = _Holder(os.pread(fd, 4096, 0))
            if holder.is_alive() or time.monotonic() > deadline:
                raise IndexLockedError(
                    f"another reindex is writing to {self.path.parent}: {holder}; wait for it to end"
                )
            time.sleep(_PAUSE_S)


class _Holder:
    """Who holds a LOCK, as far as its content tells."""

    def __init__(self, record: bytes) -> None:
        self.pid, self.host, self.started = 0, "", 0.0
        with contextlib.suppress(ValueError, RecursionError):  # empty, old or damaged: nobody is known
            match json.loads(record.decode("utf-8")):
                case {"pid": int(pid), "host": str(host), "started": float(started)} if 0 < pid < 1 << 31:
                    self.pid, self.host, self.started = pid, host, started

    def is_alive(self) -> bool:
        """Say whether the record can be of the holder, and not of one who died and left it behind."""
        if not self.pid or self.host != os.uname().nodename:
            return bool(self.pid)
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True

    def __str__(self) -> str:
        if not self.pid:
            return "pid unknown"
        age_s = max(0, round(time.time() - self.started))
        age = f"{age_s} s" if age_s < 120 else f"{age_s // 60} min"
        return f"pid {self.pid} on {self.host}, for {age}"


def take_lease(generation: Path) -> io.FileIO | None:
    """Take a reader's share of a generation, so that nobody deletes it before the file is closed.

    None if it is being deleted at this moment. A LEASE that is not there is an ``OSError``.
    """
    # A file object and never LOCK_UN: a forked worker shares the lease, and its closing must not end ours.
    with contextlib.ExitStack() as undo:
        lease = undo.enter_context(durable.open_regular(generation / LEASE))
        if _flock(lease.fileno(), fcntl.LOCK_SH):
            undo.pop_all()
            return lease
    return None


@contextlib.contextmanager
def deletion_right(generation: Path) -> Iterator[bool]:
    """Keep readers off a generation during the block; False if one is there already."""
    path = generation / LEASE
    durable.before("lock", path)
    try:
        # For writing: network file systems grant an exclusive lock on nothing less.
        fd = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        yield True  # without a LEASE no reader can open it
        return
    try:
        yield _flock(fd, fcntl.LOCK_EX)
    finally:
        os.close(fd)


def _flock(fd: int, kind: int) -> bool:
    try:
        fcntl.flock(fd, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_at(fd: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(fd), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False
