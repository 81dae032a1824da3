"""Read a plain text file as one document: flattened text that still holds what the site put around it."""

from collections.abc import Iterator

from searchidx.corpus.encodings import decode
from searchidx.corpus.mojibake import repair
from searchidx.types import Document, Skipped


def read_text(data: bytes, path: str, /) -> Iterator[Document | Skipped]:
    """Yield the one document of a .txt file."""
    text, encoding = decode(data)
    content = repair(text)
    yield Document(
        doc_id=path,
        path=path,
        content=content,
        kind="text",
        encoding=encoding,
        meta={"repaired": "mojibake"} if content != text else {},
    )
