"""What is said when there is nothing to show: no index yet, a damaged one, an impossible address.

In: an error. Out: a plain page, or an ``application/problem+json`` object where JSON is asked for;
503, 400 or 404, never 500. Folders of the server are named only where the host wants it.
"""

import shlex
from dataclasses import dataclass
from pathlib import Path

import flask
from flask import Response, make_response, render_template, url_for
from werkzeug.exceptions import HTTPException

from searchidx.answers import to_json
from searchidx.errors import BackendError, NoIndexError, SearchidxError
from searchidx.flask.markup import visible
from searchidx.flask.pages import Form
from searchidx.flask.state import current_state

JSON_ENDPOINTS = ("search_json", "similar_json", "suggest_json", "healthz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is wrong and what to do about it."""

    status: int
    title: str
    text: str
    command: str = ""  # that mends it
    detail: str = ""  # for whoever runs the server


def no_answer(error: SearchidxError) -> Response:
    """Answer when the index can't be read."""
    flask.current_app.logger.warning("searchidx: %s", error)
    detail = visible(str(error)) if current_state().settings.show_details else ""
    match error:
        case NoIndexError():
            title, text = "There is no index yet", "Build it from the articles, then load this page again:"
        case BackendError():
            title, text = "The index can’t be used", "It is damaged or of another version. This repairs it:"
        case _:
            text = "Whoever runs this server finds the reason in its log."
            return _drawn(Trouble(status=503, title="The index can’t be read", text=text, detail=detail))
    return _drawn(Trouble(status=503, title=title, text=text, command=_command(), detail=detail))


def impossible(error: HTTPException) -> Response:
    """Answer an address that no link and no form of ours leads to."""
    title = "Nothing here" if error.code == 404 else "This address makes no sense"
    return _drawn(Trouble(status=error.code or 400, title=title, text=visible(error.description or "")))


def _command() -> str:
    state = current_state()
    folder, _ = state.place
    if not state.settings.show_details or folder == Path("index").absolute():
        return "searchidx reindex"
    return f"searchidx reindex --index {shlex.quote(visible(str(folder)))}"


def _drawn(trouble: Trouble) -> Response:
    if (flask.request.endpoint or "").rpartition(".")[2] in JSON_ENDPOINTS:
        problem = {
            "title": trouble.title,
            "status": trouble.status,
            "detail": " ".join(filter(None, (trouble.text, trouble.command, trouble.detail))),
        }
        response = Response(to_json(problem), trouble.status, mimetype="application/problem+json")
    else:
        form = Form(action=url_for(".page"), query="", filters={})
        title = current_state().settings.title
        page = render_template("searchidx/trouble.html", trouble=trouble, form=form, site_title=title)
        response = make_response(page, trouble.status)
    response.headers["Cache-Control"] = "no-store"
    return response
