"""Cut the lines that rules, blocks and evidence name: the one place where anything is cut.

In: a raw text. Out: the ``removed`` spans, whole lines with their line ends, each with its rule, in
order and apart. Finders only name lines. They run again on what is left until they name nothing
more; that is why cleaning the result changes nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from searchidx.clean.blocks import (
    find_caption_repeats,
    find_comments,
    find_teaser_lists,
    find_teasers,
    find_weather,
)
from searchidx.clean.bylines import find_author_cards, find_bylines
from searchidx.clean.evidence import MAX_WORDS, Evidence
from searchidx.clean.layout import Found, Layout, find_patterns, lay_out
from searchidx.clean.lines import Line, split_lines
from searchidx.clean.rules import load_rules
from searchidx.types import Removed

REPEATED = "repeated-line"
KEPT_WHOLE = "nothing but site chrome was found: the text was kept whole"
NEVER_SETTLED = "the cuts did not come to an end: the text was kept whole"
# Two or three rounds settle any page seen; only text made for it needs more.
MAX_ROUNDS = 12

Finder = Callable[[Layout], Iterator[Found]]
# The first to name a line gives the reason.
RULES: tuple[Finder, ...] = (
    find_comments,
    find_teasers,
    find_teaser_lists,
    find_author_cards,
    find_bylines,
    find_weather,
    find_patterns,
    find_caption_repeats,
)


def find_cuts(
    text: str, *, source: str = "", evidence: Evidence | None = None
) -> tuple[tuple[Removed, ...], tuple[str, ...]]:
    """Give the spans to cut and what a reader should know about them.

    A text of which nothing readable would be left is kept whole.
    """
    lines = split_lines(text)
    finders = RULES
    if evidence is not None:
        finders = (*RULES, partial(find_repeated, source=source, evidence=evidence))
    named = _settle(lines, finders)
    if named is None:
        return (), (NEVER_SETTLED,)
    if named and not any(_is_readable(line) for line in lines if line.start not in named):
        return (), (KEPT_WHOLE,) if any(_is_readable(line) for line in lines) else ()
    gone = (line for line in lines if line.start in named)
    return tuple(Removed(start=line.start, end=line.end, rule=named[line.start]) for line in gone), ()


def cut(text: str, removed: Sequence[Removed]) -> str:
    r"""Give the text without the removed spans.

    >>> cut("Share\nTalks\n", [Removed(start=0, end=6, rule="en/share")])
    'Talks\n'
    """
    pieces, at = [], 0
    for span in removed:
        pieces.append(text[at : span.start])
        at = span.end
    return "".join((*pieces, text[at:]))


def find_repeated(layout: Layout, *, source: str, evidence: Evidence) -> Iterator[Found]:
    """Name the short lines that stand in other documents of the source as well."""
    for number in layout.visible:
        plain = layout.lines[number].plain
        if plain.count(" ") < MAX_WORDS and evidence.is_repeated(plain, source):
            yield number, REPEATED


def _settle(lines: Sequence[Line], finders: Sequence[Finder]) -> dict[int, str] | None:
    """Give the starts of the named lines and their rules; None when there is no end of them."""
    rules = load_rules()
    named: dict[int, str] = {}
    for _ in range(MAX_ROUNDS):
        layout = lay_out(lines, rules)
        found: dict[int, str] = {}
        for finder in finders:
            for number, rule in finder(layout):
                found.setdefault(number, rule)
        if not found:
            return named
        named |= {lines[number].start: rule for number, rule in found.items()}
        lines = [line for number, line in enumerate(lines) if number not in found]
    return None


def _is_readable(line: Line) -> bool:
    return any(map(str.isalnum, line.plain))
