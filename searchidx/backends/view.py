"""What of an answer is wanted beside its best documents, the same for every back-end.

``fold``: near-copies under the best of them (``folding``). ``facets``: how all documents found divide.
``recency``: newer documents are raised. All of it is off unless it is asked for.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from searchidx.types import Counts, Facets


@dataclass(frozen=True, slots=True, kw_only=True)
class Recency:
    """Raise documents of about a day: by ``weight`` on it, by half of that ``half_life_days`` away.

    No clock is asked, so an answer is the same tomorrow. Old and undated documents keep their scores.
    No judged collection of news has dates: the constants were chosen so that a new document passes one that
    matches a little better, and none that matches much better. They were measured on nothing.
    """

    as_of: str  # a day as YYYY-MM-DD
    weight: float = 0.5
    half_life_days: float = 30.0

    def factor(self, day: str) -> float:
        """Give what the score of a document of a day is multiplied by.

        >>> recency = Recency(as_of="2025-07-02")
        >>> recency.factor("2025-07-02"), recency.factor("2025-06-02"), recency.factor("")
        (1.5, 1.25, 1.0)
        """
        apart = _days_apart(day, self.as_of)
        return 1.0 if apart is None else 1.0 + self.weight * math.exp2(-apart / self.half_life_days)


@lru_cache(maxsize=10_000)
def _days_apart(one: str, other: str) -> int | None:
    """Give the days between two days; None if one of them is no day."""
    if not (is_day(one) and is_day(other)):
        return None
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What of an answer is wanted beside its best documents."""

    fold: bool = False
    facets: bool = False
    recency: Recency | None = None


PLAIN = View()


@lru_cache(maxsize=10_000)
def is_day(text: str) -> bool:
    """Tell whether a text is a day of the calendar as YYYY-MM-DD.

    >>> is_day("2025-06-02"), is_day("2025-02-31"), is_day("2025-W23-1"), is_day("20250602")
    (True, False, False, False)
    """
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def make_facets(sources: Mapping[str, int], languages: Mapping[str, int], days: Mapping[str, int]) -> Facets:
    """Put counts in order; what is no day counts as undated."""
    dated: dict[str, int] = {}
    for day, count in days.items():
        key = day if is_day(day) else ""
        dated[key] = dated.get(key, 0) + count
    return Facets(
        sources=_frequent(sources), languages=_frequent(languages), days=tuple(sorted(dated.items()))
    )


def _frequent(counts: Mapping[str, int]) -> Counts:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
