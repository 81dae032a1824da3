"""A page for Flask: search box, ranked hits, the article with its hits marked, and the same as JSON.

    from searchidx.flask import SearchIdx

    SearchIdx(app, url_prefix="/search")

In: requests, all GET, all state in the query string. Out: pages without JavaScript that a host may
restyle by templates of the same name, and JSON. Nothing here writes to the index.
"""

try:
    import flask as _flask
except ModuleNotFoundError as error:
    raise ImportError("the page needs Flask; run: pip install searchidx[flask]", name=error.name) from error

from searchidx.flask.extension import SearchIdx, create_app

del _flask
__all__ = ["SearchIdx", "create_app"]
