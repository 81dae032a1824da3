"""The page, the lines of stdin, batch and Python give the same ids in the same order, whatever is asked."""

import html
import io
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from searchidx import Index, cli
from searchidx.flask import SearchIdx
from searchidx.flask.shared import close_all

TEXT = """
    talks exchange prisoner prisoners swap Kyiv Kiev Київ Zelenskyy Zelensky Zelenskiy ceasefire cease-fire
    drones bombers envoy envoys list memorandum agreed sanctions Tu-95 перемирие перемирия Çırağan Ciragan
    winter bridge
"""
WORDS = TEXT.split()
DOCUMENTS, LIMIT = 130, 30
API = "/search/api/v1/search"
QUERIES = (
    "talks",
    "Kiev",
    "prisoner exchange",
    '"prisoner exchange"',
    "+Kyiv drones -list",
    "cease-fire OR перемирие",
    "envoy NEAR/5 exchange",
    "Zelensky /s talks",
    "Zelensky /p ciragan",
    "=envoys title:talks",
    "bomb* envoi~",
    "source:review sanctions",
    "date:2025-06 memorandum",
    "talks exchange prisoner drones bombers envoy list",  # long enough to be put in order by neighbours
    "winter bridge agreed sanctions ceasefire list memorandum swap",
    "nothing of the kind xyzzy",
    "((talks AND",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an index of random articles, many of which have equal scores."""
    home = tmp_path_factory.mktemp("same")
    chance = random.Random(5)
    (home / "corpus").mkdir()
    with (home / "corpus" / "articles.jsonl").open("w", encoding="utf-8") as file:
        for number in range(DOCUMENTS):
            words = chance.choices(WORDS, k=chance.randint(3, 40))
            article = {
                "id": f"id {number % 7}/{number}",
                "title": " ".join(chance.choices(WORDS, k=3)),
                "source": chance.choice(["Amberquay Review", "Oxbow"]),
                "published": chance.choice([None, "2025-06-02", "2025-05-30"]),
                "body": ". ".join(" ".join(words[at : at + 6]) for at in range(0, len(words), 6)) + ".",
            }
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
    Index.build(home / "corpus", home / "index").close()
    return home / "index"


@pytest.fixture
def client(folder: Path) -> Iterator[FlaskClient]:
    app = Flask("same")
    app.config.update(SEARCHIDX_INDEX=str(folder), SEARCHIDX_PER_PAGE=7, TESTING=True)
    SearchIdx(app, url_prefix="/search")
    yield app.test_client()
    close_all()


def command(*words: str, stdin: str = "") -> list[str]:
    """Run a command; give its lines."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
        patch.setattr(sys, "stdout", out)
        assert cli.run(list(words)) in (0, 1)
    out.flush()
    assert isinstance(out.buffer, io.BytesIO)
    return out.buffer.getvalue().decode().splitlines()


def ids_of(answer: str) -> list[str]:
    return [hit["doc_id"] for hit in json.loads(answer)["hits"]]


@pytest.mark.parametrize("sort", ["relevance", "date"])
def test_every_way_to_ask_gives_the_same_ids_in_the_same_order(
    folder: Path, client: FlaskClient, sort: str
) -> None:
    options = ("--index", str(folder), "-n", str(LIMIT), "--sort", sort)
    lines = "\n".join(QUERIES) + "\n"
    rows = [json.loads(line) for line in command("batch", "-", "--ids-only", *options, stdin=lines)]
    ways = {
        "query": [ids_of(command("query", "--json", *options, "--", query)[0]) for query in QUERIES],
        "stdin": [ids_of(line) for line in command("query", "--stdin", *options, stdin=lines)],
        "batch": [ids_of(line) for line in command("batch", "-", *options, stdin=lines)],
        "ids only": [[doc_id for doc_id, _ in row["hits"]] for row in rows],
        "page": [page_ids(client, query, sort) for query in QUERIES],
        "json": [ids_of(client.get(f"{API}?{asked(query, sort, limit=LIMIT)}").text) for query in QUERIES],
    }
    with Index.open(folder) as index:
        expected = [
            [hit.doc_id for hit in index.search(query, limit=LIMIT, sort=sort).hits] for query in QUERIES
        ]
        for query, ids in zip(QUERIES, expected, strict=True):  # page by page, and without excerpts
            pages = [
                hit.doc_id
                for offset in range(0, LIMIT, 10)
                for hit in index.search(query, limit=10, offset=offset, sort=sort, snippets=0).hits
            ]
            assert pages == ids, query
    assert sum(map(bool, expected)) >= len(QUERIES) - 1
    for way, found in ways.items():
        for query, ids, here in zip(QUERIES, expected, found, strict=True):
            assert here == ids, (way, query)


def asked(query: str, sort: str, **more: int) -> str:
    return urlencode({"q": query, "sort": sort, **more})


def page_ids(client: FlaskClient, query: str, sort: str) -> list[str]:
    """Give the ids that the pages of hits link to."""
    found: list[str] = []
    address = f"/search/?{asked(query, sort)}"
    while address and len(found) < LIMIT:
        text = client.get(address).text
        found += [
            unquote(link.partition("id=")[2].partition("&")[0].replace("+", " "))
            for link in map(html.unescape, re.findall(r'<h2 dir="auto"><a href="([^"]+)"', text))
        ]
        following = re.search(r'href="([^"]+)"[^>]*rel="next"|rel="next"[^>]*href="([^"]+)"', text)
        address = html.unescape(following[1] or following[2]) if following else ""
    return found[:LIMIT]
