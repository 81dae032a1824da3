"""What does a request ask for? The query string, read once and checked.

In: the arguments of a URL, as strangers wrote them. Out: ``Asked``, or 400 and 404 for what no link
and no form of ours asks for. What is typed as a query is never an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from werkzeug.exceptions import BadRequest, NotFound

from searchidx.flask.markup import visible
from searchidx.flask.settings import PageSettings
from searchidx.types import Sort

T = TypeVar("T")

MAX_FIELD_CHARS = 300  # of a date or the name of a source
MAX_DIGITS = 9  # of a number; more is never meant
SORTS: dict[str, Sort] = {"": "relevance", "relevance": "relevance", "date": "date"}
SWITCHES = {"": False, "0": False, "1": True, "on": True}
SWITCHED_ON = SWITCHES | {"": True}  # unless the address says otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search as asked for, in the words of ``Index.search``."""

    query: str
    limit: int
    offset: int = 0
    all_words: bool = False
    exact: bool = False
    sort: Sort = "relevance"
    since: str = ""
    until: str = ""
    source: str = ""
    language: str = ""
    recent: bool = False
    fold: bool = True  # put near-copies under the best of them
    facets: bool = True
    is_cut: bool = False  # the query was longer than is read

    @property
    def page(self) -> int:
        """The number of the page, from 1."""
        return self.offset // self.limit + 1

    @property
    def is_filtered(self) -> bool:
        """Say whether more than words is asked for."""
        return bool(self.filters())

    def filters(self) -> dict[str, str]:
        """Give the arguments of a URL beside the words, without those that change nothing."""
        values = {
            "all": "1" if self.all_words else "",
            "exact": "1" if self.exact else "",
            "sort": "" if self.sort == "relevance" else self.sort,
            "since": self.since,
            "until": self.until,
            "source": self.source,
            "language": self.language,
            "recent": "1" if self.recent else "",
            "fold": "" if self.fold else "0",
        }
        return {name: value for name, value in values.items() if value}


def read_page(arguments: Mapping[str, str], settings: PageSettings) -> Asked:
    """Read what the page is asked for: words, filters and the number of the page."""
    page = _number(arguments, "page", 1)
    if page < 1:
        raise BadRequest("Pages are counted from 1.")
    return _read(arguments, settings, limit=settings.per_page, offset=(page - 1) * settings.per_page)


def read_api(arguments: Mapping[str, str], settings: PageSettings) -> Asked:
    """Read what the JSON endpoint is asked for: words, filters, ``limit``, ``offset`` and switches."""
    limit = _number(arguments, "limit", settings.per_page)
    if not 1 <= limit <= settings.max_per_page:
        raise BadRequest(f"limit must be a number from 1 to {settings.max_per_page}.")
    asked = _read(arguments, settings, limit=limit, offset=_number(arguments, "offset", 0))
    # A program gets what it asks for and no more.
    fold, facets = (_choice(arguments, name, SWITCHES) for name in ("fold", "facets"))
    return replace(asked, fold=fold, facets=facets)


def _read(arguments: Mapping[str, str], settings: PageSettings, *, limit: int, offset: int) -> Asked:
    if offset >= settings.max_page_depth:
        raise NotFound(f"Only the first {settings.max_page_depth:,} hits can be paged through.")
    query = storable(arguments.get("q", ""))
    return Asked(
        query=query[: settings.max_query_chars],
        is_cut=len(query) > settings.max_query_chars,
        limit=limit,
        offset=offset,
        all_words=_choice(arguments, "all", SWITCHES),
        exact=_choice(arguments, "exact", SWITCHES),
        sort=_choice(arguments, "sort", SORTS),
        since=_field(arguments, "since"),
        until=_field(arguments, "until"),
        source=_field(arguments, "source"),
        language=_field(arguments, "language"),
        recent=_choice(arguments, "recent", SWITCHES),
        fold=_choice(arguments, "fold", SWITCHED_ON),
    )


def storable(text: str) -> str:
    """Give text that UTF-8 can hold: half characters become question marks."""
    return text.encode("utf-8", "replace").decode()


def _number(arguments: Mapping[str, str], name: str, default: int) -> int:
    text = arguments.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit()):
        raise BadRequest(f"{name} must be a number.")
    if len(text) > MAX_DIGITS:
        raise NotFound(f"No search has a {name} of that size.")
    return int(text)


def _choice(arguments: Mapping[str, str], name: str, choices: Mapping[str, T]) -> T:
    try:
        return choices[arguments.get(name, "")]
    except KeyError as error:
        known = ", ".join(choice for choice in choices if choice)
        raise BadRequest(f"{name} must be one of: {known}.") from error


def _field(arguments: Mapping[str, str], name: str) -> str:
    return visible(storable(arguments.get(name, ""))).strip()[:MAX_FIELD_CHARS]
