"""Search a Whoosh index: a snapshot that never changes.

Whoosh opens segments and finds terms; the posting lists are evaluated by ``backends.postings``.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from searchidx.analysis import PUBLISHED
from searchidx.backends.bm25f import Bm25f
from searchidx.backends.postings import Collection, Evaluation, PostingList, Scores
from searchidx.backends.whoosh.library import NUMBERS, ROW, length_term, open_index, read_postings
from searchidx.query.nodes import Query
from searchidx.store.documents import DocumentsReader
from searchidx.types import CleanDocument, ScoredDoc, Sort, TermStats, TopDocs

# Posting lists kept per segment for the next query; the arrays of 20,000 articles' common words are small.
CACHED_LISTS = 2_000


class WhooshSegment:
    """One of Whoosh's segments as ``backends.postings`` wants it."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._file = reader._terms._postfile
        self.size: int = reader.doc_count_all()
        self.deleted: frozenset[int] = frozenset(reader.segment().deleted_docs())
        self._lists: dict[tuple[str, str], PostingList | None] = {}
        self._lengths: dict[str, Sequence[int]] = {}

    def postings(self, field: str, term: str) -> PostingList | None:
        """Give the posting list of a term."""
        key = (field, term)
        if key not in self._lists:
            if len(self._lists) >= CACHED_LISTS:
                self._lists.clear()
            self._lists[key] = self._read(field, term.encode("utf-8", "replace"))
        return self._lists[key]

    def _read(self, field: str, term: bytes) -> PostingList | None:
        if (field, term) not in self._reader._terms:
            return None
        return read_postings(self._file, self._reader._terms.term_info(field, term))

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
        for (name, term), info in self._reader._terms.items_from(field, first.encode("utf-8", "replace")):
            if name != field:
                return
            count = info.doc_frequency()
            if self.deleted:
                count -= len(self.deleted.intersection(read_postings(self._file, info).ids))
            if count:
                yield term.decode(), count

    def terms_between(self, field: str, first: str, last: str) -> Iterable[str]:
        """Yield the terms of a field from ``first`` to ``last``."""
        for term, _ in self.stats(field, first):
            if term > last:
                return
            yield term


class WhooshSearcher:
    """An ``IndexSearcher`` over a folder that nobody changes."""

    def __init__(self, folder: Path, *, on_close: Callable[[], None] = lambda: None) -> None:
        self._on_close = on_close
        # A fresh reader for every snapshot: Whoosh's refresh() is wrong in all later versions.
        self._index = open_index(folder, readonly=True)
        self._reader = self._index.reader()
        self._documents = DocumentsReader(folder)
        self._segments = [WhooshSegment(part) for part, _ in self._reader.leaf_readers() if part.doc_count_all()]
        self._collection = Collection(self._segments)
        self._days: list[dict[int, str]] | None = None

    def search(
        self,
        query: Query,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = "relevance",
        all_words: Query | None = None,
        scoring: Bm25f,
    ) -> TopDocs:
        """Find the documents of ``query``, best first; those of ``all_words`` are counted and marked."""
        evaluation = Evaluation(self._collection, scoring)
        found = evaluation.scores(query)
        complete = found if all_words is None else evaluation.scores(all_words)
        total = sum(map(len, found))
        marked = total
        if all_words is not None:
            marked = sum(len(some.keys() & all_.keys()) for some, all_ in zip(found, complete, strict=True))
        page = self._newest(found, limit, offset) if sort == "date" else self._best(found, limit, offset)
        docs = tuple(ScoredDoc(doc_id, found[n][d], d in complete[n]) for doc_id, n, d in page)
        return TopDocs(total=total, docs=docs, total_all_words=marked)

    def _best(self, found: list[Scores], limit: int, offset: int) -> list[tuple[str, int, int]]:
        """Give the page in order of score, then id."""
        wanted = limit + offset
        if limit <= 0:
            return []
        best = heapq.nlargest(wanted, (score for scores in found for score in scores.values()))
        if len(best) <= offset:
            return []
        threshold = best[-1]
        # All of equal score at the end of the page compete for it, or pages would overlap.
        places = [(n, d) for n, scores in enumerate(found) for d, score in scores.items() if score >= threshold]
        named = self._named(places)
        named.sort(key=lambda place: (-found[place[1]][place[2]], place[0]))
        return named[offset:wanted]

    def _newest(self, found: list[Scores], limit: int, offset: int) -> list[tuple[str, int, int]]:
        """Give the page in order of day, newest first, then id; what has no date comes last."""
        if self._days is None:
            self._days = [_days(segment) for segment in self._segments]
        days = self._days
        named = self._named([(n, d) for n, scores in enumerate(found) for d in scores])
        named.sort(key=lambda place: place[0])
        named.sort(key=lambda place: days[place[1]].get(place[2], ""), reverse=True)
        return named[offset : offset + limit]

    def _named(self, places: Sequence[tuple[int, int]]) -> list[tuple[str, int, int]]:
        rows = [self._segments[n].rows()[d] for n, d in places]
        names = self._documents.doc_ids(rows)
        return [(names[row], n, d) for row, (n, d) in zip(rows, places, strict=True)]

    def fetch(self, doc_ids: Sequence[str]) -> Sequence[CleanDocument]:
        """Give stored documents."""
        return self._documents.fetch(doc_ids)

    def terms(self, field: str, *, prefix: str = "") -> Iterator[TermStats]:
        """Yield the terms of a field that begin so."""
        term, count = "", 0
        for found, part in heapq.merge(*(segment.stats(field, prefix) for segment in self._segments)):
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
        return [(key.partition(":")[0], term) for key, term in self._documents.forms(keys)]

    def doc_frequency(self, field: str, term: str) -> int:
        """Give the number of documents that hold a term in a field."""
        count = 0
        for segment in self._segments:
            if postings := segment.postings(field, term):
                count += len(postings.ids) - len(segment.deleted.intersection(postings.ids) if segment.deleted else ())
        return count

    def doc_ids(self) -> Iterator[str]:
        """Yield the ids of all documents, in order."""
        yield from self._documents.doc_ids().values()

    def doc_count(self) -> int:
        """Give the number of documents."""
        return self._collection.count

    def close(self) -> None:
        """Let go of files."""
        self._segments.clear()
        self._reader.close()
        self._index.close()
        self._documents.close()
        self._on_close()


def _days(segment: WhooshSegment) -> dict[int, str]:
    """Give the day of each document that has one."""
    days = {}
    for day in segment.terms_between(PUBLISHED, "", "\U0010ffff"):
        if postings := segment.postings(PUBLISHED, day):
            days.update(dict.fromkeys(postings.ids, day))
    return days
