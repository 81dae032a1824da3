"""Is a name made of Chinese or Japanese syllables? They are exact: a vowel is never a matter of taste.

In: a word in Latin letters. Out: a truth. Pinyin, Wade-Giles, Hepburn and Kunrei. Many other names can
be read as such syllables (Marino); the answer only chooses the weights for two names that both can.
"""

import unicodedata
from functools import cache

from searchidx.names.model import model

MAX_CHARS = 24
LONGEST = 6  # zhuang


@cache
def _tables() -> list[frozenset[str]]:
    return [frozenset(syllables) for syllables in model()["syllables"]]


def is_syllabic(spelling: str) -> bool:
    """Tell whether a lower-case word can be read as Chinese or Japanese syllables.

    >>> is_syllabic("luzhou"), is_syllabic("shinkawa"), is_syllabic("zelensky")
    (True, True, False)
    """
    text = spelling
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFD", text) if c.isalpha())
    text = text.replace("'", "").replace("-", "")
    if not text.isascii() or not 3 <= len(text) <= MAX_CHARS:
        return False
    return any(_is_made_of(text, table) for table in _tables())


def _is_made_of(text: str, syllables: frozenset[str]) -> bool:
    reached = [True] + [False] * len(text)
    for end in range(1, len(text) + 1):
        reached[end] = any(
            reached[start] and text[start:end] in syllables for start in range(max(0, end - LONGEST), end)
        )
    return reached[-1]
