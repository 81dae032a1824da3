"""See what the documents of a corpus tell about each other's lines, and keep it up to date.

In: the documents of a reindex, and what the ledger knows of those that did not change. Out: the
evidence for the cleaner, and entries that note what it said of each document. When that changes,
the document is cleaned again, though nobody touched its file: so the result equals a full rebuild.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from searchidx.clean.collection import Collection, Marks, marks_of
from searchidx.clean.document import compared_text, group_of
from searchidx.store.ledger import Entry, Ledger
from searchidx.types import Document

Marked = tuple[str, tuple[str, Marks]]


def survey(documents: Iterable[Document], known: Iterable[Entry] = ()) -> Collection:
    """Count the lines of some documents and of some that are known already."""
    found = dict(_marked(documents))
    found |= {
        _key(entry.path, entry.line): (entry.compared_with, Marks.unpack(entry.marks))
        for entry in known
        if entry.marks
    }
    return Collection(found)


def _marked(documents: Iterable[Document]) -> Iterator[Marked]:
    for document in documents:
        if text := compared_text(document):
            yield _key(document.path, document.line), (group_of(document), marks_of(text))


def _key(path: str, line: int | None) -> str:
    return f"{path}:{line or ''}"


def judged(entry: Entry, document: Document, evidence: Collection | None) -> Entry:
    """Note in an entry what the evidence says of its document."""
    if evidence is None or not (text := compared_text(document)):
        return entry
    group, marks = group_of(document), marks_of(text)
    return replace(entry, compared_with=group, marks=marks.pack(), verdict=evidence.verdict(group, marks))


def judge_again(ledger: Ledger, evidence: Collection) -> None:
    """Note for all documents what the evidence says now."""
    for entries in ledger.entries.values():
        for number, entry in enumerate(entries):
            if entry.marks:
                verdict = evidence.verdict(entry.compared_with, Marks.unpack(entry.marks))
                if verdict != entry.verdict:
                    entries[number] = replace(entry, verdict=verdict)
