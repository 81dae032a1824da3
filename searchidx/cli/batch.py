"""``searchidx batch``: a file of queries, a row for each, whatever happens to one."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from searchidx.answers import results_dict, to_json
from searchidx.cli.options import index_option, open_index, query_options
from searchidx.cli.query import search_options
from searchidx.cli.screen import printable, write_line
from searchidx.errors import SearchidxError, StorageError
from searchidx.types import Results

CSV_COLUMNS = (
    "id",
    "query",
    "rank",
    "doc_id",
    "score",
    "matches_all",
    "title",
    "source",
    "published",
    "error",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A query of the file, or why it can't be read."""

    name: str
    query: str
    error: str = ""


@click.command("batch")
@click.argument("file")
@click.option(
    "-n", "--limit", default=100, show_default=True, type=click.IntRange(0), help="Hits for each query."
)
@click.option("--jsonl", "form", flag_value="jsonl", default="jsonl", help="An object a line (the default).")
@click.option("--csv", "form", flag_value="csv", help="A line a hit.")
@click.option("--trec", "form", flag_value="trec", help="A TREC run file.")
@click.option("--ids-only", is_flag=True, help="With --jsonl: hits are [doc_id, score], without snippets.")
@query_options
@index_option
def batch_command(file: str, form: str, ids_only: bool, index_folder: str | None, **options: Any) -> int:
    """Answer the queries of FILE (- for stdin): one a line, or JSONL {"id", "query"}."""
    settings = search_options(options)
    settings["snippets"] = 0 if ids_only or form != "jsonl" else 3
    found = 0
    with open_index(index_folder) as index:
        if form == "csv":
            write_line(_csv(CSV_COLUMNS))
        for row in _rows(_lines(file)):
            results = None
            error = row.error
            if not error:
                try:
                    results = index.search(row.query, **settings)
                except SearchidxError as problem:
                    error = str(problem)
            found += bool(results and results.hits)
            for line in _written(row, results, error, form=form, ids_only=ids_only):
                write_line(line)
    return 0 if found else 1


def _written(row: Row, results: Results | None, error: str, *, form: str, ids_only: bool) -> Iterator[str]:
    if form == "jsonl":
        answer = results_dict(results, ids_only=ids_only) if results else {"query": row.query, "error": error}
        yield to_json({"id": row.name, **answer})
    elif form == "csv":
        if results is None:
            yield _csv((row.name, row.query, *[""] * 7, error))
        for hit in results.hits if results else ():
            facts = (
                hit.rank,
                hit.doc_id,
                hit.score,
                hit.matches_all,
                hit.title,
                hit.source,
                hit.published or "",
                "",
            )
            yield _csv((row.name, row.query, *facts))
    else:
        if error:
            click.echo(f"searchidx: query {printable(row.name)}: {printable(error)}", err=True)
        for hit in results.hits if results else ():
            # The columns are divided by white space, so an id may hold none.
            yield f"{_solid(row.name)} Q0 {_solid(hit.doc_id)} {hit.rank} {hit.score!r} searchidx"


def _lines(file: str) -> Iterator[bytes]:
    if file == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(file).open("rb") as stream:
            yield from stream
    except OSError as error:
        raise StorageError(f"{file}: {error.strerror}") from error


def _rows(lines: Iterator[bytes]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        text = line.decode("utf-8", "replace").strip()
        if number == 1:
            text = text.lstrip("\ufeff")
        if not text.startswith("{"):
            yield Row(str(number), text)
            continue
        try:
            data = json.loads(text)
            query = data["query"]
        except (ValueError, KeyError, RecursionError) as error:
            yield Row(str(number), "", f"line {number} is no object with a query ({type(error).__name__})")
            continue
        if isinstance(query, str):
            yield Row(str(data.get("id", number)), query)
        else:
            yield Row(str(data.get("id", number)), "", f"line {number}: the query is no text")


def _csv(values: tuple[object, ...]) -> str:
    line = io.StringIO()
    # A cell that begins with = would be a formula to a spreadsheet.
    cells = (
        f"'{cell}"
        if (cell := printable(str(value)))[:1] in ("=", "+", "-", "@") and not isinstance(value, float | int)
        else cell
        for value in values
    )
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _solid(text: str) -> str:
    return "%20".join(printable(text).split()) or "-"
