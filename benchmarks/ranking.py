"""Rank judged collections with the default settings, beside other engines in one run.

    python benchmarks/ranking.py COLLECTIONS [--queries N] [--work DIR] [--write-docs]

What is measured: nDCG@10, MAP and Recall@100 of ``Index.search``, and of each engine of ``peers.py`` that is
installed, over all judged queries of each collection (``judged.py`` says how they are read), and the means
over collections. ``vs``: the mean difference in nDCG@10 from each of the others by query, with its paired
standard error: below two of these it is a tie. ``zero_hits``: the share of queries without a hit.

How it can be wrong: collections are few, small and old, and queries whole sentences; the constants were
chosen on six of them. A document counts as right or wrong, whatever its grade. The other engines are used
as their manuals show; each could be tuned, too. Nothing here sees names, dates or duplicates.

Prints one JSON line.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import peers
from children import ROOT, write_docs
from judged import Judged, collections, prepare

from searchidx.evaluation import compare, evaluate

DEPTH = 1000
OURS = "searchidx"
DOCUMENT = ROOT / "docs" / "ranking.md"
Run = dict[str, Sequence[str]]


def runs_of(collection: Judged) -> dict[str, Run]:
    """Ask all queries of a collection, of searchidx and of the others."""
    asked = collection.queries
    found: dict[str, Run] = {OURS: {}}
    for name, text in asked.items():
        hits = collection.index.search(text, limit=DEPTH, snippets=0).hits
        found[OURS][name] = [hit.doc_id for hit in hits]
    for peer in peers.installed():
        search = peers.ENGINES[peer](collection.documents, DEPTH)
        found[peer] = {name: search(text) for name, text in asked.items()}
    return found


def score(collection: Judged) -> dict[str, Any]:
    """Give the figures of one collection."""
    relevant = {name: collection.relevant[name] for name in collection.queries}
    runs = runs_of(collection)
    figures: dict[str, Any] = {name: evaluate(run, relevant) for name, run in runs.items()}
    figures["vs"] = {}
    for peer in runs.keys() - {OURS}:
        found = compare(runs[peer], runs[OURS], relevant)
        figures["vs"][peer] = {"difference": found.difference, "standard_error": found.standard_error}
    figures["zero_hits"] = statistics.fmean(not run for run in runs[OURS].values())
    return figures


def means(scored: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Give the means over collections, large or small, of each engine."""
    engines = [name for name in next(iter(scored.values())) if name not in ("vs", "zero_hits")]
    return {
        engine: {
            metric: statistics.fmean(figures[engine][metric] for figures in scored.values())
            for metric in ("ndcg10", "map", "recall100", "p5")
        }
        for engine in engines
    }


def table(figures: Mapping[str, Any]) -> str:
    """Draw nDCG@10 for the document, with the distance from the best of the others."""
    engines = list(figures["macro"])
    others = [engine for engine in engines if engine != OURS]
    lines = [
        "nDCG@10 over all judged queries. The last column: the difference from the best of the others on a",
        "collection, with its paired standard error; less than two of these is a tie.",
        "",
        f"| Collection | queries | {' | '.join(engines)} | beside the best |",
        "|---" * (len(engines) + 3) + "|",
    ]
    for name, scored in figures["collections"].items():
        best = max(others, key=lambda peer: scored[peer]["ndcg10"])
        versus = scored["vs"][best]
        values = " | ".join(f"{scored[engine]['ndcg10']:.3f}" for engine in engines)
        beside = f"{versus['difference']:+.3f} ± {versus['standard_error']:.3f} ({best})"
        lines.append(f"| {name} | {scored[OURS]['queries']:.0f} | {values} | {beside} |")
    macro = figures["macro"]
    for title, metric in (("mean", "ndcg10"), ("mean of MAP", "map"), ("mean of Recall@100", "recall100")):
        best = max(others, key=lambda peer: macro[peer][metric])
        values = " | ".join(f"{macro[engine][metric]:.3f}" for engine in engines)
        lines.append(f"| {title} | | {values} | {macro[OURS][metric] - macro[best][metric]:+.3f} ({best}) |")
    return "\n".join(lines)


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("collections", type=Path)
    parser.add_argument("--work", type=Path, help="keep the indexes there for the next time")
    parser.add_argument("--queries", type=int, help="draw so many of each collection")
    parser.add_argument("--write-docs", action="store_true", help="put the table into docs/ranking.md")
    options = parser.parse_args()
    if len(peers.installed()) < len(peers.NEEDS):
        print(f"only these are installed: {', '.join(peers.installed())}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as scratch:
        scored = {}
        for folder in collections(options.collections):
            collection = prepare(folder, options.work or Path(scratch), options.queries)
            scored[collection.name] = score(collection)
            collection.index.close()
    figures = {"benchmark": "ranking", "collections": scored, "macro": means(scored)}
    print(json.dumps(figures))
    if options.write_docs:
        write_docs("ranking.py", table(figures), document=DOCUMENT)


if __name__ == "__main__":
    main()
