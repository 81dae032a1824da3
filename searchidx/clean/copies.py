"""Which articles are nearly the same? Wire copy with another headline, updates, cuts at the end.

In: clean bodies. Out: a sketch of each (``sketch``), and from all sketches the clusters (``cluster``). A
sketch holds the smallest hashes of a text's shingles (bottom-k, Broder 1997; Cohen & Kaplan 2007); from two
of them follows about what share of their shingles two texts have in common. The clusters depend on nothing
but the sketches and the ids, so they are the same however an index came about.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from searchidx.clean.groups import Groups

# A character of a script that writes no spaces counts as a word.
WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
MARKS = "’‘“”–—…\u00a0"  # for which alone many an English text is not ASCII; none is part of a word
LEVELLED = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in range(256)).lower()
SHINGLE = 4  # words
KEPT = 96  # hashes: the standard deviation of a share of .5 is then .05
MOST_CHARS = 200_000  # of a body that are looked at; longer ones are collections
# Two texts are near-copies when so large a part of their shingles is common to both (Jaccard) …
# Among 1,180 news texts copies and updates had .5 and more in common, follow-ups of one event under .1.
ALIKE = 0.33
# … or so much of the shorter one stands in the longer, which may be three times as long: cut at the end.
CONTAINED, SHORTEST = 0.8, 1 / 3
# Under so many shingles chance and set phrases (weather, results) make texts alike: they must be the same.
SHORT, SHORT_ALIKE = 20, 0.9
# By so many of its smallest hashes a text is looked up: two texts that have a third in common share one in
# 999 of 1,000 cases. In long lists of holders each is compared with the first few.
KEYS, FIRST = 24, 8


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text: how many shingles it has and the smallest of their hashes, in order."""

    count: int
    hashes: Sequence[int]

    def pack(self) -> bytes:
        """Give the bytes to keep in a table; none for a text without words."""
        return array("I", [self.count, *self.hashes]).tobytes() if self.count else b""

    @classmethod
    def unpack(cls, packed: bytes) -> "Sketch":
        """Read what ``pack`` wrote."""
        numbers = array("I")
        numbers.frombytes(packed)
        return cls(numbers[0], numbers[1:]) if numbers else cls(0, ())


def sketch(text: str) -> Sketch:
    """Make the sketch of a text.

    >>> sketch("The bridge is open again.").count, sketch("").count
    (2, 0)
    """
    words = _words(text[:MOST_CHARS])
    shingles = zip(*(words[at:] for at in range(min(SHINGLE, len(words)))), strict=False)
    hashes = set(map(crc32, map(b" ".join, shingles)))
    return Sketch(len(hashes), sorted(hashes)[:KEPT])


def _words(text: str) -> list[bytes]:
    """Give the words of a text, case levelled; an ASCII text takes a quicker way to the same."""
    for mark in MARKS:
        text = text.replace(mark, " ")
    if text.isascii():
        return text.encode().translate(LEVELLED).split()
    return " ".join(WORD.findall(text.casefold())).encode("utf-8", "replace").split()


def overlap(one: Sketch, other: Sketch) -> tuple[float, float]:
    """Estimate what part of the shingles of two texts is common, and what part of the shorter one's."""
    if not (one.count and other.count):
        return 0.0, 0.0
    first, second = set(one.hashes), set(other.hashes)
    both = sorted(first | second)[:KEPT]
    jaccard = sum(1 for number in both if number in first and number in second) / len(both)
    common = jaccard / (1 + jaccard) * (one.count + other.count)
    return jaccard, min(1.0, common / min(one.count, other.count))


def are_alike(one: Sketch, other: Sketch) -> bool:
    """Tell whether two texts are near-copies."""
    jaccard, contained = overlap(one, other)
    less, more = sorted((one.count, other.count))
    if less < SHORT:
        return jaccard >= SHORT_ALIKE
    return jaccard >= ALIKE or (contained >= CONTAINED and less >= SHORTEST * more)


def cluster(packed: Mapping[str, bytes]) -> dict[str, str]:
    """Give, for each document that has near-copies, the smallest id among it and them.

    ``packed``: sketches by id. Near-copies of near-copies are in one cluster.
    """
    same: dict[bytes, list[str]] = defaultdict(list)
    for doc_id in sorted(packed):
        if packed[doc_id]:
            same[packed[doc_id]].append(doc_id)
    texts = list(same)
    sketches = [Sketch.unpack(text) for text in texts]
    joined = Groups(len(texts))
    for one, other in _candidates(sketches):
        if joined.root(one) != joined.root(other) and are_alike(sketches[one], sketches[other]):
            joined.join(one, other)
    groups = ([doc_id for number in group for doc_id in same[texts[number]]] for group in joined.members())
    return {doc_id: min(group) for group in groups if len(group) > 1 for doc_id in group}


def _candidates(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    holders: dict[int, list[int]] = defaultdict(list)
    for number, found in enumerate(sketches):
        seen: set[int] = set()
        for key in found.hashes[:KEYS]:
            held = holders[key]
            for other in held:
                if other not in seen:
                    seen.add(other)
                    yield other, number
            if len(held) < FIRST:
                held.append(number)
