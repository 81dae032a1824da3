"""Read a Markdown file as one document; metadata is lifted out of its front matter.

Front matter is what static sites and note programs put first: lines of "key: value" between two
lines "---". It is YAML, of which it uses "key: value", "[a, b]" and "- a"; the rest is passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from searchidx.corpus.dates import iso
from searchidx.corpus.encodings import NO_TEXT
from searchidx.corpus.reader import UnreadableError
from searchidx.corpus.text import read_text
from searchidx.types import Document, Skipped

_MAX_CHARS = 16_384  # a "---" further down is a line drawn by the author
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"([A-Za-z][\w-]{0,60})[ \t]{0,20}:(.*)")
_ITEM = re.compile(r"[ \t]{0,60}-[ \t](.+)")
_HEADING = re.compile(r"^(?:#[ \t](.{1,300})|(\S.{0,300})\n={3,}[ \t]{0,9})$", re.MULTILINE)
_MEANT_BY = {"date": "published", "author": "byline", "authors": "byline", "lang": "language"}
_LIFTED = {"title", "published", "source", "byline", "url", "language"}


def read_markdown(data: bytes, path: str, /) -> Iterator[Document | Skipped]:
    """Yield the one document of a .md file."""
    for document in read_text(data, path):
        yield _lifted(document) if isinstance(document, Document) else document


def _lifted(document: Document) -> Document:
    """Return the document with its front matter as fields; without one its first heading is the title."""
    found = _FRONT_MATTER.match(document.content, 0, _MAX_CHARS)
    values = _values(found[1]) if found else {}
    if not found or not values:
        return replace(document, title=_heading(document.content))
    content = document.content[found.end() :]
    first = {key: listed[0] for key, listed in values.items() if listed}
    if not first.get("title") and (not content or content.isspace()):
        raise UnreadableError(NO_TEXT)
    published = iso(first.get("published", ""))
    if "://" in first.get("source", ""):  # many tools call the address of a saved page its source
        first["url"] = first.get("url") or first.pop("source")
    meta: dict[str, object] = {key: listed for key, listed in values.items() if key not in _LIFTED}
    if first.get("published") and not published:
        meta["published_unreadable"] = first["published"]
    return replace(
        document,
        content=content,
        title=first.get("title") or _heading(content),
        published=published,
        source=first.get("source", ""),
        byline=tuple(values.get("byline", ())),
        url=first.get("url", ""),
        language=first.get("language"),
        meta={**meta, **document.meta},
    )


def _heading(content: str) -> str:
    r"""Give the text of the first heading of the first level, as ``# Talks end`` or underlined with ``===``.

    >>> _heading("[Home](/)\n\n# Talks *end* #\n"), _heading("#tag"), _heading("[A](/)\n\nTalks end\n===\n")
    ('Talks end', '', 'Talks end')
    """
    found = _HEADING.search(content, 0, _MAX_CHARS)
    text = (found[1] or found[2]) if found else ""
    return text.strip().rstrip("#").strip().replace("*", "").replace("`", "")


def _values(front_matter: str) -> dict[str, list[str]]:
    r"""Return what each key holds, by the names of our fields.

    >>> _values("title: 'Talks: day 2'\nauthors: [Ruth M., Luke H.]\ntags:\n  - war\n# remark")
    {'title': ['Talks: day 2'], 'byline': ['Ruth M.', 'Luke H.'], 'tags': ['war']}
    """
    values: dict[str, list[str]] = {}
    latest: list[str] = []
    for line in front_matter.split("\n"):
        if pair := _KEY.fullmatch(line):
            key = pair[1].lower()
            latest = values.setdefault(_MEANT_BY.get(key, key), [])
            latest += _items(pair[2].strip())
        elif item := _ITEM.fullmatch(line):
            latest += _items(item[1].strip())
    return values


def _items(value: str) -> list[str]:
    listed = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
    return [bare for item in listed if (bare := _unquoted(item.strip()))]


def _unquoted(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value
