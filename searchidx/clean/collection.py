"""Count over a collection which lines stand in how many documents of a source.

In: for each document its source and ``Marks``, the hashes of its lines. Out: ``Evidence``. Copies of
one article count once, or two copies would make chrome of every line of it. The same documents give
the same evidence in any order.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from searchidx.clean.evidence import MAX_WORDS, Seen, is_repeated
from searchidx.clean.groups import Groups
from searchidx.clean.lines import is_strong, split_lines

COPY_SHARE = 0.5  # of the paragraphs of the shorter one that two copies have in common
COMMON = 20  # documents: a paragraph in more is the site's, or these are exact copies
Hashes = Sequence[int]


@dataclass(frozen=True, slots=True)
class Marks:
    """What a document says of its lines: 64-bit hashes."""

    short: Hashes  # the lines that can be evidence, each once
    strong: Hashes  # its paragraphs

    def pack(self) -> bytes:
        """Give the bytes to keep in a table."""
        return array("Q", [len(self.short), *self.short, *self.strong]).tobytes()

    @classmethod
    def unpack(cls, packed: bytes) -> "Marks":
        """Read what ``pack`` wrote."""
        numbers = array("Q")
        numbers.frombytes(packed)
        end = numbers[0] + 1
        return cls(numbers[1:end], numbers[end:])


def marks_of(text: str) -> Marks:
    """Hash the lines of a text."""
    short: dict[int, None] = {}
    strong: dict[int, None] = {}
    for line in split_lines(text):
        number = hash_line(line.plain)
        if line.plain.count(" ") < MAX_WORDS:
            short[number] = None
        if is_strong(line):
            strong[number] = None
    return Marks(tuple(short), tuple(strong))


@lru_cache(maxsize=65_536)
def hash_line(plain: str) -> int:
    """Hash a levelled line; case does not count."""
    return int.from_bytes(
        blake2b(plain.casefold().encode("utf-8", "replace"), digest_size=8).digest(), "little"
    )


class Collection:
    """The evidence of a collection."""

    def __init__(self, documents: Mapping[str, tuple[str, Marks]]) -> None:
        """Count; ``documents`` gives for each key a source and marks."""
        by_source: dict[str, list[tuple[str, Marks]]] = defaultdict(list)
        for key in sorted(documents):
            source, marks = documents[key]
            by_source[source].append((key, marks))
        self._counts: dict[str, tuple[int, dict[int, int]]] = {}
        for source, members in by_source.items():
            groups = _copies([marks for _, marks in members])
            counts: Counter[int] = Counter()
            for group in groups:
                counts.update({number for member in group for number in members[member][1].short})
            # Most lines stand in one document; they need no place in memory.
            repeated = {number: count for number, count in counts.items() if count > 1}
            self._counts[source] = len(groups), repeated

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process as arrays: a tenth of the size, and quickly read."""
        packed = {
            source: (of, array("Q", counts).tobytes(), array("L", counts.values()).tobytes())
            for source, (of, counts) in self._counts.items()
        }
        return _unpacked, (packed,)

    def seen(self, line: str, source: str, /) -> Seen:
        """Tell in how many documents of a source a line stands."""
        of, counts = self._counts.get(source, (0, {}))
        return Seen(counts.get(hash_line(line), 1), of)

    def verdict(self, source: str, marks: Marks) -> bytes:
        """Give a digest of all that this evidence says about a document: equal while nothing changes."""
        of, counts = self._counts.get(source, (0, {}))
        digest = blake2b(digest_size=8)
        for number in sorted(marks.short):
            if (count := counts.get(number, 1)) > 1:
                seen = Seen(count, of)
                both = (
                    is_repeated("x", seen),
                    is_repeated("x " * (MAX_WORDS - 1) + "x.", seen),
                    seen.is_certain,
                )
                if any(both):
                    digest.update(number.to_bytes(8, "little") + bytes(both))
        return digest.digest()


def _unpacked(packed: Mapping[str, tuple[int, bytes, bytes]]) -> Collection:
    collection = Collection({})
    for source, (of, numbers, counts) in packed.items():
        keys, values = array("Q"), array("L")
        keys.frombytes(numbers)
        values.frombytes(counts)
        collection._counts[source] = of, dict(zip(keys, values, strict=True))
    return collection


def _copies(documents: Sequence[Marks]) -> list[list[int]]:
    """Put documents that are copies of one article together; most stand alone."""
    groups = Groups(len(documents))
    same: dict[frozenset[int], int] = {}
    holders: dict[int, list[int]] = defaultdict(list)
    for number, marks in enumerate(documents):
        if marks.strong and (first := same.setdefault(frozenset(marks.strong), number)) != number:
            groups.join(first, number)
            continue
        for paragraph in marks.strong:
            holders[paragraph].append(number)
    for one, other in _pairs(holders, documents):
        groups.join(one, other)
    return groups.members()


def _pairs(holders: Mapping[int, Sequence[int]], documents: Sequence[Marks]) -> Iterable[tuple[int, int]]:
    shared: Counter[tuple[int, int]] = Counter()
    common: Counter[int] = Counter()  # paragraphs that tell nothing of a document
    for numbers in holders.values():
        if len(numbers) > COMMON:
            common.update(numbers)
        else:
            shared.update((one, other) for at, one in enumerate(numbers) for other in numbers[at + 1 :])
    for (one, other), count in shared.items():
        least = min(len(documents[one].strong) - common[one], len(documents[other].strong) - common[other])
        if count >= COPY_SHARE * least:
            yield one, other
