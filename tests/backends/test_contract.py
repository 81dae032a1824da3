"""What every back-end does, and does exactly as the plain scan does.

Run for each back-end of ``tests/conftest.py``; there is nothing to skip.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from itertools import pairwise, product
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_cases import DOC_IDS, RULES, Dice, Session, random_history, random_tree

from searchidx.analysis import SENTENCE, index_document
from searchidx.backends import Backend, IndexSearcher, impacts
from searchidx.backends.folding import folded, unfolded
from searchidx.backends.matching import NotAnalysedError
from searchidx.backends.view import Recency, View
from searchidx.backends.whoosh import searcher as whoosh_searcher
from searchidx.backends.whoosh import writer as whoosh_writer
from searchidx.names.table import keys_of
from searchidx.query.nodes import Alternative, AnyOf, EngineQuery, Exact, Fuzzy, MatchAll, Prefix, Term
from searchidx.ranking.recipe import RECIPE
from searchidx.types import CleanDocument, Facets, IndexDocument, Sort, TopDocs

FIELDS = ("title", "body", "raw", "source", "byline", "language", "published", "stems", "nothing")
KEYS = tuple(
    f"{language}:{key}"
    for language in ("en", "de", "uk")
    for key in ("talk", "ceasefir", "ceasefire", "swap")
)
MANY = 1_000
EVERYTHING = MatchAll()
SEGMENT_POSITIONS = (6_000_000, 20, 1)  # one segment a writer, some, one a document

# 2,100 comparisons. ``Dice`` of 1,400 bytes never run out in practice.
COLLECTIONS, TREES, BYTES = 60, 35, 1_400


class BadNewsError(Exception):
    """What goes wrong inside a writer's block."""


def article(doc_id: str, body: str, **metadata: str) -> IndexDocument:
    """Make a document ready for an engine."""
    document = CleanDocument(doc_id=doc_id, path=doc_id, raw=body, body=body, kind="body", **metadata)
    return index_document(document, RULES)


def put_all(backend: Backend, *documents: IndexDocument) -> None:
    """Build an index of some documents."""
    with backend.rebuild() as writer:
        for document in documents:
            writer.put(document)


def change(backend: Backend, session: Session) -> None:
    """Let one writer do its work, or fail after it."""
    with suppress(BadNewsError), backend.rebuild() if session.is_rebuild else backend.writer() as writer:
        for item in session.changes:
            if isinstance(item, str):
                writer.delete(item)
            else:
                writer.put(item)
        if session.fails:
            raise BadNewsError


def word(text: str) -> AnyOf:
    """Ask for one term."""
    return AnyOf((Alternative((text,)),))


def found(backend: Backend, query: EngineQuery = EVERYTHING) -> str:
    """Give the ids that a new searcher finds, side by side."""
    with closing(backend.searcher()) as searcher:
        return ids(searcher.search(query, limit=MANY, scoring=RECIPE))


def ids(top: TopDocs) -> str:
    """Give the ids of a page, side by side."""
    return " ".join(doc.doc_id for doc in top.docs)


# ---- what is the same ------------------------------------------------------------------------------


def assert_same_answers(
    judge: IndexSearcher, searcher: IndexSearcher, query: EngineQuery, all_words: EngineQuery | None
) -> int:
    """Compare all that two searchers say to a query; give the number of documents found."""
    wanted, found = (
        one.search(query, limit=MANY, all_words=all_words, scoring=RECIPE) for one in (judge, searcher)
    )
    assert found.total_is_exact
    assert (found.total, found.total_all_words) == (wanted.total, wanted.total_all_words)
    assert_same_documents(wanted, found)
    assert_ordered(found)
    newest = [one.search(query, limit=MANY, sort="date", scoring=RECIPE) for one in (judge, searcher)]
    assert [doc.doc_id for doc in newest[0].docs] == [doc.doc_id for doc in newest[1].docs]
    assert_same_views(judge, searcher, query, all_words)
    return found.total


