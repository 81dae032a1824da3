"""searchidx: a full-text search engine for a folder of scraped news articles.

    from searchidx import Index, clean

    index = Index.build("seeds/", "index")
    for hit in index.search("prisoner exchange").hits:
        print(hit.title, hit.snippets[0].text)

Everything else is an inside and may change; ``ARCHITECTURE.md`` leads through it.
"""

from typing import TYPE_CHECKING

from searchidx.clean import clean  # now, or the room of that name would stand in its place
from searchidx.errors import SearchidxError
from searchidx.types import CleanDocument, Hit, Results, Snippet

if TYPE_CHECKING:
    from searchidx.search import Index

__version__ = "0.1.0"
__all__ = ["Index", "Results", "Hit", "Snippet", "CleanDocument", "clean", "SearchidxError"]


def __getattr__(name: str) -> object:
    # Loaded when asked for, so that `searchidx --help` need not pay for the engine.
    if name == "Index":
        from searchidx.search import Index

        return Index
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
