"""``searchidx suggest``: titles, names and frequent phrases that begin as typed."""

import click

from searchidx.answers import suggestions_dict, to_json
from searchidx.cli.options import color_option, index_option, json_option, open_index
from searchidx.cli.screen import open_screen, printable, write_line


@click.command("suggest")
@click.argument("prefix", nargs=-1)
@click.option("-n", "--limit", default=10, show_default=True, type=click.IntRange(0), help="How many.")
@index_option
@json_option
@color_option
def suggest_command(
    prefix: tuple[str, ...], limit: int, index_folder: str | None, as_json: bool, color: str
) -> int:
    """Show names, frequent phrases and titles with a word that begins with PREFIX.

    Several words stand side by side, and the last one may go on. Each is shown with its kind and about
    how many articles hold it.
    """
    typed = " ".join(prefix)
    with open_index(index_folder) as index:
        found = index.suggest(typed, limit=limit)
    if as_json:
        write_line(to_json(suggestions_dict(typed, found)))
        return 0 if found else 1
    screen = open_screen(color)
    for one in found:
        write_line(f"{printable(one.text)}  {screen.style(f'{one.kind}, {one.count:,}', 'dim')}")
    if not found:
        write_line("nothing begins so")
    return 0 if found else 1