def assert_same_views(
    judge: IndexSearcher, searcher: IndexSearcher, query: EngineQuery, all_words: EngineQuery | None
) -> None:
    """Compare what two searchers count, and how they raise what is new; check how near-copies are folded."""
    view = View(fold=True, facets=True, recency=Recency(as_of="2025-06-02"))
    wanted, found = (
        one.search(query, limit=MANY, all_words=all_words, scoring=RECIPE, view=view)
        for one in (judge, searcher)
    )
    assert found.facets == wanted.facets
    assert (found.total, found.total_folded) == (wanted.total, wanted.total_folded)
    assert found.total_folded == len(found.docs)
    assert sum(count for _, count in found.facets.days) == found.total if found.facets else False
    flat = [replace(top, docs=tuple(unfolded(top.docs)[0])) for top in (wanted, found)]
    assert_same_documents(*flat)
    # Folded is the whole answer without the later copies, in whichever order.
    clusters = {doc.doc_id: doc.cluster for doc in judge.fetch(DOC_IDS) if doc.cluster}
    sorts: tuple[Sort, ...] = ("relevance", "date")
    for one, sort in product((judge, searcher), sorts):
        plain, shown = (
            one.search(
                query, limit=MANY, sort=sort, all_words=all_words, scoring=RECIPE, view=View(fold=fold)
            )
            for fold in (False, True)
        )
        assert list(shown.docs) == folded(plain.docs, clusters)
        assert (plain.total_folded, plain.facets) == (None, None)


def assert_same_documents(wanted: TopDocs, found: TopDocs) -> None:
    expected = {doc.doc_id: doc for doc in wanted.docs}
    assert {doc.doc_id for doc in found.docs} == expected.keys()
    for doc in found.docs:
        assert doc.score == pytest.approx(expected[doc.doc_id].score, abs=1e-9)
        assert doc.matches_all == expected[doc.doc_id].matches_all
    # Scores that differ by a rounding may change places, others not.
    for better, worse in pairwise(found.docs):
        assert expected[better.doc_id].score >= expected[worse.doc_id].score - 1e-9


def assert_ordered(top: TopDocs) -> None:
    order = [(-doc.score, doc.doc_id) for doc in top.docs]
    assert order == sorted(order)


def assert_pages_add_up(
    searcher: IndexSearcher, query: EngineQuery, all_words: EngineQuery | None, size: int
) -> None:
    """Compare pages of any size with one big page, whichever way documents are sorted."""
    sorts: tuple[Sort, ...] = ("relevance", "date")
    for sort, view in product(sorts, (View(), View(fold=True), View(recency=Recency(as_of="2025-06-02")))):

        def page(limit: int, offset: int = 0, sort: Sort = sort, view: View = view) -> TopDocs:
            return searcher.search(
                query, limit=limit, offset=offset, sort=sort, all_words=all_words, scoring=RECIPE, view=view
            )

        whole = page(MANY)
        pages = [page(size, offset) for offset in range(0, whole.total + size, size)]
        assert tuple(doc for one in pages for doc in one.docs) == whole.docs
        assert {(one.total, one.total_all_words) for one in pages} == {(whole.total, whole.total_all_words)}


