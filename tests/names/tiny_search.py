"""A search over a few texts in memory, the whole way from typed words to documents."""

from collections.abc import Sequence

from searchidx.analysis import SentenceRules, index_document
from searchidx.backends.memory import MemoryBackend, MemorySearcher
from searchidx.names import AliasTable, shipped
from searchidx.query.expansion import Expanded, expand_query
from searchidx.query.parser import parse
from searchidx.query.synonyms import Synonyms
from searchidx.ranking.recipe import RECIPE
from searchidx.types import CleanDocument

SHIPPED = shipped()


def searcher(texts: Sequence[str]) -> MemorySearcher:
    """Index texts; the text of a document is its id."""
    backend = MemoryBackend()
    with backend.rebuild() as writer:
        for text in dict.fromkeys(texts):
            document = CleanDocument(
                doc_id=text, path="a.txt", raw=text, body=text, kind="body", language="en"
            )
            writer.put(index_document(document, SentenceRules()))
    return backend.searcher()


def expanded(query: str, texts: Sequence[str], table: AliasTable = SHIPPED, **options: bool) -> Expanded:
    """Give what is asked of an index of some texts."""
    return expand_query(parse(query).query, searcher(texts), table, Synonyms(), **options)


def found(query: str, texts: Sequence[str], table: AliasTable = SHIPPED, **options: bool) -> list[str]:
    """Give the texts that hold all words of a query, best first."""
    asked = expanded(query, texts, table, **options)
    top = searcher(texts).search(asked.query, limit=100, all_words=asked.all_words, scoring=RECIPE)
    return [scored.doc_id for scored in top.docs if scored.matches_all]


def added(query: str, texts: Sequence[str], table: AliasTable = SHIPPED, **options: bool) -> set[str]:
    """Give what was added to the words of a query."""
    asked = expanded(query, texts, table, **options)
    return {other.term for expansion in asked.expansions for other in expansion.added}
