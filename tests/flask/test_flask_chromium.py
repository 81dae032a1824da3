"""The page in a real browser: it is drawn, its style sheet passes its own policy, nothing hostile runs."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, Response, request
from werkzeug.serving import make_server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")]


@pytest.fixture
def fetched() -> list[tuple[str, int]]:
    """Collect what the browser has asked for, and the status it got."""
    return []


@pytest.fixture
def site(index: Path, make_app: Callable[..., Flask], fetched: list[tuple[str, int]]) -> Iterator[str]:
    """Serve the page to this machine alone."""
    app = make_app(index)

    @app.after_request
    def note(response: Response) -> Response:
        fetched.append((request.full_path, response.status_code))
        return response

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/search"
    server.shutdown()
    thread.join()
    server.server_close()


def browse(url: str, *options: str, profile: Path) -> str:
    command = [CHROMIUM, *OPTIONS, f"--user-data-dir={profile}", *options, url]
    done = subprocess.run(command, capture_output=True, timeout=90, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("width", [400, 1100])
@pytest.mark.parametrize("path", ["/?q=prisoner+exchange", "/document?id=talks&q=exchange#hit-2"])
def test_the_browser_draws_a_page_with_its_style(
    site: str, fetched: list[tuple[str, int]], tmp_path: Path, path: str, width: int
) -> None:
    picture = tmp_path / "page.png"
    browse(site + path, f"--window-size={width},900", f"--screenshot={picture}", profile=tmp_path / "profile")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert ("/search/_searchidx/searchidx.css?", 200) in fetched


@pytest.mark.parametrize("path", ["/?q=hostile", "/document?id=evil&q=hostile"])
def test_nothing_that_a_document_holds_runs(
    site: str, fetched: list[tuple[str, int]], tmp_path: Path, path: str
) -> None:
    dom = browse(site + path, "--dump-dom", profile=tmp_path / "profile")
    assert "<title>broken" not in dom
    assert "&lt;script&gt;" in dom
    assert "<script" not in dom
    assert "hostile</mark>" in dom
    assert all("/search/" in address or "favicon" in address for address, _ in fetched)