def assert_same_contents(judge: IndexSearcher, searcher: IndexSearcher) -> None:
    """Compare all that two searchers say of terms and documents."""
    ids = list(judge.doc_ids())
    assert list(searcher.doc_ids()) == ids
    assert searcher.doc_count() == judge.doc_count() == len(ids)
    assert list(searcher.fetch([*DOC_IDS, "unknown"])) == list(judge.fetch([*DOC_IDS, "unknown"]))
    assert list(searcher.fetch(ids[::-1])) == list(judge.fetch(ids[::-1]))
    assert list(searcher.headings(["unknown", *ids[::-1]])) == list(judge.headings(["unknown", *ids[::-1]]))
    for field in FIELDS:
        terms = list(judge.terms(field))
        assert list(searcher.terms(field)) == terms
        for prefix in ("t", "cease-", "к", "2025-0", "~"):
            assert list(searcher.terms(field, prefix=prefix)) == [
                s for s in terms if s.term.startswith(prefix)
            ]
        for stats in terms[:5]:
            assert searcher.doc_frequency(field, stats.term) == stats.doc_frequency
        asked = ["lacking", *(stats.term for stats in terms[:5]), SENTENCE]
        for doc_id in ("unknown", *ids):
            found = searcher.positions(doc_id, field, asked)
            assert {term: list(at) for term, at in found.items()} == {
                term: list(at) for term, at in judge.positions(doc_id, field, asked).items()
            }
        assert searcher.doc_frequency(field, "lacking") == judge.doc_frequency(field, "lacking") == 0
    assert list(searcher.forms(KEYS)) == list(judge.forms(KEYS))
    assert list(searcher.forms(())) == []


# ---- the table of names ----------------------------------------------------------------------------

NAMES = (
    "there Ihor Klymenko met Зеленського",
    "there Zelenskyy and Zelensky met",
    "we saw those zelenskyy there, and Klimenko",
    "the Silver Bay and Çelik’in Эрдоган",
    "met أيمن الظواهري there",
    "there Ihor Miller met a miller, a miller and a miller",
)


def assert_same_names(judge: IndexSearcher, searcher: IndexSearcher) -> None:
    """Compare all that two searchers say of names."""
    terms = sorted({stats.term for stats in judge.terms("body")})
    entries = judge.names.name_entries(terms)
    assert list(searcher.names.name_entries(terms)) == list(entries)
    keys = sorted({key for entry in entries for key in keys_of(entry)})
    for readings in ([], entries, *([entry] for entry in entries)):
        for limit in (1, 2, 1_000):  # the nearest are chosen where there are more
            found = list(judge.names.names_like(readings, limit))
            assert list(searcher.names.names_like(readings, limit)) == found
            assert len(found) <= limit
    for units in ([], [entry.units for entry in entries], *([entry.units] for entry in entries)):
        assert list(searcher.names.names_cased(units)) == list(judge.names.names_cased(units))
    for some in ([], keys, *([key] for key in keys)):
        for term in terms:
            assert list(searcher.names.names_beside([term], some)) == list(
                judge.names.names_beside([term], some)
            )
    for term in (*terms, "lacking", "silverbay"):
        assert searcher.names.name_counts(term) == judge.names.name_counts(term)
        assert list(searcher.names.names_split(term)) == list(judge.names.names_split(term))
        assert list(searcher.names.ordinary_beside([term])) == list(judge.names.ordinary_beside([term]))
    assert list(searcher.names.ordinary_beside(terms)) == list(judge.names.ordinary_beside(terms))


@pytest.mark.parametrize("segment_positions", SEGMENT_POSITIONS)
def test_every_back_end_knows_the_names_that_the_judge_knows_after_any_change(
    rivals: Callable[[], tuple[Backend, Backend]], monkeypatch: pytest.MonkeyPatch, segment_positions: int
) -> None:
    monkeypatch.setattr(whoosh_writer, "SEGMENT_POSITIONS", segment_positions)
    judge, judged = rivals()
    first = [article(str(n), text) for n, text in enumerate(NAMES)]
    sessions = (
        Session([*first], is_rebuild=True),
        Session(["2", article("0", "there Zelenskiy said", title="Big News")]),
        Session([article("5", NAMES[0]), "5", article("6", NAMES[2]), "1"]),
        Session(["0", "3", "4", "6"]),
    )
    for session in sessions:
        for backend in (judge, judged):
            change(backend, session)
        with closing(judge.searcher()) as right, closing(judged.searcher()) as searcher:
            assert_same_names(right, searcher)


