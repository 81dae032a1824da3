"""Days as a reader of English writes them."""

from dataclasses import dataclass
from datetime import datetime

from searchidx.flask.markup import visible

# Not from the calendar module, which follows the locale of the server.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day for machines (empty if it can't be read) and for people."""

    iso: str
    text: str


def day(published: str | None) -> Day | None:
    """Give the day of a date or time in ISO 8601.

    >>> day("2025-06-02T10:05:00+03:00")
    Day(iso='2025-06-02', text='2 June 2025')
    >>> day("some day"), day(None)
    (Day(iso='', text='some day'), None)
    """
    if not published:
        return None
    try:
        when = datetime.fromisoformat(published)
    except ValueError:
        return Day("", visible(published))
    return Day(when.date().isoformat(), f"{when.day} {_MONTHS[when.month - 1]} {when.year}")


def month(text: str) -> str:
    """Write a day, month or year of the calendar for people.

    >>> month("2025-06"), month("2025-06-02"), month("2025")
    ('June 2025', '2 June 2025', '2025')
    """
    year, *others = text.split("-")
    names = [_MONTHS[int(number) - 1] for number in others[:1]]
    days = [str(int(number)) for number in others[1:]]
    return " ".join((*days, *names, year))
