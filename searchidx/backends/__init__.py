"""Who keeps the terms? ``base`` is the border, ``whoosh`` the default, ``memory`` the judge."""

from searchidx.backends.base import Backend, IndexSearcher, IndexWriter
from searchidx.backends.generations import Engine
from searchidx.errors import SettingsError

__all__ = ["Backend", "Engine", "IndexSearcher", "IndexWriter", "engine"]


def engine(name: str) -> Engine:
    """Give an engine that keeps its index in a folder."""
    match name:
        case "whoosh":
            from searchidx.backends.whoosh import WhooshEngine

            return WhooshEngine()
        case _:
            raise SettingsError(f"there is no back-end {name!r}; there is: whoosh")
