"""Are two spellings one name? A weighted edit distance whose weights were learnt from spellings of names.

In: two names as units (``units``). Out: a score, the logarithm of odds; above 0 they are likelier one
name than two. The best way to turn one row into the other is looked for, with a weight for every unit
that is kept, changed, left out or added, at the beginning, in the middle and at the end. A consonantal
script against a full one has weights of its own, and so have two names made of Chinese or Japanese
syllables, where a vowel is never a matter of taste.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from searchidx.names.keys import CLASSES
from searchidx.names.model import model
from searchidx.names.units import VOWELS

LATIN, SAME, FULL, MIXED, CONSONANTAL, SYLLABIC = MODES = ("l", "s", "f", "a", "b", "j")
# Scores to be passed, by mode. Tuned on one half of the development entities, judged on the other: two names
# of one script are the harder case; across scripts the learnt zero is too strict.
THRESHOLDS: Final[dict[str, float]] = {
    LATIN: -0.4,
    SAME: -1.3,
    FULL: -3.5,
    MIXED: -4.0,
    CONSONANTAL: -2.0,
    SYLLABIC: 0.6,
}
# Names of fewer units, or of as many with fewer than three consonants, meet too many words (kiev, chef, kew).
SURE_LENGTH, SURE_CONSONANTS = 5, 3
SHORT_PENALTY = 3.0
MAX_LENGTH = 12  # up to which the length of the shorter name has a weight of its own
_GLIDES = frozenset("YyjwWĭ")
_START, _MIDDLE, _BEFORE_LAST, _END = "I", "M", "P", "F"

KINDS: Final[dict[str, str]] = {
    **{unit: options[0] or "h" for unit, options in CLASSES.items()},
    **dict.fromkeys("aeiouäöüıёûūī", "v"),
    **dict.fromkeys(_GLIDES, "y"),
}


class Op(NamedTuple):
    """What happens at one place: units that stand for each other, or one unit against nothing."""

    one: str
    other: str
    place: str
    after: str  # for a unit left out: what kind of unit stands before it


def features(op: Op) -> Iterator[str]:
    """Name the weights that an operation adds up, from the particular to the general."""
    one, other, place, after = op
    if one == other:
        yield f"={one}"
        yield "="
    elif other:
        pair = "".join(sorted((one, other)))
        kinds = "".join(sorted((KINDS.get(one, "?"), KINDS.get(other, "?"))))
        yield f"~{pair}"
        yield f"~{pair}{place}"
        yield f"~~{kinds}{place}"
        yield f"~~{kinds}"
    else:
        kind = KINDS.get(one, "?")
        yield f"-{one}"
        yield f"-{one}{place}"
        yield f"-{one}{after}"
        yield f"--{kind}{place}"
        yield f"--{kind}{after}"
        yield f"--{kind}"


class Weights:
    """The weights of one mode, added up for each operation when it is first met."""

    __slots__ = ("_known", "bias", "changed", "dropped", "ends", "starts")

    def __init__(self, known: Mapping[str, float]) -> None:
        self._known = known
        self.changed: dict[str, dict[str, float]] = {}
        self.starts: dict[str, float] = {}
        self.ends: dict[str, float] = {}
        self.dropped: dict[tuple[str, str, str], float] = {}
        self.bias = [known.get(f"#{length}", 0.0) + known.get("#", 0.0) for length in range(MAX_LENGTH + 1)]

    def of(self, op: Op) -> float:
        """Give the weight of an operation."""
        known = self._known
        return sum(known.get(feature, 0.0) for feature in features(op))

    def row(self, one: str, others: str) -> dict[str, float]:
        """Give the weights of a unit against some others, in the middle of a name."""
        row = self.changed.get(one)
        if row is None:
            row = self.changed[one] = {}
        for other in others:
            if other not in row:
                row[other] = self.of(Op(one, other, _MIDDLE, ""))
        return row

    def edge(self, one: str, other: str, place: str) -> float:
        """Give the weight of two units at the beginning or the end."""
        table = self.starts if place == _START else self.ends
        weight = table.get(one + other)
        if weight is None:
            weight = table[one + other] = self.of(Op(one, other, place, ""))
        return weight

    def gaps(self, units: str) -> list[float]:
        """Give the weight of leaving out each unit."""
        found = []
        for at, unit in enumerate(units):
            key = (unit, place_of(at, len(units)), kind_before(units, at))
            weight = self.dropped.get(key)
            if weight is None:
                weight = self.dropped[key] = self.of(Op(unit, "", key[1], key[2]))
            found.append(weight)
        return found

    def score(self, one: str, other: str) -> float:
        """Give the score of two rows of units."""
        columns = range(len(other))
        gaps = self.gaps(other)
        above = [0.0]
        for gap in gaps:
            above.append(above[-1] + gap)
        last = len(one) - 1
        for at, (unit, gap) in enumerate(zip(one, self.gaps(one), strict=True)):
            row = self.row(unit, other)
            left = above[0] + gap
            diagonal = above[0]
            line = [left]
            for n in columns:
                best = diagonal + row[other[n]]
                if not n and not at:
                    best = diagonal + self.edge(unit, other[0], _START)
                elif at == last and n == len(other) - 1:
                    best = diagonal + self.edge(unit, other[n], _END)
                diagonal = above[n + 1]
                if diagonal + gap > best:
                    best = diagonal + gap
                if left + gaps[n] > best:
                    best = left + gaps[n]
                left = best
                line.append(best)
            above = line
        return above[-1] + self.bias[min(len(one), len(other), MAX_LENGTH)]


def place_of(at: int, length: int) -> str:
    """Say where in a name a unit stands."""
    if at == 0:
        return _START
    return _END if at == length - 1 else _BEFORE_LAST if at == length - 2 else _MIDDLE


def kind_before(units: str, at: int) -> str:
    """Say whether a vowel, a consonant or nothing stands before a unit."""
    if not at:
        return "^"
    return "v" if units[at - 1] in VOWELS else "k"


def mode_of(one: str, other: str) -> str:
    """Choose the weights for names of two scripts, each given as its code (``units.code_of``)."""
    consonantal = (one == "A") + (other == "A")
    if consonantal:
        return CONSONANTAL if consonantal == 2 else MIXED
    if one == other:
        return SYLLABIC if one == "J" else LATIN if one == "L" else SAME
    return LATIN if one in "LJ" and other in "LJ" else FULL


@cache
def weights(mode: str) -> Weights:
    """Give the weights of a mode."""
    return Weights(model()["weights"][mode])


def margin(one: str, one_code: str, other: str, other_code: str) -> float:
    """Give by how much the score of two names passes what their scripts demand; below 0 they are two."""
    mode = mode_of(one_code, other_code)
    above = weights(mode).score(one, other) - THRESHOLDS[mode]
    if not is_long_enough(one, other):
        above -= SHORT_PENALTY
    return above


def is_long_enough(one: str, other: str) -> bool:
    """Tell whether two names have sounds enough to be told from chance."""
    length = min(len(one), len(other))
    return length >= SURE_LENGTH or (
        length == SURE_LENGTH - 1 and min(consonants(one), consonants(other)) >= SURE_CONSONANTS
    )


def consonants(units: str) -> int:
    """Count the units that are no vowels."""
    return sum(unit not in VOWELS for unit in units)