def test_an_index_that_grew_knows_the_names_of_one_that_was_built_at_once(
    rivals: Callable[[], tuple[Backend, Backend]],
) -> None:
    _, grown = rivals()
    _, built = rivals()
    put_all(grown, article("x", "those Klymenko people"), article("0", NAMES[2]))
    for n, text in enumerate(NAMES):
        change(grown, Session([article(str(n), text)]))
    change(grown, Session(["x"]))
    put_all(built, *(article(str(n), text) for n, text in enumerate(NAMES)))
    with closing(grown.searcher()) as one, closing(built.searcher()) as other:
        assert one.names.name_entries(["zelenskyy", "klymenko", "klimenko"])
        assert_same_names(other, one)


# ---- the comparison --------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_back_end_finds_what_the_judge_finds(rivals: Callable[[], tuple[Backend, Backend]]) -> None:
    compared: Counter[str] = Counter()

    @settings(max_examples=COLLECTIONS)
    @given(data=st.binary(min_size=BYTES, max_size=BYTES))
    def compare(data: bytes) -> None:
        dice = Dice(data)
        judge, judged = rivals()
        with mock.patch.object(whoosh_writer, "SEGMENT_POSITIONS", dice.one_of(SEGMENT_POSITIONS)):
            for session in random_history(dice):
                change(judge, session)
                change(judged, session)
        page, strict = 1 + dice.up_to(3), random_tree(dice)
        with (
            mock.patch.object(impacts, "SHORT", dice.up_to(3) - 1),
            mock.patch.object(impacts, "MAX_KEPT", dice.one_of((2_000, 2_000, 20))),
            mock.patch.object(whoosh_searcher, "CACHED_LISTS", dice.one_of((2_000, 2_000, 2_000, 20, 2))),
            closing(judge.searcher()) as right,
            closing(judged.searcher()) as searcher,
        ):
            assert_same_contents(right, searcher)
            for number in range(TREES):
                query = random_tree(dice)
                hits = assert_same_answers(right, searcher, query, strict if number % 2 else None)
                if not number % 12:
                    assert_pages_add_up(searcher, query, strict, page)
                compared["with hits" if hits else "without hits"] += 1

    compare()
    print(f"{compared.total():,} comparisons, none differing: {dict(compared)}")
    assert compared.total() >= 2_000
    assert compared["with hits"] >= 900


@pytest.mark.slow
@settings(max_examples=12)
@given(data=st.binary(min_size=BYTES, max_size=BYTES))
def test_after_any_changes_the_answers_are_those_of_a_rebuild_to_the_last_digit(
    rivals: Callable[[], tuple[Backend, Backend]], data: bytes
) -> None:
    dice = Dice(data)
    _, changed = rivals()
    _, rebuilt = rivals()
    left: dict[str, IndexDocument] = {}
    with mock.patch.object(whoosh_writer, "SEGMENT_POSITIONS", dice.one_of(SEGMENT_POSITIONS)):
        for session in random_history(dice):
            change(changed, session)
            left = after(left, session)
    put_all(rebuilt, *left.values())
    with closing(changed.searcher()) as one, closing(rebuilt.searcher()) as other:
        assert_same_contents(other, one)
        for query in [random_tree(dice) for _ in range(TREES)]:
            tops = [searcher.search(query, limit=MANY, scoring=RECIPE) for searcher in (one, other)]
            assert tops[0] == tops[1]


def after(documents: dict[str, IndexDocument], session: Session) -> dict[str, IndexDocument]:
    """Give the documents that are left after a session."""
    if session.fails:
        return documents
    left = {} if session.is_rebuild else dict(documents)
    for item in session.changes:
        if isinstance(item, str):
            left.pop(item, None)
        else:
            left[item.doc_id] = item
    return left


# ---- what a writer does ----------------------------------------------------------------------------


