"""Pages: the article and what the page says of itself; broken and hostile ones end in text or a note."""

import logging
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchidx.clean import clean, clean_document
from searchidx.clean.flatten import flatten
from searchidx.clean.hostile import MAX_CHARS, MAX_DEPTH, MAX_TAGS, why_hostile
from searchidx.clean.html import LITTLE_FOUND, NO_TEXT
from searchidx.types import CleanDocument, Document

SENTENCES = [
    "Delegations from both towns met for two hours on Monday to talk about the bridge between them.",
    "The bridge has been closed since May, when an engineer found that two of its pillars had moved.",
    "Neither of the towns wants to pay for the repair, and the province says that it has no money left.",
    "A second meeting is planned for the end of the month, according to people who took part in the talks.",
]
ARTICLE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def page(head: str = "", body: str = f"<h1>The bridge stays closed</h1>{ARTICLE}", lang: str = "") -> str:
    nav = "<nav><a href='/'>Home</a></nav>"
    return f"<!DOCTYPE html><html{lang}><head>{head}</head><body>{nav}<article>{body}</article></body></html>"


def read(content: str, **given: object) -> CleanDocument:
    return clean_document(Document(doc_id="d", path="d", content=content, kind="html", **given))  # type: ignore[arg-type]


def test_the_article_is_found_and_its_paragraphs_are_apart() -> None:
    found = read(page())
    assert found.body.endswith("\n\n".join(SENTENCES))
    assert "Home" not in found.body
    assert (found.removed, found.notes, found.kind) == ((), (), "html")
    assert found.raw == page()


def test_items_of_a_list_are_lines_of_one_block() -> None:
    listed = "<ul><li>one of the towns</li><li>the other town</li></ul>"
    body = read(page(body=f"{ARTICLE}{listed}{ARTICLE.replace('Monday', 'Friday')}")).body
    assert "\n\n- one of the towns\n- the other town\n\n" in body


def test_lines_that_are_plainly_chrome_leave_the_article() -> None:
    assert (
        "Read more"
        not in read(page(body=f"{ARTICLE}<p>Read more: Town opens a new school</p>{ARTICLE}")).body
    )


def test_a_page_without_an_article_gives_its_text() -> None:
    found = read("<html><body><nav>Home</nav><p>Closed.</p></body></html>")
    assert "Closed." in found.body


def test_a_nav_that_is_never_closed_does_not_swallow_the_article() -> None:
    body = read(f"<html><body><button><nav><div><a href='/'>Home</a></div>{ARTICLE}</body></html>").body
    assert SENTENCES[0] in body


@pytest.mark.parametrize(
    "content", ["", " ", "\0", "<!--", "<html></html>", "<html><body><script>a</script></body></html>"]
)
def test_a_page_without_text_says_so(content: str) -> None:
    found = read(content)
    assert found.body == ""
    assert NO_TEXT in found.notes


JSON_LD = '<script type="application/ld+json">{}</script>'
DATES = {
    "json-ld": JSON_LD.format('{"@type": "NewsArticle", "datePublished": "2024-03-01T10:00:00Z"}'),
    "meta": '<meta property="article:published_time" content="2024-03-02T10:00:00+02:00">',
}


