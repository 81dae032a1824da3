"""Parse a page once and read what both its text and its metadata need.

In: a page. Out: its tree and a ``Reading``: meta tags, JSON-LD, the blocks of text and their numbers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from searchidx.clean.html_blocks import Block, cut_blocks
from searchidx.clean.html_features import describe, find_title_block
from searchidx.clean.linked_data import Node, find_article, texts

Tree = Any  # an element of lxml, which comes without types
LINKED_DATA = './/script[@type="application/ld+json"]'
DECLARATION = re.compile(r"<\?xml[^<>]{0,200}\?>", re.IGNORECASE)
MAX_HINTS = 50_000
NO_NODE: Node = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a page holds."""

    metas: Mapping[str, str]
    article: Node
    names: tuple[str, ...]  # what the page calls itself, best first
    blocks: Sequence[Block]
    rows: Sequence[Sequence[float]]
    title_at: int  # the number of the block that is the headline, or -1


TITLE_METAS = ("og:title", "parsely-title", "sailthru.title", "twitter:title", "dc.title")


def parse(page: str) -> Tree | None:
    """Build the tree of a page; None when there is nothing to build."""
    from lxml import etree, html

    page = page.replace("\0", " ").lstrip()
    if declared := DECLARATION.match(page):
        page = page[declared.end() :]
    parser = html.HTMLParser(
        encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree


def read_page(tree: Tree) -> Reading:
    """Read a page's tree."""
    metas = read_metas(tree)
    article = find_article(node.text or "" for node in tree.iterfind(LINKED_DATA))
    title = tree.find(".//title")
    names = [metas[key] for key in TITLE_METAS if key in metas]
    names += [
        *texts(article.get("headline"))[:1],
        *([" ".join((title.text or "").split())] if title is not None else []),
    ]
    blocks = cut_blocks(tree)
    title_at = find_title_block(blocks, names[0] if names else "")
    rows = describe(
        blocks,
        title=names[0] if names else "",
        title_at=title_at,
        summary=metas.get("og:description") or metas.get("description", ""),
        hints=" ".join(texts(article.get("articleBody")))[:MAX_HINTS],
    )
    return Reading(
        metas=metas,
        article=article,
        names=tuple(filter(None, names)),
        blocks=blocks,
        rows=rows,
        title_at=title_at,
    )


def read_metas(tree: Tree) -> dict[str, str]:
    """Give the first content of each meta tag, by its name in lower case."""
    metas: dict[str, str] = {}
    for node in tree.iterfind(".//meta"):
        content = " ".join((node.get("content") or "").split())
        for key in ("property", "name", "itemprop"):
            if content and (name := node.get(key)):
                metas.setdefault(name.strip().lower(), content)
    return metas
