"""Find the lines that name the authors, and read the names.

In: a ``Layout`` or one line. Out: numbers of lines; names. Only the English "By …" is known: the
words for it in other languages also begin sentences.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from searchidx.clean.layout import Found, Layout

BYLINE = "byline"  # the name of the rule, by which the names are found again
MAX_CHARS = 120
MAX_WORDS = 18
STOPS = (".", "?", "!", ":")  # a byline is no sentence
# Words in lower case that may stand in a name or between names.
BETWEEN = frozenset({
    "and", "&", "|", "/", "de", "van", "von", "der", "den", "ter", "bin", "ibn", "al", "el", "la",
    "le", "di", "da", "dos", "du", "of", "for", "the", "in", "with",
})  # fmt: skip
NO_NAME_STARTS = frozenset({
    "The", "A", "An", "This", "That", "These", "Our", "Your", "My", "Their", "Its", "No", "All",
})  # fmt: skip
AGENCIES = frozenset({
    "Reuters", "AFP", "AP", "Bloomberg", "Ukrinform", "Interfax", "TASS", "DPA", "EFE", "ANSA",
    "PTI", "IANS", "ANI", "Xinhua",
})  # fmt: skip
ROLES = frozenset({
    "Staff", "Writer", "Writers", "Reporter", "Reporters", "Correspondent", "Editor", "Columnist",
    "Contributor", "Producer", "Desk", "Press", "Service",
})  # fmt: skip
OUTLETS = (
    "Associated Press", "The Associated Press", "Washington Post", "The Washington Post", "New York Times",
    "The New York Times", "Los Angeles Times", "Financial Times", "Bloomberg News", "CNN", "NPR", "BBC News",
    *sorted(AGENCIES),
)  # fmt: skip
SEPARATOR = re.compile(r", | and | & | \| | / |;")
BIO = re.compile(
    r" (?:is|was) (?:a|an|the|our)\b[^.]{0,120}\b"
    r"(?:journalist|reporter|correspondent|editor|writer|columnist|contributor|producer|commentator)\b.*"
)
NAME_WORDS = range(2, 5)


def find_bylines(layout: Layout) -> Iterator[Found]:
    """Name the lines "By A B and C D", but not the first: that is a headline."""
    for number in layout.visible[1:]:
        if parse_byline(layout.lines[number].plain):
            yield number, BYLINE


def find_author_cards(layout: Layout) -> Iterator[Found]:
    """Name a name that stands twice (picture and link) before "Name is a journalist …", with that line."""
    for (one, two), bio in zip(pairwise(layout.visible), layout.visible[2:], strict=False):
        name = layout.lines[one].plain
        if layout.lines[two].plain == name and _is_name(name) and _is_bio(layout.lines[bio].plain, name):
            yield one, BYLINE
            yield two, BYLINE
            yield bio, "author-bio"


def _is_bio(plain: str, name: str) -> bool:
    return plain.startswith(name) and BIO.fullmatch(plain, len(name)) is not None


def _is_name(plain: str) -> bool:
    words = plain.split(" ")
    return len(words) in NAME_WORDS and all(word[:1].isupper() or word in BETWEEN for word in words)


def parse_byline(plain: str) -> tuple[str, ...]:
    """Give the names of a byline; none if the line is no byline.

    >>> parse_byline("By Ann Lee, Olha Kovalenko and Tom de Vries Washington Post")
    ('Ann Lee', 'Olha Kovalenko', 'Tom de Vries')
    >>> parse_byline("By Land and Sea"), parse_byline("By Monday the talks had failed.")
    ((), ())
    """
    if not plain.startswith(("By ", "BY ", "By: ")) or len(plain) >= MAX_CHARS or plain.endswith(STOPS):
        return ()
    rest = plain[3:].strip()
    words = rest.split(" ")
    if len(words) > MAX_WORDS or not all(_may_stand(word) for word in words):
        return ()
    pieces = [name for piece in SEPARATOR.split(rest) if (name := _strip_outlet(piece.strip(" ,|")))]
    names = [piece for piece in pieces if _is_name(piece) and piece.split(" ")[0] not in NO_NAME_STARTS]
    if not names:
        return (rest,) if rest in OUTLETS else ()
    persons = dict.fromkeys(name for name in names if ROLES.isdisjoint(name.split(" ")))
    return tuple(persons) or tuple(names[:1])


def _may_stand(word: str) -> bool:
    core = word.strip(",;|&/()")
    return (not core or core[0].isupper() or core in BETWEEN) and not any(map(str.isdigit, core))


def _strip_outlet(piece: str) -> str:
    for outlet in OUTLETS:
        if piece == outlet:
            return ""
        if piece.endswith(" " + outlet):
            return piece.removesuffix(outlet).strip(" ,|")
    return piece
