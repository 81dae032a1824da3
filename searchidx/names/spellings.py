"""Find the spellings of a name that an index holds, by rule and likeness alone.

In: words as typed, side by side, and the table of names. Out: for each word the ``Variant`` values that
may stand for it. A word is taken for a name by its capital, or because it is no ordinary word. A likeness
too weak by itself counts where the word beside it matches well: then both stand as a phrase.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from searchidx.analysis import analyze
from searchidx.names.common import is_common
from searchidx.names.evidence import base_spelling
from searchidx.names.keys import loose_keys
from searchidx.names.table import COMMON_NAME_SHARE, NAME_SHARE, Entry, NameIndex, entries_of
from searchidx.names.units import skeleton
from searchidx.names.variants import Variant
from searchidx.names.verifier import is_long_enough, margin

MAX_TERMS = 24  # added to a word
EQUAL_WEIGHT = 0.8  # of a spelling that sounds the same
LIKE_WEIGHT, LIKE_SLOPE, MOST_LIKE_WEIGHT = 0.4, 0.06, 0.7  # of one that is alike, by its margin
BESIDE_WEIGHT = 0.5  # of one that only its neighbour vouches for
# How far below the margin a likeness may be where the word beside it matches. Tuned as the thresholds.
WEAK_MARGIN = -3.5
GUESS_PENALTY = 0.5  # where the nominative is a guess
MAX_CANDIDATES = 400  # verified for a word, those of the likeliest length first
MAX_BESIDE = 200
MIN_CHARS = 3
REASON = "sounds alike"


@dataclass(slots=True)
class Asked:
    """A word as typed that is taken for a name."""

    term: str
    readings: tuple[Entry, ...]
    found: dict[str, Variant] = field(default_factory=dict)  # by term; words of one token
    phrases: dict[tuple[str, ...], Variant] = field(default_factory=dict)

    @property
    def keys(self) -> frozenset[str]:
        """Its loose keys."""
        return frozenset(key for reading in self.readings for key in loose_keys(reading.units))

    @property
    def terms(self) -> set[str]:
        """The term and those found for it."""
        return {self.term, *self.found}

    def variants(self) -> list[Variant]:
        """Give what was found, the best first."""
        every = [*self.found.values(), *self.phrases.values()]
        return sorted(every, key=lambda variant: (-variant.weight, variant.terms))[:MAX_TERMS]


def spellings(texts: Sequence[str], index: NameIndex) -> list[list[Variant]]:
    """Give the variants for each of some words side by side."""
    asked = [asked_name(text, index) for text in texts]
    for name in asked:
        if name:
            find_alike(name, index)
    for one, other in pairwise(asked):
        if one and other:
            find_beside(one, other, index)
            find_joined(one, other, index)
    return [name.variants() if name else [] for name in asked]


def asked_name(text: str, index: NameIndex) -> Asked | None:
    """Take a word for a name, or not."""
    if len(text) < MIN_CHARS or len(text) > 4 * MAX_TERMS:
        return None
    tokens = analyze(text)
    whole = max(tokens, key=lambda token: token.width, default=None)
    if whole is None or sum(token.width == 1 for token in tokens) != whole.width:
        return None
    term = whole.term
    word = text[whole.start : whole.end]
    if not is_taken_for_name(word, term, index):
        return None
    readings = entries_of(term, base_spelling(word, term))
    return Asked(term, readings) if readings else None


def is_taken_for_name(word: str, term: str, index: NameIndex) -> bool:
    """Tell whether a typed word is taken for a name.

    With a capital an ordinary word must be written as a name in the index; without one it is no name.
    """
    has_capital = word != word.lower() or word.upper() == word
    ordinary = is_common(term)
    if ordinary and not has_capital:
        return False
    inside, first, small = index.name_counts(term)
    if ordinary:
        return inside > 0 and inside >= COMMON_NAME_SHARE * (inside + small)
    return not (inside + first) or inside >= NAME_SHARE * (inside + small)


def find_alike(name: Asked, index: NameIndex) -> None:
    """Find the terms that are the same name by themselves."""
    length = len(name.readings[0].units)
    entries = [entry for entry in index.names_like(name.keys) if entry.term != name.term]
    if len(entries) > MAX_CANDIDATES:
        entries.sort(key=lambda entry: (abs(len(entry.units) - length), entry))
        del entries[MAX_CANDIDATES:]
    for entry in entries:
        above, is_equal = likeness(name, entry)
        if above < 0:
            continue
        weight = EQUAL_WEIGHT if is_equal else min(MOST_LIKE_WEIGHT, LIKE_WEIGHT + LIKE_SLOPE * above)
        known = name.found.get(entry.term)
        if known is None or known.weight < weight:
            name.found[entry.term] = Variant((entry.term,), "variant", round(weight, 3), REASON)
    if len(name.found) > MAX_TERMS:
        best = sorted(name.found, key=lambda term: (-name.found[term].weight, term))[:MAX_TERMS]
        name.found = {term: name.found[term] for term in best}
    for first, second in index.names_split(name.term):
        name.phrases[first, second] = Variant((first, second), "variant", EQUAL_WEIGHT, "written apart")


def likeness(name: Asked, entry: Entry) -> tuple[float, bool]:
    """Give by how much an entry passes for a name, at best, and whether both sound just the same."""
    best, is_equal = float("-inf"), False
    keys = {*loose_keys(entry.units)}
    for reading in name.readings:
        if keys.isdisjoint(loose_keys(reading.units)):
            continue
        above = margin(reading.units, reading.code, entry.units, entry.code)
        above -= GUESS_PENALTY * (reading.is_inflected + entry.is_inflected)
        if skeleton(reading.units) == skeleton(entry.units) and is_sure(reading, entry):
            above, is_equal = max(above, 0.0), True
        best = max(best, above)
    return best, is_equal


def is_sure(reading: Entry, entry: Entry) -> bool:
    """Tell whether two names that sound the same are long enough for that to say something.

    Two scripts rarely meet by chance, and no word of the one is a word of the other.
    """
    if is_long_enough(reading.units, entry.units):
        return True
    return (
        reading.code != entry.code
        and not {reading.code, entry.code} <= {"L", "J"}
        and len(entry.units) >= MIN_CHARS
    )


def find_beside(one: Asked, other: Asked, index: NameIndex) -> None:
    """Find pairs of names of which one matches well and the other a little."""
    for sure, vague in ((one, other), (other, one)):
        pairs = index.names_beside(sure.terms, vague.keys)[: 4 * MAX_BESIDE]
        wanted = sure.terms
        beside = {pair: pair[1] if pair[0] in wanted else pair[0] for pair in pairs}
        new = sorted({term for term in beside.values() if term not in vague.terms})[:MAX_BESIDE]
        best: dict[str, float] = {}
        for entry in index.name_entries(new):
            best[entry.term] = max(best.get(entry.term, float("-inf")), likeness(vague, entry)[0])
        for pair, term in beside.items():
            if best.get(term, float("-inf")) >= WEAK_MARGIN:
                variant = Variant(
                    pair, "variant", BESIDE_WEIGHT, "sounds somewhat alike beside the other name"
                )
                one.phrases[pair] = other.phrases[pair] = variant


def find_joined(one: Asked, other: Asked, index: NameIndex) -> None:
    """Find the two words written as one."""
    joined = one.term + other.term
    if any(index.name_counts(joined)):
        variant = Variant((joined,), "variant", EQUAL_WEIGHT, "written together")
        one.phrases[joined,] = other.phrases[joined,] = variant
