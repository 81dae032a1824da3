"""The best documents are found without scoring all, and are the same."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.analysis import SentenceRules, index_document
from searchidx.backends.bits import PASSED_OVER, as_bits, documents_of
from searchidx.backends.bm25f import Bm25f
from searchidx.backends.impacts import KeptImpacts
from searchidx.backends.lists import PostingList
from searchidx.backends.memory import MemoryBackend
from searchidx.backends.whoosh import WhooshEngine
from searchidx.backends.whoosh.searcher import WhooshSearcher
from searchidx.query.nodes import Alternative, And, AnyOf, MatchAll, Not, Or, Prefer, Query
from searchidx.types import CleanDocument

RULES = SentenceRules()
WORDS = [f"word{number}" for number in range(60)]


def word(*terms: str, boost: float = 1.0) -> AnyOf:
    return AnyOf(tuple(Alternative((term,)) for term in terms), boost)


@given(st.frozensets(st.integers(0, 300)))
def test_bits_stand_for_documents(documents: frozenset[int]) -> None:
    bits = as_bits(documents)
    assert set(documents_of(bits)) == documents
    assert list(documents_of(bits)) == sorted(documents)
    assert bits.bit_count() == len(documents)
    assert bits == as_bits(documents, max(documents, default=None))


@given(st.frozensets(st.integers(0, 300)), st.frozensets(st.integers(0, 300)))
def test_a_list_tells_of_some_documents_what_it_tells_of_all(
    held: frozenset[int], some: frozenset[int]
) -> None:
    ids = sorted(held)
    made = PostingList(ids, [1 + number % 3 for number in ids], lambda: ())
    wanted = dict.fromkeys(sorted(some))
    assert list(made.counts(wanted)) == [(d, f) for d, f in made.counts(None) if d in some]
    few = dict.fromkeys(sorted(some)[: 1 + len(ids) // (2 * PASSED_OVER)])
    assert list(made.counts(few)) == [(d, f) for d, f in made.counts(None) if d in few]


@pytest.fixture(scope="module")
def articles() -> list[CleanDocument]:
    """Articles with common words and rare ones, of different lengths."""
    chance = random.Random(5)
    weights = [1 / (1 + rank) for rank in range(len(WORDS))]
    return [
        CleanDocument(
            doc_id=f"d{number:03}", path="", raw=body, body=body, kind="body", title=WORDS[number % 50]
        )
        for number in range(400)
        for body in [" ".join(chance.choices(WORDS, weights, k=chance.randint(3, 60)))]
    ]


@pytest.fixture(scope="module")
def opened(
    articles: list[CleanDocument], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WhooshSearcher]:
    folder: Path = tmp_path_factory.mktemp("index")
    with WhooshEngine().create(folder) as new:
        for article in articles:
            new.put(index_document(article, RULES))
    searcher = WhooshEngine().open(folder)
    yield searcher
    searcher.close()


QUERIES = {
    "many words": Or(tuple(word(term) for term in WORDS[::3]), implicit=True),
    "spellings": Or((word("word1", "word40", "word41"), word("word2", boost=1.8), word("word55"))),
    "not": And((Or((word("word3"), word("word50")), implicit=True), Not(word("word0")))),
    "required": Prefer(word("word9"), Or((word("word1"), word("word20")), implicit=True)),
    "within": Or((And((word("word5"), word("word6"))), word("word30"))),
    "nothing scored": And((MatchAll(), Not(word("word0")))),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
@pytest.mark.parametrize("limit", [1, 7, 50, 1000])
@pytest.mark.parametrize("pair_weight", [0.0, 0.2])
def test_the_best_are_those_of_a_plain_scan(
    opened: WhooshSearcher,
    scanned: dict[tuple[str, float], list[tuple[str, float]]],
    query: Query,
    limit: int,
    pair_weight: float,
) -> None:
    scoring = Bm25f(pair_weight=pair_weight, pool=20)
    found = opened.search(query, limit=limit, scoring=scoring)
    expected = scanned[repr(query), pair_weight]
    assert found.total == len(expected)
    assert [doc.score for doc in found.docs] == pytest.approx([score for _, score in expected[:limit]])
    of = dict(expected)
    assert all(doc.score == pytest.approx(of[doc.doc_id]) for doc in found.docs)


@pytest.fixture(scope="module")
def scanned(articles: list[CleanDocument]) -> dict[tuple[str, float], list[tuple[str, float]]]:
    backend = MemoryBackend()
    with backend.rebuild() as writer:
        for article in articles:
            writer.put(index_document(article, RULES))
    searcher = backend.searcher()
    return {
        (repr(query), weight): [
            (doc.doc_id, doc.score)
            for doc in searcher.search(query, limit=1000, scoring=Bm25f(pair_weight=weight, pool=20)).docs
        ]
        for query in QUERIES.values()
        for weight in (0.0, 0.2)
    }


def test_long_lists_are_not_read_to_their_end_for_a_rare_word(
    opened: WhooshSearcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[int] = []
    plain = PostingList.counts

    def counts(self: PostingList, only: object) -> object:
        if only is not None:
            looked_up.append(len(self.ids))
        return plain(self, only)  # type: ignore[arg-type]

    monkeypatch.setattr(PostingList, "counts", counts)
    monkeypatch.setattr(opened._collection, "impacts", KeptImpacts())  # as if nothing was asked before
    query = Or((word("word0"), word("word58", boost=3.0)), implicit=True)
    opened.search(query, limit=3, scoring=Bm25f())
    assert max(looked_up) > 200  # the common word, asked of the documents of the rare one only
