"""Find the spellings of a name that an index holds, by rule and likeness alone.

In: words as typed, side by side, and the table of names. Out: for each word the ``Variant`` values that
may stand for it. A word is taken for a name by its capital, or because it is no ordinary word. A likeness
too weak by itself counts where the word beside it matches well: then both stand as a phrase.
"""

from collections.abc import Sequence
from itertools import pairwise

from searchidx.analysis import analyze
from searchidx.names.asked import MAX_CANDIDATES, MAX_TERMS, MIN_CHARS, Asked, likeness
from searchidx.names.beside import EQUAL_WEIGHT, find_beside, find_joined
from searchidx.names.common import is_common
from searchidx.names.evidence import base_spelling
from searchidx.names.table import COMMON_NAME_SHARE, NAME_SHARE, NameIndex, entries_of
from searchidx.names.units import MAX_CHARS
from searchidx.names.variants import Variant

LIKE_WEIGHT, LIKE_SLOPE, MOST_LIKE_WEIGHT = 0.4, 0.06, 0.7  # of one that is alike, by its margin
EQUAL, ALIKE, CASE = "sounds the same", "sounds alike", "may be a case of it"


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
    if not is_name and word == word.lower() != word.upper():
        return None
    typed = entries_of(term, base_spelling(word, term))
    # The index may write it with diacritics (Walesa, Wałęsa): a guess, as a nominative is.
    read = {(one.units, one.code) for one in typed}
    held = (one for one in index.name_entries([term]) if (one.units, one.code) not in read)
    readings = (*typed, *(one._replace(is_inflected=True) for one in held))
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
