"""A word as typed that is taken for a name, and how well a name of the index passes for it.

In: the readings of a word, entries of the table of names. Out: ``Asked`` with what was found for it, and
the margin by which an entry passes: 0 and more where both are one name by themselves.
"""

from dataclasses import dataclass, field

from searchidx.names.keys import loose_keys
from searchidx.names.nearest import Entry
from searchidx.names.units import skeleton
from searchidx.names.variants import Variant
from searchidx.names.verifier import (
    GUESS_PENALTY,
    NEVER,
    SHORT_PENALTY,
    SURE_LENGTH,
    is_long_enough,
    margin,
)

MAX_TERMS = 24  # added to a word
SURE_MARGIN = 4.0  # where both sound the same
MAX_CANDIDATES = 40  # verified for a word
MIN_CHARS = 3


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


def likeness(
    name: Asked, entry: Entry, least: float, *, has_key: bool = False, needs_key: bool = True
) -> tuple[float, bool]:
    """Give by how much an entry passes for a name, at best, and whether both sound just the same.

    What can't reach ``least`` is given as something below it. With ``has_key`` it is known that both share
    a key; without ``needs_key`` they need not.
    """
    best, is_equal = NEVER, False
    keys = name.keys if has_key and len(name.forms) == 1 else {*loose_keys(entry.units)}
    bones = skeleton(entry.units)
    for reading, reading_keys, reading_bones in name.forms:
        if needs_key and keys.isdisjoint(reading_keys):
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
