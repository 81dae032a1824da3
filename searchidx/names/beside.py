"""Names side by side vouch for each other: what is too weak by itself counts beside a name that matches.

In: two words as typed that stand side by side, the table of names. Out: pairs of terms that stand side by
side in the index, added to both as phrases.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from searchidx.names.asked import MAX_CANDIDATES, SURE_MARGIN, Asked, likeness
from searchidx.names.given import cognates, namesakes
from searchidx.names.keys import loose_keys
from searchidx.names.nearest import Entry
from searchidx.names.table import NameIndex, entries_of
from searchidx.names.units import skeleton
from searchidx.names.variants import Variant
from searchidx.names.verifier import LATIN, NEVER, SAME, SYLLABIC, mode_of

EQUAL_WEIGHT = 0.75  # of a spelling that sounds the same
BESIDE_WEIGHT = 0.5  # of one that only its neighbour vouches for
# How far below the margin a likeness may be where the word beside it matches. Tuned as the thresholds.
WEAK_MARGIN = -3.2
# Where neither word matches by itself, so much at least must both margins be together.
TOGETHER_MARGIN = -1.0
# Beside a name that matches, one may also have a loose key that differs in a letter: one more or less, or in
# long keys another one. It must be this much alike, within one script more: Maria is not Marina. Without keys
# Zelensky is like Medinsky.
NEAR_KEY_MARGIN, SAME_SCRIPT_MARGIN = 0.0, 2.0
MIN_KEY, MIN_CHANGED_KEY = 3, 4
# Of a given name, to one that is listed in many languages, and of what stands in the index to one of those.
LISTED_MARGIN, COGNATE_MARGIN = 3.0, 1.0
ONE_SCRIPT = frozenset((LATIN, SAME, SYLLABIC))
MAX_BESIDE = 200
MAX_NEAR_KEY = 100  # neighbours looked at, the commonest
BESIDE = "sounds somewhat alike, beside the other name"
COGNATE = "the same given name in another language, beside the other name"


def find_beside(one: Asked, other: Asked, index: NameIndex) -> None:
    """Find pairs of names of which one matches well and the other a little, or both nearly."""
    for sure, vague in ((one, other), (other, one)):
        if not sure.needs_neighbour:
            for pair in _beside_sure(sure, replace(vague, is_vouched_for=True), index):
                vague.phrases[pair] = Variant(pair, "variant", BESIDE_WEIGHT, BESIDE)
            for pair in _beside_family(sure, vague, index):
                vague.phrases.setdefault(pair, Variant(pair, "variant", BESIDE_WEIGHT, COGNATE))
    for pair in _both_nearly(one, other, index):
        if pair not in one.phrases and pair not in other.phrases:
            one.phrases[pair] = other.phrases[pair] = Variant(pair, "variant", BESIDE_WEIGHT, BESIDE)


def _beside_sure(sure: Asked, vague: Asked, index: NameIndex) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a name that matches and one that sounds a little like the vague one."""
    pairs = index.names_beside(sure.terms, vague.keys)[: 4 * MAX_BESIDE]
    beside = {pair: pair[1] if pair[0] in sure.terms else pair[0] for pair in pairs}
    new = sorted({term for term in beside.values() if term not in vague.terms})[:MAX_BESIDE]
    margins = _margins(vague, index.name_entries(new), WEAK_MARGIN)
    yield from (pair for pair, term in beside.items() if margins.get(term, NEVER) >= WEAK_MARGIN)
    pairs = index.names_next_to(sure.terms, MAX_NEAR_KEY)
    beside = {pair: pair[1] if pair[0] in sure.terms else pair[0] for pair in pairs}
    entries = index.name_entries({term for term in beside.values() if term not in vague.terms})
    entries = [entry for entry in entries if has_near_key(vague.keys, loose_keys(entry.units))]
    alone = replace(vague, is_vouched_for=False)
    modes = {entry: {mode_of(one.code, entry.code) for one in vague.readings} for entry in entries}
    near = {
        entry.term
        for entry, some in modes.items()
        for least in [SAME_SCRIPT_MARGIN if some & ONE_SCRIPT else NEAR_KEY_MARGIN]
        if likeness(alone, entry, least, needs_key=False)[0] >= least
    }
    yield from (pair for pair, term in beside.items() if term in near)
    for pair in index.ordinary_beside(sure.terms):  # such as Henry Miller
        term = pair[1] if pair[0] in sure.terms else pair[0]
        if term not in vague.terms and _margins(vague, entries_of(term, term), 0.0).get(term, NEVER) >= 0:
            yield pair


