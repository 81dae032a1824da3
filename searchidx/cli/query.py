"""``searchidx query``: one answer, or one for each line of stdin.

What draws an answer is imported when the index is open: the answer is as of the moment of the call.
"""

import sys
from typing import TYPE_CHECKING, Any

import click

from searchidx.cli.options import color_option, index_option, json_option, open_index, query_options
from searchidx.errors import SearchidxError, UsageError

if TYPE_CHECKING:
    from searchidx.search import Index
    from searchidx.types import Results


@click.command("query")
@click.argument("words", nargs=-1)
@click.option("-n", "--limit", default=10, show_default=True, type=click.IntRange(0), help="Hits to show.")
@query_options
@index_option
@json_option
@color_option
@click.option(
    "--fold/--expand",
    " /--no-fold",
    default=None,
    help="Put near-copies under the best of them, or show each (default: fold, but not in JSON).",
)
@click.option("--facets", is_flag=True, help="Also count all hits by source, language and date.")
@click.option("--timeline", is_flag=True, help="Show when the hits were published instead of the hits.")
@click.option("--explain", is_flag=True, help="Also print how the query was read.")
@click.option("--stdin", "from_stdin", is_flag=True, help="Answer each line of stdin with a line of JSON.")
@click.option("--reopen", is_flag=True, help="With --stdin: open the index anew for each query.")
def query_command(
    words: tuple[str, ...],
    index_folder: str | None,
    as_json: bool,
    color: str,
    fold: bool | None,
    timeline: bool,
    explain: bool,
    from_stdin: bool,
    reopen: bool,
    **options: Any,
) -> int:
    """Show the documents that best answer WORDS."""
    settings = search_options(options)
    settings["fold"] = not (as_json or from_stdin) if fold is None else fold
    if timeline:
        settings |= {"facets": True, "limit": 0}
    if from_stdin:
        if timeline:
            raise UsageError("--timeline is for one query; with --stdin take --facets")
        return _answer_lines(index_folder, settings, reopen=reopen)
    if not words:
        raise UsageError("no query given, as in: searchidx query prisoner exchange")
    with open_index(index_folder) as index:
        results = index.search(" ".join(words), **settings)
    from searchidx.cli.screen import open_screen, write_line

    if as_json:
        write_line(_json(results, timeline=timeline))
    else:
        from searchidx.cli.render import render_results

        if explain:
            write_line(f"read as: {results.interpreted}")
        for line in render_results(results, open_screen(color), timeline=timeline):
            write_line(line)
    return 0 if results.hits or (results.total and not settings["limit"]) else 1


def _json(results: "Results", *, timeline: bool) -> str:
    from searchidx.answers import results_dict, timeline_dict, to_json
    from searchidx.timeline import make_timeline

    if timeline and results.facets:
        return to_json(timeline_dict(results, make_timeline(results.facets)))
    return to_json(results_dict(results))


def search_options(options: dict[str, Any]) -> dict[str, Any]:
    """Turn the options of the command line into those of ``Index.search``."""
    found = dict(options)
    return {"variants": not found.pop("no_variants"), "synonyms": not found.pop("no_synonyms"), **found}


def _answer_lines(index_folder: str | None, settings: dict[str, Any], *, reopen: bool) -> int:
    """Answer a line at a time on one open index; a row that fails says so and the next one is read."""
    index = open_index(index_folder)
    from searchidx.answers import to_json
    from searchidx.cli.screen import write_line

    try:
        for line in sys.stdin.buffer:
            if reopen:
                index.close()
                index = open_index(index_folder)
            write_line(to_json(_answer(index, line.decode("utf-8", "replace").rstrip("\r\n"), settings)))
    finally:
        index.close()
    return 0


def _answer(index: "Index", query: str, settings: dict[str, Any]) -> dict[str, object]:
    from searchidx.answers import results_dict

    try:
        return results_dict(index.search(query, **settings))
    except SearchidxError as error:
        return {"query": query, "error": str(error)}
