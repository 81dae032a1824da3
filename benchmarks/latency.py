"""Ask an open index all kinds of questions and say how long the answers take, and what ranking costs of it.

    python benchmarks/latency.py [--documents 20000] [--queries 40] [--corpus DIR] [--work DIR] [--write-docs]

What is measured: ``Index.search`` with ten hits and their snippets, in one process on one open index, each
query once and no two the same, after ``WARM_UP`` others. ``wall_ms`` and ``cpu_ms``: percentiles over all
queries, drawn by the shares in ``MIX``, and for each kind. ``most_cpu_s``, ``most_mb``: the dearest single
query, in processor time and in memory above what the process held before it (Linux only). ``vs_fts5``: the
middle times of kinds that SQLite's FTS5 knows, ours by its own: the same text with Porter stems, ten hits
with its snippets, on the disk, asked in turn. ``vs_plain``: the middle processor times of ranking by those
of BM25F alone, on the same index with the same groups of terms, in turn; for short queries, of up to three
words, and for long ones.

How it can be wrong: the articles are made up (see corpus.py) with some names of places and public figures
put in, unless --corpus names real ones (JSONL). Words are drawn from articles, so common ones are asked for
more often than people ask. FTS5 knows no names, forms or closeness. On a busy machine only processor times
and ratios mean anything.

Prints one JSON line.
"""

import argparse
import gc
import json
import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from children import ROOT, machine, write_docs
from corpus import ARTICLES_A_FILE, articles
from indexing import read

from searchidx import Index, search
from searchidx.backends.bm25f import Bm25f
from searchidx.query.expansion import expand_query
from searchidx.query.synonyms import shipped_synonyms
from searchidx.ranking.recipe import RECIPE, SMOOTHING

