r"""Split a text into lines, each with its place and the form in which rules see it.

In: a raw text. Out: a ``Line`` for each line in which something can be seen. Only ``\n`` ends a line, so that
what is left after cutting whole lines splits into the very same lines again; that is why cleaning
twice changes nothing. Which lines are chrome is decided elsewhere.
"""

import re
from functools import lru_cache
from typing import NamedTuple

# Rules never see more of a line: most natural patterns for this job turned out super-linear on
# hostile text, and no line of chrome is longer.
MAX_SEEN = 2_000
STRONG_WORDS = 12
STRONG_UNSPACED = 40  # characters, for scripts that write no spaces
SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।")
CLOSERS = "\"'”’»)]）」』"
BULLETS = " •*+-–—·|›»►▪□#_"
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"), None)
SPACES = re.compile(r"[^\S\n]+")


class Line(NamedTuple):
    """A line of the raw text and how rules see it."""

    start: int
    end: int  # its line end included
    plain: str  # one space for any white space, nothing invisible, cut at 2,000 characters
    bare: str  # plain without bullets and the marks of links that flatteners leave


def split_lines(text: str) -> list[Line]:
    """Cut a text at its line feeds; blank lines, half of all in flattened pages, are left out."""
    lines, start = [], 0
    for piece in text.split("\n"):
        end = start + len(piece) + 1
        if piece:
            plain, bare = look(piece)
            if plain:
                lines.append(Line(start, end, plain, bare))
        start = end
    if lines and lines[-1].end > len(text):  # what stands behind the last line feed has no line end
        lines[-1] = lines[-1]._replace(end=len(text))
    return lines


@lru_cache(maxsize=65_536)
def look(piece: str) -> tuple[str, str]:
    """Give both forms of a line; a text is split several times, and its chrome comes on every page."""
    plain = level(piece)
    return plain, strip_marks(plain) if plain else ""


def level(piece: str) -> str:
    r"""Give a line as rules see it.

    >>> level("\u2003Read\u00a0more:  talks\u200b ")
    'Read more: talks'
    """
    piece = piece.strip()[: 2 * MAX_SEEN]
    if not piece.isascii():
        piece = piece.translate(INVISIBLE)
    return SPACES.sub(" ", piece).strip()[:MAX_SEEN]


def strip_marks(plain: str) -> str:
    """Take off bullets and the marks of links.

    >>> strip_marks("* [Share](https://example.org/s)"), strip_marks("[12]Sign in"), strip_marks("- Ad -")
    ('Share', 'Sign in', 'Ad')
    """
    bare = plain.strip(BULLETS)
    if bare.startswith("["):
        number, closed, rest = bare[1:].partition("]")
        if closed and number.isdigit() and rest:
            return rest.strip(BULLETS)
        if closed and rest.startswith("(") and rest.endswith(")") and "(" not in rest[1:]:
            return number.strip(BULLETS)
        if closed and not rest:
            return number.strip(BULLETS)
    return bare


def is_strong(line: Line) -> bool:
    """Tell whether a line reads like a paragraph: a dozen words that end like a sentence."""
    return _reads_like_paragraph(line.plain)


@lru_cache(maxsize=65_536)
def _reads_like_paragraph(plain: str) -> bool:
    if len(plain) == MAX_SEEN:
        return True
    plain = plain.rstrip(CLOSERS)
    if not plain.endswith(SENTENCE_ENDS) or plain.endswith(("...", "…")):
        return False
    return plain.count(" ") + 1 >= STRONG_WORDS or (" " not in plain and len(plain) >= STRONG_UNSPACED)
