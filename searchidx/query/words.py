"""Find the words in a run of typed characters, with the marks that hang on them.

In: cleaned text (see ``characters``) without field names and signs. Out: leaves of the query tree:
``Term``, ``Exact`` (``=word``), ``Prefix`` (``word*``) and ``Fuzzy`` (``word~2``). A word keeps the
hyphens, apostrophes and points within it (``A-50``, ``O'Brien``, ``U.S.``): ``analysis`` parts them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from searchidx.query.characters import JOINERS
from searchidx.query.limits import (
    MAX_EDITS,
    MAX_FUZZY_CHARS,
    MIN_FUZZY_CHARS,
    MIN_PREFIX_CHARS,
    Remarks,
)
from searchidx.query.nodes import Exact, Fuzzy, Prefix, Term, Word

# A letter, digit or mark: cleaned text holds nothing else but blanks, ASCII punctuation and JOINERS.
_CHAR = rf"[^\s!-/:-@\[-`{{-~{JOINERS}]"
# What may stand between two characters of a word. The last one is for 9/11, 10:30 and 1,000.
_JOINER = rf"(?:\.?[-'’‘]|[.&_{JOINERS}]|(?<=\d)[,:/](?=\d))"
_WORD = re.compile(rf"[^\W_]{_CHAR}*(?:{_JOINER}{_CHAR}+)*")
# All that is no _CHAR, as a string: one more pattern with such a class takes 0.16 ms to compile.
_NO_CHARS = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" + JOINERS
_EDITS = re.compile(r"~([-+]?[0-9.]*)")
_BOOST = re.compile(r"\^+[-+]?(?:[0-9][\w.]*|nan|inf\w*)?")
_MAX_ABBREVIATED_CHARS = 2  # after the last point of U.S, p.m, Ph.D
_OPERATORS = frozenset(("AND", "OR", "NOT", "NEAR"))


class _Found(NamedTuple):
    """A word as written and the span of it and its marks."""

    text: str
    start: int
    end: int
    mark: str = ""  # "*", "~" with digits, "^" with digits, or nothing


def term(text: str, *, exact: bool = False) -> Word:
    """Make the leaf of a plain word; one that would read as an operator is written small.

    >>> term("AND"), term("U.S.", exact=True)
    (Term(text='and'), Exact(text='U.S.'))
    """
    if exact:
        return Exact(text)
    return Term(text.lower() if text in _OPERATORS else text)


def read_words(run: str, *, exact: bool, remarks: Remarks) -> tuple[Word, ...]:
    """Give the leaves for a run of characters without blanks, such as ``talks``, ``te*`` or ``foo/bar``.

    >>> read_words("foo/bar*", exact=False, remarks=Remarks())
    (Term(text='foo'), Prefix(text='bar'))
    """
    leaves: list[Word] = []
    between: list[str] = []
    end = 0
    for found in _scan(run):
        between.append(run[end : found.start])
        leaves.append(_leaf(found, exact=exact, remarks=remarks))
        end = found.end
    if leaves and ("*" in run[end:] or any("*" in gap or gap.endswith("?") for gap in between)):
        remarks.add("{}: * and ? mean nothing before or within a word", run)
    return tuple(leaves)


def read_phrase(text: str, *, exact: bool) -> tuple[Word, ...]:
    """Give the parts of a phrase: words, ``=word`` and ``word*``; all other marks mean nothing there.

    >>> read_phrase("prisoner AND exch*", exact=False)
    (Term(text='prisoner'), Term(text='and'), Prefix(text='exch'))
    """
    parts: list[Word] = []
    for found in _scan(text):
        is_exact = exact or text[max(found.start - 2, 0) : found.start] in ("=", " =")
        is_prefix = found.mark == "*" and _is_long_enough(found.text)
        parts.append(Prefix(found.text) if is_prefix else term(found.text, exact=is_exact))
    return tuple(parts)


def _scan(run: str) -> Iterator[_Found]:
    end = 0
    while match := _WORD.search(run, end):
        start, end = match.span()
        if run[end : end + 1] == "." and run[end + 1 : end + 2] != "." and _is_abbreviated(match[0]):
            end += 1
        text = run[start:end]
        mark = _mark(run, start, end)
        end += len(mark)
        yield _Found(text, start, end, mark)


def _is_abbreviated(word: str) -> bool:
    """Tell whether a point after ``word`` belongs to it: U.S, p.m and Ph.D, not 8.7 or talks."""
    _, point, last = word.rpartition(".")
    return bool(point) and len(last) <= _MAX_ABBREVIATED_CHARS and not last[0].isdigit()


def _mark(run: str, start: int, end: int) -> str:
    """Give what hangs on the word at ``run[start:end]``."""
    match run[end : end + 1]:
        case "*":
            after = run[end + 1 : end + 2]
            is_inner = after in ("*", "?") or after not in _NO_CHARS
            is_leading = run[max(start - 1, 0) : start] in ("*", "?")
            return "" if is_inner or is_leading else "*"
        case "~":
            edits = _EDITS.match(run, end)
            return edits[0] if edits else ""
        case "^":
            boost = _BOOST.match(run, end)
            return boost[0] if boost else ""
        case _:
            return ""


def _leaf(found: _Found, *, exact: bool, remarks: Remarks) -> Word:
    match found.mark[:1]:
        case "*" if _is_long_enough(found.text):
            return Prefix(found.text)
        case "*":
            remarks.add(
                f"{{}} is read as a word: a prefix has {MIN_PREFIX_CHARS} letters or more", found.text + "*"
            )
        case "~" if not exact:
            return _fuzzy(found, remarks)
        case "^":
            remarks.add("there are no boosts: {} is read as a word", found.text + found.mark)
    return term(found.text, exact=exact)


def _fuzzy(found: _Found, remarks: Remarks) -> Word:
    if not MIN_FUZZY_CHARS <= len(found.text) <= MAX_FUZZY_CHARS:
        sizes = f"{MIN_FUZZY_CHARS} to {MAX_FUZZY_CHARS}"
        remarks.add(f"{{}} is read as a word: a fuzzy word has {sizes} characters", found.text + found.mark)
        return term(found.text)
    whole = found.mark[1:].lstrip("+-").partition(".")[0]
    edits = min(int(whole), MAX_EDITS + 1) if whole else 1
    if edits > MAX_EDITS:
        remarks.add(f"{{}}: at most {MAX_EDITS} letters may differ", found.text + found.mark)
    return Fuzzy(found.text, min(max(edits, 1), MAX_EDITS))


def _is_long_enough(text: str) -> bool:
    return sum(map(str.isalnum, text)) >= MIN_PREFIX_CHARS
