"""Sets of documents as numbers: bit n stands for document n.

Python joins and counts the bits of such a number thousands at a time, so totals over long lists cost
next to nothing once the bits of a list are made.
"""

from collections.abc import Collection, Iterator
from itertools import compress, count

# Looking for one document in a list takes as long as passing over so many.
PASSED_OVER = 8
SPARSE = 4  # fewer than one document in so many: bits are set one by one, not read from digits
_ZERO, _ONE = b"01"
_FLAGS = bytes.maketrans(b"01", b"\0\1")


def as_bits(documents: Collection[int], last: int | None = None) -> int:
    """Give documents as bits; ``last`` is the highest of them, where it is known.

    >>> bin(as_bits([0, 3]))
    '0b1001'
    """
    if not documents:
        return 0
    size = (max(documents) if last is None else last) + 1
    if SPARSE * len(documents) < size:
        packed = bytearray(size // 8 + 1)
        for document in documents:
            packed[document >> 3] |= 1 << (document & 7)
        return int.from_bytes(packed, "little")
    digits = bytearray((_ZERO,)) * size
    for document in documents:
        digits[~document] = _ONE
    return int(digits, 2)


def flags_of(bits: int, size: int) -> bytes:
    r"""Give ``size`` bytes, 1 for each document that bits stand for.

    >>> flags_of(0b1001, 5)
    b'\x01\x00\x00\x01\x00'
    """
    return f"{bits:0{size}b}".encode().translate(_FLAGS)[::-1]


def documents_of(bits: int) -> Iterator[int]:
    """Yield the documents that bits stand for, in order.

    >>> list(documents_of(0b1001))
    [0, 3]
    """
    return compress(count(), reversed(f"{bits:b}".encode().translate(_FLAGS)))
