"""Find the files of a corpus without reading them.

In: the folders and files a user named. Out: a ``Scan``: files of known formats in path order, and
everything that has to be listed as skipped. A link named by the user is followed, one found inside
a folder never is: it may lead out of the corpus, in a circle or to a device. What a file holds is
for ``files`` and the readers to say.
"""

import os
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from searchidx.corpus.paths import encode
from searchidx.corpus.reader import in_megabytes
from searchidx.errors import RefusedError, StorageError
from searchidx.types import Skipped

_SPECIAL_FILES = {
    stat.S_IFLNK: "a symbolic link; links in a corpus are not followed: copy the file instead",
    stat.S_IFIFO: "a named pipe, not a file",
    stat.S_IFSOCK: "a socket, not a file",
    stat.S_IFCHR: "a device, not a file",
    stat.S_IFBLK: "a device, not a file",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusFile:
    """A file that can be read, and what the file system said of it when it was found."""

    path: str  # relative to the corpus, "/" between the parts; always encodes to UTF-8
    location: bytes  # absolute, for the operating system
    format: str  # the extension in lower case: "txt", "jsonl.gz"
    size: int  # in bytes, packed if it is packed
    mtime_ns: int
    ctime_ns: int
    inode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The files of a corpus in path order, and what was passed over."""

    files: tuple[CorpusFile, ...]
    skipped: tuple[Skipped, ...]


def walk(roots: Sequence[Path], *, formats: Collection[str], max_bytes: int) -> Scan:
    """List the files below ``roots`` whose extension is one of ``formats``, also with ".gz" behind it.

    Raises ``RefusedError`` for a root that does not exist and ``StorageError`` for one that can't be
    listed: an index must not shrink because a disk was not mounted.
    """
    files: list[CorpusFile] = []
    skipped: list[Skipped] = []
    for name, location in _named(_resolved(roots)):
        for found in _found_below(location, name, formats=formats, max_bytes=max_bytes):
            if isinstance(found, CorpusFile):
                files.append(found)
            else:
                skipped.append(found)
    return Scan(files=tuple(files), skipped=tuple(skipped))


def _resolved(roots: Sequence[Path]) -> dict[bytes, bytes]:
    """Return where each root really is and what the user called it, without those within another root."""
    called: dict[bytes, bytes] = {}
    for root in sorted(os.path.abspath(os.fsencode(root)) for root in roots):
        try:
            called.setdefault(os.path.realpath(root, strict=True), root)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise RefusedError(f"there is no such corpus folder: {encode(root)}") from error
        except OSError as error:
            raise StorageError(f"can't read the corpus folder {encode(root)}: {error.strerror}") from error
    return {place: name for place, name in called.items() if not any(p in called for p in _parents(place))}


def _parents(location: bytes) -> Iterator[bytes]:
    while (parent := os.path.dirname(location)) != location:
        yield parent
        location = parent


def _named(called: Mapping[bytes, bytes]) -> list[tuple[bytes, bytes]]:
    """Return (name, location) of each root, by name; the name stands before the paths of its files.

    One folder needs no name. Of several, each gets its own; where two have the same one, all are called
    by their way from the folder that holds them all, which can't clash.
    """
    if len(called) == 1:
        [(location, root)] = called.items()
        return [(b"" if os.path.isdir(location) else os.path.basename(root), location)]
    names = [os.path.basename(root) for root in called.values()]
    if len(set(names)) < len(names):
        above = os.path.commonpath(called.values())
        names = [os.path.relpath(root, above) for root in called.values()]
    return sorted(zip(names, called, strict=True), key=lambda pair: pair[0].split(b"/"))


def _found_below(
    root: bytes, root_name: bytes, *, formats: Collection[str], max_bytes: int
) -> Iterator[CorpusFile | Skipped]:
    """Yield the contents of ``root``, sorted by the bytes of the path's parts.

    Keeps its own stack: folders may be nested deeper than functions.
    """
    waiting = [(root, root_name)]
    while waiting:
        location, name = waiting.pop()
        try:
            status = os.lstat(location)
            if stat.S_ISDIR(status.st_mode):
                entries = sorted(os.listdir(location), reverse=True)
                waiting += [(os.path.join(location, e), os.path.join(name, e)) for e in entries]
                continue
        except OSError as error:
            if location == root:
                raise StorageError(
                    f"can't read the corpus folder {encode(root)}: {error.strerror}"
                ) from error
            yield Skipped(path=encode(name), reason=f"can't be read: {error.strerror}")
            continue
        if reason := _SPECIAL_FILES.get(stat.S_IFMT(status.st_mode)):
            yield Skipped(path=encode(name), reason=reason)
        elif not (file_format := _format(name, formats)):
            # Pictures and the like are no part of a corpus, unless somebody asked for this very file.
            if location == root:
                yield Skipped(path=encode(name), reason=f"unknown format; known are {', '.join(formats)}")
        elif status.st_size > max_bytes:
            size, limit = in_megabytes(status.st_size), in_megabytes(max_bytes)
            yield Skipped(path=encode(name), reason=f"too large: {size}, the limit is {limit}; split it")
        else:
            yield CorpusFile(
                path=encode(name),
                location=location,
                format=file_format,
                size=status.st_size,
                mtime_ns=status.st_mtime_ns,
                ctime_ns=status.st_ctime_ns,
                inode=status.st_ino,
            )


def _format(file_name: bytes, formats: Collection[str]) -> str:
    """Return the format a file's name promises, or nothing."""
    packed = ""
    stem, extension = os.path.splitext(file_name.lower())
    if extension == b".gz":
        packed = ".gz"
        extension = os.path.splitext(stem)[1]
    known = extension[1:].decode("ascii", "replace")
    return known + packed if known in formats else ""
