"""Answer a query from posting lists, a term at a time.

In: segments, each a set of documents numbered from 0 with their posting lists. Out: for each
segment the documents found and their scores. Whatever engine can give a posting list as three
arrays can be searched so; totals are exact and a group of spellings costs what its lists cost.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence, Set
from itertools import accumulate
from time import thread_time
from typing import Protocol, TypeAlias, assert_never

from searchidx.analysis import BODY, PUBLISHED, STEMS, TEXT_FIELDS, TITLE
from searchidx.backends.bm25f import Bm25f, idf
from searchidx.backends.closeness import GAP, MAX_ALTERNATIVES, bonus, scored_groups
from searchidx.backends.matching import NotAnalysedError, fields_of, frequency, matches
from searchidx.backends.occurrences import is_wide, occurrences
from searchidx.query.nodes import (
    Alternative,
    And,
    AnyOf,
    DateRange,
    Exact,
    Field,
    Fuzzy,
    MatchAll,
    MatchNone,
    Near,
    Not,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Query,
    SameParagraph,
    SameSentence,
    Term,
)

# Nothing typed may hold a worker for longer than 2 s, snippets included.
MAX_CPU_S = 1.2

Scores: TypeAlias = dict[int, float]  # document number in its segment -> score
Positional: TypeAlias = Phrase | Near | SameSentence | SameParagraph


class PostingList:
    """The documents that hold a term, how often, and where."""

    __slots__ = ("_offsets", "_positions", "_read_positions", "freqs", "ids")

    def __init__(
        self, ids: Sequence[int], freqs: Sequence[int], read_positions: Callable[[], Sequence[int]]
    ) -> None:
        self.ids = ids  # ascending
        self.freqs = freqs
        self._read_positions = read_positions  # all positions, document after document
        self._positions: Sequence[int] | None = None
        self._offsets: list[int] | None = None

    @property
    def positions(self) -> Sequence[int]:
        """The positions in all documents, one after the other."""
        if self._positions is None:
            self._positions = self._read_positions()
        return self._positions

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

    def average_length(self, field: str) -> float:
        """Give the mean number of positions of a field over the documents that are left."""
        if field not in self._averages:
            total = 0
            for segment in self.segments:
                lengths = segment.lengths(field)
                total += sum(lengths) - sum(lengths[gone] for gone in segment.deleted)
            self._averages[field] = total / self.count if self.count else 0.0
        return self._averages[field]

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
    """Scores the documents of a collection for one query.

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

    def scores(self, query: Query, fields: Sequence[str] = TEXT_FIELDS) -> list[Scores]:
        """Give the documents that match and their scores, segment by segment."""
        match query:
            case AnyOf(alternatives=alternatives, boost=boost):
                found = [self._group(query, n, fields) for n in range(len(self.segments))]
                if fields == TEXT_FIELDS:
                    self._rarities[alternatives] = idf(self.collection.count, sum(map(len, found)))
                return self._weighed(found, boost)
            case Phrase() | Near() | SameSentence() | SameParagraph():
                found = [self._positional(query, n, fields) for n in range(len(self.segments))]
                return self._weighed(found, 1.0)
            case And(parts=parts):
                return self._all(parts, fields)
            case Or(parts=parts):
                return [_sum(results) for results in self._by_segment(parts, fields)]
            case Not(part=part):
                return self._all((MatchAll(), query), fields)
            case Prefer(must=must, should=should):
                pairs = zip(self.scores(must, fields), self.scores(should, fields), strict=True)
                return [{d: s + more.get(d, 0.0) for d, s in found.items()} for found, more in pairs]
            case Field(name=name, part=part):
                return self.scores(part, fields_of(name))
            case DateRange():
                return [dict.fromkeys(self._dated(query, segment), 0.0) for segment in self.segments]
            case MatchAll():
                return [
                    dict.fromkeys((d for d in range(segment.size) if d not in segment.deleted), 0.0)
                    for segment in self.segments
                ]
            case MatchNone():
                return [{} for _ in self.segments]
            case Term() | Exact() | Prefix() | Fuzzy():
                raise NotAnalysedError(repr(query))
            case _:
                assert_never(query)

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
                for at, document in enumerate(documents):
                    if spoken is not None and document not in spoken:
                        continue
                    starts = first.positions_in(document)
                    if starts and len(lists) > 1:
                        starts = [
                            match.start for match in matches(one, self._lookup(segment, name, document))
                        ]
                    shift = 0 if name == TITLE else titles[document] + GAP
                    places[at] += [start + shift for start in starts] if shift else starts
        return [sorted(set(some)) if len(some) > 1 else some for some in places]

    def _by_segment(self, parts: Sequence[Query], fields: Sequence[str]) -> list[list[Scores]]:
        results = [self.scores(part, fields) for part in parts]
        return [[result[n] for result in results] for n in range(len(self.segments))]

    def _all(self, parts: Sequence[Query], fields: Sequence[str]) -> list[Scores]:
        wanted = [part for part in parts if not isinstance(part, Not)] or [MatchAll()]
        unwanted = [part.part for part in parts if isinstance(part, Not)]
        found = [_intersection(results) for results in self._by_segment(wanted, fields)]
        for part in unwanted:
            for scores, barred in zip(found, self.scores(part, fields), strict=True):
                for document in barred.keys() & scores.keys():
                    del scores[document]
        return found

    def _weighed(self, frequencies: list[Scores], boost: float) -> list[Scores]:
        """Turn normalised frequencies into scores; the group counts as one term."""
        doc_frequency = sum(map(len, frequencies))
        k1 = self.scoring.k1
        top = boost * idf(self.collection.count, doc_frequency) * (k1 + 1.0)
        return [{d: top * f / (f + k1) for d, f in found.items()} for found in frequencies]

    def _group(self, group: AnyOf, n: int, fields: Sequence[str]) -> Scores:
        """Give the normalised weighted frequency of a group in each document of a segment."""
        if any(map(is_wide, group.alternatives)):
            return self._group_with_wide(group, n, fields)
        total: Scores = {}
        for name in fields:
            for alternative in group.alternatives:
                total = _added(total, self._frequencies(alternative, n, name))
        return total

    def _group_with_wide(self, group: AnyOf, n: int, fields: Sequence[str]) -> Scores:
        """Do the same for a group whose spellings may overlap: where several meet, places are counted."""
        segment = self.segments[n]
        total: Scores = {}
        for name in fields:
            found: Scores = {}
            doubtful: set[int] = set()
            for alternative in group.alternatives:
                more = self._frequencies(alternative, n, name)
                if is_wide(alternative):
                    doubtful |= more.keys()
                found = _added(found, more)
            average = self.collection.average_length(name) if name in self.scoring.b else 0.0
            for document in doubtful:
                count = occurrences(group, self._lookup(segment, name, document))
                norm = self.scoring.norm(name, segment.lengths(name)[document], average) if average else 1.0
                found[document] = self.scoring.weight(name) * count / norm
            total = _added(total, found)
        return total

    def _frequencies(self, alternative: Alternative, n: int, name: str) -> Scores:
        segment = self.segments[n]
        weight = self.scoring.weight(name) * alternative.weight
        if len(alternative.terms) > 1:
            counts = self._phrase_counts(alternative, n, name)
        else:
            postings = segment.postings(name, alternative.terms[0])
            if postings is None:
                return {}
            counts = zip(postings.ids, postings.freqs, strict=True)
        spoken = self.collection.documents_in(alternative.language)[n] if alternative.language else None
        if spoken is not None:
            counts = ((d, f) for d, f in counts if d in spoken)
        if segment.deleted:
            counts = ((d, f) for d, f in counts if d not in segment.deleted)
        b = self.scoring.b.get(name, 0.0)
        average = self.collection.average_length(name) if b else 0.0
        if not average:
            return {d: weight * f for d, f in counts}
        lengths, base, slope = segment.lengths(name), 1.0 - b, b / average
        return {d: weight * f / (base + slope * lengths[d]) for d, f in counts}

    def _phrase_counts(self, alternative: Alternative, n: int, name: str) -> Iterable[tuple[int, int]]:
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

    def _dated(self, days: DateRange, segment: Segment) -> set[int]:
        found: set[int] = set()
        for day in segment.terms_between(PUBLISHED, days.since or "", days.until or "\U0010ffff"):
            postings = segment.postings(PUBLISHED, day)
            found.update(postings.ids if postings else ())
        return found - segment.deleted


def _added(total: Scores, more: Scores) -> Scores:
    """Add scores to others, which are changed; to none at all nothing need be added."""
    if not total:
        return more
    for document, score in more.items():
        total[document] = total.get(document, 0.0) + score
    return total


def _intersection(results: Sequence[Scores]) -> Scores:
    common = set(sorted(results, key=len)[0])
    for result in results:
        common &= result.keys()
    return {d: sum(result[d] for result in results) for d in common}


def _sum(results: Sequence[Scores]) -> Scores:
    if not results:
        return {}
    total = dict(results[0])
    for result in results[1:]:
        for document, score in result.items():
            total[document] = total.get(document, 0.0) + score
    return total
