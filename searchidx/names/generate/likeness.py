"""Tell how alike two spellings sound: enough to part the spellings of a name from its translations.

Rough on purpose, and for build time only; what a query uses are the romanisation keys.
"""

import re
from functools import cache
from importlib import import_module

# Letter groups that stand for one sound in one romanisation or another, longest first.
_SOUNDS = (
    ("shch", "s"), ("schtsch", "s"), ("chtch", "s"), ("szcz", "s"),
    ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("dzh", "j"), ("tzs", "c"),
    ("sh", "s"), ("sz", "s"), ("ch", "c"), ("cz", "c"), ("zh", "z"), ("kh", "h"), ("gh", "g"), ("ph", "f"),
    ("th", "t"), ("dh", "d"), ("ts", "c"), ("tz", "c"), ("ck", "k"), ("qu", "k"), ("ou", "u"), ("oe", "u"),
    ("oo", "u"), ("ee", "i"), ("q", "k"), ("w", "v"), ("y", "i"), ("j", "i"), ("x", "ks"),
)  # fmt: skip
_VOWELS = re.compile("[aeiou]")
_TWICE = re.compile(r"(.)\1+")
_NO_LETTER = re.compile("[^a-z]")
CONSONANTAL = re.compile("[\u0590-\u08ff]")  # Hebrew to Arabic, which write few vowels


@cache
def sounds(spelling: str) -> str:
    """Give a spelling in rough sounds, so that Щорс, Chtchors and Schtschors are one; empty for digits."""
    text = _NO_LETTER.sub("", import_module("anyascii").anyascii(spelling).lower())
    for group, sound in _SOUNDS:
        text = text.replace(group, sound)
    return _TWICE.sub(r"\1", text)


@cache
def _consonants(spelling: str) -> str:
    return _VOWELS.sub("", sounds(spelling))


def likeness(one: str, two: str) -> float:
    """Give how alike two spellings sound, 0 to 1; where one is written without vowels, they don't count."""
    if CONSONANTAL.search(one) or CONSONANTAL.search(two):
        left, right = _consonants(one), _consonants(two)
    else:
        left, right = sounds(one), sounds(two)
    if not left or not right:
        return 0.0
    similarity: float = import_module("rapidfuzz.distance.Indel").normalized_similarity(left, right)
    return similarity
