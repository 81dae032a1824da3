"""A plain scan over documents in memory: the judge of the other back-ends.

Slow and simple on purpose: each document is looked at by itself, and nothing is prepared. What this
finds is right; another back-end that finds something else is wrong.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from typing import assert_never

from searchidx.analysis import BODY, PUBLISHED, STEMS, TEXT_FIELDS, TITLE, stem_key
from searchidx.backends.bm25f import Bm25f, idf
from searchidx.backends.closeness import GAP, MAX_ALTERNATIVES, bonus, scored_groups
from searchidx.backends.folding import folded
from searchidx.backends.matching import Lookup, NotAnalysedError, fields_of, frequency, matches
from searchidx.backends.view import PLAIN, View, make_facets
from searchidx.names.evidence import collect
from searchidx.names.table import NameTable
from searchidx.query.nodes import (
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
from searchidx.types import (
    CleanDocument,
    Facets,
    Heading,
    IndexDocument,
    ScoredDoc,
    Sort,
    TermStats,
    TopDocs,
)

Leaf = AnyOf | Phrase | Near | SameSentence | SameParagraph


class MemoryWriter:
    """Changes a copy of the documents."""

    def __init__(self, documents: dict[str, IndexDocument]) -> None:
        self.documents = documents

    def put(self, document: IndexDocument) -> None:
        """Add or replace a document."""
        self.documents[document.doc_id] = document

    def delete(self, doc_id: str) -> None:
        """Take a document out; unknown ids are no error."""
        self.documents.pop(doc_id, None)


class MemoryBackend:
    """Keeps the documents of the last finished writer."""

    def __init__(self) -> None:
        self._documents: Mapping[str, IndexDocument] = {}

    @contextmanager
    def rebuild(self) -> Iterator[MemoryWriter]:
        """Start an empty index."""
        writer = MemoryWriter({})
        yield writer
        self._documents = writer.documents

    @contextmanager
    def writer(self) -> Iterator[MemoryWriter]:
        """Change the present index."""
        writer = MemoryWriter(dict(self._documents))
        yield writer
        self._documents = writer.documents

    def searcher(self) -> "MemorySearcher":
        """Open a snapshot."""
        return MemorySearcher(self._documents)


class MemorySearcher:
    """Looks at one document after the other."""

    def __init__(self, documents: Mapping[str, IndexDocument]) -> None:
        self._documents = {doc_id: documents[doc_id] for doc_id in sorted(documents)}

    @cached_property
    def names(self) -> NameTable:
        """The table of names."""
        return NameTable(collect(doc.stored) for doc in self._documents.values())

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
        """Find the documents of ``query``; those of ``all_words`` are counted and marked."""
        scan = _Scan(list(self._documents.values()), scoring)
        found = [
            ScoredDoc(doc.doc_id, scan.score(doc, query), all_words is None or scan.holds(doc, all_words))
            for doc in self._documents.values()
            if scan.holds(doc, query)
        ]
        if view.recency:
            found = [
                replace(one, score=one.score * view.recency.factor(self._day(one.doc_id))) for one in found
            ]
        if sort == "date":
            found.sort(key=lambda scored: self._day(scored.doc_id), reverse=True)
        else:
            found.sort(key=lambda scored: -scored.score)
            close = {
                one.doc_id: scan.bonus(self._documents[one.doc_id], query) for one in found[: scoring.pool]
            }
            found = [replace(one, score=one.score + close.get(one.doc_id, 0.0)) for one in found]
            found.sort(key=lambda scored: (-scored.score, scored.doc_id))
        shown = folded(found, self._clusters()) if view.fold else found
        return TopDocs(
            total=len(found),
            docs=tuple(shown[offset : offset + limit] if limit > 0 else ()),
            total_all_words=sum(scored.matches_all for scored in found),
            total_folded=len(shown) if view.fold else None,
            facets=self._facets([one.doc_id for one in found]) if view.facets else None,
        )

    def _clusters(self) -> dict[str, str]:
        names = ((doc_id, doc.stored.cluster) for doc_id, doc in self._documents.items())
        return {doc_id: name for doc_id, name in names if name}

    def _facets(self, doc_ids: Sequence[str]) -> Facets:
        stored = [self._documents[doc_id].stored for doc_id in doc_ids]
        return make_facets(
            Counter(document.source for document in stored),
            Counter((document.language or "").lower() for document in stored),
            Counter((document.published or "")[:10] for document in stored),
        )

    def _day(self, doc_id: str) -> str:
        return next(iter(self._documents[doc_id].fields.get(PUBLISHED, ())), "")

    def fetch(self, doc_ids: Sequence[str]) -> Sequence[CleanDocument]:
        """Give stored documents."""
        return [self._documents[doc_id].stored for doc_id in doc_ids if doc_id in self._documents]

    def headings(self, doc_ids: Sequence[str]) -> Sequence[Heading]:
        """Give titles, sources and days."""
        return [
            Heading(doc_id=one.doc_id, title=one.title, source=one.source, published=one.published)
            for one in self.fetch(doc_ids)
        ]

    def terms(self, field: str, *, prefix: str = "") -> Iterator[TermStats]:
        """Yield the terms of a field that begin so."""
        counts = Counter(term for doc in self._documents.values() for term in doc.fields.get(field, ()))
        for term in sorted(counts):
            if term.startswith(prefix) and term > "\x1f":
                yield TermStats(term, counts[term])

    def forms(self, keys: Sequence[str]) -> Sequence[tuple[str, str]]:
        """Give the (language, term) pairs that share a stem key."""
        pairs = {
            (language, term)
            for doc in self._documents.values()
            for language in doc.fields.get(STEMS, ())
            for field in ("title", "body", "raw")
            for term in doc.fields.get(field, ())
            if term > "\x1f" and f"{language}:{stem_key(term, language)}" in keys
        }
        return sorted(pairs)

    def doc_frequency(self, field: str, term: str) -> int:
        """Give the number of documents that hold a term in a field."""
        return sum(term in doc.fields.get(field, ()) for doc in self._documents.values())

    def positions(self, doc_id: str, field: str, terms: Collection[str]) -> Mapping[str, Sequence[int]]:
        """Give the positions of some terms in a field of a document."""
        held = self._documents[doc_id].fields.get(field, {}) if doc_id in self._documents else {}
        return {term: held[term] for term in terms if term in held}

    def doc_ids(self) -> Iterator[str]:
        """Yield the ids of all documents, in order."""
        yield from self._documents

    def doc_count(self) -> int:
        """Give the number of documents."""
        return len(self._documents)

    def close(self) -> None:
        """Nothing to let go of."""


class _Scan:
    """One search over all documents."""

    def __init__(self, documents: Sequence[IndexDocument], scoring: Bm25f) -> None:
        self.documents, self.scoring = documents, scoring
        self._rarities: dict[tuple[Leaf, tuple[str, ...]], float] = {}  # asked again for each document

    def holds(self, doc: IndexDocument, query: Query, fields: Sequence[str] = TEXT_FIELDS) -> bool:
        """Tell whether a document matches."""
        match query:
            case AnyOf() | Phrase() | Near() | SameSentence() | SameParagraph():
                return any(self._count(doc, query, name) for name in fields)
            case And(parts=parts):
                return all(self.holds(doc, part, fields) for part in parts)
            case Or(parts=parts):
                return any(self.holds(doc, part, fields) for part in parts)
            case Not(part=part):
                return not self.holds(doc, part, fields)
            case Prefer(must=must):
                return self.holds(doc, must, fields)
            case Field(name=name, part=part):
                return self.holds(doc, part, fields_of(name))
            case DateRange(since=since, until=until):
                return any(
                    (since or "") <= day <= (until or "\U0010ffff") for day in doc.fields.get(PUBLISHED, ())
                )
            case MatchAll():
                return True
            case MatchNone():
                return False
            case Term() | Exact() | Prefix() | Fuzzy():
                raise NotAnalysedError(repr(query))
            case _:
                assert_never(query)

    def score(self, doc: IndexDocument, query: Query, fields: Sequence[str] = TEXT_FIELDS) -> float:
        """Give the score of a document; what it does not match adds nothing."""
        if not self.holds(doc, query, fields):
            return 0.0
        match query:
            case AnyOf() | Phrase() | Near() | SameSentence() | SameParagraph():
                return self._leaf_score(doc, query, fields)
            case And(parts=parts) | Or(parts=parts):
                return sum(self.score(doc, part, fields) for part in parts)
            case Prefer(must=must, should=should):
                return self.score(doc, must, fields) + self.score(doc, should, fields)
            case Field(name=name, part=part):
                return self.score(doc, part, fields_of(name))
            case _:
                return 0.0

    def _leaf_score(self, doc: IndexDocument, query: Leaf, fields: Sequence[str]) -> float:
        frequency = 0.0
        for name in fields:
            if weighted := self._frequency(doc, query, name):
                average = sum(other.lengths.get(name, 0) for other in self.documents) / len(self.documents)
                norm = self.scoring.norm(name, doc.lengths.get(name, 0), average)
                frequency += self.scoring.weight(name) * weighted / norm
        rarity = self._rarity(query, fields)
        boost = query.boost if isinstance(query, AnyOf) else 1.0
        return boost * rarity * (self.scoring.k1 + 1.0) * frequency / (frequency + self.scoring.k1)

    def _rarity(self, query: Leaf, fields: Sequence[str]) -> float:
        key = (query, tuple(fields))
        if key not in self._rarities:
            holding = sum(self.holds(other, query, fields) for other in self.documents)
            self._rarities[key] = idf(len(self.documents), holding)
        return self._rarities[key]

    def bonus(self, doc: IndexDocument, query: Query) -> float:
        """Give what the words of a query that stand close together are worth."""
        groups = scored_groups(query)
        if not self.scoring.pair_weight or len(groups) < 2:
            return 0.0
        average = sum(other.lengths.get(BODY, 0) for other in self.documents) / len(self.documents)
        return bonus(
            [self._places(doc, group) for group in groups],
            [self._rarity(group, TEXT_FIELDS) for group in groups],
            self.scoring.norm(BODY, doc.lengths.get(BODY, 0), average),
            self.scoring,
        )

    def _places(self, doc: IndexDocument, group: AnyOf) -> list[int]:
        first = AnyOf(group.alternatives[:MAX_ALTERNATIVES])
        title = {match.start for match in matches(first, self._lookup(doc, TITLE))}
        shift = doc.lengths.get(TITLE, 0) + GAP
        return sorted(title | {shift + match.start for match in matches(first, self._lookup(doc, BODY))})

    def _frequency(self, doc: IndexDocument, query: Leaf, name: str) -> float:
        return frequency(query, self._lookup(doc, name))

    def _count(self, doc: IndexDocument, query: Leaf, name: str) -> int:
        return len(matches(query, self._lookup(doc, name)))

    @staticmethod
    def _lookup(doc: IndexDocument, name: str) -> Lookup:
        def positions(term: str, language: str) -> Sequence[int]:
            if language and language not in doc.fields.get(STEMS, ()):
                return ()
            return doc.fields.get(name, {}).get(term, ())

        return positions
