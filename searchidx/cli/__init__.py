"""The command line: read arguments, call one function, print.

``main`` is the console script. Commands are imported when they are called, so that a query pays for
nothing but itself. Exit codes are those of the errors (``errors.py``); no traceback without --debug.
"""

import sys
from importlib import import_module

import click

import searchidx
from searchidx.errors import SearchidxError, UsageError

COMMANDS = {
    "reindex": ("searchidx.cli.reindex", "Bring the index up to date with a corpus folder."),
    "query": ("searchidx.cli.query", "Show the documents that best answer a query."),
    "batch": ("searchidx.cli.batch", "Answer a file of queries."),
    "clean": ("searchidx.cli.clean", "Show files without their site furniture."),
    "show": ("searchidx.cli.show", "Show one document, hits marked."),
    "similar": ("searchidx.cli.similar", "Show the documents most like one."),
    "suggest": ("searchidx.cli.suggest", "Show what typed letters may become."),
    "variants": ("searchidx.cli.names", "Show what a query would be expanded to."),
    "aliases": ("searchidx.cli.aliases", "List, check and learn the names that mean the same."),
    "eval": ("searchidx.cli.evaluate", "Measure the answers against judgements."),
    "info": ("searchidx.cli.maintain", "Tell about the index."),
    "verify": ("searchidx.cli.maintain", "Check every file of the index."),
    "serve": ("searchidx.cli.maintain", "Serve a search page on this machine."),
    "completion": ("searchidx.cli.maintain", "Print shell completion for bash, zsh or fish."),
}
OUR_FAULT, INTERRUPTED = 70, 130
ISSUES = "please report it with the command, and with what --debug adds"


class LazyGroup(click.Group):
    """Imports a command's module when the command is called."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Give the names, in the order people need them."""
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Import one command."""
        if name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[name][0]), f"{name}_command")
        if not isinstance(command, click.Command):
            raise TypeError(f"{name}_command is no command")
        return command

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command where one is mistyped."""
        if args and args[0] not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f"; did you mean {near[0]!r}?" if near else "; see searchidx --help"
            raise click.UsageError(f"there is no command {args[0]!r}{hint}")
        return super().resolve_command(context, args)

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(searchidx.__version__, prog_name="searchidx")
@click.option("--debug", is_flag=True, help="Show a traceback when something goes wrong.")
def group(debug: bool) -> None:
    """Search a folder of scraped news articles."""


def main() -> None:
    """Run the command line and exit."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run a command; give its exit code."""
    debug = "--debug" in arguments[: _first_command(arguments)]
    try:
        result = group.main(args=arguments, prog_name="searchidx", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        if debug:
            raise
        usage = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "searchidx"
        complain(f"{error.format_message()} (see {usage} --help)")
        return UsageError.exit_code
    except SearchidxError as error:
        if debug:
            raise
        complain(str(error))
        return error.exit_code
    except BrokenPipeError:
        # Whoever read our output has seen enough. Python would complain once more on exit.
        sys.stdout = None
        return 0
    except OSError as error:
        if debug:
            raise
        complain(f"{error.filename or 'input/output'}: {error.strerror or error}")
        return 6
    except Exception as error:  # the border of the program: whatever comes here is our fault
        if debug:
            raise
        complain(f"a fault of searchidx itself: {type(error).__name__}: {error}; {ISSUES}")
        return OUR_FAULT


def _first_command(arguments: list[str]) -> int:
    return next((n for n, argument in enumerate(arguments) if not argument.startswith("-")), len(arguments))


def complain(message: str) -> None:
    """Write one line to stderr."""
    from searchidx.cli.screen import printable

    line = f"searchidx: {printable(message)}\n"
    sys.stderr.buffer.write(line.encode("utf-8", "backslashreplace"))
    sys.stderr.buffer.flush()
