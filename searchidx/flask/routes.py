"""The addresses: the page of hits, one document, JSON, and whether all is well. All GET; nothing writes."""

from typing import Any

import flask
from flask import Blueprint, Response, render_template, url_for
from werkzeug.exceptions import BadRequest, NotFound

from searchidx.answers import results_dict, to_json
from searchidx.errors import SearchidxError, UsageError
from searchidx.flask.articles import article
from searchidx.flask.asked import Asked, read_api, read_page, storable
from searchidx.flask.headers import with_headers
from searchidx.flask.markup import visible
from searchidx.flask.pages import Form, answer, form
from searchidx.flask.related import offered, related, similar_json, suggest_json
from searchidx.flask.state import current_state
from searchidx.flask.trouble import impossible, no_answer
from searchidx.query.characters import is_blank
from searchidx.types import Results


def make_blueprint() -> Blueprint:
    """Give a blueprint with all routes, to be registered under the host's prefix."""
    # A host without a prefix has its own /static.
    blueprint = Blueprint(
        "searchidx",
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/_searchidx",
    )
    blueprint.add_url_rule("/", view_func=page)
    blueprint.add_url_rule("/document", view_func=document)
    blueprint.add_url_rule("/api/v1/search", view_func=search_json)
    blueprint.add_url_rule("/api/v1/similar", view_func=similar_json)
    blueprint.add_url_rule("/api/v1/suggest", view_func=suggest_json)
    blueprint.add_url_rule("/healthz", view_func=healthz)
    blueprint.register_error_handler(SearchidxError, no_answer)
    blueprint.register_error_handler(BadRequest, impossible)
    blueprint.register_error_handler(NotFound, impossible)
    blueprint.after_request(with_headers)
    return blueprint


def page() -> str:
    """Show the hits of ``q``; without one, the search box and how to use it."""
    state = current_state()
    asked = read_page(flask.request.args, state.settings)
    if is_blank(asked.query):
        with state.lease() as index:
            documents = index.searcher.doc_count()
        return _page(form(asked), documents=documents)
    try:
        results = _search(asked)
    except BadRequest as error:
        return _page(form(asked), notice=visible(error.description or ""))
    found = answer(results, asked, max_page_depth=state.settings.max_page_depth)
    if asked.page > found.pager.pages:
        raise NotFound(f"There is no page {asked.page:,} of this answer; the last is {found.pager.pages:,}.")
    return _page(form(asked), answer=found)


def document() -> str:
    """Show the document ``id`` with the hits of ``q`` marked."""
    state = current_state()
    query = storable(flask.request.args.get("q", ""))[: state.settings.max_query_chars]
    with state.lease() as index:
        found = index.document(storable(flask.request.args.get("id", "")))
        if found is None:
            raise NotFound("No such article: it may have gone when the index was brought up to date.")
        shown = article(found, index, query, exact=flask.request.args.get("exact") == "1")
        others = related(index, found.doc_id)
    search_form = Form(action=url_for(".page"), query=visible(query), filters={})
    return _render("document.html", article=shown, similar=others, form=search_form)


def search_json() -> Response:
    """Give the object of ``searchidx query --json``."""
    asked = read_api(flask.request.args, current_state().settings)
    if is_blank(asked.query):
        raise BadRequest("The query is empty; add ?q= and some words.")
    return Response(to_json(results_dict(_search(asked))), mimetype="application/json")


def healthz() -> Response:
    """Say that there is an index, and which generation of it answers."""
    with current_state().lease() as index:
        facts = {
            "status": "ok",
            "generation": index.generation.name,
            "documents": index.searcher.doc_count(),
        }
    return Response(to_json(facts), mimetype="application/json", headers={"Cache-Control": "no-store"})


def _search(asked: Asked) -> Results:
    """Search; a date that can't be read is a ``BadRequest``."""
    state = current_state()
    with state.lease() as index:
        try:
            return index.search(
                asked.query,
                limit=asked.limit,
                offset=asked.offset,
                all_words=asked.all_words,
                exact=asked.exact,
                sort=asked.sort,
                since=asked.since or None,
                until=asked.until or None,
                source=asked.source or None,
                language=asked.language or None,
                recent=asked.recent,
                fold=asked.fold,
                facets=asked.facets,
                snippets=state.settings.snippets,
            )
        except UsageError as error:
            raise BadRequest(str(error)) from error


def _page(search_form: Form, **values: Any) -> str:
    return _render("page.html", form=search_form, **values)


def _render(template: str, **values: Any) -> str:
    title = current_state().settings.title
    return render_template(f"searchidx/{template}", site_title=title, offered=offered(), **values)
