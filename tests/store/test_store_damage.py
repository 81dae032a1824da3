"""Any damage to any file: the same answers, or an error that names the file; and a reindex that mends it."""

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_engine import FILES, OLD_SEGMENT, answer, files_of, publish

from searchidx.errors import IndexDamagedError, NoIndexError, StorageError
from searchidx.store import durable, generation
from searchidx.store.generations import IndexFolder
from searchidx.store.verify import verify

PLACES = [
    "CURRENT",
    "LOCK",
    *(f"gen-000002/{name}" for name in [*FILES, OLD_SEGMENT, "LEASE", "manifest.json"]),
]


def delete(path: Path) -> None:
    path.unlink()


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def make_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def make_fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def rewrite(change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    def damage(path: Path) -> None:
        data = path.read_bytes()
        path.unlink()  # not through a hard link
        path.write_bytes(change(data))

    return damage


DAMAGES: dict[str, Callable[[Path], object]] = {
    "deleted": delete,
    "emptied": rewrite(lambda _: b""),
    "cut to one byte": rewrite(lambda data: data[:1]),
    "cut in half": rewrite(lambda data: data[: len(data) // 2]),
    "cut by one": rewrite(lambda data: data[:-1]),
    "zeroed": rewrite(lambda data: bytes(len(data))),
    "first bit flipped": rewrite(lambda data: data and bytes([data[0] ^ 1]) + data[1:]),
    "garbage at the end": rewrite(lambda data: data + b"\xff" * 512),
    "a folder": make_folder,
    "a link": make_link,
    "a FIFO": make_fifo,
}


CONTENT_DAMAGES = DAMAGES.keys() - {"deleted", "a folder", "a link", "a FIFO"}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("place", PLACES)
def test_damage_is_seen_named_and_mended(root: Path, place: str, damage: str) -> None:
    publish(root, "one")
    publish(root, "two")
    DAMAGES[damage](root / place)
    try:
        assert answer(root) == "two"
        assert place in ("LOCK", "gen-000002/LEASE", "CURRENT") or "emptied" in damage
    except IndexDamagedError as error:
        assert str(error).endswith("run: searchidx reindex")  # noqa: PT017 - one of two
        assert Path(place).name in str(error)  # noqa: PT017 - one of two
    if place in ("CURRENT", "LOCK") and damage in ("a folder", "a link", "a FIFO"):
        return  # no crash does that; see the next test
    with IndexFolder(root).write() as build:
        whole = build.previous is not None
        assert whole == (build.previous_problem == "")
        assert "searchidx reindex" not in build.previous_problem
        harmless = [("CURRENT", "cut by one"), *(("gen-000002/LEASE", damage) for damage in CONTENT_DAMAGES)]
        assert whole == (place == "LOCK" or (place, damage) in harmless)
    assert publish(root, "three").number == 3
    assert answer(root) == "three"


@pytest.mark.parametrize(
    ("place", "damage"), [("LOCK", "a folder"), ("LOCK", "a link"), ("CURRENT", "a folder")]
)
def test_what_cannot_be_replaced_is_refused_by_name(root: Path, place: str, damage: str) -> None:
    publish(root, "one")
    DAMAGES[damage](root / place)
    with pytest.raises(StorageError, match=place):
        publish(root, "two")


@pytest.mark.parametrize("place", ["CURRENT", "gen-000001/manifest.json"])
def test_no_flipped_bit_of_our_own_files_misleads_reader_or_writer(root: Path, place: str) -> None:
    publish(root, "one", documents=10)
    path = root / place
    good = path.read_bytes()
    for bit in range(0, 8 * len(good), 7):
        damaged = bytearray(good)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)
        with contextlib.suppress(IndexDamagedError):
            assert answer(root) == "one"
        with IndexFolder(root).write() as build:
            build._refuse_shrinkage(5)  # what a single bit tells must not stand in the way of a repair


def test_a_missing_current_beside_generations_is_damage_and_without_them_no_index(root: Path) -> None:
    publish(root, "one")
    (root / "CURRENT").unlink()
    with pytest.raises(IndexDamagedError, match="CURRENT is missing"):
        IndexFolder(root).open()
    shutil.rmtree(root / "gen-000001")
    with pytest.raises(NoIndexError):
        IndexFolder(root).open()


def test_a_current_that_points_back_does_not_cost_the_newer_generation(root: Path) -> None:
    publish(root, "one")
    publish(root, "two")
    current = root / "CURRENT"
    current.write_text(current.read_text().replace("gen-000002", "gen-000001"))
    with IndexFolder(root).write() as build:
        assert build.previous is None
    assert (root / "gen-000002").exists()  # until something whole takes its place
    assert publish(root, "three").number == 3


@pytest.fixture
def large_from_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    """Treat every index as one too large to be summed at every opening."""
    monkeypatch.setattr(generation, "SUMS_ALWAYS_BYTES", 0)


@pytest.mark.usefixtures("large_from_zero")
def test_a_large_index_is_summed_once_and_again_when_a_file_is_another(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summed: list[Path] = []
    size_and_sum = durable.size_and_sum

    def count(path: Path) -> tuple[int, str]:
        summed.append(path)
        return size_and_sum(path)

    folder = publish(root, "one").folder
    monkeypatch.setattr(durable, "size_and_sum", count)
    answer(root)
    assert len(summed) == 4
    answer(root)
    assert len(summed) == 4
    IndexFolder(root).open(verify="full").close()
    assert len(summed) == 8
    data = (folder / "toc").read_bytes()
    (folder / "toc").write_bytes(data)
    os.utime(folder / "toc", ns=(1, 1))
    answer(root)
    assert len(summed) == 12
    (folder / "toc").write_bytes(b"x" * len(data))
    with pytest.raises(IndexDamagedError, match="toc was changed"):
        answer(root)
    with pytest.raises(IndexDamagedError, match="toc was changed"):  # damage leaves no stamp
        answer(root)


@pytest.mark.usefixtures("large_from_zero")
@pytest.mark.parametrize("cache", ["/proc/nowhere", "relative", "/dev/null"])
def test_without_a_cache_folder_a_large_index_opens_all_the_same(
    root: Path, cache: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root.parent)
    monkeypatch.setenv("XDG_CACHE_HOME", cache)
    publish(root, "one")
    assert answer(root) == "one"
    assert not Path("relative").exists()


def test_verify_finds_nothing_wrong_with_a_whole_index_and_inspects_it_when_deep(root: Path) -> None:
    publish(root, "one")
    report = verify(root)
    assert (report.generation, report.files_checked, report.is_whole) == ("gen-000001", 4, True)
    assert report.bytes_checked == sum(
        p.stat().st_size for p in files_of(root) if p.name in [*FILES, OLD_SEGMENT]
    )
    assert verify(root, inspect=lambda _: ["not asked for"]).is_whole
    assert verify(root, True, inspect=lambda generation: [f"{generation.name} is odd"]).problems == (
        "gen-000001 is odd",
    )


def test_verify_lists_every_problem_and_opens_nothing_damaged(root: Path) -> None:
    folder = publish(root, "one").folder
    (folder / "toc").unlink()
    (folder / "postings").write_text("ONE")
    (folder / "documents.sqlite").write_text("longer than it was")
    report = verify(root, deep=True, inspect=lambda _: pytest.fail("inspected"))
    assert [problem.partition(str(folder) + "/")[2] for problem in report.problems] == [
        "documents.sqlite has 18 bytes instead of 3",
        "postings was changed: its SHA-256 differs",
        "toc is missing",
    ]
    (folder / "manifest.json").write_text("{}")
    assert "manifest.json" in " ".join(verify(root).problems)
    (root / "CURRENT").write_text("{}")
    assert verify(root).generation == ""
    assert "CURRENT can't be read" in " ".join(verify(root).problems)


def test_verify_tells_of_a_lost_lease_and_of_no_index(root: Path) -> None:
    with pytest.raises(NoIndexError):
        verify(root)
    folder = publish(root, "one").folder
    (folder / "LEASE").unlink()
    assert "LEASE is missing" in " ".join(verify(root).problems)
