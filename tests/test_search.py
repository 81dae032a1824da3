"""From what is typed to what is shown, over a few articles of our own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchidx import Index, Results
from searchidx.errors import NoIndexError, UsageError
from searchidx.query.loose import MAX_PREFIX_TERMS

ARTICLES = (
    {
        "id": "istanbul",
        "title": "Talks end in Istanbul",
        "source": "Amberquay Review",
        "published": "2025-06-02",
        "byline": ["Ada Fox"],
        "language": "en",
        "body": "Zelenskyy's delegation met the Russian one at Çırağan Palace.\n\n"
        "They agreed on a prisoner exchange. A cease-fire stays remote.",
    },
    {
        "id": "bases",
        "title": "Drones strike bomber bases",
        "source": "Hangar Windsock",
        "published": "2025-06-01T21:00:00+03:00",
        "language": "en",
        "body": "Operation Spider's Web hit Tu-95 and A-50 aircraft.\n\n"
        "Zelensky spoke of it in Kyiv. Kyiv kept silent before.",
    },
    {
        "id": "swap",
        "title": "Who comes home",
        "source": "Amberquay Review",
        "published": "2025-06-04",
        "language": "en",
        "body": "The captive swap begins on Saturday. Prisoners write letters; nobody talked of Kiev.",
    },
    {
        "id": "обмін",
        "title": "Обмін полоненими",
        "source": "Vechirnia Kosa",
        "published": "2024-12-31",
        "language": "uk",
        "body": "Зеленський заявив про операцію «Павутина». Київ чекає.",
    },
    {"id": "undated", "title": "Arts", "body": "The arts of peace, and the art of war. Colour and color."},
    {
        "id": "chrome",
        "title": "Markets",
        "source": "Oxbow",
        "published": "2025-05-30",
        "text": "Shares rose on Friday in quiet trading.\nShare on Facebook\nThe index gained a point.\n",
    },
)  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    home = tmp_path_factory.mktemp("search")
    write(home / "corpus", *ARTICLES)
    with Index.build(home / "corpus", home / "index") as built:
        yield built


def write(corpus: Path, *articles: dict[str, object]) -> None:
    corpus.mkdir()
    lines = (json.dumps(article, ensure_ascii=False) for article in articles)
    (corpus / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")


def ids(results: Results) -> str:
    """Give the ids of the hits, sorted, side by side."""
    return " ".join(sorted(hit.doc_id for hit in results.hits))


def complete(results: Results) -> str:
    """Give the ids of the hits that hold all words, in the same way."""
    return " ".join(sorted(hit.doc_id for hit in results.hits if hit.matches_all))


def highlighted(results: Results) -> set[str]:
    """Give every text that is highlighted in a snippet."""
    return {
        snippet.text[start:end]
        for hit in results.hits
        for snippet in hit.snippets
        for start, end in snippet.highlights
    }


# ---- words and names -------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["Zelenskiy", "Zelenskyy", "Zelensky", "Зеленський", "ZELENSKYY’S"])
def test_a_name_is_found_and_highlighted_in_every_spelling(index: Index, asked: str) -> None:
    results = index.search(asked)
    assert set(complete(results).split()) == {"istanbul", "bases", "обмін"}
    assert highlighted(results) == {"Zelenskyy's", "Zelensky", "Зеленський"}
    others = {added.term for expansion in results.expansions for added in expansion.added}
    assert others | {asked.lower().removesuffix("’s")} >= {"zelenskyy", "zelensky", "зеленський"}


@pytest.mark.parametrize(
    ("asked", "found", "marks"),
    [
        ("Kiev", "swap bases обмін", {"Kiev", "Kyiv", "Київ"}),
        ("Kyiv", "bases swap обмін", {"Kiev", "Kyiv", "Київ"}),
        ("Pavutyna", "bases обмін", {"Spider's Web", "Павутина"}),
        ("Spiderweb", "bases обмін", {"Spider's Web", "Павутина"}),
        ("ciragan", "istanbul", {"Çırağan"}),
        ("A50", "bases", {"A-50"}),
        ("tu 95", "bases", {"Tu", "95"}),
        ("ceasefire", "istanbul", {"cease-fire"}),
        ("cease-fires", "istanbul", {"cease-fire"}),
        ("prisoners", "swap istanbul", {"Prisoners", "prisoner", "captive"}),
        ("talk", "swap istanbul", {"talked"}),
        ("colour", "undated", {"Colour", "color"}),
    ],
)
def test_a_word_is_found_and_highlighted_in_its_other_spellings_and_forms(
    index: Index, asked: str, found: str, marks: set[str]
) -> None:
    results = index.search(asked)
    assert set(ids(results).split()) == set(found.split())
    assert highlighted(results) == marks


@pytest.mark.parametrize(
    ("query", "options", "found"),
    [
        ("Kiev", {"variants": False}, "swap"),
        ("=Kiev", {}, "swap"),
        ("Kiev", {"exact": True}, "swap"),
        ("=talk", {}, ""),
        ("talk", {"exact": True}, ""),
        ("talk", {"variants": False}, "istanbul swap"),
        ("=arts", {}, "undated"),
        ("=ciragan", {}, "istanbul"),
    ],
)
def test_variants_and_forms_can_be_switched_off(
    index: Index, query: str, options: dict[str, bool], found: str
) -> None:
    assert ids(index.search(query, **options)) == found


# ---- which documents hold all words ------------------------------------------------------------------------


def test_documents_with_all_words_are_counted_and_marked(index: Index) -> None:
    results = index.search("prisoner exchange Istanbul")
    assert ids(results) == "istanbul swap"
    assert (complete(results), results.total, results.total_all_words) == ("istanbul", 2, 1)


def test_a_synonym_helps_to_rank_and_is_no_match_for_all_words(index: Index) -> None:
    results = index.search("prisoner exchange")
    assert (ids(results), complete(results)) == ("istanbul swap", "istanbul")
    assert "swap" in highlighted(results)
    assert ids(index.search("prisoner exchange", all_words=True)) == "istanbul"
    assert ids(index.search("+exchange prisoner")) == "istanbul"
    assert ids(index.search("prisoner AND exchange")) == "istanbul"
    assert [
        added.kind for expansion in results.expansions for added in expansion.added if added.term == "swap"
    ] == ["synonym"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("the", "undated istanbul swap chrome"),
        ("the exchange", "istanbul swap"),
        ('"prisoner exchange"', "istanbul"),
        ('"exchange prisoner"', ""),
        ('"in Kyiv kept"', ""),
        ('"in Kiev Kyiv"', "bases"),
        ("“cease fire”", "istanbul"),
        ("talks -Istanbul", "swap"),
        ("Kiev NOT title:home", "bases обмін"),
        ("(Kiev OR Istanbul) AND agreed", "istanbul"),
        ("agreed NEAR/4 exchange", "istanbul"),
        ("agreed NEAR/3 exchange", ""),
        ("prisoner /s remote", ""),
        ("prisoner /p remote", "istanbul"),
        ("delegation /p remote", ""),
        ("title:talks", "istanbul"),
        ("source:amberquay letters", "swap"),
        ("source:amberquay Kiev", "swap"),
        ("byline:fox", "istanbul"),
        ("language:uk", "обмін"),
        ("zelensk*", "bases istanbul"),
        ("Istanbull~", "istanbul"),
    ],
)
def test_operators(index: Index, query: str, found: str) -> None:
    assert ids(index.search(query)) == " ".join(sorted(found.split()))


# ---- dates and filters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"query": "Kiev since:2025"}, "bases swap"),
        ({"query": "Kiev", "since": "2025-06-02"}, "swap"),
        ({"query": "Kiev", "since": "2025-06-01", "until": "2025-06-01"}, "bases"),
        ({"query": "Kiev", "until": "2024"}, "обмін"),
        ({"query": "Kiev date:2025-06"}, "bases swap"),
        ({"query": "Kiev", "source": "vechirnia kosa"}, "обмін"),
        ({"query": "Kiev", "source": "Vechirnia"}, "обмін"),
        ({"query": "Kiev", "source": "Oxbow"}, ""),
    ],
)
def test_filters_and_dates(index: Index, options: dict[str, str], found: str) -> None:
    results = index.search(**options)  # type: ignore[arg-type]
    assert ids(results) == found


def test_sorted_by_date_the_newest_come_first_and_undated_ones_last(index: Index) -> None:
    results = index.search("the OR Kiev", sort="date")
    assert [hit.doc_id for hit in results.hits] == ["swap", "istanbul", "bases", "chrome", "обмін", "undated"]


def test_a_date_that_can_not_be_read_is_wrong_usage(index: Index) -> None:
    with pytest.raises(UsageError, match="the date 'yesterdayish' can't be read"):
        index.search("Kiev", since="yesterdayish")


# ---- what was cut ------------------------------------------------------------------------------------------


def test_what_was_cut_is_found_and_shown_only_if_asked_for(index: Index) -> None:
    assert ids(index.search("facebook")) == ""
    results = index.search("facebook in:raw")
    assert ids(results) == "chrome"
    [snippet] = results.hits[0].snippets
    assert (snippet.raw, snippet.text) == (True, "Share on Facebook")
    document = index.document("chrome")
    assert document is not None
    assert document.raw[snippet.start :].startswith(snippet.text)
    assert ids(index.search("shares in:raw")) == "chrome"
    assert not index.search("gained in:raw").hits[0].snippets[0].raw


# ---- pages, suggestions, warnings --------------------------------------------------------------------------


def test_a_text_of_unknown_words_is_not_taken_for_slips(index: Index) -> None:
    word = next(
        stats.term for stats in index.searcher.terms("body") if len(stats.term) > 5 and stats.term.isalpha()
    )
    slips = [f"{word[:at]}q{word[at:]}" for at in (2, 3, 4, 5)]
    assert index.search(" ".join(slips[:3])).suggestion == " ".join([word] * 3)
    assert index.search(" ".join(slips)).suggestion is None


def test_long_queries_have_pages_that_add_up(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    subjects = ("harbour cranes and dockers", "senate votes and bills", "drought, wells and rain")
    for at in range(60):
        words = ["strike", "union", "talks", "wages", "ministers"][: 1 + at % 5]
        text = f"The {' '.join(words)} of {subjects[at % 3]} number {at}."
        (corpus / f"{at:02}.txt").write_text(text, encoding="utf-8")
    with Index.build(corpus, tmp_path / "index") as index:
        query = "strike union talks wages ministers harbour"
        whole = index.search(query, limit=100).hits
        assert [hit.score for hit in whole] == sorted((hit.score for hit in whole), reverse=True)
        pages = [index.search(query, limit=7, offset=offset).hits for offset in range(0, 63, 7)]
        assert [hit.doc_id for page in pages for hit in page] == [hit.doc_id for hit in whole]
        assert len(whole) == 60


def test_a_pasted_text_is_cut_to_its_rarest_words_and_says_so(tmp_path: Path) -> None:
    common = [f"common{number}" for number in range(40)]
    articles = [{"id": f"d{number}", "body": " ".join(common)} for number in range(3)]
    write(tmp_path / "corpus", *articles, {"id": "wanted", "body": "zeppelin"})
    with Index.build(tmp_path / "corpus", tmp_path / "index") as opened:
        found = opened.search(" ".join([*common, "zeppelin"]))
        assert ids(found) == "d0 d1 d2 wanted"
        assert any("32 rarest words" in warning for warning in found.warnings)
        assert not any("rarest" in warning for warning in opened.search(" ".join(common[:32])).warnings)


def test_ranks_go_on_from_page_to_page(index: Index) -> None:
    whole = index.search("the", limit=10)
    pages = [index.search("the", limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [(hit.rank, hit.doc_id) for page in pages for hit in page.hits] == [
        (rank, hit.doc_id) for rank, hit in enumerate(whole.hits, 1)
    ]
    assert {page.total for page in pages} == {4}
    assert (index.search("the", limit=0).hits, index.search("the", limit=-5, offset=-5).total) == ((), 4)


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("delegaton", "delegation"),
        ("Istambul talks", "istanbul talks"),
        ("Istanbul", None),
        ("delegaton OR talks", None),
        ("xyzzyq", None),
    ],
)
def test_a_word_that_no_document_holds_gets_a_suggestion(
    index: Index, query: str, suggestion: str | None
) -> None:
    assert index.search(query).suggestion == suggestion


def test_snippets_can_be_left_out(index: Index) -> None:
    assert {hit.snippets for hit in index.search("the", snippets=0).hits} == {()}
    assert all(len(hit.snippets) <= 1 for hit in index.search("the", snippets=1).hits)


def test_an_empty_query_is_wrong_usage(index: Index) -> None:
    for query in ("", "  ", "\n"):
        with pytest.raises(UsageError, match="the query is empty"):
            index.search(query)


def test_a_query_of_signs_only_is_answered_with_a_warning(index: Index) -> None:
    results = index.search("?!")
    assert (results.hits, bool(results.warnings)) == ((), True)


def test_a_prefix_of_too_many_words_is_answered_from_the_most_frequent_with_a_warning(tmp_path: Path) -> None:
    rare = " ".join(f"ab{number:04}" for number in range(MAX_PREFIX_TERMS + 1))
    write(
        tmp_path / "corpus",
        {"id": "rare", "body": rare},
        {"id": "often", "body": "abandon"},
        {"id": "again", "body": "abandon"},
        {"id": "other", "body": "nothing"},
    )
    with Index.build(tmp_path / "corpus", tmp_path / "index") as index:
        results = index.search("ab*")
        assert set(ids(results).split()) == {"rare", "often", "again"}
        assert results.warnings == ("ab* matched 1,026 words; the 1,024 most frequent are used",)
        assert ids(index.search("ab00*")) == "rare"
        assert index.search("ab00*").warnings == ()


# ---- opening -----------------------------------------------------------------------------------------------


def test_where_there_is_no_index_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="searchidx reindex"):
        Index.open(tmp_path / "lacking")


def test_a_user_may_add_names_without_a_reindex(tmp_path: Path) -> None:
    write(tmp_path / "corpus", *ARTICLES)
    Index.build(tmp_path / "corpus", tmp_path / "index").close()
    (tmp_path / "corpus" / "aliases.txt").write_text(
        "Istanbul, Constantinople\n!Kiev, Kyiv\n", encoding="utf-8"
    )
    with Index.open(tmp_path / "index") as index:
        assert complete(index.search("Constantinople")) == "istanbul"
        assert ids(index.search("Kiev")) == "swap обмін"


HEAVY = ("nltk", "bs4", "lxml", "flask", "numpy", "trafilatura", "ftfy", "urllib.request", "whoosh.writing")


@pytest.mark.slow
def test_a_query_loads_no_heavy_package(tmp_path: Path) -> None:
    write(tmp_path / "corpus", *ARTICLES)
    Index.build(tmp_path / "corpus", tmp_path / "index").close()
    ask = f"""
import sys
from searchidx import Index
assert Index.open({str(tmp_path / "index")!r}).search("Zelenskiy prisoner exchange").hits[0].snippets
heavy = {set(HEAVY)!r}
print(sorted(heavy & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
