"""Which files are a corpus, in which order and under which names."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.corpus import CorpusFile, scan
from searchidx.corpus.paths import encode
from searchidx.errors import RefusedError

IS_ROOT = os.geteuid() == 0


def fill(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("talks")
    return folder


def paths(*roots: Path) -> list[str]:
    return [file.path for file in scan(roots).files]


def reasons(root: Path, **limits: int) -> dict[str, str]:
    return {skipped.path: skipped.reason for skipped in scan([root], **limits).skipped}


def test_files_come_in_the_order_of_the_parts_of_their_paths(tmp_path: Path) -> None:
    fill(tmp_path, "b.txt", "a/z.txt", "a.txt", "a/b/c.txt", "a-b/c.txt", "Z.txt", "é.txt")
    assert paths(tmp_path) == ["Z.txt", "a/b/c.txt", "a/z.txt", "a-b/c.txt", "a.txt", "b.txt", "é.txt"]


def test_only_known_extensions_belong_to_a_corpus(tmp_path: Path) -> None:
    wanted = ["a.txt", "b.MD", "c.html", "d.htm", "e.jsonl", "f.ndjson", "g.txt.gz", "h.JSONL.GZ", " .txt"]
    fill(
        tmp_path,
        *wanted,
        "picture.png",
        "page.xhtml",
        "archive.tar.gz",
        "gz",
        "txt",
        ".txt",
        "a.txt~",
        "x.gz",
    )
    assert paths(tmp_path) == sorted(wanted)
    assert not reasons(tmp_path)


def test_a_file_is_described_as_the_file_system_has_it(tmp_path: Path) -> None:
    status = (fill(tmp_path, "news/a.JSONL.gz") / "news/a.JSONL.gz").stat()
    assert scan([tmp_path]).files == (
        CorpusFile(
            path="news/a.JSONL.gz",
            location=os.fsencode(tmp_path / "news/a.JSONL.gz"),
            format="jsonl.gz",
            size=5,
            mtime_ns=status.st_mtime_ns,
            ctime_ns=status.st_ctime_ns,
            inode=status.st_ino,
        ),
    )


def test_a_folder_may_be_empty(tmp_path: Path) -> None:
    assert scan([tmp_path]).files == scan([tmp_path]).skipped == scan([]).files == ()


def test_links_are_listed_and_never_followed(tmp_path: Path) -> None:
    corpus = fill(tmp_path / "corpus", "a.txt")
    fill(tmp_path / "outside", "secret.txt")
    for name, target in [
        ("outside.txt", "../outside/secret.txt"),
        ("outside", "../outside"),
        ("loop", "."),
        ("inside.txt", "a.txt"),
        ("dangling.txt", "/nonexistent"),
        ("cycle.txt", "cycle.txt"),
        ("zero.txt", "/dev/zero"),
    ]:
        (corpus / name).symlink_to(target)
    assert paths(corpus) == ["a.txt"]
    listed = reasons(corpus)
    assert sorted(listed) == [
        "cycle.txt", "dangling.txt", "inside.txt", "loop", "outside", "outside.txt", "zero.txt"
    ]  # fmt: skip
    assert all("link" in reason for reason in listed.values())


def test_a_link_that_the_user_names_is_followed(tmp_path: Path) -> None:
    fill(tmp_path, "2025-06-02/a.txt", "blogs/b.txt", "blob")
    (tmp_path / "today").symlink_to("2025-06-02")
    (tmp_path / "c.txt").symlink_to("blob")
    assert paths(tmp_path / "today") == ["a.txt"]
    assert paths(tmp_path / "c.txt") == ["c.txt"]
    roots = [tmp_path / "today", tmp_path / "blogs", tmp_path / "c.txt"]
    assert paths(*roots) == ["blogs/b.txt", "c.txt", "today/a.txt"]


def test_what_is_no_file_is_listed_whatever_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "fifo.txt")
    os.mkfifo(tmp_path / "fifo")
    monkeypatch.chdir(tmp_path)  # a socket's path may have 107 bytes only
    with socket.socket(socket.AF_UNIX) as unix_socket:
        unix_socket.bind("socket.txt")
    expected = {"fifo": "pipe", "fifo.txt": "pipe", "socket.txt": "socket"}
    if IS_ROOT:
        os.mknod("zero.txt", 0o020666, os.makedev(1, 5))
        expected["zero.txt"] = "device"
    listed = reasons(tmp_path)
    assert listed.keys() == expected.keys()
    assert all(word in listed[name] for name, word in expected.items())


def test_a_file_over_the_limit_is_listed_with_its_size(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt")
    os.truncate(tmp_path / "a.txt", 2**31)
    assert reasons(tmp_path) == {"a.txt": "too large: 2048 MB, the limit is 20 MB; split it"}
    assert "5 bytes" in reasons(fill(tmp_path, "a.txt"), max_bytes=4)["a.txt"]


@pytest.mark.skipif(IS_ROOT, reason="root may read everything")
def test_a_folder_that_can_not_be_listed_is_reported(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "closed/b.txt")
    (tmp_path / "closed").chmod(0)
    assert paths(tmp_path) == ["a.txt"]
    assert "Permission denied" in reasons(tmp_path)["closed"]
    (tmp_path / "closed").chmod(0o700)


def test_a_folder_below_one_that_vanishes_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, "a.txt", "b/c.txt")
    real_listdir = os.listdir

    def listdir(path: bytes) -> list[bytes]:
        if path.endswith(b"/b"):
            raise FileNotFoundError(2, "No such file or directory")
        return real_listdir(path)

    monkeypatch.setattr("searchidx.corpus.folder.os.listdir", listdir)
    assert paths(tmp_path) == ["a.txt"]
    assert "No such file" in reasons(tmp_path)["b"]


def test_a_path_longer_than_the_system_allows_is_listed(tmp_path: Path) -> None:
    where = os.open(tmp_path, os.O_RDONLY)
    for _ in range(70):
        os.mkdir("d" * 60, dir_fd=where)
        below = os.open("d" * 60, os.O_RDONLY, dir_fd=where)
        os.close(where)
        where = below
    os.close(where)
    [(path, reason)] = reasons(tmp_path).items()
    assert len(path) > 3500
    assert "too long" in reason


@pytest.mark.parametrize("name", ["missing", "a.txt/missing"])
def test_a_corpus_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    fill(tmp_path, "a.txt")
    with pytest.raises(RefusedError, match=r"no such corpus folder: .*missing") as refused:
        scan([tmp_path, tmp_path / name])
    assert refused.value.exit_code == 6


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cycle").symlink_to("cycle")
    with pytest.raises(RefusedError, match="cycle"):
        scan([tmp_path / "cycle"])


def test_a_corpus_folder_that_can_not_be_listed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def listdir(path: bytes) -> list[bytes]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("searchidx.corpus.folder.os.listdir", listdir)
    with pytest.raises(RefusedError, match="Permission denied"):
        scan([tmp_path])


def test_a_single_file_is_a_corpus(tmp_path: Path) -> None:
    assert paths(fill(tmp_path, "news/a.txt") / "news/a.txt") == ["a.txt"]


def test_a_single_file_of_an_unknown_format_is_listed(tmp_path: Path) -> None:
    assert "unknown format" in reasons(fill(tmp_path, "a.pdf") / "a.pdf")["a.pdf"]


def test_several_folders_keep_their_names(tmp_path: Path) -> None:
    fill(tmp_path, "x/news/1.txt", "y/blogs/1.txt", "2.txt")
    roots = [tmp_path / "x/news", tmp_path / "2.txt", tmp_path / "y/blogs"]
    assert paths(*roots) == paths(*reversed(roots)) == ["2.txt", "blogs/1.txt", "news/1.txt"]


def test_folders_of_one_name_are_told_apart(tmp_path: Path) -> None:
    fill(tmp_path, "x/news/1.txt", "y/news/1.txt")
    assert paths(tmp_path / "y/news", tmp_path / "x/news") == ["x/news/1.txt", "y/news/1.txt"]


def test_no_file_is_read_twice(tmp_path: Path) -> None:
    fill(tmp_path, "news/1.txt", "news/deep/2.txt")
    news = tmp_path / "news"
    roots = [news / "deep", news, news / "deep/../../news", news / "1.txt"]
    assert paths(*roots) == ["1.txt", "deep/2.txt"]


def test_a_path_relative_to_the_working_folder_names_the_same_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, "news/1.txt")
    monkeypatch.chdir(tmp_path / "news")
    assert scan([Path()]) == scan([tmp_path / "news"]) == scan([Path("../news")])


def test_names_of_all_kinds_survive(tmp_path: Path) -> None:
    names = [
        b"new\nline.txt",
        b"-rf.txt",
        b"$(x);`id`.txt",
        "İ 中.txt".encode(),
        b"\xe9\xff.txt",
        b"100 %.txt",
    ]
    for name in names:
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_text("talks")
    assert set(paths(tmp_path)) == {
        "new\nline.txt", "-rf.txt", "$(x);`id`.txt", "İ 中.txt", "%E9%FF.txt", "100 %.txt"
    }  # fmt: skip


@given(
    st.lists(st.sampled_from([b"%", b"2", b"5", b"E", b"9", b"\xe9", b"\xc3", b"\xa9", b"/"])).map(b"".join)
)
def test_an_encoded_path_is_text_and_can_be_read_back(path: bytes) -> None:
    encoded = encode(path).encode()
    parts = encoded.split(b"%")
    decoded = parts[0]
    for part in parts[1:]:
        is_escape = part[:2] == b"25" or (part[:1] in b"89ABCDEF" and part[1:2].isalnum() and len(part) > 1)
        decoded += bytes.fromhex(part[:2].decode()) + part[2:] if is_escape else b"%" + part
    assert decoded == path
