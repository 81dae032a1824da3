"""searchidx: a full-text search engine for a folder of scraped news articles.

    from searchidx import Index, clean

    index = Index.build("seeds/", "index")
    for hit in index.search("prisoner exchange").hits:
        print(hit.title, hit.snippets[0].text)

Everything else is an inside and may change; ``ARCHITECTURE.md`` leads through it.
"""

from searchidx.errors import SearchidxError
from searchidx.types import CleanDocument, Hit, Results, Snippet

__version__ = "0.1.0"
__all__ = ["Index", "Results", "Hit", "Snippet", "CleanDocument", "clean", "SearchidxError"]


def __getattr__(name: str) -> object:
    # Loaded when asked for: the command line must not pay for the cleaner to answer a query.
    match name:
        case "Index":
            from searchidx.search import Index

            return Index
        case "clean":
            from searchidx.clean import clean

            return clean
        case _:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
