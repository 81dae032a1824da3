r"""Turn the bytes of a file into text.

In: bytes of any origin. Out: text without byte order mark, NUL and surrogates, with "\n" between
lines, and the name of the encoding. Evidence is asked in the order of its weight: a byte order mark,
UTF-8 (which other encodings hardly ever look like by chance), what a page declares, a guess.
"""

import codecs
import re

from searchidx.corpus.reader import UnreadableError

NO_TEXT = "empty, or nothing but white space"

_LOOK_FOR_NUL_IN_BYTES = 8192
_LOOK_FOR_CHARSET_IN_BYTES = 2048
_GUESS_FROM_BYTES = 2**16

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# What news pages were written in, by Python's names, the common ones first. A closed list: codecs knows
# "punycode" too, whose time is quadratic, and a guess among ninety takes rare encodings for common ones.
_LEGACY = (
    "cp1252", "cp1251", "cp1250", "cp1254", "cp1253", "cp1255", "cp1256", "cp1257", "cp1258", "cp874",
    "koi8_r", "koi8_u", "iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_15",
    "cp932", "euc_jp", "cp949", "gb18030", "big5hkscs",
)  # fmt: skip

# Labels that promise less than is meant: https://encoding.spec.whatwg.org/#names-and-labels.
_MEANT_BY = {
    "ascii": "cp1252",
    "iso8859_1": "cp1252",
    "iso8859_9": "cp1254",
    "iso8859_11": "cp874",
    "tis_620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
}

_DECLARATION = re.compile(
    rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+) | <\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE | re.VERBOSE,
)

_ASCII = bytes(range(0x80))
_NOT_ASCII = bytes(range(0x80, 0x100))
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1b"))
# Bytes that mean the same in every Windows code page, 1250 to 1258: typographic punctuation.
_PUNCTUATION = bytes.fromhex(
    "82 84 85 86 87 89 8b 91 92 93 94 95 96 97 99 9b a0 a6 a7 a9 ab ae b0 b1 b6 b7 bb"
)
_MAX_BROKEN = 0.01  # of all characters; random bytes hold ten times as many controls


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, str]:
    r"""Return the text of a file and its encoding; ``declared`` is what the file says of itself.

    Raises ``UnreadableError`` where there is no text.

    >>> decode(b"caf\xc3\xa9\r\n"), decode(b"\xff\xfea\0"), decode(b"it\x92s")
    (('café\n', 'utf-8'), ('a', 'utf-16'), ('it’s', 'cp1252'))
    """
    refuse_binary(data)
    text, encoding = _as_marked(data) or _as_utf8(data) or _as_declared(data, declared) or _as_guessed(data)
    text = plain(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text or text.isspace():
        raise UnreadableError(NO_TEXT)
    return text, encoding


def declared_in_page(data: bytes) -> str | None:
    """Return the charset that the head of an HTML page names, as it is written there.

    >>> declared_in_page(b'<html><head><meta charset="windows-1251">')
    'windows-1251'
    """
    found = _DECLARATION.search(data[:_LOOK_FOR_CHARSET_IN_BYTES])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def refuse_binary(data: bytes) -> None:
    """Raise ``UnreadableError`` for a file that begins as no text does."""
    if b"\0" in data[:_LOOK_FOR_NUL_IN_BYTES] and marked(data) in (None, "utf-8"):
        raise UnreadableError("binary, not text")


def marked(data: bytes) -> str | None:
    """Return the encoding that a byte order mark at the beginning stands for."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def plain(text: str) -> str:
    r"""Replace NUL by a space, and surrogates, which can't be written as UTF-8, by U+FFFD.

    Two surrogates that belong together become the character they stand for.

    >>> plain("a\0b \ud800 \ud83d\ude00")
    'a b \ufffd 😀'
    """
    if "\0" in text:
        text = text.replace("\0", " ")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _as_marked(data: bytes) -> tuple[str, str] | None:
    encoding = marked(data)
    if encoding is None:
        return None
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    # One at the end is the last character, cut in the middle.
    if text.count("\ufffd") > 1 + _MAX_BROKEN * len(text):
        raise UnreadableError(f"damaged: begins as {encoding} but does not go on so")
    return text, encoding


def _as_utf8(data: bytes) -> tuple[str, str] | None:
    try:
        return data.decode(), "utf-8"
    except UnicodeDecodeError as error:
        head, tail = data[: error.start], data[error.start :]
        is_cut = error.reason == "unexpected end of data"
    # One byte behind nothing but ASCII is rather the é of a "café" in Latin-1.
    if is_cut and (len(tail) > 1 or not head.isascii()):
        return head.decode(), "utf-8"
    try:
        return data.decode("utf-8", "surrogatepass"), "utf-8"
    except UnicodeDecodeError:
        pass
    # Text of another encoding hardly ever forms a UTF-8 sequence: of 65 non-ASCII characters in GB18030
    # 16, in Cyrillic, Greek and Latin code pages none. So where they prevail, the others are damage.
    text = data.decode("utf-8", "replace")
    replaced = text.count("\ufffd")
    whole = len(text) - replaced - len(data.translate(None, _NOT_ASCII))
    return (text, "utf-8") if whole > replaced else None


def _as_declared(data: bytes, label: str | None) -> tuple[str, str] | None:
    try:
        encoding = codecs.lookup(label or "").name.replace("-", "_")
        encoding = _MEANT_BY.get(encoding, encoding)
        return (data.decode(encoding), encoding) if encoding in _LEGACY else None
    except (LookupError, UnicodeDecodeError):
        return None


def _as_guessed(data: bytes) -> tuple[str, str]:
    """Return the likeliest reading; of Western punctuation among ASCII a certain one."""
    if len(data) - len(data.translate(None, _CONTROLS)) > _MAX_BROKEN * len(data):
        raise UnreadableError("text in no known encoding, or no text; save it as UTF-8")
    if data.translate(None, _ASCII + _PUNCTUATION):
        for encoding in _guesses(_telling_part(data)):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                continue  # true of the part looked at, not of the whole
    return data.decode("cp1252", "replace"), "cp1252"


def _guesses(part: bytes) -> list[str]:
    """Return the encodings that fit equally well, the most common one first."""
    from charset_normalizer import from_bytes

    matches = list(from_bytes(part, cp_isolation=list(_LEGACY)))
    if matches and matches[0].language == "Turkish":
        return ["cp1254"]  # the others lack ğ, ı or ş, but are put before it
    fits = [(match.chaos, match.coherence) for match in matches]
    best = [match for match, fit in zip(matches, fits, strict=True) if fit == fits[0]]
    return sorted({name for match in best for name in match.could_be_from_charset}, key=_LEGACY.index)


def _telling_part(data: bytes) -> bytes:
    """Return a part that begins with the first line that is not ASCII and ends between words."""
    first = len(data) - len(data.lstrip(_ASCII))
    start = data.rfind(b"\n", 0, first) + 1
    part = data[start : start + _GUESS_FROM_BYTES]
    return part[: part.rfind(b" ")] if len(part) == _GUESS_FROM_BYTES and b" " in part else part
