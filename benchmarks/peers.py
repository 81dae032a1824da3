"""Other engines, each used as its manual shows, for the benchmarks of ranking.

In: documents (id, title, body). Out: a function from the words of a query to ids, best first. The same
text for all: title and body in one field, English stems, any word matches. What is not installed is left
out; FTS5 comes with Python.
"""

import re
import sqlite3
from collections.abc import Callable, Sequence
from importlib.util import find_spec

Document = tuple[str, str, str]
Search = Callable[[str], list[str]]


def installed() -> list[str]:
    """Name the engines that are here."""
    return [name for name, needs in NEEDS.items() if all(map(find_spec, needs))]


def fts5(documents: Sequence[Document], depth: int) -> Search:
    """SQLite FTS5 with its Porter stemmer, in memory."""
    table = sqlite3.connect(":memory:")
    table.execute("create virtual table t using fts5(id unindexed, text, tokenize='porter unicode61')")
    rows = ((name, f"{title}\n{body}") for name, title, body in documents)
    table.executemany("insert into t values(?, ?)", rows)

    def search(words: str) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in dict.fromkeys(re.findall(r"\w+", words)))
        found = table.execute("select id from t where t match ? order by rank limit ?", (asked, depth))
        return [name for (name,) in found] if asked else []

    return search


def tantivy(documents: Sequence[Document], depth: int) -> Search:
    """Tantivy with its English stemmer, in memory."""
    import tantivy as engine

    schema = engine.SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw")
    schema.add_text_field("text", tokenizer_name="en_stem")
    index = engine.Index(schema.build())
    writer = index.writer(num_threads=1)
    for name, title, body in documents:
        writer.add_document(engine.Document(id=[name], text=[f"{title}\n{body}"]))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(words: str) -> list[str]:
        query = index.parse_query(" ".join(re.findall(r"\w+", words.lower())), ["text"])
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(query, depth).hits]

    return search


def bm25s(documents: Sequence[Document], depth: int) -> Search:
    """Bm25s with Robertson's weights and its English stop list."""
    import bm25s as engine
    from Stemmer import Stemmer

    settings = {"stopwords": "en", "stemmer": Stemmer("english"), "show_progress": False}
    texts = [f"{title}\n{body}" for _, title, body in documents]
    ranker = engine.BM25(method="robertson", k1=1.5, b=0.75)
    ranker.index(engine.tokenize(texts, **settings), show_progress=False)

    def search(words: str) -> list[str]:
        terms = engine.tokenize([words], return_ids=False, **settings)
        found, scores = ranker.retrieve(terms, k=min(depth, len(texts)), show_progress=False)
        return [documents[at][0] for at, score in zip(found[0], scores[0], strict=True) if score > 0]

    return search


NEEDS = {"bm25s": ("bm25s", "Stemmer"), "tantivy": ("tantivy",), "fts5": ("sqlite3",)}
ENGINES: dict[str, Callable[[Sequence[Document], int], Search]] = {
    "bm25s": bm25s,
    "tantivy": tantivy,
    "fts5": fts5,
}
