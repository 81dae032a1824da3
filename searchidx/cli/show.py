"""``searchidx show``: one document, hits marked, or as it came."""

import click

from searchidx.answers import document_dict, to_json
from searchidx.cli.options import color_option, index_option, json_option, open_index
from searchidx.cli.screen import open_screen, printable, write_line, write_lines
from searchidx.errors import UsageError
from searchidx.types import Span


@click.command("show")
@click.argument("doc_id")
@click.option("--query", metavar="Q", help="Mark what answers this query.")
@click.option("--raw", is_flag=True, help="As it came, with what the cleaner cut.")
@index_option
@json_option
@color_option
def show_command(
    doc_id: str, query: str | None, raw: bool, index_folder: str | None, as_json: bool, color: str
) -> int:
    """Show the document DOC_ID whole."""
    from searchidx.analysis import stem_language
    from searchidx.snippets import joined, marks_in

    with open_index(index_folder) as index:
        document = index.document(doc_id)
        if document is None:
            raise UsageError(f"no document has the id {doc_id!r}; searchidx query shows the ids of its hits")
        spans: tuple[Span, ...] = ()
        if query:
            language = stem_language(document.language)
            marks = marks_in(document.body, index.expanded(query), "body", index.rules, language=language)
            spans = joined([(mark.start, mark.end) for mark in marks])
    if as_json:
        extra: dict[str, object] = {"highlights": [list(span) for span in spans]}
        write_line(to_json(document_dict(document) | extra | ({"raw": document.raw} if raw else {})))
        return 0
    if raw:
        write_lines(printable(document.raw, keep_lines=True).split("\n"))
        return 0
    screen = open_screen(color)
    facts = [document.source, document.published or "", ", ".join(document.byline), document.url]
    lines = [
        screen.style(printable(document.title), "bold"),
        printable(" · ".join(fact for fact in facts if fact)),
        "",
    ]
    at = 0
    for line in document.body.splitlines(keepends=True):
        inside = [(max(a - at, 0), min(b - at, len(line))) for a, b in spans if a < at + len(line) and b > at]
        lines += map(screen.finish, screen.wrapped(screen.marked(line, inside), ""))
        at += len(line)
    write_lines(lines)
    return 0
