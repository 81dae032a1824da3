"""The protocol step by step, with nothing going wrong."""

import errno
import os
from pathlib import Path

import pytest
from tiny_engine import FILES, OLD_SEGMENT, answer, answer_of, fill, names, publish

from searchidx.errors import (
    IndexDamagedError,
    IndexFormatError,
    NoIndexError,
    RefusedError,
    SearchidxError,
    StorageError,
)
from searchidx.store import durable
from searchidx.store.generations import IndexFolder
from searchidx.store.manifest import FileFacts, Manifest, sum_of


def test_there_is_no_index_before_the_first_is_published(root: Path) -> None:
    for _ in range(2):
        with pytest.raises(NoIndexError):
            IndexFolder(root).open()
        assert IndexFolder(root).current_name() is None
        root.mkdir(exist_ok=True)
        (root / "README.md").write_text("not ours")


def test_what_was_published_is_read_back(root: Path) -> None:
    published = publish(root, "first", documents=7)
    with IndexFolder(root).open() as generation:
        assert (generation.name, generation.number, generation.documents) == ("gen-000001", 1, 7)
        assert (generation.fingerprint, generation.facts) == ("tiny", {"state": "first"})
        assert generation.made_by.startswith("searchidx ")
        assert generation.manifest_sha256 == published.manifest_sha256
        assert set(generation.files) == {*FILES, OLD_SEGMENT}
        assert generation.files["toc"] == FileFacts(5, sum_of(b"first"))
        assert answer_of(generation) == "first"
    assert IndexFolder(root).current_name() == "gen-000001"


def test_a_new_index_folder_is_ours_alone_and_its_parents_are_made(tmp_path: Path) -> None:
    root = tmp_path / "some" / "where" / "index"
    publish(root, "first")
    assert root.stat().st_mode & 0o777 == 0o700


def test_scratch_of_the_engine_is_not_published(root: Path) -> None:
    folder = publish(root, "first").folder
    assert names(folder) == sorted([*FILES, OLD_SEGMENT, "LEASE", "manifest.json"])


def test_the_new_generation_and_the_one_before_are_kept(root: Path) -> None:
    for state in ("one", "two", "three", "four"):
        publish(root, state)
    assert names(root) == ["CURRENT", "LOCK", "gen-000003", "gen-000004"]
    assert answer(root) == "four"


def test_files_that_are_not_ours_are_left_alone(root: Path) -> None:
    (root / "gen-draft").mkdir(parents=True)
    (root / "README.md").write_text("mine")
    publish(root, "first")
    (root / "gen-000001" / "notes.txt").write_text("also mine")
    assert answer(root) == "first"
    publish(root, "second")
    publish(root, "third")
    assert {"README.md", "gen-draft"} <= set(names(root))


def test_a_build_that_is_not_published_changes_nothing(root: Path) -> None:
    publish(root, "first")
    before = names(root)
    with IndexFolder(root).write() as build:
        assert not build.folder.exists()
        fill(build, "second")
        assert build.folder.name == "gen-000002.building"
    assert names(root) == before
    assert answer(root) == "first"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("ours"), OSError(errno.ENOSPC, "full")])
def test_an_exception_removes_the_build_and_passes_through(root: Path, error: BaseException) -> None:
    publish(root, "first")
    before = names(root)

    def fail() -> None:
        with IndexFolder(root).write() as build:
            fill(build, "second")
            raise error

    with pytest.raises((type(error), StorageError)) as caught:
        fail()
    assert caught.value is error or caught.value.__cause__ is error
    assert names(root) == before
    assert answer(root) == "first"


def test_numbers_only_grow_and_leftovers_of_killed_runs_go(root: Path) -> None:
    publish(root, "first")
    for leftover in ("gen-000007.building", "gen-000004.deleting"):
        (root / leftover / "deep").mkdir(parents=True)
        (root / leftover / "deep" / "file").write_text("x")
    (root / "CURRENT.tmp").write_text("half")
    (root / "gen-000008").mkdir()  # renamed, but never named by CURRENT
    with IndexFolder(root).write() as build:
        assert names(root) == ["CURRENT", "LOCK", "gen-000001"]
        assert build.folder.name == "gen-000009.building"
    assert publish(root, "second").number == 2


