"""An index of a few texts in memory, for what asks an index which terms it holds."""

from collections.abc import Mapping, Sequence

from searchidx.analysis import SentenceRules, index_document
from searchidx.backends.memory import MemoryBackend, MemorySearcher
from searchidx.types import CleanDocument, Removed


def index_of(
    texts: Sequence[str], *, language: str = "en", cut: str = "", meta: Mapping[str, str] | None = None
) -> MemorySearcher:
    """Index texts in a language; ``cut`` was cut from each, ``meta`` holds further fields of each."""
    return index_of_languages(*((text, language) for text in texts), cut=cut, **(meta or {}))


def index_of_languages(*texts: tuple[str, str], cut: str = "", **meta: str) -> MemorySearcher:
    """Index texts, each with its language; the text of a document is its id."""
    backend = MemoryBackend()
    byline = (meta.pop("byline"),) if "byline" in meta else ()
    with backend.rebuild() as writer:
        for text, language in texts:
            document = CleanDocument(
                doc_id=text,
                path="a.txt",
                raw=cut + text,
                body=text,
                kind="text",
                removed=(Removed(start=0, end=len(cut), rule="x"),) if cut else (),
                language=language,
                byline=byline,
                **meta,
            )
            writer.put(index_document(document, SentenceRules()))
    return backend.searcher()
