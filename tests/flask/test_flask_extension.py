"""The extension in a host's app: configuration, several apps, templates, what an import needs."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from searchidx.flask import SearchIdx, create_app


def test_one_extension_serves_several_apps(index: Path, rebuild: Callable[[str], Path]) -> None:
    extension = SearchIdx(url_prefix="/find")
    first, second = Flask("first"), Flask("second")
    first.config["SEARCHIDX_INDEX"] = index
    second.config["SEARCHIDX_INDEX"] = rebuild("Elsewhere")
    extension.init_app(first)
    extension.init_app(second, url_prefix="/other")
    assert "49 articles" in first.test_client().get("/find/").text
    assert "1 article to" in second.test_client().get("/other/").text
    assert first.test_client().get("/other/").status_code == 404
    assert first.extensions["searchidx"] is not second.extensions["searchidx"]
    assert not hasattr(extension, "app")


def test_what_a_host_has_set_is_kept(index: Path, make_app: Callable[..., Flask]) -> None:
    app = make_app(index, SEARCHIDX_PER_PAGE=5, SEARCHIDX_TITLE="The <Morgue>")
    page = app.test_client().get("/search/?q=filler").text
    assert "Page 1 of 9" in page
    assert "The &lt;Morgue&gt;" in page
    assert app.config["SEARCHIDX_MAX_PER_PAGE"] == 100


def test_a_host_may_loosen_the_policy(index: Path, make_app: Callable[..., Flask]) -> None:
    app = make_app(index, SEARCHIDX_CONTENT_SECURITY_POLICY="default-src 'self'")
    assert app.test_client().get("/search/").headers["Content-Security-Policy"] == "default-src 'self'"


def test_the_index_is_the_one_of_the_app_else_of_the_variable_else_index(
    index: Path, tmp_path: Path, rebuild: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def documents(**config: object) -> str:
        app = Flask("host")
        app.config.update(config)
        SearchIdx(app)
        return app.test_client().get("/search/").text

    rebuild("Own").rename(tmp_path / "index")
    assert "1 article to" in documents()
    monkeypatch.setenv("SEARCHIDX_INDEX", str(index))
    assert "49 articles" in documents()
    assert "1 article to" in documents(SEARCHIDX_INDEX=tmp_path / "index")


def test_the_index_may_be_named_after_the_extension_was_set_up(index: Path) -> None:
    app = Flask("host")
    SearchIdx(app)
    app.config["SEARCHIDX_INDEX"] = index
    assert "49 articles" in app.test_client().get("/search/").text


@pytest.mark.parametrize(
    ("name", "text", "url"),
    [
        ("base.html", "host's frame {% block content %}{% endblock %}", "/search/?q=exchange"),
        (
            "_hit.html",
            "{% macro hit(hit) %}host's frame {{ hit.title }}{% endmacro %}",
            "/search/?q=exchange",
        ),
        (
            "document.html",
            "host's frame {{ article.title }} {{ article.paragraphs[0] }}",
            "/search/document?id=talks",
        ),
        ("trouble.html", "host's frame {{ trouble.status }}", "/search/?page=x"),
    ],
)
def test_a_template_of_the_host_wins(index: Path, tmp_path: Path, name: str, text: str, url: str) -> None:
    folder = tmp_path / "templates" / "searchidx"
    folder.mkdir(parents=True)
    (folder / name).write_text(text, encoding="utf-8")
    app = Flask("host", root_path=str(tmp_path))
    app.config["SEARCHIDX_INDEX"] = index
    SearchIdx(app)
    assert "host's frame" in app.test_client().get(url).text


def test_the_page_can_be_nested_in_a_blueprint_of_the_host(index: Path) -> None:
    from flask import Blueprint

    from searchidx.flask.routes import make_blueprint

    app = Flask("host")
    SearchIdx(app, url_prefix="/plain")
    parent = Blueprint("parent", "host", url_prefix="/archive")
    parent.register_blueprint(make_blueprint(), url_prefix="/search")
    app.register_blueprint(parent)
    app.config["SEARCHIDX_INDEX"] = index
    page = app.test_client().get("/archive/search/?q=exchange").text
    assert 'href="/archive/search/document?id=talks' in page
    assert app.test_client().get("/archive/search/api/v1/search").mimetype == "application/problem+json"


def test_an_app_of_its_own_has_the_page_at_the_root(index: Path) -> None:
    client = create_app(index).test_client()
    page = client.get("/?q=exchange").text
    assert 'href="/document?id=talks' in page
    with client.get("/_searchidx/searchidx.css") as sheet:
        assert sheet.status_code == 200


def test_without_flask_the_import_says_what_to_install() -> None:
    code = "import sys; sys.modules['flask'] = None; import searchidx.flask"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "ImportError: the page needs Flask; run: pip install searchidx[flask]" in done.stderr


def test_setting_up_an_app_opens_nothing(tmp_path: Path) -> None:
    create_app(tmp_path / "none")
    assert not list(tmp_path.glob("none*"))


def test_a_forked_worker_opens_the_index_for_itself(index: Path) -> None:
    code = f"""
import os
from pathlib import Path
from searchidx.flask import create_app, shared
app = create_app(Path({str(index)!r}))
assert app.test_client().get("/?q=exchange").status_code == 200
[opened] = shared._shared.values()
opened._lock.acquire()
child = os.fork()
if not child:
    os._exit(0 if app.test_client().get("/?q=exchange").status_code == 200 else 1)
assert os.waitpid(child, 0)[1] == 0
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
