"""What options ask for beside the words: days, a source, a language.

In: options as typed. Out: nodes that narrow a query. Unlike a typed query an option can be wrong usage.
"""

from collections.abc import Sequence

from searchidx.errors import UsageError
from searchidx.query.dates import parse_day_range
from searchidx.query.nodes import And, DateRange, Field, Query, Term


def filters_of(
    *,
    since: str | None = None,
    until: str | None = None,
    source: str | None = None,
    language: str | None = None,
) -> tuple[Query, ...]:
    """Turn options into nodes; ``UsageError`` for a date that can't be read."""
    filters: list[Query] = []
    if since or until:
        filters.append(DateRange(_day(since, 0), _day(until, 1)))
    filters += [
        Field(name, Term(value)) for name, value in (("source", source), ("language", language)) if value
    ]
    return tuple(filters)


def narrowed(query: Query, filters: Sequence[Query]) -> Query:
    """Want what ``filters`` want, too."""
    return And((query, *filters)) if filters else query


def last_day(text: str | None) -> str | None:
    """Read a day, or the last one of a month or year; ``UsageError`` if it can't be read."""
    return _day(text, 1)


def _day(text: str | None, end: int) -> str | None:
    if not text:
        return None
    days = parse_day_range(text)
    if days is None:
        raise UsageError(f"the date {text!r} can't be read; write it as 2025-06-02, 2025-06 or 2025")
    return days[end]
