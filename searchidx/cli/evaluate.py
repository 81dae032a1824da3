"""``searchidx eval``: measure the answers on judged queries, or compare two runs."""

import math
from pathlib import Path
from typing import Any

import click

from searchidx.answers import to_json
from searchidx.cli.options import index_option, json_option, open_index
from searchidx.cli.screen import printable, write_line
from searchidx.errors import UsageError
from searchidx.evaluation import (
    DEPTH,
    Comparison,
    compare,
    evaluate,
    ndcg,
    read_judgements,
    read_queries,
    read_run,
)

TITLES = (("ndcg10", "nDCG@10"), ("map", "MAP"), ("recall100", "Recall@100"), ("p5", "P@5"))


@click.command("eval")
@click.option("--queries", metavar="Q.jsonl", help='Rows {"id", "query"}.')
@click.option("--qrels", required=True, metavar="QRELS", help="TREC judgements.")
@click.option(
    "--compare",
    "runs",
    nargs=2,
    metavar="RUN_A RUN_B",
    help="Compare two TREC runs (batch --trec) query by query instead; needs no index.",
)
@click.option("--per-query", is_flag=True, help="Also the nDCG@10 of each query, the worst first.")
@index_option
@json_option
def eval_command(
    queries: str | None,
    qrels: str,
    runs: tuple[str, str] | None,
    per_query: bool,
    index_folder: str | None,
    as_json: bool,
) -> int:
    """Measure nDCG@10, MAP, Recall@100 and P@5 on the current index, or compare two runs."""
    judgements = read_judgements(Path(qrels))
    asked = read_queries(Path(queries)) if queries else None
    if asked is not None:
        judgements = {name: relevant for name, relevant in judgements.items() if name in asked}
    if runs:
        return _compare(runs, judgements, as_json=as_json)
    if asked is None:
        raise UsageError("eval wants --queries Q.jsonl to ask, or --compare RUN_A RUN_B")
    run: dict[str, list[str]] = {}
    with open_index(index_folder) as index:
        for name, query in asked.items():
            try:
                results = index.search(query, limit=DEPTH, snippets=0)
            except UsageError:
                continue  # an empty query finds nothing, and counts so
            run[name] = [hit.doc_id for hit in results.hits]
    figures = evaluate(run, judgements)
    each = {name: ndcg(run.get(name, ()), relevant) for name, relevant in judgements.items() if relevant}
    each = dict(sorted(each.items(), key=lambda item: (item[1], item[0]))) if per_query else {}
    if as_json:
        answer: dict[str, Any] = {name: round(value, 6) for name, value in figures.items()}
        if per_query:
            answer["per_query"] = [{"id": name, "ndcg10": round(value, 6)} for name, value in each.items()]
        write_line(to_json(answer))
    else:
        write_line(f"{figures['queries']:.0f} judged queries")
        for name, title in TITLES:
            write_line(f"  {title:<10} {figures[name]:.3f}")
        for name, value in each.items():
            write_line(f"  {value:.3f}  {printable(name)}")
    return 0 if figures["queries"] else 1


def _compare(runs: tuple[str, str], judgements: dict[str, set[str]], *, as_json: bool) -> int:
    one, other = (read_run(Path(run)) for run in runs)
    found = compare(one, other, judgements)
    figures = (evaluate(one, judgements), evaluate(other, judgements))
    if as_json:
        write_line(to_json(_comparison_dict(found, figures)))
    else:
        write_line(f"{len(found.queries)} judged queries; A: {printable(runs[0])}, B: {printable(runs[1])}")
        for name, title in TITLES:
            before, after = (some[name] for some in figures)
            write_line(f"  {title:<10} {before:.3f} -> {after:.3f}  {after - before:+.3f}")
        same = len(found.queries) - found.better - found.worse
        write_line(
            f"nDCG@10 of B: {found.better} better, {found.worse} worse, {same} the same; {_verdict(found)}"
        )
        for query, (before, after) in found.queries.items():
            if before != after:
                write_line(f"  {after - before:+.3f}  {before:.3f} -> {after:.3f}  {printable(query)}")
    return 0 if found.queries else 1


def _verdict(found: Comparison) -> str:
    error = "" if math.isnan(found.standard_error) else f" ± {found.standard_error:.3f}"
    return f"{found.difference:+.3f}{error} (standard error), p = {found.p:.3f}"


def _comparison_dict(found: Comparison, figures: tuple[dict[str, float], ...]) -> dict[str, Any]:
    a, b = ({name: round(value, 6) for name, value in some.items()} for some in figures)
    return {
        "queries": len(found.queries),
        "a": a,
        "b": b,
        "difference": round(found.difference, 6),
        "standard_error": None if math.isnan(found.standard_error) else round(found.standard_error, 6),
        "p": found.p,
        "better": found.better,
        "worse": found.worse,
        "per_query": [
            {"id": query, "a": round(before, 6), "b": round(after, 6), "difference": round(after - before, 6)}
            for query, (before, after) in found.queries.items()
        ],
    }
