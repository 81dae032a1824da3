"""Turn text into terms. Documents, queries and highlights all go through here.

In: text as written. Out: ``Token`` values whose offsets point at what was written, or, for the
index, the positions of every term. A hyphenated word gives its parts at consecutive positions and
the whole word (``cease-fire``, width 2) at the first of them, so that phrases may be written
either way and ``stems`` can join it with ``ceasefire``. Chinese and Japanese characters are tokens
of their own.

A text is cut in two steps: a plain pattern finds chunks without white space, and a chunk not seen
before is taken apart by an exact pattern and remembered. News repeats its words, so the second
step is rare.
"""

import re
import string
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from searchidx.analysis.folding import APOSTROPHES, INVISIBLE, MAX_TERM_CHARS, fold, written
from searchidx.types import Span, Token

MAX_COMPOUND_PARTS = 4
# Some 100,000 chunks in 20,000 articles. A full memo is emptied: frequent words are back at once.
MEMO_CHUNKS = 200_000
MAX_MEMO_CHARS = 40  # longer chunks are rarely words

# Reserved terms begin with a control character, which no analysed term holds.
AS_WRITTEN, OTHERWISE = "\x02=", "\x02~"

# First and last characters of Chinese and Japanese writing; the last line: half-width and encircled ones.
_CJK_RANGES = (
    *(("\u3041", "\u3096"), ("\u309d", "\u309f"), ("\u30a1", "\u30fa"), ("\u30fc", "\u30ff")),
    *(("\u31f0", "\u31ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff")),
    *(("\U00020000", "\U0003ffff"),),
    *(("\uff66", "\uff9d"), ("\u3192", "\u319f"), ("\u3220", "\u3229"), ("\u3280", "\u3289")),
)
_FIRST_CJK = _CJK_RANGES[0][0]
_CJK = "".join(f"{first}-{last}" for first, last in _CJK_RANGES)
_VOICED = "\u3099\u309a\uff9e\uff9f"  # the marks that make か into が
# Characters inside words that Python does not count as word characters: combining marks, the vowel
# signs of Indic and South-East Asian scripts, invisible ones.
_INNER = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0980-\u0983\u09bc-\u09cd\u0a01-\u0a51\u0abc-\u0acd\u0b3c-\u0b57\u0bbe-\u0bcd"
    "\u0c3e-\u0c56\u0cbc-\u0cd6\u0d3e-\u0d4d\u0dca-\u0ddf\u0e31-\u0e4e\u0eb1-\u0ecd\u102b-\u103e\u17b4-\u17d3"
    "\u0711\u0730-\u074a\u07a6-\u07b0\u0f71-\u0fbc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f"
    + _VOICED
    + INVISIBLE
)
_HYPHENS = "‐‑-"
_PUNCTUATION = string.punctuation.replace("_", "")  # of ASCII: none of it is part of a word at its ends
_CHUNK = re.compile(rf"\w+(?:[{_INNER}{APOSTROPHES}.,{_HYPHENS}]+\w+)*[{_INNER}]*")
# Chunks are evened out to these before they are taken apart; no offset moves.
_EVENED = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(_HYPHENS, "-"))


def _token_pattern(letter: str, inner: str = "", cjk: str = "") -> re.Pattern[str]:
    run = rf"{letter}+(?:{inner}{letter}*)*" if inner else f"{letter}+"
    word = rf"{run}(?:'{run})*"
    initial = rf"(?!\d){letter}" + (f"{inner}*+" if inner else "")
    return re.compile(
        rf"(?:{initial}\.)+{initial}(?!{letter})"  # U.S
        rf"|\d+(?:[.,]\d+)+(?![\w-])"  # 8.7, 12,000
        rf"{cjk}|{word}(?:-{word})*"
    )


_ASCII_TOKEN = _token_pattern("[A-Za-z0-9]")


@cache
def _any_token(*, has_cjk: bool) -> re.Pattern[str]:
    # With them it takes 20 ms to compile, which a cold query without such words need not pay.
    letter = rf"[^\W_{_CJK}]" if has_cjk else r"[^\W_]"
    return _token_pattern(letter, f"[{_INNER}]", f"|[{_CJK}][{_VOICED}]*" if has_cjk else "")


