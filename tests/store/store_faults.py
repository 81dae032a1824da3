"""A fault before every operation on the disk, one after the other, until a reindex runs through.

``survey`` is given a way to write and a way to read an index, and lists what went wrong. It must find
nothing in the store, and something in a store that is wrong on purpose; both are tested.
"""

import errno
import os
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from searchidx.errors import StorageError
from searchidx.store import durable

Mode = Literal["kill", "once", "full for ever", "dead for ever"]
MAX_POINTS = 500


class Fault:
    """Acts before operation number ``at`` (from 1), in the way of its mode."""

    def __init__(self, mode: Mode, at: int, code: int = errno.ENOSPC) -> None:
        self.mode, self.at, self.code = mode, at, code
        self.operations = 0

    @property
    def was_reached(self) -> bool:
        return self.operations >= self.at

    def __call__(self, operation: str, path: Path) -> None:
        self.operations += 1
        if self.operations == self.at and self.mode == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        takes_space = operation in ("open", "write", "mkdir", "link", "fsync")
        match self.mode:
            case "once" | "kill":
                fails = self.operations == self.at
            case "full for ever":
                fails = self.operations >= self.at and takes_space
            case "dead for ever":
                fails = self.operations >= self.at
        if fails:
            raise OSError(self.code, os.strerror(self.code), str(path))


@contextmanager
def inflicted(fault: Fault) -> Iterator[Fault]:
    before, durable.before = durable.before, fault
    try:
        yield fault
    finally:
        durable.before = before


def write_and_die(write: Callable[[], object], at: int) -> bool:
    """Write in a child that is killed before operation number ``at``; False if it ran through."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pytest-xdist has threads; the child needs none
        child = os.fork()
    if not child:
        status = 1
        try:
            with inflicted(Fault("kill", at)):
                write()
            status = 0
        finally:
            os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL)
    return status != 0


def survey(
    root: Path,
    mode: Mode,
    write: Callable[[Path, str], object],
    read: Callable[[Path], str],
    *,
    code: int = errno.ENOSPC,
) -> tuple[int, list[str]]:
    """Change the state of a good index under every fault; count the faults, list the violations."""
    write(root, "state 0")
    write(root, "state 1")
    usual, old, violations = len(_names(root)), "state 1", []
    for at in range(1, MAX_POINTS):
        new = f"state {at + 1}"

        def change(new: str = new) -> None:
            write(root, new)

        reached, complaint = _inflict(change, mode, at, code)
        found = _state(root, read)
        if complaint or found not in (old, new) or (not reached and found != new):
            violations.append(f"{mode} at {at}: {complaint} {found!r} instead of {old!r} or {new!r}")
        # If only the last sync failed the state is new, but the one before the old may still be there.
        if mode == "full for ever" and found == old and len(_names(root)) > usual:
            violations.append(f"{mode} at {at}: space not given back: {_names(root)}")
        old = f"{new} again"
        write(root, old)
        if _state(root, read) != old or len(_names(root)) > usual:
            violations.append(f"{mode} at {at}: no clean recovery: {_names(root)}")
        if not reached:
            return at - 1, violations
    raise AssertionError("never ran through")


def _inflict(change: Callable[[], object], mode: Mode, at: int, code: int) -> tuple[bool, str]:
    """Write under one fault; say whether it was reached and what is wrong with how it was told."""
    if mode == "kill":
        return write_and_die(change, at), ""
    with inflicted(Fault(mode, at, code)) as fault:
        try:
            change()
        except StorageError as error:
            cause = error.__cause__
            told = isinstance(cause, OSError) and cause.errno == code and os.strerror(code) in str(error)
            return True, "" if told else f"masked: {error}"
        except OSError as error:
            return True, f"not dressed: {error}"
    return fault.was_reached, ""


def _names(root: Path) -> list[str]:
    return sorted(os.listdir(root)) if root.exists() else []


def _state(root: Path, read: Callable[[Path], str]) -> str:
    try:
        return read(root)
    except (Exception, AssertionError) as error:  # whatever it is, it is no state
        return f"{type(error).__name__}: {error}"
