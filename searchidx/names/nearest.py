"""Which of the names under a loose key are nearest to one? A guess that takes little time for thousands.

In: readings of a name, and buckets: the names of one key and one script. Out: as many as ``verifier`` can
look at. All names of a bucket have the same letters in their key, so their units can be compared letter by
letter: the consonant that each stands for, and the vowels behind it. A name's ``sounds`` have a byte for
each of these places. For all names at once the bytes of a place are translated into what is lost there,
and added up as one long number.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import permutations
from typing import Final, NamedTuple

from searchidx.names.keys import CLASSES, places
from searchidx.names.verifier import (
    END,
    GUESS_PENALTY,
    MAX_LENGTH,
    MIDDLE,
    SHORT_PENALTY,
    START,
    SURE_CONSONANTS,
    SURE_LENGTH,
    THRESHOLDS,
    Weights,
    consonants,
    mode_of,
    weights,
)

STEP = 5  # so many in a byte are a score of 1
MOST_LOST = 255  # by all places together
LONGEST, GUESSED, FIRM = 63, 64, 128  # of the last byte: see ``sounds_of``
# The vowels that are told apart, and what others count as.
_APART: Final = "aeiouyäöüYWĭj"
_COARSE: Final[Mapping[str, str]] = {
    **{vowel: vowel for vowel in _APART},
    **dict.fromkeys("ıī", "i"),
    **dict.fromkeys("wûū", "u"),
    "ё": "o",
}
_CONSONANTS: Final[Sequence[str]] = ("", *sorted({*CLASSES, "u"}))
_VOWELS: Final[Sequence[str]] = ("", *_APART, *map("".join, permutations(_APART, 2)))
_CONSONANT_CODES = {unit: code for code, unit in enumerate(_CONSONANTS)}
_VOWEL_CODES = {units: code for code, units in enumerate(_VOWELS)}


class Entry(NamedTuple):
    """One way to read a term of the index as a name."""

    term: str
    units: str
    code: str  # of its script: see ``verifier.mode_of``
    is_inflected: bool = False  # the units are a guess: those of a nominative, or of what was meant


class Bucket(NamedTuple):
    """The entries of one loose key and one script."""

    key: str
    code: str
    lines: str  # one an entry, in order: term, units and whether they are guessed, with tabs between
    sounds: bytes  # ``width(key)`` for each

    def entries(self) -> list[Entry]:
        """Give the entries, in order."""
        return [self.entry(line) for line in self.lines.split("\n")] if self.lines else []

    def entry(self, line: str) -> Entry:
        """Read a line."""
        term, units, guessed = line.split("\t")
        return Entry(term, units, self.code, guessed == "1")

    def changed(self, gone: Collection[Entry], come: Collection[Entry]) -> "Bucket":
        """Take some entries out and others in."""
        size = width(self.key)
        rows = {
            line: self.sounds[at * size : (at + 1) * size]
            for at, line in enumerate(self.lines.split("\n") if self.lines else ())
        }
        for entry in gone:
            rows.pop(line_of(entry), None)
        for entry in come:
            rows[line_of(entry)] = sounds_of(entry, self.key)
        lines = sorted(rows)
        return Bucket(self.key, self.code, "\n".join(lines), b"".join([rows[line] for line in lines]))


def line_of(entry: Entry) -> str:
    """Write an entry as a line; its script is that of the bucket."""
    return f"{entry.term}\t{entry.units}\t{int(entry.is_inflected)}"


def buckets_of(entries: Iterable[Entry]) -> Iterator[Bucket]:
    """Put entries into buckets, in order of their keys."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        for key, _ in places(entry.units):
            found.setdefault((key, entry.code), []).append(entry)
    for (key, code), some in sorted(found.items()):
        yield Bucket(key, code, "", b"").changed((), some)


def width(key: str) -> int:
    """Give the number of bytes that the sounds of a name take."""
    return 2 * len(key) + 2


def sounds_of(entry: Entry, key: str) -> bytes:
    """Give the sounds of an entry under one of its keys: a code for each consonant and the vowels behind it.

    The vowels before the first one come first. The last byte has the length, and tells whether the units
    are those of a guess, and whether there are consonants enough for a short name.
    """
    units = entry.units
    [starts] = [starts for known, starts in places(units) if known == key]
    is_firm = consonants(units) >= SURE_CONSONANTS
    facts = min(len(units), LONGEST) + GUESSED * entry.is_inflected + FIRM * is_firm
    return bytes((*codes(units, starts), facts))


def codes(units: str, starts: Sequence[int]) -> list[int]:
    """Give the codes of the consonants and vowels of a row of units, cut at ``starts`` (``keys.places``)."""
    found = [_vowel_code(units[: starts[0]])]
    for start, end in zip(starts, (*starts[1:], len(units)), strict=True):
        end = end if end >= 0 else ~end
        if start < 0:
            found += 0, _vowel_code(units[~start:end])
        else:
            found += _CONSONANT_CODES[units[start]], _vowel_code(units[start + 1 : end])
    return found


@lru_cache(maxsize=20_000)
def _vowel_code(units: str) -> int:
    """Give the code of the vowels among some units: of the first and the last that differ."""
    kept = "".join(_COARSE.get(unit, "") for unit in units)
    first = kept[:1]
    others = kept.replace(first, "") if kept else ""
    return _VOWEL_CODES[first + others[-1:]]


