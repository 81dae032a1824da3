"""``searchidx eval``: measure the answers on judged queries."""

from pathlib import Path

import click

from searchidx.answers import to_json
from searchidx.cli.options import index_option, json_option, open_index
from searchidx.cli.screen import write_line
from searchidx.errors import UsageError
from searchidx.evaluation import DEPTH, evaluate, read_judgements, read_queries


@click.command("eval")
@click.option("--queries", required=True, metavar="Q.jsonl", help='Rows {"id", "query"}.')
@click.option("--qrels", required=True, metavar="QRELS", help="TREC judgements.")
@index_option
@json_option
def eval_command(queries: str, qrels: str, index_folder: str | None, as_json: bool) -> int:
    """Measure nDCG@10, MAP, Recall@100 and P@5 on the current index."""
    asked, judgements = read_queries(Path(queries)), read_judgements(Path(qrels))
    run: dict[str, list[str]] = {}
    with open_index(index_folder) as index:
        for name, query in asked.items():
            try:
                results = index.search(query, limit=DEPTH, snippets=0)
            except UsageError:
                continue  # an empty query finds nothing, and counts so
            run[name] = [hit.doc_id for hit in results.hits]
    figures = evaluate(run, {name: relevant for name, relevant in judgements.items() if name in asked})
    if as_json:
        write_line(to_json({name: round(value, 6) for name, value in figures.items()}))
    else:
        write_line(f"{figures['queries']:.0f} judged queries")
        for name, title in (
            ("ndcg10", "nDCG@10"),
            ("map", "MAP"),
            ("recall100", "Recall@100"),
            ("p5", "P@5"),
        ):
            write_line(f"  {title:<10} {figures[name]:.3f}")
    return 0 if figures["queries"] else 1
