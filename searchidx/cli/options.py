"""Options that several commands share."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from searchidx.config import Settings, load_settings
from searchidx.store.generations import IndexFolder

if TYPE_CHECKING:
    from searchidx.search import Index

F = TypeVar("F", bound=Callable[..., object])

index_option = click.option(
    "--index", "index_folder", metavar="DIR", help="The index folder (default: index, or the settings)."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="When to colour.",
)
jobs_option = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 256),
    help="Processes that clean (default: one for each processor, where there is enough to do).",
)


def query_options(command: F) -> F:
    """Add the options that say how a query is answered."""
    for option in reversed(
        (
            click.option(
                "--offset", metavar="K", default=0, type=click.IntRange(0), help="Hits to pass over."
            ),
            click.option("--all", "all_words", is_flag=True, help="Every word must be there."),
            click.option("--exact", is_flag=True, help="Only as spelt: no forms, no variants."),
            click.option("--no-variants", is_flag=True, help="No other spellings, names or synonyms."),
            click.option("--no-synonyms", is_flag=True, help="Other spellings and names, but no synonyms."),
            click.option(
                "--sort",
                type=click.Choice(["relevance", "date"]),
                default="relevance",
                help="Order of the hits.",
            ),
            click.option(
                "--since", metavar="D", help="Published on this day or later (2025-06-02, 2025-06)."
            ),
            click.option("--until", metavar="D", help="Published on this day or earlier."),
            click.option("--source", metavar="S", help="Only from this source."),
            click.option("--language", metavar="L", help="Only in this language (en, uk)."),
            click.option(
                "--recent", is_flag=True, help="Raise new articles, as of the newest day of the index."
            ),
            click.option("--as-of", metavar="D", help="Raise articles of about this day."),
        )
    ):
        command = option(command)
    return command


def settings_with(index_folder: str | None = None) -> Settings:
    """Give the settings that hold here, with an option's word above them."""
    settings = load_settings(Path.cwd())
    return replace(settings, index=index_folder) if index_folder else settings


def open_index(index_folder: str | None) -> "Index":
    """Open the index that an option or the settings name, as it is at this moment.

    The generation is held before the engine is loaded: that takes a tenth of a second, in which
    another one might be published.
    """
    settings = settings_with(index_folder)
    generation = IndexFolder(Path(settings.index)).open()
    from searchidx.search import Index

    return Index(generation, settings=settings)
