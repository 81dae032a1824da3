"""Choose the constants of the ranking, each collection left out in turn.

    python benchmarks/tune.py COLLECTIONS [--queries 60] [--minutes 20] [--set share=0,.1] [--write-docs]

COLLECTIONS: a folder as ``judged.py`` wants it. ``--queries`` of each are drawn, always the same (0: all).
``--set`` names a constant of ``Bm25f`` or ``Smoothing`` (``title``, ``b_title``, ``b_body`` stand for those
of the fields, ``neighbours`` for the pool of ``Smoothing``, ``synonyms`` for their weight) and its values;
one at a time is changed, starting from ``ranking.recipe``, and the best value is kept for the next one.
This is done on all collections but one, for each one, and the setting so found is measured on the one left
out: ``held_out`` is what to expect of new collections. A value in use is left only for one that is better
by ``LEAST_GAIN``. ``chosen`` says in how many of the turns each value won; one that wins in few is noise.
``recipe``: with the constants in use. ``peers``: the other engines that are installed, on the same queries.
``alone``: what each value gives by itself, on average. When ``--minutes`` are over, values not yet looked
at are passed over, and ``is_whole`` says so.

How it can be wrong: collections are few and small, and the queries of some were looked at before; a
difference below twice the standard error of a collection is none. Prints one JSON line.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import peers
from children import ROOT, write_docs
from judged import Judged, Setting, collections, prepare

from searchidx.evaluation import ndcg

DEFAULT_GRID = (
    "pair_weight=0,.05,.1,.2,.3",
    "share=0,.1,.2,.3",
    "least_words=3,5,8",
    "title=1,2,2.5,3.5",
    "b_body=.5,.6,.7",
    "k1=.9,1.2,1.5",
    "synonyms=0,.25,.5",
)
OF_FIELDS = {"title": ("weights", "title"), "b_title": ("b", "title"), "b_body": ("b", "body")}
LEAST_GAIN = 0.002  # of the mean; less is chance, and would only move constants about
DOCUMENT = ROOT / "docs" / "ranking.md"


class Clock:
    """Says when to stop looking at more."""

    def __init__(self, minutes: float) -> None:
        self.end = time.monotonic() + 60 * minutes
        self.was_late = False

    @property
    def is_over(self) -> bool:
        """Whether the time is over; remembers that somebody was told so."""
        self.was_late = self.was_late or time.monotonic() > self.end
        return self.was_late


def changed(setting: Setting, name: str, value: float) -> Setting:
    """Give a setting with another value of one constant."""
    recipe, smoothing, _ = setting
    if name == "synonyms":
        return setting._replace(synonyms=value)
    if name in OF_FIELDS:
        mapping, key = OF_FIELDS[name]
        return setting._replace(recipe=_with(recipe, mapping, {**getattr(recipe, mapping), key: value}))
    if any(one.name == name for one in fields(smoothing)) and name != "pool":
        return setting._replace(smoothing=_with(smoothing, name, value))
    if name == "neighbours":  # both have a pool
        return setting._replace(smoothing=_with(smoothing, "pool", value))
    if any(one.name == name for one in fields(recipe)):
        return setting._replace(recipe=_with(recipe, name, value))
    raise SystemExit(f"no constant is called {name}")


def _with(part: Any, name: str, value: Any) -> Any:
    """Give a copy of some settings with one changed; whole numbers stay whole."""
    return replace(part, **{name: int(value) if isinstance(getattr(part, name), int) else value})


def mean(collections: Iterable[Judged], setting: Setting) -> float:
    """Give the mean over collections, large or small."""
    return statistics.fmean(collection.score(setting) for collection in collections)


def tune(
    some: list[Judged], grid: Mapping[str, list[float]], clock: Clock
) -> tuple[Setting, dict[str, float]]:
    """Choose one constant after the other; a value in use is left only for a better one."""
    setting = Setting()
    chosen = {}
    for name, values in grid.items():
        best, at = mean(some, setting) + LEAST_GAIN, setting
        for value in values:
            if clock.is_over:
                break
            tried = changed(setting, name, value)
            if (reached := mean(some, tried)) > best:
                best, at = reached, tried
                chosen[name] = value
        setting = at
    return setting, chosen


def peer_scores(collection: Judged) -> dict[str, float]:
    """Give the mean nDCG@10 of the other engines."""
    scores = {}
    for name in peers.installed():
        search = peers.ENGINES[name](collection.documents, 10)
        scores[name] = statistics.fmean(
            ndcg(search(text), collection.relevant[query]) for query, text in collection.queries.items()
        )
    return scores


def table(figures: Mapping[str, Any]) -> str:
    """Draw the figures for the document."""
    columns = [*figures["peers"], "recipe", "held_out"]
    heads = [*figures["peers"], "as it is", "held out"]
    scores = {**figures["peers"], "recipe": figures["recipe"], "held_out": figures["held_out"]}
    lines = [
        f"nDCG@10 on {figures['queries']} queries of each collection, or all where there are fewer.",
        "Held out: with constants chosen on the other collections.",
        "",
        f"| Collection | {' | '.join(heads)} |",
        "|---" * (len(heads) + 1) + "|",
    ]
    lines += [
        f"| {name} | " + " | ".join(f"{scores[one][name]:.3f}" for one in columns) + " |"
        for name in figures["recipe"]
    ]
    lines += ["", "The mean over all collections with one constant changed:", "", "| Constant | values |"]
    lines.append("|---|---|")
    for name, values in figures["alone"].items():
        shown = ", ".join(f"{value}: {reached:.4f}" for value, reached in values.items())
        lines.append(f"| `{name}` | {shown} |")
    return "\n".join(lines)


def main() -> None:
    """Read the arguments, tune, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("collections", type=Path)
    parser.add_argument("--work", type=Path, help="keep the indexes there for the next time")
    parser.add_argument("--queries", type=int, default=60, help="of each collection; 0: all")
    parser.add_argument("--minutes", type=float, default=20.0, help="the time after which to stop")
    parser.add_argument("--set", action="append", dest="grid", help="a constant and its values")
    parser.add_argument("--write-docs", action="store_true", help="put the table into docs/ranking.md")
    options = parser.parse_args()
    clock = Clock(options.minutes)
    grid = {}
    for text in options.grid or DEFAULT_GRID:
        name, _, values = text.partition("=")
        grid[name] = [float(value) for value in values.split(",")]
    with tempfile.TemporaryDirectory() as scratch:
        work = options.work or Path(scratch)
        folders = collections(options.collections)
        judged = [prepare(folder, work, options.queries or None) for folder in folders]
        if len(judged) < 2:
            parser.error("two collections at least are needed to leave one out")
        theirs = {one.name: peer_scores(one) for one in judged}
        recipe = {one.name: one.score(Setting()) for one in judged}
        alone = {
            name: {
                value: mean(judged, changed(Setting(), name, value)) for value in values if not clock.is_over
            }
            for name, values in grid.items()
        }
        held_out, votes = {}, Counter[str]()
        for left_out in judged:
            setting, chosen = tune([one for one in judged if one is not left_out], grid, clock)
            held_out[left_out.name] = left_out.score(setting)
            votes.update(f"{name}={chosen.get(name, 'as it is')}" for name in grid)
        for one in judged:
            one.index.close()
    by_peer = {name: {one: theirs[one][name] for one in theirs} for name in peers.installed()}
    for scores in (recipe, held_out, *by_peer.values()):
        scores["macro"] = statistics.fmean(scores.values())
    figures = {
        "benchmark": "tune",
        "queries": options.queries or "all",
        "is_whole": not clock.was_late,
        "recipe": recipe,
        "held_out": held_out,
        "peers": by_peer,
        "chosen": dict(sorted(votes.items())),
        "alone": alone,
    }
    print(json.dumps(figures))
    if options.write_docs and clock.was_late:
        print("not whole: the document is left as it is", file=sys.stderr)
    elif options.write_docs:
        write_docs("tune.py", table(figures), document=DOCUMENT)


if __name__ == "__main__":
    main()
