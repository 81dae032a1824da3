"""Read dates as sites write them.

In: a few words, or a time as machines write it. Out: an ISO 8601 date, with time and zone only
where a zone was given, or None. Which dates of a page tell when it was published is decided by the
callers; a date in doubt is no date, since a wrong one is worse than none.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache

MAX_SEEN = 120  # characters; a stamp is no longer
FIRST_YEAR = 1800  # older ones are slips or the zeros of a content system
NO_DATE = date(1970, 1, 1)  # the zero of the Unix clock
ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
SLASHED_YEAR_FIRST = re.compile(r"(?<![\d/])(\d{4})/(\d{1,2})/(\d{1,2})(?![\d/])")
# A dot between the parts is used where the day comes first; a slash by both camps.
DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
MONTH_FIRST = re.compile(r"(?<!\w)([^\W\d]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.)? (?:de |of )?([^\W\d]{3,12})\.?,? (?:de )?(\d{4})(?!\d)"
)
IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)")
LATER_THAN_NOW = timedelta(days=1)  # it may be tomorrow already where the site is


def read_date(words: str) -> str | None:
    """Give the first date that can be read without doubt, as YYYY-MM-DD.

    >>> read_date("Posted: 2025-06-02 12:14:37"), read_date("2 June 2025"), read_date("03/04/2025")
    ('2025-06-02', '2025-06-02', None)
    """
    words = words[:MAX_SEEN]
    for pattern in (ISO, SLASHED_YEAR_FIRST):
        if match := pattern.search(words):
            return _known(int(match[1]), int(match[2]), int(match[3]))
    if match := DOTTED.search(words):
        return _known(int(match[3]), int(match[2]), int(match[1]))
    if match := SLASHED.search(words):
        one, two, year = int(match[1]), int(match[2]), int(match[3])
        if one > 12 or one == two:
            return _known(year, two, one)
        return _known(year, one, two) if two > 12 else None
    if (match := MONTH_FIRST.search(words)) and (month := _months().get(match[1].casefold())):
        return _known(int(match[3]), month, int(match[2]))
    if (match := DAY_FIRST.search(words)) and (month := _months().get(match[2].casefold())):
        return _known(int(match[3]), month, int(match[1]))
    return None


def read_machine_date(value: str) -> str | None:
    """Give the date of a meta tag or JSON-LD, with time if it names a zone.

    >>> read_machine_date("2025-06-02T12:14:37+03:00"), read_machine_date("2025-06-02T12:14")
    ('2025-06-02T12:14:37+03:00', '2025-06-02')
    """
    value = value.strip()[:MAX_SEEN]
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return read_date(value)
    day = _known(moment.year, moment.month, moment.day)
    if day is None or moment.tzinfo is None:
        return day
    return moment.isoformat(timespec="seconds")


def read_url_date(url: str) -> str | None:
    """Give the whole date that an address holds.

    >>> read_url_date("https://example.org/2025/06/02/talks"), read_url_date("https://example.org/2025/06/")
    ('2025-06-02', None)
    """
    match = IN_URL.search(url[:2_000])
    return _known(int(match[1]), int(match[2]), int(match[3])) if match else None


def _known(year: int, month: int, day: int) -> str | None:
    """Give the day, unless there is no such day, or it has not come yet."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    latest = (datetime.now(UTC) + LATER_THAN_NOW).date()
    return found.isoformat() if found.year >= FIRST_YEAR and found != NO_DATE and found <= latest else None


@cache
def _months() -> dict[str, int]:
    """Read the names of months, in any of the languages known."""
    import tomllib
    from importlib import resources

    text = resources.files("searchidx.clean").joinpath("months.toml").read_text("utf-8")
    return {
        name.casefold(): number
        for names in tomllib.loads(text)["months"].values()
        for number, spellings in enumerate(names, 1)
        for name in spellings.split()
    }
