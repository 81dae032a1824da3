"""The numbers of BM25F, the same on every back-end.

Real BM25F (Robertson & Zaragoza 2009, section 3.6.1): the frequencies of a term in the fields are
normalised by field length and added up *before* saturation. The idf is Lucene's, which is never
negative: ln(1 + (N - df + .5) / (df + .5)).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Bm25f:
    """The settings of the score; ``ranking.recipe`` holds the ones in use."""

    k1: float = 1.2
    weights: Mapping[str, float] = field(default_factory=lambda: {"title": 2.0, "body": 1.0, "raw": 0.5})
    b: Mapping[str, float] = field(default_factory=lambda: {"title": 0.5, "body": 0.6})
    # Words of the query close to each other (``closeness``): none without a weight.
    pair_weight: float = 0.0
    pair_span: int = 3  # words of the query that make pairs: neighbours, and with how many between
    window: int = 8  # words on either side
    pool: int = 100  # documents looked at, the best ones

    def weight(self, name: str) -> float:
        """Give the weight of a field; fields that only filter (source, language) weigh nothing."""
        return self.weights.get(name, 0.0)

    def norm(self, name: str, length: int, average: float) -> float:
        """Give what a frequency in a field of this length (in positions) is divided by."""
        b = self.b.get(name, 0.0)
        return 1.0 - b + b * length / average if average else 1.0


def idf(documents: int, doc_frequency: int) -> float:
    """Give the weight of a term by its rarity: ln(1 + (N - df + .5) / (df + .5))."""
    return math.log(1.0 + (documents - doc_frequency + 0.5) / (doc_frequency + 0.5))
