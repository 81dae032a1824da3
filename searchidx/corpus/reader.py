"""What a source format must offer, and how it says that it can't make sense of a file.

A format is one module with one ``Reader`` and one line in ``READERS`` of the package. It gets the
unpacked bytes of a file and knows nothing of folders, links or compression.
"""

from collections.abc import Iterator
from typing import Protocol

from searchidx.types import Document, Skipped

# Far above any article and any sane export; below what would hurt when it is decoded and parsed.
MAX_BYTES = 20 * 2**20


class UnreadableError(Exception):
    """A file can't be used; the message is the reason shown to a person.

    Never leaves the room: ``read`` and ``parse`` turn it into a ``Skipped``.
    """


class Reader(Protocol):
    """Makes documents of the bytes of one file."""

    def __call__(self, data: bytes, path: str, /) -> Iterator[Document | Skipped]:
        """Yield what the file called ``path`` holds; raise ``UnreadableError`` where that is nothing."""
        ...


def in_megabytes(size_bytes: int) -> str:
    """Say a size the way the limits are documented.

    >>> in_megabytes(20 * 2**20), in_megabytes(1000)
    ('20 MB', '1000 bytes')
    """
    if size_bytes < 2**20:
        return f"{size_bytes} bytes"
    return f"{size_bytes / 2**20:.1f}".removesuffix(".0") + " MB"
