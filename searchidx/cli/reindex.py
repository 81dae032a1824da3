"""``searchidx reindex``: bring the index up to date."""

import sys
import time
from dataclasses import replace
from pathlib import Path

import click

from searchidx.answers import report_dict, to_json
from searchidx.cli.options import color_option, index_option, jobs_option, json_option, settings_with
from searchidx.cli.render import render_report
from searchidx.cli.screen import open_screen, write_line

REDRAW_S = 0.1


@click.command("reindex")
@click.argument("paths", nargs=-1)
@click.option("--corpus", multiple=True, metavar="DIR", help="The same as PATH.")
@index_option
@click.option("--full", is_flag=True, help="Read everything again.")
@click.option("--no-clean", is_flag=True, help="Index texts as they came, with their site furniture.")
@click.option("--backend", metavar="NAME", help="The engine (default: whoosh).")
@click.option(
    "--force", is_flag=True, help="Publish an index that is empty or lost over half of its documents."
)
@jobs_option
@json_option
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@color_option
def reindex_command(
    paths: tuple[str, ...],
    corpus: tuple[str, ...],
    index_folder: str | None,
    full: bool,
    no_clean: bool,
    backend: str | None,
    force: bool,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
    color: str,
) -> int:
    """Bring the index up to date with the corpus folders PATHS (default: seeds/)."""
    from searchidx.indexing import reindex

    settings = settings_with(index_folder)
    if backend:
        settings = replace(settings, backend=backend)
    if jobs:
        settings = replace(settings, jobs=jobs)
    roots = [Path(path) for path in (*paths, *corpus)] or [Path(settings.corpus)]
    bar = ProgressBar(shown=sys.stderr.isatty() and not quiet and not as_json)
    report = reindex(
        roots,
        Path(settings.index),
        settings=settings,
        full=full,
        cleaning=not no_clean,
        force=force,
        progress=bar.show,
    )
    bar.clear()
    if as_json:
        write_line(to_json(report_dict(report)))
    elif not quiet:
        for line in render_report(report, open_screen(color)):
            write_line(line)
    return 0


class ProgressBar:
    """Shows on stderr how much of the corpus has been read; only on a terminal."""

    def __init__(self, *, shown: bool) -> None:
        self._shown, self._drawn_at = shown, 0.0

    def show(self, done: int, total: int) -> None:
        """Draw ``done`` of ``total`` bytes, ten times a second at most."""
        now = time.monotonic()
        if not self._shown or not total or now - self._drawn_at < REDRAW_S:
            return
        self._drawn_at = now
        filled = 30 * done // total
        click.echo(f"\r[{'#' * filled}{'.' * (30 - filled)}] {100 * done // total:3d} %", nl=False, err=True)

    def clear(self) -> None:
        """Take the bar away."""
        if self._drawn_at:
            click.echo("\r" + " " * 40 + "\r", nl=False, err=True)
