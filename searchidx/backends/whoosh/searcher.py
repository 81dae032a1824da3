"""Search a Whoosh index: a snapshot that never changes.

Whoosh opens segments and finds terms; the posting lists are evaluated by ``backends.postings``.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Collection as Names
from contextlib import ExitStack
from dataclasses import replace
from itertools import chain
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from searchidx.backends.best import SLACK, Plan, best, held, plan, scores_of
from searchidx.backends.bits import documents_of
from searchidx.backends.bm25f import Bm25f
from searchidx.backends.lists import Collection, PostingList
from searchidx.backends.postings import Evaluation, Scores
from searchidx.backends.view import PLAIN, View
from searchidx.backends.whoosh.codec import ArrayCodec, decode
from searchidx.backends.whoosh.facts import Facts, Groups, Place
from searchidx.backends.whoosh.library import NUMBERS, ROW, STEMMED, length_term, open_index
from searchidx.backends.whoosh.terms import TermDictionary
from searchidx.names import NameIndex
from searchidx.query.nodes import Query
from searchidx.store.documents import DocumentsReader
from searchidx.types import CleanDocument, Heading, ScoredDoc, Sort, TermStats, TopDocs

# Posting lists kept per segment for the next query; the arrays of 20,000 articles' common words are small.
CACHED_LISTS = 2_000
CACHED_IDS = 50_000
# Terms kept of slices of the dictionary that a fuzzy word or a suggestion looks through: 10 MB.
CACHED_TERMS = 100_000


class WhooshSegment:
    """One of Whoosh's segments as ``backends.postings`` wants it. Threads may share it.

    Terms and posting lists are cut out of maps of their files.
    """

    def __init__(self, reader: Any, folder: Path) -> None:
        segment = reader.segment()
        self._postings = _mapped(folder / segment.make_filename(ArrayCodec.POSTS_EXT))
        self._terms = TermDictionary(
            reader._terms, _mapped(folder / segment.make_filename(ArrayCodec.TERMS_EXT))
        )
        self.size: int = reader.doc_count_all()
        self.deleted: frozenset[int] = frozenset(segment.deleted_docs())
        self._lists: dict[tuple[str, str], PostingList | None] = {}
        self._lengths: dict[str, Sequence[int]] = {}

    def postings(self, field: str, term: str) -> PostingList | None:
        """Give the posting list of a term."""
        key = (field, term)
        lists = self._lists  # one look only: another thread may add the key, or forget all, at any time
        try:
            return lists[key]
        except KeyError:
            found = self._read(field, term.encode("utf-8", "replace"))
            if len(lists) >= CACHED_LISTS:
                self._lists = {}
            self._lists[key] = found
            return found

    def _read(self, field: str, term: bytes) -> PostingList | None:
        entry = self._terms.get(field, term)
        return decode(self._postings[entry.where], entry.documents) if entry else None

    def lengths(self, field: str) -> Sequence[int]:
        """Give the exact length of a field in each document."""
        if field not in self._lengths:
            postings = self.postings(NUMBERS, length_term(field))
            # Every document has a number, so the positions stand in the order of the documents.
            self._lengths[field] = postings.positions if postings else [0] * self.size
        return self._lengths[field]

    def rows(self) -> Sequence[int]:
        """Give the row of each document in documents.sqlite."""
        postings = self.postings(NUMBERS, ROW)
        return postings.positions if postings else []

    def stats(self, field: str, first: str) -> Iterator[tuple[str, int]]:
        """Yield the terms of a field from ``first`` on, with the number of documents left that hold them."""
        for term, entry in self._terms.following(field, first.encode("utf-8", "replace")):
            count = entry.documents
            if self.deleted:
                ids = decode(self._postings[entry.where], count).ids
                count -= len(self.deleted.intersection(ids))
            if count:
                yield term, count

    def terms_between(self, field: str, first: str, last: str) -> Iterable[str]:
        """Yield the terms of a field from ``first`` to ``last``."""
        for term, _ in self.stats(field, first):
            if term > last:
                return
            yield term


def _mapped(path: Path) -> memoryview:
    with path.open("rb") as file:
        return memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))


class WhooshSearcher:
    """An ``IndexSearcher`` over a folder that nobody changes."""

    def __init__(
        self,
        folder: Path,
        *,
        names: Names[str] | None = None,
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        with ExitStack() as files:
            files.callback(on_close)
            self._documents = DocumentsReader(folder)
            files.callback(self._documents.close)
            index = open_index(folder, readonly=True, names=names)
            files.callback(index.close)
            # A fresh reader for every snapshot: Whoosh's refresh() is wrong in all later versions.
            reader = index.reader()
            files.callback(reader.close)
            parts = (part for part, _ in reader.leaf_readers() if part.doc_count_all())
            self._segments = [WhooshSegment(part, folder) for part in parts]
            files.callback(self._segments.clear)
            self._files = files.pop_all()
        self._collection = Collection(self._segments)
        self._facts = Facts(self._documents, self._segments)
        self._ids: dict[int, str] = {}  # by row
        self._slices: dict[tuple[str, str], Sequence[TermStats]] = {}
        self._shown: dict[str, tuple[int, int]] = {}  # where the documents of the last pages stand
        self._is_closed = False

    def search(
        self,
        query: Query,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = "relevance",
        all_words: Query | None = None,
        scoring: Bm25f,
        view: View = PLAIN,
    ) -> TopDocs:
        """Find the documents of ``query``, best first; those of ``all_words`` are counted and marked."""
        self._refuse_if_closed()
        evaluation = Evaluation(self._collection, scoring)
        asked = plan(evaluation, query)
        complete = asked.bits if all_words is None else held(evaluation, all_words)
        both = [one & other for one, other in zip(asked.bits, complete, strict=True)]
        groups = self._facts.groups(asked.bits) if view.fold else {}
        page: list[Place] = []
        found: list[Scores] = []
        if limit > 0 and sort == "date":
            page = self._facts.firsts(self._newest(asked.bits), groups)[offset : offset + limit]
        elif limit > 0:
            page, found = self._ranked(evaluation, query, asked, limit + offset, view, groups)
            page = page[offset : offset + limit]
        others = {place: self._facts.others(place, groups) for place in page}
        found = self._with(found, [*page, *chain(*others.values())], evaluation, asked, view)

        if len(self._shown) > CACHED_IDS:
            self._shown = {}
        self._shown.update({doc_id: (n, d) for doc_id, n, d in page})

        def scored(place: Place) -> ScoredDoc:
            doc_id, n, d = place
            return ScoredDoc(doc_id, found[n][d], bool(both[n] >> d & 1))

        def copies(place: Place) -> tuple[ScoredDoc, ...]:
            under = [scored(other) for other in others[place]]
            return tuple(under if sort == "date" else sorted(under, key=lambda one: (-one.score, one.doc_id)))

        return TopDocs(
            total=asked.total,
            docs=tuple(replace(scored(place), copies=copies(place)) for place in page),
            total_all_words=sum(map(int.bit_count, both)),
            total_is_exact=not evaluation.is_cut,
            total_folded=asked.total - sum(len(group) - 1 for group in groups.values())
            if view.fold
            else None,
            facets=self._facts.facets([list(documents_of(bits)) for bits in asked.bits])
            if view.facets
            else None,
        )

    def _ranked(
        self, evaluation: Evaluation, query: Query, asked: Plan, wanted: int, view: View, groups: Groups
    ) -> tuple[list[Place], list[Scores]]:
        """Give the best documents in order, as many as are wanted if there are, and scores, also of them.

        Near-copies may take the first places, so more are looked for until enough are left.
        """
        pool = evaluation.scoring.pool if evaluation.minds_closeness(query) else 0
        count = max(wanted, pool)
        while True:
            if view.recency:
                found = self._with([], self._places(asked.bits), evaluation, asked, view)
            else:
                found = best(evaluation, asked, count)
            if pool:
                near = self._first(found, pool)
                if not groups and len(near) > wanted:
                    # The last of those wanted stays as good as it is; who can't pass it is left alone.
                    least = sorted(found[n][d] for n, d in near)[-wanted] * SLACK
                    least -= evaluation.most_closeness(query)
                    near = [(n, d) for n, d in near if found[n][d] >= least]
                evaluation.add_closeness(query, found, near)
            places = self._facts.firsts(self._best(found, count if groups else wanted), groups)
            if len(places) >= wanted or count >= asked.total:
                return places, found
            count *= 2

    def _with(
        self, found: list[Scores], places: Sequence[Place], evaluation: Evaluation, asked: Plan, view: View
    ) -> list[Scores]:
        """Give scores together with those of places that are not among them."""
        found = found or [{} for _ in self._segments]
        lacking = [
            sorted({d for _, n, d in places if n == at and d not in found[at]}) for at in range(len(found))
        ]
        scores = scores_of(evaluation, asked, lacking)
        scores = self._facts.raised(scores, view.recency) if view.recency else scores
        return [some | more if more else some for some, more in zip(found, scores, strict=True)]

    def _best(self, found: list[Scores], count: int) -> list[Place]:
        """Give the first documents in order of score, then id."""
        named = self._named(self._with_equals(found, count))
        named.sort(key=lambda place: (-found[place[1]][place[2]], place[0]))
        return named[:count]

    def _first(self, found: list[Scores], count: int) -> list[tuple[int, int]]:
        """Give the same documents in any order, without their ids."""
        places = self._with_equals(found, count)
        return places if len(places) <= count else [(n, d) for _, n, d in self._best(found, count)]

    @staticmethod
    def _with_equals(found: list[Scores], count: int) -> list[tuple[int, int]]:
        """Give the best documents; all of equal score at the end, or pages would overlap."""
        best = heapq.nlargest(count, (score for scores in found for score in scores.values()))
        return [
            (n, d)
            for n, scores in enumerate(found)
            for d, score in scores.items()
            if best and score >= best[-1]
        ]

    def _newest(self, found: Sequence[int]) -> list[Place]:
        """Give documents in order of day, newest first, then id; what has no date comes last."""
        days = self._facts.days
        named = sorted(self._places(found))
        named.sort(key=lambda place: days[place[1]][place[2]], reverse=True)
        return named

    def _places(self, found: Sequence[int]) -> list[Place]:
        return self._named([(n, d) for n, bits in enumerate(found) for d in documents_of(bits)])

    def _named(self, places: Sequence[tuple[int, int]]) -> list[Place]:
        rows_of = [segment.rows() for segment in self._segments]
        rows = [rows_of[n][d] for n, d in places]
        known = self._ids
        if missing := [row for row in rows if row not in known]:
            if len(known) > CACHED_IDS:
                known = self._ids = {}
                missing = rows
            known.update(self._documents.doc_ids(missing))
        return [(known[row], n, d) for row, (n, d) in zip(rows, places, strict=True)]

    def fetch(self, doc_ids: Sequence[str]) -> Sequence[CleanDocument]:
        """Give stored documents."""
        self._refuse_if_closed()
        return self._documents.fetch(doc_ids)

    def headings(self, doc_ids: Sequence[str]) -> Sequence[Heading]:
        """Give titles, sources and days."""
        self._refuse_if_closed()
        return self._documents.headings(doc_ids)

    def terms(self, field: str, *, prefix: str = "") -> Iterator[TermStats]:
        """Yield the terms of a field that begin so."""
        self._refuse_if_closed()
        if len(prefix) == 1:  # a fuzzy word: those of a letter are looked through again and again
            return iter(self._slice(field, prefix))
        return self._terms(field, prefix)

    def _slice(self, field: str, prefix: str) -> Sequence[TermStats]:
        """Give the terms of a field that begin so, and keep them for the next word."""
        key, kept = (field, prefix), self._slices  # one look only: another thread may forget all at any time
        if (found := kept.get(key)) is not None:
            return found
        found = tuple(self._terms(field, prefix))
        if sum(map(len, list(kept.values()))) + len(found) > CACHED_TERMS:
            self._slices = kept = {}
        if len(found) <= CACHED_TERMS:
            kept[key] = found
        return found

    def _terms(self, field: str, prefix: str) -> Iterator[TermStats]:
        term, count = "", 0
        parts = [segment.stats(field, prefix) for segment in self._segments]
        for found, part in heapq.merge(*parts) if len(parts) > 1 else chain(*parts):
            if not found.startswith(prefix):
                break
            if found != term:
                if count and term > "\x1f":
                    yield TermStats(term, count)
                term, count = found, 0
            count += part
        if count and term > "\x1f":
            yield TermStats(term, count)

    def forms(self, keys: Sequence[str]) -> Sequence[tuple[str, str]]:
        """Give the (language, term) pairs that share a stem key."""
        self._refuse_if_closed()
        pairs = sorted((key.rpartition(":")[0], term) for key, term in self._documents.forms(keys))
        if not any(segment.deleted for segment in self._segments):
            return pairs
        return [pair for pair in pairs if self._is_held(*pair)]

    def doc_frequency(self, field: str, term: str) -> int:
        """Give the number of documents that hold a term in a field."""
        self._refuse_if_closed()
        count = 0
        for segment in self._segments:
            if postings := segment.postings(field, term):
                count += len(postings.ids) - len(
                    segment.deleted.intersection(postings.ids) if segment.deleted else ()
                )
        return count

    def positions(self, doc_id: str, field: str, terms: Names[str]) -> Mapping[str, Sequence[int]]:
        """Give the positions of some terms in a field of a document."""
        self._refuse_if_closed()
        place = self._shown.get(doc_id) or self._found(doc_id)
        if place is None:
            return {}
        n, d = place
        segment = self._segments[n]
        lists = ((term, segment.postings(field, term)) for term in terms)
        return {term: at for term, some in lists if some and (at := some.positions_in(d))}

    @property
    def names(self) -> NameIndex:
        """The table of names."""
        self._refuse_if_closed()
        return self._documents.names

    def doc_ids(self) -> Iterator[str]:
        """Yield the ids of all documents, in order."""
        self._refuse_if_closed()
        yield from self._documents.doc_ids().values()

    def doc_count(self) -> int:
        """Give the number of documents."""
        return self._collection.count

    def close(self) -> None:
        """Let go of files; a second call does nothing."""
        self._is_closed = True
        self._files.close()

    def _found(self, doc_id: str) -> tuple[int, int] | None:
        """Find where a document stands: its segment, its number there."""
        row = self._documents.row(doc_id)
        for n, segment in enumerate(self._segments):
            rows = segment.rows()
            if row is not None and row in rows:
                return n, rows.index(row)
        return None

    def _refuse_if_closed(self) -> None:
        if self._is_closed:
            raise ValueError("the searcher is closed")  # its segments are gone: the answer would be empty

    def _is_held(self, language: str, term: str) -> bool:
        """Tell whether a document that is left, with stems of ``language``, holds a term."""
        for segment, speakers in zip(self._segments, self._collection.documents_in(language), strict=True):
            for field in STEMMED:
                if postings := segment.postings(field, term):
                    left = set(postings.ids) - segment.deleted
                    if left if speakers is None else left & speakers:
                        return True
        return False