_find_chunks = _CHUNK.findall
_fold_character = lru_cache(maxsize=20_000)(fold)


class _Chunk(NamedTuple):
    """The terms of a chunk that is not just one word."""

    tokens: tuple[Token, ...]  # positions and offsets counted from the chunk's own
    width: int  # positions taken
    marks: tuple[tuple[str, int], ...] = ()  # reserved terms that tell how names are written, and positions


_memo: dict[str, str | _Chunk] = {}


def _learn(chunk: str) -> str | _Chunk:
    """Take a chunk apart and remember the outcome: a term where it is one plain word."""
    if chunk.isascii() and chunk.isalnum():
        return _remember(chunk, fold(chunk))
    tokens: list[Token] = []
    position = 0
    for start, word in _words(chunk.translate(_EVENED)):
        if len(word) == 1:  # a character of Chinese: there are thousands in a chunk
            if term := _fold_character(word):
                tokens.append(Token(term, position, start, start + 1))
                position += 1
            continue
        found = list(_tokens_of(word, position, start))
        tokens += found
        position += sum(token.width == 1 for token in found)
    marks = tuple(
        (mark, token.position)
        for token in tokens
        for mark in marks_of(chunk[token.start : token.end], token.term)
    )
    known: str | _Chunk = _Chunk(tuple(tokens), position, marks)
    if not marks and len(tokens) == 1 and (tokens[0].start, tokens[0].end) == (0, len(chunk)):
        known = tokens[0].term
    return _remember(chunk, known)


def marks_of(word: str, term: str) -> Iterator[str]:
    """Give the reserved terms of a name that is written otherwise than its term: Erdoğan, not Erdogan.

    They have no part in what is found. They let the spelling asked for come first (``AS_WRITTEN``,
    ``OTHERWISE``), which matters for names: what begins with a small letter has none.
    """
    if word[:1].islower():
        return
    text = written(word)
    if text != term and len(text) <= MAX_MEMO_CHARS:
        yield AS_WRITTEN + text
        yield OTHERWISE + term


def _remember(chunk: str, known: str | _Chunk) -> str | _Chunk:
    if len(chunk) <= MAX_MEMO_CHARS:
        if len(_memo) >= MEMO_CHUNKS:
            _memo.clear()
        _memo[chunk] = known
    return known


def _words(chunk: str) -> Iterable[tuple[int, str]]:
    """Give the words of a chunk, hyphenated ones whole, and where they begin."""
    may_have_cjk = max(chunk) >= _FIRST_CJK
    if chunk.isalnum():  # as nearly all are, so that no pattern need be compiled for them
        cjk = set(map(_is_cjk, chunk)) if may_have_cjk else {False}
        if len(cjk) == 1:
            return enumerate(chunk) if True in cjk else ((0, chunk),)
    pattern = _ASCII_TOKEN if chunk.isascii() else _any_token(has_cjk=may_have_cjk)
    return ((match.start(), match[0]) for match in pattern.finditer(chunk))


def _is_cjk(char: str) -> bool:
    return any(first <= char <= last for first, last in _CJK_RANGES)


def _tokens_of(word: str, position: int, start: int) -> Iterator[Token]:
    """Give the token of a word; of a hyphenated one its parts, and the whole after the first part."""
    parts: list[Token] = []
    begin = start
    for part in word.split("-"):
        if term := fold(part):
            parts.append(Token(term, position + len(parts), begin, begin + len(part)))
        begin += len(part) + 1
    yield from parts[:1]
    if 2 <= len(parts) <= MAX_COMPOUND_PARTS:
        whole = "-".join(part.term for part in parts)
        yield Token(whole, position, start, start + len(word), len(parts))
    yield from parts[1:]


def chunks_of(text: str) -> list[str]:
    """Give the stretches of a text without white space that hold terms: mostly a word each.

    >>> chunks_of("Kyiv’s Tu-95, again")
    ['Kyiv’s', 'Tu-95', 'again']
    """
    return _find_chunks(text)


