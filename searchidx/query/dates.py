"""Read days as people type them: 2025, 2025-06, 2025-06-02, ranges with "..", and "last week".

In: one value, without the field in front. Out: the first and the last day meant, both included,
or None where no day can be read. Weeks run from Monday to Sunday (ISO 8601).
"""

import re
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

_Period: TypeAlias = tuple[date, date]

_NUMBERS = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_DAY = timedelta(days=1)
_DECEMBER = 12


class DayRange(NamedTuple):
    """Days from ``since`` to ``until`` as YYYY-MM-DD, both included; None: open on that side."""

    since: str | None
    until: str | None
    was_reversed: bool = False  # the later end was typed first


def parse_day_range(text: str, today: date | None = None) -> tuple[str | None, str | None] | None:
    """Give the first and last day that ``text`` means, or None where it means no day.

    ``today`` is the day that "yesterday" is counted from; by default the clock is asked, if need be.

    >>> parse_day_range("2025-05..2025-06"), parse_day_range("2025-05.."), parse_day_range("2025-02-31")
    (('2025-05-01', '2025-06-30'), ('2025-05-01', None), None)
    """
    found = read_days(text, today)
    return None if found is None else (found.since, found.until)


def read_days(text: str, today: date | None = None) -> DayRange | None:
    """Read a day, a month, a year, a range of them or a word such as "last week"."""
    before, dots, after = text.strip().partition("..")
    first = _period(before, today)
    if not dots:
        return None if first is None else DayRange(since=first[0].isoformat(), until=first[1].isoformat())
    after = after.lstrip(".")
    last = _period(after, today)
    if first and last:
        was_reversed = first[0] > last[1]
        if was_reversed:
            first, last = last, first
        return DayRange(since=first[0].isoformat(), until=last[1].isoformat(), was_reversed=was_reversed)
    if first and not after:
        return DayRange(since=first[0].isoformat(), until=None)
    if last and not before:
        return DayRange(since=None, until=last[1].isoformat())
    return None


def _period(text: str, today: date | None) -> _Period | None:
    numbers = _NUMBERS.fullmatch(text)
    if numbers is None:
        return _named_period(" ".join(re.split(r"[\s_-]+", text.casefold())), today)
    year, month, day = int(numbers[1]), int(numbers[2] or 0), int(numbers[3] or 0)
    try:
        if numbers[3]:
            return date(year, month, day), date(year, month, day)
        return _month(year, month) if numbers[2] else (date(year, 1, 1), date(year, _DECEMBER, 31))
    except ValueError:  # no such day: 2025-02-31, or the year 0
        return None


def _month(year: int, month: int) -> _Period:
    last = date(year, month, 31) if month == _DECEMBER else date(year, month + 1, 1) - _DAY
    return date(year, month, 1), last


def _named_period(name: str, today: date | None) -> _Period | None:
    if name not in _NAMES:
        return None
    today = today or date.today()
    monday = today - today.weekday() * _DAY
    start_of_month = today.replace(day=1)
    match name:
        case "yesterday":
            return today - _DAY, today - _DAY
        case "this week":
            return monday, monday + 6 * _DAY
        case "last week":
            return monday - 7 * _DAY, monday - _DAY
        case "this month":
            return _month(today.year, today.month)
        case "last month":
            before = start_of_month - _DAY
            return before.replace(day=1), before
        case "this year":
            return date(today.year, 1, 1), date(today.year, _DECEMBER, 31)
        case "last year":
            return date(today.year - 1, 1, 1), date(today.year - 1, _DECEMBER, 31)
        case _:
            return today, today


_NAMES = frozenset(
    ("today", "yesterday", "this week", "last week", "this month", "last month", "this year", "last year")
)
