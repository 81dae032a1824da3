"""Look up terms in Whoosh's dictionary of a segment.

In: a field and a term. Out: how many documents hold it and where its posting list lies. Whoosh reads
through a file handle that remembers its place, some bytes at a time, and makes an object of each entry;
here the same file is mapped into memory and only the numbers are read that are asked for. So threads need
no lock. Where things lie in the file is asked of Whoosh's own reader (``OrderedHashReader``).
"""

from collections.abc import Iterator
from struct import Struct
from typing import Any, NamedTuple

from searchidx.backends.whoosh.quiet import quietly_and_lightly

with quietly_and_lightly():
    from whoosh.codec.whoosh3 import W3TermInfo
    from whoosh.filedb.filetables import _lengths, _pointer

_FIELD = Struct("!H")  # a key is the number of its field and the term
_ENTRY = Struct(f"{W3TermInfo._struct.format}qi")  # ends in where the list begins, and how long it is


class TermEntry(NamedTuple):
    """What the dictionary tells of a term."""

    documents: int  # that hold it, deleted ones included
    where: slice  # bytes of its list in the file of postings


class TermDictionary:
    """The terms of one segment. Threads may share it."""

    def __init__(self, reader: Any, data: memoryview) -> None:
        """``reader``: Whoosh's reader of the terms; ``data``: the bytes of its file."""
        index = reader._tindex
        self._data = data
        self._fields: dict[str, int] = dict(reader._fieldmap)
        self._hash, self._tables = index.hashfn, index.tables
        self._end = index.endofdata
        self._position = Struct(f"!{index.extras['indextype']}")  # of each key, in order
        self._positions_at, self._count = index.indexbase, index.indexlen

    def get(self, field: str, term: bytes) -> TermEntry | None:
        """Give the entry of a term; None where there is none."""
        number = self._fields.get(field)
        if number is None:
            return None
        key = _FIELD.pack(number) + term
        hashed = self._hash(key)
        start, slots = self._tables[hashed & 255]
        data, size = self._data, _pointer.size
        for turn in range(slots):
            slot = start + ((hashed >> 8) + turn) % slots * size
            found, at = _pointer.unpack_from(data, slot)
            if not at:
                return None
            if found == hashed:
                key_size, _ = _lengths.unpack_from(data, at)
                begin = at + _lengths.size
                if data[begin : begin + key_size] == key:
                    return self._entry(begin + key_size)
        return None

    def following(self, field: str, first: bytes) -> Iterator[tuple[str, TermEntry]]:
        """Yield the terms of a field from ``first`` on, in order."""
        number = self._fields.get(field)
        if number is None:
            return
        data, size = self._data, _lengths.size
        prefix = _FIELD.pack(number)
        at = self._first_from(prefix + first)
        while at < self._end:
            key_size, entry_size = _lengths.unpack_from(data, at)
            begin, end = at + size, at + size + key_size
            if data[begin : begin + _FIELD.size] != prefix:
                return
            yield str(data[begin + _FIELD.size : end], "utf-8"), self._entry(end)
            at = end + entry_size

    def _first_from(self, key: bytes) -> int:
        """Give where the first key lies that does not come before one."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            at = self._at(middle)
            begin = at + _lengths.size
            if bytes(self._data[begin : begin + _lengths.unpack_from(self._data, at)[0]]) < key:
                low = middle + 1
            else:
                high = middle
        return self._at(low) if low < self._count else self._end

    def _at(self, number: int) -> int:
        position = self._positions_at + number * self._position.size
        return int(self._position.unpack_from(self._data, position)[0])

    def _entry(self, at: int) -> TermEntry:
        _, _, count, *_, begin, size = _ENTRY.unpack_from(self._data, at)
        return TermEntry(count, slice(begin, begin + size))
