"""The headers of every answer: what a browser may do with the page, and whether it holds it already."""

import flask
from flask import Response

from searchidx.flask.state import current_state


def with_headers(response: Response) -> Response:
    """Add them; a page that the browser holds already becomes a 304.

    The tag is the sum of the page itself. One of generation and URL would save work but be wrong when
    "yesterday" moves on, when a template changes or an alias file does.
    """
    response.headers.setdefault("Content-Security-Policy", current_state().settings.policy)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    if response.direct_passthrough:
        return response  # a static file: Flask tags it by its date
    response.headers.setdefault("Cache-Control", "private, no-cache")
    if response.status_code == 200 and response.mimetype == "text/html":
        response.add_etag()
        response.make_conditional(flask.request)
    return response
