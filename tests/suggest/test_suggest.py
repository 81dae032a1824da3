"""From what is typed to what may be meant: titles, names and phrases of an index."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx import Index
from searchidx.indexing import reindex
from searchidx.store.completions import holds, keys_of, words_of
from searchidx.suggest import building
from searchidx.types import Suggestion

EXCHANGE = (
    "On {day} the envoys spoke of a prisoner exchange in Çırağan Palace, said Volodymyr Zelenskyy of NATO."
)
DAYS = ("Monday", "Tuesday", "Friday", "Sunday")
ARTICLES: list[dict[str, object]] = [
    *(
        {
            "id": f"t{n}",
            "title": f"Talks on {day}",
            "published": f"2025-06-0{n + 1}",
            "body": EXCHANGE.format(day=day),
        }
        for n, day in enumerate(DAYS)
    ),
    *(
        {
            "id": f"w{n}",
            "title": "Weekly briefing",
            "published": f"2025-05-0{n + 1}",
            "body": f"Briefing number {n}.",
        }
        for n in range(3)
    ),
    {
        "id": "ru",
        "title": "Обмен пленными в Стамбуле",
        "language": "ru",
        "body": "Переговоры шли в Стамбуле весь день.",
    },
    {"id": "no title", "title": "", "body": "Nothing more."},
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    home = tmp_path_factory.mktemp("suggest")
    write(home / "corpus", ARTICLES)
    with Index.build(home / "corpus", home / "index") as built:
        yield built


def write(corpus: Path, articles: list[dict[str, object]]) -> None:
    corpus.mkdir(exist_ok=True)
    lines = (json.dumps(article, ensure_ascii=False) for article in articles)
    (corpus / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")


def texts(index: Index, typed: str, kind: str = "", **options: int) -> list[str]:
    return [one.text for one in index.suggest(typed, **options) if kind in ("", one.kind)]


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("pris", Suggestion("prisoner exchange", "phrase", 4)),
        ("EXCH", Suggestion("prisoner exchange", "phrase", 4)),
        ("prisoner e", Suggestion("prisoner exchange", "phrase", 4)),
        ("zel", Suggestion("Zelenskyy", "name", 4)),
        ("Volodymyr Z", Suggestion("Volodymyr Zelenskyy", "name", 4)),
        ("ciragan", Suggestion("Çırağan Palace", "name", 4)),
        ("Çıra", Suggestion("Çırağan", "name", 4)),
        ("nat", Suggestion("NATO", "name", 4)),
        ("brief", Suggestion("Weekly briefing", "title", 3)),
        ("стам", Suggestion("Обмен пленными в Стамбуле", "title", 1)),
        ("стам", Suggestion("Стамбуле", "name", 1)),
        ("talks on fri", Suggestion("Talks on Friday", "title", 1)),
    ],
)
def test_what_begins_so_is_suggested_with_its_kind_and_count(
    index: Index, typed: str, suggestion: Suggestion
) -> None:
    assert suggestion in index.suggest(typed)


def test_what_is_longer_than_a_key_is_compared_with_the_text(index: Index) -> None:
    title = "Обмен пленными в Стамбуле"
    for typed in (title, title[:-1], title.upper(), "пленными в стамбу"):
        assert title in texts(index, typed), typed
    for typed in (f"{title} и", "Обмен пленными в Стамбулу", "обмен пленными в стамбуле стамбуле"):
        assert title not in texts(index, typed), typed


def test_the_newest_titles_come_first_and_none_twice(index: Index) -> None:
    assert texts(index, "talks", "title") == [f"Talks on {day}" for day in reversed(DAYS)]
    assert texts(index, "weekly", "title") == ["Weekly briefing"]


def test_names_and_phrases_leave_room_for_titles(index: Index) -> None:
    for limit in range(8):
        found = index.suggest("", limit=limit)
        assert len(found) == limit
        assert [one.kind for one in found].count("title") == (limit // 3 or int(limit > 1))


def test_what_begins_with_the_words_comes_before_what_holds_them_inside(index: Index) -> None:
    assert texts(index, "pa") == ["Palace", "Çırağan Palace"]


def test_other_words_are_not_suggested(index: Index) -> None:
    for typed in (
        "xyzzy",
        "exchange prisoner",
        "risoner",
        "!!!",
        "prisoner xyzzy",
        "\x00",
        "\ud800",
        "of of of",
    ):
        assert not index.suggest(typed), typed
    assert not index.suggest("talks", limit=0)
    assert not index.suggest("talks", limit=-5)


@given(st.text() | st.text("prisonexchang ZÇı-’'\"%_*\\\x00", max_size=12), st.integers(-1, 20))
def test_nothing_typed_raises(index: Index, typed: str, limit: int) -> None:
    found = index.suggest(typed, limit=limit)
    assert len(found) <= max(limit, 0)
    for one in found:
        assert one.count > 0
        assert holds(one.text, words_of(typed.encode("utf-8", "replace").decode()))


@given(st.text(max_size=60))
def test_a_key_is_the_beginning_of_the_words_from_one_on(text: str) -> None:
    words = words_of(text)
    for inner, key in keys_of(text):
        assert any(" ".join(words[at:]).startswith(key) for at in range(len(words)))
        assert inner or " ".join(words).startswith(key)


def test_phrases_are_made_anew_only_where_a_text_of_the_sample_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import searchidx.suggest.phrases as made

    looked_at: list[int] = []

    def find(given: Iterator[tuple[str, str | None]], **_: object) -> object:
        listed = list(given)
        looked_at.append(len(listed))
        return real(listed)

    real = made.find_phrases
    monkeypatch.setattr(made, "find_phrases", find)
    monkeypatch.setattr(building, "SAMPLE", 5)
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    write(corpus, ARTICLES)
    reindex([corpus], index)
    lots = sorted((str(article["id"]) for article in ARTICLES), key=building._lot)
    for name, again in ((lots[-1], 0), (lots[0], 1)):
        looked_at.clear()
        articles = [
            article | {"body": "Changed."} if article["id"] == name else article for article in ARTICLES
        ]
        write(corpus, articles)
        reindex([corpus], index)
        assert looked_at == [5] * again
        with Index.open(index) as changed:
            reindex([corpus], tmp_path / f"fresh{again}")
            with Index.open(tmp_path / f"fresh{again}") as fresh:
                for typed in ("", "pri", "t", "br", "z"):
                    assert changed.suggest(typed, limit=30) == fresh.suggest(typed, limit=30)
        write(corpus, ARTICLES)
        reindex([corpus], index)


def test_no_suggestion_imports_what_only_building_needs(index: Index) -> None:
    code = f"""
import sys
from searchidx import Index
with Index.open({str(index.generation.folder.parent)!r}) as index:
    assert index.suggest("pris") and index.similar("t1").hits
print(*{{"nltk", "bs4", "flask", "numpy", "trafilatura"}} & sys.modules.keys())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
