"""Are two spellings one name? A weighted edit distance whose weights were learnt from spellings of names.

In: two names as units (``units``). Out: a score, the logarithm of odds; above 0 they are likelier one
name than two. The best way to turn one row into the other is looked for, with a weight for every unit
that is kept, changed, left out or added, at the beginning, in the middle and at the end. A consonantal
script against a full one has weights of its own, and so have two names made of Chinese or Japanese
syllables, where a vowel is never a matter of taste.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, NamedTuple

from searchidx.names.changes import second_score
from searchidx.names.keys import CLASSES
from searchidx.names.model import model
from searchidx.names.units import VOWELS

LATIN, SAME, FULL, MIXED, CONSONANTAL, SYLLABIC = MODES = ("l", "s", "f", "a", "b", "j")
# Scores to be passed, by mode. Tuned on all development entities and pairs that must not match: two names
# of one script are the harder case; across scripts the learnt zero is too strict.
THRESHOLDS: Final[dict[str, float]] = {
    LATIN: -0.3,
    SAME: -1.3,
    FULL: -2.6,
    MIXED: -3.0,
    CONSONANTAL: -2.0,
    SYLLABIC: 1.0,
}
NEVER = -1e9  # the score of what can't be one name
# Two Latin names are looked at twice (``changes``): where the first score is not too far below, the second
# decides. Its threshold is tuned as the others; the scale makes its margins as wide as the others'.
SECOND_BELOW, SECOND_THRESHOLD, SECOND_SCALE = -0.6, -0.6, 1.4
# Names of fewer units, or of as many with fewer than three consonants, meet too many words (kiev, chef, kew).
SURE_LENGTH, SURE_CONSONANTS = 5, 3
# Names are given up where each unit left would have to weigh more than this; what is kept weighs 1.1 to 1.4.
MOST = 1.4
SHORT_PENALTY = 3.0  # for names of few sounds; twice for the shortest
GUESS_PENALTY = 0.5  # where the nominative is a guess
MEMO = 20_000
MAX_LENGTH = 12  # up to which the length of the shorter name has a weight of its own
_GLIDES = frozenset("YyjwWĭ")
START, MIDDLE, BEFORE_LAST, END = "I", "M", "P", "F"

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


def features(op: Op) -> tuple[str, ...]:
    """Name the weights that an operation adds up, from the particular to the general."""
    one, other, place, after = op
    if one == other:
        return f"={one}", "="
    kind = KINDS.get(one, "?")
    if other:
        pair = one + other if one < other else other + one
        other_kind = KINDS.get(other, "?")
        kinds = kind + other_kind if kind < other_kind else other_kind + kind
        return f"~{pair}", f"~{pair}{place}", f"~~{kinds}{place}", f"~~{kinds}"
    return f"-{one}", f"-{one}{place}", f"-{one}{after}", f"--{kind}{place}", f"--{kind}{after}", f"--{kind}"


class _Row(dict[str, float]):
    """The weights of one unit against others, in the middle of a name, made when first asked for."""

    __slots__ = ("_of", "_one")

    def __init__(self, one: str, of: Callable[[Op], float]) -> None:
        self._one, self._of = one, of

    def __missing__(self, other: str) -> float:
        weight = self[other] = self._of(Op(self._one, other, MIDDLE, ""))
        return weight


class Weights:
    """The weights of one mode, added up for each operation when it is first met."""

    __slots__ = ("_dropped", "_edges", "_gaps", "_known", "_rows", "bias")

    def __init__(self, known: Mapping[str, float]) -> None:
        self._known = known
        self._rows: dict[str, _Row] = {}
        self._edges: dict[str, float] = {}
        self._dropped: dict[tuple[str, str, str], float] = {}
        self._gaps: dict[str, list[float]] = {}
        self.bias = [known.get(f"#{length}", 0.0) + known.get("#", 0.0) for length in range(MAX_LENGTH + 1)]

    def of(self, op: Op) -> float:
        """Give the weight of an operation."""
        known = self._known
        return sum(known.get(feature, 0.0) for feature in features(op))

    def row(self, one: str) -> Mapping[str, float]:
        """Give the weights of a unit against others, in the middle of a name."""
        row = self._rows.get(one)
        if row is None:
            row = self._rows[one] = _Row(one, self.of)
        return row

    def edge(self, one: str, other: str, place: str) -> float:
        """Give the weight of two units at the beginning or the end."""
        key = one + other + place
        weight = self._edges.get(key)
        if weight is None:
            weight = self._edges[key] = self.of(Op(one, other, place, ""))
        return weight

    def gaps(self, units: str) -> list[float]:
        """Give the weight of leaving out each unit."""
        found = self._gaps.get(units)
        if found is None:
            found = [
                self.gap(unit, place_of(at, len(units)), kind_before(units, at))
                for at, unit in enumerate(units)
            ]
            if len(self._gaps) >= MEMO:
                self._gaps.clear()
            self._gaps[units] = found
        return found

    def gap(self, unit: str, place: str, after: str) -> float:
        """Give the weight of leaving out a unit."""
        key = (unit, place, after)
        weight = self._dropped.get(key)
        if weight is None:
            weight = self._dropped[key] = self.of(Op(unit, "", place, after))
        return weight

    def score(self, one: str, other: str, least: float = NEVER) -> float:
        """Give the score of two rows of units; anything below ``least`` where it can't be reached."""
        gaps = self.gaps(other)
        bias = self.bias[min(len(one), len(other), MAX_LENGTH)]
        value = 0.0
        above = [value, *[value := value + gap for gap in gaps]]
        last = len(one) - 1
        for at, (unit, gap) in enumerate(zip(one, self.gaps(one), strict=True)):
            kept = list(map(self.row(unit).__getitem__, other))
            if at == last:
                kept[-1] = self.edge(unit, other[-1], END)
            if not at:
                kept[0] = self.edge(unit, other[0], START)
            diagonal = above[0]
            left = diagonal + gap
            line = [left]
            add = line.append
            for keep, gap_here, straight in zip(kept, gaps, above[1:], strict=True):
                best = diagonal + keep
                diagonal = straight
                straight += gap
                if straight > best:
                    best = straight
                left += gap_here
                if best > left:
                    left = best
                add(left)
            if max(line) + bias + MOST * (last - at) < least:
                return NEVER
            above = line
        return above[-1] + bias


