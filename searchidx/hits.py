"""Turn a page of documents found into hits: what a reader sees of each.

In: scored documents and the tree an engine was asked. Out: ``Hit`` values with excerpts. Only the documents
of the page are read; of the near-copies folded under one, the titles alone.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from searchidx.analysis import SentenceRules
from searchidx.backends import IndexSearcher
from searchidx.query.nodes import Query
from searchidx.snippets import make_snippets
from searchidx.types import Hit, ScoredDoc, Snippet, Span


def make_hits(
    docs: Sequence[ScoredDoc],
    query: Query,
    searcher: IndexSearcher,
    rules: SentenceRules,
    *,
    first_rank: int,
    snippets: int,
) -> Iterator[Hit]:
    """Yield the hits of a page; ``snippets``: excerpts for each, at most."""
    stored = {document.doc_id: document for document in searcher.fetch([doc.doc_id for doc in docs])}
    copies = [copy.doc_id for doc in docs for copy in doc.copies]
    headings = {one.doc_id: one for one in searcher.headings(copies)} if copies else {}
    for rank, scored in enumerate(docs, first_rank):
        document = stored[scored.doc_id]
        excerpts: tuple[Snippet, ...] = ()
        title: tuple[Span, ...] = ()
        if snippets:
            where = partial(searcher.positions, scored.doc_id)
            excerpts, title = make_snippets(document, query, rules, limit=snippets, where=where)
        yield Hit(
            rank=rank,
            doc_id=document.doc_id,
            path=document.path,
            title=document.title,
            source=document.source,
            byline=document.byline,
            published=document.published,
            language=document.language,
            url=document.url,
            score=scored.score,
            matches_all=scored.matches_all,
            snippets=excerpts,
            title_highlights=title,
            cluster=document.cluster,
            similar=tuple(headings[copy.doc_id] for copy in scored.copies),
        )
