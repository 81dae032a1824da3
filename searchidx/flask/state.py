"""What an app keeps of its search: its settings and its share of the open index."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import flask

from searchidx.config import Settings
from searchidx.flask.settings import PageSettings, index_settings
from searchidx.flask.shared import shared_index
from searchidx.search import Index


class State:
    """Stands in ``app.extensions["searchidx"]``; one for each app, any number for each process."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._config = config
        self._place: tuple[Path, Settings] | None = None

    @property
    def settings(self) -> PageSettings:
        """The settings as they stand now."""
        return PageSettings.of(self._config)

    @property
    def place(self) -> tuple[Path, Settings]:
        """The index folder and the program's settings, looked up at the first request."""
        if self._place is None:
            self._place = index_settings(self._config)
        return self._place

    def lease(self) -> AbstractContextManager[Index]:
        """Lend the index that answers now: ``with state.lease() as index``."""
        folder, settings = self.place
        return shared_index(folder, settings).lease(refresh_seconds=self.settings.refresh_seconds)


def current_state() -> State:
    """Give the state of the app that answers this request."""
    state = flask.current_app.extensions["searchidx"]
    if not isinstance(state, State):
        raise TypeError("app.extensions['searchidx'] was replaced by something else")
    return state
