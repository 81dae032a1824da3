"""What the tests of the page stand on: a small corpus, an index of it, an app that shows it.

There is no ``__init__.py`` in this folder: it would make a package named ``flask`` of it.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from searchidx.flask import SearchIdx
from searchidx.flask.shared import close_all
from searchidx.indexing import reindex

SCRIPT = "<script>document.title='broken'</script>"

ARTICLES: list[dict[str, Any]] = [
    {
        "id": "talks",
        "title": "Talks in Istanbul end with a prisoner exchange",
        "url": "https://www.example.org/talks?a=1&b=2",
        "source": "The Yalı Ledger",
        "byline": ["Ada Reporter"],
        "published": "2025-06-02T18:30:00+03:00",
        "language": "en",
        "body": "The delegations met in Istanbul.\n\n"
        "They agreed on a prisoner exchange, the second this spring.\n\n"
        "Each exchange takes days & nights.",
    },
    {
        "id": "kiev",
        "title": "Kiev waits for its prisoners",
        "source": "Oxbow Standard",
        "published": "2025-06-03",
        "language": "en",
        "body": "Families in Kyiv wait. An exchange is near.",
    },
    {
        "id": "odd/id?&=%2F\x01\u202e☃",
        "title": "Harvest",
        "body": "The harvest was good.",
        "published": "2025-05-01",
    },
    {
        "id": "evil",
        "title": f"{SCRIPT} hostile title",
        "url": "javascript:alert(1)",
        "source": f'"{SCRIPT}',
        "byline": [SCRIPT],
        "language": '" onmouseover="x',
        "body": f"hostile words {SCRIPT} and \u202eturned\x1b[31m text </mark><b>bold</b>",
    },
    *(
        {"id": f"n{n:02}", "title": f"Number {n}", "body": f"Filler numbered {n}.", "published": "2025-01-01"}
        for n in range(45)
    ),
]


def write_corpus(folder: Path, articles: list[dict[str, Any]]) -> None:
    folder.mkdir(exist_ok=True)
    lines = (json.dumps(article) + "\n" for article in articles)
    (folder / "articles.jsonl").write_text("".join(lines), encoding="utf-8")


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings and stamps of the developer out."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("SEARCHIDX_INDEX", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Build an index that no test changes; in the end nothing of any test stays open."""
    folder = tmp_path_factory.mktemp("page")
    write_corpus(folder / "corpus", ARTICLES)
    reindex([folder / "corpus"], folder / "index")
    yield folder / "index"
    close_all()


@pytest.fixture(scope="session")
def app(index: Path) -> Flask:
    """Give an app that no test changes: to compile its templates takes longer than a test."""
    return make_app(index)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def rebuild(tmp_path: Path) -> Callable[[str], Path]:
    """Build an index of the test's own, of one article with a title; again at every call."""

    def build(title: str) -> Path:
        write_corpus(tmp_path / "corpus", [{"id": "only", "title": title, "body": "Some words."}])
        reindex([tmp_path / "corpus"], tmp_path / "own")
        return tmp_path / "own"

    return build


def make_app(index: Path | str, **config: Any) -> Flask:
    app = Flask("host")
    app.config.update(SEARCHIDX_INDEX=str(index), SEARCHIDX_REFRESH_SECONDS=0, TESTING=True, **config)
    SearchIdx(app, url_prefix="/search")
    return app


@pytest.fixture(name="make_app")
def make_app_fixture() -> Callable[..., Flask]:
    """Give a function that makes a host app for an index."""
    return make_app
