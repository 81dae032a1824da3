"""The border to an engine: what every back-end does, and nothing that only one can do.

Terms and nodes cross it, never strings in an engine's language. ``tests/backends/test_contract.py``
runs over all of them; ``memory``, a plain scan, is the judge. A failure is raised, never an empty
answer. Equal scores keep one order from page to page: by ``doc_id``.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from searchidx.backends.bm25f import Bm25f
from searchidx.backends.view import PLAIN, View
from searchidx.names import NameIndex
from searchidx.query.nodes import Query
from searchidx.types import CleanDocument, Heading, IndexDocument, Sort, TermStats, TopDocs


class IndexWriter(Protocol):
    """Changes an index; what was put is visible when the context manager ends without an error."""

    def put(self, document: IndexDocument) -> None:
        """Add a document, or replace the one with the same ``doc_id``."""
        ...

    def delete(self, doc_id: str) -> None:
        """Take a document out; unknown ids are no error."""
        ...


class IndexSearcher(Protocol):
    """A snapshot of an index. Close it."""

    def search(
        self,
        query: Query,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = "relevance",
        all_words: Query | None = None,
        scoring: Bm25f,
        view: View = PLAIN,
    ) -> TopDocs:
        """Find the documents of ``query``, best first; those of ``all_words`` are counted and marked.

        Without ``all_words`` every document found counts as holding all words. Sorted by date, the
        newest come first and documents without a date last. ``view``: folded, counted, new ones raised.
        """
        ...

    def fetch(self, doc_ids: Sequence[str]) -> Sequence[CleanDocument]:
        """Give stored documents, in the order asked for; unknown ids are left out."""
        ...

    def headings(self, doc_ids: Sequence[str]) -> Sequence[Heading]:
        """Give titles, sources and days, in the order asked for; unknown ids are left out."""
        ...

    def terms(self, field: str, *, prefix: str = "") -> Iterator[TermStats]:
        """Yield the terms of a field that begin so, in order of code points."""
        ...

    def forms(self, keys: Sequence[str]) -> Sequence[tuple[str, str]]:
        """Give the (language, term) pairs whose stem key, as "language:key", is among ``keys``, in order.

        Only those of documents that are left, in their languages.
        """
        ...

    def doc_frequency(self, field: str, term: str) -> int:
        """Give the number of documents that hold a term in a field."""
        ...

    def positions(self, doc_id: str, field: str, terms: Collection[str]) -> Mapping[str, Sequence[int]]:
        """Give the ascending positions of those of some terms that a field of a document holds."""
        ...

    @property
    def names(self) -> NameIndex:
        """The table of names."""
        ...

    def doc_ids(self) -> Iterator[str]:
        """Yield the ids of all documents, in order."""
        ...

    def doc_count(self) -> int:
        """Give the number of documents."""
        ...

    def close(self) -> None:
        """Let go of files; a second call does nothing."""
        ...


class Backend(Protocol):
    """An engine over one place where it keeps its index."""

    def rebuild(self) -> AbstractContextManager[IndexWriter]:
        """Start an empty index; on an error nothing of it stays visible."""
        ...

    def writer(self) -> AbstractContextManager[IndexWriter]:
        """Change the present index: all or nothing."""
        ...

    def searcher(self) -> IndexSearcher:
        """Open a snapshot."""
        ...