@pytest.mark.parametrize("segment_positions", SEGMENT_POSITIONS)
@pytest.mark.parametrize("in_rebuild", [True, False])
@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ("", ""),
        ("+a +b", "a b"),
        ("+a +a", "a"),
        ("+a +a +a +b +b", "a b"),
        ("+a -a", ""),
        ("+a -a +a", "a"),
        ("+b +a -b", "a"),
        ("-a +a -unknown", "a"),
        ("+a +b -a -b", ""),
        ("+a -a +b -b +c", "c"),
    ],
)
def test_a_writer_replaces_and_deletes_what_it_has_put_itself(
    backend: Backend,
    monkeypatch: pytest.MonkeyPatch,
    changes: str,
    left: str,
    *,
    in_rebuild: bool,
    segment_positions: int,
) -> None:
    monkeypatch.setattr(whoosh_writer, "SEGMENT_POSITIONS", segment_positions)
    put_all(backend, *([] if in_rebuild else [article("a", "first"), article("b", "first")]))
    if not in_rebuild:
        left = " ".join(sorted({*left.split(), *({"a", "b"} - {step[1] for step in changes.split()})}))
    with backend.rebuild() if in_rebuild else backend.writer() as writer:
        for number, step in enumerate(changes.split()):
            if step[0] == "+":
                writer.put(article(step[1:], f"talks put{number}"))
            else:
                writer.delete(step[1:])
    assert found(backend) == left
    with closing(backend.searcher()) as searcher:
        assert " ".join(searcher.doc_ids()) == left
        assert searcher.doc_count() == len(left.split())
        for number, step in enumerate(changes.split()):
            is_last = step[0] == "+" and not any(
                other[1:] == step[1:] for other in changes.split()[number + 1 :]
            )
            assert searcher.doc_frequency("body", f"put{number}") == is_last


def test_a_rebuild_starts_from_nothing(backend: Backend) -> None:
    put_all(backend, article("a", "talks"))
    put_all(backend, article("b", "talks"))
    assert found(backend, word("talks")) == "b"


def test_a_snapshot_stays_as_it_was_while_writers_change_the_index(backend: Backend) -> None:
    put_all(backend, article("a", "talks"), article("b", "talks swap"))
    with closing(backend.searcher()) as before:
        first = before.search(word("talks"), limit=MANY, scoring=RECIPE)
        for session in (
            Session([article("a", "peace"), "b"]),
            Session([article("c", "talks")]),
            Session([], is_rebuild=True),
        ):
            change(backend, session)
            assert before.search(word("talks"), limit=MANY, scoring=RECIPE) == first
            assert before.search(word("peace"), limit=MANY, scoring=RECIPE).total == 0
            assert [document.body for document in before.fetch(["b", "a"])] == ["talks swap", "talks"]
            assert [stats.term for stats in before.terms("body", prefix="t")] == ["talks"]
    assert found(backend) == ""


def test_what_a_writer_puts_is_not_seen_before_its_block_ends(backend: Backend) -> None:
    put_all(backend, article("a", "talks"))
    with backend.writer() as writer:
        writer.put(article("b", "talks"))
        writer.delete("a")
        assert found(backend, word("talks")) == "a"
    assert found(backend, word("talks")) == "b"


# ---- what a writer does not do -----------------------------------------------------------------------

BROKEN = replace(article("broken", "talks"), stored=None)  # type: ignore[arg-type]  # on purpose