@pytest.mark.parametrize(
    ("head", "body", "url", "published", "known_from"),
    [
        (DATES["json-ld"] + DATES["meta"], "", "", "2024-03-01T10:00:00+00:00", "json-ld"),
        (DATES["meta"], "", "", "2024-03-02T10:00:00+02:00", "meta"),
        (DATES["meta"], "", "https://example.org/2024/03/02/a", "2024-03-02T10:00:00+02:00", "meta"),
        (DATES["json-ld"], "", "https://example.org/2024/02/29/a", "2024-02-29", "url"),
        ("", "<p>March 3, 2024</p>", "", "2024-03-03", "stamp"),
        ("", "<time datetime='2024-03-04T10:00Z'>yesterday</time>", "", "2024-03-04T10:00:00+00:00", "time"),
        ("", "<p>Updated March 3, 2024</p>", "", None, None),
        ("", "<span>Last updated:</span> <p>March 3, 2024</p>", "", None, None),
        ("", "<p>By Ann Example<br>Published on 3 March 2024</p>", "", "2024-03-03", "stamp"),
        ("", f"{ARTICLE * 6}<div>Published on March 3, 2024</div>", "", "2024-03-03", "stamp"),
        ("", "<time itemprop='datePublished' datetime='2024-03-03'>3/3</time>", "", "2024-03-03", "time"),
        ("", "<time itemprop='dateModified' datetime='2024-03-03'>3/3</time>", "", None, None),
        ("", "<p>Updated <time datetime='2024-03-03'>3/3</time></p>", "", None, None),
        # Two dates beside the headline, of which nothing says what they are.
        ("", "<time datetime='2024-03-03'>3/3</time><p>March 9, 2024</p>", "", None, None),
        # One moment, told in the time of Greenwich and in that of the place.
        (
            '<meta property="article:published_time" content="2024-03-02T23:00:00Z">',
            "<time datetime='2024-03-03T01:00:00+02:00'>3 March</time>",
            "",
            "2024-03-03T01:00:00+02:00",
            "time",
        ),
        (
            '<meta property="article:published_time" content="2024-03-02T23:00:00Z">',
            "<p>Published 3 March 2024</p>",
            "",
            "2024-03-03",
            "stamp",
        ),
        (
            '<meta property="article:published_time" content="2024-03-02">',
            "<p>3 March 2024</p>",
            "",
            "2024-03-02",
            "meta",
        ),
        # What machines are told is when the page was last stored; readers see when it came out.
        (
            DATES["meta"] + '<meta property="article:modified_time" content="2024-03-02T10:00:00+02:00">',
            "<p>11 January 2021</p>",
            "",
            "2021-01-11",
            "stamp",
        ),
        (
            DATES["meta"] + '<meta property="article:modified_time" content="2024-04-02T10:00:00+02:00">',
            "<p>11 January 2021</p>",
            "",
            "2024-03-02T10:00:00+02:00",
            "meta",
        ),
        ("", "<p>Ann Example, Managing Editor</p><p>March 3, 2024</p>", "", "2024-03-03", "stamp"),
        ("", f"{ARTICLE * 6}<p>Published</p><p>March 3, 2024</p>", "", "2024-03-03", "stamp"),
        ("", f"{ARTICLE * 6}<p>March 3, 2024</p>", "", None, None),
        ('<meta property="article:modified_time" content="2024-03-02">', "", "", None, None),
        (JSON_LD.format('{"@type": "Article", "datePublished": "2999-03-01"}'), "", "", None, None),
        (
            JSON_LD.format('{"itemListElement": [{"@type": "Article", "datePublished": "2024-03-01"}]}'),
            "",
            "",
            None,
            None,
        ),
        (JSON_LD.format("[" * 100_000) + DATES["meta"], "", "", "2024-03-02T10:00:00+02:00", "meta"),
    ],
)
def test_the_date_says_how_it_is_known(
    head: str, body: str, url: str, published: str | None, known_from: str | None
) -> None:
    found = read(page(head, f"<h1>The bridge stays closed</h1>{body}{ARTICLE}"), url=url)
    assert (found.published, found.published_from) == (published, known_from)


def test_the_clock_above_the_heading_is_no_date() -> None:
    clock = "<header><p>Friday, March 8, 2024</p><time datetime='2024-03-08'>today</time></header>"
    found = read(f"<html><body>{clock}<h1>The bridge stays closed</h1><div>{ARTICLE}</div></body></html>")
    assert found.published is None


def test_what_was_given_with_a_page_stands() -> None:
    found = read(
        page(DATES["json-ld"]),
        published="2020-01-01",
        title="Bridges",
        byline=("Tom Roe",),
        source="Example",
        language="uk",
    )
    assert (found.published, found.published_from, found.title) == ("2020-01-01", "given", "Bridges")
    assert (found.byline, found.source, found.language) == (("Tom Roe",), "Example", "uk")


def test_title_site_address_and_language_are_lifted() -> None:
    head = (
        "<title>The bridge stays closed | The Example</title>"
        '<meta property="og:title" content="The bridge stays closed - The Example">'
        '<meta property="og:site_name" content="The Example"><link rel="canonical" href="https://example.org/a">'
    )
    found = read(page(head, lang=' lang="en-GB"'))
    assert (found.title, found.source) == ("The bridge stays closed", "The Example")
    assert (found.url, found.language) == ("https://example.org/a", "en")


def test_an_address_that_is_no_web_address_is_not_taken_from_a_page() -> None:
    assert read(page('<link rel="canonical" href="javascript:alert(1)">')).url == ""


