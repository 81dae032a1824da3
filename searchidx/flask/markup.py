"""The one place where text and ranges become markup.

In: text of strangers and the ranges to mark in it. Out: ``Markup`` that holds no tag but ours. Text
is cut at the ranges, then cleaned of what can't be seen, then escaped, then wrapped.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from searchidx.types import Span

# Control characters but tab and newline, and what turns the direction of the text around it.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Anchors:
    """Numbers for the marks, so that a link can lead from each to the next without JavaScript."""

    first: int  # number of the first mark of this text, from 1
    last: int  # number of the last mark of the whole document


def visible(text: str) -> str:
    r"""Give text without control characters, direction overrides and halves of characters.

    >>> visible("a\x1b[31m\u202eb\ud800")
    'a[31mb\ufffd'
    """
    return _SURROGATES.sub("\ufffd", _UNSEEN.sub("", text))


def joined(ranges: Iterable[Span], start: int, end: int) -> list[Span]:
    """Give the parts of some ranges between ``start`` and ``end``, ascending and apart.

    >>> joined([(5, 9), (1, 3), (2, 4)], 0, 7)
    [(1, 4), (5, 7)]
    """
    kept: list[Span] = []
    for begin, finish in sorted(ranges):
        begin, finish = max(begin, start), min(finish, end)
        if begin >= finish:
            continue
        if kept and begin < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(finish, kept[-1][1]))
        else:
            kept.append((begin, finish))
    return kept


def marked(text: str, ranges: Iterable[Span] = (), *, anchors: Anchors | None = None) -> Markup:
    """Escape a text and wrap ranges of it in ``<mark>``.

    >>> marked("<b> & talks", [(6, 11)])
    Markup('&lt;b&gt; &amp; <mark>talks</mark>')
    """
    pieces: list[Markup] = []
    at = 0
    for number, (start, end) in enumerate(joined(ranges, 0, len(text)), anchors.first if anchors else 1):
        pieces += (_escaped(text[at:start]), _mark(_escaped(text[start:end]), number, anchors))
        at = end
    return Markup("").join((*pieces, _escaped(text[at:])))


def _escaped(text: str) -> Markup:
    return escape(visible(text))


def _mark(text: Markup, number: int, anchors: Anchors | None) -> Markup:
    if anchors is None:
        return Markup("<mark>{}</mark>").format(text)
    steps = Markup('<small class="place">hit {} of {}</small>').format(number, anchors.last)
    if number > 1:
        steps += Markup('<a href="#hit-{}" aria-label="previous hit">↑</a>').format(number - 1)
    if number < anchors.last:
        steps += Markup('<a href="#hit-{}" aria-label="next hit">↓</a>').format(number + 1)
    return Markup('<mark id="hit-{}">{}</mark><span class="steps">{}</span>').format(number, text, steps)
