"""The parts of Whoosh that writing and reading share, imported without its noise."""

import random
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from searchidx.backends.whoosh.quiet import quietly_and_lightly

with quietly_and_lightly():
    from whoosh.fields import Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import FileIndex

    from searchidx.backends.whoosh.codec import TermsField, read_postings

__all__ = [
    "NUMBERS",
    "ROW",
    "STEMMED",
    "FileStorage",
    "length_term",
    "new_schema",
    "open_index",
    "read_postings",
]

FIELDS = ("title", "body", "raw", "source", "byline", "language", "published", "stems")
STEMMED = ("title", "body", "raw")  # fields whose terms are kept with their stem keys, too
# A field of ours: a number for each document, kept as the only position of a reserved term.
NUMBERS = "numbers"
ROW = "\x02row"  # where the document stands in documents.sqlite


def length_term(field: str) -> str:
    """Give the reserved term under which the lengths of a field are kept."""
    return f"\x02length {field}"


def new_schema() -> Any:
    """Give Whoosh's schema."""
    return Schema(**{name: TermsField() for name in (*FIELDS, NUMBERS)})


class ListedStorage(FileStorage):  # type: ignore[misc]  # Whoosh is untyped
    """A folder of which only some files count: Whoosh would follow a stray ``_MAIN_99999.toc``."""

    def __init__(self, folder: Path, names: Collection[str]) -> None:
        super().__init__(str(folder), readonly=True)
        self._names = sorted(names)

    def list(self) -> Sequence[str]:
        """Give the names of the files that count."""
        return self._names


def open_index(
    folder: Path, *, create: bool = False, readonly: bool = False, names: Collection[str] | None = None
) -> Any:
    """Open Whoosh's part of an index, with our own schema; ``names``: the files that belong to it."""
    if create:
        return FileIndex.create(FileStorage(str(folder)), new_schema(), "MAIN")
    storage = FileStorage(str(folder), readonly=readonly) if names is None else ListedStorage(folder, names)
    return FileIndex(storage, schema=new_schema(), indexname="MAIN")


@contextmanager
def own_random_names() -> Iterator[None]:
    """Let Whoosh draw segment names from the system's randomness.

    It draws them from the global generator: after ``random.seed(0)`` two segments get one name, and
    the second commit dies or destroys the first.
    """
    state = random.getstate()
    random.seed()
    try:
        yield
    finally:
        random.setstate(state)
