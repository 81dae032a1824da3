"""What the page of one document shows: its stored clean text in paragraphs, hits marked and numbered.

In: a ``CleanDocument`` and the ranges that a query matches in it. Out: frozen values for a template.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from searchidx.analysis.sentences import paragraphs
from searchidx.errors import UsageError
from searchidx.flask.dates import Day, day
from searchidx.flask.links import Link, safe_link
from searchidx.flask.markup import Anchors, joined, marked, visible
from searchidx.flask.pages import language_tag
from searchidx.markdown import shown
from searchidx.search import Index
from searchidx.types import CleanDocument, Span

SHOWN_NUMBERS = 12  # links to hits at the top of a document


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One document."""

    heading: str
    title: Markup  # the heading, marked
    paragraphs: tuple[Markup, ...]
    hits: int  # marks in the paragraphs, with the ids hit-1, hit-2 …
    numbers: tuple[int, ...]  # of the hits that the top of the page links to
    query: str
    back_link: str  # to the answer that led here; empty if no words are asked for
    source: str
    byline: str
    day: Day | None
    language: str
    original: Link | None
    doc_id: str
    path: str
    notes: tuple[str, ...]


def article(document: CleanDocument, index: Index, query: str, *, exact: bool = False) -> Article:
    """Turn a stored document into what the page shows."""
    title_marks, body_marks = _marks(document, index, query, exact=exact)
    heading = document.title if document.title.strip() else document.path or document.doc_id
    drawn = [shown(text, inside, document.path) for text, inside in _paragraphs(document.body, body_marks)]
    texts = [(text, inside) for text, inside in drawn if text.strip()]
    last = sum(len(ranges) for _, ranges in texts)
    return Article(
        heading=visible(heading),
        title=marked(heading, title_marks if heading == document.title else ()),
        paragraphs=_numbered(texts, last),
        hits=last,
        numbers=_numbers(last),
        query=visible(query),
        back_link=url_for(".page", q=query, exact="1" if exact else None) if query else "",
        source=visible(document.source),
        byline=visible(", ".join(document.byline)),
        day=day(document.published),
        language=language_tag(document.language),
        original=safe_link(document.url),
        doc_id=visible(document.doc_id),
        path=visible(document.path),
        notes=tuple(visible(note) for note in document.notes),
    )


def _marks(
    document: CleanDocument, index: Index, query: str, *, exact: bool
) -> tuple[Sequence[Span], Sequence[Span]]:
    """Give the ranges of title and body that answer a query; none where nothing is asked."""
    try:
        title = index.marks(document, query, field="title", exact=exact)
        return title, index.marks(document, query, exact=exact)
    except UsageError:  # an empty query
        return [], []


def _paragraphs(body: str, ranges: Sequence[Span]) -> list[tuple[str, list[Span]]]:
    """Cut a text into paragraphs with the ranges of each; a range over two of them becomes two."""
    texts = []
    rest = joined(ranges, 0, len(body))
    for start, end in paragraphs(body):
        inside = [(begin - start, finish - start) for begin, finish in joined(rest, start, end)]
        rest = [span for span in rest if span[1] > end]
        texts.append((body[start:end], inside))
    return texts


def _numbered(texts: Sequence[tuple[str, list[Span]]], last: int) -> tuple[Markup, ...]:
    drawn = []
    first = 1
    for text, ranges in texts:
        drawn.append(marked(text, ranges, anchors=Anchors(first, last)))
        first += len(ranges)
    return tuple(drawn)


def _numbers(last: int) -> tuple[int, ...]:
    """Choose the hits to link to: all, or the first ones and the last.

    >>> _numbers(3), _numbers(99)
    ((1, 2, 3), (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 99))
    """
    if last <= SHOWN_NUMBERS:
        return tuple(range(1, last + 1))
    return (*range(1, SHOWN_NUMBERS), last)
