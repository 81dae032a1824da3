"""Every operation by which the store changes the disk, in one place, each made to last.

In: paths and bytes. Out: the change, synced where that is said, or an ``OSError`` that names its path.
Each operation first calls ``before``, where a test puts a crash or a full disk; so nothing else in
the store opens a file for writing, renames or removes. What the order of operations must be to
survive a power cut is not known here: see ``build``.
"""

import contextlib
import errno
import hashlib
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from searchidx.errors import StorageError

TEMPORARY = ".tmp"  # suffix of a file that is being written and will be renamed
# NONBLOCK and NOFOLLOW: neither a FIFO nor a link in the place of a file of ours may lead us astray.
_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
_CHUNK_BYTES = 1 << 20
_MISSING = frozenset({errno.ENOENT, errno.ENOTDIR})
_NOT_REGULAR = frozenset({errno.EINVAL, errno.ELOOP, errno.ENXIO})
_HINTS = {
    errno.ENOSPC: "free some space, then run it again",
    errno.EDQUOT: "free some space, then run it again",
    errno.EACCES: "check the permissions, or choose another folder",
    errno.EPERM: "check the permissions, or choose another folder",
    errno.EROFS: "make the file system writable, or choose another folder",
}


def before(operation: str, path: Path) -> None:
    """Do nothing: stands before every change of the disk, so that a test can put its fault there."""


# ---- errors ------------------------------------------------------------------------------------


@contextlib.contextmanager
def storage_errors(doing: str, root: Path) -> Iterator[None]:
    """Turn an ``OSError`` of the block into a ``StorageError``: what was being done, where, and why not."""
    try:
        yield
    except ConnectionError:  # a closed pipe or socket: not the disk's fault
        raise
    except OSError as error:
        where = error.filename if isinstance(error.filename, (str, bytes)) else root
        hint = f"; {_HINTS[error.errno]}" if error.errno in _HINTS else ""
        reason = f"{os.fsdecode(where)}: {error.strerror or error}"
        raise StorageError(f"{doing} the index in {root} failed: {reason}{hint}") from error


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """Give the name of the file to errors of read, write and fsync, which know only a number."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def absence(error: OSError) -> str:
    """Say what is wrong with a file that can't be the one we wrote; empty if the disk is to blame."""
    if error.errno in _MISSING:
        return "is missing"
    return "is no regular file" if error.errno in _NOT_REGULAR else ""


# ---- reading -----------------------------------------------------------------------------------


def open_regular(path: Path) -> io.FileIO:
    """Open a regular file for reading; a link, folder, FIFO or device is an ``OSError``."""
    fd = os.open(path, _READ)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return io.FileIO(fd, "rb")


def read(path: Path) -> bytes:
    """Read the whole of a regular file."""
    with _named(path), open_regular(path) as file:
        return file.readall()


def size_and_sum(path: Path) -> tuple[int, str]:
    """Measure a regular file: its size in bytes and its SHA-256 in hexadecimal."""
    with _named(path), open_regular(path) as file:
        return os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest()


# ---- writing -----------------------------------------------------------------------------------


def sync_file(path: Path) -> None:
    """Wait until the content of a file is on the disk."""
    before("fsync", path)
    with _named(path), open_regular(path) as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    before("fsync", path)
    with _named(path):
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY)
        try:
            os.fsync(fd)
        except OSError as error:
            # Some network and FUSE file systems can't sync a folder; theirs is the promise, then.
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        finally:
            os.close(fd)


def make_folder(path: Path, mode: int = 0o777) -> None:
    """Make one new folder."""
    before("mkdir", path)
    path.mkdir(mode=mode)


def make_root(path: Path, mode: int = 0o700) -> None:
    """Make a folder and its parents where missing, so that they last; a new one is ours alone."""
    if path.is_dir():
        return
    if not path.parent.exists():
        make_root(path.parent, 0o777)
    # Somebody else may make it in the meantime; anything but a folder in its place stays an error.
    try:
        make_folder(path, mode)
    except FileExistsError:
        if not path.is_dir():
            raise
    sync_folder(path.parent)


def write(path: Path, data: bytes) -> None:
    """Write a file, new or from its beginning, and sync it; its name lasts once the folder is synced."""
    before("open", path)
    with _named(path), io.FileIO(os.open(path, _CREATE | os.O_TRUNC, 0o666), "wb") as file:
        before("write", path)
        _write_all(file, data)
        before("fsync", path)
        os.fsync(file.fileno())


def write_atomically(path: Path, data: bytes) -> None:
    """Replace a file so that a crash at any moment leaves the old content or the new one; synced."""
    temporary = path.with_name(path.name + TEMPORARY)
    with contextlib.ExitStack() as undo:
        undo.callback(remove_quietly, temporary)
        write(temporary, data)
        rename(temporary, path)
        undo.pop_all()
    sync_folder(path.parent)


def rename(source: Path, target: Path) -> None:
    """Rename a file (over an old one, if there is one) or a folder."""
    before("rename", source)
    source.replace(target)


def link_or_copy(source: Path, target: Path) -> None:
    """Let ``target`` be another name of ``source``, or a copy where the file system can't do that."""
    try:
        before("link", target)
        target.hardlink_to(source)
    except OSError:
        # No list of reasons (EXDEV, EPERM, EMLINK, EOPNOTSUPP …): what stops a copy too is raised there.
        copy(source, target)


def copy(source: Path, target: Path) -> None:
    """Copy a regular file's content to a new file; not synced."""
    with open_regular(source) as original:
        before("open", target)
        with _named(target), io.FileIO(os.open(target, _CREATE | os.O_EXCL, 0o666), "wb") as file:
            before("write", target)
            while chunk := original.read(_CHUNK_BYTES):
                _write_all(file, chunk)


def _write_all(file: io.FileIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


# ---- removing ----------------------------------------------------------------------------------


def remove_quietly(path: Path) -> None:
    """Remove a file if the system lets us: used where an error must not hide the one that led here."""
    with contextlib.suppress(OSError):
        before("remove", path)
        path.unlink()


def remove_tree(folder: Path) -> None:
    """Remove a folder and all in it, as far as the system lets us; never follow a link, never raise.

    What stays is found and removed by the next run: it has a name that says it is garbage.
    """
    with contextlib.suppress(OSError):
        if folder.is_symlink() or not folder.is_dir():
            remove_quietly(folder)
            return
        for child in sorted(folder.iterdir()):
            remove_tree(child)
        before("rmdir", folder)
        folder.rmdir()
