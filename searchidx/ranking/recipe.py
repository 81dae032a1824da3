"""The one recipe for every back-end and every collection.

K1 as in Robertson & Zaragoza 2009; b and the title's weight are where they were best over eight
judged collections in an earlier study: a flat optimum at b .6 for bodies. The other constants were
chosen over six judged collections together, none left out, so they flatter those; ``benchmarks/tune.py``
measures what they are worth on a collection left out (docs/ranking.md).
"""

from searchidx.backends.bm25f import Bm25f
from searchidx.ranking.neighbours import Smoothing

RECIPE = Bm25f(
    k1=1.2,
    weights={"title": 2.5, "body": 1.0, "raw": 0.5},
    b={"title": 0.5, "body": 0.6},
    pair_weight=0.1,
    pair_span=3,
    window=8,
    pool=100,
)
SMOOTHING = Smoothing(pool=30, nearest=5, share=0.2, rounds=2)
