"""searchidx: a full-text search engine for a folder of scraped news articles.

    from searchidx import Index, clean

    index = Index.build("seeds/", "index")
    for hit in index.search("prisoner exchange").hits:
        print(hit.title, hit.snippets[0].text)

Everything else is an inside and may change; ``ARCHITECTURE.md`` leads through it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searchidx.clean import clean as clean
    from searchidx.errors import SearchidxError
    from searchidx.search import Index
    from searchidx.types import CleanDocument, Hit, Results, Snippet

__version__ = "0.1.0"
__all__ = ["Index", "Results", "Hit", "Snippet", "CleanDocument", "clean", "SearchidxError"]

# Loaded when asked for: a query from the command line wants its index open before anything else.
_HOMES = {"Index": "search", "SearchidxError": "errors"} | dict.fromkeys(
    ("CleanDocument", "Hit", "Results", "Snippet"), "types"
)


def __getattr__(name: str) -> object:
    if name == "clean":
        return import_module("searchidx.clean")  # the room is named like its function, and can be called
    if name in _HOMES:
        return getattr(import_module(f"searchidx.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
