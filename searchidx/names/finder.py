"""Find the spellings of a name that an index holds, by rule and likeness alone.

In: words as typed, side by side, and the table of names. Out: for each word the ``Variant`` values that
may stand for it. A word is taken for a name by its capital, or because it is no ordinary word. A likeness
too weak by itself counts where the word beside it matches well: then both stand as a phrase.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from searchidx.analysis import analyze
from searchidx.names.common import is_common
from searchidx.names.evidence import base_spelling
from searchidx.names.keys import loose_keys
from searchidx.names.nearest import Entry
from searchidx.names.table import COMMON_NAME_SHARE, NAME_SHARE, NameIndex, entries_of
from searchidx.names.units import MAX_CHARS, skeleton
from searchidx.names.variants import Variant
from searchidx.names.verifier import GUESS_PENALTY, SHORT_PENALTY, SURE_LENGTH, is_long_enough, margin

MAX_TERMS = 24  # added to a word
EQUAL_WEIGHT = 0.75  # of a spelling that sounds the same
LIKE_WEIGHT, LIKE_SLOPE, MOST_LIKE_WEIGHT = 0.4, 0.06, 0.7  # of one that is alike, by its margin
BESIDE_WEIGHT = 0.5  # of one that only its neighbour vouches for
# How far below the margin a likeness may be where the word beside it matches. Tuned as the thresholds.
WEAK_MARGIN = -3.2
SURE_MARGIN = 4.0  # where both sound the same
MAX_CANDIDATES = 40  # verified for a word
MAX_BESIDE = 200
MIN_CHARS = 3
EQUAL, ALIKE, CASE = "sounds the same", "sounds alike", "may be a case of it"
BESIDE = "sounds somewhat alike, beside the other name"


@dataclass(slots=True)
class Asked:
    """A word as typed that is taken for a name."""

    term: str
    readings: tuple[Entry, ...]
    needs_neighbour: bool = False  # too short, or an ordinary word with a capital
    is_vouched_for: bool = False  # by the word beside it, so that it may be short
    found: dict[str, Variant] = field(default_factory=dict)  # by term; words of one token
    phrases: dict[tuple[str, ...], Variant] = field(default_factory=dict)

    forms: list[tuple[Entry, tuple[str, ...], str]] = field(init=False)  # readings, keys, skeletons
    keys: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.forms = [(one, loose_keys(one.units), skeleton(one.units)) for one in self.readings]
        self.keys = frozenset(key for _, keys, _ in self.forms for key in keys)

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
        if name and not name.needs_neighbour:
            find_alike(name, index)
    for one, other in pairwise(asked):
        if one and other:
            find_beside(one, other, index)
            find_joined(one, other, index)
    return [name.variants() if name else [] for name in asked]


def asked_name(text: str, index: NameIndex) -> Asked | None:
    """Take a word for a name, or not."""
    if not 1 < len(text) <= 4 * MAX_CHARS:
        return None
    tokens = analyze(text)
    whole = max(tokens, key=lambda token: token.width, default=None)
    if whole is None or sum(token.width == 1 for token in tokens) != whole.width:
        return None
    term = whole.term
    word = text[whole.start : whole.end]
    is_name = len(term) >= MIN_CHARS and is_taken_for_name(word, term, index)
    if not is_name and word == word.lower():
        return None
    readings = entries_of(term, base_spelling(word, term))
    return Asked(term, readings, not is_name) if readings else None


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
    best: dict[str, tuple[float, float, str]] = {}  # term -> weight, margin, why
    for entry in index.names_like(name.readings, MAX_CANDIDATES):
        if entry.term == name.term:
            continue
        above, is_equal = likeness(name, entry, 0.0, has_key=True)
        if above >= 0:
            weight = EQUAL_WEIGHT if is_equal else min(MOST_LIKE_WEIGHT, LIKE_WEIGHT + LIKE_SLOPE * above)
            why = CASE if entry.is_inflected else EQUAL if is_equal else ALIKE
            best[entry.term] = max(best.get(entry.term, (0.0, 0.0, "")), (round(weight, 3), above, why))
    for term in sorted(best, key=lambda term: (-best[term][0], -best[term][1], term))[:MAX_TERMS]:
        name.found[term] = Variant((term,), "variant", best[term][0], best[term][2])
    for first, second in index.names_split(name.term):
        name.phrases[first, second] = Variant((first, second), "variant", EQUAL_WEIGHT, "written apart")


def likeness(name: Asked, entry: Entry, least: float, *, has_key: bool = False) -> tuple[float, bool]:
    """Give by how much an entry passes for a name, at best, and whether both sound just the same.

    What can't reach ``least`` is given as something below it. With ``has_key`` it is known that both share
    a key.
    """
    best, is_equal = -1e9, False
    keys = name.keys if has_key and len(name.forms) == 1 else {*loose_keys(entry.units)}
    bones = skeleton(entry.units)
    for reading, reading_keys, reading_bones in name.forms:
        if keys.isdisjoint(reading_keys):
            continue
        if reading_bones == bones and is_sure(reading, entry):
            best, is_equal = max(best, SURE_MARGIN), True
        elif not is_equal:
            penalty = GUESS_PENALTY * (reading.is_inflected + entry.is_inflected)
            if not name.is_vouched_for and not is_long_enough(reading.units, entry.units):
                is_tiny = min(len(reading.units), len(entry.units)) < SURE_LENGTH - 1
                penalty += SHORT_PENALTY * (2 if is_tiny else 1)
            least_here = max(least, best) + penalty
            above = margin(reading.units, reading.code, entry.units, entry.code, least=least_here)
            best = max(best, above - penalty)
    return best, is_equal


def is_sure(reading: Entry, entry: Entry) -> bool:
    """Tell whether two names that sound the same are long enough for that to say something.

    Two scripts rarely meet by chance, and no word of the one is a word of the other.
    """
    if reading.code == entry.code == "J":
        return False  # exact syllables: Shanxi, Shaanxi
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
        if sure.needs_neighbour:
            continue
        pairs = index.names_beside(sure.terms, vague.keys)[: 4 * MAX_BESIDE]
        wanted = sure.terms
        beside = {pair: pair[1] if pair[0] in wanted else pair[0] for pair in pairs}
        new = sorted({term for term in beside.values() if term not in vague.terms})[:MAX_BESIDE]
        best: dict[str, float] = {}
        vague = replace(vague, is_vouched_for=True)
        for entry in index.name_entries(new):
            best[entry.term] = max(best.get(entry.term, -1e9), likeness(vague, entry, WEAK_MARGIN)[0])
        found = [pair for pair, term in beside.items() if best.get(term, -1e9) >= WEAK_MARGIN]
        for pair in (*found, *_ordinary_pairs(sure, vague, index)):
            vague.phrases[pair] = Variant(pair, "variant", BESIDE_WEIGHT, BESIDE)


def _ordinary_pairs(sure: Asked, vague: Asked, index: NameIndex) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a name and an ordinary word that sounds like the other one, such as Henry Miller."""
    for pair in index.ordinary_beside(sure.terms):
        term = pair[1] if pair[0] in sure.terms else pair[0]
        if term not in vague.terms and any(
            likeness(vague, entry, 0.0)[0] >= 0 for entry in entries_of(term, term)
        ):
            yield pair


def find_joined(one: Asked, other: Asked, index: NameIndex) -> None:
    """Find the two words written as one."""
    joined = one.term + other.term
    if any(index.name_counts(joined)):
        variant = Variant((joined,), "variant", EQUAL_WEIGHT, "written together")
        one.phrases[joined,] = other.phrases[joined,] = variant
