"""Read a page: the article's text and what the page says of itself.

In: a ``Document`` of kind html. Out: body, ``Facts``, notes. The page is parsed once and cut into blocks
of text; a model tells which belong to the article (``html_model``). Where it finds little, trafilatura
is asked, in its precision mode and then in its balanced one; where all find little, the whole text of
the page is taken. A page that no parser may have is flattened without one. The rules for flattened
text cut what is left of the chrome. An empty body comes with a note.
"""

import logging
import warnings
from typing import Any

from searchidx.clean.cuts import cut, find_cuts
from searchidx.clean.dates import read_url_date
from searchidx.clean.evidence import Evidence
from searchidx.clean.flatten import SILENT, find_title, flatten
from searchidx.clean.hostile import why_hostile
from searchidx.clean.html_blocks import Block
from searchidx.clean.html_model import load_model
from searchidx.clean.html_page import Reading, parse, read_page
from searchidx.clean.html_text import choose_blocks, write_text
from searchidx.clean.language import detect_language
from searchidx.clean.metadata import Facts, host_of
from searchidx.clean.page import find_source, find_url, read_page_facts
from searchidx.clean.rules import RuleSet
from searchidx.clean.titles import trim_title
from searchidx.types import Document

# An article of which the extractor finds less than this, while the page has clearly more …
LITTLE = 200
# … counts as not found: the next way must find this many times as much.
CLEARLY_MORE = 3
# A nav or button that somebody forgot to close holds the rest of the page: such a share is never chrome.
MOST = 0.5
TELLING = 60  # characters of a block that begins the text
NO_TEXT = "the page holds no text"
LITTLE_FOUND = "no article was found in the page: its whole text was taken"
DROPPED = (*SILENT, "style", "nav", "aside", "footer", "form", "iframe", "button")
CONTAINERS = ("main", "article", "body")
LOGGERS = ("trafilatura", "htmldate", "courlan", "readability", "justext")
# What a parser raises on broken pages; anything else is a fault of ours and must be seen.
BROKEN = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError)


def read_html(
    document: Document, *, evidence: Evidence | None = None, rules: RuleSet | None = None
) -> tuple[str, Facts, tuple[str, ...]]:
    """Give the article of a page, its metadata and what a reader should know.

    ``evidence`` tells which lines repeat over the pages of a source.
    """
    page = document.content
    if reason := why_hostile(page):
        return flatten_page(document, rules, f"the page is {reason}")
    tree = parse(page)
    if tree is None:
        return flatten_page(document, rules, "it can't be parsed")
    reading = read_page(tree)
    source = find_source(document, tree, reading)
    rules = rules and rules.for_source(host_of(document.url or find_url(tree, reading.metas)), source)
    model = load_model()
    likely = [model.score(row) for row in reading.rows]
    chosen = choose_blocks(reading.blocks, reading.rows, likely, source=source, evidence=evidence)
    body, notes = _find_body(page, write_text(chosen))
    body = _cut_chrome(body, rules, source=source)
    facts = read_page_facts(
        document, tree, reading, body=body, source=source, starts_at=_find_start(reading, chosen)
    )
    return body, facts, notes if body else (*notes, NO_TEXT)


def _find_start(reading: Reading, chosen: list[Block]) -> int:
    """Give the number of the first block of running text that was chosen, else of the first."""
    kept = {id(block) for block in chosen}
    for number, block in enumerate(reading.blocks):
        if id(block) in kept and len(block.text) >= TELLING:
            return number
    return 0


def _find_body(page: str, found: str) -> tuple[str, tuple[str, ...]]:
    """Try other ways to the text where the first found little."""
    if len(found) >= LITTLE:
        return found, ()
    tree = _parse_again(page)
    for precise in (True, False):
        if len(found) < LITTLE and _is_clearly_more(wider := _extract(tree, precise=precise), found):
            found = wider
    if len(found) < LITTLE and _is_clearly_more(text := _text_of_page(page), found):
        return text, (LITTLE_FOUND,)
    return found, ()


def _is_clearly_more(text: str, than: str) -> bool:
    return len(text) >= CLEARLY_MORE * max(len(than), 1)


def flatten_page(
    document: Document, rules: RuleSet | None, reason: str
) -> tuple[str, Facts, tuple[str, ...]]:
    """Take the text of a page without parsing it; ``reason``: why not."""
    rules = rules and rules.for_source(host_of(document.url), document.source)
    body = _cut_chrome(flatten(document.content), rules, source=document.source, model=True)
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


def _parse_again(page: str) -> Any:
    """Let trafilatura build its own tree; None when there is nothing to build."""
    import trafilatura

    _silence()
    try:
        return trafilatura.load_html(page)
    except BROKEN:
        return None


def _extract(tree: Any, *, precise: bool) -> str:
    """Let trafilatura find the article; each paragraph is a line."""
    import trafilatura

    if tree is None:
        return ""
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


def _cut_chrome(text: str, rules: RuleSet | None, *, source: str, model: bool = False) -> str:
    """Cut the lines that are plainly chrome; the model of lines is for text that none of blocks has seen."""
    removed, _ = find_cuts(text, source=source, rules=rules, model=model)
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
