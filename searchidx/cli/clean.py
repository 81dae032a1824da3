"""``searchidx clean``: the text without the site's furniture, and every cut."""

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import click

from searchidx import corpus
from searchidx.answers import document_dict, to_json
from searchidx.clean.parallel import PAYS_BYTES, clean_all, collect
from searchidx.clean.rules import load_rules
from searchidx.cli.options import color_option, jobs_option, json_option, settings_with
from searchidx.cli.screen import Screen, open_screen, printable, write_line, write_lines
from searchidx.errors import SearchidxError, StorageError
from searchidx.processes import Runner, choose_jobs, open_runner
from searchidx.types import CleanDocument, Document, Removed, Skipped

Items = list[Document | Skipped]


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
@jobs_option
@json_option
@color_option
def clean_command(
    files: tuple[str, ...],
    form: str | None,
    explain: bool,
    diff: bool,
    rules: Path | None,
    jobs: int | None,
    as_json: bool,
    color: str,
) -> int:
    """Print the clean text of FILES (- for stdin)."""
    screen = open_screen(color)
    if rules:
        load_rules(rules)  # a mistake in it is told before anything is cleaned
    wanted = jobs or settings_with().jobs
    stdin = sys.stdin.buffer.read() if "-" in files else b""
    pays = len(stdin) + _size(files) >= PAYS_BYTES
    report = _Report()
    with open_runner(choose_jobs(wanted, pays=pays)) as runner:
        documents = report.without_skipped(_cleaned(_Files(files, form, stdin), runner, rules))
        if as_json:
            for document in documents:
                write_line(to_json(document_dict(document)))
        elif explain or diff:
            show = _explained if explain else _diff
            write_lines(line for document in documents for line in show(document, screen))
        else:
            for document in documents:
                write_line(printable(document.body, keep_lines=True))
    return 0 if report.worked else StorageError.exit_code


class _Report:
    """Says on stderr what could not be cleaned, and remembers that there was such a thing."""

    def __init__(self) -> None:
        self.worked = True

    def without_skipped(self, documents: Iterable[CleanDocument | Skipped]) -> Iterator[CleanDocument]:
        for document in documents:
            if isinstance(document, CleanDocument):
                yield document
                continue
            place = f"{document.path}:{document.line}" if document.line else document.path
            click.echo(f"searchidx: {printable(place)}: {printable(document.reason)}", err=True)
            self.worked = False


def _size(files: Iterable[str]) -> int:
    """Add up what is known of the sizes of files."""
    size = 0
    for file in files:
        try:
            size += os.stat(file).st_size
        except (OSError, ValueError):
            continue
    return size


class _Files:
    """What files hold, read one after the other; an error ends it, and is kept until all is printed."""

    def __init__(self, files: Iterable[str], form: str | None, stdin: bytes) -> None:
        self._files, self._form, self._stdin = files, form, stdin
        self.error: SearchidxError | None = None

    def __iter__(self) -> Iterator[Items]:
        for file in self._files:
            try:
                yield list(_documents(file, self._form, self._stdin))
            except SearchidxError as error:
                self.error = error
                return


def _cleaned(files: _Files, runner: Runner, rules: Path | None) -> Iterator[CleanDocument | Skipped]:
    """Clean files; one that holds several documents is a collection of its own."""
    for several, group in groupby(files, key=_is_collection):
        if several:
            for items in group:
                evidence = collect((item for item in items if isinstance(item, Document)), runner)
                cleaned = clean_all(_only(items), runner, evidence=evidence, rule_file=rules)
                for item in items:
                    yield item if isinstance(item, Skipped) else next(cleaned)[1]
        else:
            bad: list[Skipped] = []
            documents = (item for items in group for item in _only(items, bad))
            for _, document in clean_all(documents, runner, evidence=None, rule_file=rules):
                yield from bad
                bad.clear()
                yield document
            yield from bad
    if files.error:
        raise files.error


def _is_collection(items: Items) -> bool:
    return sum(isinstance(item, Document) for item in items) > 1


def _only(items: Items, bad: list[Skipped] | None = None) -> Iterator[Document]:
    for item in items:
        if isinstance(item, Document):
            yield item
        elif bad is not None:
            bad.append(item)


def _documents(file: str, form: str | None, stdin: bytes) -> Iterator[Document | Skipped]:
    if file == "-":
        yield from corpus.parse(stdin, path="-", file_format=form or "txt")
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
