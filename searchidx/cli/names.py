"""``searchidx variants`` and ``searchidx aliases``: which spellings are taken for one name, and why."""

from pathlib import Path

import click

from searchidx.answers import expansions_list, to_json
from searchidx.cli.options import color_option, index_option, json_option, open_index, settings_with
from searchidx.cli.screen import open_screen, printable, write_line
from searchidx.errors import NoIndexError
from searchidx.names import AliasTable, shipped, with_user_file
from searchidx.search import alias_files
from searchidx.store.generations import IndexFolder


@click.command("variants")
@click.argument("words", nargs=-1, required=True)
@index_option
@json_option
@color_option
def variants_command(words: tuple[str, ...], index_folder: str | None, as_json: bool, color: str) -> int:
    """Show what the query WORDS would be expanded to in this index."""
    query = " ".join(words)
    with open_index(index_folder) as index:
        expansions = index.variants(query)
    if as_json:
        write_line(to_json({"query": query, "expansions": expansions_list(expansions)}))
        return 0 if expansions else 1
    screen = open_screen(color)
    if not expansions:
        write_line("nothing is added to these words")
        return 1
    for expansion in expansions:
        write_line(screen.style(printable(expansion.term), "bold"))
        for added in expansion.added:
            write_line(
                f"  {printable(added.term)}  {screen.style(f'{added.kind}, weight {added.weight:g}', 'dim')}"
            )
    return 0


@click.group("aliases")
def aliases_command() -> None:
    """List and check the names that mean the same."""


@aliases_command.command("list")
@index_option
@json_option
def list_command(index_folder: str | None, as_json: bool) -> int:
    """List all groups of names with where they come from."""
    table = _table(index_folder)
    for *names, source in table.groups:
        if as_json:
            write_line(to_json({"names": names, "source": source}))
        else:
            write_line(f"{printable(', '.join(names))}  ({printable(source)})")
    return 0 if table.groups else 1


@aliases_command.command("check")
@click.argument("file", required=False)
@index_option
def check_command(file: str | None, index_folder: str | None) -> int:
    """Check an alias file (default: the one in use)."""
    table = with_user_file(AliasTable(), Path(file)) if file else _table(index_folder)
    for problem in table.problems:
        write_line(printable(problem))
    if not table.problems:
        count = len(table.groups)
        write_line(f"{count} group{'' if count == 1 else 's'} of names, no fault found")
    return 1 if table.problems else 0


def _table(index_folder: str | None) -> AliasTable:
    """Give the names in use, also where there is no index yet."""
    settings = settings_with(index_folder)
    try:
        with IndexFolder(Path(settings.index)).open() as generation:
            roots = generation.facts.get("roots")
    except NoIndexError:
        roots = [str(Path(settings.corpus).absolute())]
    table = shipped()
    for path in alias_files(settings, roots):
        with_user_file(table, path)
    return table
