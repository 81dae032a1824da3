"""Read a page: the article's text and what the page says of itself.

In: a ``Document`` of kind html. Out: body, ``Facts``, notes. trafilatura finds the article, in its
precision mode and, where that finds little, in its balanced one; where both do, Beautiful Soup gives
the text of the page; a page that no parser may have is flattened without one. The rules for
flattened text cut what is left of the chrome. An empty body comes with a note.
"""

import logging
import warnings
from typing import Any

from searchidx.clean.cuts import cut, find_cuts
from searchidx.clean.dates import read_url_date
from searchidx.clean.flatten import SILENT, find_title, flatten
from searchidx.clean.hostile import why_hostile
from searchidx.clean.language import detect_language
from searchidx.clean.metadata import Facts, host_of
from searchidx.clean.page import read_page_facts
from searchidx.clean.titles import trim_title
from searchidx.types import Document

# An article of which the extractor finds less than this, while the page has clearly more …
LITTLE = 200
# … counts as not found: the next way must find this many times as much.
CLEARLY_MORE = 3
# A nav or button that somebody forgot to close holds the rest of the page: such a share is never chrome.
MOST = 0.5
NO_TEXT = "the page holds no text"
LITTLE_FOUND = "no article was found in the page: its whole text was taken"
DROPPED = (*SILENT, "style", "nav", "aside", "footer", "form", "iframe", "button")
CONTAINERS = ("main", "article", "body")
LOGGERS = ("trafilatura", "htmldate", "courlan", "readability", "justext")
# What a parser raises on broken pages; anything else is a fault of ours and must be seen.
BROKEN = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError)


def read_html(document: Document) -> tuple[str, Facts, tuple[str, ...]]:
    """Give the article of a page, its metadata and what a reader should know."""
    page = document.content
    if reason := why_hostile(page):
        return _flattened(document, f"the page is {reason}")
    tree = _parse(page)
    if tree is None:
        return _flattened(document, "it can't be parsed")
    body, notes = _find_body(tree, page)
    body = _cut_chrome(body)
    return body, read_page_facts(document, tree, body), notes


def _find_body(tree: Any, page: str) -> tuple[str, tuple[str, ...]]:
    """Try the ways to the text, the most precise first."""
    body = _extract(tree, precise=True)
    if len(body) < LITTLE and _is_clearly_more(wider := _extract(tree, precise=False), body):
        body = wider
    if len(body) < LITTLE and _is_clearly_more(text := _text_of_page(page), body):
        return text, (LITTLE_FOUND,)
    return body, () if body else (NO_TEXT,)


def _is_clearly_more(text: str, than: str) -> bool:
    return len(text) >= CLEARLY_MORE * max(len(than), 1)


def _flattened(document: Document, reason: str) -> tuple[str, Facts, tuple[str, ...]]:
    body = _cut_chrome(flatten(document.content))
    note = f"flattened without a parser: {reason}"
    published = document.published or read_url_date(document.url)
    facts = Facts(
        title=document.title or trim_title(find_title(document.content)),
        byline=document.byline,
        source=document.source or host_of(document.url),
        url=document.url,
        published=published,
        published_from=("given" if document.published else "url") if published else None,
        language=document.language or detect_language(body),
    )
    return body, facts, (note,) if body else (note, NO_TEXT)


def _parse(page: str) -> Any:
    """Build the tree of a page; None when there is nothing to build."""
    import trafilatura

    _silence()
    try:
        return trafilatura.load_html(page)
    except BROKEN:
        return None


def _extract(tree: Any, *, precise: bool) -> str:
    """Let trafilatura find the article; each paragraph is a line."""
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            tree, favor_precision=precise, include_comments=False, with_metadata=False
        )
    except BROKEN:
        return ""
    return (found.text or "").strip() if found else ""


def _text_of_page(page: str) -> str:
    """Give the text of the main part of a page."""
    from bs4 import BeautifulSoup
    from bs4.exceptions import ParserRejectedMarkup

    try:
        with warnings.catch_warnings():
            # That a page looks like XML or like an address is no news to us.
            warnings.simplefilter("ignore")
            soup = BeautifulSoup(page, "lxml")
    except (*BROKEN, ParserRejectedMarkup):
        return flatten(page)
    limit = MOST * len(soup.get_text())
    for node in soup.find_all(DROPPED):
        if node.name in SILENT or len(node.get_text()) <= limit:
            node.decompose()
    parts = (soup.find(name) for name in CONTAINERS)
    texts = [part.get_text("\n", strip=True) for part in parts if part is not None]
    return next((text for text in texts if len(text) >= LITTLE), max(texts, key=len, default=""))


def _cut_chrome(text: str) -> str:
    """Cut the lines that are plainly chrome.

    On the development pages this is worth .000 to .002 of F1 on trafilatura's text, and costs no
    set anything.
    """
    removed, _ = find_cuts(text)
    return _space_paragraphs(cut(text, removed))


def _space_paragraphs(text: str) -> str:
    r"""Put an empty line between paragraphs, but none between the items of a list or table.

    >>> _space_paragraphs("Talks\n- one\n- two\nEnd")
    'Talks\n\n- one\n- two\n\nEnd'
    """
    pieces: list[str] = []
    before = ""
    for line in filter(None, map(str.strip, text.split("\n"))):
        mark = line[:2]
        if pieces:
            pieces.append("\n" if mark == before and mark in ("- ", "| ") else "\n\n")
        pieces.append(line)
        before = mark
    return "".join(pieces)


def _silence() -> None:
    """Keep the libraries' complaints about pages off stderr, unless the program handles them."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