# In which share a kind stands for what is asked: people type a word or two, programs and habits the rest.
MIX = {
    "one word": 16,
    "two words": 25,
    "three words": 18,
    "name": 8,
    "name in Cyrillic": 4,
    "phrase": 6,
    "headline": 4,
    "NEAR": 3,
    "same sentence": 2,
    "prefix": 4,
    "fuzzy": 2,
    "paste of 50 words": 3,
    "with dates": 3,
    "NOT": 2,
}
NAMES = (
    ("Kyiv", "Kiev", "Київ", "Киев"),
    ("Kharkiv", "Kharkov", "Харків", "Харьков"),
    ("Odesa", "Odessa", "Одеса", "Одесса"),
    ("Lviv", "Lvov", "Львів", "Львов"),
    ("Zelenskyy", "Zelensky", "Зеленський", "Зеленский"),
    ("Lavrov", "Lawrow", "Лавров", "Lavrow"),
    ("Guterres", "Guterres", "Гутерриш", "Гутерреш"),
    ("Ankara", "Ankara", "Анкара", "Анкара"),
)
WARM_UP = 30
BY_FTS5 = ("one word", "two words", "three words", "phrase", "headline", "prefix", "paste of 50 words")
SHORT = ("one word", "two words", "three words", "name")
LONG = ("headline", "paste of 50 words")
DOCUMENT = ROOT / "docs" / "ranking.md"
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a query took: milliseconds of the clock and of the processor, megabytes above those held."""

    wall_ms: float
    cpu_ms: float
    mb: float


def write_corpus(folder: Path, count: int) -> None:
    """Write made-up articles with some names in them."""
    chance = random.Random(3)
    rows = articles(count)
    for number in range(0, count, ARTICLES_A_FILE):
        with (folder / f"{number:07}.jsonl").open("w", encoding="utf-8") as file:
            for _, row in zip(range(ARTICLES_A_FILE), rows, strict=False):
                named = [chance.choice(chance.choice(NAMES)) for _ in range(chance.randint(0, 4))]
                body = f"{row['body']} " + " ".join(f"It was said in {name}." for name in named)
                file.write(json.dumps(row | {"body": body}, ensure_ascii=False) + "\n")


def questions(texts: Sequence[dict[str, str]], each: int, seed: int = 1) -> dict[str, list[str]]:
    """Draw ``each`` different queries of every kind from some articles."""
    chance = random.Random(seed)

    def words(count: int) -> list[str]:
        drawn: list[str] = []
        while len(drawn) < count:
            drawn = _WORD.findall(chance.choice(texts)["body"])
        at = chance.randrange(len(drawn) - count + 1)
        return [word.lower() for word in drawn[at : at + count]]

    def apart(count: int) -> str:
        return " ".join(words(60)[:: 60 // count][:count])

    def name(at: slice) -> str:
        return " ".join(chance.choice(one[at]) for one in chance.sample(NAMES, chance.randint(1, 2)))

    makers: dict[str, Callable[[], str]] = {
        "one word": lambda: apart(1),
        "two words": lambda: apart(2),
        "three words": lambda: apart(3),
        "name": lambda: f"{name(slice(2))} {chance.choice(['', apart(1)])}",
        "name in Cyrillic": lambda: f"{name(slice(2, None))} {chance.choice(['', apart(1)])}",
        "phrase": lambda: '"' + " ".join(words(2)) + '"',
        "headline": lambda: chance.choice(texts)["title"],
        "NEAR": lambda: " NEAR/8 ".join(words(20)[::10]),
        "same sentence": lambda: " /s ".join(words(6)[::5]),
        "prefix": lambda: words(1)[0][:4] + "*",
        "fuzzy": lambda: words(1)[0] + "~",
        "paste of 50 words": lambda: " ".join(words(50)),
        "with dates": lambda: f"{apart(2)} since:2025-{chance.randint(1, 9):02}",
        "NOT": lambda: f"{apart(2)} NOT {apart(1)}",
    }
    made: dict[str, list[str]] = {}
    for kind, make in makers.items():
        found: dict[str, None] = {}
        for _ in range(20 * each):  # there are only so many names
            if len(found) < each:
                found[make().strip()] = None
        made[kind] = list(found)
    return made


def measured(ask: Callable[[], object]) -> Cost:
    """Run something once."""
    before = _memory_mb("VmRSS", reset=True)
    cpu, wall = time.process_time(), time.perf_counter()
    ask()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Cost(1000 * wall, 1000 * cpu, max(0.0, _memory_mb("VmHWM") - before))


def _memory_mb(key: str, *, reset: bool = False) -> float:
    """Give a figure of /proc; ``reset`` forgets the peak. Elsewhere 0."""
    try:
        if reset:
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(status.split(f"{key}:")[1].split()[0]) / 1024


def fts5(path: Path, corpus: Path) -> Callable[[str], object]:
    """Put a corpus into FTS5 as its manual shows; give what answers a query of it."""
    table = sqlite3.connect(path)
    table.execute("create virtual table t using fts5(id unindexed, title, body, tokenize='porter unicode61')")
    rows = ((row["id"], row["title"], row["body"]) for row in read(corpus))
    table.executemany("insert into t values(?, ?, ?)", rows)
    table.commit()
    sql = "select id, title, snippet(t, 2, '[', ']', '…', 30) from t where t match ? order by rank limit 10"

    def ask(query: str) -> object:
        words = re.findall(r"\w+", query)
        if query.startswith('"'):
            asked = f'"{" ".join(words)}"'
        else:
            asked = " OR ".join(f'"{word}"' + "*" * query.endswith("*") for word in words)
        return table.execute(sql, (asked,)).fetchall()

    return ask


@contextmanager
def ranked_by(recipe: Bm25f, least_words: int) -> Iterator[None]:
    """Let all searches use another recipe for a while."""
    vars(search).update(RECIPE=recipe, SMOOTHING=replace(SMOOTHING, least_words=least_words))
    try:
        yield
    finally:
        vars(search).update(RECIPE=RECIPE, SMOOTHING=SMOOTHING)


def ranking_cost(index: Index, queries: Sequence[str]) -> float:
    """Give the middle of the times of ranking by those of BM25F alone: the same groups, the best ten."""
    plain = replace(RECIPE, pair_weight=0.0)
    spent: dict[bool, list[float]] = {True: [], False: []}
    for turn, query in enumerate(queries * 3):
        asked = index.parse(query).query
        expanded = expand_query(asked, index.searcher, index.aliases(), shipped_synonyms())
        for is_whole in (True, False) if turn % 2 else (False, True):
            recipe, least = (RECIPE, SMOOTHING.least_words) if is_whole else (plain, 1 << 30)
            with ranked_by(recipe, least):
                cost = measured(partial(index._ranked, expanded, limit=10, offset=0, sort="relevance"))
            spent[is_whole].append(cost.cpu_ms)
    return statistics.median(spent[True]) / statistics.median(spent[False])


def percentiles(costs: Sequence[float]) -> dict[str, float]:
    """Give the middle, the highest of 95 and 99 in 100, and the highest."""
    cuts = statistics.quantiles(costs, n=100, method="inclusive")
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": max(costs)}


def drawn_by_share(costs: dict[str, list[Cost]]) -> list[Cost]:
    """Repeat the costs of each kind so that the kinds stand in the shares of ``MIX``."""
    return [one for kind, some in costs.items() for one in some * round(1000 * MIX[kind] / len(some))]


def measure(index: Index, peer: Callable[[str], object], asked: dict[str, list[str]]) -> dict[str, object]:
    """Ask everything in mixed order."""
    order = [(kind, query) for kind, some in asked.items() for query in some]
    random.Random(2).shuffle(order)
    for kind, query in order[:WARM_UP]:
        index.search(query)
        if kind in BY_FTS5:
            peer(query)
    costs: dict[str, list[Cost]] = {kind: [] for kind in asked}
    theirs: list[tuple[float, float]] = []
    gc.collect()
    for kind, query in order[WARM_UP:]:
        costs[kind].append(measured(partial(index.search, query)))
        if kind in BY_FTS5:
            other = measured(partial(peer, query))
            theirs.append((costs[kind][-1].wall_ms, other.wall_ms))
    every = drawn_by_share(costs)
    return {
        "wall_ms": percentiles([one.wall_ms for one in every]),
        "cpu_ms": percentiles([one.cpu_ms for one in every]),
        "kinds": {kind: percentiles([one.wall_ms for one in some]) for kind, some in costs.items()},
        "most_cpu_s": max(one.cpu_ms for one in every) / 1000,
        "most_mb": max(one.mb for one in every),
        "vs_fts5": statistics.median(a for a, _ in theirs) / statistics.median(b for _, b in theirs),
        "vs_plain": {
            "short": ranking_cost(index, [query for kind in SHORT for query in asked[kind]]),
            "long": ranking_cost(index, [query for kind in LONG for query in asked[kind]]),
        },
    }


def table(figures: dict[str, object]) -> str:
    """Draw the figures for the document."""
    wall, kinds, cost = figures["wall_ms"], figures["kinds"], figures["vs_plain"]
    assert isinstance(wall, dict)
    assert isinstance(kinds, dict)
    assert isinstance(cost, dict)
    made = "made-up articles" if figures["made_up"] else "articles"
    rows = {"all, by their shares": wall} | kinds
    return "\n".join(
        (
            f"{figures['documents']:,} {made}, ten hits with snippets, one open index; {figures['machine']}.",
            f"Ranking takes {cost['short']:.2f} times the processor time of BM25F alone for queries of up to",
            f"three words, and {cost['long']:.2f} times for headlines and pasted texts. One of a kind that",
            f"SQLite's FTS5 knows takes {figures['vs_fts5']:.2f} times as long as there, in the middle.",
            "Milliseconds:",
            "",
            "| Queries | share | p50 | p95 | p99 | most |",
            "|---|---|---|---|---|---|",
            *(
                f"| {kind} | {f'{MIX[kind]} %' if kind in MIX else ''} | "
                + " | ".join(f"{one[at]:.1f}" for at in ("p50", "p95", "p99", "max"))
                + " |"
                for kind, one in rows.items()
            ),
        )
    )


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=40, help="of each kind")
    parser.add_argument("--corpus", type=Path, help="a folder of JSONL files instead of made-up articles")
    parser.add_argument("--work", type=Path, help="keep the index there for the next time")
    parser.add_argument("--write-docs", action="store_true", help="put the table into docs/ranking.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = options.work or Path(scratch)
        corpus = options.corpus or work / "corpus"
        if not corpus.exists():
            corpus.mkdir(parents=True)
            write_corpus(corpus, options.documents)
        texts = list(read(corpus))
        asked = questions(random.Random(1).sample(texts, min(2_000, len(texts))), options.queries)
        peer = fts5(Path(scratch) / "fts5", corpus)
        with Index.build(corpus, work / "index") as index:
            figures: dict[str, object] = {
                "benchmark": "latency",
                "documents": index.searcher.doc_count(),
                "queries": sum(map(len, asked.values())),
                "made_up": options.corpus is None,
                "machine": machine(),
            } | measure(index, peer, asked)
    print(json.dumps(figures))
    if options.write_docs:
        write_docs("latency.py", table(figures), document=DOCUMENT)


if __name__ == "__main__":
    main()
