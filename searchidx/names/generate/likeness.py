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


# In so short a name one sound is enough to make another name. Of 4 to 7 and no limit the least that kept the
# pairs of one half of the development negatives apart; the other half had none to part.
SHORT = 5
# Vowels that the romanisations and languages of the news swap: Sidon, Sidun; Herat, Harat.
_SWAPPED = frozenset(map(frozenset, ("ou", "ei", "ae", "ao", "eo")))


def differ_in_vowel(one: str, two: str, short: int = SHORT) -> bool:
    """Tell whether short names in Latin letters differ just in a vowel that is not commonly swapped.

    The last sound doesn't count, since endings change from language to language, nor does an h at the end.

    So differ_in_vowel("Tunis", "Tanis"), differ_in_vowel("Herat", "Harat"), differ_in_vowel("Omsk",
    "Omska") give (True, False, False).
    """
    left, right = sounds(one).removesuffix("h"), sounds(two).removesuffix("h")
    if len(left) != len(right) or len(left) > short:
        return False
    # The last sound is an ending: Moskva, Moskvy.
    swaps = [a + b for a, b in zip(left[:-1], right[:-1], strict=True) if a != b]
    is_swap_of_vowels = len(swaps) == 1 and left[-1] == right[-1] and len(_VOWELS.findall(swaps[0])) == 2
    return is_swap_of_vowels and frozenset(swaps[0]) not in _SWAPPED


def differ_in_consonant(one: str, two: str, short: int = SHORT) -> bool:
    """Tell whether short names differ just in one consonant sound.

    So differ_in_consonant("Milan", "Miran"), differ_in_consonant("Hasan", "Hassan") give (True, False).
    """
    left, right = sounds(one), sounds(two)
    if len(left) != len(right) or len(left) > short:
        return False
    swaps = [a + b for a, b in zip(left, right, strict=True) if a != b]
    return len(swaps) == 1 and not _VOWELS.search(swaps[0])
