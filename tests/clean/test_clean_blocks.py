"""Readers' comments, lists of other articles and bylines: what goes as a block, and what must stay."""

import pytest

from searchidx.clean import clean
from searchidx.clean.bylines import parse_byline
from searchidx.clean.cuts import find_cuts

PARAGRAPH = "Delegations from both towns met for two hours on Monday to talk about the bridge between them."
LAST = "The bridge was built a hundred years ago by the grandparents of those who want to close it now."
REPLIES = ["river_fan", "3 hours ago", "Close it!", "Reply", "old bridge", "2 hours ago", "Never.", "Reply"]
STAMPS = ["river_fan", "5 March 2024", "Close it", "old bridge", "6 March 2024", "Never"]
LONG_COMMENT = (
    "I have crossed this bridge every day for thirty years and nobody ever asked me what I think of it."
)


@pytest.fixture(autouse=True)
def _without_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the lines to the blocks: the model would take many of them too."""
    monkeypatch.setattr("searchidx.clean.cuts.judge", lambda *_: None)


def kept(*lines: str) -> list[str]:
    return [line for line in clean("\n".join(lines)).body.split("\n") if line.strip()]


@pytest.mark.parametrize(
    "head",
    [
        "12 Comments", "12 Kommentare", "12 commentaires", "12 comentarios", "12 commenti", "12 comentários",
        "12 komentarzy", "12 комментариев", "12 коментарів", "12 yorum", "3 responses to “The bridge”",
    ],
)  # fmt: skip
def test_comments_go_from_their_heading_to_the_last_entry(head: str) -> None:
    text = "\n".join([PARAGRAPH, LAST, head, *REPLIES, "Weather in the valley"])
    removed, _ = find_cuts(text)
    assert {span.rule for span in removed} == {"comments"}
    assert kept(text) == [PARAGRAPH, LAST, "Weather in the valley"]


def test_comments_without_buttons_are_known_by_a_name_above_a_time() -> None:
    assert kept(PARAGRAPH, LAST, "2 Comments", *STAMPS) == [PARAGRAPH, LAST]


def test_a_comment_as_long_as_a_paragraph_goes_too() -> None:
    entries = [line if line != "Never." else LONG_COMMENT for line in REPLIES]
    assert kept(PARAGRAPH, LAST, "2 Comments", *entries) == [PARAGRAPH, LAST]


@pytest.mark.parametrize(
    "lines",
    [
        [PARAGRAPH, "2 Comments", "river_fan", "3 hours ago", "Close it!"],  # one entry
        ["2 Comments", *REPLIES[:6], "Never.", PARAGRAPH, LAST],  # before the body
        [
            PARAGRAPH,
            "2 Comments",
            *REPLIES,
            LAST,
            PARAGRAPH + " Again.",
            LAST + " Again.",
        ],  # most text is below
    ],
)
def test_in_doubt_the_words_of_readers_stay(lines: list[str]) -> None:
    removed, _ = find_cuts("\n".join(lines))
    assert "comments" not in {span.rule for span in removed}
    assert any(line in kept(*lines) for line in ("Close it!", "Never."))


def test_entries_of_a_live_blog_are_no_comments() -> None:
    entries = [
        part
        for n in range(3)
        for part in (f"{PARAGRAPH} {n}.", "2 hours ago", "The talks go on in the town hall")
    ]
    assert [line for line in kept(PARAGRAPH, "Comments", *entries) if line.startswith("The talks")]


LIST = ["Town opens a new school for all", "Why do rivers flow north?", "Mayor wins the third election"]


@pytest.mark.parametrize(
    "head", ["Related Stories", "Most read", "Mehr zum Thema", "Найпопулярніше", "Lire aussi", "Lo más leído"]
)
def test_titles_under_a_heading_behind_the_text_go_with_it(head: str) -> None:
    assert kept("The bridge", PARAGRAPH, head, *LIST) == ["The bridge", PARAGRAPH]


def test_a_list_of_titles_ends_at_the_next_sentence() -> None:
    assert kept(PARAGRAPH, "Related Stories", *LIST, "It rained.", LIST[0]) == [
        PARAGRAPH,
        "It rained.",
        LIST[0],
    ]


def test_a_heading_among_paragraphs_takes_no_title_with_it() -> None:
    assert kept(PARAGRAPH, "Related Stories", *LIST, LAST) == [PARAGRAPH, *LIST, LAST]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Martha Gellhorn CNN", ("Martha Gellhorn",)),
        ("By Joan Didion The New York Times", ("Joan Didion",)),
        ("BY MARTHA GELLHORN", ("MARTHA GELLHORN",)),
        ("By Reuters", ("Reuters",)),
        ("Von Joseph Roth und Egon Erwin Kisch", ("Joseph Roth", "Egon Erwin Kisch")),
        ("Par Albert Londres", ("Albert Londres",)),
        ("Autor: Ryszard Kapuściński", ("Ryszard Kapuściński",)),
        ("Автор: Василий Гроссман", ("Василий Гроссман",)),
        ("Автор: Леся Українка та Іван Франко", ("Леся Українка", "Іван Франко")),
        ("Yazan: Yaşar Kemal", ("Yaşar Kemal",)),
        ("Von Haus aus vorsichtig", ()),
        ("Par Jour", ()),
        ("Por la mañana", ()),
        ("Di sera, a Roma", ()),
    ],
)
def test_a_byline_gives_its_names_in_any_language(line: str, names: tuple[str, ...]) -> None:
    assert parse_byline(line) == names


def test_a_byline_that_could_begin_a_sentence_stays_inside_the_text() -> None:
    assert kept("Brücke gesperrt", "Von Joseph Roth", PARAGRAPH) == ["Brücke gesperrt", PARAGRAPH]
    assert kept(PARAGRAPH, "Von Joseph Roth", LAST) == [PARAGRAPH, "Von Joseph Roth", LAST]
