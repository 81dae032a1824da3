"""What is known of each document beside its terms: source, language, day, near-copies.

In: ``documents.sqlite`` and the segments. Out: columns by document number, read once for a snapshot and
only when an answer is to be counted, folded or sorted by them. Threads may share it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeAlias

from searchidx.backends.bits import documents_of
from searchidx.backends.postings import Scores
from searchidx.backends.view import Recency, make_facets
from searchidx.store.documents import DocumentsReader
from searchidx.types import Facets

Place: TypeAlias = tuple[str, int, int]  # id of a document, its segment, its number there
Groups: TypeAlias = Mapping[str, Sequence[Place]]  # near-copies of each other, two at least, by cluster


class Rows(Protocol):
    """A segment that knows where its documents stand in ``documents.sqlite``."""

    def rows(self) -> Sequence[int]:
        """Give the row of each document."""
        ...


@dataclass(frozen=True, slots=True)
class Columns:
    """One value for each document of a segment; "" where it is not known, or the document is gone."""

    outlets: Sequence[int]  # numbers of pairs of source and language: few, and so counted at once
    days: Sequence[str]


class Facts:
    """The facts of one snapshot."""

    def __init__(self, documents: DocumentsReader, segments: Sequence[Rows]) -> None:
        self._documents, self._segments = documents, segments

    @cached_property
    def _read(self) -> tuple[list[Columns], list[tuple[str, str]]]:
        """The columns of each segment, and which pairs of source and language the numbers stand for."""
        texts: dict[str, str] = {}  # equal ones become one object, which is counted faster

        def one(text: str) -> str:
            return texts.setdefault(text, text)

        outlets = {("", ""): 0}
        known = {
            row: (
                outlets.setdefault((source, (language or "").lower()), len(outlets)),
                one((published or "")[:10]),
            )
            for row, source, language, published in self._documents.facts()
        }
        nothing = (0, "")
        columns = [
            Columns(*zip(*(known.get(row, nothing) for row in segment.rows()), strict=True))
            for segment in self._segments
        ]
        return columns, list(outlets)

    @property
    def days(self) -> list[Sequence[str]]:
        """The day of each document of each segment."""
        return [columns.days for columns in self._read[0]]

    @cached_property
    def _distinct_days(self) -> frozenset[str]:
        return frozenset().union(*self.days)

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

    def facets(self, found: Sequence[Iterable[int]]) -> Facets:
        """Count how the documents found divide."""
        columns, outlets = self._read
        pairs: Counter[int] = Counter()
        days: Counter[str] = Counter()
        for numbers, column in zip(found, columns, strict=True):
            pairs.update(map(column.outlets.__getitem__, numbers))
            days.update(map(column.days.__getitem__, numbers))
        sources: Counter[str] = Counter()
        languages: Counter[str] = Counter()
        for number, count in pairs.items():
            source, language = outlets[number]
            sources[source] += count
            languages[language] += count
        return make_facets(sources, languages, days)

    def raised(self, found: Sequence[Scores], recency: Recency) -> list[Scores]:
        """Give new scores, higher for new documents."""
        factors = {day: recency.factor(day) for day in self._distinct_days}
        return [
            {number: score * factors[days[number]] for number, score in scores.items()}
            for scores, days in zip(found, self.days, strict=True)
        ]

    def groups(self, found: Sequence[int]) -> Groups:
        """Give the near-copies of each other among documents found, by the name of their cluster."""
        groups: defaultdict[str, list[Place]] = defaultdict(list)
        for n, (bits, copies) in enumerate(zip(found, self.copies, strict=True)):
            for number in copies.keys() & set(documents_of(bits)) if copies else ():
                doc_id, cluster = copies[number]
                groups[cluster].append((doc_id, n, number))
        return {cluster: group for cluster, group in groups.items() if len(group) > 1}

    def firsts(self, places: list[Place], groups: Groups) -> list[Place]:
        """Leave only the first of several near-copies."""
        if not groups:
            return places
        seen: set[str] = set()
        left = []
        for place in places:
            cluster = self._cluster(place)
            if cluster not in seen:
                left.append(place)
            if cluster in groups:
                seen.add(cluster)
        return left

    def others(self, place: Place, groups: Groups) -> list[Place]:
        """Give the near-copies of a document that were found too, newest first, then by id."""
        others = sorted(other for other in groups.get(self._cluster(place), ()) if other != place)
        if others:
            others.sort(key=lambda other: self.days[other[1]][other[2]], reverse=True)
        return others

    def _cluster(self, place: Place) -> str:
        return self.copies[place[1]].get(place[2], ("", ""))[1]
