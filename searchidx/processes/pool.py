"""The parent's side: keep some processes busy, and go on when one dies.

Processes are started afresh, not forked, so threads and open indexes of the caller are none of their
concern; and without the caller's main module, so a script needs no guard. Each has a socket of its own. A
process that dies costs the one item it was at; the others it had are given to the next. ``close`` ends
all; a parent that is killed takes them with it, since their sockets close.
"""

import pickle
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any

from searchidx.errors import StorageError
from searchidx.processes import Failed, Item, Result, Shared
from searchidx.processes.worker import CALL, MEMORY_BYTES, OUT_OF_MEMORY, READY, SECONDS, SHARE

# Calls that wait in a process, so that it has work while the parent is busy, and calls on the way in all.
DEPTH, AHEAD = 4, 12  # for each process
AHEAD_BYTES = 32 << 20
BOOT = "import sys; sys.path[:] = {path!r}; from searchidx.processes.worker import serve; serve{arguments}"
CANT_START = "can't start processes for the cleaner; with --jobs 1 none is needed"


class _Task:
    """One call on its way."""

    __slots__ = ("is_done", "is_error", "item", "message", "shared", "size", "value")

    def __init__(self, item: Any, message: bytes, shared: bytes) -> None:
        self.item, self.message, self.shared = item, message, shared
        self.size = len(message)
        self.is_done = self.is_error = False
        self.value: Any = None

    def end(self, value: object, *, is_error: bool = False) -> None:
        """Note what came out."""
        self.value, self.is_error, self.is_done, self.message = value, is_error, True, b""


class _Process:
    """A child, and the calls that it was given, first the one that it is at."""

    def __init__(self, limits: tuple[int, float]) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            boot = BOOT.format(path=sys.path, arguments=(theirs.fileno(), *limits))
            try:
                self.child = subprocess.Popen(  # noqa: S603  # our own interpreter and code
                    [sys.executable, "-c", boot],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=(theirs.fileno(),),
                    start_new_session=True,  # ^C is for the parent, which then ends the children
                )
            except (OSError, ValueError) as error:
                ours.close()
                raise StorageError(f"{CANT_START} ({error})") from error
        self.connection = Connection(ours.detach())
        self.tasks: deque[_Task] = deque()
        self.shared = b""
        self.is_ready = False

    def give(self, task: _Task) -> None:
        """Send a call, and before it what it shares with others unless that is there."""
        self.tasks.append(task)
        if self.shared is not task.shared:
            self.connection.send_bytes(SHARE + task.shared)
            self.shared = task.shared
        self.connection.send_bytes(CALL + task.message)

    def end(self) -> int:
        """End it if it has not ended, leave nothing of it, and say how it ended."""
        self.connection.close()
        if self.child.poll() is None and (not self.is_ready or not self._ends_soon()):
            self.child.kill()
        return self.child.wait()

    def _ends_soon(self) -> bool:
        with suppress(subprocess.TimeoutExpired):
            self.child.wait(0.5)
            return True
        return False


class Pool:
    """Some processes that call functions for many items."""

    def __init__(self, jobs: int, *, memory_bytes: int = MEMORY_BYTES, seconds: float = SECONDS) -> None:
        """Start nothing yet; the limits are for each process, and for each call and its processor time."""
        self._jobs, self._limits = jobs, (memory_bytes, seconds)
        self._processes: list[_Process] = []
        self._pending: deque[_Task] = deque()
        self._number = 0

    def __enter__(self) -> "Pool":
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes."""
        processes, self._processes = self._processes, []
        for process in processes:
            process.child.kill()
        for process in processes:
            process.end()

    def map(
        self, function: Callable[[Shared, Item], Result], items: Iterable[Item], *, shared: Shared
    ) -> Iterator[tuple[Item, Result | Failed]]:
        """Yield each item with the result of ``function(shared, item)``, in the order of the items.

        ``function`` must be one of a module. What it raises is raised here. Items are read a little
        ahead. While one ``map`` goes on, another may.
        """
        packed = pickle.dumps(shared, pickle.HIGHEST_PROTOCOL)
        ahead: deque[_Task] = deque()
        size = 0
        for item in items:
            task = self._submit(function, item, packed)
            ahead.append(task)
            size += task.size
            while ahead and (ahead[0].is_done or len(ahead) > AHEAD * self._jobs or size > AHEAD_BYTES):
                size -= ahead[0].size
                yield ahead[0].item, self._result(ahead.popleft())
        while ahead:
            yield ahead[0].item, self._result(ahead.popleft())

    def _submit(self, function: Callable[..., object], item: object, shared: bytes) -> _Task:
        self._number += 1
        message = pickle.dumps((self._number, function, item), pickle.HIGHEST_PROTOCOL)
        task = _Task(item, message, shared)
        self._pending.append(task)
        self._step(timeout=0)
        return task

    def _result(self, task: _Task) -> Any:
        while not task.is_done:
            self._step(timeout=None)
        if task.is_error:
            raise task.value
        return task.value

    def _step(self, *, timeout: float | None) -> None:
        """Hand out what can be handed out, and take in what has come; with no timeout, wait for some."""
        self._hand_out()
        if not self._processes:
            return
        by_connection = {process.connection: process for process in self._processes}
        for connection in wait(list(by_connection), timeout):
            self._take_in(by_connection[connection])  # type: ignore[index]  # what went in comes out
        self._hand_out()

    def _hand_out(self) -> None:
        while self._pending:
            process = min(self._processes, key=lambda process: len(process.tasks), default=None)
            if process is None or (process.tasks and len(self._processes) < self._jobs):
                process = _Process(self._limits)
                self._processes.append(process)
            if len(process.tasks) >= DEPTH:
                return
            task = self._pending.popleft()
            try:
                process.give(task)
            except OSError:
                process.tasks.pop()
                self._pending.appendleft(task)
                self._bury(process)

    def _take_in(self, process: _Process) -> None:
        try:
            number, is_done, value = pickle.loads(process.connection.recv_bytes())  # noqa: S301  # our child
        except (EOFError, OSError):
            self._bury(process)
            return
        if number == READY:
            process.is_ready = True
            return
        process.tasks.popleft().end(value, is_error=not is_done)

    def _bury(self, process: _Process) -> None:
        """Note which call a process died over; another process gets the rest."""
        if process not in self._processes:
            return
        self._processes.remove(process)
        status = process.end()
        if not process.is_ready:
            raise StorageError(f"{CANT_START} (it ended with {status})")
        if process.tasks:
            process.tasks.popleft().end(_reason(status))
        self._pending.extendleft(reversed(process.tasks))


def _reason(status: int) -> Failed:
    match -status:
        case signal.SIGPROF:
            return Failed("cleaning it took too much processor time", is_limit=True)
        case signal.SIGSEGV | signal.SIGABRT | signal.SIGBUS:
            return Failed(f"the process that cleaned it crashed (signal {-status})", is_limit=True)
        case number if number > 0:
            return Failed(f"the process that cleaned it was killed (signal {number})")
    if status == OUT_OF_MEMORY:
        return Failed("cleaning it took too much memory", is_limit=True)
    return Failed(f"the process that cleaned it ended (status {status})")
