"""Measure answers against judgements: nDCG@10, MAP, Recall@100, P@5.

In: a run (query -> ranked ids) and TREC judgements (query -> relevant ids). Out: means over the
judged queries. Relevance is binary, as in the formulas of Järvelin & Kekäläinen 2002 (nDCG) and
Voorhees & Harman 2005 (MAP); a query without a judged document does not count.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path

from searchidx.errors import SettingsError

DEPTH = 1000  # of MAP


def ndcg(ranked: Sequence[str], relevant: Set[str], *, depth: int = 10) -> float:
    """Give the discounted gain of the first ``depth`` ids over the best there could be.

    >>> ndcg(["a", "b"], {"b"})
    0.6309297535714575
    """
    gain = sum(1 / math.log2(rank + 1) for rank, doc_id in enumerate(ranked[:depth], 1) if doc_id in relevant)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(depth, len(relevant)) + 1))
    return gain / best if best else 0.0


def average_precision(ranked: Sequence[str], relevant: Set[str]) -> float:
    """Give the mean, over the relevant ids, of the precision where each is found."""
    found, total = 0, 0.0
    for rank, doc_id in enumerate(ranked[:DEPTH], 1):
        if doc_id in relevant:
            found += 1
            total += found / rank
    return total / len(relevant) if relevant else 0.0


def recall(ranked: Sequence[str], relevant: Set[str], *, depth: int = 100) -> float:
    """Give the share of the relevant ids among the first ``depth``."""
    return len(relevant & set(ranked[:depth])) / len(relevant) if relevant else 0.0


def precision(ranked: Sequence[str], relevant: Set[str], *, depth: int = 5) -> float:
    """Give the share of relevant ids among the first ``depth``."""
    return len(relevant & set(ranked[:depth])) / depth


def evaluate(run: Mapping[str, Sequence[str]], judgements: Mapping[str, Set[str]]) -> dict[str, float]:
    """Give the means over the judged queries of a run."""
    judged = [(run.get(query, ()), relevant) for query, relevant in judgements.items() if relevant]
    if not judged:
        return {"queries": 0, "ndcg10": 0.0, "map": 0.0, "recall100": 0.0, "p5": 0.0}
    count = len(judged)
    return {
        "queries": count,
        "ndcg10": sum(ndcg(ranked, relevant) for ranked, relevant in judged) / count,
        "map": sum(average_precision(ranked, relevant) for ranked, relevant in judged) / count,
        "recall100": sum(recall(ranked, relevant) for ranked, relevant in judged) / count,
        "p5": sum(precision(ranked, relevant) for ranked, relevant in judged) / count,
    }


def read_queries(path: Path) -> dict[str, str]:
    """Read JSONL rows {"id", "query"} (or "text")."""
    queries: dict[str, str] = {}
    for number, line in enumerate(_lines(path), 1):
        try:
            row = json.loads(line)
            queries[str(row["id"])] = str(row["query"] if "query" in row else row["text"])
        except (ValueError, KeyError, TypeError) as error:
            raise SettingsError(f"{path}, line {number}: not an object with id and query") from error
    return queries


def read_judgements(path: Path) -> dict[str, set[str]]:
    """Read TREC judgements: query, a column that is not used, document, grade."""
    judgements: dict[str, set[str]] = {}
    for number, line in enumerate(_lines(path), 1):
        columns = line.split()
        if len(columns) != 4 or not columns[3].lstrip("-").isdecimal():
            raise SettingsError(f"{path}, line {number}: not query, 0, document, grade")
        found = judgements.setdefault(columns[0], set())
        if int(columns[3]) > 0:
            found.add(columns[2])
    return judgements


def _lines(path: Path) -> Iterable[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