def _beside_family(sure: Asked, vague: Asked, index: NameIndex) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a family name that matches and the given name in another language."""
    own, bones = replace(vague, is_vouched_for=True), {skeleton(one.units) for one in vague.readings}
    listed = [
        entry
        for entry in namesakes(vague.keys)
        if skeleton(entry.units) in bones or likeness(own, entry, LISTED_MARGIN)[0] >= LISTED_MARGIN
    ]
    readings = cognates(listed)
    if not readings:
        return
    given = Asked("", readings)
    pairs = index.names_beside(sure.terms, given.keys)[:MAX_BESIDE]
    beside = {pair: pair[1] if pair[0] in sure.terms else pair[0] for pair in pairs}
    entries = index.name_entries({term for term in beside.values() if term not in vague.terms})
    known = {(one.units, one.code) for one in readings}
    same = {entry.term for entry in entries if (entry.units, entry.code) in known}
    margins = _margins(given, entries, COGNATE_MARGIN)
    yield from (
        pair for pair, term in beside.items() if term in same or margins.get(term, NEVER) >= COGNATE_MARGIN
    )


def _both_nearly(one: Asked, other: Asked, index: NameIndex) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names of which both are somewhat like what was asked for."""
    known = one.terms, other.terms
    one, other = (replace(name, is_vouched_for=True) for name in (one, other))
    nearly = _margins(one, index.names_like(one.readings, MAX_CANDIDATES), WEAK_MARGIN)
    nearly = {term: margin for term, margin in nearly.items() if margin >= WEAK_MARGIN}
    nearly[one.term] = SURE_MARGIN
    pairs = index.names_beside(nearly, other.keys)[:MAX_BESIDE]
    beside = {pair: pair if pair[0] in nearly else pair[::-1] for pair in pairs}
    mates = index.name_entries({mate for _, mate in beside.values()})
    margins = _margins(other, mates, WEAK_MARGIN)
    for pair, (term, mate) in beside.items():
        alike = margins.get(mate, NEVER)
        if term in known[0] and mate in known[1]:
            continue  # both are found by themselves
        if alike >= WEAK_MARGIN and nearly[term] + alike >= TOGETHER_MARGIN:
            yield pair


def has_near_key(keys: Collection[str], others: Collection[str]) -> bool:
    """Tell whether two names have keys of which one has a letter more, or, of long ones, another letter.

    >>> has_near_key(["STN"], ["SKTN"]), has_near_key(["TR"], ["TK"]), has_near_key(["SLNSK"], ["MTNSK"])
    (True, False, False)
    """
    return any(_is_near(*sorted((one, other), key=len)) for one in keys for other in others)


def _is_near(short: str, long: str) -> bool:
    if len(long) < MIN_KEY or len(long) - len(short) > 1:
        return False
    start = next(
        (at for at, (one, other) in enumerate(zip(short, long, strict=False)) if one != other), len(short)
    )
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    return len(long) >= MIN_CHANGED_KEY and short[start + 1 :] == long[start + 1 :]


def _margins(name: Asked, entries: Sequence[Entry], least: float) -> dict[str, float]:
    """Give the best margin of each term; those below ``least`` may be given as anything below."""
    found: dict[str, float] = {}
    for entry in entries:
        above = likeness(name, entry, least)[0]
        found[entry.term] = max(found.get(entry.term, NEVER), above)
    return found


def find_joined(one: Asked, other: Asked, index: NameIndex) -> None:
    """Find the two words written as one."""
    joined = one.term + other.term
    if any(index.name_counts(joined)):
        variant = Variant((joined,), "variant", EQUAL_WEIGHT, "written together")
        one.phrases[joined,] = other.phrases[joined,] = variant
