"""Choose the constants of the ranking, each collection left out in turn.

    python benchmarks/tune.py COLLECTIONS [--work DIR] [--limit N] [--set pair_weight=0,.1,.2] ...

COLLECTIONS: a folder of folders with docs.jsonl (id, title, text), queries.jsonl (id, text) and qrels.txt
(TREC). None comes with searchidx: most may be used for research only. Each is indexed as clean text.
``--set`` names a constant of ``Bm25f`` or ``Smoothing`` (``title``, ``b_title``, ``b_body`` stand for those
of the fields) and its values; one at a time is changed, starting from ``ranking.recipe``, and the best value
is kept for the next one. This is done once on all collections but one, for each one, and the setting so
found is measured on the one left out: ``held_out`` is what to expect of new collections. ``chosen`` says in
how many of the turns each value won; one that wins in few is noise. ``recipe``: with the constants in use.

How it can be wrong: collections are few and small, and the queries of some were looked at before; a
difference below twice the standard error of a collection is none. Prints one JSON line.
"""

import argparse
import json
import re
import statistics
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from searchidx import Index, search
from searchidx.backends.bm25f import Bm25f
from searchidx.evaluation import ndcg, read_judgements
from searchidx.ranking.neighbours import Smoothing
from searchidx.ranking.recipe import RECIPE, SMOOTHING

DEFAULT_GRID = (
    "pair_weight=0,.05,.1,.2",
    "share=0,.1,.2,.3",
    "title=1,2,2.5,3",
    "b_body=.5,.6,.7",
    "k1=.9,1.2,1.5",
)
OF_FIELDS = {"title": ("weights", "title"), "b_title": ("b", "title"), "b_body": ("b", "body")}

Setting = tuple[Bm25f, Smoothing]


@dataclass(slots=True)
class Judged:
    """A collection with an index of it, and what was measured so far."""

    name: str
    index: Index
    queries: dict[str, str]
    relevant: dict[str, set[str]]
    known: dict[str, float] = field(default_factory=dict)

    def score(self, setting: Setting) -> float:
        """Give the mean nDCG@10 with a setting."""
        key = repr(setting)
        if key not in self.known:
            vars(search).update(RECIPE=setting[0], SMOOTHING=setting[1])
            try:
                self.known[key] = statistics.fmean(self._scores())
            finally:
                vars(search).update(RECIPE=RECIPE, SMOOTHING=SMOOTHING)
        return self.known[key]

    def _scores(self) -> Iterator[float]:
        for name, text in self.queries.items():
            found = self.index.search(text, limit=10, snippets=0).hits
            yield ndcg([hit.doc_id for hit in found], self.relevant[name])


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Read the objects of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def prepare(folder: Path, work: Path, limit: int | None) -> Judged:
    """Index a collection, as title and clean text."""
    corpus = work / "corpus" / folder.name
    corpus.mkdir(parents=True, exist_ok=True)
    documents = {row["id"]: row for row in reversed(list(read(folder / "docs.jsonl")))}
    with (corpus / "documents.jsonl").open("w", encoding="utf-8") as file:
        for row in documents.values():
            line = {"id": row["id"], "title": row.get("title") or "", "body": row["text"]}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    relevant = {name: some for name, some in read_judgements(folder / "qrels.txt").items() if some}
    queries = {
        row["id"]: " ".join(re.findall(r"\w+", row["text"].lower()))  # their signs are no operators
        for row in read(folder / "queries.jsonl")
        if row["id"] in relevant
    }
    index = Index.build(corpus, work / "index" / folder.name)
    return Judged(folder.name, index, dict(list(queries.items())[:limit]), relevant)


def changed(setting: Setting, name: str, value: float) -> Setting:
    """Give a setting with another value of one constant."""
    recipe, smoothing = setting
    if name in OF_FIELDS:
        mapping, key = OF_FIELDS[name]
        return _with(recipe, mapping, {**getattr(recipe, mapping), key: value}), smoothing
    if any(one.name == name for one in fields(recipe)):
        return _with(recipe, name, value), smoothing
    if any(one.name == name for one in fields(smoothing)):
        return recipe, _with(smoothing, name, value)
    raise SystemExit(f"no constant is called {name}")


def _with(part: Any, name: str, value: Any) -> Any:
    """Give a copy of some settings with one changed; whole numbers stay whole."""
    return replace(part, **{name: int(value) if isinstance(getattr(part, name), int) else value})


def mean(collections: Iterable[Judged], setting: Setting) -> float:
    """Give the mean over collections, large or small."""
    return statistics.fmean(collection.score(setting) for collection in collections)


def tune(collections: list[Judged], grid: Mapping[str, list[float]]) -> tuple[Setting, dict[str, float]]:
    """Choose one constant after the other; a value in use is left only for a better one."""
    setting: Setting = (RECIPE, SMOOTHING)
    chosen = {}
    for name, values in grid.items():
        best, at = mean(collections, setting), setting
        for value in values:
            tried = changed(setting, name, value)
            if (reached := mean(collections, tried)) > best:
                best, at = reached, tried
                chosen[name] = value
        setting = at
    return setting, chosen


def main() -> None:
    """Read the arguments, tune, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("collections", type=Path)
    parser.add_argument("--work", type=Path, help="keep the indexes there for the next time")
    parser.add_argument("--limit", type=int, help="queries of each collection, to try things")
    parser.add_argument("--set", action="append", dest="grid", help="a constant and its values")
    options = parser.parse_args()
    grid = {}
    for text in options.grid or DEFAULT_GRID:
        name, _, values = text.partition("=")
        grid[name] = [float(value) for value in values.split(",")]
    with tempfile.TemporaryDirectory() as scratch:
        work = options.work or Path(scratch)
        folders = sorted(path.parent for path in options.collections.glob("*/qrels.txt"))
        judged = [prepare(folder, work, options.limit) for folder in folders]
        if len(judged) < 2:
            parser.error("two collections at least are needed to leave one out")
        held_out, votes = {}, Counter[str]()
        for left_out in judged:
            setting, chosen = tune([one for one in judged if one is not left_out], grid)
            held_out[left_out.name] = left_out.score(setting)
            votes.update(f"{name}={chosen.get(name, 'as it is')}" for name in grid)
        recipe = {one.name: one.score((RECIPE, SMOOTHING)) for one in judged}
        for one in judged:
            one.index.close()
    for scores in (recipe, held_out):
        scores["macro"] = statistics.fmean(scores.values())
    print(json.dumps({"recipe": recipe, "held_out": held_out, "chosen": dict(sorted(votes.items()))}))


if __name__ == "__main__":
    main()
