"""Find the chrome that only shows in several lines: runs of teasers, captions told twice, weather.

In: a ``Layout``. Out: numbers of lines and the name of what they are. Each finder takes all lines
of a block at once, so that nothing of it is left to be found the second time.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from searchidx.clean.layout import Found, Layout
from searchidx.clean.lines import Line

TEASER_MARK = re.compile(
    r"(?:\.\.\.|…|\[\.\.\.\]|\[…\]) ?"
    r"(?:read (?:more|on|the (?:rest|full story))|continue reading|see more|more)\b.{0,40}",
    re.IGNORECASE,
)
# One mark can end the only text of a page; two or more are a list of other articles.
TEASERS_AT_LEAST = 2
TEASER_LINES = 3  # a title, an excerpt and a date, but no more before the next mark
TEASER_CHARS = 200

CAPTION_WORDS = 5
COPY_WORDS = 8  # shorter lines may be repeated on purpose
CREDIT_CHARS = 120
CREDIT_STARTS = re.compile(
    r"(?:photo(?:graph)?s?|pictures?|images?|credits?|courtesy|illustration|foto|bild|crédits?|фото|світлина)\b",
    re.IGNORECASE,
)
CREDIT_ENDS = (
    "getty", "getty images", "reuters", "afp", "/ap", "epa", "shutterstock", "anadolu", "ukrinform", "alamy",
)  # fmt: skip

TEMPERATURE = re.compile(r"[-−+]?\d{1,3}(?:[.,]\d)? ?(?:° ?[CF]?|[CF])")
PLACE_WORDS = 3


def find_teasers(layout: Layout) -> Iterator[Found]:
    """Name runs of "title / ... Read More" behind the last paragraph, titles and all."""
    tail = [number for number in layout.visible if layout.is_in(number, "tail")]
    marks = [place for place, number in enumerate(tail) if TEASER_MARK.fullmatch(layout.lines[number].plain)]
    if len(marks) < TEASERS_AT_LEAST:
        return
    # What stands before the first title may be the end of the article.
    first = max(marks[0] - 1, 0)
    for mark in marks:
        begin = first if _is_teaser(layout, tail[first:mark]) else mark
        yield from ((number, "teaser") for number in range(tail[begin], tail[mark] + 1))
        first = mark + 1


def _is_teaser(layout: Layout, numbers: Sequence[int]) -> bool:
    short = (len(layout.lines[number].plain) <= TEASER_CHARS for number in numbers)
    return len(numbers) <= TEASER_LINES and all(short)


def find_caption_repeats(layout: Layout) -> Iterator[Found]:
    """Name the second copy of a caption: the one with the credit, or else the later one."""
    for number, following in pairwise(layout.visible):
        this, that = layout.lines[number], layout.lines[following]
        if this.plain == that.plain:
            if _count_words(this) >= COPY_WORDS:
                yield following, "caption-repeat"
        elif _is_with_credit(that, this):
            yield following, "caption-repeat"
        elif _is_with_credit(this, that):
            yield number, "caption-repeat"


def _is_with_credit(longer: Line, shorter: Line) -> bool:
    if _count_words(shorter) < CAPTION_WORDS or not longer.plain.startswith(shorter.plain):
        return False
    rest = longer.plain[len(shorter.plain) :].strip(" .,;:|/()[]–—-")
    return len(rest) <= CREDIT_CHARS and _is_credit(rest)


def _is_credit(words: str) -> bool:
    return CREDIT_STARTS.match(words) is not None or words.casefold().endswith(CREDIT_ENDS)


def _count_words(line: Line) -> int:
    return line.plain.count(" ") + 1


def find_weather(layout: Layout) -> Iterator[Found]:
    """Name the temperature at the edge of a page, and the place between it and the page's clock."""
    for at, number in enumerate(layout.visible):
        if not layout.is_in(number, "edges") or not TEMPERATURE.fullmatch(layout.lines[number].plain):
            continue
        yield number, "weather"
        if at + 2 < len(layout.visible):
            place, clock = layout.visible[at + 1], layout.visible[at + 2]
            if _count_words(layout.lines[place]) <= PLACE_WORDS and layout.is_ruled(clock):
                yield place, "weather"
