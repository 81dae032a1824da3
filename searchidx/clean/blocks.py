"""Find the chrome that only shows in several lines: teasers, comments, captions told twice, weather.

In: a ``Layout``. Out: numbers of lines and the name of what they are. Each finder takes all lines
of a block at once, so that nothing of it is left to be found the second time.
"""

import re
from collections.abc import Iterator, Sequence

from searchidx.clean.layout import Found, Layout
from searchidx.clean.lines import SENTENCE_ENDS, Line, is_strong
from searchidx.clean.rules import as_phrase

TEASER_MARK = re.compile(
    r"(?:\.\.\.|…|\[\.\.\.\]|\[…\]) ?"
    r"(?:read (?:more|on|the (?:rest|full story))|continue reading|see more|more)\b.{0,40}",
    re.IGNORECASE,
)
# One mark can end the only text of a page; two or more are a list of other articles.
TEASERS_AT_LEAST = 2
TEASER_LINES = 3  # a title, an excerpt and a date, but no more before the next mark
TEASER_CHARS = 200

# The entries of the rule files that head a list of other articles.
LIST_HEADS = ("/related-head", "/related-head-inside", "/read-more-link", "/read-more")
TITLE_WORDS = range(4, 26)
TITLES_AT_LEAST = 2

REPLY_MARKS = frozenset({
    "reply", "reply to this", "report", "report comment", "like", "says", "said", "antworten", "melden",
    "répondre", "signaler", "responder", "denunciar", "rispondi", "segnala", "odpowiedz", "zgłoś", "ответить",
    "пожаловаться", "відповісти", "поскаржитися", "yanıtla", "cevapla", "şikayet et",
})  # fmt: skip
SAYS = re.compile(
    r"\A[^.!?]{1,40} (?:says|said|wrote|dit|dice|diz|schrieb|sagt|napisał(?:a)?|пишет|пише|dedi ki) ?:",
    re.IGNORECASE,
)
STAMP_RULES = ("/ago", "/date-line", "/published-stamp")
COMMENT_TIME = re.compile(
    r"(?:on |am |le |el |il |em )?[^\W\d]{0,12}\.?,? ?\d{1,4}[./ -]{1,2}[^\W_]{1,12}[./ -]{1,2}\d{2,4}"
    r"(?:,? (?:at|um|à|a las|alle|às|o|в|о) |[ ,|–-]{1,3})\d{1,2}[:.h]\d\d.{0,12}",
    re.IGNORECASE,
)
ENTRIES_AT_LEAST = 2
ENTRY_LINES = 12  # between two marks; a longer stretch is something else
NAME_WORDS = 4

CAPTION_WORDS = 5
COPY_WORDS = 8  # shorter lines may be repeated on purpose
COPY_LINES = 4  # visible lines on, at most
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
    tail = layout.tail
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


def find_teaser_lists(layout: Layout) -> Iterator[Found]:
    """Name the titles under "Related", "Most read" and the like, behind the last paragraph.

    What follows the first line that is neither a title nor chrome is kept.
    """
    for head in layout.tail:
        if not any(rule.name.endswith(LIST_HEADS) for rule in layout.fitting[head]):
            continue
        run = []
        for number in range(head + 1, len(layout.lines)):
            if not (layout.is_ruled(number) or _is_title(layout.lines[number])):
                break
            run.append(number)
        titles = [number for number in run if not layout.is_ruled(number)]
        if len(titles) >= TITLES_AT_LEAST:
            yield from ((number, "teaser-list") for number in (head, *titles))


def _is_title(line: Line) -> bool:
    words = _count_words(line)
    ends = line.plain.endswith(SENTENCE_ENDS) and not line.plain.endswith("?")
    return words in TITLE_WORDS and len(line.plain) <= TEASER_CHARS and not ends


def find_comments(layout: Layout) -> Iterator[Found]:
    """Name the readers' comments from their heading to the last entry, as one block.

    Only behind the body: no less of it may stand before the heading than paragraphs follow the block.
    Two entries or more must show a button to reply, or a name above a time.
    """
    for head, fits in enumerate(layout.fitting):
        if fits and _is_comments_head(layout, head):
            end = _end_of_comments(layout, head)
            if end > head and _is_behind_the_body(layout, head, end):
                yield from ((number, "comments") for number in range(head, end + 1))
                return


