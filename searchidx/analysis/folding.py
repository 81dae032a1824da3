"""Fold words so that case, diacritics and typographic detail do not matter.

In: one word as written. Out: one term, without white space.
Words spelt in several ways (Kiev, Kyiv) are not our concern: see ``names``; nor are grammatical
forms: see ``stems``.
"""

import re
import unicodedata

MAX_TERM_CHARS = 100

APOSTROPHES = "'’ʼ‘`´＇"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))

# Marks of Latin, Greek, Cyrillic, Hebrew and Arabic writing, and the Arabic tatweel. The vowel signs
# of Indic scripts are no diacritics: they stay.
_DIACRITICS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f]+"
)
# й, ї and ў are letters of their own; Snowball's Russian stemmer wants the first.
_LETTERS = (("и\u0306", "й"), ("і\u0308", "ї"), ("у\u0306", "ў"))
# Letters that Unicode does not take apart.
_SPECIAL = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ħ": "h",
        "ŧ": "t",
        "ə": "e",
        "ё": "е",
        **dict.fromkeys(APOSTROPHES + INVISIBLE, ""),
    }
)
_POSSESSIVE = re.compile(r"'s$")
# l'accord, d'État, qu'il, dell'Ucraina: the article is no part of the word.
_ELISION = re.compile(r"^(?:l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|dell|all|nell|sull|dall|un)'(?=\w{3})")
_NUMBER = re.compile(r"(?<!\d)\d+(?:[.,]\d+)+")
# 12,000 and 1,234.5; 1.234.567 and 1.234,5. A single point may be a decimal one: 12.000 stays.
_THOUSANDS = re.compile(r"(?!0)\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_THOUSANDS_WITH_POINTS = re.compile(r"(?!0)\d{1,3}(?:(?:\.\d{3}){2,}(?:,\d+)?|\.\d{3},\d+)")


def fold(word: str) -> str:
    """Drop case, diacritics, apostrophes and a possessive ending; even out the writing of numbers.

    >>> fold("Çırağan"), fold("İSTANBUL"), fold("Web’s"), fold("U.S."), fold("12,000"), fold("8,7")
    ('ciragan', 'istanbul', 'web', 'us', '12000', '8.7')
    """
    if _NUMBER.fullmatch(word):
        return _fold_number(word)
    if word.isascii() and word.isalnum():
        return word.lower()[:MAX_TERM_CHARS]
    # An apostrophe is evened out before NFKD, which takes "´" for a blank with an accent.
    evened = _even(word[: 2 * MAX_TERM_CHARS].translate(_ONE_APOSTROPHE))
    folded = _letters(_ELISION.sub("", _POSSESSIVE.sub("", evened)))
    if not unicodedata.is_normalized("NFKC", word):
        # A compatibility form can unfold to letters that fold again (mathematical capitals, ﷺ).
        while (again := _letters(_even(folded))) != folded:
            folded = again
    return folded[:MAX_TERM_CHARS]


def written(word: str) -> str:
    """Even out what makes no other spelling: case, composition, the kind of apostrophe, a possessive ending.

    The dotted capital of Turkish keeps its dot, since İzmir and Izmir are two spellings.

    >>> written("Çırağan"), written("Erdoğan’s"), written("KYIV")
    ('çırağan', 'erdoğan', 'kyiv')
    """
    if word.isascii() and word.isalnum():
        return word.lower()
    text = unicodedata.normalize("NFC", word).translate(_ONE_APOSTROPHE).casefold()
    return unicodedata.normalize("NFC", _POSSESSIVE.sub("", text))


def _even(word: str) -> str:
    """Drop case and diacritics; the rest is left decomposed."""
    # NFKD first, then casefold: the other order folds mathematical letters differently.
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    for apart, letter in _LETTERS:
        text = text.replace(apart, letter)
    return _DIACRITICS.sub("", text)


def _letters(text: str) -> str:
    """Keep letters, digits and the vowel signs after them."""
    text = unicodedata.normalize("NFC", text.translate(_SPECIAL))
    if text.isalnum():
        return text
    # \W counts the vowel signs of Indic scripts as no word characters; marks that are left are theirs.
    kept = [c for c in text if c.isalnum() or unicodedata.category(c) in ("Mn", "Mc")]
    first = next((n for n, c in enumerate(kept) if c.isalnum()), len(kept))
    return "".join(kept[first:])


def _fold_number(word: str) -> str:
    digits = unicodedata.normalize("NFKD", word[:MAX_TERM_CHARS])
    if _THOUSANDS.fullmatch(digits):
        return digits.replace(",", "")
    if _THOUSANDS_WITH_POINTS.fullmatch(digits):
        return digits.replace(".", "").replace(",", ".")
    evened = digits.replace(",", ".").rstrip(".")  # cut to size, it may end in one
    return evened if evened == digits else _fold_number(evened)
