"""``searchidx show``: one document, hits marked, or as it came."""

from collections.abc import Sequence

import click

from searchidx.answers import document_dict, to_json
from searchidx.cli.options import color_option, index_option, json_option, open_index
from searchidx.cli.screen import (
    Screen,
    is_terminal,
    marks_begun,
    open_screen,
    printable,
    write_line,
    write_lines,
)
from searchidx.errors import UsageError
from searchidx.markdown import shown
from searchidx.types import CleanDocument, Span


@click.command("show")
@click.argument("doc_id")
@click.option("--query", metavar="Q", help="Mark what answers this query, and begin at its first hit.")
@click.option(
    "--hit",
    metavar="N",
    type=click.IntRange(1),
    help="Begin at the Nth hit of the query; the last lines name the ones before and after.",
)
@click.option("--exact", is_flag=True, help="Mark only what is spelt as in the query.")
@click.option("--raw", is_flag=True, help="As it came, with what the cleaner cut.")
@index_option
@json_option
@color_option
def show_command(
    doc_id: str,
    query: str | None,
    hit: int | None,
    exact: bool,
    raw: bool,
    index_folder: str | None,
    as_json: bool,
    color: str,
) -> int:
    """Show the document DOC_ID whole.

    On a terminal the pager opens it at the first hit; in less, n and N lead to the next and the previous
    one. Elsewhere --hit begins with the line of that hit.
    """
    with open_index(index_folder) as index:
        document = index.required(doc_id)
        spans = index.marks(document, query, exact=exact) if query else ()
    if hit and not query:
        raise UsageError("--hit wants a query, as in: searchidx show --query exchange --hit 2 DOC_ID")
    if hit and hit > len(spans):
        raise UsageError(f"there is no hit {hit:,}: {_hits(len(spans))} in the text of this document")
    if as_json:
        extra: dict[str, object] = {"highlights": [list(span) for span in spans]}
        write_line(to_json(document_dict(document) | extra | ({"raw": document.raw} if raw else {})))
        return 0
    if raw:
        write_lines(printable(document.raw, keep_lines=True).split("\n"))
        return 0
    screen = open_screen(color)
    head = _head(document, screen)
    if query:
        head.append(screen.style(f"{_hits(len(spans))} in the text", "dim"))
    text, ranges = shown(document.body, spans, document.path)
    body, lines_of_hits = _body(text, ranges, screen)
    first = lines_of_hits[(hit or 1) - 1] if spans else 0
    marks = [printable(text[start:end]) for start, end in ranges]
    if hit and not is_terminal():
        body, first = [*body[first:], "", *_ways(doc_id, query or "", hit, len(spans), exact=exact)], 0
    write_lines([*head, "", *body], at=len(head) + 1 + first if spans else 0, find=marks)
    return 0


def _head(document: CleanDocument, screen: Screen) -> list[str]:
    facts = [document.source, document.published or "", ", ".join(document.byline), document.url]
    return [
        screen.style(printable(document.title), "bold"),
        printable(" · ".join(fact for fact in facts if fact)),
    ]


def _body(text: str, spans: Sequence[Span], screen: Screen) -> tuple[list[str], list[int]]:
    """Give the lines of a body as the screen shows them, and for each hit the line in which it begins."""
    lines: list[str] = []
    places: list[int] = []
    at = 0
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        inside = [(max(a - at, 0), min(b - at, len(line))) for a, b in spans if a < end and b > at]
        drawn = screen.wrapped(screen.marked(line, inside), "")
        begun = [number for number, part in enumerate(drawn) for _ in range(marks_begun(part))]
        # A hit that goes on from the line before begins there.
        places += [len(lines) + number for number in begun][sum(a < at < b for a, b in spans) :]
        lines += map(screen.finish, drawn)
        at = end
    return lines, places


def _hits(count: int) -> str:
    return f"{count:,} hit{'' if count == 1 else 's'}"


def _ways(doc_id: str, query: str, hit: int, last: int, *, exact: bool) -> list[str]:
    """Name the commands that lead to the hits before and after."""
    import shlex

    command = f"searchidx show --query {shlex.quote(query)}{' --exact' if exact else ''} --hit"
    ways = [("previous", hit - 1), ("next", hit + 1)]
    return [
        printable(f"{name}: {command} {number} {shlex.quote(doc_id)}")
        for name, number in ways
        if 1 <= number <= last
    ]