def _is_comments_head(layout: Layout, number: int) -> bool:
    named = any(rule.name.endswith("/comments") for rule in layout.fitting[number])
    return named and as_phrase(layout.lines[number].bare) not in REPLY_MARKS


def _end_of_comments(layout: Layout, head: int) -> int:
    """Give the number of the last line of the entries below a heading; the heading's if there are none."""
    marks = [head]
    for number in range(head + 1, len(layout.lines)):
        if number - marks[-1] > ENTRY_LINES:
            break
        if _is_entry_mark(layout, number):
            marks.append(number)
    if len(marks) <= ENTRIES_AT_LEAST:
        return head
    last = marks[-1]
    if _is_reply(layout.lines[last]):
        return last
    # The text stands below its mark; the last one is taken to be as long as the one before at most.
    longest = last - marks[-2]
    while last + 1 < len(layout.lines) and last - marks[-1] + 1 < longest:
        if layout.is_ruled(last + 1):
            break
        last += 1
    return last


def _is_entry_mark(layout: Layout, number: int) -> bool:
    line = layout.lines[number]
    if _is_reply(line):
        return True
    stamped = COMMENT_TIME.fullmatch(line.plain) is not None
    if not stamped and not any(rule.name.endswith(STAMP_RULES) for rule in layout.fitting[number]):
        return False
    before = layout.lines[number - 1]
    return _count_words(before) <= NAME_WORDS and not before.plain.endswith(SENTENCE_ENDS)


def _is_reply(line: Line) -> bool:
    return as_phrase(line.bare) in REPLY_MARKS or SAYS.fullmatch(line.plain) is not None


def _is_behind_the_body(layout: Layout, head: int, end: int) -> bool:
    strong = [number for number, line in enumerate(layout.lines) if is_strong(line)]
    before = sum(number < head for number in strong)
    after = sum(number > end for number in strong)
    return before > 0 and before >= after


def find_caption_repeats(layout: Layout) -> Iterator[Found]:
    """Name the second copy of a caption: the one with the credit, or else the later one.

    The copy may stand a few lines on: the text for those who see no picture comes before it, the
    caption below.
    """
    longs = [
        (number, line.plain)
        for number, line in enumerate(layout.lines)
        if _count_words(line) >= CAPTION_WORDS
    ]
    for at, (number, this) in enumerate(longs):
        for following, that in longs[at + 1 : at + 1 + COPY_LINES]:
            distance = following - number
            if distance > COPY_LINES:
                break
            if this == that:
                # Heads of tables and refrains repeat as well, but not at once.
                if distance == 1 and this.count(" ") + 1 >= COPY_WORDS:
                    yield following, "caption-repeat"
            elif that.startswith(this):
                if _is_credit(that[len(this) :]):
                    yield following, "caption-repeat"
            elif this.startswith(that) and _is_credit(this[len(that) :]):
                yield number, "caption-repeat"


def _is_credit(rest: str) -> bool:
    rest = rest.strip(" .,;:|/()[]–—-")
    starts = CREDIT_STARTS.match(rest) is not None
    return len(rest) <= CREDIT_CHARS and (starts or rest.casefold().endswith(CREDIT_ENDS))


def _count_words(line: Line) -> int:
    return line.plain.count(" ") + 1


def find_weather(layout: Layout) -> Iterator[Found]:
    """Name the temperature at the edge of a page, and the place between it and the page's clock."""
    for number, line in enumerate(layout.lines):
        if not TEMPERATURE.fullmatch(line.plain) or not layout.is_in(number, "edges"):
            continue
        yield number, "weather"
        if number + 2 < len(layout.lines):
            place, clock = number + 1, number + 2
            if _count_words(layout.lines[place]) <= PLACE_WORDS and layout.is_ruled(clock):
                yield place, "weather"
