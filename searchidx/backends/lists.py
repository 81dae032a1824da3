"""Posting lists, and the segments and the collection that they belong to.

In: what an engine reads. Out: ``PostingList``, the documents of a term as three arrays; ``Collection``, what
scoring asks of all segments together. Whatever engine can give such lists can be searched (``postings``).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from collections.abc import Collection as Documents
from functools import cached_property
from itertools import accumulate
from typing import Protocol

from searchidx.analysis import PUBLISHED, STEMS
from searchidx.backends.bits import PASSED_OVER, as_bits
from searchidx.backends.bm25f import Bm25f
from searchidx.backends.impacts import KeptImpacts

KEPT_RANGES = 32  # of days, for the next query
EVERY = -1  # as bits: all of them


class PostingList:
    """The documents that hold a term, how often, and where."""

    __slots__ = ("_bits", "_offsets", "_positions", "_read_positions", "freqs", "ids")

    def __init__(
        self, ids: Sequence[int], freqs: Sequence[int], read_positions: Callable[[], Sequence[int]]
    ) -> None:
        self.ids = ids  # ascending
        self.freqs = freqs
        self._read_positions = read_positions  # all positions, document after document
        self._positions: Sequence[int] | None = None
        self._offsets: list[int] | None = None
        self._bits: int | None = None

    @property
    def bits(self) -> int:
        """The documents as bits of a number."""
        if self._bits is None:
            self._bits = as_bits(self.ids, self.ids[-1]) if self.ids else 0
        return self._bits

    def counts(self, only: Documents[int] | None) -> Iterable[tuple[int, int]]:
        """Give documents and how often each holds the term; of all, or of some in ascending order."""
        if only is None:
            return zip(self.ids, self.freqs, strict=True)
        if PASSED_OVER * len(only) < len(self.ids):
            return self._looked_up(only)
        return ((d, f) for d, f in zip(self.ids, self.freqs, strict=True) if d in only)

    def _looked_up(self, documents: Iterable[int]) -> Iterator[tuple[int, int]]:
        ids, at, end = self.ids, 0, len(self.ids)
        for document in documents:
            at = bisect_left(ids, document, at)
            if at == end:
                return
            if ids[at] == document:
                yield document, self.freqs[at]

    @property
    def offsets(self) -> Sequence[int]:
        """Where the positions of each document begin, and where the last ones end."""
        if self._offsets is None:
            self._offsets = list(accumulate(self.freqs, initial=0))
        return self._offsets

    @property
    def positions(self) -> Sequence[int]:
        """The positions in all documents, one after the other."""
        if self._positions is None:
            self._positions = self._read_positions()
        return self._positions

    def positions_by(self, documents: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield the places in some ascending documents that hold the term, with the positions there."""
        ids, positions, offsets = self.ids, self.positions, self.offsets
        at, end = 0, len(ids)
        if PASSED_OVER * end < len(documents):
            place, last = 0, len(documents)
            for at, document in enumerate(ids):
                place = bisect_left(documents, document, place)
                if place == last:
                    return
                if documents[place] == document:
                    yield place, positions[offsets[at] : offsets[at + 1]]
            return
        for place, document in enumerate(documents):
            at = bisect_left(ids, document, at)
            if at == end:
                return
            if ids[at] == document:
                yield place, positions[offsets[at] : offsets[at + 1]]

    def positions_in(self, document: int) -> Sequence[int]:
        """Give the positions in one document; empty where the term is not in it."""
        at = bisect_left(self.ids, document)
        if at == len(self.ids) or self.ids[at] != document:
            return ()
        return self.positions[self.offsets[at] : self.offsets[at + 1]]


