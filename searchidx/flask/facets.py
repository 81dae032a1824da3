"""How all hits divide, as links that narrow the search.

In: ``Facets`` and what was asked. Out: values for a template. A link sets nothing but the arguments that the
form has, too: source, language, since, until.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from searchidx.flask.asked import MAX_FIELD_CHARS, Asked
from searchidx.flask.dates import month
from searchidx.flask.markup import visible
from searchidx.names import name_terms
from searchidx.types import Counts, Facets

SHOWN = 6  # values of each kind; the others are folded away
MOST = 60  # values of each kind, the folded ones included
MAX_MONTHS = 12  # more are told by year
MAX_CHARS = 80  # of a value


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetLink:
    """A value, how many hits have it, and the same search in these alone; no link where none is possible."""

    text: str
    count: int
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetGroup:
    """The values of one kind."""

    name: str
    values: tuple[FacetLink, ...]
    more: tuple[FacetLink, ...]  # folded away
    unknown: FacetLink | None  # undated, or without a source or language
    any_link: str  # the same search without the filter of this kind; empty where there is none
    any_text: str


def page_link(query: str, filters: Mapping[str, str], *, page: int = 1) -> str:
    """Give the address of a search."""
    values: dict[str, Any] = {"q": query, **filters}
    if page > 1:
        values["page"] = page
    return url_for(".page", **values)


def facet_groups(facets: Facets, asked: Asked) -> tuple[FacetGroup, ...]:
    """Give the kinds of which there is something to choose, or to undo."""
    groups = (
        _group("Source", "any source", facets.sources, asked, ("source",), "unknown"),
        _group("Language", "any language", facets.languages, asked, ("language",), "unknown"),
        _group("Published", "any date", _dates(facets), asked, ("since", "until"), "undated"),
    )
    return tuple(group for group in groups if group.any_link or len(group.values) + bool(group.unknown) > 1)


def _group(
    name: str, any_text: str, counts: Counts, asked: Asked, arguments: tuple[str, ...], unknown: str
) -> FacetGroup:
    others = {key: value for key, value in asked.filters().items() if key not in arguments}

    def link(value: str) -> str:
        return page_link(asked.query, others | dict.fromkeys(arguments, value))

    named = [
        FacetLink(
            text=_text(value, name), count=count, link=link(value) if _can_be_asked(name, value) else ""
        )
        for value, count in [(value, count) for value, count in counts if value][:MOST]
    ]
    # One alone is shown: to unfold it would take as much room.
    shown = SHOWN if len(named) > SHOWN + 1 else len(named)
    without = next((count for value, count in counts if not value), 0)
    is_chosen = len(others) < len(asked.filters())
    return FacetGroup(
        name=name,
        values=tuple(named[:shown]),
        more=tuple(named[shown:]),
        unknown=FacetLink(text=unknown, count=without, link="") if without else None,
        any_link=page_link(asked.query, others) if is_chosen else "",
        any_text=any_text,
    )


def _can_be_asked(name: str, value: str) -> bool:
    """Tell whether a filter of this value is read as it is, and finds what has it."""
    if len(value) > MAX_FIELD_CHARS or visible(value).strip() != value:
        return False
    terms = name_terms(value)
    return terms == (value,) if name == "Language" else bool(terms)


def _dates(facets: Facets) -> Counts:
    """Count by year, by month, or by day where all are of one month; the newest first."""
    months = facets.by(7)
    chars = 4 if len(months) > MAX_MONTHS else 7 if len(months) > 1 else 10
    return (("", facets.undated), *facets.by(chars)[::-1])


def _text(value: str, name: str) -> str:
    text = month(value) if name == "Published" else visible(value)
    return text if len(text) <= MAX_CHARS else f"{text[: MAX_CHARS - 1]}…"