def width(term: str) -> int:
    """Give the number of positions a term covers.

    >>> width("ceasefire"), width("cease-fire")
    (1, 2)
    """
    return term.count("-") + 1


def analyze(text: str) -> list[Token]:
    """Give the tokens of a text in order of position; a compound stands after its first part.

    >>> [(t.term, t.position, t.width) for t in analyze("Kyiv’s Tu-95")]
    [('kyiv', 0, 1), ('tu', 1, 1), ('tu-95', 1, 2), ('95', 2, 1)]
    """
    tokens: list[Token] = []
    position = 0
    for match in _CHUNK.finditer(text):
        known = _memo.get(match[0]) or _learn(match[0])
        start = match.start()
        if isinstance(known, str):
            tokens.append(Token(known, position, start, match.end()))
            position += 1
        else:
            for token in known.tokens:
                moved = (position + token.position, start + token.start, start + token.end)
                tokens.append(Token(token.term, *moved, token.width))
            position += known.width
    return tokens


class _Pieces(dict[str, str | _Chunk]):
    """Leads from what stands between two blanks to its terms; made as they are asked for.

    Cutting a text at its blanks takes a tenth of the time of finding its chunks, and no chunk holds a blank.
    """

    def __missing__(self, piece: str) -> str | _Chunk:
        word = piece.strip(_PUNCTUATION)
        known: str | _Chunk
        if word.isascii() and word.isalnum():  # as most are
            known = word.lower()[:MAX_TERM_CHARS]
        else:
            tokens = tuple(analyze(piece))
            is_one = len(tokens) == 1
            known = tokens[0].term if is_one else _Chunk(tokens, sum(token.width == 1 for token in tokens))
        if len(piece) <= MAX_MEMO_CHARS:
            if len(self) >= MEMO_CHUNKS:
                self.clear()
            self[piece] = known
        return known


_pieces = _Pieces()


def locate(text: str, wanted: Collection[str]) -> tuple[dict[str, list[int]], dict[int, Span]]:
    """Give the positions of some terms, and where in the text those positions are; agrees with ``analyze``.

    Highlighting needs a few terms of a text, and this costs a small part of all tokens.

    >>> locate("The cease-fire holds", {"cease-fire"})
    ({'cease-fire': [1]}, {1: (4, 9), 2: (10, 14)})
    """
    found: dict[str, list[int]] = {}
    places: dict[int, Span] = {}
    pieces = text.replace("\n", " ").split(" ")
    known = list(map(_pieces.__getitem__, pieces))
    # Only these need be looked at: wanted terms, and what does not take one position.
    notable = [n for n, one in enumerate(known) if one.__class__ is not str or one in wanted]
    starts: list[int] = []  # of the pieces, without the blanks
    ahead = 0  # positions taken so far, less pieces passed
    for n in notable:
        one = known[n]
        if isinstance(one, str):
            tokens: Sequence[Token] = analyze(pieces[n])
            width = 1
        else:
            tokens, width = one.tokens, one.width
        if any(token.term in wanted for token in tokens):
            starts = starts or list(accumulate(map(len, pieces), initial=0))
            start, position = starts[n] + n, n + ahead
            for token in tokens:
                if token.term in wanted:
                    found.setdefault(token.term, []).append(position + token.position)
                if token.width == 1:  # of a compound, too: its marks end with its last part
                    places[position + token.position] = (start + token.start, start + token.end)
        ahead += width - 1
    return found, places


class Positions:
    """Collects the positions of the terms of one field, piece by piece; agrees with ``analyze``."""

    __slots__ = ("length", "terms")

    def __init__(self) -> None:
        self.terms: defaultdict[str, list[int]] = defaultdict(list)
        self.length = 0  # positions so far

    def add(self, text: str) -> None:
        """Add the terms of ``text``."""
        terms, at, memo = self.terms, self.length, _memo
        for chunk in _find_chunks(text):
            known = memo.get(chunk) or _learn(chunk)
            if isinstance(known, str):
                terms[known].append(at)
                at += 1
            else:
                for token in known.tokens:
                    terms[token.term].append(at + token.position)
                for mark, position in known.marks:
                    terms[mark].append(at + position)
                at += known.width
        self.length = at
