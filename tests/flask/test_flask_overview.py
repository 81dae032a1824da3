"""Near-copies, counts and wider answers on the page and in its JSON."""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from searchidx.flask.asked import Asked
from searchidx.flask.facets import facet_groups
from searchidx.flask.shared import close_all
from searchidx.indexing import reindex
from searchidx.types import Facets

STORY = "The ferry to the northern island was held back for two hours because a seal slept on the ramp. " * 3
ODD = "Odd & <b>Sons</b>"
LINK = re.compile(
    r'<a href="([^"]+)" rel="nofollow"><bdi>(.*?)</bdi></a> <span class="count">([\d,]+)</span>'
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, make_app: Callable[..., Flask]) -> Iterator[FlaskClient]:
    home = tmp_path_factory.mktemp("overview")
    (home / "corpus").mkdir()
    rows = [
        {
            "id": f"seal{n}",
            "title": f"Seal <i>{n}</i>",
            "source": f"Paper {n}",
            "language": "en",
            "body": f"{STORY}{n}",
        }
        | ({"published": f"2025-0{1 + n}-10"} if n else {})
        for n in range(4)
    ]
    rows += [
        {
            "id": f"q{n:02}",
            "source": ODD,
            "published": "2025-09-01",
            "language": "de",
            "body": f"Ferry {n} {n * 77}",
        }
        for n in range(25)
    ]
    (home / "corpus" / "all.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    reindex([home / "corpus"], home / "index")
    yield make_app(home / "index").test_client()
    close_all()


@pytest.fixture(scope="module", name="make_app")
def make_app_for_module() -> Callable[..., Flask]:
    from searchidx.flask import SearchIdx

    def make(index: Path) -> Flask:
        app = Flask("host")
        app.config.update(SEARCHIDX_INDEX=str(index), TESTING=True)
        SearchIdx(app, url_prefix="/search")
        return app

    return make


def links(page: str) -> dict[str, tuple[str, int]]:
    """Give the address and count behind each value that narrows the search."""
    return {unescape(text): (unescape(link), int(count)) for link, text, count in LINK.findall(page)}


def ids(page: str) -> list[str]:
    """Give the ids of the hits, without those of folded copies."""
    return re.findall(r'<h2 dir="auto"><a href="/search/document\?id=(\w+)', page)


def test_near_copies_are_folded_and_can_be_reached(client: FlaskClient) -> None:
    page = client.get("/search/?q=seal").text
    assert ids(page) == ["seal0"]
    assert "4 articles; 1 without near-copies" in page
    assert "<summary>+3 similar</summary>" in page
    copies = re.findall(r'<li><a href="([^"]+)" dir="auto"><bdi>(.*?)</bdi></a>', page)
    assert [title for _, title in copies] == [f"Seal &lt;i&gt;{n}&lt;/i&gt;" for n in (1, 2, 3)]
    assert "10 February 2025" in page
    for link, _ in copies:
        assert client.get(unescape(link)).status_code == 200


def test_every_near_copy_can_be_shown(client: FlaskClient) -> None:
    page = client.get("/search/?q=seal").text
    [link] = re.findall(r'<a href="([^"]+)">show every near-copy</a>', page)
    each = client.get(unescape(link)).text
    assert sorted(ids(each)) == ["seal0", "seal1", "seal2", "seal3"]
    assert 'name="fold" type="checkbox" value="0" checked' in each
    assert "similar</summary>" not in each


def test_pages_hold_each_story_once(client: FlaskClient) -> None:
    pages = [client.get(f"/search/?q=ferry&page={n}").text for n in (1, 2)]
    assert [len(ids(page)) for page in pages] == [20, 6]
    assert sorted(one for page in pages for one in ids(page)) == [*(f"q{n:02}" for n in range(25)), "seal0"]
    assert "Page 2 of 2" in pages[1]
    assert client.get("/search/?q=ferry&page=3").status_code == 404


def test_counts_are_of_all_hits_and_lead_to_them(client: FlaskClient) -> None:
    page = client.get("/search/?q=ferry&fold=0").text
    found = links(page)
    assert {text: count for text, (_, count) in found.items()} == {
        ODD: 25,
        "Paper 0": 1,
        "Paper 1": 1,
        "Paper 2": 1,
        "Paper 3": 1,
        "de": 25,
        "en": 4,
        "September 2025": 25,
        "April 2025": 1,
        "March 2025": 1,
        "February 2025": 1,
    }
    assert re.search(r'undated <span class="count">1</span>', page)
    for link, count in found.values():
        assert re.search(rf"\b{count} article", client.get(link).text)


def test_a_link_sets_only_what_the_form_has_and_keeps_the_rest(client: FlaskClient) -> None:
    page = client.get("/search/?q=ferry&sort=date&since=2025-01&until=2025-12&page=2").text
    assert links(page)["de"][0] == "/search/?q=ferry&sort=date&since=2025-01&until=2025-12&language=de"
    assert links(page)["April 2025"][0] == "/search/?q=ferry&sort=date&since=2025-04&until=2025-04"
    narrowed = client.get("/search/?q=ferry&language=de&since=2025-09&until=2025-09").text
    back = [unescape(link) for link in re.findall(r'class="any" href="([^"]+)"', narrowed)]
    assert back == ["/search/?q=ferry&since=2025-09&until=2025-09", "/search/?q=ferry&language=de"]
    assert 'name="language" type="text" value="de"' in narrowed


def test_what_documents_hold_is_no_markup_in_counts(client: FlaskClient) -> None:
    page = client.get("/search/?q=ferry").text
    assert "Odd &amp; &lt;b&gt;Sons&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "<i>" not in page


@pytest.mark.parametrize(
    ("source", "is_link"),
    [
        ("Oxbow", True),
        ("x" * 300, True),
        ("x" * 301, False),
        ("***", False),
        (" Oxbow", False),
        ("a\u202eb", False),
    ],
)
def test_a_value_that_can_not_be_asked_for_is_no_link(
    client: FlaskClient, source: str, is_link: bool
) -> None:
    asked = Asked(query="ferry", limit=10)
    counts = Facets(sources=((source, 2), ("Other", 1)), languages=(), days=())
    with client.application.test_request_context("/search/"):
        group = facet_groups(counts, asked)[0]
    assert bool(group.values[0].link) == is_link
    assert len(group.values[0].text) <= 80
    assert "\u202e" not in group.values[0].text


def test_where_nothing_matches_a_wider_answer_is_shown_and_said(client: FlaskClient) -> None:
    page = client.get("/search/?q=%2Bseal+%2Bzeppelin&all=1").text
    assert "0 articles" in page
    assert "no article has all of these words; 4 have some of them" in page
    assert '<a href="/search/?q=seal+zeppelin"><bdi>seal zeppelin</bdi></a>' in page
    assert ids(page) == ["seal0"]
    assert ">not all of the words</span>" in page
    page = client.get("/search/?q=seal&source=Nowhere&sort=date").text
    assert '<a href="/search/?q=seal&amp;sort=date"><bdi>seal</bdi></a>' in page
    assert ">outside the filters</span>" in page


def test_a_program_gets_what_it_asks_for(client: FlaskClient) -> None:
    plain = client.get("/search/api/v1/search?q=seal").get_json()
    assert (len(plain["hits"]), plain["relaxed"]) == (4, None)
    assert not {"facets", "total_folded"} & plain.keys()
    folded = client.get("/search/api/v1/search?q=seal&fold=1&facets=1&recent=1").get_json()
    assert (len(folded["hits"]), folded["total"], folded["total_folded"]) == (1, 4, 1)
    assert len(folded["hits"][0]["similar"]) == 3
    assert folded["facets"]["undated"] == 1
    assert client.get("/search/api/v1/search?q=seal&fold=maybe").status_code == 400
