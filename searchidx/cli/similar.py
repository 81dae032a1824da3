"""``searchidx similar``: the articles most like one."""

import click

from searchidx.answers import results_dict, to_json
from searchidx.cli.options import color_option, index_option, json_option, open_index
from searchidx.cli.render import render_similar
from searchidx.cli.screen import open_screen, write_line


@click.command("similar")
@click.argument("doc_id")
@click.option("-n", "--limit", default=10, show_default=True, type=click.IntRange(0), help="Hits to show.")
@index_option
@json_option
@color_option
def similar_command(doc_id: str, limit: int, index_folder: str | None, as_json: bool, color: str) -> int:
    """Show the documents most like the document DOC_ID.

    It is compared by its most telling words. It and its near-copies are left out, and of near-copies
    among the others the best one is shown.
    """
    with open_index(index_folder) as index:
        results = index.similar(doc_id, limit=limit)
    if as_json:
        write_line(to_json(results_dict(results)))
    else:
        for line in render_similar(results, open_screen(color)):
            write_line(line)
    return 0 if results.hits else 1
