"""``searchidx clean``: the text without the site's furniture, and every cut."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from searchidx import corpus
from searchidx.answers import document_dict, to_json
from searchidx.clean import clean_document
from searchidx.clean.document import collect
from searchidx.clean.rules import load_rules
from searchidx.cli.options import color_option, json_option
from searchidx.cli.screen import Screen, open_screen, printable, write_line, write_lines
from searchidx.errors import StorageError
from searchidx.types import CleanDocument, Document, Removed, Skipped


@click.command("clean")
@click.argument("files", nargs=-1, required=True)
@click.option("--html", "form", flag_value="html", help="The files are web pages.")
@click.option("--text", "form", flag_value="txt", help="The files are flattened text.")
@click.option("--jsonl", "form", flag_value="jsonl", help="The files hold a document a line.")
@click.option("--explain", is_flag=True, help="List every cut with its rule.")
@click.option("--diff", is_flag=True, help="Show the whole text, cut lines marked.")
@click.option(
    "--rules",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A rule file of your own.",
)
@json_option
@color_option
def clean_command(
    files: tuple[str, ...],
    form: str | None,
    explain: bool,
    diff: bool,
    rules: Path | None,
    as_json: bool,
    color: str,
) -> int:
    """Print the clean text of FILES (- for stdin)."""
    screen = open_screen(color)
    known = load_rules(rules) if rules else None
    worked = True
    for file in files:
        items = list(_documents(file, form))
        evidence = collect(item for item in items if isinstance(item, Document))
        for item in items:
            if isinstance(item, Skipped):
                place = f"{item.path}:{item.line}" if item.line else item.path
                click.echo(f"searchidx: {printable(place)}: {printable(item.reason)}", err=True)
                worked = False
                continue
            document = clean_document(item, evidence=evidence, rules=known)
            if as_json:
                write_line(to_json(document_dict(document)))
            elif explain:
                write_lines(list(_explained(document, screen)))
            elif diff:
                write_lines(list(_diff(document, screen)))
            else:
                write_line(printable(document.body, keep_lines=True))
    return 0 if worked else StorageError.exit_code


def _documents(file: str, form: str | None) -> Iterator[Document | Skipped]:
    if file == "-":
        yield from corpus.parse(sys.stdin.buffer.read(), path="-", file_format=form or "txt")
        return
    path = Path(file)
    suffixes = path.suffixes[-2:] if path.suffix == ".gz" else path.suffixes[-1:]
    known = "".join(suffixes).lstrip(".").lower()
    packed = ".gz" if known.endswith(".gz") else ""
    if form:
        known = form + packed
    elif known.removesuffix(".gz") not in corpus.READERS:
        known = "txt" + packed
    try:
        data = path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise StorageError(f"{file}: {error.strerror}") from error
    if data is None:
        raise StorageError(f"{file}: no such file")
    yield from corpus.parse(data, path=file, file_format=known)


def _explained(document: CleanDocument, screen: Screen) -> Iterator[str]:
    yield screen.style(printable(document.title or document.path), "bold")
    facts = {
        "source": document.source,
        "byline": ", ".join(document.byline),
        "published": f"{document.published} (from {document.published_from})" if document.published else "",
        "language": document.language or "",
    }
    for name, value in facts.items():
        if value:
            yield f"{name}: {printable(value)}"
    for note in document.notes:
        yield screen.style(f"note: {printable(note)}", "yellow")
    count = len(document.removed)
    kept = f"{len(document.body):,} of {len(document.raw):,} characters kept"
    yield f"{count} cut{'' if count == 1 else 's'}, {kept}"
    for cut in document.removed:
        line = document.raw.count("\n", 0, cut.start) + 1
        text = " ".join(printable(document.raw[cut.start : cut.end]).split())
        shown = text if len(text) <= 100 else text[:99] + "…"
        yield f"  line {line}, {_reason(cut)}: " + screen.style(shown, "red")


def _reason(cut: Removed) -> str:
    return f"{cut.rule} ({cut.why})" if cut.why else cut.rule


def _diff(document: CleanDocument, screen: Screen) -> Iterator[str]:
    """Yield the text as it came; lines that were cut begin with a minus sign."""
    cuts = iter(document.removed)
    cut = next(cuts, None)
    at = 0
    for line in document.raw.splitlines(keepends=True):
        while cut and cut.end <= at:
            cut = next(cuts, None)
        is_cut = bool(cut and cut.start < at + len(line))
        text = printable(line.rstrip("\r\n"))
        yield screen.style(f"- {text}", "red") if is_cut else f"  {text}"
        at += len(line)
