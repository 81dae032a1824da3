"""``searchidx variants``: what a query would be expanded to."""

import click

from searchidx.answers import expansions_list, to_json
from searchidx.cli.options import color_option, index_option, json_option, open_index
from searchidx.cli.screen import open_screen, printable, write_line


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
            why = f": {printable(added.why)}" if added.why else ""
            term = f"  {printable(added.term)}  "
            first, *rest = screen.hanging(f"{added.kind}, weight {added.weight:g}{why}", term, "      ")
            write_line(term + screen.style(first[len(term) :], "dim"))
            for line in rest:
                write_line(screen.style(line, "dim"))
    return 0
