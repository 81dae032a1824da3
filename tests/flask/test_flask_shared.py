"""One open index for all requests of a process, which sees a new generation and closes the old one."""

import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from searchidx.config import Settings
from searchidx.errors import IndexDamagedError, NoIndexError
from searchidx.flask import shared
from searchidx.flask.shared import SharedIndex, shared_index
from searchidx.search import Index

Rebuild = Callable[[str], Path]


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the generations closed so far."""
    names: list[str] = []
    close = Index.close

    def noted(self: Index) -> None:
        names.append(self.generation.name)
        close(self)

    monkeypatch.setattr(Index, "close", noted)
    return names


def title(index: Index) -> str:
    [hit] = index.search("words").hits
    return hit.title


def test_a_new_generation_is_seen_by_the_page(make_app: Callable[..., Flask], rebuild: Rebuild) -> None:
    client = make_app(rebuild("First edition")).test_client()
    assert "First edition" in client.get("/search/?q=words").text
    rebuild("Second edition")
    assert "Second edition" in client.get("/search/?q=words").text


def test_the_folder_is_looked_at_no_more_often_than_asked(rebuild: Rebuild) -> None:
    shared_one = SharedIndex(rebuild("First"), Settings())
    with shared_one.lease(refresh_seconds=3600) as index:
        assert title(index) == "First"
    rebuild("Second")
    with shared_one.lease(refresh_seconds=3600) as index:
        assert title(index) == "First"
    shared_one.close()


def test_a_folder_built_anew_is_seen_though_it_counts_from_one_again(rebuild: Rebuild) -> None:
    folder = rebuild("First")
    shared_one = SharedIndex(folder, Settings())
    with shared_one.lease(refresh_seconds=0) as index:
        assert index.generation.name == "gen-000001"
    shutil.rmtree(folder)
    rebuild("Second")
    with shared_one.lease(refresh_seconds=0) as index:
        assert (index.generation.name, title(index)) == ("gen-000001", "Second")
    shared_one.close()


def test_the_old_generation_serves_until_its_last_request_has_left(
    rebuild: Rebuild, closed: list[str]
) -> None:
    shared_one = SharedIndex(rebuild("First"), Settings())
    with shared_one.lease(refresh_seconds=0) as old:
        rebuild("Second")
        closed.clear()
        with shared_one.lease(refresh_seconds=0) as new:
            assert (title(old), title(new)) == ("First", "Second")
            assert closed == []
    assert closed == ["gen-000001"]
    shared_one.close()
    assert closed == ["gen-000001", "gen-000002"]


def test_requests_share_one_open_index(rebuild: Rebuild) -> None:
    shared_one = SharedIndex(rebuild("First"), Settings())
    with shared_one.lease(refresh_seconds=0) as one, shared_one.lease(refresh_seconds=0) as other:
        assert one is other
    shared_one.close()


def test_apps_of_one_folder_share_one_index(tmp_path: Path) -> None:
    assert shared_index(tmp_path / "a", Settings()) is shared_index(tmp_path / "a", Settings())
    assert shared_index(tmp_path / "a", Settings()) is not shared_index(tmp_path / "b", Settings())


def test_a_broken_new_generation_keeps_the_old_one_serving(
    rebuild: Rebuild, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = rebuild("First")
    shared_one = SharedIndex(folder, Settings())
    with shared_one.lease(refresh_seconds=0):
        rebuild("Second")
        victim = folder / "gen-000002" / "documents.sqlite"
        whole = victim.read_bytes()
        victim.write_bytes(whole[:-1])
        for _ in range(3):
            with shared_one.lease(refresh_seconds=0) as index:
                assert title(index) == "First"
        victim.write_bytes(whole)
        monkeypatch.setattr(shared, "RETRY_SECONDS", 0)
        shared_one._retry_at = 0
        with shared_one.lease(refresh_seconds=0) as index:
            assert title(index) == "Second"
    shared_one.close()
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_a_vanished_folder_keeps_the_old_one_serving(rebuild: Rebuild) -> None:
    folder = rebuild("First")
    shared_one = SharedIndex(folder, Settings())
    with shared_one.lease(refresh_seconds=0):
        pass
    shutil.rmtree(folder)
    with shared_one.lease(refresh_seconds=0) as index:
        assert title(index) == "First"
    shared_one.close()


def test_a_damaged_index_is_not_compared_again_at_every_request(
    rebuild: Rebuild, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = rebuild("First")
    (folder / "gen-000001" / "documents.sqlite").write_bytes(b"")
    opened: list[Path] = []
    open_index = Index.open

    def noted(folder: Path, *, settings: Settings) -> Index:
        opened.append(folder)
        return open_index(folder, settings=settings)

    monkeypatch.setattr(Index, "open", noted)
    shared_one = SharedIndex(folder, Settings())
    for _ in range(3):
        with pytest.raises(IndexDamagedError), shared_one.lease(refresh_seconds=0):
            pass
    assert opened == [folder]


def test_no_index_is_said_every_time(tmp_path: Path) -> None:
    shared_one = SharedIndex(tmp_path / "none", Settings())
    for _ in range(2):
        with pytest.raises(NoIndexError), shared_one.lease(refresh_seconds=0):
            pass


def test_threads_get_whole_answers_while_generations_change(
    make_app: Callable[..., Flask], rebuild: Rebuild, closed: list[str]
) -> None:
    folder = rebuild("Edition 0")
    app = make_app(folder)
    done = threading.Event()
    rounds, threads = 4, 6

    def read() -> set[str]:
        seen = set()
        while not done.is_set():
            client = app.test_client()
            answers = client.get("/search/api/v1/search?q=words+edition")
            assert answers.status_code == 200
            [hit] = answers.get_json()["hits"]
            seen.add(hit["title"])
            assert client.get("/search/document?id=only&q=words").status_code == 200
        return seen

    with ThreadPoolExecutor(threads) as pool:
        readers = [pool.submit(read) for _ in range(threads)]
        try:
            for number in range(1, rounds):
                rebuild(f"Edition {number}")
        finally:
            done.set()
        seen = set().union(*(reader.result(timeout=30) for reader in readers))
    assert seen <= {f"Edition {number}" for number in range(rounds)}
    client = app.test_client()
    last = client.get("/search/api/v1/search?q=words").get_json()["hits"][0]["title"]
    assert last == f"Edition {rounds - 1}"
    current = shared_index(folder, Settings())._current
    assert current is not None
    assert current.users == 0
    assert current.index.generation.name not in closed


def test_threads_share_one_snapshot_of_many_words(app: Flask, index: Path) -> None:
    queries = [f"filler {n} exchange NEAR/5 prisoner Kyiv harv* number~" for n in range(40)]
    with Index.open(index) as alone:
        expected = [[hit.doc_id for hit in alone.search(query, limit=20).hits] for query in queries]

    def ids(query: str) -> list[str]:
        response = app.test_client().get("/search/api/v1/search", query_string={"q": query})
        return [hit["doc_id"] for hit in response.get_json()["hits"]]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ids, queries)) == expected