@pytest.mark.parametrize(
    ("head", "body", "byline"),
    [
        (
            JSON_LD.format('{"@type": "Article", "author": [{"name": "Ann Example"}, {"name": "Tom Roe"}]}'),
            "",
            ("Ann Example", "Tom Roe"),
        ),
        ('<meta name="author" content="By Ann Example and Tom Roe">', "", ("Ann Example", "Tom Roe")),
        (
            '<meta name="author" content="https://example.org/ann">',
            '<a rel="author" href="/">Ann Example</a>',
            ("Ann Example",),
        ),
        ('<meta property="og:site_name" content="Example"><meta name="author" content="Example">', "", ()),
        ("", "", ()),
    ],
)
def test_authors_are_persons(head: str, body: str, byline: tuple[str, ...]) -> None:
    assert read(page(head, body + ARTICLE)).byline == byline


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!doctype html><p>a", "html"),
        ("\ufeff\n <html><body>a", "html"),
        ("<?xml version='1.0'?><html>a", "html"),
        ("<3 the <html> tag", "html"),
        ("<p>no page</p>", "text"),
        ("We wrote <html> by hand", "text"),
        ("", "text"),
    ],
)
def test_a_page_is_known_by_its_beginning(text: str, kind: str) -> None:
    assert clean(text).kind == kind


# ---- hostile pages -----------------------------------------------------------------------------------------

LEAD = f"<html><body><p>{SENTENCES[0]}</p>"
BOMBS = {
    "deep": "<div>" * 3_000 + "talks" + "</div>" * 3_000,
    "unclosed": "<b><i>" * 3_000 + "talks",
    "misnested": "<a><p>" * 3_000 + "talks",
    "tables": "<table>" * 3_000 + "talks",
    "attributes": "<div " + " ".join(f"a{n}=1" for n in range(5_000)) + ">talks</div>",
    "less than": "<" * 30_000,
    "declarations": "<!" * 15_000,
    "marked sections": "<![" * 10_000,
    "comments": "<!--" * 10_000,
    "instructions": "<?" * 15_000,
    "end tags": "</" * 15_000,
    "ampersands": "&" * 30_000,
    "references": "&#x" * 10_000,
    "huge reference": "&#" + "9" * 30_000 + ";",
    "open anchors": "<a " * 10_000,
    "open attributes": '<a href="' * 5_000,
    "open script": "<script>" + "a<b " * 10_000,
    "line breaks": "<br>" * (MAX_TAGS + 1),
    "links": "<a href='/'>Read more</a>" * MAX_TAGS,
    "nul": "<p>ta\0lks</p>" * 500,
    "surrogate": "<p>ta\ud800lks</p>",
    "json-ld": '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_hostile_page_ends_in_text_soon(bomb: str) -> None:
    began = time.process_time()
    found = read(LEAD + BOMBS[bomb])
    assert "Delegations from both towns" in found.body
    assert time.process_time() - began < 3


@pytest.mark.parametrize("bomb", BOMBS)
def test_flattening_is_linear(bomb: str) -> None:
    began = time.process_time()
    assert SENTENCES[0] in flatten(LEAD + BOMBS[bomb] * 4)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<p>a</p>" * 100, ""),
        ("a < b " * 50_000, ""),
        ("<p>" * 1_000, ""),  # its end may be left out
        ("<br>" * (MAX_TAGS + 1), "tags"),
        ("<div>" * (MAX_DEPTH + 1), "levels"),
        ("a" * (MAX_CHARS + 1), "larger"),
        ("<p " + "a=1 " * 6_000 + ">", "attributes"),
    ],
)
def test_what_no_parser_may_have_is_named(content: str, reason: str) -> None:
    assert reason in why_hostile(content)
    assert bool(reason) == bool(why_hostile(content))


def test_a_page_flattened_without_a_parser_says_so_and_has_a_title() -> None:
    found = read(
        f"<html><head><title>The bridge &amp; the towns</title></head><body>{'<div>' * 1_000}{ARTICLE}"
    )
    assert found.title == "The bridge & the towns"
    assert found.body == "\n\n".join(SENTENCES)
    assert any("levels deep" in note for note in found.notes)


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["<", ">", "</", "<p>", "</p>", "<!--", "-->", "<script>", "&#", "<html", "a", "\0", '"']
        ),
        max_size=30,
    ).map("".join)
    | st.text()
)
def test_no_page_raises_and_none_is_empty_without_a_note(content: str) -> None:
    found = read(content)
    assert found.body or NO_TEXT in found.notes
    assert read(content).body == found.body


def test_nothing_reaches_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    for content in ("<", "<html></html>", "/tmp", "<?xml version='1.0'?><a/>", LEAD, page()):
        read(content)
    logging.lastResort.flush() if logging.lastResort else None
    assert capfd.readouterr() == ("", "")


def test_a_page_whose_article_hides_from_the_extractor_is_read_all_the_same() -> None:
    rows = "".join(f"<tr><td><span>Row {number} of the timetable</span></td></tr>" for number in range(60))
    found = read(f"<html><body><footer>c</footer><form><table>{rows}</table></form></body></html>")
    assert "Row 59" in found.body
    assert found.notes in ((), (LITTLE_FOUND,))
