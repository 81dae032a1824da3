"""Read a file of names that are the same: tens of thousands of groups, of which a query needs a few.

In: the key of a name (see ``name_key``). Out: the groups it stands in, each with where it comes from.
The file is mapped, not read: a look-up bisects sorted hashes and unpacks one block, so that opening costs
no more for a long list than for a short one. ``pack`` in ``names.generate`` writes it.

Layout, numbers little-endian: MAGIC · length of the header (4 bytes) · header, JSON · hashes of all keys,
sorted (4 bytes each) · the number of a group for each hash (4 bytes each) · where each block ends (4 bytes
each) · blocks: zlib, each of GROUPS_PER_BLOCK lines ``source number TAB name TAB name …``. The terms of a
name are parted by blanks; NEEDS_CAPITAL before a name marks one that is an ordinary word in lower case.
"""

import json
import mmap
import sys
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from struct import Struct
from typing import Any

MAGIC = b"searchidx names 1\n"
NUMBER = Struct("<I")
GROUPS_PER_BLOCK = 128
NEEDS_CAPITAL = "^"
CACHED_BLOCKS = 32  # of about 6 KB


@dataclass(frozen=True, slots=True)
class BulkName:
    """A name in a group."""

    terms: tuple[str, ...]
    needs_capital: bool  # an ordinary word in lower case: Turkey, turkey


@dataclass(frozen=True, slots=True)
class BulkGroup:
    """Names of the same thing."""

    source: str
    names: tuple[BulkName, ...]


def name_key(terms: Sequence[str]) -> str:
    """Give what a name is looked up by; hyphens don't matter.

    >>> name_key(("tu-95",)), name_key(("spider", "web"))
    ('tu95', 'spider web')
    """
    return " ".join(terms).replace("-", "")


def key_hash(key: str) -> int:
    """Hash a key to 32 bits; those of two keys may be equal, so who looks up compares the keys."""
    return zlib.crc32(key.encode())


class NameFile:
    """A mapped file of names. Threads may share it."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[: len(MAGIC)] != MAGIC:
            raise ValueError(f"{path.name} is no file of names; run: python -m searchidx.names.generate")
        begin = len(MAGIC) + NUMBER.size
        end = begin + self._number(len(MAGIC), 0)
        self.facts: dict[str, Any] = json.loads(self._map[begin:end])
        self._count = int(self.facts["keys"])
        self._numbers = end + NUMBER.size * self._count
        self._ends = self._numbers + NUMBER.size * self._count
        self._blocks = self._ends + NUMBER.size * self.block_count
        self._block = lru_cache(maxsize=CACHED_BLOCKS)(self._unpack)
        self._hashes = memoryview(self._map)[end : self._numbers]
        if sys.byteorder == "little":
            self._hashes = self._hashes.cast("I")  # a number in C; a long query looks up thousands

    @property
    def longest(self) -> int:
        """The number of terms in the longest name."""
        return int(self.facts["longest"])

    @property
    def block_count(self) -> int:
        """The number of blocks."""
        return -(-int(self.facts["groups"]) // GROUPS_PER_BLOCK)

    def of(self, key: str) -> Iterator[BulkGroup]:
        """Yield the groups that a name stands in."""
        wanted = key_hash(key)
        at = bisect_left(self._hashes, wanted)
        while at < self._count and self._hashes[at] == wanted:
            block, line = divmod(self._number(self._numbers, at), GROUPS_PER_BLOCK)
            group = self._group(self._block(block)[line])
            if any(name_key(name.terms) == key for name in group.names):
                yield group
            at += 1

    def groups(self) -> Iterator[BulkGroup]:
        """Yield all groups in order: for lists and tests, not for queries."""
        for block in range(self.block_count):
            yield from map(self._group, self._unpack(block))

    def _number(self, base: int, at: int) -> int:
        return int(NUMBER.unpack_from(self._map, base + NUMBER.size * at)[0])

    def _unpack(self, block: int) -> list[str]:
        start = self._number(self._ends, block - 1) if block else 0
        packed = self._map[self._blocks + start : self._blocks + self._number(self._ends, block)]
        return zlib.decompress(packed).decode().split("\n")

    def _group(self, line: str) -> BulkGroup:
        source, *names = line.split("\t")
        return BulkGroup(
            self.facts["sources"][int(source)],
            tuple(
                BulkName(tuple(name.removeprefix(NEEDS_CAPITAL).split(" ")), name.startswith(NEEDS_CAPITAL))
                for name in names
            ),
        )