def test_the_previous_generation_is_given_and_its_files_can_be_taken_over(root: Path) -> None:
    first = publish(root, "first")
    with IndexFolder(root).write() as build:
        assert build.previous == first
        assert build.previous_problem == ""
        build.adopt(["postings"])
        assert (build.folder / "postings").samefile(first.folder / "postings")
        assert not build.copy("toc").samefile(first.folder / "toc")
        for unknown in ("LEASE", "manifest.json", "../CURRENT", "nothing"):
            with pytest.raises(ValueError, match="has no file"):
                build.adopt([unknown])


def test_where_hard_links_fail_files_are_copied(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(operation: str, path: Path) -> None:
        if operation == "link":
            raise OSError(errno.EXDEV, "another file system", str(path))

    first = publish(root, "first")
    monkeypatch.setattr(durable, "before", no_links)
    second = publish(root, "second")
    assert answer(root) == "second"
    assert not (second.folder / OLD_SEGMENT).samefile(first.folder / OLD_SEGMENT)


def test_an_adopted_file_that_was_written_to_is_refused(root: Path) -> None:
    publish(root, "first")

    def write_into_adopted() -> None:
        with IndexFolder(root).write() as build:
            build.adopt(["toc"])
            with (build.folder / "toc").open("a") as file:
                file.write("more")
            build.publish(documents=10, fingerprint="tiny", facts={})

    with pytest.raises(IndexDamagedError, match=r"toc was changed .* searchidx reindex"):
        write_into_adopted()
    assert names(root) == ["CURRENT", "LOCK", "gen-000001"]


@pytest.mark.parametrize(
    ("before", "now", "refused"), [(0, 0, True), (10, 0, True), (10, 4, True), (10, 5, False)]
)
def test_suspicious_shrinkage_is_refused_unless_forced(
    root: Path, before: int, now: int, refused: bool
) -> None:
    if before:
        publish(root, "old", documents=before)
    if refused:
        with pytest.raises(RefusedError, match=rf"\b{now} documents where there were {before}\b.*--force"):
            publish(root, "new", documents=now)
        assert before == 0 or answer(root) == "old"
    publish(root, "new", documents=now, force=refused)
    assert answer(root) == "new"


def test_shrinkage_is_noticed_though_the_old_index_is_damaged(root: Path) -> None:
    generation = publish(root, "old", documents=10)
    (generation.folder / "toc").unlink()
    with pytest.raises(RefusedError):
        publish(root, "new", documents=4)
    (root / "CURRENT").unlink()
    with pytest.raises(RefusedError):
        publish(root, "new", documents=4)


def test_another_format_is_told_with_its_maker_and_replaced_by_a_reindex(root: Path) -> None:
    generation = publish(root, "old")
    path = generation.folder / "manifest.json"
    changed = (
        path.read_bytes()
        .replace(b'"format": 1', b'"format": 99')
        .replace(b'"searchidx ', b'"searchidx-next ')
    )
    path.write_bytes(changed)
    current = root / "CURRENT"
    current.write_text(current.read_text().replace(generation.manifest_sha256, sum_of(changed)))
    with pytest.raises(IndexFormatError, match=r"searchidx-next .*format 99.*searchidx reindex"):
        IndexFolder(root).open()
    with IndexFolder(root).write() as build:
        assert build.previous is None
        assert "searchidx-next" in build.previous_problem
    publish(root, "new")
    assert answer(root) == "new"


def test_an_index_of_another_user_is_refused_unless_trusted(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(root, "first")
    if os.geteuid() == 0:
        os.chown(root, 4242, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: root.stat().st_uid + 1)
    for use in (IndexFolder(root).open, IndexFolder(root).write().__enter__):
        with pytest.raises(RefusedError, match="another user"):
            use()
    with IndexFolder(root, trust=True).open() as generation:
        assert answer_of(generation) == "first"


def test_a_folder_that_a_group_may_write_is_allowed(root: Path) -> None:
    publish(root, "first")
    root.chmod(0o770)
    assert answer(root) == "first"


def test_a_root_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    occupied = tmp_path / "index"
    occupied.write_text("a file")
    for use in (IndexFolder(occupied).open, IndexFolder(occupied).write().__enter__):
        with pytest.raises(StorageError, match=str(occupied)):
            use()

    def read_only(operation: str, path: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(durable, "before", read_only)
    with pytest.raises(StorageError, match=rf"{tmp_path / 'other'}.*Read-only file system; make") as caught:
        IndexFolder(tmp_path / "other").write().__enter__()
    assert caught.value.exit_code == 6
    assert isinstance(caught.value.__cause__, OSError)


def test_everything_is_synced_before_it_is_relied_on(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(root, "first")
    log: list[tuple[str, str]] = []
    monkeypatch.setattr(
        durable, "before", lambda operation, path: log.append((operation, str(path.relative_to(root.parent))))
    )
    files = publish(root, "second").files
    building = "index/gen-000002.building"
    folder_renamed = log.index(("rename", building))
    manifest_renamed = log.index(("rename", f"{building}/manifest.json.tmp"))
    switched = log.index(("rename", "index/CURRENT.tmp"))
    for name in [*files, "LEASE", "manifest.json.tmp"]:
        assert ("fsync", f"{building}/{name}") in log[: manifest_renamed + 1], name
        written = [place for place, entry in enumerate(log) if entry == ("open", f"{building}/{name}")]
        assert all(place < log.index(("fsync", f"{building}/{name}")) for place in written), name
    assert ("fsync", building) in log[manifest_renamed:folder_renamed]
    assert ("fsync", "index") in log[folder_renamed:switched]
    assert ("fsync", "index/CURRENT.tmp") in log[folder_renamed:switched]
    assert ("fsync", "index") in log[switched:]


def test_nothing_changed_is_said_only_of_a_state_that_lasts(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(root, "first")
    log: list[tuple[str, Path]] = []
    monkeypatch.setattr(durable, "before", lambda operation, path: log.append((operation, path)))
    with IndexFolder(root).write():
        pass
    assert ("fsync", root) in log  # its writer may have been killed between switching CURRENT and this


def test_a_manifest_survives_being_written_and_read(root: Path) -> None:
    manifest = Manifest(
        made_by="searchidx 0, Python 3",
        fingerprint="ключ\udce9",
        documents=0,
        facts={"nested": {"list": [1, None]}},
        files={"naïve": FileFacts(0, sum_of(b""))},
    )
    assert Manifest.parse(manifest.to_bytes(), root) == manifest


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 99,
        b"[" * 100_000,
        b"[]",
        b'{"format": 1}',
        b'{"format": "1"}',
        b"\xff",
        b'{"format": 1e999}',
    ],
)
def test_an_odd_manifest_is_damage(root: Path, data: bytes) -> None:
    with pytest.raises(IndexDamagedError):
        Manifest.parse(data, root)


def test_a_manifest_whose_names_lead_out_of_the_folder_is_damage(root: Path) -> None:
    whole = Manifest(
        made_by="", fingerprint="", documents=0, facts={}, files={"x": FileFacts(0, sum_of(b""))}
    )
    for name in ("../x", "/etc/passwd", "a/b", "..", ""):
        with pytest.raises(IndexDamagedError):
            Manifest.parse(whole.to_bytes().replace(b'"x"', f'"{name}"'.encode()), root)


def test_errors_of_the_store_are_errors_for_users() -> None:
    assert issubclass(StorageError, SearchidxError)
