"""Title, authors, date and language of flattened text: what is lifted, and what is rather left out."""

import pytest

from searchidx.clean import clean, clean_document
from searchidx.clean.bylines import parse_byline
from searchidx.clean.dates import read_date, read_machine_date, read_url_date
from searchidx.clean.language import detect_language
from searchidx.clean.titles import choose_title, trim_title
from searchidx.types import Document

PARAGRAPH = "Delegations from both towns met for two hours on Monday to talk about the bridge between them."


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2024-03-05", "2024-03-05"),
        ("Posted: 2024-03-05 10:11:12", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("5.3.2024", "2024-03-05"),
        ("25/12/2023", "2023-12-25"),
        ("12/25/2023", "2023-12-25"),
        ("5/5/2024", "2024-05-05"),
        ("03/05/2024", None),  # May in one country, March in another
        ("March 5th, 2024", "2024-03-05"),
        ("Tue 5 Mar 2024 10.15 GMT", "2024-03-05"),
        ("5. März 2024", "2024-03-05"),
        ("le 1er août 2023", "2023-08-01"),
        ("5 de marzo de 2024", "2024-03-05"),
        ("5 березня 2024 року", "2024-03-05"),
        ("5 марта 2024 г.", "2024-03-05"),
        ("5 Ağustos 2023", "2023-08-05"),
        ("5 agosto 2023", "2023-08-05"),
        ("5 sierpnia 2023", "2023-08-05"),
        ("5 de fevereiro de 2024", "2024-02-05"),
        ("5. března 2024", "2024-03-05"),
        ("den 5 augusti 2023", "2023-08-05"),
        ("2 hours ago", None),
        ("vor 2 Stunden", None),
        ("yesterday, 5 March", None),
        ("March 2024", None),
        ("March 5", None),
        ("31 February 2024", None),
        ("5 March 2999", None),  # has not come yet
        ("1970-01-01", None),  # the zero of a clock
        ("0001-01-01", None),
        ("call 12.03.20245", None),
        ("", None),
    ],
)
def test_a_date_is_read_without_doubt_or_not_at_all(words: str, day: str | None) -> None:
    assert read_date(words) == day


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2024-03-05T10:11:12+02:00", "2024-03-05T10:11:12+02:00"),
        ("2024-03-05T10:11:12.345Z", "2024-03-05T10:11:12+00:00"),
        ("2024-03-05T10:11:12", "2024-03-05"),
        (" 2024-03-05 ", "2024-03-05"),
        ("March 5, 2024", "2024-03-05"),
        ("2999-01-01T00:00:00Z", None),
        ("soon", None),
    ],
)
def test_a_time_is_kept_where_its_zone_is_known(value: str, moment: str | None) -> None:
    assert read_machine_date(value) == moment


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/news/2024/03/05/bridge", "2024-03-05"),
        ("https://example.org/2024-3-5-bridge", "2024-03-05"),
        ("https://example.org/2024/03/bridge", None),
        ("https://example.org/2024/13/45/bridge", None),
        ("https://example.org/a/20240305", None),
    ],
)
def test_only_a_whole_date_is_read_from_an_address(url: str, day: str | None) -> None:
    assert read_url_date(url) == day


def document(*lines: str, **given: object) -> Document:
    return Document(doc_id="d", path="d", kind="text", content="\n".join(lines), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lines", "published", "known_from"),
    [
        (["The bridge is closed", PARAGRAPH, "Posted: 2024-03-05 10:11:12"], "2024-03-05", "stamp"),
        (["The bridge is closed", "Published 5 March 2024", PARAGRAPH], "2024-03-05", "stamp"),
        (["Міст закрито", PARAGRAPH, "Опубліковано: 05.03.2024, 10:15"], "2024-03-05", "stamp"),
        (["The bridge is closed", "By Ann Example", "March 5, 2024", PARAGRAPH], "2024-03-05", "dateline"),
        (["The bridge is closed", "March 5, 2024", "By Ann Example", PARAGRAPH], "2024-03-05", "dateline"),
        (["8.7 C", "Example", "Friday, March 8, 2024", "The bridge is closed", PARAGRAPH], None, None),
        (["Friday, March 8, 2024", "The bridge is closed", PARAGRAPH], None, None),
        (["The bridge is closed", PARAGRAPH, "Last updated: 5 March 2024"], None, None),
        (["The bridge is closed", "Posted: 2999-03-05", PARAGRAPH], None, None),
        (["The bridge is closed on 5 March 2024", PARAGRAPH], None, None),
    ],
)
def test_a_clock_is_no_date_of_publication(
    lines: list[str], published: str | None, known_from: str | None
) -> None:
    found = clean_document(document(*lines))
    assert (found.published, found.published_from) == (published, known_from)


