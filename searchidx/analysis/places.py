"""Find in a text the terms whose positions an index knows.

In: a text, and the positions of some terms in it. Out: the stretches at these positions; nothing where the
text would have to be read from its beginning to tell. Most words are written as their terms are, but for
case, so they are looked for as letters, and only what stands around is analysed. All are found when as many
are found as the index has.
"""

from collections.abc import Mapping, Sequence

from searchidx.analysis.analyzer import analyze
from searchidx.types import Span, Token


def placed(text: str, positions: Mapping[str, Sequence[int]]) -> dict[int, Span] | None:
    """Give the stretches of text at the ascending positions of some terms; agrees with ``locate``.

    None where a term is written in a way that is not found so, as U.S. for "us".

    >>> placed("The cease-fire holds. It holds.", {"holds": [3, 5]})
    {3: (15, 20), 5: (25, 30)}
    """
    lower = text.lower()
    if len(lower) != len(text):  # İ becomes two characters
        return None
    places: dict[int, Span] = {}
    for term, wanted in positions.items():
        if not _place(text, lower, term, wanted, places):
            return None
    return places


def _place(text: str, lower: str, term: str, wanted: Sequence[int], places: dict[int, Span]) -> bool:
    """Put the places of one term to the others; tell whether all were found."""
    left = iter(wanted)
    size, end = len(term), 0
    at = lower.find(term)
    while at >= 0:
        after = at + size
        if (at > end and lower[at - 1].isalnum()) or lower[after : after + 1].isalnum():
            at = lower.find(term, at + 1)  # a part of another word
            continue
        begin = lower.rfind(" ", end, at) + 1 or end
        begin = lower.rfind("\n", begin, at) + 1 or begin
        blank = lower.find(" ", after)
        end = len(text) if blank < 0 else blank
        line = lower.find("\n", after, end)
        end = end if line < 0 else line
        tokens = analyze(text[begin:end])
        for token in tokens:
            if token.term == term:
                position = next(left, None)
                if position is None:
                    return False
                _note(places, position - token.position, begin, token, tokens)
        at = lower.find(term, end)
    return next(left, None) is None


def _note(places: dict[int, Span], first: int, begin: int, token: Token, tokens: Sequence[Token]) -> None:
    """Note where a token stands; of a compound, where its parts do."""
    last = token.position + token.width
    for part in (token,) if token.width == 1 else tokens:
        if part.width == 1 and token.position <= part.position < last:
            places[first + part.position] = (begin + part.start, begin + part.end)