class Segment(Protocol):
    """A part of an index with its own numbering."""

    @property
    def size(self) -> int:
        """Number of documents, deleted ones included."""
        ...

    @property
    def deleted(self) -> Set[int]:
        """The documents that are gone."""
        ...

    def postings(self, field: str, term: str) -> PostingList | None:
        """Give the posting list of a term; None where there is none."""
        ...

    def lengths(self, field: str) -> Sequence[int]:
        """Give the number of positions of a field in each document."""
        ...

    def terms_between(self, field: str, first: str, last: str) -> Iterable[str]:
        """Yield the terms of a field from ``first`` to ``last``, both included, in order."""
        ...


class Collection:
    """What the scores need to know of all segments together. Holds for one snapshot."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self.count = sum(segment.size - len(segment.deleted) for segment in segments)
        self._averages: dict[str, float] = {}
        self._speakers: dict[str, list[frozenset[int] | None]] = {}
        self._norms: dict[tuple[str, float], list[list[float]]] = {}
        self._speaking: dict[str, list[int]] = {"": [EVERY] * len(segments)}
        self._dated: dict[tuple[str, str], list[int]] = {}
        self.impacts = KeptImpacts()
        self.live = [(1 << segment.size) - 1 & ~as_bits(segment.deleted) for segment in segments]

    def average_length(self, field: str) -> float:
        """Give the mean number of positions of a field over the documents that are left."""
        if field not in self._averages:
            total = 0
            for segment in self.segments:
                lengths = segment.lengths(field)
                total += sum(lengths) - sum(lengths[gone] for gone in segment.deleted)
            self._averages[field] = total / self.count if self.count else 0.0
        return self._averages[field]

    def norms(self, field: str, scoring: Bm25f) -> list[list[float]]:
        """Give what a frequency in a field is divided by, for each document of each segment."""
        key = field, scoring.b.get(field, 0.0)
        if key not in self._norms:
            average = self.average_length(field)
            # One number for each length: many documents share it.
            of_length: dict[int, float] = {}
            self._norms[key] = [
                [
                    of_length.get(length)
                    or of_length.setdefault(length, scoring.norm(field, length, average))
                    for length in segment.lengths(field)
                ]
                for segment in self.segments
            ]
        return self._norms[key]

    def dated(self, since: str, until: str) -> list[int]:
        """Give the documents of some days, both included, as bits for each segment."""
        key = since, until
        kept = self._dated  # one look only: another thread may forget all at any time
        if (found := kept.get(key)) is None:
            found = [
                as_bits(ids[starts[bisect_left(days, since)] : starts[bisect_right(days, until)]]) & live
                for (days, starts, ids), live in zip(self._calendar, self.live, strict=True)
            ]
            if len(kept) >= KEPT_RANGES:
                self._dated = kept = {}
            kept[key] = found
        return found

    @cached_property
    def _calendar(self) -> list[tuple[list[str], list[int], list[int]]]:
        """For each segment: days in order, where the documents of each begin, and these in a row."""
        calendar = []
        for segment in self.segments:
            days, starts, ids = list[str](), [0], list[int]()
            for day in segment.terms_between(PUBLISHED, "", "\U0010ffff"):
                if postings := segment.postings(PUBLISHED, day):
                    days.append(day)
                    ids += postings.ids
                    starts.append(len(ids))
            calendar.append((days, starts, ids))
        return calendar

    def speakers(self, language: str) -> list[int]:
        """Give the same as bits; ``EVERY`` means all."""
        if language not in self._speaking:
            spoken = self.documents_in(language)
            self._speaking[language] = [EVERY if some is None else as_bits(some) for some in spoken]
        return self._speaking[language]

    def documents_in(self, language: str) -> list[frozenset[int] | None]:
        """Give, for each segment, the documents whose stems are of a language; None means all."""
        if language not in self._speakers:
            found: list[frozenset[int] | None] = []
            for segment in self.segments:
                postings = segment.postings(STEMS, language)
                ids = postings.ids if postings else ()
                found.append(None if len(ids) == segment.size else frozenset(ids))
            self._speakers[language] = found
        return self._speakers[language]
