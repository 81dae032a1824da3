"""What leads on from where somebody is: articles like this one, and what typed letters may become.

In: the index and what was asked for. Out: values for templates, and JSON. The list of the search box is the
browser's own (``<datalist>``) and needs no script; a host that has one of its own finds the JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import flask
from flask import Response, url_for
from werkzeug.exceptions import BadRequest, NotFound

from searchidx.answers import results_dict, suggestions_dict, to_json
from searchidx.flask.asked import read_api, storable
from searchidx.flask.dates import Day, day
from searchidx.flask.markup import visible
from searchidx.flask.state import current_state
from searchidx.search import Index

SIMILAR = 5  # articles below an article
LISTED = 150  # of the commonest names and phrases that the search box offers: some 4 KB

_listed: WeakKeyDictionary[Index, tuple[str, ...]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """An article like the one shown."""

    link: str
    title: str
    source: str
    day: Day | None


def related(index: Index, doc_id: str) -> tuple[Related, ...]:
    """Give the articles most like one."""
    return tuple(
        Related(
            link=url_for(".document", id=hit.doc_id),
            title=visible(hit.title if hit.title.strip() else hit.path or hit.doc_id),
            source=visible(hit.source),
            day=day(hit.published),
        )
        for hit in index.similar(doc_id, limit=SIMILAR, snippets=0).hits
    )


def offered() -> tuple[str, ...]:
    """Give the commonest names and phrases of the index, looked up once for each generation."""
    with current_state().lease() as index:
        if index not in _listed:
            found = index.suggest("", limit=LISTED)
            texts = (visible(one.text) for one in found if one.kind != "title")
            _listed[index] = tuple(dict.fromkeys(texts))
        return _listed[index]


def similar_json() -> Response:
    """Give the object of ``searchidx similar --json``."""
    arguments = flask.request.args
    limit = read_api(_only_limit(arguments), current_state().settings).limit
    with current_state().lease() as index:
        doc_id = storable(arguments.get("id", ""))
        if index.document(doc_id) is None:
            raise NotFound("No such article: it may have gone when the index was brought up to date.")
        results = index.similar(doc_id, limit=limit)
    return Response(to_json(results_dict(results)), mimetype="application/json")


def suggest_json() -> Response:
    """Give the object of ``searchidx suggest --json``."""
    arguments = flask.request.args
    asked = read_api({"q": arguments.get("q", "")} | _only_limit(arguments), current_state().settings)
    if asked.is_cut:
        raise BadRequest("Nothing as long as this is suggested.")
    with current_state().lease() as index:
        found = index.suggest(asked.query, limit=asked.limit)
    return Response(to_json(suggestions_dict(asked.query, found)), mimetype="application/json")


def _only_limit(arguments: Mapping[str, str]) -> dict[str, str]:
    return {"limit": arguments.get("limit", "")}
