"""Posting lists, and what a group of terms or a phrase finds in them.

In: segments, each a set of documents numbered from 0 with their posting lists. Out: for each
segment the documents that hold a group, and its frequency there. Whatever engine can give a posting
list as three arrays can be searched so; ``best`` puts the groups of a query together.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from collections.abc import Collection as Documents
from itertools import accumulate
from time import thread_time
from typing import Protocol, TypeAlias

from searchidx.analysis import BODY, PUBLISHED, STEMS, TEXT_FIELDS, TITLE
from searchidx.backends.bits import as_bits
from searchidx.backends.bm25f import Bm25f, idf
from searchidx.backends.closeness import GAP, MAX_ALTERNATIVES, bonus, scored_groups
from searchidx.backends.matching import frequency, matches
from searchidx.query.nodes import (
    Alternative,
    AnyOf,
    DateRange,
    Near,
    Or,
    Phrase,
    Query,
    SameParagraph,
    SameSentence,
)

# Nothing typed may hold a worker for longer than 2 s, snippets included.
MAX_CPU_S = 1.2
SHORT = 200  # documents of a list whose bits are not kept: making them takes no longer than joining them
# Looking for one document in a list takes as long as passing over so many.
PASSED_OVER = 8

Scores: TypeAlias = dict[int, float]  # document number in its segment -> score
Positional: TypeAlias = Phrase | Near | SameSentence | SameParagraph


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
    def positions(self) -> Sequence[int]:
        """The positions in all documents, one after the other."""
        if self._positions is None:
            self._positions = self._read_positions()
        return self._positions

    def positions_by(self, documents: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield the places in some ascending documents that hold the term, with the positions there."""
        ids, at, end = self.ids, 0, len(self.ids)
        for place, document in enumerate(documents):
            at = bisect_left(ids, document, at)
            if at == end:
                return
            if ids[at] == document:
                if self._offsets is None:
                    self._offsets = list(accumulate(self.freqs, initial=0))
                yield place, self.positions[self._offsets[at] : self._offsets[at + 1]]

    def positions_in(self, document: int) -> Sequence[int]:
        """Give the positions in one document; empty where the term is not in it."""
        at = bisect_left(self.ids, document)
        if at == len(self.ids) or self.ids[at] != document:
            return ()
        if self._offsets is None:
            self._offsets = list(accumulate(self.freqs, initial=0))
        return self.positions[self._offsets[at] : self._offsets[at + 1]]


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


