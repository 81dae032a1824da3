"""Judged collections: read, indexed, and searched with any constants without doing the same work twice.

In: a folder of folders with docs.jsonl (id, title, text), queries.jsonl (id, text) and qrels.txt (TREC).
Out: ``Judged``, which gives nDCG@10 with a setting. None comes with searchidx: most may be used for research
only. What a query's words lead to is looked up once; the best documents and what close words add to them
once for each setting of BM25F; neighbours once for each order of documents.
"""

import json
import random
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from searchidx import Index
from searchidx.backends.bm25f import Bm25f
from searchidx.backends.closeness import scored_groups
from searchidx.evaluation import ndcg, read_judgements
from searchidx.query.expansion import expand_query
from searchidx.query.nodes import Query
from searchidx.query.synonyms import Synonyms, shipped_synonyms
from searchidx.ranking.neighbours import Smoothing, smoothed
from searchidx.ranking.rarest import cut
from searchidx.ranking.recipe import RECIPE, SMOOTHING

POOL = 100  # documents kept of each query: no setting looks at more


class Setting(NamedTuple):
    """The constants of a ranking."""

    recipe: Bm25f = RECIPE
    smoothing: Smoothing = SMOOTHING
    synonyms: float = shipped_synonyms().weight  # 0: none


class Found(NamedTuple):
    """The best documents of a query by their words, and what close words would add at a weight of 1."""

    doc_ids: tuple[str, ...]
    scores: tuple[float, ...]
    close: tuple[float, ...]
    words: int


@dataclass(slots=True)
class Judged:
    """A collection with an index of it, and what was measured so far."""

    name: str
    index: Index
    documents: list[tuple[str, str, str]]
    queries: dict[str, str]
    relevant: dict[str, set[str]]
    _known: dict[str, float] = field(default_factory=dict)
    _expanded: dict[tuple[str, float], Query] = field(default_factory=dict)
    _found: dict[str, dict[str, Found]] = field(default_factory=dict)

    def score(self, setting: Setting) -> float:
        """Give the mean nDCG@10 with a setting."""
        key = repr(setting)
        if key not in self._known:
            self._known[key] = statistics.fmean(self.scores(setting).values())
        return self._known[key]

    def scores(self, setting: Setting) -> dict[str, float]:
        """Give nDCG@10 of each query."""
        found = self._best(setting)
        return {
            name: ndcg(self._ranked(found[name], setting)[:10], self.relevant[name]) for name in self.queries
        }

    def _best(self, setting: Setting) -> dict[str, Found]:
        plain = replace(setting.recipe, pair_weight=0.0, pool=POOL)
        key = repr((plain, setting.synonyms))
        if key not in self._found:
            self._found[key] = {name: self._find(name, plain, setting.synonyms) for name in self.queries}
        return self._found[key]

    def _find(self, name: str, plain: Bm25f, synonyms: float) -> Found:
        query = self._query(name, synonyms)
        search = self.index.searcher.search
        docs = search(query, limit=POOL, scoring=plain).docs
        more = search(query, limit=2 * POOL, scoring=replace(plain, pair_weight=1.0)).docs
        close = {doc.doc_id: doc.score for doc in more}
        return Found(
            tuple(doc.doc_id for doc in docs),
            tuple(doc.score for doc in docs),
            tuple(close[doc.doc_id] - doc.score for doc in docs),
            len(scored_groups(query)),
        )

    def _query(self, name: str, weight: float) -> Query:
        if (name, weight) not in self._expanded:
            shipped = shipped_synonyms()
            synonyms = replace(shipped, weight=weight) if weight else Synonyms()
            asked = self.index.parse(self.queries[name]).query
            expanded = expand_query(asked, self.index.searcher, self.index.aliases(), synonyms)
            cut_down = cut(expanded, self.index.searcher, self.index.searcher.doc_count())
            self._expanded[name, weight] = cut_down.query
        return self._expanded[name, weight]

    def _ranked(self, found: Found, setting: Setting) -> list[str]:
        """Do as ``Index.search`` does with what the engine found."""
        recipe, smoothing = setting.recipe, setting.smoothing
        scored = [
            (score + recipe.pair_weight * close * (at < recipe.pool), doc_id)
            for at, (doc_id, score, close) in enumerate(
                zip(found.doc_ids, found.scores, found.close, strict=True)
            )
        ]
        scored.sort(key=lambda one: (-one[0], one[1]))
        best = scored[: smoothing.pool]
        if found.words >= smoothing.least_words and len(best) >= smoothing.least and best[0][0] > 0:
            bags = self.index._bags.of([doc_id for _, doc_id in best])
            new = smoothed([score for score, _ in best], bags, smoothing)
            best = [(score, doc_id) for score, (_, doc_id) in zip(new, best, strict=True)]
            best.sort(key=lambda one: (-one[0], one[1]))
        return [doc_id for _, doc_id in (*best, *scored[smoothing.pool :])]


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Read the objects of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def prepare(folder: Path, work: Path, queries: int | None = None, seed: int = 1) -> Judged:
    """Index a collection, as title and clean text, and draw some of its judged queries, or take all."""
    corpus = work / "corpus" / folder.name
    corpus.mkdir(parents=True, exist_ok=True)
    rows = {row["id"]: row for row in reversed(list(read(folder / "docs.jsonl")))}
    documents = [(name, row.get("title") or "", _body(row)) for name, row in rows.items()]
    with (corpus / "documents.jsonl").open("w", encoding="utf-8") as file:
        for name, title, body in documents:
            file.write(json.dumps({"id": name, "title": title, "body": body}, ensure_ascii=False) + "\n")
    relevant = {name: some for name, some in read_judgements(folder / "qrels.txt").items() if some}
    asked = {
        row["id"]: " ".join(re.findall(r"\w+", row["text"].lower()))  # their signs are no operators
        for row in read(folder / "queries.jsonl")
        if row["id"] in relevant
    }
    if queries is not None and queries < len(asked):
        asked = {name: asked[name] for name in random.Random(seed).sample(sorted(asked), queries)}
    index = Index.build(corpus, work / "index" / folder.name)
    return Judged(folder.name, index, documents, asked, relevant)


def _body(row: dict[str, Any]) -> str:
    """Give a document's text and, where there are any, its keywords and author."""
    author = row.get("author") if "keywords" in row else None
    return "\n".join(part for part in (row["text"], row.get("keywords"), author) if part)


def collections(folder: Path) -> list[Path]:
    """Give the folders of the collections in a folder."""
    return sorted(path.parent for path in folder.glob("*/qrels.txt"))
