"""What groups of terms add to the scores of documents, kept from query to query.

In: documents of a segment in order, each with what a group adds to its score. Out: ``Impacts``, which gives
them back for all documents or for some. The commonest words have the longest lists and are asked for most
often; ``KeptImpacts`` spares making theirs anew. What is kept is what would be made, digit for digit.
"""

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Collection, Hashable, Mapping, Sequence
from itertools import compress
from threading import Lock
from typing import TypeAlias

from searchidx.backends.bits import PASSED_OVER

Scores: TypeAlias = dict[int, float]  # document number in its segment -> score

MAX_KEPT = 1_000_000  # documents in the lists kept of a snapshot, each 12 bytes and at most 24 more
MAX_REMEMBERED = 10_000  # groups asked for, of which nothing is kept
SHORT = 100  # documents of a list that is made as fast as it is looked up
# A list of at least this share of a segment is looked up in a table of all its documents.
TABLE_SHARE = 3
_ABSENT = float("-inf")


class Impacts:
    """What a group adds to the scores in one segment."""

    __slots__ = ("_table", "ids", "most", "size", "values")

    def __init__(self, scores: Mapping[int, float], size: int) -> None:
        self.ids = array("I", sorted(scores))
        self.values = array("d", map(scores.__getitem__, self.ids))
        self.most = max(self.values, default=0.0)
        self.size = size  # of the segment
        self._table: array[float] | None = None

    def all(self) -> Scores:
        """Give the scores of all documents."""
        return dict(zip(self.ids, self.values, strict=True))

    def flagged(self, flags: bytes) -> Scores:
        """Give those of the documents whose flag is set; there is one flag for each in the segment."""
        pairs = zip(self.ids, self.values, strict=True)
        return dict(compress(pairs, map(flags.__getitem__, self.ids)))

    def of(self, documents: Collection[int]) -> Scores:
        """Give those of some documents, ascending."""
        if TABLE_SHARE * len(self.ids) >= self.size:
            table = self._table or self._tabled()
            return {d: score for d in documents if (score := table[d]) != _ABSENT}
        if PASSED_OVER * len(documents) >= len(self.ids):
            return {d: score for d, score in zip(self.ids, self.values, strict=True) if d in documents}
        found: Scores = {}
        ids, at, end = self.ids, 0, len(self.ids)
        for document in documents:
            at = bisect_left(ids, document, at)
            if at == end:
                break
            if ids[at] == document:
                found[document] = self.values[at]
        return found

    def _tabled(self) -> "array[float]":
        table = array("d", [_ABSENT]) * self.size
        for document, score in zip(self.ids, self.values, strict=True):
            table[document] = score
        self._table = table
        return table


class KeptImpacts:
    """The lists of a snapshot that were asked for last. Threads may share it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Sequence[Impacts]] = OrderedDict()
        self._spent: dict[Hashable, int] = {}  # on lists not kept
        self._count = 0
        self._turn = Lock()

    def get(self, key: Hashable) -> Sequence[Impacts] | None:
        """Give what is kept under a key, one for each segment."""
        with self._turn:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def is_worth_keeping(self, key: Hashable, cost: int, whole: int) -> bool:
        """Tell whether a list not kept has cost as much so far as making all of it.

        ``cost``: this time, ``whole``: of all, in documents passed over.
        """
        with self._turn:
            spent = self._spent.get(key, 0)
            if len(self._spent) >= MAX_REMEMBERED:
                self._spent.clear()
            self._spent[key] = spent + cost
            return spent >= whole

    def keep(self, key: Hashable, impacts: Sequence[Impacts]) -> None:
        """Keep lists, unless they are short, and forget those not asked for longest."""
        count = _length(impacts)
        if not SHORT < count <= MAX_KEPT:
            return
        with self._turn:
            if key not in self._kept:
                self._count += count
            self._kept[key] = impacts
            while self._count > MAX_KEPT:
                _, gone = self._kept.popitem(last=False)
                self._count -= _length(gone)


def _length(impacts: Sequence[Impacts]) -> int:
    return sum(len(one.ids) for one in impacts)