class Evaluation:
    """Looks up the groups and phrases of one query in a collection.

    Documents that hold what a phrase or NEAR needs are looked at one by one until ``max_cpu_s`` is
    spent; then the rest is left out and ``is_cut`` says so.
    """

    def __init__(self, collection: Collection, scoring: Bm25f, *, max_cpu_s: float = MAX_CPU_S) -> None:
        self._deadline = thread_time() + max_cpu_s
        self.is_cut = False
        self.collection = collection
        self.segments = collection.segments
        self.scoring = scoring
        self._rarities: dict[tuple[Alternative, ...], float] = {}  # of groups looked for in all of the text
        self._positionals: dict[tuple[Positional, tuple[str, ...]], list[Scores]] = {}
        self._phrases: dict[tuple[tuple[str, ...], int, str], Sequence[tuple[int, int]]] = {}

    def bits(self, node: "AnyOf | Positional", fields: Sequence[str]) -> list[int]:
        """Give the documents that hold a group or match a positional node, segment by segment."""
        if not isinstance(node, AnyOf):
            return [as_bits(found) for found in self.frequencies(node, fields)]
        found = [self._bits(node, n, fields) for n in range(len(self.segments))]
        if fields == TEXT_FIELDS:
            self._rarities[node.alternatives] = idf(self.collection.count, sum(map(int.bit_count, found)))
        return found

    def _bits(self, group: AnyOf, n: int, fields: Sequence[str]) -> int:
        found, few = 0, set[int]()
        for name in fields:
            for alternative in group.alternatives:
                if len(alternative.terms) > 1 or alternative.language:
                    few.update(d for d, _ in self._counts(alternative, n, name, None))
                elif postings := self.segments[n].postings(name, alternative.terms[0]):
                    if len(postings.ids) > SHORT:
                        found |= postings.bits
                    else:
                        few.update(postings.ids)
        return (found | as_bits(few)) & self.collection.live[n]

    def frequencies(self, node: "AnyOf | Positional", fields: Sequence[str]) -> list[Scores]:
        """Give the normalised weighted frequency of a node in all documents, segment by segment."""
        if isinstance(node, AnyOf):
            return [self.group(node, n, fields) for n in range(len(self.segments))]
        key = node, tuple(fields)
        if key not in self._positionals:
            self._positionals[key] = [self._positional(node, n, fields) for n in range(len(self.segments))]
        return self._positionals[key]

    def minds_closeness(self, query: Query) -> bool:
        """Tell whether a query has words that can stand close together."""
        return bool(self.scoring.pair_weight) and len(scored_groups(query)) > 1

    def add_closeness(self, query: Query, found: list[Scores], best: Sequence[tuple[int, int]]) -> None:
        """Add to the scores of the ``best`` documents, (segment, document), what close words are worth."""
        groups = scored_groups(query)
        rarities = [self._rarities[group.alternatives] for group in groups]
        average = self.collection.average_length(BODY)
        for n, segment in enumerate(self.segments):
            documents = sorted(document for at, document in best if at == n)
            if not documents:
                continue
            lengths, titles = segment.lengths(BODY), segment.lengths(TITLE)
            places = [self._places(group, n, documents, titles) for group in groups]
            for at, document in enumerate(documents):
                norm = self.scoring.norm(BODY, lengths[document], average)
                found[n][document] += bonus([one[at] for one in places], rarities, norm, self.scoring)

    def _places(
        self, group: AnyOf, n: int, documents: Sequence[int], titles: Sequence[int]
    ) -> list[list[int]]:
        """Give where a group stands in each of some documents; the body's places come after the title's."""
        segment = self.segments[n]
        places: list[list[int]] = [[] for _ in documents]
        for alternative in group.alternatives[:MAX_ALTERNATIVES]:
            spoken = self.collection.documents_in(alternative.language)[n] if alternative.language else None
            for name in TEXT_FIELDS:
                lists = [segment.postings(name, term) for term in alternative.terms]
                if None in lists or (first := lists[0]) is None:
                    continue
                one = AnyOf((alternative,))
                for at, starts in first.positions_by(documents):
                    document = documents[at]
                    if spoken is not None and document not in spoken:
                        continue
                    if len(lists) > 1:
                        found = matches(one, self._lookup(segment, name, document))
                        starts = [match.start for match in found]
                    shift = 0 if name == TITLE else titles[document] + GAP
                    places[at] += [start + shift for start in starts] if shift else starts
        return [sorted(set(some)) if len(some) > 1 else some for some in places]

    def group(
        self, group: AnyOf, n: int, fields: Sequence[str], only: Documents[int] | None = None
    ) -> Scores:
        """Give the normalised weighted frequency of a group in each document of a segment, or in some."""
        total: Scores = {}
        for name in fields:
            for alternative in group.alternatives:
                found = self._frequencies(alternative, n, name, only)
                if len(found) > len(total):  # the shorter into the longer
                    total, found = found, total
                for document, more in found.items():
                    total[document] = total.get(document, 0.0) + more
        return total

    def _frequencies(
        self, alternative: Alternative, n: int, name: str, only: Documents[int] | None
    ) -> Scores:
        weight = self.scoring.weight(name) * alternative.weight
        counts = self._counts(alternative, n, name, only)
        if not self.scoring.b.get(name) or not self.collection.average_length(name):
            return {d: weight * f for d, f in counts}
        norms = self.collection.norms(name, self.scoring)[n]
        return {d: weight * f / norms[d] for d, f in counts}

    def _counts(
        self, alternative: Alternative, n: int, name: str, only: Documents[int] | None
    ) -> Iterable[tuple[int, int]]:
        """Give how often a spelling stands in each document that is left and of its language, or in some."""
        segment = self.segments[n]
        if len(alternative.terms) > 1:
            counts: Iterable[tuple[int, int]] = self._phrase_counts(alternative, n, name)
            if only is not None:
                counts = ((d, f) for d, f in counts if d in only)
        else:
            postings = segment.postings(name, alternative.terms[0])
            if postings is None:
                return ()
            counts = postings.counts(only)
        spoken = self.collection.documents_in(alternative.language)[n] if alternative.language else None
        if spoken is not None:
            counts = ((d, f) for d, f in counts if d in spoken)
        if segment.deleted:
            counts = ((d, f) for d, f in counts if d not in segment.deleted)
        return counts

    def _phrase_counts(self, alternative: Alternative, n: int, name: str) -> Sequence[tuple[int, int]]:
        key = alternative.terms, n, name
        if key not in self._phrases:
            self._phrases[key] = self._counted_phrase(alternative, n, name)
        return self._phrases[key]

    def _counted_phrase(self, alternative: Alternative, n: int, name: str) -> Sequence[tuple[int, int]]:
        segment = self.segments[n]
        group = AnyOf((Alternative(alternative.terms),))
        lists = [segment.postings(name, term) for term in alternative.terms]
        if any(postings is None for postings in lists):
            return []
        together = set.intersection(*(set(postings.ids) for postings in lists if postings))
        counted = ((d, len(matches(group, self._lookup(segment, name, d)))) for d in sorted(together))
        return [(d, count) for d, count in counted if count]

    def _positional(self, query: Positional, n: int, fields: Sequence[str]) -> Scores:
        segment = self.segments[n]
        total: Scores = {}
        for name in fields:
            average = self.collection.average_length(name) if name in self.scoring.b else 0.0
            for document in sorted(self._candidates(query, n, name) - segment.deleted):
                if thread_time() > self._deadline:
                    self.is_cut = True
                    break
                if count := frequency(query, self._lookup(segment, name, document)):
                    norm = (
                        self.scoring.norm(name, segment.lengths(name)[document], average) if average else 1.0
                    )
                    total[document] = total.get(document, 0.0) + self.scoring.weight(name) * count / norm
        return total

    def _candidates(self, query: Query, n: int, name: str) -> set[int]:
        """Give the documents that hold what a positional node needs, wherever it stands."""
        match query:
            case AnyOf(alternatives=alternatives):
                lists = (
                    self.segments[n].postings(name, alternative.terms[0]) for alternative in alternatives
                )
                return {document for postings in lists if postings for document in postings.ids}
            case Or(parts=parts):
                return set().union(*(self._candidates(part, n, name) for part in parts))
            case Phrase(parts=parts):
                return (
                    set.intersection(*(self._candidates(part, n, name) for part in parts)) if parts else set()
                )
            case Near(left=left, right=right) | SameSentence(left, right) | SameParagraph(left, right):
                return self._candidates(left, n, name) & self._candidates(right, n, name)
            case _:
                return set()

    def _lookup(self, segment: Segment, name: str, document: int) -> Callable[[str, str], Sequence[int]]:
        n = self.segments.index(segment)

        def positions(term: str, language: str) -> Sequence[int]:
            if language:
                spoken = self.collection.documents_in(language)[n]
                if spoken is not None and document not in spoken:
                    return ()
            postings = segment.postings(name, term)
            return postings.positions_in(document) if postings else ()

        return positions

    def dated(self, days: DateRange, segment: Segment) -> int:
        """Give the documents of some days, as bits."""
        found: set[int] = set()
        for day in segment.terms_between(PUBLISHED, days.since or "", days.until or "\U0010ffff"):
            postings = segment.postings(PUBLISHED, day)
            found.update(postings.ids if postings else ())
        return as_bits(found - segment.deleted)
