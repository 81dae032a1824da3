"""Lift title, authors and date out of a flattened text.

In: the document, its body and what was cut. Out: ``Facts``. What was given with the document
stands, whatever the text says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from searchidx.clean.bylines import BYLINE, parse_byline
from searchidx.clean.dates import read_date, read_url_date
from searchidx.clean.language import detect_language
from searchidx.clean.lines import Line, is_strong, level, split_lines
from searchidx.clean.rules import RuleSet, load_rules
from searchidx.clean.titles import WORD, trim_title
from searchidx.types import Document, Removed

TITLE_CHARS = 200
TITLE_WORDS = 3
SHORT_TITLE_WORDS = 4
TITLE_CONTEXT = 3_000  # characters of the text below in which a short headline finds its words
TELLING_CHARS = 4  # of a word that says what a text is about
TITLE_LINES = 15  # seen lines of the body among which a headline is looked for
DATE_LINE_CHARS = 40
MENU_CHOICES = 3
_BARS = re.compile(r" [|·•/] ")
SENTENCE_ENDS = (".", ".”", '."')  # below another line, what ends so is the beginning of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The metadata of a document, and how its date is known."""

    title: str = ""
    byline: tuple[str, ...] = ()
    source: str = ""
    url: str = ""
    published: str | None = None
    published_from: str | None = None
    language: str | None = None


def lift_facts(
    document: Document, body: str, removed: Sequence[Removed], *, rules: RuleSet | None = None
) -> Facts:
    """Collect what is known of a text; its source is known only if given, or by the address."""
    published, known_from = find_date(document, removed, rules or load_rules())
    return Facts(
        title=document.title or find_title(body),
        byline=document.byline or find_authors(document.content, removed),
        source=document.source or host_of(document.url),
        url=document.url,
        published=published,
        published_from=known_from,
        language=document.language or detect_language(body),
    )


def find_title(body: str) -> str:
    """Give the first line that looks like a headline: a few words, no paragraph.

    A line of three or four words may be the name of the paper: it must share a word with the text.
    """
    first = ""
    for line, rest in _beginning(body):
        plain = line.plain
        if is_strong(line) and first:
            break
        if _is_menu(plain):
            continue
        if len(plain) <= TITLE_CHARS and not (first and plain.endswith(SENTENCE_ENDS)):
            first = first or plain
            words = plain.count(" ") + 1
            if words > SHORT_TITLE_WORDS or (words >= TITLE_WORDS and _shares_word(plain, rest)):
                return trim_title(plain)
    return trim_title(first)


def _beginning(body: str) -> Iterator[tuple[Line, str]]:
    """Yield the first lines in which something can be seen, each with the text that follows."""
    start = seen = 0
    while start < len(body) and seen < TITLE_LINES:
        end = body.find("\n", start)
        end = len(body) if end < 0 else end
        plain = level(body[start:end])
        if plain:
            seen += 1
            yield Line(start, end, plain, plain), body[end : end + TITLE_CONTEXT]
        start = end + 1


def _is_menu(plain: str) -> bool:
    """Tell whether a line is a row of choices, such as EN | DE | PL."""
    choices = _BARS.split(plain)
    return len(choices) >= MENU_CHOICES and all(choice.count(" ") < TITLE_WORDS for choice in choices)


def _shares_word(plain: str, text: str) -> bool:
    text = text.casefold()
    return any(len(word) >= TELLING_CHARS and word in text for word in WORD.findall(plain.casefold()))


def find_authors(raw: str, removed: Sequence[Removed]) -> tuple[str, ...]:
    """Read the first byline that was cut."""
    for span in removed:
        if span.rule == BYLINE:
            plain = level(raw[span.start : span.end])
            return parse_byline(plain) or (plain,)
    return ()


def find_date(
    document: Document, removed: Sequence[Removed], rules: RuleSet
) -> tuple[str | None, str | None]:
    """Give the date of publication and how it is known.

    A date that merely stands on the page is the clock of the day it was fetched, as often as not:
    it counts only behind a word such as "Posted", or beside the byline.
    """
    if document.published:
        return document.published, "given"
    known = rules.for_source(document.source or host_of(document.url)).rules
    lifting = {rule.name for rule in known if rule.lifts == "published"}
    for span in removed:
        if span.rule in lifting and (found := read_date(level(document.content[span.start : span.end]))):
            return found, "stamp"
    if found := read_url_date(document.url):
        return found, "url"
    if found := _find_dateline(document.content, removed):
        return found, "dateline"
    return None, None


def _find_dateline(raw: str, removed: Sequence[Removed]) -> str | None:
    """Read the date in the line before or after the first byline."""
    spans = [span for span in removed if span.rule == BYLINE]
    if not spans:
        return None
    lines = split_lines(raw)
    for number, line in enumerate(lines):
        if line.start == spans[0].start:
            near = (*lines[number + 1 : number + 2], *lines[max(0, number - 1) : number])
            dates = [read_date(one.bare) for one in near if len(one.bare) <= DATE_LINE_CHARS]
            return next(filter(None, dates), None)
    return None


def given_facts(document: Document) -> Facts:
    """Give the metadata as it came, for a document that is clean already."""
    return Facts(
        title=document.title,
        byline=document.byline,
        source=document.source or host_of(document.url),
        url=document.url,
        published=document.published,
        published_from="given" if document.published else None,
        language=document.language or detect_language(document.content),
    )


def host_of(url: str) -> str:
    """Give the host of an address, without www.

    >>> host_of("https://www.example.org/talks"), host_of("no address")
    ('example.org', '')
    """
    from urllib.parse import urlsplit

    try:
        host = urlsplit(url[:2_000]).hostname
    except ValueError:
        return ""
    return (host or "").removeprefix("www.")
