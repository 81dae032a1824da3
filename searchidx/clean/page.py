"""Lift title, authors, site, date and language out of a page's tree.

In: a tree of lxml and the document. Out: ``Facts``. The order of the places in which a date is
looked for follows how often each was right on the development pages (of those that have it):
address .98, parsely .99, article:published_time .93 to .95, JSON-LD of an article .9, the first
time element .8. What was given with the document stands.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from searchidx.clean.bylines import parse_byline
from searchidx.clean.dates import read_date, read_machine_date, read_url_date
from searchidx.clean.flatten import SILENT
from searchidx.clean.language import detect_language
from searchidx.clean.linked_data import Node, find_article, names, texts
from searchidx.clean.metadata import Facts, host_of
from searchidx.clean.titles import choose_title, names_site
from searchidx.types import Document

Tree = Any  # an element of lxml, which comes without types
LINKED_DATA = './/script[@type="application/ld+json"]'
MAX_HEADINGS = 5
MAX_AUTHORS = 10
AUTHOR_CHARS = 80
STAMP_CHARS = 60
STAMP_TEXTS = 20  # pieces of text; of 10 to 80 tried, the right ones hardly grow from here on
PARAGRAPH_CHARS = 200
# Words beside dates that do not tell when the article came out.
OTHER_DATE = re.compile(
    r"updat|modif|review|edit|current|next|event|start|deadline|©|copyright|until|\bfrom\b|verif|check|"
    r"оновлен|обновлен|aktualisiert|mis à jour|actualizado",
    re.IGNORECASE,
)
DATE_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "og:publish_date",
    "article:first_published_time", "parsely-pub-date", "sailthru.date", "datepublished", "pubdate",
    "publishdate", "publish_date", "publish-date", "published-date", "pub_date", "published",
    "dc.date.issued", "dcterms.created", "dc.date", "date", "citation_publication_date", "citation_date",
)  # fmt: skip
AUTHOR_METAS = ("author", "parsely-author", "sailthru.author", "dc.creator", "article:author_name", "byl")
TITLE_METAS = ("og:title", "parsely-title", "sailthru.title", "twitter:title", "dc.title")


def read_page_facts(document: Document, tree: Tree, body: str) -> Facts:
    """Collect what a page says of itself."""
    metas = _read_metas(tree)
    article = find_article(node.text or "" for node in tree.iterfind(LINKED_DATA))
    url = document.url or _find_url(tree, metas)
    source = document.source or metas.get("og:site_name", "") or host_of(url)
    published, known_from = _find_date(document, url, metas, article, tree)
    return Facts(
        title=document.title or _find_title(tree, metas, article, source),
        byline=document.byline or _find_authors(tree, metas, article, source),
        source=source,
        url=url,
        published=published,
        published_from=known_from,
        language=document.language or _find_language(tree, body),
    )


def _read_metas(tree: Tree) -> dict[str, str]:
    """Give the first content of each meta tag, by its name in lower case."""
    metas: dict[str, str] = {}
    for node in tree.iterfind(".//meta"):
        content = " ".join((node.get("content") or "").split())
        for key in ("property", "name", "itemprop"):
            if content and (name := node.get(key)):
                metas.setdefault(name.strip().lower(), content)
    return metas


def _find_url(tree: Tree, metas: dict[str, str]) -> str:
    canonical = (node.get("href") or "" for node in tree.iterfind('.//link[@rel="canonical"]'))
    for url in (*canonical, metas.get("og:url", "")):
        if url.strip().startswith(("https://", "http://")):
            return url.strip()
    return ""


def _find_title(tree: Tree, metas: dict[str, str], article: Node, source: str) -> str:
    headings = [text for node in _some(tree, "h1", MAX_HEADINGS) if (text := _text(node))]
    named = [metas[key] for key in TITLE_METAS if key in metas]
    named += [*texts(article.get("headline"))[:1], *(_text(node) for node in _some(tree, "title", 1))]
    return choose_title(headings, named, source)


def _find_authors(tree: Tree, metas: dict[str, str], article: Node, source: str) -> tuple[str, ...]:
    ways: tuple[Callable[[], Iterator[str]], ...] = (
        lambda: iter(names(article.get("author"))),
        lambda: (metas[key] for key in AUTHOR_METAS if key in metas),
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


def _find_date(
    document: Document, url: str, metas: dict[str, str], article: Node, tree: Tree
) -> tuple[str | None, str | None]:
    """Give the date of publication and how it is known; a date of a change is none."""
    if document.published:
        return document.published, "given"
    in_url = read_url_date(url)
    for value, known_from in (
        *((value, "json-ld") for value in texts(article.get("datePublished"))),
        *((metas[key], "meta") for key in DATE_METAS if key in metas),
    ):
        found = read_machine_date(value)
        # The address has the day where the site is; the others are often in the time of Greenwich.
        if found and (in_url is None or found.startswith(in_url)):
            return found, known_from
    if in_url:
        return in_url, "url"
    if found := _read_stamp(tree):
        return found, "stamp"
    found = _read_time(tree)
    return found, "time" if found else None


def _read_stamp(tree: Tree) -> str | None:
    """Read a date that stands by itself shortly below the first heading.

    Above it stands the clock of the page, further below the dates of other articles.
    """
    before = ""
    for text in islice(_texts_below_heading(tree), STAMP_TEXTS):
        if len(text) > PARAGRAPH_CHARS:
            return None
        is_stamp = len(text) <= STAMP_CHARS and not OTHER_DATE.search(text) and not OTHER_DATE.search(before)
        if is_stamp and (found := read_date(text)):
            return found
        before = text[-STAMP_CHARS:]
    return None


def _texts_below_heading(tree: Tree) -> Iterator[str]:
    is_below = False
    for node in tree.iter():
        if node.tag == "h1":
            is_below = True
        elif is_below and isinstance(node.tag, str) and node.tag not in SILENT:
            text = " ".join((node.text or "").split())
            if text:
                yield text


def _read_time(tree: Tree) -> str | None:
    """Read the first time element, if it stands below the heading or there is none."""
    for node in _some(tree, "time", 1):
        if not node.xpath("boolean(preceding::h1 or ancestor::article or not(//h1))"):
            return None
        value = node.get("datetime") or _text(node)[:STAMP_CHARS]
        return read_machine_date(value) or read_date(value)
    return None


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
