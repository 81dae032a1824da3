"""Near-copies under the best of them: nothing is lost, nothing comes twice, whatever the page."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchidx import Hit, Index, Results
from searchidx.answers import results_dict
from searchidx.types import Sort

STORIES = {
    "quay": "The harbour cranes stood still while dockers and owners met about wages on the quay at noon.",
    "vote": "A senate vote on the budget was put off until ministers knew what the union talks had brought.",
    "rain": "Rain filled the wells of three valleys and the strike of the water carriers ended by itself.",
    "bees": "Talks between bee keepers and ministers about wages for pollination broke off without a strike.",
}
COPIES = {"quay": 5, "vote": 1, "rain": 3, "bees": 2}
WORDS = ("strike", "union", "talks", "wages", "ministers", "harbour", "rain", "dockers", "vote", "desk")
SHORT = ("wages", "talks", "desk", "strike wages", "ministers OR rain")
LONG = "strike union talks wages ministers harbour desk"


def article(name: str, at: int) -> dict[str, object]:
    """Make a story, or a copy of it with another end."""
    body = f"{STORIES[name]} " * 4 + f"Reported by desk {WORDS[at]}."
    day = f"2025-{1 + (at * 5) % 12:02}-{1 + len(name) + at:02}"
    return {
        "id": f"{name}{at}",
        "title": f"On {name}",
        "source": f"Paper {at}",
        "published": day,
        "body": body,
    }


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    home = tmp_path_factory.mktemp("folded")
    (home / "corpus").mkdir()
    rows = [article(name, at) for name, count in COPIES.items() for at in range(count)]
    rows += [
        {"id": f"lone{n:02}", "body": f"{word} {word} of {n}: {n * 7919}."}
        for n, word in enumerate(WORDS * 6)
    ]
    (home / "corpus" / "all.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with closing(Index.build(home / "corpus", home / "index")) as built:
        yield built


def ids(results: Results) -> list[str]:
    return [hit.doc_id for hit in results.hits]


def with_copies(hit: Hit) -> list[str]:
    return [hit.doc_id, *(copy.doc_id for copy in hit.similar)]


def test_the_copies_of_a_story_are_one_hit_that_names_them(index: Index) -> None:
    results = index.search("harbour cranes", fold=True)
    [hit] = [hit for hit in results.hits if hit.doc_id.startswith("quay")]
    assert sorted(with_copies(hit)) == [f"quay{n}" for n in range(5)]
    copy = next(copy for copy in hit.similar if copy.doc_id == "quay3")
    assert (copy.title, copy.source, copy.published) == ("On quay", "Paper 3", "2025-04-08")
    assert results.total_folded is not None
    assert results.total - results.total_folded == 4


def test_a_copy_that_is_no_hit_is_not_named(index: Index) -> None:
    found = {hit.doc_id: hit.similar for hit in index.search('"desk talks"', fold=True).hits}
    assert found == {"quay2": (), "rain2": ()}
    assert all(hit.similar == () for hit in index.search("harbour cranes").hits)


def test_nothing_is_folded_unless_it_is_asked_for(index: Index) -> None:
    results = index.search("harbour cranes")
    assert (results.total_folded, "total_folded" in results_dict(results)) == (None, False)
    assert sum(doc_id.startswith("quay") for doc_id in ids(results)) == 5


@settings(max_examples=40)
@given(
    words=st.one_of(
        st.sampled_from((*SHORT, LONG)), st.lists(st.sampled_from(WORDS), min_size=1).map(" ".join)
    ),
    size=st.integers(1, 7),
    sort=st.sampled_from(("relevance", "date")),
    recent=st.booleans(),
)
def test_folded_pages_add_up_to_the_whole_answer_without_later_copies(
    index: Index, words: str, size: int, sort: Sort, recent: bool
) -> None:
    def search(limit: int, offset: int = 0, *, fold: bool = True) -> Results:
        return index.search(
            words, limit=limit, offset=offset, fold=fold, sort=sort, recent=recent, snippets=0
        )

    plain, whole = search(1_000, fold=False), search(1_000)
    pages = [search(size, offset) for offset in range(0, len(whole.hits) + size, size)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert [hit.rank for hit in whole.hits] == list(range(1, len(whole.hits) + 1))
    assert {(page.total, page.total_folded) for page in pages} == {(len(plain.hits), len(whole.hits))}
    told = [doc_id for hit in whole.hits for doc_id in with_copies(hit)]
    assert sorted(told) == sorted(ids(plain))  # none lost, none twice
    order = {doc_id: at for at, doc_id in enumerate(ids(plain))}
    for hit in whole.hits:  # the best copy first, the others in their order
        places = [order[doc_id] for doc_id in with_copies(hit)]
        assert places == sorted(places)
    firsts = [order[hit.doc_id] for hit in whole.hits]
    assert firsts == sorted(firsts)


def test_what_is_counted_does_not_depend_on_folding_or_the_page(index: Index) -> None:
    for fold in (False, True):
        facets = index.search("wages OR desk", limit=1, fold=fold, facets=True).facets
        assert facets is not None
        assert facets == index.search("wages OR desk", limit=50, facets=True).facets
        assert dict(facets.sources)["Paper 0"] == 4
        assert facets.undated == sum(
            not name.startswith("Paper") for name, n in facets.sources for _ in range(n)
        )
    assert index.search("wages").facets is None


def test_facets_as_json_name_what_is_unknown_null(index: Index) -> None:
    facets = results_dict(index.search("wages OR desk", facets=True))["facets"]
    assert isinstance(facets, dict)
    assert set(facets) == {"sources", "languages", "years", "months", "undated"}
    assert facets["years"] == [{"value": "2025", "count": 11}]
    assert {"value": None, "count": facets["undated"]} in facets["sources"]


# ---- new articles raised ---------------------------------------------------------------------------------


def test_new_articles_are_raised_as_of_the_newest_day_or_a_given_one(tmp_path: Path) -> None:
    rows = [
        {"id": "old", "body": "Grain left the harbour in sacks.", "published": "2023-05-01"},
        {
            "id": "new",
            "body": "Grain left the harbour, sixty thousand sacks of it.",
            "published": "2025-05-01",
        },
        {"id": "never", "body": "Grain, and what else could leave a harbour in a thousand sacks or so?"},
    ]
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "all.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with Index.build(tmp_path / "corpus", tmp_path / "index") as index:
        plain = index.search("grain sacks")
        assert ids(plain) == ["old", "new", "never"]
        assert ids(index.search("grain sacks", recent=True)) == ["new", "old", "never"]
        assert ids(index.search("grain sacks", as_of="2023-05")) == ["old", "new", "never"]
        raised = {hit.doc_id: hit.score for hit in index.search("grain sacks", as_of="2025-05-31").hits}
        scores = {hit.doc_id: hit.score for hit in plain.hits}
        assert raised["never"] == scores["never"]
        assert raised["new"] > scores["new"]
        assert raised["old"] == pytest.approx(scores["old"])


# ---- where nothing matches -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "options", "interpreted", "note", "keeps_filters"),
    [
        (
            "zeppelin cranes",
            {"all_words": True},
            "zeppelin cranes",
            "no article has all of these words; 5 have",
            True,
        ),
        ('"cranes harbour"', {}, "cranes harbour", "no article has the words in that way; 11 have", True),
        ("+vote +cranes", {}, "vote cranes", "no article has all of these words; 12 have", True),
        ("cranes", {"source": "Nowhere"}, "cranes", "no article matches with these filters; 5 do", False),
        ("cranes source:nowhere", {}, "cranes", "no article matches with these filters; 5 do", False),
        (
            "+cranes +zeppelin",
            {"until": "2001"},
            "cranes zeppelin",
            "no article matches, with or without",
            False,
        ),
        ("+cranes +zeppelin -quay", {}, "", "", None),
        ("zeppelin", {}, "", "", None),
        ("cranes", {}, "", "", None),
    ],
)
def test_where_nothing_matches_a_wider_query_is_answered_and_said(
    index: Index,
    query: str,
    options: dict[str, object],
    interpreted: str,
    note: str,
    keeps_filters: bool | None,
) -> None:
    results = index.search(query, **options)  # type: ignore[arg-type]
    if not note:
        assert results.relaxed is None
        return
    assert (results.hits, results.total) == ((), 0)
    assert results.relaxed is not None
    assert results.relaxed.interpreted == interpreted
    assert results.relaxed.note.startswith(note)
    assert results.relaxed.keeps_filters is keeps_filters
    again = index.search(interpreted)
    assert (again.total, ids(again)) == (results.relaxed.total, [hit.doc_id for hit in results.relaxed.hits])


def test_a_filter_that_leaves_some_is_kept(index: Index) -> None:
    results = index.search("+cranes +zeppelin", source="Paper 3")
    assert results.relaxed is not None
    assert [hit.doc_id for hit in results.relaxed.hits] == ["quay3"]
    answer = results_dict(results)
    assert answer["hits"] == []
    assert isinstance(answer["relaxed"], dict)
    assert answer["relaxed"]["total"] == 1
    assert results_dict(index.search("cranes"))["relaxed"] is None


def test_a_query_that_took_long_is_not_followed_by_wider_ones(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchidx.search.MAX_RELAXING_S", -1.0)
    assert index.search("+cranes +zeppelin").relaxed is None


def test_only_one_language_can_be_asked_for(index: Index) -> None:
    assert index.search("wages", language="xx").total == 0
