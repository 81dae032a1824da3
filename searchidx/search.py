"""Answer a query: parse → expand → engine → rank → snippets, the whole way on one screen.

In: typed text and an open index. Out: ``Results``. A typed query is never an error; only an empty
one is refused, as wrong usage.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from types import TracebackType

from searchidx import backends
from searchidx.analysis import PUBLISHED, TEXT_FIELDS, SentenceRules, stem_language
from searchidx.backends.closeness import scored_groups
from searchidx.backends.folding import folded, unfolded
from searchidx.backends.view import PLAIN, Recency, View, is_day
from searchidx.config import Settings
from searchidx.errors import UsageError
from searchidx.hits import make_hits
from searchidx.names import AliasTable, shipped, with_user_file
from searchidx.query.expansion import Expanded, expand_query
from searchidx.query.filters import filters_of, last_day, narrowed
from searchidx.query.nodes import Query
from searchidx.query.parser import Parsed, parse
from searchidx.query.relaxing import relaxations
from searchidx.query.suggestions import better_query
from searchidx.query.synonyms import NO_SYNONYMS, shipped_synonyms
from searchidx.ranking.neighbours import Bags, smoothed
from searchidx.ranking.rarest import cut
from searchidx.ranking.recipe import RECIPE, SMOOTHING
from searchidx.snippets import joined, marks_in
from searchidx.store.documents import DocumentsReader
from searchidx.store.fingerprint import check_readable
from searchidx.store.generation import Generation
from searchidx.store.generations import IndexFolder
from searchidx.types import (
    CleanDocument,
    Expansion,
    Hit,
    Relaxed,
    Results,
    ScoredDoc,
    Sort,
    Span,
    Suggestion,
    TopDocs,
)

MAX_LIMIT = 1_000_000
NOTHING_TELLING = "no word of this document stands in another one"
# Processor time of a search after which no wider query is begun: each may take 1.2 s, all together 2 s.
MAX_RELAXING_S = 0.5
CUT_SHORT = "the query took too long and was cut short: there are more documents than were found"


class Index:
    """An open index: a snapshot of one generation. Threads may share it; close it in the end."""

    def __init__(self, generation: Generation, *, settings: Settings | None = None) -> None:
        self.generation = generation
        self._settings = settings or Settings()
        engine = backends.engine(str(generation.facts.get("engine", self._settings.backend)))
        check_readable(generation, engine)
        self.searcher = engine.open(generation.folder, names=generation.files, on_close=generation.close)
        self.rules = SentenceRules.from_facts(generation.facts.get("sentence_rules"))
        self._aliases: AliasTable | None = None
        self._bags = Bags(self.searcher.fetch)
        self._turn = Lock()  # of threads that open something
        self._documents: DocumentsReader | None = None  # opened for the first suggestions

    @classmethod
    def open(cls, folder: str | Path = "index", *, settings: Settings | None = None) -> "Index":
        """Open the index in a folder: ``NoIndexError`` where there is none."""
        return cls(IndexFolder(Path(folder)).open(), settings=settings)

    @classmethod
    def build(
        cls, corpus: str | Path, folder: str | Path = "index", *, settings: Settings | None = None
    ) -> "Index":
        """Bring the index of a corpus folder up to date and open it."""
        from searchidx.indexing import reindex  # it loads what only building needs

        reindex([Path(corpus)], Path(folder), settings=settings)
        return cls.open(folder, settings=settings)

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        all_words: bool = False,
        exact: bool = False,
        variants: bool = True,
        synonyms: bool = True,
        sort: Sort = "relevance",
        since: str | None = None,
        until: str | None = None,
        source: str | None = None,
        language: str | None = None,
        snippets: int = 3,
        fold: bool = False,
        facets: bool = False,
        recent: bool = False,
        as_of: str | None = None,
    ) -> Results:
        """Find the documents that best answer a query.

        ``all_words``: every word must be there. ``exact``: as spelt, no forms or variants. ``variants``:
        also other names; without them no synonyms either. ``since`` and ``until``: days, both included.
        ``snippets``: excerpts for each hit, at most. ``fold``: put near-copies under the best of them;
        ``limit`` and ``offset`` count what is left. ``facets``: count all hits by source, language and day.
        ``recent``: raise documents of about the newest day of the index, or of the day ``as_of``. Where
        nothing matches, ``Results.relaxed`` answers a wider query.
        """
        began, latest = time.perf_counter(), time.thread_time() + MAX_RELAXING_S
        parsed = self.parse(query, all_words=all_words, exact=exact)
        filters = filters_of(since=since, until=until, source=source, language=language)
        recency = Recency(as_of=last_day(as_of) or self._newest_day) if recent or as_of else None
        view = View(fold=fold, facets=facets, recency=recency)
        variants = variants and not exact
        expand = partial(self._asked, variants=variants, synonyms=synonyms)
        expanded = expand(narrowed(parsed.query, filters), strict=all_words)
        limit, offset = max(0, min(limit, MAX_LIMIT)), max(0, min(offset, MAX_LIMIT))
        top = self._ranked(expanded, limit=limit, offset=offset, sort=sort, view=view)
        wider = None
        if not top.total and top.total_is_exact:  # else it is not known that there is nothing
            view = replace(view, facets=False)
            wider = self._relaxed(
                parsed,
                filters,
                limit=limit,
                snippets=snippets,
                sort=sort,
                view=view,
                expand=expand,
                latest=latest,
            )
        return Results(
            query=query,
            interpreted=parsed.interpreted,
            hits=self._hits(top.docs, expanded.query, offset, snippets),
            total_folded=top.total_folded,
            facets=top.facets,
            relaxed=wider,
            total=top.total,
            total_is_exact=top.total_is_exact,
            total_all_words=top.total_all_words,
            expansions=expanded.expansions,
            warnings=(*parsed.warnings, *expanded.warnings, *(() if top.total_is_exact else (CUT_SHORT,))),
            suggestion=better_query(parsed, expanded, self.searcher) if not top.total_all_words else None,
            took_ms=round(1000 * (time.perf_counter() - began), 3),
        )

    def parse(self, query: str, *, all_words: bool = False, exact: bool = False) -> Parsed:
        """Read typed text; ``UsageError`` if it is empty."""
        parsed = parse(query, all_words=all_words, exact=exact)
        if parsed.is_empty:
            raise UsageError("the query is empty; type a word, as in: searchidx query prisoner exchange")
        return parsed

    def variants(self, query: str) -> tuple[Expansion, ...]:
        """Give what would be added to the words of a query."""
        return self._expand(self.parse(query).query).expansions

    def expanded(self, query: str, *, exact: bool = False) -> Query:
        """Give the tree an engine is asked for a query, to highlight it in a document."""
        return self._expand(self.parse(query, exact=exact).query, variants=not exact).query

    def similar(self, doc_id: str, *, limit: int = 10, snippets: int = 1) -> Results:
        """Find the documents most like one, without it and its near-copies; of near-copies, the best one.

        ``UsageError`` if there is no document of that id.
        """
        from searchidx.similar import find_similar, query_of, telling_words  # few ask for it

        began = time.perf_counter()
        document = self.required(doc_id)
        words = telling_words(document, self.searcher, self.searcher.doc_count())
        query = query_of(words, self.searcher, self.aliases())
        limit = max(0, min(limit, MAX_LIMIT))
        top, docs = find_similar(document, query, self.searcher, limit=limit)
        return Results(
            query=doc_id,
            interpreted=" OR ".join(word.text for word in words),
            hits=self._hits(docs, query, 0, snippets),
            total=max(0, top.total - 1),
            total_is_exact=top.total_is_exact,
            total_all_words=0,
            warnings=() if words else (NOTHING_TELLING,),
            took_ms=round(1000 * (time.perf_counter() - began), 3),
        )

    def suggest(self, prefix: str, *, limit: int = 10) -> tuple[Suggestion, ...]:
        """Give titles, names and frequent phrases with a word that begins as typed, best first."""
        from searchidx.suggest.lookup import complete  # few ask for it

        with self._turn:
            if self._documents is None:
                self._documents = DocumentsReader(self.generation.folder)
        return complete(
            prefix,
            self._documents.completions,
            documents=self.searcher.doc_count(),
            doc_frequency=lambda term: max(self.searcher.doc_frequency(name, term) for name in TEXT_FIELDS),
            limit=min(limit, MAX_LIMIT),
        )

    def marks(
        self, document: CleanDocument, query: str, *, field: str = "body", exact: bool = False
    ) -> tuple[Span, ...]:
        """Give the stretches of a document's body or title that answer a query, apart and in order."""
        text, tree = getattr(document, field), self.expanded(query, exact=exact)
        marks = marks_in(text, tree, field, self.rules, language=stem_language(document.language))
        return joined([(mark.start, mark.end) for mark in marks])

    def required(self, doc_id: str) -> CleanDocument:
        """Give a stored document; ``UsageError`` if there is none of that id."""
        document = self.document(doc_id)
        if document is None:
            raise UsageError(f"no document has the id {doc_id!r}; searchidx query shows the ids of its hits")
        return document

    def document(self, doc_id: str) -> CleanDocument | None:
        """Give a stored document; None if there is none of that id."""
        return next(iter(self.searcher.fetch([doc_id])), None)

    def aliases(self) -> AliasTable:
        """Give the shipped names and the user's."""
        if self._aliases is None:
            table = shipped()
            for path in alias_files(self._settings, self.generation.facts.get("roots")):
                with_user_file(table, path)
            learned = learned_file(self._settings, self.generation.folder.parent)
            if learned.is_file():
                from searchidx.names.learned import with_learned  # few have any

                with_learned(table, learned)
            self._aliases = table  # only when it is whole: threads may ask at once
        return self._aliases

    def close(self) -> None:
        """Let go of files and of the generation."""
        if self._documents:
            self._documents.close()
        self.searcher.close()

    def __enter__(self) -> "Index":
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()

    def _expand(
        self, query: Query, *, variants: bool = True, synonyms: bool = True, strict: bool = False
    ) -> Expanded:
        words = shipped_synonyms() if synonyms else NO_SYNONYMS
        return expand_query(query, self.searcher, self.aliases(), words, variants=variants, strict=strict)

    def _asked(self, query: Query, *, variants: bool, synonyms: bool, strict: bool = False) -> Expanded:
        expanded = self._expand(query, variants=variants, synonyms=synonyms, strict=strict)
        return cut(expanded, self.searcher, self.searcher.doc_count())

    def _ranked(
        self, expanded: Expanded, *, limit: int, offset: int, sort: Sort, view: View = PLAIN
    ) -> TopDocs:
        """Give a page of what the engine found; the first documents are put in order by their neighbours.

        How many of them are looked at does not depend on the page, so that pages never overlap.
        """
        is_ranked = sort == "relevance" and limit > 0 and offset < SMOOTHING.pool
        is_ranked = is_ranked and len(scored_groups(expanded.query)) >= SMOOTHING.least_words
        top = self.searcher.search(
            expanded.query,
            limit=max(SMOOTHING.pool, limit + offset) if is_ranked else limit,
            offset=0 if is_ranked else offset,
            sort=sort,
            all_words=expanded.all_words,
            scoring=RECIPE,
            view=view,
        )
        if not is_ranked:
            return top
        docs, clusters = unfolded(top.docs)
        best, rest = docs[: SMOOTHING.pool], docs[SMOOTHING.pool :]
        if len(best) >= SMOOTHING.least and best[0].score > 0:
            bags = self._bags.of([doc.doc_id for doc in best])
            scores = smoothed([doc.score for doc in best], bags, SMOOTHING)
            new = (replace(doc, score=score) for doc, score in zip(best, scores, strict=True))
            best = sorted(new, key=lambda doc: (-doc.score, doc.doc_id))
        return replace(top, docs=tuple(folded((*best, *rest), clusters)[offset : offset + limit]))

    def _hits(self, docs: Sequence[ScoredDoc], query: Query, offset: int, snippets: int) -> tuple[Hit, ...]:
        made = make_hits(docs, query, self.searcher, self.rules, first_rank=offset + 1, snippets=snippets)
        return tuple(made)

    def _relaxed(
        self,
        parsed: Parsed,
        filters: Sequence[Query],
        *,
        limit: int,
        snippets: int,
        sort: Sort,
        view: View,
        expand: Callable[[Query], Expanded],
        latest: float,
    ) -> Relaxed | None:
        """Answer the narrowest wider query that finds anything; None if there is none."""
        for wider in relaxations(parsed.query, filters):
            if time.thread_time() > latest:
                break
            expanded = expand(wider.query)
            top = self._ranked(expanded, limit=limit, offset=0, sort=sort, view=view)
            if top.total:
                return Relaxed(
                    interpreted=wider.interpreted,
                    note=wider.note(top.total),
                    mark=wider.mark,
                    keeps_filters=wider.keeps_filters,
                    total=top.total,
                    hits=self._hits(top.docs, expanded.query, 0, snippets),
                )
        return None

    @cached_property
    def _newest_day(self) -> str:
        days = (stats.term for stats in self.searcher.terms(PUBLISHED))
        return max(filter(is_day, days), default="")


def learned_file(settings: Settings, index: Path) -> Path:
    """Give the file of learned names: the one in the settings, else one beside the index folder.

    No reindex touches it in either place.
    """
    if settings.learned:
        return Path(settings.learned)
    folder = index.absolute()
    return folder.with_name(f"{folder.name}.learned.jsonl")


def alias_files(settings: Settings, roots: object) -> list[Path]:
    """Give the user's alias files: the one in the settings, else those in or beside the corpus folders."""
    if settings.aliases:
        return [Path(settings.aliases)]
    folders = [Path(str(root)) for root in roots] if isinstance(roots, list) else []
    places = dict.fromkeys(place / "aliases.txt" for folder in folders for place in (folder.parent, folder))
    return [path for path in places if path.is_file()]
