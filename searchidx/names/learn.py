"""Find names in running text that the author says are the same: ``Pavutyna ("Spider's Web")``.

In: a sentence. Out: a ``Sighting`` for each pair of names that a bracket, a cue (``also known as``) or an
acronym with its long form joins. It only proposes: see ``names.learned`` for what becomes of it. Works on
tokens from left to right, so its time grows with the length of a sentence and no faster.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from searchidx.analysis.stopwords import STOP_WORDS
from searchidx.names.acronyms import is_acronym, long_form
from searchidx.names.aliases import name_terms

MAX_NAME_WORDS = 6
MAX_BRACKET_TOKENS = 14
_TOKEN = re.compile(r"[^\W_][\w’'&./-]*|[()\"“”„«»,]")
_OPENING, _CLOSING = '"“„«', '"”“»'
_CUES = Path(__file__).with_name("learn.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Two names that a sentence, or the term table, takes for the same."""

    names: tuple[str, str]
    pattern: str  # bracket, quoted, cue, acronym; others for what is not from a sentence
    doc_id: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    cues: dict[str, tuple[tuple[str, ...], ...]]  # by first word, the longest first
    nouns: frozenset[str]
    particles: frozenset[str]


@cache
def _words() -> _Words:
    data = tomllib.loads(_CUES.read_text(encoding="utf-8"))
    cues: dict[str, set[tuple[str, ...]]] = {}
    for phrase in (phrase for phrases in data["cues"].values() for phrase in phrases):
        words = tuple(phrase.split(" "))
        cues.setdefault(words[0], set()).add(words)
    return _Words(
        {first: tuple(sorted(found, key=lambda cue: (-len(cue), cue))) for first, found in cues.items()},
        frozenset(noun for nouns in data["nouns"].values() for noun in nouns),
        frozenset(data["particles"]["all"]),
    )


def sightings(sentence: str, doc_id: str) -> Iterator[Sighting]:
    """Yield the pairs of names that a sentence joins."""
    if "(" not in sentence and not _has_cue(sentence):
        return  # nearly all of them
    tokens = [match[0].rstrip("./-") or match[0] for match in _TOKEN.finditer(sentence)]
    for at, token in enumerate(tokens):
        for pair, pattern in (*_bracket(tokens, at, token), *_cue(tokens, at, token)):
            if _are_two(*pair):
                yield Sighting(
                    names=pair, pattern=pattern, doc_id=doc_id, sentence=" ".join(sentence.split())
                )


def _has_cue(sentence: str) -> bool:
    words = sentence.casefold().split()
    return any(word.strip(',("“„«') in _words().cues for word in words)


def _bracket(tokens: Sequence[str], at: int, token: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield what ``X (Y)`` says at its opening bracket."""
    if token != "(":  # noqa: S105  # a bracket
        return
    inner = list(tokens[at + 1 : at + 1 + MAX_BRACKET_TOKENS])
    if ")" not in inner or at == 0:
        return
    inner = inner[: inner.index(")")]
    before = tokens[at - 1]
    if len(inner) == 1 and is_acronym(inner[0]):
        if found := long_form(_plain_before(tokens, at), inner[0]):
            yield (" ".join(found), inner[0]), "acronym"
        return  # an acronym that doesn't fit is an agency or a party: Kyiv (AFP)
    if is_acronym(before) and long_form(inner, before) == tuple(inner):
        yield (" ".join(inner), before), "acronym"
        return
    left, right = _name_before(tokens, at), _whole_name(inner)
    if left and right:
        yield (left, right), "quoted" if inner[0] in _OPENING else "bracket"


def _cue(tokens: Sequence[str], at: int, token: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield what ``X, also known as Y`` says at its cue."""
    for cue in _words().cues.get(token.casefold(), ()):
        if tuple(word.casefold() for word in tokens[at : at + len(cue)]) == cue:
            end = at
            while end and tokens[end - 1] in (",", "("):
                end -= 1
            left, right = _name_before(tokens, end), _name_after(tokens, at + len(cue))
            if left and right:
                yield (left, right), "cue"
            return


def _plain_before(tokens: Sequence[str], at: int) -> list[str]:
    """Give the words before a place back to the next mark."""
    start = at
    while start and at - start < 2 * MAX_BRACKET_TOKENS and tokens[start - 1][0].isalnum():
        start -= 1
    return list(tokens[start:at])


def _name_before(tokens: Sequence[str], end: int) -> str:
    """Give the name that ends before a place, quoted or in capitals."""
    if end and tokens[end - 1] in _CLOSING:
        for start in range(end - 2, max(-1, end - 3 - MAX_NAME_WORDS), -1):
            if tokens[start] in _OPENING:
                return _without_noun(tokens[start + 1 : end - 1])
        return ""
    start = end
    while start and end - start < MAX_NAME_WORDS and _may_stand_in_name(tokens[start - 1]):
        start -= 1
    # The word that begins a sentence has a capital, whatever it is: Of Pavutyna.
    while start < end and (not tokens[start][0].isupper() or _is_grammar(tokens[start])):
        start += 1
    return _without_noun(tokens[start:end]) if start < end and tokens[end - 1][0].isupper() else ""


def _name_after(tokens: Sequence[str], start: int) -> str:
    """Give the name that begins at a place, perhaps behind an article or a mark of quotation."""
    if start < len(tokens) and tokens[start] in _OPENING:
        for end in range(start + 1, min(len(tokens), start + 2 + MAX_NAME_WORDS)):
            if tokens[end] in _CLOSING:
                return _without_noun(tokens[start + 1 : end])
        return ""
    while start < len(tokens) and tokens[start] in _words().particles:
        start += 1
    end = start
    while end < len(tokens) and end - start < MAX_NAME_WORDS and _may_stand_in_name(tokens[end]):
        end += 1
    while end > start and not tokens[end - 1][0].isupper():
        end -= 1
    return _without_noun(tokens[start:end])


def _whole_name(inner: Sequence[str]) -> str:
    """Give what stands in brackets if it is a name from end to end."""
    if len(inner) > 2 and inner[0] in _OPENING and inner[-1] in _CLOSING:
        inner = inner[1:-1]
        return _without_noun(inner) if all(token[0].isalnum() for token in inner) else ""
    return " ".join(inner) if _name_after(inner, 0) == " ".join(inner) else ""


def _is_grammar(token: str) -> bool:
    return token.casefold() in STOP_WORDS and not token[1:].isupper()


def _may_stand_in_name(token: str) -> bool:
    return token[0].isupper() or token in _words().particles


def _without_noun(tokens: Sequence[str]) -> str:
    if len(tokens) > 1 and tokens[0].casefold() in _words().nouns:
        tokens = tokens[1:]
    return " ".join(tokens) if len(tokens) <= MAX_NAME_WORDS else ""


def _are_two(one: str, other: str) -> bool:
    """Tell whether two names differ: neither is a part of the other."""
    left, right = name_terms(one), name_terms(other)
    return bool(left and right) and not set(left) <= set(right) and not set(right) <= set(left)
