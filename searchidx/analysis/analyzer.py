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
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from searchidx.analysis.folding import APOSTROPHES, INVISIBLE, fold
from searchidx.types import Token

MAX_COMPOUND_PARTS = 4
# Some 100,000 chunks in 20,000 articles. A full memo is emptied: frequent words are back at once.
MEMO_CHUNKS = 200_000
MAX_MEMO_CHARS = 40  # longer chunks are rarely words

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W_{_CJK}]"
# Characters inside words that Python does not count as word characters: combining marks, the vowel
# signs of Indic and South-East Asian scripts, invisible ones.
_INNER = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0980-\u0983\u09bc-\u09cd\u0a01-\u0a51\u0abc-\u0acd\u0b3c-\u0b57\u0bbe-\u0bcd"
    "\u0c3e-\u0c56\u0cbc-\u0cd6\u0d3e-\u0d4d\u0dca-\u0ddf\u0e31-\u0e4e\u0eb1-\u0ecd\u102b-\u103e\u17b4-\u17d3"
    + INVISIBLE
)
_HYPHENS = "‐‑-"
_CHUNK = re.compile(rf"\w+(?:[{_INNER}{APOSTROPHES}.,{_HYPHENS}]+\w+)*[{_INNER}]*")
_RUN = rf"{_LETTER}+(?:[{_INNER}]{_LETTER}*)*"
_WORD = rf"{_RUN}(?:[{APOSTROPHES}]{_RUN})*"
_TOKEN = re.compile(
    rf"(?:[^\W\d_]\.)+[^\W\d_](?!{_LETTER})"  # U.S
    rf"|\d+(?:[.,]\d+)+(?![\w-])"  # 8.7, 12,000
    rf"|[{_CJK}]"
    rf"|{_WORD}(?:[{_HYPHENS}]{_WORD})*"
)
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_find_chunks = _CHUNK.findall


class _Chunk(NamedTuple):
    """The terms of a chunk that is not just one word."""

    tokens: tuple[Token, ...]  # positions and offsets counted from the chunk's own
    width: int  # positions taken


_memo: dict[str, str | _Chunk] = {}


def _learn(chunk: str) -> str | _Chunk:
    """Take a chunk apart and remember the outcome: a term where it is one plain word."""
    tokens: list[Token] = []
    position = 0
    for match in _TOKEN.finditer(chunk):
        found = list(_tokens_of(match[0], position, match.start()))
        tokens += found
        position += sum(token.width == 1 for token in found)
    known: str | _Chunk = _Chunk(tuple(tokens), position)
    if len(tokens) == 1 and (tokens[0].start, tokens[0].end) == (0, len(chunk)):
        known = tokens[0].term
    if len(chunk) <= MAX_MEMO_CHARS:
        if len(_memo) >= MEMO_CHUNKS:
            _memo.clear()
        _memo[chunk] = known
    return known


def _tokens_of(word: str, position: int, start: int) -> Iterator[Token]:
    """Give the token of a word; of a hyphenated one its parts, and the whole after the first part."""
    parts: list[Token] = []
    begin = start
    for part in _HYPHEN.split(word):
        if term := fold(part):
            parts.append(Token(term, position + len(parts), begin, begin + len(part)))
        begin += len(part) + 1
    yield from parts[:1]
    if 2 <= len(parts) <= MAX_COMPOUND_PARTS:
        whole = "-".join(part.term for part in parts)
        yield Token(whole, position, start, start + len(word), len(parts))
    yield from parts[1:]


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
                at += known.width
        self.length = at
