"""Let documents whose neighbours answer the query well rise: score regularisation.

In: the best documents of a query, as scores and words. Out: their new scores. What many good answers
are about is what was asked; a document that speaks of the same things as they do is more likely to be
right than one that shares only the words of the query. No word enters the query, so it can't drift. After
Diaz, "Regularizing query-based retrieval scores" (2007), with weights by rarity among the documents found:
there the words that were asked for are common and say nothing, which leaves what else they are about.
"""

import math
import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from heapq import nlargest
from itertools import chain
from operator import mul
from threading import Lock

from searchidx.analysis import fold, stem_key, stem_language
from searchidx.analysis.stopwords import STOP_WORDS
from searchidx.types import CleanDocument

# What a report is about stands at its beginning; twice as much takes twice as long and told no more.
LEAD_CHARS = 1_500
CACHED_BAGS = 1_000  # of documents, for the next query
CACHED_STEMS = 50_000
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Bag:
    """The words of a document, each with 1 + ln of how often it is there, and the sum of their squares."""

    weights: Mapping[str, float]
    squares: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Smoothing:
    """The settings; ``recipe`` holds the ones in use and says where they come from."""

    pool: int = 30  # documents looked at, the best ones
    nearest: int = 5  # neighbours of each
    share: float = 0.2  # of a score that comes from the neighbours
    rounds: int = 2
    most_common: float = 0.4  # of the documents may hold a word that still tells them apart
    # Words of a query that says what it is about. Fewer are answered in the time that the neighbours take,
    # and no judged collection has such queries to show a gain.
    least_words: int = 5

    @property
    def least(self) -> int:
        """The fewest documents of which it makes sense to ask for neighbours."""
        return 2 * self.nearest


@dataclass(slots=True)
class Bags:
    """Makes the bags of documents and keeps the last ones. Threads may share it."""

    fetch: Callable[[Sequence[str]], Sequence[CleanDocument]]
    _kept: OrderedDict[str, Bag] = field(default_factory=OrderedDict)
    _turn: Lock = field(default_factory=Lock)

    def of(self, doc_ids: Sequence[str]) -> list[Bag]:
        """Give the bags of documents that the index holds."""
        bags = {doc_id: bag for doc_id in doc_ids if (bag := self._kept.get(doc_id))}
        missing = [doc_id for doc_id in doc_ids if doc_id not in bags]
        bags |= {document.doc_id: bag_of(document) for document in self.fetch(missing)}
        with self._turn:
            for doc_id, bag in bags.items():
                self._kept[doc_id] = bag
                self._kept.move_to_end(doc_id)
            while len(self._kept) > CACHED_BAGS:
                self._kept.popitem(last=False)
        return [bags[doc_id] for doc_id in doc_ids]


def bag_of(document: CleanDocument) -> Bag:
    """Give the words of a document's title and lead, by stem, that carry more than grammar."""
    language = stem_language(document.language)
    text = f"{document.title} {document.body[:LEAD_CHARS]}".lower()
    counts = Counter(map(_stems_of(language).__getitem__, _WORD.findall(text)))
    counts.pop("", None)
    weights = {word: _weight(count) for word, count in counts.items()}
    return Bag(weights, sum(map(mul, weights.values(), weights.values())))


@cache
def _weight(count: int) -> float:
    return 1.0 + math.log(count)


class _Stems(dict[str, str]):
    """Leads from a word to its stem, or to nothing for words of grammar; made as they are asked for."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __missing__(self, word: str) -> str:
        if len(self) >= CACHED_STEMS:
            self.clear()
        term = fold(word)
        stem = self[word] = "" if term in STOP_WORDS else stem_key(term, self.language)
        return stem


_stems_of = lru_cache(maxsize=20)(_Stems)


def smoothed(scores: Sequence[float], bags: Sequence[Bag], settings: Smoothing) -> list[float]:
    """Give each document a share of its neighbours' scores.

    ``scores`` fall. The new ones are lifted so that none is below the least of the old ones, or a
    document that was not looked at could overtake these.
    """
    if len(scores) < settings.least:
        return list(scores)
    nearest = [_best(row, settings.nearest) for row in similarities(bags, settings.most_common)]
    new = list(scores)
    for _ in range(settings.rounds):
        new = [
            (1.0 - settings.share) * score
            + settings.share * (sum(new[at] * weight for at, weight in near) if near else score)
            for score, near in zip(scores, nearest, strict=True)
        ]
    lift = max(0.0, scores[-1] - min(new))
    return [score + lift for score in new]


def similarities(bags: Sequence[Bag], most_common: float = 1.0) -> list[list[float]]:
    """Give, for each bag, the cosines with all others, but for a factor of its own.

    Words weigh by their rarity among these documents; those that more than a share of ``most_common``
    hold weigh nothing. A word of one document only counts in its length.
    """
    count = len(bags)
    found = Counter(chain.from_iterable(bag.weights for bag in bags))
    most = max(2, int(most_common * count))
    rarity = [math.log(1 + (count - n + 0.5) / (n + 0.5)) for n in range(most + 1)]
    shared = {word: rarity[n] for word, n in found.items() if 1 < n <= most}
    common = {word for word, n in found.items() if n > most}
    lists: dict[str, list[tuple[int, float]]] = {word: [] for word in shared}
    factors = []
    for at, bag in enumerate(bags):
        weights = bag.weights
        # Most words stand in one document only: their squares are what the others leave.
        rest, square = bag.squares, 0.0
        for word in weights.keys() & common:
            rest -= weights[word] ** 2
        for word in weights.keys() & shared.keys():
            weight = weights[word]
            value = weight * shared[word]
            rest -= weight * weight
            square += value * value
            lists[word].append((at, value))
        factors.append(1.0 / math.sqrt(square + max(rest, 0.0) * rarity[1] ** 2 or 1.0))
    table = [[0.0] * count for _ in range(count)]
    for places in lists.values():
        for at, (one, value) in enumerate(places):
            row = table[one]
            for other, theirs in places[:at]:
                row[other] += value * theirs
    for one, row in enumerate(table):
        for other in range(one):
            table[other][one] = row[other]
    return [[value * factor for value, factor in zip(row, factors, strict=True)] for row in table]


def _best(row: Sequence[float], count: int) -> list[tuple[int, float]]:
    """Give the most similar documents and their shares, which add up to one."""
    best = nlargest(count, range(len(row)), key=row.__getitem__)
    total = sum(row[at] for at in best)
    return [(at, row[at] / total) for at in best if row[at]] if total else []
