"""What a document tells of names: which words it writes with a capital, and which of them side by side.

In: a clean document. Out: ``NameFacts``, counts that can be added up over documents and taken away again.
A capital counts as evidence only within a sentence. Where sentences end is guessed from punctuation
alone, so that the counts of a document depend on nothing but the document.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from searchidx.analysis import analyze, chunks_of
from searchidx.names.units import MAX_CHARS, script_of, spelling
from searchidx.types import CleanDocument

# Where a new sentence or line may begin: a capital behind it says nothing.
_ENDS = re.compile(r"[.!?…:;][\"”»’)\]]?\s|[\n\"“„«(–—]")
_UNCASED = frozenset({"Hebrew", "Arabic", "Georgian"})
_APOSTROPHES = re.compile("[’ʼ‘`´＇]")
# A suffix of Turkish, Finnish or Russian chat behind the name, or the possessive: Erdoğan'ın, Kyiv’ssä.
_SUFFIX = re.compile(r"(?<=\w\w\w)'\w{1,6}$")


class Spelled(NamedTuple):
    """A term of the index and how it was written, evened out by ``units.spelling``."""

    term: str
    spelling: str


@dataclass(slots=True)
class NameFacts:
    """Counts of words, by how they are written."""

    inside: Counter[Spelled] = field(default_factory=Counter)  # with a capital within a sentence
    first: Counter[Spelled] = field(default_factory=Counter)  # with a capital that says nothing
    small: Counter[str] = field(default_factory=Counter)  # words as written, without a capital
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)  # terms of names side by side


def collect(document: CleanDocument) -> NameFacts:
    """Collect what a document tells of names."""
    facts = NameFacts()
    for part in (document.title, *document.byline):
        _add(chunks_of(part), facts, is_evidence=False)
    for part in _ENDS.split(document.body):
        _add(chunks_of(part), facts, is_evidence=True)
    return facts


def _add(chunks: Sequence[str], facts: NameFacts, *, is_evidence: bool) -> None:
    before = ""  # the last term of a name, where the next word may go on with it
    counts = facts.first
    small = facts.small
    for chunk in chunks:
        if chunk.islower() and not "\u10a0" <= chunk[0] <= "\u10ff":  # Georgian has no capitals in use
            small[chunk] += 1
            before = ""
        elif names := written(chunk):
            for spelled in names:
                counts[spelled] += 1
            if before and is_evidence:
                facts.pairs[before, names[0].term] += 1
            before = names[-1].term
        else:
            before = ""
        if is_evidence:
            counts = facts.inside


@lru_cache(maxsize=100_000)
def written(chunk: str) -> tuple[Spelled, ...]:
    """Give the terms of a word that may be a name, each with its spelling; none for others.

    A word with a suffix behind an apostrophe gives the term with the spelling of its base, too.
    """
    if len(chunk) > 3 * MAX_CHARS:
        return ()
    found = []
    for token in analyze(chunk):
        word = chunk[token.start : token.end]
        if len(token.term) <= MAX_CHARS and (word != word.lower() or script_of(word[0]) in _UNCASED):
            found.append(Spelled(token.term, base_spelling(word, token.term)))
    return tuple(found)


def base_spelling(word: str, term: str) -> str:
    """Give the spelling of a name without an article, a possessive or another suffix.

    >>> base_spelling("Erdoğan'ın", "erdoganin"), base_spelling("d’Estaing", "estaing")
    ('erdoğan', 'estaing')
    """
    text = spelling(word)
    if not text.isalpha():
        text = _APOSTROPHES.sub("'", text)
        head, apostrophe, tail = text.partition("'")
        if apostrophe and len(head) <= 2 and tail[:1] == term[:1] != head[:1]:
            text = tail
        text = _SUFFIX.sub("", text)
    return text
