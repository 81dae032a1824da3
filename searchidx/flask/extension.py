"""The extension: hangs the page into a host's app, or into an app of its own."""

from pathlib import Path

from flask import Flask

from searchidx.flask.routes import make_blueprint
from searchidx.flask.settings import DEFAULTS
from searchidx.flask.state import State

URL_PREFIX = "/search"


class SearchIdx:
    """Adds the page to one or several apps.

    The index is ``app.config["SEARCHIDX_INDEX"]``, else the variable SEARCHIDX_INDEX, else index/. It
    need not exist yet, and is opened at the first request.
    """

    def __init__(self, app: Flask | None = None, *, url_prefix: str = URL_PREFIX) -> None:
        self.url_prefix = url_prefix
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Flask, *, url_prefix: str | None = None) -> None:
        """Register the routes under ``url_prefix`` and the defaults of the settings."""
        for name, value in DEFAULTS.items():
            app.config.setdefault(name, value)
        app.register_blueprint(make_blueprint(), url_prefix=url_prefix or self.url_prefix)
        app.extensions["searchidx"] = State(app.config)


def create_app(index: Path | None = None) -> Flask:
    """Give an app that is nothing but the page, as ``searchidx serve`` runs it.

    Whoever runs it reads its errors, so they name folders and files.
    """
    app = Flask("searchidx.flask", static_folder=None)
    app.config["SEARCHIDX_SHOW_DETAILS"] = True
    if index is not None:
        app.config["SEARCHIDX_INDEX"] = str(index)
    SearchIdx(app, url_prefix="/")
    return app
