"""What a group of terms or a phrase finds in posting lists.

In: segments, each a set of documents numbered from 0 with their posting lists. Out: for each
segment the documents that hold a group, and its frequency there. ``best`` puts the groups of a query
together.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from collections.abc import Collection as Documents
from functools import reduce
from itertools import repeat
from operator import and_, or_
from time import thread_time
from typing import TypeAlias

from searchidx.analysis import BODY, TEXT_FIELDS, TITLE
from searchidx.backends.bits import as_bits, documents_of, flags_of
from searchidx.backends.bm25f import Bm25f, idf
from searchidx.backends.closeness import GAP, MAX_ALTERNATIVES, bonus, most, scored_groups
from searchidx.backends.impacts import Scores as Scores
from searchidx.backends.lists import EVERY, Collection, Segment
from searchidx.backends.matching import frequency, matches
from searchidx.backends.occurrences import is_wide, occurrences
from searchidx.backends.positional import counter
from searchidx.query.nodes import (
    Alternative,
    AnyOf,
    Near,
    Or,
    Phrase,
    Query,
    SameParagraph,
    SameSentence,
)

# Nothing typed may hold a worker for longer than 2 s, snippets included.
MAX_CPU_S = 1.2
AT_ONCE = 500  # documents in which a phrase is looked for between two looks at the clock
SHORT = 20  # documents of a list whose bits are not kept: making them takes no longer than joining them

Positional: TypeAlias = Phrase | Near | SameSentence | SameParagraph


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
        self._held: dict[tuple[tuple[Alternative, ...], tuple[str, ...]], list[int]] = {}
        self._flags: dict[tuple[int, int], bytes] = {}
        self._phrases: dict[tuple[tuple[str, ...], int, str], Sequence[tuple[int, int]]] = {}

    def bits(self, node: "AnyOf | Positional", fields: Sequence[str]) -> list[int]:
        """Give the documents that hold a group or match a positional node, segment by segment."""
        if not isinstance(node, AnyOf):
            return [as_bits(found) for found in self.frequencies(node, fields)]
        key = node.alternatives, tuple(fields)
        if (known := self._held.get(key)) is not None:
            return known
        found = self._held[key] = [self._bits(node, n, fields) for n in range(len(self.segments))]
        if fields == TEXT_FIELDS:
            self._rarities[node.alternatives] = idf(self.collection.count, sum(map(int.bit_count, found)))
        return found

    def _bits(self, group: AnyOf, n: int, fields: Sequence[str]) -> int:
        found, few = 0, set[int]()
        for name in fields:
            for alternative in group.alternatives:
                if len(alternative.terms) > 1:
                    few.update(d for d, _ in self._counts(alternative, n, name, None))
                elif postings := self.segments[n].postings(name, alternative.terms[0]):
                    speakers = self.collection.speakers(alternative.language)[n]
                    if len(postings.ids) > SHORT:
                        found |= postings.bits & speakers
                    elif speakers == EVERY:
                        few.update(postings.ids)
                    else:
                        few.update(d for d in postings.ids if speakers >> d & 1)
        return (found | as_bits(few)) & self.collection.live[n]

    def frequencies(self, node: "AnyOf | Positional", fields: Sequence[str]) -> list[Scores]:
        """Give the normalised weighted frequency of a node in all documents, segment by segment."""
        if isinstance(node, AnyOf):
            return [self.group(node, n, fields) for n in range(len(self.segments))]
        key = node, tuple(fields)
        if key not in self._positionals:
            self._positionals[key] = [self._positional(node, n, fields) for n in range(len(self.segments))]
        return self._positionals[key]

    def key(self, group: AnyOf, fields: Sequence[str]) -> Hashable:
        """Give what tells apart what groups add to scores."""
        scoring = self.scoring
        return group, *fields, scoring.k1, *((scoring.weight(name), scoring.b.get(name)) for name in fields)

    def flags(self, bits: int, n: int) -> bytes:
        """Give documents of a segment as a byte for each, 1 or 0."""
        key = n, bits
        if key not in self._flags:
            self._flags[key] = flags_of(bits, self.segments[n].size)
        return self._flags[key]

    def minds_closeness(self, query: Query) -> bool:
        """Tell whether a query has words that can stand close together."""
        return bool(self.scoring.pair_weight) and len(scored_groups(query)) > 1

    def most_closeness(self, query: Query) -> float:
        """Give what close words never add more than."""
        return most(self._rarities_of(scored_groups(query)), self.scoring)

    def _rarities_of(self, groups: Sequence[AnyOf]) -> list[float]:
        return [self._rarities[group.alternatives] for group in groups]

    def add_closeness(self, query: Query, found: list[Scores], best: Sequence[tuple[int, int]]) -> None:
        """Add to the scores of the ``best`` documents, (segment, document), what close words are worth."""
        groups = scored_groups(query)
        rarities = self._rarities_of(groups)
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
        if any(map(is_wide, group.alternatives)):
            return self._group_with_wide(group, n, fields, only)
        total: Scores = {}
        for name in fields:
            for alternative in group.alternatives:
                total = _added(total, self._frequencies(alternative, n, name, only))
        return total

    def _group_with_wide(
        self, group: AnyOf, n: int, fields: Sequence[str], only: Documents[int] | None
    ) -> Scores:
        """Do the same for a group whose spellings may overlap: where several meet, places are counted."""
        segment = self.segments[n]
        total: Scores = {}
        for name in fields:
            found: Scores = {}
            doubtful: set[int] = set()
            for alternative in group.alternatives:
                more = self._frequencies(alternative, n, name, only)
                if is_wide(alternative):
                    doubtful |= more.keys()
                found = _added(found, more)
            is_normed = self.scoring.b.get(name) and self.collection.average_length(name)
            norms = self.collection.norms(name, self.scoring)[n] if is_normed else None
            for document in doubtful:
                count = occurrences(group, self._lookup(segment, name, document))
                found[document] = self.scoring.weight(name) * count / (norms[document] if norms else 1.0)
            total = _added(total, found)
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
            candidates = list(documents_of(self._candidates(query, n, name) & self.collection.live[n]))
            for document, count in self._counted(query, n, name, candidates):
                norm = self.scoring.norm(name, segment.lengths(name)[document], average) if average else 1.0
                total[document] = total.get(document, 0.0) + self.scoring.weight(name) * count / norm
        return total

    def _counted(
        self, query: Positional, n: int, name: str, candidates: Sequence[int]
    ) -> Iterator[tuple[int, float]]:
        """Yield documents in which a positional node matches, with how often, weighted."""
        segment = self.segments[n]
        count = counter(
            query,
            lambda term: segment.postings(name, term),
            lambda language: self.collection.documents_in(language)[n],
        )
        for begin in range(0, len(candidates), AT_ONCE):
            documents = candidates[begin : begin + AT_ONCE]
            if self._is_late():
                return
            counts = count(documents) if count else repeat(None)
            for document, known in zip(documents, counts, strict=False):
                if known is None:
                    if self._is_late():
                        return
                    known = frequency(query, self._lookup(segment, name, document))
                if known:
                    yield document, known

    def _is_late(self) -> bool:
        self.is_cut = self.is_cut or thread_time() > self._deadline
        return self.is_cut

    def _candidates(self, query: Query, n: int, name: str) -> int:
        """Give the documents that hold what a positional node needs, wherever it stands, as bits."""
        match query:
            case AnyOf(alternatives=alternatives):
                lists = (
                    self.segments[n].postings(name, alternative.terms[0]) for alternative in alternatives
                )
                return reduce(or_, (postings.bits for postings in lists if postings), 0)
            case Or(parts=parts):
                return reduce(or_, (self._candidates(part, n, name) for part in parts), 0)
            case Phrase(parts=parts):
                return reduce(and_, (self._candidates(part, n, name) for part in parts)) if parts else 0
            case Near(left=left, right=right) | SameSentence(left, right) | SameParagraph(left, right):
                return self._candidates(left, n, name) & self._candidates(right, n, name)
            case _:
                return 0

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


def _added(total: Scores, more: Scores) -> Scores:
    """Add up scores, the shorter into the longer; both are used up."""
    if len(more) > len(total):
        total, more = more, total
    for document, score in more.items():
        total[document] = total.get(document, 0.0) + score
    return total
