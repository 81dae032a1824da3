"""Clean the characters of a typed query, before it is cut into tokens.

In: any string at all. Out: NFC text of at most ``MAX_CHARS`` characters that holds nothing but
letters, digits, marks, ASCII punctuation, ``JOINERS`` and blanks. Control, bidi and zero-width
characters and lone surrogates are gone; every quotation mark is ``"``; other punctuation and
symbols, long dashes among them, have become blanks. Words are not folded: that is ``analysis``.
"""

import unicodedata
from typing import NamedTuple

from searchidx.query.limits import MAX_CHARS, Remarks

# Apostrophes, the Catalan middle dot and the Hebrew marks of abbreviation (צה״ל): parts of a word.
JOINERS = "’‘·׳״"
_QUOTES = "“”„‟«»″"
_DOUBLED_APOSTROPHES = ("''", "’’", "‘‘")
_HYPHENS = "‐‑"  # typeset hyphens are hyphens; the longer dashes part words
# White space as str.isspace knows it, and the control characters.
_BLANKS = "".join(
    map(
        chr,
        (
            *range(0x21),
            *range(0x7F, 0xA1),
            0x1680,
            *range(0x2000, 0x200B),
            0x2028,
            0x2029,
            0x202F,
            0x205F,
            0x3000,
        ),
    )
)
# So much of the raw text is looked at: a megabyte need not be cleaned to read a thousand characters.
_WINDOW_CHARS = 4 * MAX_CHARS
_BACK_CHARS = 100  # how far before the limit a blank is looked for, so that no word is cut in two


class Cleaned(NamedTuple):
    """The characters of a query that are read, and whether some were cut off."""

    text: str
    is_cut: bool = False


class _Dropping:
    """A table for ``str.translate``: what can't be seen vanishes, white space becomes a blank."""

    def __getitem__(self, code: int) -> str | None:
        char = chr(code)
        if char.isspace():
            return " "
        return None if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char


class _Evening:
    """A table for ``str.translate``: one form for each mark that the language knows, no other marks."""

    def __getitem__(self, code: int) -> str:
        char = chr(code)
        if code < 0x80 or char in JOINERS:
            return char
        if char in _QUOTES:
            return '"'
        if char in _HYPHENS:
            return "-"
        if unicodedata.category(char)[0] in "LNM":
            return char
        # Full-width operators, as a Chinese or Japanese keyboard gives them.
        plain = unicodedata.normalize("NFKC", char)
        return plain if len(plain) == 1 and plain.isascii() else " "


def is_blank(text: str) -> bool:
    """Tell whether nothing was typed but white space and control characters."""
    return not text.strip(_BLANKS)


def clean(text: str, remarks: Remarks) -> Cleaned:
    r"""Give the characters of ``text`` that are read; remark when the text is too long.

    >>> clean("“ta\u200blks”\tＡＮＤ（Kyïv）", Remarks()).text
    '"talks" ＡＮＤ(Kyïv)'
    """
    text = text.strip(_BLANKS)
    is_cut = len(text) > _WINDOW_CHARS
    text = text[:_WINDOW_CHARS]
    if not (text.isascii() and text.isprintable()):
        # Composing comes before evening: "=" and U+0338 are one sign, "≠", and no operator.
        text = unicodedata.normalize("NFC", text.translate(_Dropping())).translate(_Evening()).strip(" ")
    for doubled in _DOUBLED_APOSTROPHES:
        text = text.replace(doubled, '"')
    if len(text) > MAX_CHARS:
        is_cut, text = True, _head(text)
    if is_cut:
        remarks.add(f"only the first {MAX_CHARS:,} characters are read, up to {{}}", _last_word(text))
    return Cleaned(text=text, is_cut=is_cut)


def _head(text: str) -> str:
    """Cut at the limit, or a little before it so that no word is cut in two."""
    blank = text.rfind(" ", MAX_CHARS - _BACK_CHARS, MAX_CHARS + 1)
    return text[: blank if blank >= 0 else MAX_CHARS]


def _last_word(text: str) -> str:
    return text.rstrip(" ").rpartition(" ")[2]