@pytest.mark.parametrize("segment_positions", SEGMENT_POSITIONS)
@pytest.mark.parametrize("is_rebuild", [True, False])
@pytest.mark.parametrize("broken", [None, BROKEN], ids=["in the block", "in put"])
def test_a_writer_that_failed_changes_nothing_and_the_next_one_works(
    backend: Backend,
    monkeypatch: pytest.MonkeyPatch,
    broken: IndexDocument | None,
    *,
    is_rebuild: bool,
    segment_positions: int,
) -> None:
    monkeypatch.setattr(whoosh_writer, "SEGMENT_POSITIONS", segment_positions)
    put_all(backend, article("a", "talks"), article("b", "talks"))

    def fail() -> None:
        with backend.rebuild() if is_rebuild else backend.writer() as writer:
            writer.put(article("a", "phantom"))
            writer.put(article("c", "phantom"))
            writer.delete("b")
            if broken is None:
                raise BadNewsError
            writer.put(broken)

    for _ in range(2):
        with pytest.raises((BadNewsError, AttributeError)):
            fail()
        assert found(backend, word("talks")) == "a b"
    change(backend, Session([article("d", "talks")]))
    assert (found(backend), found(backend, word("phantom"))) == ("a b d", "")
    with closing(backend.searcher()) as searcher:
        assert [stats.term for stats in searcher.terms("body")] == ["talks"]
        assert searcher.forms(["en:phantom"]) == []


# ---- what a searcher does ----------------------------------------------------------------------------


def test_an_empty_index_answers(backend: Backend) -> None:
    put_all(backend)
    with closing(backend.searcher()) as searcher:
        for query in (MatchAll(), word("talks")):
            assert searcher.search(query, limit=10, scoring=RECIPE) == TopDocs(
                total=0, docs=(), total_all_words=0
            )
        assert (list(searcher.doc_ids()), list(searcher.terms("body")), searcher.doc_count()) == ([], [], 0)
        assert (list(searcher.fetch(["a"])), list(searcher.forms(["en:talk"]))) == ([], [])


@pytest.mark.parametrize("sort", ["relevance", "date"])
@pytest.mark.parametrize(
    ("limit", "offset", "page"),
    [(2, 0, "a b"), (2, 2, "c"), (2, 3, ""), (2, 99, ""), (0, 0, ""), (-1, 0, ""), (0, 1, "")],
)
def test_a_page_beyond_the_end_is_empty_and_still_counts(
    backend: Backend, sort: Sort, limit: int, offset: int, page: str
) -> None:
    put_all(backend, *(article(doc_id, "talks") for doc_id in "cab"))
    with closing(backend.searcher()) as searcher:
        top = searcher.search(word("talks"), limit=limit, offset=offset, sort=sort, scoring=RECIPE)
    assert (ids(top), top.total, top.total_all_words) == (page, 3, 3)


def test_sorted_by_date_the_newest_come_first_and_undated_ones_last(backend: Backend) -> None:
    days = {"a": "", "b": "2024-12-31", "c": "2025-06-02T09:00:00+03:00", "d": "2025-06-02", "e": ""}
    put_all(backend, *(article(doc_id, "talks", published=day) for doc_id, day in days.items()))
    with closing(backend.searcher()) as searcher:
        assert ids(searcher.search(word("talks"), limit=9, sort="date", scoring=RECIPE)) == "c d b a e"


def test_near_copies_stand_under_the_first_of_them_in_either_order(backend: Backend) -> None:
    days = {"a": "2025-06-03", "b": "2025-06-01", "c": "2025-06-04", "d": "2025-06-02"}
    put_all(
        backend,
        *(
            article(doc_id, "talks " * (4 - n), published=day, cluster="" if doc_id == "b" else "a")
            for n, (doc_id, day) in enumerate(days.items())
        ),
    )
    with closing(backend.searcher()) as searcher:

        def shown(sort: Sort, limit: int = 9, offset: int = 0) -> list[str]:
            top = searcher.search(
                word("talks"), limit=limit, offset=offset, sort=sort, scoring=RECIPE, view=View(fold=True)
            )
            assert (top.total, top.total_folded) == (4, 2)
            return [" ".join([doc.doc_id, *(copy.doc_id for copy in doc.copies)]) for doc in top.docs]

        assert (shown("relevance"), shown("date")) == (["a c d", "b"], ["c a d", "b"])
        assert (shown("relevance", 1), shown("relevance", 1, 1), shown("date", 1, 2)) == (
            ["a c d"],
            ["b"],
            [],
        )


