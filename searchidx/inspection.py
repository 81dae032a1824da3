"""Look at an index from the inside: what it holds, and whether documents are found by their own words.

In: an open generation. Out: facts for ``searchidx info`` and problems for ``searchidx verify --deep``.
"""

from collections import Counter
from collections.abc import Iterator

from searchidx import backends
from searchidx.analysis import BODY, LANGUAGE, PUBLISHED, SOURCE, TITLE, analyze
from searchidx.query.nodes import Alternative, And, AnyOf
from searchidx.ranking.recipe import RECIPE
from searchidx.search import Index
from searchidx.store.fingerprint import check_readable
from searchidx.store.generation import Generation

SAMPLED = 50  # documents looked for by their own words
WORDS_EACH = 8


def facts_of(index: Index) -> dict[str, object]:
    """Give what a person wants to know of an index."""
    generation, searcher = index.generation, index.searcher
    days = [stats.term for stats in searcher.terms(PUBLISHED)]
    return {
        "generation": generation.name,
        "made_by": generation.made_by,
        "backend": str(generation.facts.get("engine", "")),
        "documents": searcher.doc_count(),
        "dated": sum(stats.doc_frequency for stats in searcher.terms(PUBLISHED)),
        "first_day": days[0] if days else None,
        "last_day": days[-1] if days else None,
        "clusters": generation.facts.get("clusters", 0),
        "near_copies": generation.facts.get("near_copies", 0),
        "languages": {stats.term: stats.doc_frequency for stats in searcher.terms(LANGUAGE)},
        "source_words": sum(1 for _ in searcher.terms(SOURCE)),
        "terms": sum(1 for _ in searcher.terms(BODY)),
        "bytes": sum(file.size for file in generation.files.values()),
        "corpus": generation.facts.get("roots", []),
        "cleaned": generation.facts.get("cleaned", True),
    }


def inspect(generation: Generation) -> Iterator[str]:
    """Read every term and document and look for a sample of documents by their own words."""
    engine = backends.engine(str(generation.facts.get("engine", "whoosh")))
    check_readable(generation, engine)
    searcher = engine.open(generation.folder, names=generation.files)
    try:
        ids = list(searcher.doc_ids())
        if not len(ids) == searcher.doc_count() == generation.documents:
            held = searcher.doc_count()
            yield f"the manifest promises {generation.documents} documents, the engine holds {held}"
        for field in (TITLE, BODY):
            previous = ""
            for stats in searcher.terms(field):
                if not (previous < stats.term and 0 < stats.doc_frequency <= len(ids)):
                    yield f"the term {stats.term!r} of {field} is out of order or stands in no document"
                previous = stats.term
        for doc_id in ids[:: max(1, len(ids) // SAMPLED)]:
            documents = searcher.fetch([doc_id])
            words = Counter(token.term for token in analyze(documents[0].body)) if documents else Counter()
            wanted = [AnyOf((Alternative((term,)),)) for term, _ in words.most_common()[-WORDS_EACH:]]
            if not documents:
                yield f"the document {doc_id!r} can't be fetched"
            elif wanted:
                top = searcher.search(And(tuple(wanted)), limit=len(ids), scoring=RECIPE)
                if doc_id not in {doc.doc_id for doc in top.docs}:
                    yield f"the document {doc_id!r} is not found by its own words"
    finally:
        searcher.close()
