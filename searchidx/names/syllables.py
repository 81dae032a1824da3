"""Is a name made of Chinese or Japanese syllables? They are exact: a vowel is never a matter of taste.

In: a word in Latin letters. Out: a truth. Pinyin, Wade-Giles, Hepburn and Kunrei. Many other names can
be read as such syllables (Marino); the answer only chooses the weights for two names that both can. So
what no Chinese or Japanese name has is told apart: marks on consonants, endings such as -nia and -rowa.
"""

import re
import unicodedata
from functools import cache

from searchidx.names.model import model

MAX_CHARS = 24
LONGEST = 6  # zhuang
# Endings of other names that can be read as syllables: Tanzania, Marija, Boguniya, Zacharowa. Of Chinese
# syllables jia, qia, xia and lia end so.
OTHER_ENDING = re.compile(r"(?:(?:^|[^jqxl])i{1,2}[jy]?a|..[^aeiou]owa)$")
DIAERESIS = "\u0308"
VOWELS = frozenset("aeiou")
# Over vowels: the four tones, and the long ones of Japanese.
TONES = frozenset("\u0300\u0301\u0302\u0304\u030c")


@cache
def _tables() -> list[frozenset[str]]:
    return [frozenset(syllables) for syllables in model()["syllables"]]


def is_syllabic(spelling: str) -> bool:
    """Tell whether a lower-case word can be read as Chinese or Japanese syllables.

    >>> is_syllabic("luzhou"), is_syllabic("shinkawa"), is_syllabic("zelensky")
    (True, True, False)
    >>> is_syllabic("lǚliáng"), is_syllabic("ciragan"), is_syllabic("çirağan"), is_syllabic("mariya")
    (True, True, False, False)
    """
    text = spelling
    if not text.isascii():
        text = unicodedata.normalize("NFD", text)
        if not all(map(_may_be_marked, text, text[1:])):
            return False
        text = "".join(c for c in text if c.isalpha())
    text = text.replace("'", "").replace("-", "")
    if not text.isascii() or not 3 <= len(text) <= MAX_CHARS or OTHER_ENDING.search(text):
        return False
    return any(_is_made_of(text, table) for table in _tables())


def _may_be_marked(letter: str, mark: str) -> bool:
    if not unicodedata.combining(mark):
        return True
    if mark == DIAERESIS:
        return letter == "u"
    return mark in TONES and (letter in VOWELS or letter == DIAERESIS)


def _is_made_of(text: str, syllables: frozenset[str]) -> bool:
    reached = [True] + [False] * len(text)
    for end in range(1, len(text) + 1):
        reached[end] = any(
            reached[start] and text[start:end] in syllables for start in range(max(0, end - LONGEST), end)
        )
    return reached[-1]