def test_what_was_given_stands() -> None:
    found = clean_document(
        document(
            "The bridge", "By Ann Example", "Posted: 2024-03-05", PARAGRAPH,
            title="Bridges", byline=("Tom Roe",), published="2020-01-01", language="uk", source="Example", url="https://example.org/a",
        )
    )  # fmt: skip
    assert (found.title, found.byline, found.published, found.published_from) == (
        "Bridges",
        ("Tom Roe",),
        "2020-01-01",
        "given",
    )
    assert (found.language, found.source, found.url) == ("uk", "Example", "https://example.org/a")


def test_a_text_has_the_host_of_its_address_for_source() -> None:
    assert clean_document(document("a", url="https://www.example.org/2024/03/05/a")).source == "example.org"
    assert clean("a").source == ""
    assert clean_document(document("a", url="http://[")).source == ""


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            ["Share", "", "The bridge between the towns is closed", PARAGRAPH],
            "The bridge between the towns is closed",
        ),
        (["Bridge closed again", PARAGRAPH + " The bridge was closed in May."], "Bridge closed again"),
        (
            ["The Springfield Example", "The bridge between the towns is closed", PARAGRAPH],
            "The bridge between the towns is closed",
        ),
        (["Silence", PARAGRAPH], "Silence"),
        (
            ["The bridge is closed for good – live | Springfield", PARAGRAPH],
            "The bridge is closed for good – live",
        ),
        ([PARAGRAPH * 4], ""),
        ([""], ""),
    ],
)
def test_the_title_is_the_first_line_like_a_headline(lines: list[str], title: str) -> None:
    assert clean_document(document(*lines)).title == title


@pytest.mark.parametrize(
    ("title", "source", "trimmed"),
    [
        ("The bridge is closed | Springfield | The Example", "", "The bridge is closed"),
        ("The bridge is closed - The Example", "example.org", "The bridge is closed"),
        ("The bridge is closed – minister", "example.org", "The bridge is closed – minister"),
        ("Bridge | The Example", "", "Bridge | The Example"),  # what would be left is too short to be sure
        (
            "Before | all the many words behind the bar here",
            "",
            "Before | all the many words behind the bar here",
        ),
        ("  The\n bridge ", "", "The bridge"),
        ("Bridges - The Example", "The Example", "Bridges"),  # the whole name may follow a single word
        ("Bridges | example.org", "", "Bridges"),
        ("Analysis | Who pays for the bridge?", "", "Who pays for the bridge?"),
        ("Bridge | The towns and their river", "", "Bridge | The towns and their river"),
    ],
)
def test_a_title_loses_the_tail_that_names_section_or_site(title: str, source: str, trimmed: str) -> None:
    assert trim_title(title, source) == trimmed


@pytest.mark.parametrize(
    ("headings", "names", "title"),
    [
        (
            ["The Example", "The bridge is closed"],
            ["The bridge is closed | The Example"],
            "The bridge is closed",
        ),
        (["The Example"], ["The bridge is closed at last - The Example"], "The bridge is closed at last"),
        (["The bridge"], [], "The bridge"),
        ([], [], ""),
        # Editors write other names for search engines: the headline is what readers see.
        (
            ["Why the bridge between two towns is closed"],
            ["Bridge closed: all you need to know"],
            "Why the bridge between two towns is closed",
        ),
        # A kicker above the headline is a part of the heading, but not of the headline.
        (
            ["Opinion | The bridge is closed at last"],
            ["The bridge is closed at last"],
            "The bridge is closed at last",
        ),
        (
            ["Region The bridge is closed at last"],
            ["The bridge is closed at last"],
            "The bridge is closed at last",
        ),
        # Neither the name of the site nor its address nor a deck is a headline.
        (["example.org"], ["The bridge is closed - The Example"], "The bridge is closed"),
        (
            [PARAGRAPH + " " + PARAGRAPH],
            ["Bridge between two towns closed"],
            "Bridge between two towns closed",
        ),
        (["Menu"], ["The bridge is closed at last"], "The bridge is closed at last"),
    ],
)
def test_a_heading_that_the_page_repeats_is_its_title(
    headings: list[str], names: list[str], title: str
) -> None:
    assert choose_title(headings, names, "The Example") == title


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Example", ("Ann Example",)),
        ("BY ANN EXAMPLE", ("ANN EXAMPLE",)),
        (
            "By Ann Example, Tom Roe and Lesia van der Example",
            ("Ann Example", "Tom Roe", "Lesia van der Example"),
        ),
        ("By Ann Example and Tom Roe Associated Press", ("Ann Example", "Tom Roe")),
        ("By Ann Example, Staff Writer", ("Ann Example",)),
        ("By Ann Example | Example Desk", ("Ann Example",)),
        ("By Reuters", ("Reuters",)),
        ("By Land and Sea", ()),
        ("By The Numbers", ()),
        ("By Monday", ()),
        ("By Monday Ann Example had left.", ()),
        ("By the time Ann Example left", ()),
        ("By Ann Example 5 minutes ago", ()),
        ("Ann Example", ()),
        ("By " + "Ann " * 40, ()),
    ],
)
def test_a_byline_names_its_authors(line: str, names: tuple[str, ...]) -> None:
    assert parse_byline(line) == names


