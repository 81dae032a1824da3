"""Markup comes out of one function, and links of documents are looked at before they are shown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from searchidx.flask.dates import day
from searchidx.flask.links import safe_link
from searchidx.flask.markup import Anchors, joined, marked, visible

RANGES = st.lists(st.tuples(st.integers(-2, 40), st.integers(-2, 40)), max_size=6)


@given(st.text(max_size=40), RANGES)
def test_markup_holds_no_tag_but_ours(text: str, ranges: list[tuple[int, int]]) -> None:
    drawn = str(marked(text, ranges))
    assert re.sub("</?mark>", "", drawn) == str(escape(visible(text)))
    assert drawn.count("<mark>") == drawn.count("</mark>") == len(joined(ranges, 0, len(text)))


@given(st.text(max_size=40), RANGES)
def test_marked_markup_can_be_sent_as_utf_8(text: str, ranges: list[tuple[int, int]]) -> None:
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069]", str(marked(text, ranges)))
    str(marked(text, ranges)).encode()


def test_a_tag_over_the_border_of_a_mark_stays_text() -> None:
    assert marked("a<scr\0ipt>b", [(2, 5)]) == "a&lt;<mark>scr</mark>ipt&gt;b"


def test_marks_that_overlap_become_one() -> None:
    assert marked("prisoner exchange", [(9, 17), (0, 12)]) == "<mark>prisoner exchange</mark>"


def test_marks_with_anchors_lead_to_the_next_and_the_one_before() -> None:
    drawn = marked("one two", [(0, 3), (4, 7)], anchors=Anchors(first=2, last=3))
    assert re.findall('id="([^"]+)"', drawn) == ["hit-2", "hit-3"]
    assert re.findall('href="([^"]+)"', drawn) == ["#hit-1", "#hit-3", "#hit-2"]


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)"),
        *(
            "data:text/html,x",
            "vbscript:x",
            "//evil.example/x",
            "\\\\evil.example\\x",
            "https:\\\\evil.example",
        ),
        *(
            "/local/path",
            "relative",
            "",
            "https://",
            "http:///path",
            "https://[::1",
            "https://a\u202eb.example",
        ),
        *("ftp://example.org/", "file:///etc/passwd", 'https://example.org/"x', "https://example.org/\ud800"),
    ],
)
def test_only_a_plain_http_address_becomes_a_link(url: str) -> None:
    assert safe_link(url) is None


@given(st.text(max_size=30))
def test_no_address_makes_the_check_raise(url: str) -> None:
    link = safe_link("https://" + url)
    assert link is None or link.url.startswith("https://")


def test_a_link_tells_the_host_it_leads_to() -> None:
    link = safe_link("HTTPS://user@www.Example.org:8443/a?b=https://other.example")
    assert link is not None
    assert link.host == "example.org"


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2025-06-02", "2 June 2025"),
        ("2025-12-31T23:00:00-06:00", "31 December 2025"),
        ("\u202esoon", "soon"),
    ],
)
def test_a_day_is_written_as_people_do(published: str, shown: str) -> None:
    found = day(published)
    assert found is not None
    assert found.text == shown
