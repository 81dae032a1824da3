"""Read a saved web page as one document. What of it is the article is for ``clean`` to say."""

from collections.abc import Iterator

from searchidx.corpus.encodings import declared_in_page, decode
from searchidx.corpus.mojibake import repair
from searchidx.corpus.reader import UnreadableError, in_megabytes
from searchidx.types import Document, Skipped

# Parsers take up to a second for 1 MB of malformed markup; no article page comes near this size.
MAX_HTML_BYTES = 5 * 2**20


def read_html(data: bytes, path: str, /) -> Iterator[Document | Skipped]:
    """Yield the one document of a .html file."""
    if len(data) > MAX_HTML_BYTES:
        raise UnreadableError(
            f"too large for a page: over {in_megabytes(MAX_HTML_BYTES)}; save its text instead"
        )
    text, encoding = decode(data, declared=declared_in_page(data))
    content = repair(text)
    yield Document(
        doc_id=path,
        path=path,
        content=content,
        kind="html",
        encoding=encoding,
        meta={"repaired": "mojibake"} if content != text else {},
    )