def test_all_documents_found_are_counted_whatever_the_page(backend: Backend) -> None:
    put_all(
        backend,
        article("a", "talks", source="Oxbow", language="en-GB", published="2025-06-02T09:00:00+03:00"),
        article("b", "talks", source="Oxbow", language="EN-gb", published="2025-06-02"),
        article("c", "talks", source="Amberquay", published="2024-12-31"),
        article("d", "talks", published="soon"),
        article("e", "peace", source="Oxbow", published="2025-06-02"),
    )
    change(backend, Session([article("f", "talks", language="uk"), "a"]))
    with closing(backend.searcher()) as searcher:
        top = searcher.search(word("talks"), limit=0, scoring=RECIPE, view=View(facets=True))
    assert top.facets == Facets(
        sources=(("", 2), ("Amberquay", 1), ("Oxbow", 1)),
        languages=(("", 2), ("en-gb", 1), ("uk", 1)),
        days=(("", 2), ("2024-12-31", 1), ("2025-06-02", 1)),
    )
    assert top.facets.undated == 2
    assert (top.facets.by(7), top.facets.by(4)) == (
        (("2024-12", 1), ("2025-06", 1)),
        (("2024", 1), ("2025", 1)),
    )


def test_documents_of_about_a_day_are_raised_a_little(backend: Backend) -> None:
    days = {"a": "2025-05-03", "b": "2025-06-02", "c": "", "d": "2025-08-01"}
    put_all(backend, *(article(doc_id, "talks", published=day) for doc_id, day in days.items()))
    with closing(backend.searcher()) as searcher:
        plain = searcher.search(word("talks"), limit=1, scoring=RECIPE).docs[0].score
        view = View(recency=Recency(as_of="2025-06-02"))
        top = searcher.search(word("talks"), limit=9, scoring=RECIPE, view=view)
    assert [(doc.doc_id, round(doc.score / plain, 6)) for doc in top.docs] == [
        ("b", 1.5),
        ("a", 1.25),
        ("d", 1.125),
        ("c", 1.0),
    ]


def test_documents_come_in_the_order_asked_for(backend: Backend) -> None:
    put_all(backend, article("a", "one"), article("b", "two"))
    with closing(backend.searcher()) as searcher:
        fetched = searcher.fetch(["b", "unknown", "a", "b"])
    assert [document.body for document in fetched] == ["two", "one", "two"]


def test_forms_are_of_documents_that_are_left_and_of_their_languages(backend: Backend) -> None:
    put_all(
        backend,
        article("a", "talks", language="en"),
        article("b", "talked", language="de"),
        article("c", "talking", language="en"),
    )
    change(backend, Session(["a"]))
    with closing(backend.searcher()) as searcher:
        assert searcher.forms(["en:talk", "de:talked", "uk:talk"]) == [("de", "talked"), ("en", "talking")]
        assert [stats.term for stats in searcher.terms("stems")] == ["de", "en"]


def test_a_language_may_have_any_name(backend: Backend) -> None:
    put_all(backend, article("a", "talks", language="x:y"))
    with closing(backend.searcher()) as searcher:
        assert searcher.forms(["x:y:talks"]) == [("x:y", "talks")]


@pytest.mark.parametrize("node", [Term("talks"), Exact("talks"), Prefix("ta"), Fuzzy("talks")])
def test_a_word_that_was_not_expanded_is_refused_not_missed(backend: Backend, node: EngineQuery) -> None:
    put_all(backend, article("a", "talks"))
    with closing(backend.searcher()) as searcher, pytest.raises(NotAnalysedError):
        searcher.search(node, limit=10, scoring=RECIPE)


def test_a_searcher_may_be_closed_twice(backend: Backend) -> None:
    put_all(backend, article("a", "talks"))
    searcher = backend.searcher()
    searcher.close()
    searcher.close()
