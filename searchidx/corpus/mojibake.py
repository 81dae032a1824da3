"""Repair text that was decoded with the wrong encoding and saved that way: "Ã©" for "é".

Only where it is certain: ftfy must find mojibake in a line, and its repair must leave none and lose
nothing. Every other line stays to the letter.
"""

import re

# ftfy takes 270 ns a character to judge. So a line comes before it only if two characters in it look
# like the first two bytes of a UTF-8 sequence: as Windows-1252 or Latin-1 show them …
_WESTERN = re.compile("[Â-ô][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
# … or as Windows-1251 shows а, е, о and typographic punctuation, which no Russian sentence lacks.
_CYRILLIC = tuple(pair.encode() for pair in ("Р°", "Рµ", "Рѕ", "вЂ"))

# A line this long takes ftfy a third of a second; it is no prose.
_MAX_LINE_CHARS = 1_000_000


def repair(text: str) -> str:
    """Return ``text`` with certain mojibake undone, or ``text`` itself.

    >>> repair("ErdoÄŸanâ€™s cafÃ©"), repair("« voilà »"), repair("“É”")
    ('Erdoğan’s café', '« voilà »', '“É”')
    """
    if not _is_suspect(text):
        return text
    return "\n".join(_repair_line(line) if _is_suspect(line) else line for line in text.split("\n"))


def _is_suspect(text: str) -> bool:
    if text.isascii():
        return False
    encoded = text.encode()
    # The characters from Â to ô begin with this byte: to look for it takes no time.
    if b"\xc3" in encoded and _WESTERN.search(text):
        return True
    return any(pair in encoded for pair in _CYRILLIC)


def _repair_line(line: str) -> str:
    from ftfy import TextFixerConfig, fix_encoding
    from ftfy.badness import is_bad

    if len(line) > _MAX_LINE_CHARS or not is_bad(line):
        return line
    repaired: str = fix_encoding(line, TextFixerConfig(replace_lossy_sequences=False, fix_c1_controls=False))
    if is_bad(repaired) or repaired.count("\ufffd") > line.count("\ufffd"):
        return line
    return repaired
