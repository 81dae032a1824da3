"""What the page of hits shows: ``Results`` turned into values that a template only has to place.

In: ``Results`` and what was asked. Out: frozen values whose texts hold nothing that can't be seen, and
``Markup`` where hits are marked. A host's template can rely on the names; it decides nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from searchidx.flask.asked import Asked
from searchidx.flask.dates import Day, day
from searchidx.flask.facets import FacetGroup, facet_groups, page_link
from searchidx.flask.markup import marked, visible
from searchidx.markdown import shown
from searchidx.types import Expansion, Heading, Hit, Relaxed, Results, Snippet

SHOWN_EXPANSIONS = 8  # for each word typed; the others are folded away
# Other names tell more than other forms of the same word, so they come first.
_KINDS = ("alias", "variant", "learned", "synonym", "fold", "prefix", "fuzzy", "stem")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What the search box holds."""

    action: str
    query: str
    filters: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SnippetView:
    """An excerpt, marked."""

    text: Markup
    raw: bool  # of text that the cleaner cut


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    """A near-copy of a hit."""

    link: str
    title: str
    source: str
    day: Day | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """One hit."""

    rank: int
    link: str
    title: Markup
    source: str
    source_link: str  # the same search in this source alone
    byline: str
    day: Day | None
    language: str  # for the attribute lang; empty if unknown
    matches: str  # "all words", "some words" or what was let go; empty where every hit matches all
    snippets: tuple[SnippetView, ...]
    similar: tuple[CopyView, ...]  # near-copies folded under it


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpansionView:
    """A word typed and what was searched beside it."""

    term: str
    added: tuple[str, ...]
    more: tuple[str, ...]  # what did not fit


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A query that may be meant."""

    text: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelaxedView:
    """The answer to a wider query, where nothing matches the one that was asked."""

    note: str
    query: str
    link: str  # to the whole of it
    hits: tuple[HitView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """The place among the pages; a link is empty where there is no such page."""

    page: int
    pages: int
    previous: str
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A page of hits and what is said about it."""

    totals: str
    interpreted: str  # empty where it says no more than what was typed
    warnings: tuple[str, ...]
    expansions: tuple[ExpansionView, ...]
    suggestion: Suggestion | None
    exact_link: str  # the same search, as spelt
    hits: tuple[HitView, ...]
    pager: Pager
    expand_link: str  # to the same hits with each near-copy by itself; empty where none is folded
    facets: tuple[FacetGroup, ...]
    relaxed: RelaxedView | None


def form(asked: Asked) -> Form:
    """Fill in the search box as it was sent."""
    return Form(action=url_for(".page"), query=visible(asked.query), filters=asked.filters())


def answer(results: Results, asked: Asked, *, max_page_depth: int) -> Answer:
    """Turn an answer into what the page shows."""
    interpreted = " ".join(visible(results.interpreted).split())
    is_mixed = results.total_all_words < results.total
    warnings = tuple(visible(warning) for warning in results.warnings)
    if asked.is_cut:
        warnings = (f"only the first {len(asked.query):,} characters of the query are read", *warnings)
    return Answer(
        totals=totals(results),
        interpreted="" if interpreted == " ".join(visible(asked.query).split()) else interpreted,
        warnings=warnings,
        expansions=tuple(_expansion(expansion) for expansion in results.expansions),
        suggestion=_suggestion(results.suggestion, asked),
        exact_link=page_link(asked.query, asked.filters() | {"exact": "1"}),
        hits=tuple(_hit(hit, asked, matches=_matches(hit, is_mixed=is_mixed)) for hit in results.hits),
        pager=_pager(_shown(results), asked, max_page_depth),
        expand_link=(
            page_link(asked.query, asked.filters() | {"fold": "0"}) if _shown(results) < results.total else ""
        ),
        facets=facet_groups(results.facets, asked) if results.facets else (),
        relaxed=_relaxed(results.relaxed, asked) if results.relaxed else None,
    )


def _shown(results: Results) -> int:
    """Give the number of hits on all pages."""
    return results.total if results.total_folded is None else results.total_folded


