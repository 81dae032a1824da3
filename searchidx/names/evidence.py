"""What a document tells of names: which words it writes with a capital, and which of them side by side.

In: a clean document. Out: ``NameFacts``, counts that can be added up over documents and taken away again.
A capital counts as evidence only within a sentence. Where sentences end is guessed from punctuation
alone, so that the counts of a document depend on nothing but the document.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, chain, compress
from operator import not_
from typing import NamedTuple

from searchidx.analysis import analyze, chunks_of
from searchidx.names.units import MAX_CHARS, script_of, spelling
from searchidx.types import CleanDocument

# Where a new sentence or line may begin: a capital behind it says nothing.
_ENDS = re.compile(r"[.!?…:;][\"”»’)\]]?\s|[\n\"“„«(–—]")
_UNCASED = frozenset({"Hebrew", "Arabic", "Georgian"})
_GEORGIAN = re.compile("[\u10a0-\u10ff]")  # has no capitals in use, and counts as small
_APOSTROPHES = re.compile("[’ʼ‘`´＇]")
# A suffix of Turkish, Finnish or Russian chat behind the name, or the possessive: Erdoğan'ın, Kyiv’ssä.
_SUFFIX = re.compile(r"(?<=\w\w\w)'\w{1,6}$")


class Spelled(NamedTuple):
    """A term of the index and how it was written, evened out by ``units.spelling``."""

    term: str
    spelling: str


@dataclass(slots=True)
class NameFacts:
    """Words to be counted, each as often as it stands there; a ``Counter`` takes lists at once."""

    inside: list[Spelled] = field(default_factory=list)  # with a capital within a sentence
    first: list[Spelled] = field(default_factory=list)  # with a capital that says nothing
    small: list[str] = field(default_factory=list)  # words as written, without a capital
    pairs: list[tuple[str, str]] = field(default_factory=list)  # terms of names side by side


def collect(document: CleanDocument) -> NameFacts:
    """Collect what a document tells of names."""
    facts = NameFacts()
    for text in (document.title, *document.byline):
        _add([text], facts, is_evidence=False)
    _add(_ENDS.split(document.body), facts, is_evidence=True)
    return facts


def _add(sentences: Sequence[str], facts: NameFacts, *, is_evidence: bool) -> None:
    """Add the words of some sentences. Every word of a corpus passes here, so few steps are Python's own."""
    divided = [chunks_of(sentence) for sentence in sentences]
    chunks = list(chain.from_iterable(divided))
    firsts = {0, *accumulate(map(len, divided))}
    are_small = list(map(_is_small if any(map(_GEORGIAN.search, sentences)) else str.islower, chunks))
    facts.small += compress(chunks, are_small)
    before, follower = "", 0  # the last term of a name, where the word at that place may go on with it
    for at in compress(range(len(chunks)), map(not_, are_small)):
        if names := written(chunks[at]):
            is_first = at in firsts
            (facts.inside if is_evidence and not is_first else facts.first).extend(names)
            if before and at == follower and is_evidence and not is_first:
                facts.pairs.append((before, names[0].term))
            before, follower = names[-1].term, at + 1


def _is_small(chunk: str) -> bool:
    return chunk.islower() and not _GEORGIAN.match(chunk)


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
