"""A Whoosh codec that keeps a posting list as three arrays, and the pool that feeds it.

Whoosh's own codec writes posting after posting in blocks of pickled positions; at 20,000 articles
that is most of the time of indexing (docs/engines.md). This one writes a term's whole list at once:

    flags (1 byte: bit 0 wide frequencies, bit 1 wide positions)
    document numbers   2 bytes each, ascending; a segment holds fewer than 65,536 documents
    frequencies        1 byte each, or 4 with bit 0
    positions          2 bytes each, or 4 with bit 1, document after document

in little-endian order. The term dictionary, segments and the table of contents stay Whoosh's.
The segment list that Whoosh pickles names this module and ``TermsField``: their import paths are
part of the index format.
"""

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from searchidx.backends.lists import PostingList
from searchidx.backends.whoosh.quiet import quietly_and_lightly

with quietly_and_lightly():
    from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
    from whoosh.fields import FieldType
    from whoosh.formats import Existence
    from whoosh.matching import ListMatcher
    from whoosh.system import pack_ushort

MAX_SEGMENT_DOCS = 0xFFFF
WIDE_FREQUENCIES, WIDE_POSITIONS = 1, 2


class TermsField(FieldType):  # type: ignore[misc]  # Whoosh is untyped
    """A field given as terms with their positions, analysed already."""

    indexed = True

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None)

    def index(self, value: Mapping[str, Sequence[int]], **_: object) -> Iterator[tuple[str, int, float, Any]]:
        """Yield a posting for each term; term and positions travel as they are to ``ArrayPool``."""
        for term, positions in value.items():
            yield term, 0, 1.0, positions


class TermArrays:
    """The posting list of one term while a segment is being written."""

    __slots__ = ("freqs", "ids", "positions")

    def __init__(self) -> None:
        self.ids = array("H")
        self.freqs = array("I")
        self.positions = array("I")


class ArrayPool:
    """Collects postings in memory; stands in for Whoosh's pool of sorted tuples."""

    def __init__(self) -> None:
        self._fields: defaultdict[str, dict[str, TermArrays]] = defaultdict(dict)
        self.positions = 0  # collected so far: a measure of the memory taken

    def add(self, item: tuple[str, str, int, float, Sequence[int]]) -> None:
        """Take one posting; documents come in ascending order."""
        field, term, document, _, positions = item
        terms = self._fields[field]
        arrays = terms.get(term)
        if arrays is None:
            arrays = terms[term] = TermArrays()
        count = len(positions)
        arrays.ids.append(document)
        arrays.freqs.append(count)
        arrays.positions.extend(positions)
        self.positions += count

    def iter_postings(self) -> Iterator[tuple[str, bytes, TermArrays]]:
        """Yield the terms in order, each with its whole list, and forget them."""
        for field in sorted(self._fields):
            terms = self._fields.pop(field)
            for term in sorted(terms):  # UTF-8 keeps the order of code points
                yield field, term.encode(), terms.pop(term)

    def cleanup(self) -> None:
        """Forget everything."""
        self._fields.clear()


class ArrayFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes a list at a time; the term dictionary is Whoosh's."""

    def add_postings(
        self, _schema: object, _lengths: object, items: Iterable[tuple[str, bytes, TermArrays]]
    ) -> None:
        """Write the terms of all fields; ``items`` come from ``ArrayPool.iter_postings``."""
        numbers, write = self._fieldmap, self._postfile.write
        for field, term, arrays in items:
            number = numbers.setdefault(field, len(numbers))
            start = self._postfile.tell()
            data = encode(arrays.ids, arrays.freqs, arrays.positions)
            write(data)
            info = W3TermInfo(weight=len(arrays.positions), df=len(arrays.ids), minlength=0, minid=0)
            info.set_extent(start, len(data))
            self._tindex.add(pack_ushort(number) + term, info.to_bytes())


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's third codec with whole posting lists."""

    length_stats = False  # exact lengths are kept as postings; Whoosh's take a byte

    def field_writer(self, storage: Any, segment: Any) -> ArrayFieldWriter:
        """Give the writer of terms and postings."""
        return ArrayFieldWriter(self, storage, segment)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, _format: Any, term: Any = None, scorer: Any = None
    ) -> Any:
        """Give a matcher over a list, for Whoosh's own machinery and tools."""
        postings = read_postings(dbfile, terminfo)
        return ListMatcher(list(postings.ids), list(map(float, postings.freqs)), scorer=scorer, term=term)


def encode(ids: "array[int]", freqs: "array[int]", positions: "array[int]") -> bytes:
    """Lay out a posting list as the module's docstring says."""
    wide_frequencies = max(freqs) > 0xFF
    wide_positions = max(positions, default=0) > 0xFFFF
    parts = [
        ids,
        array("I" if wide_frequencies else "B", freqs),
        array("I" if wide_positions else "H", positions),
    ]
    flags = WIDE_FREQUENCIES * wide_frequencies + WIDE_POSITIONS * wide_positions
    return bytes([flags]) + b"".join(_little_endian(part).tobytes() for part in parts)


def read_postings(dbfile: Any, terminfo: Any) -> PostingList:
    """Read a posting list from one of Whoosh's files; not for threads, which share its place."""
    where = extent(terminfo)
    data = memoryview(dbfile.get(where.start, where.stop - where.start))
    return decode(data, terminfo.doc_frequency())


def extent(terminfo: Any) -> slice:
    """Give the bytes of the postings file that hold the list of a term."""
    start, length = terminfo.extent()
    # Whoosh 2.7.4 forgets to take the length out of the tuple it unpacked.
    return slice(start, start + (length[0] if isinstance(length, tuple) else length))


def decode(data: memoryview, count: int) -> PostingList:
    """Read a posting list of ``count`` documents; positions are decoded when they are asked for."""
    flags = data[0]
    ids_end = 1 + 2 * count
    freqs_end = ids_end + (4 if flags & WIDE_FREQUENCIES else 1) * count

    def read_positions() -> Sequence[int]:
        return _decode("I" if flags & WIDE_POSITIONS else "H", data[freqs_end:])

    freqs = _decode("I" if flags & WIDE_FREQUENCIES else "B", data[ids_end:freqs_end])
    return PostingList(_decode("H", data[1:ids_end]), freqs, read_positions)


def _decode(code: str, data: memoryview) -> "array[int]":
    numbers = array(code)
    numbers.frombytes(data)
    return _little_endian(numbers)


def _little_endian(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers
