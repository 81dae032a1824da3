"""Who keeps the terms? ``base`` is the border, ``whoosh`` the default, ``memory`` the judge."""

from typing import TYPE_CHECKING

from searchidx.backends.base import Backend, IndexSearcher, IndexWriter
from searchidx.errors import SettingsError

if TYPE_CHECKING:
    from searchidx.backends.generations import Engine

__all__ = ["Backend", "IndexSearcher", "IndexWriter", "engine"]


def engine(name: str) -> "Engine":
    """Give an engine that keeps its index in a folder."""
    match name:
        case "whoosh":
            from searchidx.backends.whoosh import WhooshEngine

            return WhooshEngine()
        case _:
            raise SettingsError(f"there is no back-end {name!r}; there is: whoosh")