def place_of(at: int, length: int) -> str:
    """Say where in a name a unit stands."""
    if at == 0:
        return START
    return END if at == length - 1 else BEFORE_LAST if at == length - 2 else MIDDLE


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


def margin(one: str, one_code: str, other: str, other_code: str, *, least: float = NEVER) -> float:
    """Give by how much the score of two names passes what their scripts demand; below 0 they are two.

    Where it can't reach ``least`` anything below that is given, sooner. Whether the names are long enough
    to say something is another question: see ``is_long_enough``.
    """
    mode = mode_of(one_code, other_code)
    threshold = THRESHOLDS[mode]
    if mode != LATIN:
        return weights(mode).score(one, other, least + threshold) - threshold
    costs = weights(mode)
    enough = least + threshold + SECOND_BELOW
    first = costs.score(one, other, enough)
    if first < enough:
        return NEVER
    second = second_score(model()["second"], costs, one, other, first)
    return SECOND_SCALE * (second - SECOND_THRESHOLD)


def is_long_enough(one: str, other: str) -> bool:
    """Tell whether two names have sounds enough to be told from chance."""
    length = min(len(one), len(other))
    return length >= SURE_LENGTH or (
        length == SURE_LENGTH - 1 and min(consonants(one), consonants(other)) >= SURE_CONSONANTS
    )


def consonants(units: str) -> int:
    """Count the units that are no vowels."""
    return sum(unit not in VOWELS for unit in units)
