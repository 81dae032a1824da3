"""What leads on from an article, and what the search box offers."""

import html
import re
from pathlib import Path
from urllib.parse import urlencode

from flask.testing import FlaskClient

from searchidx.search import Index


def test_below_an_article_stand_similar_ones(client: FlaskClient) -> None:
    page = client.get("/search/document?id=talks").text
    aside = page.partition('<aside class="similar"')[2].partition("</aside>")[0]
    assert re.findall(r'href="/search/document\?id=(\w+)"', aside) == ["kiev"]
    assert "Kiev waits for its prisoners" in aside
    assert "3 June 2025" in aside
    assert "similar" not in client.get("/search/document?id=odd/id?%26%3D%252F%01%E2%80%AE%E2%98%83").text


def test_an_article_says_which_hit_of_how_many_each_is(client: FlaskClient) -> None:
    page = client.get("/search/document?id=talks&q=exchange").text
    assert re.findall(r"hit \d of \d", page) == ["hit 1 of 2", "hit 2 of 2"]
    assert "2 hits in this article" in page


def test_a_hit_of_the_list_leads_to_the_first_mark_of_the_text(client: FlaskClient) -> None:
    links = re.findall(r'href="(/search/document[^"]+)"', client.get("/search/?q=exchange+harvest").text)
    assert len(links) == 3
    for link in map(html.unescape, links):
        page = client.get(link).text
        assert ('id="hit-1"' in page) == link.endswith("#hit-1")
        assert "<mark" in page


def test_an_article_found_by_its_exact_spelling_is_marked_so(client: FlaskClient) -> None:
    [link] = re.findall(r'href="(/search/document[^"]+)"', client.get("/search/?q=Kyiv&exact=1").text)
    page = client.get(html.unescape(link)).text
    assert ">Kyiv</mark>" in page
    assert "<mark>Kiev" not in page
    assert "exact=1" in page.partition("All hits")[0]


def test_the_search_box_offers_names_and_phrases_without_a_script(client: FlaskClient) -> None:
    for address in ("/search/", "/search/?q=exchange", "/search/document?id=talks"):
        page = client.get(address).text
        assert '<option value="Istanbul"></option>' in page
        assert 'list="offered"' in page
        assert "<script" not in page


def test_the_json_of_suggestions_is_that_of_the_command_line(client: FlaskClient, index: Path) -> None:
    response = client.get("/search/api/v1/suggest?q=tal&limit=3")
    with Index.open(index) as opened:
        expected = [one.text for one in opened.suggest("tal", limit=3)]
    assert response.get_json()["prefix"] == "tal"
    assert [one["text"] for one in response.get_json()["suggestions"]] == expected
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_json_of_similar_articles_is_that_of_the_command_line(client: FlaskClient) -> None:
    found = client.get("/search/api/v1/similar?id=talks&limit=2").get_json()
    assert [hit["doc_id"] for hit in found["hits"]] == ["kiev"]
    assert client.get("/search/api/v1/similar?id=nobody").status_code == 404


def test_whatever_is_typed_is_answered(client: FlaskClient) -> None:
    for typed in ("", "'", '"><script>', "%_\\", "\x00", "ж" * 900, "\u202e"):
        assert client.get(f"/search/api/v1/suggest?{urlencode({'q': typed})}").status_code == 200
    assert client.get("/search/api/v1/suggest?q=%ED%A0%80").status_code == 200
    for impossible in ("q=a&limit=0", "q=a&limit=x", f"q={'a' * 5000}"):
        assert client.get(f"/search/api/v1/suggest?{impossible}").status_code == 400
    assert client.get("/search/api/v1/similar?id=talks&limit=1000").status_code == 400
