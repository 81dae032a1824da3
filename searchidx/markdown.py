"""Leave the signs of Markdown out of what a person is shown.

In: text as it stands in an article, with ranges in it. Out: the same without hashes before headings, stars
and underscores around words, and the addresses of links, the ranges moved along. What is kept, searched and
given as JSON has all its signs: a range there is a range of the article.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

from searchidx.types import Span

_EXTENSIONS = (".md", ".md.gz")
_HEADING = re.compile(r"^#{1,6}[ \t]{1,9}(?=\S)|^={3,}[ \t]{0,9}$", re.MULTILINE)
_LINK = re.compile(r"!?\[(?P<kept>[^\[\]\n]{0,300})\]\([^()\s]{0,500}\)")
_CODE = re.compile(r"`(?P<kept>[^`\n]{1,300})`")
_STRONG = re.compile(r"(?<![\w*])\*{2,3}(?=[^\s*])|(?<=[^\s*])\*{2,3}(?![\w*])")
_STRONG_LINES = re.compile(r"(?<!\w)_{2,3}(?=[^\s_])|(?<=[^\s_])_{2,3}(?!\w)")
# One star or underscore may be anything else; only two of them around something are emphasis.
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])(?P<kept>[^*\n]{0,300}[^\s*])\*(?![\w*])")
_EMPHASIS_LINES = re.compile(r"(?<!\w)_(?=[^\s_])(?P<kept>[^_\n]{0,300}[^\s_])_(?!\w)")
_AROUND = (_LINK, _CODE, _EMPHASIS, _EMPHASIS_LINES)
_WHOLE = (_HEADING, _STRONG, _STRONG_LINES)
_SIGNS = frozenset("#=[`*_")


def shown(text: str, spans: Iterable[Span], path: str) -> tuple[str, list[Span]]:
    """Give a text of an article as it is shown: without signs if the file that it came from is Markdown."""
    return without_signs(text, spans) if path.lower().endswith(_EXTENSIONS) else (text, list(spans))


def without_signs(text: str, spans: Iterable[Span] = ()) -> tuple[str, list[Span]]:
    """Give a text without its signs, and where some ranges of it are now.

    >>> without_signs("## The **prisoner** exchange, [as told](/a)", [(9, 17), (20, 28)])
    ('The prisoner exchange, as told', [(4, 12), (13, 21)])
    >>> without_signs("5 * 3 * 2, snake_case_name, A* and #tag")[0]
    '5 * 3 * 2, snake_case_name, A* and #tag'
    """
    if _SIGNS.isdisjoint(text):
        return text, list(spans)
    signs = _apart(_signs(text))
    ends = [end for _, end in signs]
    gone = [0, *accumulate(end - start for start, end in signs)]

    def moved(at: int) -> int:
        number = bisect_left(ends, at)  # of the signs that end before it
        inside = max(0, at - signs[number][0]) if number < len(signs) else 0
        return at - gone[number] - inside

    edges = [0, *(edge for sign in signs for edge in sign), len(text)]
    kept = "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    return kept, [(moved(start), moved(end)) for start, end in spans]


def _signs(text: str) -> Iterator[Span]:
    for pattern in _WHOLE:
        for found in pattern.finditer(text):
            yield found.span()
    for pattern in _AROUND:
        for found in pattern.finditer(text):
            yield found.start(), found.start("kept")
            yield found.end("kept"), found.end()


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Sort ranges and make one of those that meet."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept
