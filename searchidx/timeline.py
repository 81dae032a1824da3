"""When were the documents found published: a row of days, weeks, months or years with their counts.

In: ``Facets``. Out: ``Timeline``, every step from the first to the last, the empty ones too. No clock is
asked. Whoever draws it decides how long gaps are shown.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from searchidx.types import Facets

Step: TypeAlias = Literal["day", "week", "month", "year"]

# The finest step of which no more than so many lie between the first and the last document.
MOST = {"day": 45, "week": 40, "month": 60}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bucket:
    """A stretch of days, both ends included, and the documents published in it."""

    start: date
    end: date
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Buckets in order and without holes; the undated stand apart."""

    step: Step
    buckets: tuple[Bucket, ...]
    undated: int


def make_timeline(facets: Facets) -> Timeline:
    """Divide the days of ``facets`` into the finest steps that give no long list."""
    days = {date.fromisoformat(day): count for day, count in facets.days if day}
    if not days:
        return Timeline(step="month", buckets=(), undated=facets.undated)
    first, last = min(days), max(days)
    step = _fitting(first, last)
    counts: Counter[date] = Counter()
    for day, count in days.items():
        counts[_start(day, step)] += count
    buckets = tuple(Bucket(start, end, counts[start]) for start, end in _steps(first, last, step))
    return Timeline(step=step, buckets=buckets, undated=facets.undated)


def _fitting(first: date, last: date) -> Step:
    days = (last - first).days + 1
    if days <= MOST["day"]:
        return "day"
    if days <= 7 * MOST["week"]:
        return "week"
    return "month" if days <= 31 * MOST["month"] else "year"


def _start(day: date, step: Step) -> date:
    """Give the first day of the step that holds a day; weeks begin on Monday.

    >>> [str(_start(date(2025, 6, 4), step)) for step in ("day", "week", "month", "year")]
    ['2025-06-04', '2025-06-02', '2025-06-01', '2025-01-01']
    """
    match step:
        case "day":
            return day
        case "week":
            return date.fromordinal(max(1, day.toordinal() - day.weekday()))
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)


def _end(start: date, step: Step) -> date:
    """Give the last day of a step; the calendar ends with the year 9999."""
    match step:
        case "day":
            return start
        case "week":
            return date.fromordinal(min(start.toordinal() + 6 - start.weekday(), date.max.toordinal()))
        case "month":
            if start.month == 12:
                return start.replace(day=31)
            return start.replace(month=start.month + 1) - _DAY
        case "year":
            return start.replace(month=12, day=31)


def _steps(first: date, last: date, step: Step) -> Iterator[tuple[date, date]]:
    start = _start(first, step)
    while True:
        end = _end(start, step)
        yield start, end
        if end >= last:
            return
        start = end + _DAY
