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
MIN_SHARED_WORDS = 0.3  # of the telling words of a heading and a name of the page
TELLING_CHARS = 4  # of a word that says what a text is about
MAX_KICKER_WORDS = 3
HEADLINE_CHARS = 160  # a longer heading is a deck
SECTIONS = frozenset({
    "opinion", "analysis", "review", "editorial", "column", "live", "watch", "video", "exclusive", "photos",
    "podcast", "interview", "feature", "blog", "meinung", "analyse", "kommentar", "opinión",
    "opinione", "мнение", "думка", "погляд",
})  # fmt: skip
HOST = re.compile(
    r"(?:www\.)?[\w-]{2,40}\.(?:com|org|net|de|fr|co\.uk|info|news|ua|ru|pl|it|es|eu|io)", re.IGNORECASE
)
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
    while (shorter := _without_tail(title, source)) != title:
        title = shorter
    head, bar, rest = title.partition(" | ")
    return rest if bar and head.casefold() in SECTIONS and len(rest.split()) >= MIN_HEAD_WORDS else title


def _without_tail(title: str, source: str) -> str:
    for separator in (*BARS, *DASHES):
        head, found, tail = title.rpartition(separator)
        if not found:
            continue
        if _is_name_of_site(tail, source):
            return head.strip()
        limit = MAX_BAR_TAIL_WORDS if separator in BARS else MAX_DASH_TAIL_WORDS
        if len(head.split()) < MIN_HEAD_WORDS or len(tail.split()) > limit:
            continue
        if separator in BARS or names_site(tail, source):
            return head.strip()
    return title


def _is_name_of_site(tail: str, source: str) -> bool:
    """Tell whether a tail is the whole name of the site, or an address: then it may follow a single word."""
    name = squeeze(tail)
    return (len(name) >= MIN_NAME_CHARS and name == squeeze(source)) or HOST.fullmatch(tail) is not None


def names_site(words: str, source: str) -> bool:
    """Tell whether words are the name of a site: "The Kyiv Example" and kyivexample.org."""
    name, site = squeeze(words), squeeze(source.removeprefix("www."))
    if min(len(name), len(site)) < MIN_NAME_CHARS:
        return False
    return name in site or site in name or name.removeprefix("the") in site


def squeeze(words: str) -> str:
    """Give the letters and digits alone, in lower case."""
    return "".join(WORD.findall(words.casefold()))


def choose_title(headings: Sequence[str], names: Sequence[str], source: str, *, lead: str = "") -> str:
    """Choose the title of a page: the headline that its readers see.

    ``headings`` are its top headings, ``lead`` the one that stands last above the article, ``names``
    what the page calls itself elsewhere, best first. Editors write shorter or catchier names for
    search engines and networks: so where heading and names differ, the heading is the headline, if it
    is one at all and not the name of the site or of a section.
    """
    known = [trimmed for name in names if (trimmed := trim_title(name, source))]
    trimmed_headings = [trim_title(heading, source) for heading in headings]
    for heading in trimmed_headings:
        for name in known:
            if _is_same_title(heading, name):
                return _without_kicker(heading, name)
    candidates = [one for one in trimmed_headings if _is_headline(one, source)]
    scored = [(_shared_share(one, known[:1] or known), number) for number, one in enumerate(candidates)]
    best = max(scored, key=lambda one: (one[0], -one[1]), default=(0.0, 0))
    if best[0] >= MIN_SHARED_WORDS:
        return candidates[best[1]]
    lead = trim_title(lead, source)
    if lead in candidates and len(lead.split()) >= MIN_HEAD_WORDS:
        return lead
    if known:
        return known[0]
    return candidates[0] if candidates else trimmed_headings[0] if trimmed_headings else ""


def _is_headline(heading: str, source: str) -> bool:
    return (
        0 < len(heading) <= HEADLINE_CHARS and not names_site(heading, source) and not HOST.fullmatch(heading)
    )


def _shared_share(heading: str, names: Sequence[str]) -> float:
    """Give the greatest share of a heading's telling words that a name has, or the other way round."""
    words = _telling(heading)
    shares = [0.0]
    for name in names:
        others = _telling(name)
        if words and others:
            shares.append(len(words & others) / min(len(words), len(others)))
    return max(shares) if len(words) > 1 else 0.0


def _telling(title: str) -> set[str]:
    return {word for word in WORD.findall(title.casefold()) if len(word) >= TELLING_CHARS or word.isdigit()}


def _without_kicker(heading: str, name: str) -> str:
    """Take off the word or two that stand above a headline, if a name of the page lacks them.

    >>> _without_kicker("Opinion Who pays for the bridge?", "Who pays for the bridge?")
    'Who pays for the bridge?'
    """
    surplus = len(heading.split()) - len(name.split())
    if (
        0 < surplus <= MAX_KICKER_WORDS
        and len(name.split()) > surplus
        and squeeze(heading).endswith(squeeze(name))
    ):
        return name
    return heading


def _is_same_title(heading: str, name: str) -> bool:
    """Tell whether one holds the other and is no mere word of it, such as the name of the site."""
    short, long = sorted((squeeze(heading), squeeze(name)), key=len)
    return short in long and len(short) >= MIN_SHARE * len(long) > 0
