"""One article: stored text, marks with anchors, metadata."""

import re
from urllib.parse import urlencode

from flask.testing import FlaskClient


def document(client: FlaskClient, doc_id: str, query: str = "", status: int = 200) -> str:
    response = client.get(f"/search/document?{urlencode({'id': doc_id, 'q': query})}")
    assert response.status_code == status, response.text
    return response.text


def test_a_document_is_shown_in_paragraphs_with_numbered_marks(client: FlaskClient) -> None:
    page = document(client, "talks", "exchange")
    text = re.sub(r'<span class="steps">.*?</span>', "", page)
    assert text.count('<p dir="auto">') == 3
    assert 'They agreed on a prisoner <mark id="hit-1">exchange</mark>, the second this spring.' in text
    assert '<p dir="auto">Each <mark id="hit-2">exchange</mark> takes days &amp; nights.</p>' in text
    assert "a prisoner <mark>exchange</mark></h1>" in page


def test_every_link_to_a_hit_leads_to_a_mark(client: FlaskClient) -> None:
    page = document(client, "talks", "exchange Istanbul delegations")
    ids = set(re.findall(r'id="(hit-\d+)"', page))
    assert ids == {"hit-1", "hit-2", "hit-3", "hit-4"}
    assert set(re.findall(r'href="#(hit-\d+)"', page)) == ids


def test_other_spellings_are_marked_too(client: FlaskClient) -> None:
    assert "<mark>Kiev</mark> waits" in document(client, "kiev", "Kyiv")


def test_without_a_query_nothing_is_marked(client: FlaskClient) -> None:
    page = document(client, "talks")
    assert "<mark" not in page
    assert "All hits" not in page


def test_a_query_that_the_text_does_not_hold_says_so(client: FlaskClient) -> None:
    assert "not in the text of this article" in document(client, "talks", "harvest")


def test_a_document_shows_its_metadata_and_the_way_back(client: FlaskClient) -> None:
    page = document(client, "talks", "exchange")
    assert 'href="https://www.example.org/talks?a=1&amp;b=2"' in page
    assert '<time datetime="2025-06-02">2 June 2025</time>' in page
    assert "Ada Reporter" in page
    assert "articles.jsonl" in page
    assert 'lang="en"' in page
    assert '<a class="back" href="/search/?q=exchange">' in page


def test_an_id_may_hold_anything(client: FlaskClient) -> None:
    hits = client.get("/search/?q=harvest").text
    [link] = re.findall('href="(/search/document[^"]+)"', hits)
    assert "The <mark" in client.get(link.replace("&amp;", "&")).text


def test_an_unknown_id_is_not_found(client: FlaskClient) -> None:
    for doc_id in ("nobody", "", "a\0b", "../../etc/passwd", "\ufffd" * 9):
        assert "No such article" in document(client, doc_id, status=404)
    assert client.get("/search/document?id=%ED%A0%80&q=%FF").status_code == 404
    assert client.get("/search/document").status_code == 404


def test_a_hostile_document_stays_text(client: FlaskClient) -> None:
    page = document(client, "evil", "hostile bold text")
    assert "&lt;script&gt;" in page
    assert "&lt;/mark&gt;&lt;b&gt;" in page
    assert not re.search("<script|<b>|javascript:|\u202e|\x1b", page)
    assert "onmouseover" not in page


def test_a_hostile_query_stays_text(client: FlaskClient) -> None:
    page = document(client, "talks", '"><script>alert(1)</script>\u202e')
    assert not re.search("<script|\u202e", page)


def test_odd_queries_do_not_disturb_a_document(client: FlaskClient) -> None:
    for query in ("((", "-exchange", "NOT", '"', "in:raw Istanbul", "x" * 9999, "exchange NEAR/3 prisoner"):
        assert "The delegations met" in re.sub("<[^>]+>|[↑↓]", "", document(client, "talks", query))
