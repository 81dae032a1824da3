"""Find names in running text that the author says are the same: ``Pavutyna ("Spider's Web")``.

In: a sentence. Out: a ``Sighting`` for each pair of names that a bracket, a cue (``also known as``), an
acronym with its long form or a translation joins. It only proposes: see ``names.learned`` for what becomes
of it. Works on tokens from left to right, so its time grows with the length of a sentence and no faster.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from searchidx.names.acronyms import is_acronym, long_form
from searchidx.names.aliases import name_terms
from searchidx.names.glosses import glosses
from searchidx.names.phrases import (
    MAX_BRACKET_TOKENS,
    OPENING,
    cue_at,
    firsts,
    name_after,
    name_before,
    plain_before,
    tokens_of,
    whole_name,
    without_article,
    words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Two names that a sentence, or the term table, takes for the same."""

    names: tuple[str, str]
    pattern: str  # bracket, quoted, cue, acronym, gloss; others for what is not from a sentence
    doc_id: str = ""
    sentence: str = ""


def sightings(sentence: str, doc_id: str) -> Iterator[Sighting]:
    """Yield the pairs of names that a sentence joins."""
    if "(" not in sentence and not _has_cue(sentence):
        return  # nearly all of them
    tokens = tokens_of(sentence)
    seen: set[tuple[str, str]] = set()
    for at, token in enumerate(tokens):
        for pair, pattern in (*_bracket(tokens, at, token), *_cue(tokens, at), *glosses(tokens, at)):
            if pair not in seen and _are_two(*pair):
                seen.add(pair)
                yield Sighting(
                    names=pair, pattern=pattern, doc_id=doc_id, sentence=" ".join(sentence.split())
                )


def _has_cue(sentence: str) -> bool:
    return any(without_article(word.strip(',("“„«')) in firsts() for word in sentence.split())


def _bracket(tokens: Sequence[str], at: int, token: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield what ``X (Y)`` says at its opening bracket."""
    if token != "(":  # noqa: S105  # a bracket
        return
    inner = list(tokens[at + 1 : at + 1 + MAX_BRACKET_TOKENS])
    if ")" not in inner or at == 0:
        return
    inner = inner[: inner.index(")")]
    if inner and inner[0].casefold() in words().languages:
        inner = inner[1:]  # Kyiv (Russian: Киев)
    if not inner:
        return
    before = tokens[at - 1]
    if len(inner) == 1 and is_acronym(inner[0]):
        if found := long_form(plain_before(tokens, at), inner[0]):
            yield (" ".join(found), inner[0]), "acronym"
        return  # an acronym that doesn't fit is an agency or a party: Kyiv (AFP)
    if is_acronym(before) and long_form(inner, before) == tuple(inner):
        yield (" ".join(inner), before), "acronym"
        return
    left, right = name_before(tokens, at), whole_name(inner)
    if left and right:
        yield (left, right), "quoted" if inner[0] in OPENING else "bracket"


def _cue(tokens: Sequence[str], at: int) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield what ``X, also known as Y`` says at its cue."""
    if length := cue_at(tokens, at, words().cues):
        end = at
        while end and tokens[end - 1] in (",", "("):
            end -= 1
        left, right = name_before(tokens, end), name_after(tokens, at + length)
        if left and right:
            yield (left, right), "cue"


def _are_two(one: str, other: str) -> bool:
    """Tell whether two names differ: neither is a part of the other."""
    left, right = name_terms(one), name_terms(other)
    return bool(left and right) and not set(left) <= set(right) and not set(right) <= set(left)