def test_a_heading_that_shares_nothing_with_the_names_counts_if_it_stands_above_the_article() -> None:
    headings, names = ["A long wait for two towns", "More of this"], ["Bridge closed since May"]
    assert choose_title(headings, names, "Example", lead=headings[0]) == headings[0]
    assert choose_title(headings, names, "Example") == names[0]


def test_a_byline_is_lifted_out_of_the_body() -> None:
    found = clean_document(document("The bridge is closed", "By Ann Example and Tom Roe", PARAGRAPH))
    assert found.byline == ("Ann Example", "Tom Roe")
    assert "By Ann" not in found.body


def test_a_headline_that_looks_like_a_byline_is_kept() -> None:
    found = clean_document(document("By Royal Appointment", PARAGRAPH))
    assert found.title == "By Royal Appointment"
    assert found.byline == ()


def test_an_author_card_gives_the_author() -> None:
    card = ["Ann Example", "Ann Example", "", "Ann Example is a reporter based in Exampletown"]
    assert clean_document(document("The bridge is closed", *card, PARAGRAPH)).byline == ("Ann Example",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The towns have been waiting for the bridge, and they will have to wait until it is paid for.",
        ),
        (
            "de",
            "Die Brücke ist seit Montag gesperrt, und es wird noch Wochen dauern, bis sie wieder auf ist.",
        ),
        ("fr", "Le pont est fermé depuis lundi et il ne sera pas ouvert avant la fin du mois."),
        ("es", "El puente está cerrado desde el lunes y no se abrirá hasta que los dos pueblos lo paguen."),
        ("it", "Il ponte è chiuso da lunedì e non sarà aperto prima della fine del mese."),
        ("pt", "A ponte está fechada desde segunda e não será aberta até que os dois paguem por ela."),
        ("nl", "De brug is sinds maandag dicht en het zal nog weken duren voor hij weer open is."),
        ("pl", "Most jest zamknięty od poniedziałku i nie będzie otwarty, dopóki oba za niego nie zapłacą."),
        ("uk", "Міст закрито з понеділка, і він не буде відкритий, доки обидва міста за нього не заплатять."),
        ("ru", "Мост закрыт с понедельника, и он не будет открыт, пока оба города за него не заплатят."),
        ("tr", "Köprü pazartesiden beri kapalı ve iki kasaba bunun için bir bedel ödenene kadar değil."),
        ("cs", "Most je uzavřen od pondělí a nebude otevřen, dokud se obě města nedohodnou, jak to zaplatí."),
        ("ja", "橋は月曜日から閉鎖されており、両方の町が費用を支払うまで開通しません。"),
        ("zh", "这座桥从星期一起关闭，两个城镇付清费用之前不会重新开放，镇长说。"),
        ("el", "Η γέφυρα είναι κλειστή από τη Δευτέρα και δεν θα ανοίξει."),
        (None, "Example 41 A-50 Springfield"),
        (None, ""),
    ],
)
def test_the_language_is_told_by_little_words_and_script(language: str | None, text: str) -> None:
    assert detect_language(text) == language


def test_a_row_of_choices_is_no_title() -> None:
    title = "Bridge in the north is closed until spring"
    text = f"EN | DE | PL | RU\n\n{title}\n\nThe bridge was closed on Monday.\n"
    assert clean(text).title == title
