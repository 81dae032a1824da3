"""What goes to the screen: printable text, colour where it is wanted, lines that fit.

In: text and ranges. Out: text for a terminal or a pipe. Control characters and direction overrides
never get through, whatever the documents hold.
"""

import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice, repeat

from searchidx.types import Span

PIPE_WIDTH = 100  # where there is no terminal to ask
_OPEN, _CLOSE = "\ue000", "\ue001"  # private use: stand for marks while lines are wrapped
_DROPPED = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xE000, 0xE001]
) | {ord(c): " " for c in "\n\t\r\u2028\u2029"}
_DROPPED_KEEPING_LINES = _DROPPED | {ord("\n"): "\n", ord("\t"): "\t"}
_NOT_LETTERS = re.compile(r"[^\w\s-]")
MAX_FOUND = 40  # different texts that less looks for: its pattern is one line
_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "mark": "1;33"}


@dataclass(frozen=True, slots=True)
class Screen:
    """A terminal or a pipe, and whether it shows colour."""

    colour: bool
    width: int

    def style(self, text: str, name: str) -> str:
        """Put text in a style, where there is colour."""
        return f"\x1b[{_STYLES[name]}m{text}\x1b[0m" if self.colour and text else text

    def marked(self, text: str, spans: Iterable[Span]) -> str:
        """Give one line of printable text with its spans marked; ``finish`` draws the marks."""
        parts, at = [], 0
        for start, end in spans:
            parts += [printable(text[at:start]), _OPEN, printable(text[start:end]), _CLOSE]
            at = end
        return "".join([*parts, printable(text[at:])])

    def finish(self, text: str, *, base: str = "") -> str:
        """Draw the marks: colour, or asterisks where there is none."""
        if not self.colour:
            return text.replace(_OPEN, "*").replace(_CLOSE, "*")
        back = f"\x1b[0;{_STYLES[base]}m" if base else "\x1b[0m"
        drawn = text.replace(_OPEN, f"\x1b[{_STYLES['mark']}m").replace(_CLOSE, back)
        return f"\x1b[{_STYLES[base]}m{drawn}\x1b[0m" if base else drawn

    def wrapped(self, text: str, indent: str) -> list[str]:
        """Break a line at the width of the screen."""
        width = max(40, min(self.width, 110))
        return textwrap.wrap(
            text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
        ) or [indent]

    def hanging(self, text: str, first: str, rest: str) -> list[str]:
        """Break a line where a terminal would, with an indent; on a pipe it stays whole."""
        if not is_terminal():
            return [first + text]
        return textwrap.wrap(
            text, max(40, self.width), initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
        ) or [first]


def marks_begun(line: str) -> int:
    """Count the marks that begin in a line before it is finished."""
    return line.count(_OPEN)


def printable(text: str, *, keep_lines: bool = False) -> str:
    """Drop control characters and direction overrides."""
    return text.translate(_DROPPED_KEEPING_LINES if keep_lines else _DROPPED)


def open_screen(choice: str = "auto") -> Screen:
    """Look at stdout: ``choice`` is auto, always or never; NO_COLOR, FORCE_COLOR and TERM count."""
    return Screen(_wants_colour(choice), shutil.get_terminal_size((PIPE_WIDTH, 24)).columns)


def _wants_colour(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def write_line(text: str) -> None:
    """Write a line to stdout at once; what UTF-8 can't hold is written as an escape."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def write_lines(lines: Iterable[str], *, at: int = 0, find: Iterable[str] = ()) -> None:
    """Write lines to stdout, through the pager where they do not fit on a terminal.

    They are taken one after the other: on a pipe each is written at once, and who leaves the pager
    does not wait for the rest. less begins at the line ``at``, from 0, and n and N go from one of the
    texts to ``find`` to the next.
    """
    if not is_terminal():
        for line in lines:
            write_line(line)
        return
    rest = iter(lines)
    first = list(islice(rest, shutil.get_terminal_size().lines))
    if len(first) < shutil.get_terminal_size().lines:
        for line in first:
            write_line(line)
        return
    import click

    if at:
        os.environ["LESS"] = less_options(os.environ.get("LESS", ""), at, find)
    starts = chain([""], repeat("\n"))  # click itself ends the last line
    click.echo_via_pager(start + line for start, line in zip(starts, chain(first, rest), strict=False))


def is_terminal() -> bool:
    """Tell whether stdout is a terminal."""
    return sys.stdout.isatty()


def less_options(own: str, at: int, find: Iterable[str]) -> str:
    r"""Give the options for less that make it begin at a line, from 0, and look for some texts.

    >>> less_options("-i", 41, ["exchange", "U.S."])
    '-i -R -j4 +/U.S.|exchange\n42g'
    """
    # A dollar sign ends an option, and what else has a meaning in a pattern may stand for any character.
    texts = sorted({" +".join(_NOT_LETTERS.sub(".", text).split()) for text in find} - {""})
    looked_for = f"/{'|'.join(texts[:MAX_FOUND])}\n" if texts else ""
    return f"{own} -R -j4 +{looked_for}{at + 1}g".strip()
