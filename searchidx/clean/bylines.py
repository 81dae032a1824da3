"""Find the lines that name the authors, and read the names.

In: a ``Layout`` or one line. Out: numbers of lines; names. "Autor: …" is certain anywhere; "Von …" or
"Par …" also begin sentences and headlines, so they count above or below the text only, before names.
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
    "le", "di", "da", "dos", "du", "of", "for", "the", "in", "with", "und", "et", "y", "e", "i",
    "та", "и", "ve", "zu",
})  # fmt: skip
NO_NAME_STARTS = frozenset({
    "The", "A", "An", "This", "That", "These", "Our", "Your", "My", "Their", "Its", "No", "All",
})  # fmt: skip
# Agencies that are not written in capitals; those that are (AFP, ТАСС) are known by them.
AGENCIES = frozenset({
    "Reuters", "Bloomberg", "Ukrinform", "Interfax", "Xinhua", "Anadolu", "Укрінформ",
    "Укринформ", "Интерфакс",
})  # fmt: skip
# A name that ends in one of these is that of a paper or a station.
PRESS = frozenset({
    "Post", "Times", "News", "Press", "Journal", "Tribune", "Herald", "Guardian", "Gazette", "Chronicle",
    "Globe", "Standard", "Telegraph", "Mail", "Observer", "Independent", "Magazine", "Review", "Today",
    "Media", "Network", "Agency", "Zeitung", "Presse", "Post-Gazette",
})  # fmt: skip
ACRONYM_CHARS = range(2, 7)
ROLES = frozenset({
    "Staff", "Writer", "Writers", "Reporter", "Reporters", "Correspondent", "Editor", "Columnist",
    "Contributor", "Producer", "Desk", "Press", "Service",
})  # fmt: skip
SURE_STARTS = (
    "By ", "BY ", "By: ", "Author: ", "Authors: ", "Written by ", "Autor: ", "Autorin: ", "Autoren: ",
    "Auteur : ", "Auteur: ", "Autora: ", "Autore: ", "Autorka: ", "Автор: ", "Автори: ", "Авторы: ",
    "Авторка: ", "Yazan: ", "Yazar: ", "Haber: ", "Texte : ", "Texto: ", "Opracował: ", "Opracowała: ",
)  # fmt: skip
EDGE_STARTS = ("Von ", "VON ", "Par ", "PAR ", "Por ", "POR ", "Di ", "DI ", "Przez ")
STARTS = (*SURE_STARTS, *EDGE_STARTS)
SEPARATOR = re.compile(r", | and | und | et | y | e | i | та | и | ve | & | \| | / |;")
BIO = re.compile(
    r" (?:is|was) (?:a|an|the|our)\b[^.]{0,120}\b"
    r"(?:journalist|reporter|correspondent|editor|writer|columnist|contributor|producer|commentator)\b.*"
)
NAME_WORDS = range(2, 5)
NAME_AND_PAPER = 4  # words: two for each


def find_bylines(layout: Layout) -> Iterator[Found]:
    """Name the lines "By A B and C D", but not the first: that is a headline."""
    for number, line in enumerate(layout.lines):
        plain = line.plain
        if (
            not number
            or not plain.startswith(STARTS)
            or (plain.startswith(EDGE_STARTS) and not layout.is_in(number, "edges"))
        ):
            continue
        if parse_byline(plain):
            yield number, BYLINE


def find_author_cards(layout: Layout) -> Iterator[Found]:
    """Name a name that stands twice (picture and link) before "Name is a journalist …", with that line."""
    for number, (one, two) in enumerate(pairwise(layout.lines)):
        if one.plain != two.plain or number + 2 == len(layout.lines) or not _is_name(one.plain):
            continue
        if _is_bio(layout.lines[number + 2].plain, one.plain):
            yield number, BYLINE
            yield number + 1, BYLINE
            yield number + 2, "author-bio"


def _is_bio(plain: str, name: str) -> bool:
    return plain.startswith(name) and BIO.fullmatch(plain, len(name)) is not None


def _is_name(plain: str) -> bool:
    words = plain.split(" ")
    return len(words) in NAME_WORDS and all(word[:1].isupper() or word in BETWEEN for word in words)


def parse_byline(plain: str) -> tuple[str, ...]:
    """Give the names of a byline; none if the line is no byline.

    >>> parse_byline("By Martha Gellhorn, Robert Capa and Simone de Beauvoir Washington Post")
    ('Martha Gellhorn', 'Robert Capa', 'Simone de Beauvoir')
    >>> parse_byline("By Land and Sea"), parse_byline("By Monday the talks had failed.")
    ((), ())
    >>> parse_byline("Von Egon Erwin Kisch und Joseph Roth"), parse_byline("Von Haus aus")
    (('Egon Erwin Kisch', 'Joseph Roth'), ())
    """
    start = next((one for one in STARTS if plain.startswith(one)), None)
    if start is None or len(plain) >= MAX_CHARS or plain.endswith(STOPS):
        return ()
    rest = plain.removeprefix(start).strip()
    words = rest.split(" ")
    if len(words) > MAX_WORDS or not all(_may_stand(word) for word in words):
        return ()
    pieces = [name for piece in SEPARATOR.split(rest) if (name := _strip_outlet(piece.strip(" ,|")))]
    names = [piece for piece in pieces if _is_name(piece) and piece.split(" ")[0] not in NO_NAME_STARTS]
    if not names:
        return (rest,) if not pieces and start in SURE_STARTS else ()
    persons = dict.fromkeys(name for name in names if ROLES.isdisjoint(name.split(" ")))
    return tuple(persons) or tuple(names[:1])


def _may_stand(word: str) -> bool:
    core = word.strip(",;|&/()")
    return (not core or core[0].isupper() or core in BETWEEN) and not any(map(str.isdigit, core))


def _strip_outlet(piece: str) -> str:
    """Give the person's name without the outlet behind it; "" when all of it is an outlet.

    >>> [_strip_outlet(one) for one in ("Joan Didion The Daily Mail", "Joan Didion CNN", "The Daily Mail")]
    ['Joan Didion', 'Joan Didion', '']
    """
    words = piece.split(" ")
    last = words[-1]
    is_acronym = last.isupper() and len(last) in ACRONYM_CHARS and not (len(words) > 1 and piece.isupper())
    if last in AGENCIES or (is_acronym and last.isalpha()):
        return " ".join(words[:-1]).strip(" ,|/")
    if last not in PRESS:
        return piece
    if "The" in words:
        return " ".join(words[: words.index("The")]).strip(" ,|/")
    # "Simone de Beauvoir Washington Post": the first two capitals are the name, the rest is the paper.
    capitals = [place for place, word in enumerate(words) if word[:1].isupper()]
    return " ".join(words[: capitals[1] + 1]) if len(capitals) >= NAME_AND_PAPER else ""
