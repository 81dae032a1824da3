"""The one recipe for every back-end and every collection.

K1 as in Robertson & Zaragoza 2009; b and the title's weight are where they were best over eight
judged collections in an earlier study: a flat optimum at b .6 for bodies.
"""

from searchidx.backends.bm25f import Bm25f

RECIPE = Bm25f(k1=1.2, weights={"title": 2.0, "body": 1.0, "raw": 0.5}, b={"title": 0.5, "body": 0.6})
