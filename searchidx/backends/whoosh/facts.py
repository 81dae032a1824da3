"""What is known of each document beside its terms: source, language, day, near-copies.

In: ``documents.sqlite`` and the segments. Out: columns by document number, read once for a snapshot and
only when an answer is to be counted, folded or sorted by them. Threads may share it.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeAlias

from searchidx.backends.postings import Scores
from searchidx.backends.view import Recency, make_facets
from searchidx.store.documents import DocumentsReader
from searchidx.types import Facets, Sort

Place: TypeAlias = tuple[str, int, int]  # id of a document, its segment, its number there


class Rows(Protocol):
    """A segment that knows where its documents stand in ``documents.sqlite``."""

    def rows(self) -> Sequence[int]:
        """Give the row of each document."""
        ...


@dataclass(frozen=True, slots=True)
class Columns:
    """One value for each document of a segment; "" where it is not known, or the document is gone."""

    sources: Sequence[str]
    languages: Sequence[str]
    days: Sequence[str]


class Facts:
    """The facts of one snapshot."""

    def __init__(self, documents: DocumentsReader, segments: Sequence[Rows]) -> None:
        self._documents, self._segments = documents, segments

    @cached_property
    def columns(self) -> list[Columns]:
        """The columns of each segment."""
        texts: dict[str, str] = {}  # equal ones become one object, which is counted faster

        def one(text: str) -> str:
            return texts.setdefault(text, text)

        known = {
            row: (one(source), one((language or "").lower()), one((published or "")[:10]))
            for row, source, language, published in self._documents.facts()
        }
        nothing = ("", "", "")
        return [
            Columns(*zip(*(known.get(row, nothing) for row in segment.rows()), strict=True))
            for segment in self._segments
        ]

    @property
    def days(self) -> list[Sequence[str]]:
        """The day of each document of each segment."""
        return [columns.days for columns in self.columns]

    @cached_property
    def copies(self) -> list[Mapping[int, tuple[str, str]]]:
        """For each segment, the id and the cluster of the documents that have near-copies."""
        known = {row: (doc_id, cluster) for row, doc_id, cluster in self._documents.copies()}
        if not known:
            return [{} for _ in self._segments]
        return [
            {number: known[row] for number, row in enumerate(segment.rows()) if row in known}
            for segment in self._segments
        ]

    def facets(self, found: Sequence[Scores]) -> Facets:
        """Count how the documents found divide."""
        sources: Counter[str] = Counter()
        languages: Counter[str] = Counter()
        days: Counter[str] = Counter()
        for scores, columns in zip(found, self.columns, strict=True):
            sources.update(map(columns.sources.__getitem__, scores))
            languages.update(map(columns.languages.__getitem__, scores))
            days.update(map(columns.days.__getitem__, scores))
        return make_facets(sources, languages, days)

    def raised(self, found: Sequence[Scores], recency: Recency) -> list[Scores]:
        """Give new scores, higher for new documents."""
        return [
            {number: score * recency.factor(columns.days[number]) for number, score in scores.items()}
            for scores, columns in zip(found, self.columns, strict=True)
        ]

    def folded(
        self, found: Sequence[Scores], sort: Sort
    ) -> tuple[list[Scores], dict[tuple[int, int], list[Place]]]:
        """Leave only the first of several near-copies found; the others stand under its place, in order."""
        groups: defaultdict[str, list[Place]] = defaultdict(list)
        for n, (scores, copies) in enumerate(zip(found, self.copies, strict=True)):
            for number in scores.keys() & copies.keys():
                doc_id, cluster = copies[number]
                groups[cluster].append((doc_id, n, number))
        left = list(found)
        under: dict[tuple[int, int], list[Place]] = {}
        for group in groups.values():
            if len(group) == 1:
                continue
            group.sort()
            if sort == "date":
                group.sort(key=lambda place: self.columns[place[1]].days[place[2]], reverse=True)
            else:
                group.sort(key=lambda place: -found[place[1]][place[2]])
            under[group[0][1:]] = group[1:]
            for _, n, number in group[1:]:
                if left[n] is found[n]:
                    left[n] = dict(found[n])  # the scores of all that was found are still needed
                del left[n][number]
        return left, under
