"""Find and read the documents of a corpus folder.

In: folders and files. Out: one ``Document`` for every article, decoded but not cleaned, and a
``Skipped`` with a reason for every file, link and line that gave none. The corpus is never written
and nothing in it can raise: ``scan`` lists, ``read`` reads one file, ``parse`` takes bytes that came
another way. Which part of a document is the article is for ``clean`` to say; which files need to be
read again, and what to do when two documents have one id, is for the pipeline.

To add a format: a module with a ``Reader``, a line in ``READERS``, a small real file in the tests.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from searchidx.corpus.files import load, unpack
from searchidx.corpus.folder import CorpusFile, Scan, walk
from searchidx.corpus.html import read_html
from searchidx.corpus.jsonl import read_jsonl
from searchidx.corpus.markdown import read_markdown
from searchidx.corpus.reader import MAX_BYTES, Reader, UnreadableError
from searchidx.corpus.text import read_text
from searchidx.types import Document, Skipped

__all__ = ["scan", "read", "parse", "READERS", "Reader", "UnreadableError", "CorpusFile", "Scan", "MAX_BYTES"]

# By file extension; each also with ".gz" behind it.
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "txt": read_text,
        "md": read_markdown,
        "html": read_html,
        "htm": read_html,
        "jsonl": read_jsonl,
        "ndjson": read_jsonl,
    }
)


def scan(roots: Sequence[Path], *, max_bytes: int = MAX_BYTES) -> Scan:
    """List the files of a corpus in path order, without reading them.

    Raises ``RefusedError`` if a root does not exist or can't be listed. With more than one root,
    the paths begin with the name of the root.
    """
    return walk(roots, formats=READERS.keys(), max_bytes=max_bytes)


def read(file: CorpusFile, *, max_bytes: int = MAX_BYTES) -> Iterator[Document | Skipped]:
    """Yield the documents of a file, and what of it can't be used; at least one of either."""
    try:
        data = load(file.location, max_bytes=max_bytes)
    except UnreadableError as problem:
        yield Skipped(path=file.path, reason=str(problem))
        return
    yield from parse(data, path=file.path, file_format=file.format, max_bytes=max_bytes)


def parse(
    data: bytes, *, path: str, file_format: str, max_bytes: int = MAX_BYTES
) -> Iterator[Document | Skipped]:
    r"""Yield the documents in the bytes of a file; ``file_format`` is as in ``CorpusFile``.

    >>> [document.content for document in parse(b"Talks\r\n", path="-", file_format="txt")]
    ['Talks\n']
    """
    extension, _, packed = file_format.partition(".")
    try:
        yield from READERS[extension](unpack(data, max_bytes=max_bytes) if packed else data, path)
    except UnreadableError as problem:
        yield Skipped(path=path, reason=str(problem))
