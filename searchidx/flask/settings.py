"""What a host may set in ``app.config``, and what holds where it sets nothing."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from searchidx.config import Settings, load_settings
from searchidx.query.limits import MAX_CHARS

# Nothing inline, nothing from elsewhere, no framing. A host whose own base.html needs more says so.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

DEFAULTS: Mapping[str, object] = {
    "SEARCHIDX_TITLE": "Article search",  # the name of the page
    "SEARCHIDX_PER_PAGE": 20,  # hits on a page
    "SEARCHIDX_MAX_PER_PAGE": 100,  # hits that the JSON may be asked for at once
    "SEARCHIDX_MAX_PAGE_DEPTH": 10_000,  # hits after which no further page is given
    "SEARCHIDX_REFRESH_SECONDS": 1.0,  # how often, at most, a new generation is looked for
    "SEARCHIDX_SNIPPETS": 3,  # excerpts for each hit
    "SEARCHIDX_MAX_QUERY_CHARS": MAX_CHARS,
    "SEARCHIDX_SHOW_DETAILS": False,  # name folders and files of the server when the index can't be read
    "SEARCHIDX_CONTENT_SECURITY_POLICY": POLICY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSettings:
    """The settings of one app, as they stand now."""

    title: str
    per_page: int
    max_per_page: int
    max_page_depth: int
    refresh_seconds: float
    snippets: int
    max_query_chars: int
    show_details: bool
    policy: str

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Self:
        """Read them from ``app.config``; a number below the least that makes sense becomes that."""
        return cls(
            title=str(config["SEARCHIDX_TITLE"]),
            per_page=max(1, int(config["SEARCHIDX_PER_PAGE"])),
            max_per_page=max(1, int(config["SEARCHIDX_MAX_PER_PAGE"])),
            max_page_depth=max(1, int(config["SEARCHIDX_MAX_PAGE_DEPTH"])),
            refresh_seconds=max(0.0, float(config["SEARCHIDX_REFRESH_SECONDS"])),
            snippets=max(0, int(config["SEARCHIDX_SNIPPETS"])),
            max_query_chars=max(1, int(config["SEARCHIDX_MAX_QUERY_CHARS"])),
            show_details=bool(config["SEARCHIDX_SHOW_DETAILS"]),
            policy=str(config["SEARCHIDX_CONTENT_SECURITY_POLICY"]),
        )


def index_settings(config: Mapping[str, Any]) -> tuple[Path, Settings]:
    """Give the index folder and the program's settings.

    The folder is the one of ``app.config``, else of the variable, of searchidx.toml in the working
    directory, or ``index``.
    """
    settings = load_settings(Path.cwd())
    return Path(os.path.abspath(config.get("SEARCHIDX_INDEX") or settings.index)), settings
