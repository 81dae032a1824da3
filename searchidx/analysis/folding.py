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

# Marks of Latin, Greek, Cyrillic, Hebrew and Arabic writing, and the Arabic tatweel. The vowel signs
# of Indic scripts are no diacritics: they stay.
_DIACRITICS = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]+")
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
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s$", re.IGNORECASE)
# l'accord, d'État, qu'il, dell'Ucraina: the article is no part of the word.
_ELISION = re.compile(
    rf"^(?:l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|dell|all|nell|sull|dall|un)[{APOSTROPHES}](?=\w{{3}})", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3}){2,}")


def fold(word: str) -> str:
    """Drop case, diacritics, apostrophes and a possessive ending; even out the writing of numbers.

    >>> fold("Çırağan"), fold("İSTANBUL"), fold("Web’s"), fold("U.S."), fold("12,000"), fold("8,7")
    ('ciragan', 'istanbul', 'web', 'us', '12000', '8.7')
    """
    if _NUMBER.fullmatch(word):
        return _fold_number(word)
    if word.isascii() and word.isalnum():
        return word.lower()[:MAX_TERM_CHARS]
    word = _ELISION.sub("", _POSSESSIVE.sub("", word[: 2 * MAX_TERM_CHARS]))
    folded = _fold_letters(word)
    # A compatibility form can unfold to letters that fold again (mathematical capitals, ﷺ).
    while (again := _fold_letters(folded)) != folded:
        folded = again
    return folded[:MAX_TERM_CHARS]


def _fold_letters(word: str) -> str:
    # NFKD first, then casefold: the other order folds mathematical letters differently.
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    for apart, letter in _LETTERS:
        text = text.replace(apart, letter)
    text = _DIACRITICS.sub("", text).translate(_SPECIAL)
    return _drop_separators(unicodedata.normalize("NFC", text))


def _drop_separators(text: str) -> str:
    if text.isalnum():
        return text
    # \W counts the vowel signs of Indic scripts as no word characters; marks that are left are theirs.
    return "".join(c for c in text if c.isalnum() or unicodedata.category(c) in ("Mn", "Mc"))


def _fold_number(word: str) -> str:
    digits = unicodedata.normalize("NFKD", word)
    if _THOUSANDS.fullmatch(digits):
        return digits.replace(",", "").replace(".", "")[:MAX_TERM_CHARS]
    return digits.replace(",", ".")[:MAX_TERM_CHARS]
