"""The table of names beside an index: which of its terms are names, under which keys, next to which others.

In: counts of words (``evidence``). Out: ``Entry`` values. ``NameIndex`` is what a query asks of a table,
wherever it is kept; ``NameTable`` keeps one in memory and is the judge of the others.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from searchidx.analysis import analyze, fold
from searchidx.names.common import common_words, is_common
from searchidx.names.evidence import NameFacts, Spelled
from searchidx.names.inflection import nominatives
from searchidx.names.keys import loose_keys
from searchidx.names.nearest import Bucket, Entry, buckets_of, nearest
from searchidx.names.units import code_of, spelling, units_of

# So much of its occurrences within sentences have a capital where a word is a name; ordinary words may be
# names, too (Mark, Rose), but must prove more.
NAME_SHARE, COMMON_NAME_SHARE = 0.6, 0.9
# Of Arabic names, before sun letters, too; and their press spellings.
ARTICLES = frozenset(
    (
        "al",
        "el",
        "il",
        "ad",
        "ed",
        "ar",
        "er",
        "as",
        "es",
        "ash",
        "at",
        "et",
        "az",
        "ez",
        "an",
        "en",
        "ul",
        "ud",
    )
)
MIN_ARTICLED_CHARS = 4
MAX_ORDINARY = 400  # pairs that are looked at for an ordinary word within a name
BULK = 5_000  # so many questions are cheaper on the whole list of common words


class Counts(NamedTuple):
    """How often a term has a capital within sentences, where all words have one, and none."""

    inside: int
    first: int
    small: int


class NameIndex(Protocol):
    """What a query asks of the table."""

    def names_like(self, readings: Sequence[Entry], limit: int) -> Sequence[Entry]:
        """Give the entries that share a loose key with some readings of a name, in order.

        Of more than ``limit`` those are given that are ``nearest``.
        """
        ...

    def names_cased(self, units: Collection[str]) -> Sequence[Entry]:
        """Give the entries that may be cases of names of which the units are given, in order."""
        ...

    def names_beside(self, terms: Collection[str], keys: Collection[str]) -> Sequence[tuple[str, str]]:
        """Give the pairs of names side by side, one of some terms and one with one of some keys, in order."""
        ...

    def names_next_to(self, terms: Collection[str], limit: int) -> Sequence[tuple[str, str]]:
        """Give pairs of some terms and a name beside them, commonest first, at most so many."""
        ...

    def ordinary_beside(self, terms: Collection[str]) -> Sequence[tuple[str, str]]:
        """Give pairs of some terms and a word with a capital that is no name by itself, commonest first."""
        ...

    def names_split(self, term: str) -> Sequence[tuple[str, str]]:
        """Give the pairs of names side by side that are a term when written together."""
        ...

    def name_entries(self, terms: Collection[str]) -> Sequence[Entry]:
        """Give the entries of some terms, in order."""
        ...

    def name_counts(self, term: str) -> Counts:
        """Give how a term is written; zeros for one that is never written with a capital."""
        ...


def is_name(term: str, counts: Counts, is_ordinary: Callable[[str], bool] = is_common) -> bool:
    """Tell whether a term is a name, by how it is written and what it means."""
    if not counts.inside + counts.first:
        return False
    total = counts.inside + counts.small
    if total and counts.inside < NAME_SHARE * total:
        return False
    return (counts.inside >= COMMON_NAME_SHARE * total and counts.inside > 0) or not is_ordinary(term)


@lru_cache(maxsize=50_000)
def entries_of(term: str, written: str) -> tuple[Entry, ...]:
    """Give the entries of a term in one spelling: as it stands, and as the nominatives it may come from."""
    bare = without_article(written)
    units, script = units_of(bare)
    if not units:
        return ()
    code = code_of(bare, script)
    found = {units: Entry(term, units, code)}
    if bare != written and (whole := units_of(written)[0]):
        found.setdefault(whole, Entry(term, whole, code))
    if term != (plain := fold(written)):  # a suffix was taken off, or what follows a soft sign: Berdyans'k
        for text in (plain, term):
            if base_units := units_of(text)[0]:
                found.setdefault(base_units, Entry(term, base_units, code))
    for base in nominatives(written):
        if guess := units_of(base)[0]:
            found.setdefault(guess, Entry(term, guess, code, True))
    return tuple(found.values())


def without_article(word: str) -> str:
    """Take the Arabic article off a name, in either script.

    >>> without_article("az-zawahiri"), without_article("الظواهري")
    ('zawahiri', 'ظواهري')
    """
    if word.startswith("ال") and len(word) > MIN_ARTICLED_CHARS:
        return word[2:]
    article, hyphen, name = word.partition("-")
    return name if hyphen and article in ARTICLES and len(name) > 2 else word


def entries_for(term: str, spellings: Iterable[str]) -> list[Entry]:
    """Give the entries of a term in all its spellings, each reading once, in order."""
    found: dict[tuple[str, str], Entry] = {}
    for written in spellings:
        for entry in entries_of(term, written):
            known = found.setdefault((entry.units, entry.code), entry)
            if known.is_inflected and not entry.is_inflected:
                found[entry.units, entry.code] = entry
    return sorted(found.values())


def keys_of(entry: Entry) -> tuple[str, ...]:
    """Give the loose keys of an entry."""
    return loose_keys(entry.units)


def small_terms(small: Mapping[str, int]) -> Counter[str]:
    """Count terms where words without a capital are counted as written."""
    terms: Counter[str] = Counter()
    for word, count in small.items():
        if word.isascii() and word.isalpha() and word.islower():  # most words are their own term
            terms[word] += count
            continue
        tokens = analyze(word)
        if len(tokens) == 1:
            terms[tokens[0].term] += count
    return terms


def ordinary_among(count: int) -> Callable[[str], bool]:
    """Give the test for ordinary words that is cheaper for so many questions."""
    return common_words().__contains__ if count > BULK else is_common


class NameTable:
    """A table in memory, made anew from the facts of all documents."""

    def __init__(self, facts: Iterable[NameFacts]) -> None:
        inside: Counter[Spelled] = Counter()
        first: Counter[Spelled] = Counter()
        small: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for one in facts:
            inside.update(one.inside)
            first.update(one.first)
            small.update(one.small)
            self._pairs.update(one.pairs)
        self._counts = {
            term: Counts(
                sum(inside[spelled] for spelled in spellings),
                sum(first[spelled] for spelled in spellings),
                small_of,
            )
            for terms in [small_terms(small)]
            for term, spellings in _by_term({*inside, *first}).items()
            for small_of in [terms[term]]
        }
        self._entries: dict[str, list[Entry]] = {
            term: entries_for(term, sorted(spelled.spelling for spelled in spellings))
            for term, spellings in _by_term({*inside, *first}).items()
            if is_name(term, self._counts[term])
        }
        self._every = sorted(entry for entries in self._entries.values() for entry in entries)
        self._buckets: defaultdict[str, list[Bucket]] = defaultdict(list)
        for bucket in buckets_of(self._every):
            self._buckets[bucket.key].append(bucket)

    def names_like(self, readings: Sequence[Entry], limit: int) -> Sequence[Entry]:
        """Give the entries that share a loose key with some readings of a name, in order."""
        keys = {key for reading in readings for key in keys_of(reading)}
        return nearest(readings, [one for key in sorted(keys) for one in self._buckets.get(key, ())], limit)

    def names_cased(self, units: Collection[str]) -> Sequence[Entry]:
        """Give the entries that may be cases of names of which the units are given, in order."""
        return [entry for entry in self._every if entry.is_inflected and entry.units in units]

    def names_beside(self, terms: Collection[str], keys: Collection[str]) -> Sequence[tuple[str, str]]:
        """Give the pairs of names side by side, one of some terms and one with one of some keys, in order."""
        like = {entry.term for entry in self._every if not {*keys}.isdisjoint(keys_of(entry))}
        return sorted(
            pair
            for pair in self._pairs
            if (pair[0] in terms and pair[1] in like) or (pair[1] in terms and pair[0] in like)
        )

    def names_next_to(self, terms: Collection[str], limit: int) -> Sequence[tuple[str, str]]:
        """Give pairs of some terms and a name beside them, commonest first, at most so many."""
        return self._next_to(terms, lambda term: term in self._entries)[:limit]

    def ordinary_beside(self, terms: Collection[str]) -> Sequence[tuple[str, str]]:
        """Give pairs of some terms and a word with a capital that is no name by itself, commonest first."""
        return self._next_to(terms, lambda term: term not in self._entries)[:MAX_ORDINARY]

    def _next_to(self, terms: Collection[str], is_wanted: Callable[[str], bool]) -> list[tuple[str, str]]:
        found = [
            (first, second)
            for first, second in self._pairs
            if (first in terms and is_wanted(second)) or (second in terms and is_wanted(first))
        ]
        return sorted(found, key=lambda pair: (-self._pairs[pair], pair))

    def names_split(self, term: str) -> Sequence[tuple[str, str]]:
        """Give the pairs of names side by side that are a term when written together."""
        return sorted(pair for pair in self._pairs if pair[0] + pair[1] == term)

    def name_entries(self, terms: Collection[str]) -> Sequence[Entry]:
        """Give the entries of some terms, in order."""
        return sorted(entry for term in {*terms} for entry in self._entries.get(term, ()))

    def name_counts(self, term: str) -> Counts:
        """Give how a term is written; zeros for one that is never written with a capital."""
        return self._counts.get(term, Counts(0, 0, 0))


def _by_term(spelled: Iterable[Spelled]) -> dict[str, list[Spelled]]:
    terms: defaultdict[str, list[Spelled]] = defaultdict(list)
    for one in spelled:
        terms[one.term].append(one)
    return terms


def inflected(names: Mapping[str, str], index: NameIndex) -> dict[str, list[str]]:
    """Give, for nominatives in Cyrillic (terms and spellings), the terms of an index that are their cases."""
    wanted: dict[str, str] = {}
    for term, text in names.items():
        for reading in entries_of(term, spelling(text)):
            if not reading.is_inflected and reading.code == "C":
                wanted[reading.units] = term
    found: dict[str, list[str]] = {}
    for entry in index.names_cased(wanted) if wanted else ():
        if entry.code == "C":
            found.setdefault(wanted[entry.units], []).append(entry.term)
    return found
