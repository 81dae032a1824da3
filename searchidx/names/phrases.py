"""Find where a name begins and ends among the tokens of a sentence, and read the words that say so.

In: tokens of running text, as ``tokens_of`` gives them. Out: names as they are written there. ``names.learn``
and ``names.glosses`` say which of them are the same.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

from searchidx.analysis.stopwords import STOP_WORDS

MAX_NAME_WORDS = 6
MAX_BRACKET_TOKENS = 14
_TOKEN = re.compile(r"[^\W_][\w’'&./-]*|[()\"“”„«»,–—]")
OPENING, CLOSING = '"“„«', '"”“»'
_CUES = Path(__file__).with_name("learn.toml")

Cues: TypeAlias = dict[str, tuple[tuple[str, ...], ...]]  # by first word, the longest first


@dataclass(frozen=True, slots=True)
class Words:
    """What ``learn.toml`` lists; all in lower case."""

    cues: Cues
    gloss_cues: Cues
    alternatives: frozenset[str]
    nouns: frozenset[str]
    kinds: frozenset[str]
    languages: frozenset[str]
    articles: frozenset[str]
    particles: frozenset[str]

    @property
    def firsts(self) -> frozenset[str]:
        """The words without which a sentence outside brackets says nothing about names."""
        return frozenset(self.cues) | frozenset(self.gloss_cues) | self.nouns


@cache
def words() -> Words:
    """Read the words."""
    data = tomllib.loads(_CUES.read_text(encoding="utf-8"))
    lists = {name: [word for found in data[name].values() for word in found] for name in data}
    return Words(
        cues=_by_first_word(lists["cues"]),
        gloss_cues=_by_first_word(lists["gloss_cues"]),
        **{
            name: frozenset(lists[name])
            for name in ("alternatives", "nouns", "kinds", "languages", "articles", "particles")
        },
    )


@cache
def firsts() -> frozenset[str]:
    """Give ``Words.firsts``, made once."""
    return words().firsts


def _by_first_word(phrases: Iterable[str]) -> Cues:
    found: dict[str, set[tuple[str, ...]]] = {}
    for phrase in phrases:
        parts = tuple(phrase.split(" "))
        found.setdefault(parts[0], set()).add(parts)
    return {first: tuple(sorted(cues, key=lambda cue: (-len(cue), cue))) for first, cues in found.items()}


def tokens_of(sentence: str) -> list[str]:
    """Give the words and the marks that part names."""
    return [match[0].rstrip("./-") or match[0] for match in _TOKEN.finditer(sentence)]


def without_article(token: str) -> str:
    """Fold a word and take off an article before an apostrophe: L’opération."""
    return token.casefold().replace("’", "'").rpartition("'")[2]


def is_noun(token: str) -> bool:
    """Tell whether a word says that a code name follows."""
    return without_article(token) in words().nouns


def cue_at(tokens: Sequence[str], at: int, cues: Cues) -> int:
    """Give the number of tokens of the cue that begins at a place; 0 for none."""
    for cue in cues.get(tokens[at].casefold(), ()):
        if tuple(word.casefold() for word in tokens[at : at + len(cue)]) == cue:
            return len(cue)
    return 0


def plain_before(tokens: Sequence[str], at: int) -> list[str]:
    """Give the words before a place back to the next mark."""
    start = at
    while start and at - start < 2 * MAX_BRACKET_TOKENS and tokens[start - 1][0].isalnum():
        start -= 1
    return list(tokens[start:at])


def name_before(tokens: Sequence[str], end: int) -> str:
    """Give the name that ends before a place, quoted or in capitals."""
    if end and tokens[end - 1] in CLOSING:
        for start in range(end - 2, max(-1, end - 3 - MAX_NAME_WORDS), -1):
            if tokens[start] in OPENING:
                return _without_noun(tokens[start + 1 : end - 1])
        return ""
    start = end
    while start and end - start < MAX_NAME_WORDS and _may_stand_in_name(tokens[start - 1]):
        start -= 1
    # The word that begins a sentence has a capital, whatever it is: Of Pavutyna.
    while start < end and (not tokens[start][0].isupper() or _is_grammar(tokens[start])):
        start += 1
    return _without_noun(tokens[start:end]) if start < end and tokens[end - 1][0].isupper() else ""


def name_after(tokens: Sequence[str], start: int) -> str:
    """Give the name that begins at a place, perhaps behind an article or a mark of quotation."""
    if start < len(tokens) and tokens[start] in OPENING:
        for end in range(start + 1, min(len(tokens), start + 2 + MAX_NAME_WORDS)):
            if tokens[end] in CLOSING:
                return _without_noun(tokens[start + 1 : end])
        return ""
    while start < len(tokens) and tokens[start] in words().particles:
        start += 1
    end = start
    while end < len(tokens) and end - start < MAX_NAME_WORDS and _may_stand_in_name(tokens[end]):
        end += 1
    while end > start and not tokens[end - 1][0].isupper():
        end -= 1
    return _without_noun(tokens[start:end])


def whole_name(inner: Sequence[str]) -> str:
    """Give what stands in brackets if it is a name from end to end."""
    if len(inner) > 2 and inner[0] in OPENING and inner[-1] in CLOSING:
        inner = inner[1:-1]
        return _without_noun(inner) if all(token[0].isalnum() for token in inner) else ""
    return " ".join(inner) if name_after(inner, 0) == " ".join(inner) else ""


def _is_grammar(token: str) -> bool:
    return token.casefold() in STOP_WORDS and not token[1:].isupper()


def _may_stand_in_name(token: str) -> bool:
    return token[0].isupper() or token in words().particles


def _without_noun(tokens: Sequence[str]) -> str:
    # The noun need not come first: in German an article before it has a capital where it begins a sentence.
    start = max((at + 1 for at, token in enumerate(tokens[:-1]) if is_noun(token)), default=0)
    tokens = tokens[start:]
    return " ".join(tokens) if len(tokens) <= MAX_NAME_WORDS else ""
