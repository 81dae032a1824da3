"""Read the JSON-LD of a page: the description of the article that sites write for search engines.

In: the texts of the script elements. Out: the object that describes the article itself, not those
of articles it links to. Broken JSON is passed over; many pages have it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

Node = Mapping[str, object]
MAX_CHARS = 500_000
MAX_NODES = 500
# Only here does the description of the page's own article stand; lists of other articles stand elsewhere.
DESCENDS = ("@graph", "mainEntity", "mainEntityOfPage")
ARTICLES = ("newsarticle", "reportagenewsarticle", "liveblogposting", "blogposting", "article")
PAGES = ("webpage", "itempage")


def find_article(scripts: Iterable[str]) -> Node:
    """Give the description of the article, or of the page; empty when there is none."""
    nodes = [node for script in scripts for node in _nodes(script)]
    articles = [node for node in nodes if any(kind.endswith(ARTICLES) for kind in kinds(node))]
    pages = [node for node in nodes if any(kind in PAGES for kind in kinds(node))]
    return next(iter((*articles, *pages)), {})


def kinds(node: Node) -> tuple[str, ...]:
    """Give the types of a node, in lower case."""
    return tuple(text.lower() for text in texts(node.get("@type")))


def texts(value: object) -> tuple[str, ...]:
    """Give the strings of a value that may be one or a list.

    >>> texts("a"), texts(["a", 1, "b"]), texts(None)
    (('a',), ('a', 'b'), ())
    """
    if isinstance(value, str):
        return (value,)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def names(value: object) -> tuple[str, ...]:
    """Give the names of persons or organisations, in any of the forms that sites use.

    >>> names([{"@type": "Person", "name": "Ann Lee"}, "Tom Roe"])
    ('Ann Lee', 'Tom Roe')
    """
    found: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, Mapping):
            found += texts(one.get("name"))
    return tuple(found)


def _nodes(script: str) -> Iterator[Node]:
    if len(script) > MAX_CHARS:
        return
    try:
        waiting: list[object] = [json.loads(script.strip().rstrip(";"), strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(MAX_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, Mapping):
            found = cast("Node", node)
            yield found
            waiting += [found[key] for key in DESCENDS if key in found]
        elif isinstance(node, Sequence) and not isinstance(node, str):
            waiting += node[:MAX_NODES]