def _matches(hit: Hit, *, is_mixed: bool) -> str:
    if not is_mixed:
        return ""
    return "all words" if hit.matches_all else "some words"


def totals(results: Results) -> str:
    """Say how many documents were found.

    >>> from searchidx.types import Results
    >>> totals(Results(query="", interpreted="", hits=(), total=5, total_is_exact=True, total_all_words=4))
    '4 match all words, 5 in all'
    """
    about = "" if results.total_is_exact else "about "
    folded = f"; {_shown(results):,} without near-copies" if _shown(results) < results.total else ""
    if results.total == results.total_all_words:
        return f"{about}{results.total:,} article{'' if results.total == 1 else 's'}{folded}"
    matching = f"{results.total_all_words:,} match{'es' if results.total_all_words == 1 else ''}"
    return f"{matching} all words, {about}{results.total:,} in all{folded}"


def language_tag(language: str | None) -> str:
    """Give the language if it is one that HTML knows how to write."""
    return language if language and _LANGUAGE_TAG.fullmatch(language) else ""


def _hit(hit: Hit, asked: Asked, *, matches: str) -> HitView:
    titled = bool(hit.title.strip())
    return HitView(
        rank=hit.rank,
        link=url_for(
            ".document",
            id=hit.doc_id,
            q=asked.query,
            exact="1" if asked.exact else None,
            _anchor=_first_hit(hit),
        ),
        title=marked(hit.title, hit.title_highlights) if titled else marked(hit.path or hit.doc_id),
        source=visible(hit.source),
        source_link=page_link(asked.query, asked.filters() | {"source": hit.source}),
        byline=visible(", ".join(hit.byline)),
        day=day(hit.published),
        language=language_tag(hit.language),
        matches=matches,
        snippets=tuple(_snippet(snippet, hit.path) for snippet in hit.snippets),
        similar=tuple(_copy(copy, asked) for copy in hit.similar),
    )


def _copy(copy: Heading, asked: Asked) -> CopyView:
    return CopyView(
        link=url_for(".document", id=copy.doc_id, q=asked.query),
        title=visible(copy.title if copy.title.strip() else copy.doc_id),
        source=visible(copy.source),
        day=day(copy.published),
    )


def _relaxed(relaxed: Relaxed, asked: Asked) -> RelaxedView:
    dropped = {"all"} if relaxed.keeps_filters else {"all", "since", "until", "source", "language"}
    filters = {name: value for name, value in asked.filters().items() if name not in dropped}
    return RelaxedView(
        note=relaxed.note,
        query=visible(relaxed.interpreted),
        link=page_link(relaxed.interpreted, filters),
        hits=tuple(_hit(hit, asked, matches=relaxed.mark) for hit in relaxed.hits),
    )


def _first_hit(hit: Hit) -> str | None:
    """Name the first mark in the text of an article, where there is one to leap to."""
    return "hit-1" if any(one.highlights for one in hit.snippets if not one.raw) else None


def _snippet(snippet: Snippet, path: str) -> SnippetView:
    text, highlights = shown(snippet.text, snippet.highlights, path)
    return SnippetView(text=marked(text, highlights), raw=snippet.raw)


def _expansion(expansion: Expansion) -> ExpansionView:
    ranked = sorted(expansion.added, key=lambda added: _KINDS.index(added.kind))
    added = list(dict.fromkeys(visible(one.term) for one in ranked))
    # One alone is shown: to unfold it would take as much room.
    shown = SHOWN_EXPANSIONS if len(added) > SHOWN_EXPANSIONS + 1 else len(added)
    return ExpansionView(term=visible(expansion.term), added=tuple(added[:shown]), more=tuple(added[shown:]))


def _suggestion(text: str | None, asked: Asked) -> Suggestion | None:
    return Suggestion(text=visible(text), link=page_link(text, asked.filters())) if text else None


def _pager(total: int, asked: Asked, max_page_depth: int) -> Pager:
    pages = max(1, -(-min(total, max_page_depth) // asked.limit))

    def link(page: int) -> str:
        return page_link(asked.query, asked.filters(), page=page) if 1 <= page <= pages else ""

    return Pager(page=asked.page, pages=pages, previous=link(asked.page - 1), next=link(asked.page + 1))