def nearest(readings: Sequence[Entry], buckets: Sequence[Bucket], limit: int) -> list[Entry]:
    """Give the entries of buckets that are nearest to one of some readings, at most ``limit``, in order."""
    if sum(len(bucket.sounds) // width(bucket.key) for bucket in buckets) <= limit:
        return sorted({entry for bucket in buckets for entry in bucket.entries()})
    judged = [
        (bucket, *_losses(reading, key_codes, bucket))
        for reading in readings
        for key, starts in places(reading.units)
        for key_codes in [codes(reading.units, starts)]
        for bucket in buckets
        if bucket.key == key
    ]
    levels = sorted(
        (loss - score, n, loss) for n, (_, score, lost) in enumerate(judged) for loss in set(lost)
    )
    found: set[Entry] = set()
    lines: dict[tuple[str, str], list[str]] = {}
    for _, n, loss in levels:
        bucket, _, lost = judged[n]
        if bucket[:2] not in lines:
            lines[bucket[:2]] = bucket.lines.split("\n")
        at = lost.find(loss)
        while at >= 0:
            found.add(bucket.entry(lines[bucket[:2]][at]))
            if len(found) == limit:
                return sorted(found)
            at = lost.find(loss, at + 1)
    return sorted(found)


def _losses(reading: Entry, asked: Sequence[int], bucket: Bucket) -> tuple[int, bytes]:
    """Give a score in steps, and by how many steps each entry of a bucket has less against a reading."""
    size = width(bucket.key)
    most = MOST_LOST // size
    mode = mode_of(reading.code, bucket.code)
    best = round(STEP * (-THRESHOLDS[mode] - GUESS_PENALTY * reading.is_inflected))
    total = 0
    for place, weigh in enumerate(_scales(mode, reading, asked)):
        column = bucket.sounds[place::size]
        known = [(code, weigh[code]) for code in set(column)]
        if len(known) == 1:
            best += known[0][1]
            continue
        top = max([weight for _, weight in known])
        best += top
        table = bytearray(256)
        for code, weight in known:
            lost = top - weight
            table[code] = lost if lost < most else most
        total += int.from_bytes(column.translate(table), "big")
    return best, total.to_bytes(len(bucket.sounds) // size, "big")


class _Scale(dict[int, int]):
    """The weights in steps of the codes at one place, made when first asked for."""

    __slots__ = ("_weight",)

    def __init__(self, weight: Callable[[int], float]) -> None:
        self._weight = weight

    def __missing__(self, code: int) -> int:
        steps = self[code] = round(STEP * self._weight(code))
        return steps


def _scales(mode: str, reading: Entry, asked: Sequence[int]) -> Iterator[_Scale]:
    """Give for each place the weights against what was asked for there."""
    last = len(asked) - 1
    for place, code in enumerate(asked):
        if place % 2 == 0:
            where = START if not place else END if place == last else MIDDLE
            yield _vowel_scale(mode, where, code)
        else:
            is_first, is_last = place == 1 and not asked[0], place == last - 1 and not asked[last]
            yield _consonant_scale(mode, START if is_first else END if is_last else MIDDLE, code)
    has_consonants = consonants(reading.units) >= SURE_CONSONANTS
    yield _facts_scale(mode, min(len(reading.units), MAX_LENGTH), has_consonants)


@cache
def _facts_scale(mode: str, length: int, has_consonants: bool) -> _Scale:
    """Weigh lengths, less what is taken off for guesses and short names."""
    bias = weights(mode).bias

    def weight(facts: int) -> float:
        shorter = min(length, facts & LONGEST)
        value = bias[shorter]
        if facts & GUESSED:
            value -= GUESS_PENALTY
        if shorter < SURE_LENGTH - 1:
            value -= 2 * SHORT_PENALTY
        elif shorter < SURE_LENGTH and not (facts & FIRM and has_consonants):
            value -= SHORT_PENALTY
        return value

    return _Scale(weight)


@cache
def _consonant_scale(mode: str, where: str, code: int) -> _Scale:
    known, one = weights(mode), _CONSONANTS[code]

    def weight(code: int) -> float:
        other = _CONSONANTS[code]
        if not one or not other:
            return known.gap(one or other, where, "v") if one or other else 0.0
        return known.row(one)[other] if where == MIDDLE else known.edge(one, other, where)

    return _Scale(weight)


@cache
def _vowel_scale(mode: str, where: str, code: int) -> _Scale:
    known, one = weights(mode), _VOWELS[code]
    return _Scale(lambda code: _aligned(known, one, _VOWELS[code], where))


def _aligned(known: Weights, one: str, other: str, where: str) -> float:
    """Give the best sum of weights for a few vowels against a few others."""
    if not one or not other:
        return sum(known.gap(unit, where, "k") for unit in one or other)
    return max(
        known.row(one[0])[other[0]] + _aligned(known, one[1:], other[1:], where),
        known.gap(one[0], where, "k") + _aligned(known, one[1:], other, where),
        known.gap(other[0], where, "k") + _aligned(known, one, other[1:], where),
    )
