"""Ask one question in a fresh process, next to a process that does nothing.

    python benchmarks/cold_query.py [--documents 5000] [--rounds 15] [--corpus DIR] [--write-docs]

What is measured: ``python -m searchidx query --json WORDS`` from its start to its end, against ``python
-c pass``, in turn. The words go from common to rare, one and two of them. Reported are medians over all
rounds of wall time and of processor time, and the ratio of each: how many times an empty process an
answer takes.

How it can be wrong: the files are in the page cache and Python's byte code is compiled, as after a
first query of the day; the first one is slower. The articles are made up (see corpus.py) unless
--corpus names real ones, and names and aliases have nothing to do in made-up ones. An index of more
than 64 MB is checked once, in a round that does not count; up to that size its sums are part of every
query. The ratio says nothing of a resident process.

Prints one JSON line.
"""

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

from children import Cost, machine, medians, run, write_docs
from corpus import query_words, write
from indexing import as_clean, read, size_mb

QUERIES = 6


def words_of(corpus: Path) -> list[str]:
    """Give words of real articles, from common to rare."""
    counts = Counter(
        word for article in read(corpus) for word in set(re.findall(r"[a-z]{4,}", article["body"].lower()))
    )
    ranked = [word for word, count in counts.most_common() if count > 1]
    return [ranked[int(len(ranked) ** (step / QUERIES))] for step in range(QUERIES)]


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--corpus", type=Path, help="a folder of JSONL files instead of made-up articles")
    parser.add_argument("--write-docs", action="store_true", help="put the table into docs/engines.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        corpus, index = work / "corpus", work / "index"
        corpus.mkdir()
        if options.corpus:
            as_clean(options.corpus, corpus)
            words = words_of(corpus)
        else:
            write(corpus, options.documents)
            words = query_words(QUERIES)
        documents = sum(1 for _ in read(corpus))
        queries = [*words, *(f"{one} {other}" for one, other in pairwise(words))]
        python = [sys.executable, "-m", "searchidx"]
        environment = {"XDG_CACHE_HOME": str(work / "cache")}
        run([*python, "reindex", str(corpus), "--index", str(index), "--quiet"], work, environment)
        index_mb = size_mb(index)
        answers: list[Cost] = []
        nothing: list[Cost] = []
        for number in range(-1, options.rounds):
            for query in queries:
                empty = run([sys.executable, "-c", "pass"], work, environment)
                asked = run([*python, "query", "--index", str(index), "--json", query], work, environment)
                if number >= 0:  # the first round fills caches
                    nothing.append(empty)
                    answers.append(asked)
    asked, empty = medians(answers), medians(nothing)
    figures = {
        "benchmark": "cold_query",
        "documents": documents,
        "index_mb": round(index_mb, 1),
        "queries": len(queries),
        "rounds": options.rounds,
        "made_up": options.corpus is None,
        "wall_ms": {"query": round(1000 * asked.wall_s, 1), "pass": round(1000 * empty.wall_s, 1)},
        "cpu_ms": {"query": round(1000 * asked.cpu_s, 1), "pass": round(1000 * empty.cpu_s, 1)},
        "ratio": {
            "wall": round(asked.wall_s / empty.wall_s, 2),
            "cpu": round(asked.cpu_s / empty.cpu_s, 2),
        },
        "peak_mb": round(asked.peak_mb),
        "machine": machine(),
        "measures": "a cold query --json against python -c pass, in turn; medians over rounds and queries",
        "can_be_wrong": "warm page cache; made-up words unless --corpus; see the docstring",
    }
    print(json.dumps(figures))
    if options.write_docs:
        write_docs("cold_query.py", table(figures))


def table(figures: dict[str, object]) -> str:
    """Draw the ratios for the document."""
    ratio = figures["ratio"]
    assert isinstance(ratio, dict)
    made = "made-up articles" if figures["made_up"] else "articles"
    lines = [
        f"{figures['documents']:,} {made}, an index of {figures['index_mb']} MB;",
        f"{figures['queries']} queries, {figures['rounds']} rounds in turn, medians; {figures['machine']}.",
        "",
        "| A cold query takes | times an empty Python process |",
        "|---|---|",
        f"| wall time | {ratio['wall']:.1f} |",
        f"| processor time | {ratio['cpu']:.1f} |",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
