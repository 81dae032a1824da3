"""Words that stand close together."""

from contextlib import closing
from dataclasses import replace

import pytest

from searchidx.analysis import SentenceRules, index_document
from searchidx.backends import Backend
from searchidx.backends.bm25f import Bm25f
from searchidx.backends.closeness import bonus, close, scored_groups
from searchidx.query.nodes import Alternative, And, AnyOf, Field, Not, Or, Phrase, Prefer, Query
from searchidx.ranking.recipe import RECIPE
from searchidx.types import CleanDocument

A, B, C = (AnyOf((Alternative((term,)),)) for term in ("harbour", "strike", "vote"))
RULES = SentenceRules()


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ([10], [18], 1),
        ([10], [19], 0),
        ([10], [2], 1),
        ([10], [1], 0),
        ([10, 12, 90], [14], 2),
        ([10], [10], 0),  # a word is not close to itself
        ([10], [10, 11], 1),
        ([10], [9, 10], 1),
        ([], [3], 0),
        ([3], [], 0),
    ],
)
def test_positions_count_that_have_the_other_word_within_the_window(
    one: list[int], other: list[int], count: int
) -> None:
    assert close(one, other, 8) == count


@pytest.mark.parametrize(
    ("query", "groups"),
    [
        (A, [A]),
        (Or((A, B, A), implicit=True), [A, B]),
        (Or((A, B)), []),
        (And((A, Not(B), Field("title", C))), [A]),
        (Prefer(A, Or((B, C), implicit=True)), [A, B, C]),
        (And((Phrase((A, B)), C)), [C]),
    ],
)
def test_words_side_by_side_are_to_stand_close(query: Query, groups: list[AnyOf]) -> None:
    assert scored_groups(query) == groups


def test_a_bonus_is_that_of_the_formula() -> None:
    scoring = Bm25f(k1=1.2, pair_weight=0.5, pair_span=1, window=8)
    places = [[10, 40], [12, 44], [13]]
    # harbour and strike twice, strike and vote once, harbour and vote are too far apart in the query
    twice, once = 2 / 2, 1 / 2
    expected = 0.5 * (1.0 * twice * 2.2 / (twice + 1.2) + 1.5 * once * 2.2 / (once + 1.2))
    assert bonus(places, [1.0, 2.0, 1.5], 2.0, scoring) == pytest.approx(expected)
    assert bonus(places, [1.0, 2.0, 1.5], 2.0, replace(scoring, pair_weight=0.0)) == 0


def test_the_document_with_both_words_together_comes_first(backend: Backend) -> None:
    far = "harbour " + "filler " * 30 + "strike"
    near = "harbour strike" + " filler" * 30
    with backend.rebuild() as writer:
        for name, body in (("a", far), ("b", near)):
            stored = CleanDocument(doc_id=name, path=name, raw=body, body=body, kind="body")
            writer.put(index_document(stored, RULES))
    query = Or((A, B), implicit=True)
    with closing(backend.searcher()) as searcher:
        flat = replace(RECIPE, pair_weight=0.0)
        equal = [doc.score for doc in searcher.search(query, limit=9, scoring=flat).docs]
        assert equal[0] == pytest.approx(equal[1])
        assert [doc.doc_id for doc in searcher.search(query, limit=9, scoring=RECIPE).docs] == ["b", "a"]
        # What is not among the best is not looked at.
        narrow = replace(RECIPE, pool=1)
        assert [doc.doc_id for doc in searcher.search(query, limit=9, scoring=narrow).docs] == ["a", "b"]
