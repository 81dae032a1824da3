"""Sets of documents as numbers: bit n stands for document n.

Python joins and counts the bits of such a number thousands at a time, so totals over long lists cost
next to nothing once the bits of a list are made.
"""

from collections.abc import Collection, Iterator
from itertools import compress, count

_ZERO, _ONE = b"01"
_FLAGS = bytes.maketrans(b"01", b"\0\1")


def as_bits(documents: Collection[int], last: int | None = None) -> int:
    """Give documents as bits; ``last`` is the highest of them, where it is known.

    >>> bin(as_bits([0, 3]))
    '0b1001'
    """
    if not documents:
        return 0
    digits = bytearray((_ZERO,)) * ((max(documents) if last is None else last) + 1)
    for document in documents:
        digits[~document] = _ONE
    return int(digits, 2)


def documents_of(bits: int) -> Iterator[int]:
    """Yield the documents that bits stand for, in order.

    >>> list(documents_of(0b1001))
    [0, 3]
    """
    return compress(count(), reversed(f"{bits:b}".encode().translate(_FLAGS)))
