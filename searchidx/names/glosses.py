"""Find code names that the author translates: ``"Pavutyna" (spider web)``, ``Pavutyna, or Spider's Web``.

In: tokens of a sentence. Out: pairs of a name and its gloss. A gloss is written in lower case like any words,
so more is asked for than of a name: a noun such as *operation* before the code name, marks of quotation
around it, or a cue (``meaning``) before its gloss.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from searchidx.analysis.stopwords import STOP_WORDS
from searchidx.names.acronyms import is_acronym
from searchidx.names.phrases import (
    CLOSING,
    MAX_NAME_WORDS,
    OPENING,
    cue_at,
    is_noun,
    name_after,
    name_before,
    words,
)

Found: TypeAlias = Iterator[tuple[tuple[str, str], str]]

MAX_GLOSS_WORDS = 4
_DASHES = "–—"


@dataclass(frozen=True, slots=True)
class _Code:
    """A name that ends before a place, with what makes it a code name."""

    name: str
    is_quoted: bool
    is_led: bool  # by a noun: Operation Pavutyna


@dataclass(frozen=True, slots=True)
class _Gloss:
    text: str
    is_quoted: bool
    has_capital: bool
    end: int  # the place behind it


def glosses(tokens: Sequence[str], at: int) -> Found:
    """Yield what a gloss that begins at a place says: at a bracket, comma or dash, or at a cue."""
    if length := cue_at(tokens, at, words().gloss_cues):
        yield from _after_cue(tokens, at, length)
    elif tokens[at] == "(":
        yield from _in_brackets(tokens, at)
    elif tokens[at] == "," or tokens[at] in _DASHES:
        yield from _in_apposition(tokens, at)


def _after_cue(tokens: Sequence[str], at: int, length: int) -> Found:
    """``"Pavutyna", which means spider web``."""
    end = at
    while end and (tokens[end - 1] in (",", "(") or tokens[end - 1] in _DASHES):
        end -= 1
    start = at + length
    while start < len(tokens) and (tokens[start] == "," or tokens[start] in _DASHES):
        start += 1
    code, gloss = _code_before(tokens, end), _gloss_at(tokens, start)
    if code and gloss and (gloss.is_quoted or (_is_code(code) and not gloss.has_capital)):
        yield (code.name, gloss.text), "gloss"


def _in_brackets(tokens: Sequence[str], at: int) -> Found:
    """``"Pavutyna" (spider web)``; a single word may say what a thing is: ``"Hamlet" (play)``."""
    code = _code_before(tokens, at)
    if not code or not _is_code(code):
        return
    start = at + 1
    if start < len(tokens) and tokens[start].casefold() in words().languages:
        start += 1
    gloss = _gloss_at(tokens, start)
    if gloss and tokens[gloss.end : gloss.end + 1] == [")"]:
        if gloss.is_quoted or (code.is_led and not gloss.has_capital):
            yield (code.name, gloss.text), "gloss"
        elif " " in gloss.text and not gloss.has_capital:
            yield (code.name, gloss.text), "bracket"


def _in_apposition(tokens: Sequence[str], at: int) -> Found:
    """``Operation Pavutyna, or Spider's Web,`` and ``Operation "Pavutyna" – "Spider's Web"``."""
    code = _code_before(tokens, at)
    if not code or not code.is_led:
        return
    start = at + 1
    if start < len(tokens) and tokens[start].casefold() in words().alternatives:
        gloss = _gloss_at(tokens, start + 1)
        if gloss and (gloss.is_quoted or _is_closed(tokens, gloss.end)):
            yield (code.name, gloss.text), "gloss"
        elif name := name_after(tokens, start + 1):
            yield (code.name, name), "gloss"
        return
    has_article = start < len(tokens) and tokens[start].casefold() in words().articles
    gloss = _gloss_at(tokens, start)
    if gloss and gloss.is_quoted and (has_article or tokens[at] in _DASHES or code.is_quoted):
        yield (code.name, gloss.text), "gloss"
    elif gloss and has_article and _is_closed(tokens, gloss.end):
        yield (code.name, gloss.text), "bracket"


def _is_closed(tokens: Sequence[str], at: int) -> bool:
    """Tell whether an apposition ends at a place: with the sentence, a comma or a dash."""
    return at >= len(tokens) or tokens[at] == "," or tokens[at] in _DASHES


def _is_code(code: _Code) -> bool:
    return code.is_quoted or code.is_led


def _code_before(tokens: Sequence[str], end: int) -> _Code | None:
    name = name_before(tokens, end)
    if not name or is_acronym(name):
        return None
    is_quoted = tokens[end - 1] in CLOSING
    start = end - 1
    if is_quoted:
        start -= 1
        while start >= 0 and end - start <= MAX_NAME_WORDS + 2 and tokens[start] not in OPENING:
            start -= 1
    else:
        start -= name.count(" ")
    is_led = start > 0 and is_noun(tokens[start - 1])
    return _Code(name, is_quoted, is_led)


def _gloss_at(tokens: Sequence[str], start: int) -> _Gloss | None:
    """Give the words that begin at a place, perhaps behind an article, if they can be a gloss."""
    while start < len(tokens) and tokens[start].casefold() in words().articles:
        start += 1
    is_quoted = start < len(tokens) and tokens[start] in OPENING
    start += is_quoted
    end = start
    while end < len(tokens) and end - start <= MAX_GLOSS_WORDS and tokens[end][0].isalpha():
        end += 1
    found = list(tokens[start:end])
    while found and found[0].casefold() in words().articles:
        found = found[1:]
    if is_quoted:
        if end >= len(tokens) or tokens[end] not in CLOSING:
            return None
        end += 1
    is_gloss = 0 < len(found) <= MAX_GLOSS_WORDS and all(_may_gloss(word) for word in found)
    if not is_gloss or found[-1].casefold() in words().kinds or any(map(is_acronym, found)):
        return None
    capitals = [word[0].isupper() for word in found if word.casefold() not in words().particles]
    if not is_quoted and any(capitals) and not all(capitals):
        return None  # a French answer
    return _Gloss(" ".join(found), is_quoted, any(capitals), end)


def _may_gloss(word: str) -> bool:
    folded = word.casefold()
    return folded not in STOP_WORDS or folded in words().particles
