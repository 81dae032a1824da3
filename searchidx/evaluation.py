"""Measure answers against judgements: nDCG@10, MAP, Recall@100, P@5.

In: a run (query -> ranked ids) and TREC judgements (query -> relevant ids). Out: means over the judged
queries, and how two runs differ by query. Relevance is binary, as in the formulas of Järvelin &
Kekäläinen 2002 (nDCG) and Voorhees & Harman 2005 (MAP); a query without a judged document does not count.
"""

import json
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from searchidx.errors import SettingsError

DEPTH = 1000  # of MAP
SHUFFLES = 10_000  # of the paired test: a p of .05 is then told to within .004


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How a second run differs from a first one: nDCG@10 of each judged query, and what it amounts to."""

    queries: Mapping[str, tuple[float, float]]  # the largest rises first, the largest falls last
    difference: float  # of the means
    standard_error: float  # of the difference, paired by query; nan for fewer than two queries
    p: float  # how often chance alone would make as large a difference

    @property
    def better(self) -> int:
        """The number of queries that the second run answers better."""
        return sum(after > before for before, after in self.queries.values())

    @property
    def worse(self) -> int:
        """The number of queries that the second run answers worse."""
        return sum(after < before for before, after in self.queries.values())


def compare(
    one: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]], judgements: Mapping[str, Set[str]]
) -> Comparison:
    """Compare two runs query by query; what a run does not answer counts as nothing found.

    The test is the paired randomisation test (Smucker, Allan & Carterette 2007): how often is a difference
    as large where a coin decides for each query which run was which? Always the same coins.
    """
    scores = {
        query: (ndcg(one.get(query, ()), relevant), ndcg(other.get(query, ()), relevant))
        for query, relevant in judgements.items()
        if relevant
    }
    ordered = dict(sorted(scores.items(), key=lambda item: (item[1][0] - item[1][1], item[0])))
    gaps = [after - before for before, after in ordered.values()]
    count = len(gaps)
    if not count:
        return Comparison(queries={}, difference=0.0, standard_error=math.nan, p=1.0)
    mean = sum(gaps) / count
    square = sum((gap - mean) ** 2 for gap in gaps)
    return Comparison(
        queries=ordered,
        difference=mean,
        standard_error=math.sqrt(square / (count - 1) / count) if count > 1 else math.nan,
        p=_chance([gap for gap in gaps if gap], abs(sum(gaps))),
    )


def _chance(gaps: Sequence[float], reached: float) -> float:
    """Give the share of shuffles in which the signs of ``gaps`` make a sum of at least ``reached``."""
    coins = random.Random(1)  # noqa: S311  # nothing secret
    reached -= 1e-9  # sums in another order differ in their last digits
    every = sum(gaps)
    as_large = 0
    for _ in range(SHUFFLES):
        heads = coins.getrandbits(len(gaps)) if gaps else 0
        turned = sum(gap for at, gap in enumerate(gaps) if heads >> at & 1)
        as_large += abs(every - 2 * turned) >= reached
    return as_large / SHUFFLES


def read_run(path: Path) -> dict[str, list[str]]:
    """Read a TREC run, as ``batch --trec`` writes it: query, Q0, document, rank, score, name."""
    found: dict[str, list[tuple[float, int, str]]] = defaultdict(list)
    for number, line in enumerate(_lines(path), 1):
        try:
            query, _, document, rank, score, _ = line.split()
            found[query].append((-float(score), int(rank), document))
        except ValueError as error:
            raise SettingsError(
                f"{path}, line {number}: not query, Q0, document, rank, score, name"
            ) from error
    return {query: [document for _, _, document in sorted(rows)] for query, rows in found.items()}


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
