"""``searchidx info``, ``verify``, ``serve`` and ``completion``."""

from pathlib import Path

import click

from searchidx.answers import to_json
from searchidx.cli.options import index_option, json_option, open_index, settings_with
from searchidx.cli.screen import printable, write_line
from searchidx.errors import BackendError, UsageError


@click.command("info")
@index_option
@json_option
def info_command(index_folder: str | None, as_json: bool) -> int:
    """Tell what the index holds."""
    from searchidx.inspection import facts_of

    with open_index(index_folder) as index:
        facts = facts_of(index)
    if as_json:
        write_line(to_json(facts))
        return 0
    for name, value in facts.items():
        shown = ", ".join(f"{k} {v:,}" for k, v in value.items()) if isinstance(value, dict) else value
        shown = ", ".join(map(str, shown)) if isinstance(shown, list) else shown
        shown = f"{shown:,}" if isinstance(shown, int) and not isinstance(shown, bool) else shown
        write_line(f"{name.replace('_', ' '):<14} {printable(str('-' if shown in (None, '') else shown))}")
    return 0


@click.command("verify")
@index_option
@click.option("--deep", is_flag=True, help="Also read every term and look for documents by their own words.")
@json_option
def verify_command(index_folder: str | None, deep: bool, as_json: bool) -> int:
    """Compare every file of the index with its checksum."""
    from searchidx.inspection import inspect
    from searchidx.store.verify import verify

    report = verify(Path(settings_with(index_folder).index), deep, inspect=inspect)
    if as_json:
        facts = {
            "generation": report.generation,
            "files": report.files_checked,
            "bytes": report.bytes_checked,
        }
        write_line(to_json({**facts, "problems": list(report.problems)}))
    elif report.is_whole:
        size = f"{report.files_checked} files, {report.bytes_checked:,} bytes"
        write_line(f"{report.generation} is whole: {size}{', and its documents are found' if deep else ''}")
    else:
        for problem in report.problems:
            write_line(printable(problem))
        write_line("to repair it: searchidx reindex")
    return 0 if report.is_whole else BackendError.exit_code


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8808, show_default=True, type=click.IntRange(0, 65535), help="The port.")
@index_option
def serve_command(host: str, port: int, index_folder: str | None) -> int:
    """Serve a search page for this index until ^C."""
    try:
        from searchidx.flask import create_app
        from searchidx.flask.server import serve
    except ImportError as error:
        raise UsageError(str(error)) from error
    app = create_app(Path(settings_with(index_folder).index))

    def started(at: int) -> None:
        name = f"[{host}]" if ":" in host else host
        click.echo(f"searching at http://{name}:{at}/  (stop with ^C)", err=True)

    serve(app, host, port, started=started)
    return 0


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> int:
    """Print the completion script of a SHELL, to be evaluated by it."""
    from click.shell_completion import get_completion_class

    from searchidx.cli import group

    found = get_completion_class(shell)
    if found is None:
        raise UsageError(f"no completion for {shell}")
    write_line(found(group, {}, "searchidx", "_SEARCHIDX_COMPLETE").source())
    return 0
