"""Lift title, authors, site and language out of a page.

In: a page's tree, its ``Reading`` and the document. Out: ``Facts``. The date is the affair of
``page_dates``, the choice of the title that of ``titles``. What was given with the document stands.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from searchidx.clean.bylines import parse_byline
from searchidx.clean.html_page import Reading
from searchidx.clean.language import detect_language
from searchidx.clean.linked_data import names
from searchidx.clean.metadata import Facts, host_of
from searchidx.clean.page_dates import find_page_date
from searchidx.clean.titles import choose_title, names_site
from searchidx.types import Document

Tree = Any  # an element of lxml, which comes without types
MAX_HEADINGS = 5
MAX_AUTHORS = 10
AUTHOR_CHARS = 80
AUTHOR_METAS = ("author", "parsely-author", "sailthru.author", "dc.creator", "article:author_name", "byl")


def read_page_facts(
    document: Document, tree: Tree, reading: Reading, *, body: str, source: str, starts_at: int
) -> Facts:
    """Collect what a page says of itself; ``starts_at`` is the number of its article's first block."""
    url = document.url or find_url(tree, reading.metas)
    published, known_from = document.published, "given" if document.published else None
    if not published:
        published, known_from = find_page_date(
            tree,
            reading.blocks,
            url=url,
            metas=reading.metas,
            article=reading.article,
            title_at=reading.title_at,
            starts_at=starts_at,
        )
    return Facts(
        title=document.title or _find_title(reading, source, starts_at),
        byline=document.byline or _find_authors(tree, reading, source),
        source=source,
        url=url,
        published=published,
        published_from=known_from,
        language=document.language or _find_language(tree, body),
    )


def find_source(document: Document, tree: Tree, reading: Reading) -> str:
    """Give the name of the site, or its host."""
    return (
        document.source
        or reading.metas.get("og:site_name", "")
        or host_of(document.url or find_url(tree, reading.metas))
    )


def find_url(tree: Tree, metas: Mapping[str, str]) -> str:
    """Give the address that a page calls its own, or ""."""
    canonical = (node.get("href") or "" for node in tree.iterfind('.//link[@rel="canonical"]'))
    for url in (*canonical, metas.get("og:url", "")):
        if url.strip().startswith(("https://", "http://")):
            return url.strip()
    return ""


def _find_title(reading: Reading, source: str, starts_at: int) -> str:
    headings = [block.text for block in reading.blocks if block.box.tag == "h1"][:MAX_HEADINGS]
    above = [block.text for block in reading.blocks[: starts_at + 1] if block.box.tag == "h1"]
    return choose_title(headings, reading.names, source, lead=above[-1] if above else "")


def _find_authors(tree: Tree, reading: Reading, source: str) -> tuple[str, ...]:
    ways: tuple[Callable[[], Iterator[str]], ...] = (
        lambda: iter(names(reading.article.get("author"))),
        lambda: (reading.metas[key] for key in AUTHOR_METAS if key in reading.metas),
        lambda: map(_text, tree.xpath('//*[@itemprop="author" or @rel="author"][position() <= 10]')),
    )
    for way in ways:
        found: list[str] = []
        for words in way():
            found += _split_authors(words, source)
        if found:
            return tuple(dict.fromkeys(found))[:MAX_AUTHORS]
    return ()


def _split_authors(words: str, source: str) -> tuple[str, ...]:
    """Give the persons whom an author field names; a site or an address is no person."""
    words = " ".join(words.split())
    if len(words) > AUTHOR_CHARS * 3 or "://" in words or "@" in words or names_site(words, source):
        return ()
    if by := parse_byline(f"By {words.removeprefix('By ').removeprefix('by ')}"):
        return by
    return (words,) if 0 < len(words) <= AUTHOR_CHARS else ()


def _find_language(tree: Tree, body: str) -> str | None:
    for node in (tree, *_some(tree, "html", 1)):
        code = (node.get("lang") or "").strip().lower().replace("_", "-").partition("-")[0]
        if len(code) == 2 and code.isascii() and code.isalpha():
            return str(code)
    return detect_language(body)


def _some(tree: Tree, tag: str, limit: int) -> Iterator[Tree]:
    for number, node in enumerate(tree.iter(tag)):
        if number == limit:
            return
        yield node


def _text(node: Tree) -> str:
    return " ".join(" ".join(node.itertext()).split())
