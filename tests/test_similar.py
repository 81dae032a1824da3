"""Articles about the same come first; the article itself and its copies do not come at all."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchidx import Index
from searchidx.errors import UsageError
from searchidx.similar import MAX_WORDS, telling_words

DAM = (
    "Engineers opened the gates of the Kakhovka reservoir on Monday. The reservoir had risen for weeks, and "
    "the dam below Nova Kakhovka was said to leak. Villages along the Dnipro were told to move cattle."
)
ARTICLES: list[dict[str, object]] = [
    {"id": "dam", "title": "Gates of the reservoir opened", "language": "en", "body": DAM},
    {"id": "copy", "title": "Reservoir: gates open", "language": "en", "body": DAM + " More later."},
    {
        "id": "flood",
        "title": "Cattle moved as Dnipro villages wait",
        "body": "Below the dam of the reservoir, villages along the Dnipro moved their cattle uphill.",
    },
    {
        "id": "grain",
        "title": "Grain prices fall",
        "body": "Traders in Chicago sold wheat and maize. On Monday prices fell for the third week in a row.",
    },
    {
        "id": "wheat",
        "title": "Wheat cheaper again",
        "body": "Wheat and maize fell in Chicago, as traders sold on news of a good harvest.",
    },
    {"id": "alone", "title": "Zyx", "body": "Qwv."},
    {"id": "empty", "title": "", "body": ""},
]
WIRE = (
    "Traders in Chicago sold maize and wheat all day. A good harvest was expected in most plains, where "
    "rain had come just in time; elevators by the river were said to be full, and barges waited for orders."
)
COPIES = [{"id": f"wire{n}", "title": "Maize and wheat", "body": f"{WIRE} {n}"} for n in range(30)]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    home = tmp_path_factory.mktemp("similar")
    (home / "corpus").mkdir()
    lines = (json.dumps(article) for article in [*ARTICLES, *COPIES])
    (home / "corpus" / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with Index.build(home / "corpus", home / "index") as built:
        yield built


def ids(index: Index, doc_id: str, limit: int = 10) -> list[str]:
    return [hit.doc_id for hit in index.similar(doc_id, limit=limit).hits]


def test_articles_about_the_same_come_first(index: Index) -> None:
    assert ids(index, "dam")[0] == "flood"
    assert ids(index, "grain")[0] in ("wheat", "wire0", *(f"wire{n}" for n in range(30)))
    assert "wheat" in ids(index, "grain")[:2]


def test_an_article_and_its_near_copies_are_left_out(index: Index) -> None:
    document = index.document("dam")
    assert document
    assert document.cluster == "copy"
    assert not {"dam", "copy"} & {*ids(index, "dam", 100)}
    assert not {"dam", "copy"} & {*ids(index, "copy", 100)}


def test_of_near_copies_among_the_others_one_is_shown_and_the_list_is_full_all_the_same(index: Index) -> None:
    for limit in (1, 2):
        found = ids(index, "wheat", limit)
        assert len(found) == limit
        assert sum(name.startswith("wire") for name in found) <= 1
    assert not any(name.startswith("wire") for name in ids(index, "wire3", 100))


def test_the_answer_has_the_shape_of_a_query_s_answer(index: Index) -> None:
    results = index.similar("dam")
    assert results.query == "dam"
    assert [hit.rank for hit in results.hits] == list(range(1, len(results.hits) + 1))
    assert "reservoir" in results.interpreted
    assert results.hits[0].snippets[0].highlights
    assert [hit.score for hit in results.hits] == sorted((hit.score for hit in results.hits), reverse=True)


def test_the_words_of_the_title_and_rare_ones_tell_most(index: Index) -> None:
    document = index.document("dam")
    assert document
    words = telling_words(document, index.searcher, index.searcher.doc_count())
    assert len(words) <= MAX_WORDS
    assert {"Gates", "reservoir"} & {word.text for word in words[:4]}
    assert not {"the", "of", "and", "on"} & {word.text for word in words}


@pytest.mark.parametrize("doc_id", ["alone", "empty"])
def test_what_no_other_article_resembles_says_so(index: Index, doc_id: str) -> None:
    results = index.similar(doc_id)
    assert (results.hits, len(results.warnings)) == ((), 1)


@pytest.mark.parametrize("doc_id", ["nobody", "", "\x00", "\ud800", "a" * 9_000])
def test_an_unknown_id_is_wrong_usage_and_says_where_ids_are_found(index: Index, doc_id: str) -> None:
    with pytest.raises(UsageError, match="searchidx query shows the ids") as caught:
        index.similar(doc_id)
    assert caught.value.exit_code == 2


def test_a_limit_of_none_or_of_all(index: Index) -> None:
    assert index.similar("dam", limit=0).hits == ()
    assert index.similar("dam", limit=-3).hits == ()
    assert len(ids(index, "dam", 10**9)) <= len(ARTICLES)


def test_names_are_found_in_other_spellings(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    bodies = {
        "one": "Zelenskyy spoke in Kyiv of bridges.",
        "two": "What Zelenskiy wants nobody knows in Kiev.",
        "other": "Nothing of that kind was said in Paris about bridges.",
    }
    bodies |= {f"more{n}": f"Number {n} said that Zelenskyy spoke. Kyiv bridges." for n in range(3)}
    lines = (json.dumps({"id": name, "title": "", "body": body}) for name, body in bodies.items())
    (tmp_path / "corpus" / "a.jsonl").write_text("\n".join(lines))
    with Index.build(tmp_path / "corpus", tmp_path / "index") as built:
        found = [hit.doc_id for hit in built.similar("one").hits]
    assert found.index("two") < found.index("other")
