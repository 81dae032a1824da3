"""The page of hits: what it shows, how it is paged, what it lets a browser do."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from searchidx.flask.settings import POLICY

SCRIPT = "<script>document.title='broken'</script>"


def text_of(client: FlaskClient, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.text
    assert response.mimetype == "text/html"
    return response.text


def test_the_start_page_shows_the_search_box_and_the_number_of_articles(client: FlaskClient) -> None:
    page = text_of(client, "/search/")
    assert '<form class="search" action="/search/" method="get"' in page
    assert "49 articles to search" in page


@pytest.mark.parametrize("query", ["", "+", "%20%09", "%00"])
def test_an_empty_query_shows_the_start_page(client: FlaskClient, query: str) -> None:
    assert "articles to search" in text_of(client, f"/search/?q={query}")


def test_hits_are_shown_with_marks_source_day_and_byline(client: FlaskClient) -> None:
    page = text_of(client, "/search/?q=prisoner+exchange")
    assert "<mark>prisoner</mark> <mark>exchange</mark>" in page
    assert "The Yalı Ledger" in page
    assert '<time datetime="2025-06-02">2 June 2025</time>' in page
    assert "Ada Reporter" in page
    assert 'href="/search/document?id=talks&amp;q=prisoner+exchange#hit-1"' in page


def test_the_page_says_how_many_match_all_words(client: FlaskClient) -> None:
    page = text_of(client, "/search/?q=delegations+exchange")
    assert "1 matches all words, 2 in all" in page
    assert re.findall(r'class="matches[^"]*">([^<]+)', page) == ["all words", "some words"]


def test_other_names_that_were_searched_are_shown_and_can_be_left_out(client: FlaskClient) -> None:
    page = text_of(client, "/search/?q=Kyiv")
    assert "<bdi>Kyiv</bdi> →" in page
    assert "<bdi>kiev</bdi>" in page
    assert 'href="/search/?q=Kyiv&amp;exact=1"' in page


def test_a_query_that_was_read_otherwise_says_how(client: FlaskClient) -> None:
    page = text_of(client, "/search/?q=colour:exchange")
    assert 'class="notice"' in page
    assert "read as <code>" in page


def test_a_plain_query_is_not_repeated(client: FlaskClient) -> None:
    assert "read as" not in text_of(client, "/search/?q=+prisoner++exchange+")


def test_a_suggestion_is_a_link(client: FlaskClient) -> None:
    page = text_of(client, "/search/?q=istanbol&sort=date")
    assert 'Did you mean <a href="/search/?q=istanbul&amp;sort=date">istanbul</a>?' in page


def test_a_search_without_hits_is_an_answer(client: FlaskClient) -> None:
    assert "No article matches" in text_of(client, "/search/?q=zzyzx")


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ("q=exchange&sort=date", ["kiev", "talks"]),
        ("q=exchange&since=2025-06-03", ["kiev"]),
        ("q=exchange&until=2025-06-02", ["talks"]),
        ("q=delegations+exchange&all=1", ["talks"]),
        ("q=exchange&source=Oxbow+Standard", ["kiev"]),
        ("q=Kiev&exact=1", ["kiev"]),
    ],
)
def test_sort_and_filters_are_obeyed_and_kept(client: FlaskClient, arguments: str, ids: list[str]) -> None:
    page = text_of(client, f"/search/?{arguments}")
    assert re.findall(r"/document\?id=(\w+)", page) == ids
    assert '<details class="filters" open>' in page


def test_a_date_that_cannot_be_read_is_a_notice(client: FlaskClient) -> None:
    page = text_of(client, "/search/?q=exchange&since=soon")
    assert "can&#39;t be read" in page
    assert 'value="soon"' in page
    assert 'value="exchange"' in page


def test_pages_lead_to_each_other_and_hold_every_hit_once(client: FlaskClient) -> None:
    url, ids, pages = "/search/?q=filler", [], 0
    while url:
        page = text_of(client, url)
        ids += re.findall(r"/document\?id=(n\d\d)", page)
        pages += 1
        following = re.search('rel="next" href="([^"]+)"', page)
        url = following[1].replace("&amp;", "&") if following else ""
    assert pages == 3
    assert sorted(ids) == [f"n{number:02}" for number in range(45)]
    assert "Page 3 of 3" in page
    assert 'rel="prev" href="/search/?q=filler&amp;page=2"' in page
    assert '<ol class="hits" start="41">' in page


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("page=abc", 400),
        ("page=0", 400),
        ("page=-1", 400),
        ("page=1.5", 400),
        ("page=²", 400),
        ("page=1000000000000000000", 404),
        ("page=999999999", 404),
        ("page=501", 404),
        ("page=4", 404),
        ("sort=prettiest", 400),
        ("all=maybe", 400),
        ("exact=%00", 400),
    ],
)
def test_an_address_that_makes_no_sense_gets_a_plain_page(
    client: FlaskClient, arguments: str, status: int
) -> None:
    page = text_of(client, f"/search/?q=filler&{arguments}", status)
    assert "<h1>" in page
    assert 'name="q"' in page


@pytest.mark.parametrize(
    "typed",
    [
        "%ED%A0%80",
        "%FF%FE",
        "a%00b",
        "%E2%80%AEabc",
        "((((",
        '"',
        "***",
        "%F4%90%80%80",
        "x" * 5000,
        "NOT",
        "%0A",
    ],
)
@pytest.mark.parametrize("name", ["q", "since", "until", "source"])
def test_nothing_that_can_be_typed_is_a_fault(client: FlaskClient, name: str, typed: str) -> None:
    page = text_of(client, f"/search/?q=exchange&{name}={typed}" if name != "q" else f"/search/?q={typed}")
    assert not re.search("[\x00\u202e]", page)


def test_a_query_too_long_is_cut_with_a_notice(index: Path, make_app: Callable[..., Flask]) -> None:
    client = make_app(index, SEARCHIDX_MAX_QUERY_CHARS=8).test_client()
    page = text_of(client, "/search/?q=exchange+of+prisoners")
    assert "only the first 8 characters of the query are read" in page
    assert 'value="exchange"' in page


def test_what_documents_hold_is_never_markup(client: FlaskClient) -> None:
    page = text_of(client, "/search/?q=hostile")
    assert "&lt;script&gt;" in page
    assert not re.search('<script|<b>|javascript:|onmouseover="|\u202e|\x1b', page)
    assert "turned[31m text" in page


def test_what_is_typed_is_never_markup(client: FlaskClient) -> None:
    for name in ("q", "since", "until", "source"):
        response = client.get("/search/", query_string={"q": "exchange", name: f'"{SCRIPT}'})
        assert "<script" not in response.text


@pytest.mark.parametrize(
    "url",
    [
        "/search/",
        "/search/?q=exchange",
        "/search/?page=x",
        "/search/document?id=talks",
        "/search/api/v1/search?q=a",
    ],
)
def test_every_page_carries_the_headers(client: FlaskClient, url: str) -> None:
    headers = client.get(url).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] in ("private, no-cache", "no-store")


def test_a_page_that_the_browser_holds_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/search/?q=exchange")
    again = client.get("/search/?q=exchange", headers={"If-None-Match": first.headers["ETag"]})
    other = client.get("/search/?q=filler", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Content-Security-Policy"] == POLICY
    assert other.status_code == 200


def test_the_page_needs_nothing_inline_and_nothing_from_elsewhere(client: FlaskClient) -> None:
    page = text_of(client, "/search/?q=exchange")
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|https?://", page)
    [sheet] = re.findall('<link rel="stylesheet" href="([^"]+)"', page)
    with client.get(sheet) as response:
        assert response.mimetype == "text/css"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert not re.search(rb"url\(|@import", response.data)


def test_a_relative_date_is_answered_for_today(client: FlaskClient) -> None:
    page = text_of(client, "/search/?q=exchange+date:today")
    assert f"{date.today():%Y}" in page


def test_nothing_can_be_written(client: FlaskClient) -> None:
    for url in ("/search/", "/search/document", "/search/api/v1/search", "/search/healthz"):
        assert client.post(url).status_code == 405
