"""Flatten a page without building a tree: what is left to do when no parser may have it.

In: any page, however broken. Out: its text, one block a line. Every step takes linear time: a
pattern never looks beyond the next ``<``, and a missing end is looked for once.
"""

import html
import re

SILENT = ("script", "style", "noscript", "template", "svg", "head")  # their content is never read
BLOCK = re.compile(
    r"</?(?:p|div|br|hr|h[1-6]|li|ul|ol|dl|dt|dd|table|tr|section|article|main|header|footer|nav|aside|form|"
    r"blockquote|pre|figure|figcaption|body|html|title|td|th)\b[^<>]*>?",
    re.IGNORECASE,
)
OTHER = re.compile(r"<[!/?a-zA-Z][^<>]*>?")
# Longer ones are no references, and converting a number of a million digits would take its time.
REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
TITLE = re.compile(r"<title\b[^<>]{0,500}>([^<]{1,1000})", re.IGNORECASE)
SPACES = re.compile(r"[^\S\n]+")


def flatten(page: str) -> str:
    r"""Give the text of a page, a line for each block.

    >>> flatten("<p>Talks in <b>Kyiv</b> &amp; Lviv<script>a<b</script><div>end")
    'Talks in Kyiv & Lviv\nend'
    """
    text = _drop_between(page, "<!--", "-->")
    for name in SILENT:
        text = _drop_between(text, f"<{name}", f"</{name}")
    text = BLOCK.sub("\n", text)
    text = OTHER.sub("", text)
    lines = (SPACES.sub(" ", line).strip() for line in unescape(text).split("\n"))
    return "\n".join(line for line in lines if line)


def find_title(page: str) -> str:
    """Give the content of the first title element.

    >>> find_title("<head><title>Talks &amp; more</title>")
    'Talks & more'
    """
    match = TITLE.search(page)
    return " ".join(unescape(match[1]).split()) if match else ""


def unescape(text: str) -> str:
    """Resolve character references of sane length; control characters become spaces."""
    return REFERENCE.sub(lambda match: html.unescape(match[0]), text).replace("\0", " ")


def _drop_between(text: str, begin: str, end: str) -> str:
    """Leave out what stands between two marks, in any case; without an end, the opening mark alone."""
    lower = text.lower()
    if len(lower) != len(text):
        # The lower case of a few letters is longer, so the places would be wrong.
        lower = text
    pieces, at = [], 0
    while (start := _find_tag(lower, begin, at)) >= 0:
        stop = lower.find(end, start + len(begin))
        if stop < 0:
            break
        pieces.append(text[at:start])
        close = lower.find(">", stop) if end.startswith("</") else stop + len(end) - 1
        at = close + 1 if close >= 0 else len(text)
    return "".join((*pieces, text[at:]))


def _find_tag(lower: str, begin: str, at: int) -> int:
    """Find a mark; a tag's name must end there: <head> is no <header>."""
    while (start := lower.find(begin, at)) >= 0:
        following = lower[start + len(begin) : start + len(begin) + 1]
        if begin == "<!--" or not following.isalnum():
            return start
        at = start + 1
    return -1
