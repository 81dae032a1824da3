"""Read one file, whatever it turns out to be, within bounds of time and memory.

In: a place. Out: bytes, unpacked; or an ``UnreadableError`` with the reason. Between the listing of
a folder and this moment a file may have become a link, a pipe, or longer, so nothing is believed.
"""

import os
import stat
import zlib

from searchidx.corpus.reader import UnreadableError, in_megabytes

# Text compresses up to about 20:1, a log at times 50:1; a bomb of zeros reaches 1000:1.
MAX_RATIO = 100
_RATIO_MATTERS_FROM_BYTES = 2**20

# A pipe without a writer must not make us wait, nor a terminal become ours.
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_GZIP = 16 + zlib.MAX_WBITS


def load(location: bytes, *, max_bytes: int) -> bytes:
    """Return the contents of a regular file of at most ``max_bytes``.

    A file that changes meanwhile is read once more, then given up: half an old and half a new
    article are worse than none, and the next run finds it at rest.
    """
    for _ in range(2):
        try:
            data = _load_once(location, max_bytes)
        except OSError as error:
            raise UnreadableError(f"can't be read: {error.strerror}") from error
        if data is not None:
            return data
    raise UnreadableError("changed while being read; run again when it is complete")


def _load_once(location: bytes, max_bytes: int) -> bytes | None:
    """Return the contents, or None if they changed under our hands."""
    descriptor = os.open(location, _FLAGS)
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise UnreadableError("not a regular file")
        data = _read_up_to(max_bytes + 1, descriptor)
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    if len(data) > max_bytes:
        raise UnreadableError(_too_large(max_bytes))
    state_before = (before.st_size, before.st_mtime_ns, before.st_ctime_ns)
    state_after = (after.st_size, after.st_mtime_ns, after.st_ctime_ns)
    return data if state_before == state_after and len(data) == after.st_size else None


def _read_up_to(limit: int, descriptor: int) -> bytes:
    parts = []
    while limit and (part := os.read(descriptor, min(limit, 2**20))):
        parts.append(part)
        limit -= len(part)
    return b"".join(parts)


def unpack(packed: bytes, *, max_bytes: int) -> bytes:
    """Return what a gzip file of one member holds, at most ``max_bytes``.

    >>> import gzip
    >>> unpack(gzip.compress(b"talks"), max_bytes=100)
    b'talks'
    """
    stream = zlib.decompressobj(_GZIP)
    try:
        data = stream.decompress(packed, max_bytes + 1)
    except zlib.error as error:
        raise UnreadableError("not a gzip file, or a damaged one; pack it again") from error
    if len(data) > _RATIO_MATTERS_FROM_BYTES and len(data) > MAX_RATIO * len(packed):
        raise UnreadableError(f"packed more than {MAX_RATIO}:1, which no article is; unpack it first")
    if len(data) > max_bytes:
        raise UnreadableError(_too_large(max_bytes) + " when unpacked")
    if not stream.eof:
        raise UnreadableError("the gzip file is cut short; pack it again")
    if stream.unused_data.strip(b"\0"):  # some tools pad with zeros
        raise UnreadableError("more than one gzip member; pack it again as one")
    return data


def _too_large(max_bytes: int) -> str:
    return f"too large: over {in_megabytes(max_bytes)}"
