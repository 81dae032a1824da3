"""See what the documents of a corpus tell about each other's lines, and keep it up to date.

In: the documents of a reindex, and what the ledger knows of those that did not change. Out: the
evidence for the cleaner, and entries that note what it said of each document. When that changes,
the document is cleaned again, though nobody touched its file: so the result equals a full rebuild.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from searchidx.clean.collection import Collection, Marks
from searchidx.clean.parallel import Marked, mark_all
from searchidx.processes import Runner
from searchidx.store.ledger import Entry, Ledger
from searchidx.types import Document


@dataclass(frozen=True, slots=True)
class Survey:
    """What documents tell about each other, and of each the group and the marks of its lines."""

    evidence: Collection
    marked: Mapping[str, Marked] = field(default_factory=dict)


def survey(documents: Iterable[Document], known: Iterable[Entry] = (), *, runner: Runner) -> Survey:
    """Count the lines of some documents and of some that are known already."""
    marked = {_key(document.path, document.line): found for document, found in mark_all(documents, runner)}
    marked |= {
        _key(entry.path, entry.line): (entry.compared_with, entry.marks) for entry in known if entry.marks
    }
    found = {key: (group, Marks.unpack(packed)) for key, (group, packed) in marked.items()}
    return Survey(Collection(found), marked)


def _key(path: str, line: int | None) -> str:
    return f"{path}:{line or ''}"


def judged(entry: Entry, surveyed: Survey | None) -> Entry:
    """Note in an entry what the evidence says of its document."""
    if surveyed is None or not (found := surveyed.marked.get(_key(entry.path, entry.line))):
        return entry
    group, packed = found
    verdict = surveyed.evidence.verdict(group, Marks.unpack(packed))
    return replace(entry, compared_with=group, marks=packed, verdict=verdict)


def judge_again(ledger: Ledger, evidence: Collection) -> None:
    """Note for all documents what the evidence says now."""
    for entries in ledger.entries.values():
        for number, entry in enumerate(entries):
            if entry.marks:
                verdict = evidence.verdict(entry.compared_with, Marks.unpack(entry.marks))
                if verdict != entry.verdict:
                    entries[number] = replace(entry, verdict=verdict)
