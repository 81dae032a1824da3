"""No index, a damaged one: a page with the command that helps, never a fault."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from searchidx.flask import create_app

URLS = ("/search/", "/search/?q=a", "/search/document?id=a", "/search/api/v1/search?q=a", "/search/healthz")


@pytest.mark.parametrize("url", URLS)
def test_without_an_index_the_command_to_run_is_shown(
    tmp_path: Path, make_app: Callable[..., Flask], url: str
) -> None:
    response = make_app(tmp_path / "none").test_client().get(url)
    assert response.status_code == 503
    assert "searchidx reindex" in response.text
    assert str(tmp_path) not in response.text
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


def test_the_index_is_seen_as_soon_as_there_is_one(
    tmp_path: Path, make_app: Callable[..., Flask], rebuild: Callable[[str], Path]
) -> None:
    client = make_app(tmp_path / "own").test_client()
    assert client.get("/search/").status_code == 503
    rebuild("First")
    assert client.get("/search/?q=first").status_code == 200


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("victim", ["CURRENT", "gen-000001/manifest.json", "gen-000001/documents.sqlite"])
def test_a_damaged_index_shows_the_command_that_repairs_it(
    make_app: Callable[..., Flask], rebuild: Callable[[str], Path], url: str, victim: str
) -> None:
    index = rebuild("Whole")
    data = (index / victim).read_bytes()
    (index / victim).write_bytes(data[:20] + b"?" + data[21:])
    response = make_app(index).test_client().get(url)
    assert response.status_code == 503
    assert "searchidx reindex" in response.text


def test_an_index_repaired_is_seen_at_once(
    make_app: Callable[..., Flask], rebuild: Callable[[str], Path]
) -> None:
    index = rebuild("Whole")
    (index / "gen-000001" / "documents.sqlite").write_bytes(b"")
    client = make_app(index).test_client()
    assert client.get("/search/?q=again").status_code == 503
    rebuild("Whole again")
    assert "<mark>again</mark>" in client.get("/search/?q=again").text


def test_whoever_runs_the_server_is_told_the_file(tmp_path: Path) -> None:
    client = create_app(tmp_path / "own index").test_client()
    response = client.get("/?q=a")
    assert response.status_code == 503
    assert f"searchidx reindex --index &#39;{tmp_path / 'own index'}&#39;" in response.text
    assert "no index in" in response.text


def test_settings_that_cannot_be_read_are_no_fault(
    tmp_path: Path, make_app: Callable[..., Flask], rebuild: Callable[[str], Path]
) -> None:
    (tmp_path / "searchidx.toml").write_text("index = 3\n", encoding="utf-8")
    app = make_app(rebuild("Whole"))
    response = app.test_client().get("/search/api/v1/search?q=a")
    assert response.status_code == 503
    assert json.loads(response.data)["title"] == "The index can’t be read"
