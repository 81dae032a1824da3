"""What comes out of files, whatever is in them."""

import gzip
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchidx.corpus import READERS, files, parse, read, scan
from searchidx.types import Document, Skipped

Write = Callable[[str, bytes], Path]
Found = Callable[..., list[Document | Skipped]]

IS_ROOT = os.geteuid() == 0
DATA = Path(__file__).parents[1] / "data" / "corpus"


def only(items: list[Document | Skipped]) -> Document | Skipped:
    [item] = items
    return item


def reason(items: list[Document | Skipped]) -> str:
    item = only(items)
    assert isinstance(item, Skipped)
    return item.reason


def test_every_format_has_a_file_that_shows_it() -> None:
    shown = {file.format for file in scan([DATA]).files}
    assert shown | {"htm", "ndjson"} == READERS.keys()


def test_the_sample_files_are_read() -> None:
    corpus = scan([DATA])
    items = [item for file in corpus.files for item in read(file)]
    assert [(item.doc_id, item.kind, item.encoding) for item in items if isinstance(item, Document)] == [
        ("talks-1", "text", "utf-8"),
        ("talks.jsonl:3", "body", "utf-8"),
        ("talks.jsonl:5", "html", "utf-8"),
        ("talks.md", "text", "utf-8"),
        ("talks.txt", "text", "utf-8"),
        ("talks_cp1251.html", "html", "cp1251"),
    ]
    assert [(item.path, item.line) for item in items if isinstance(item, Skipped)] == [("talks.jsonl", 4)]


def test_a_text_file_is_one_document_with_the_path_as_id(write: Write, found: Found) -> None:
    write("news/a.txt", b" Talks\r\nin\rIstanbul \n")
    assert only(found()) == Document(
        doc_id="news/a.txt", path="news/a.txt", content=" Talks\nin\nIstanbul \n", kind="text"
    )


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl"])
@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf \n"])
def test_a_file_without_text_is_skipped(write: Write, found: Found, name: str, data: bytes) -> None:
    write(name, data)
    assert reason(found())


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.txt.gz"])
def test_a_binary_file_is_skipped(write: Write, found: Found, name: str) -> None:
    data = b"\x7fELF\0\0" + bytes(range(256))
    write(name, gzip.compress(data, mtime=0) if name.endswith("gz") else data)
    assert reason(found()) == "binary, not text"


def test_a_late_nul_becomes_a_space(write: Write, found: Found) -> None:
    write("a.txt", b"a" * 9000 + b"\0b")
    item = only(found())
    assert isinstance(item, Document)
    assert item.content == "a" * 9000 + " b"


def test_a_page_over_its_limit_is_skipped(write: Write, found: Found) -> None:
    write("a.html", b"<p>" + b"a" * 5 * 2**20)
    assert "5 MB" in reason(found())


def test_a_file_that_grew_over_the_limit_since_the_scan_is_skipped(write: Write, tmp_path: Path) -> None:
    path = write("a.txt", b"talks")
    [file] = scan([tmp_path / "corpus"]).files
    path.write_bytes(b"talks" * 10)
    assert "too large" in reason(list(read(file, max_bytes=20)))


# -- what a file may have become between scan and read


def become_link(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def become_folder(path: Path) -> None:
    path.mkdir()


def stay_away(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize("become", [become_link, become_folder, os.mkfifo, stay_away])
def test_a_file_that_became_something_else_is_skipped(
    write: Write, tmp_path: Path, become: Callable[[Path], None]
) -> None:
    path = write("a.txt", b"talks")
    [file] = scan([tmp_path / "corpus"]).files
    path.unlink()
    become(path)
    assert reason(list(read(file)))


@pytest.mark.skipif(IS_ROOT, reason="root may read everything")
def test_a_file_without_permission_is_skipped(write: Write, found: Found) -> None:
    write("a.txt", b"talks").chmod(0)
    assert reason(found()) == "can't be read: Permission denied"


def test_an_error_of_the_disk_is_a_reason(
    write: Write, found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing_read(descriptor: int, size: int) -> bytes:
        raise OSError(5, "Input/output error")

    write("a.txt", b"talks")
    monkeypatch.setattr("searchidx.corpus.files.os.read", failing_read)
    assert reason(found()) == "can't be read: Input/output error"


@pytest.mark.parametrize(("times", "is_read"), [(1, True), (2, False)])
def test_a_file_that_changes_is_read_once_more(
    write: Write, found: Found, monkeypatch: pytest.MonkeyPatch, times: int, is_read: bool
) -> None:
    path = write("a.txt", b"old")
    real_read, changes = files._read_up_to, []

    def read_while_written(limit: int, descriptor: int) -> bytes:
        data = real_read(limit, descriptor)
        if len(changes) < times:
            changes.append(path.write_bytes(b"newer" * (len(changes) + 1)))
        return data

    monkeypatch.setattr(files, "_read_up_to", read_while_written)
    item = only(found())
    assert isinstance(item, Document) == is_read
    assert item.content == "newer" if isinstance(item, Document) else "changed" in item.reason


# -- compression


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt.gz", b"talks"),
        ("a.html.gz", b"talks"),
        ("a.md.gz", b"talks"),
        ("a.ndjson.gz", b'{"body":"talks"}'),
    ],
)
def test_every_format_may_be_packed(write: Write, found: Found, name: str, data: bytes) -> None:
    write(name, gzip.compress(data, mtime=0) + bytes(512))  # padded, as from a tape
    item = only(found())
    assert isinstance(item, Document)
    assert (item.path, item.content) == (name, "talks")


PACKED = gzip.compress(b"talks in Istanbul " * 10, mtime=0)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "cut short"),
        (b"talks", "not a gzip file"),
        (zlib.compress(b"talks"), "not a gzip file"),
        (PACKED[:-12], "cut short"),
        (PACKED[:-8] + bytes(8), "damaged"),
        (PACKED + PACKED, "more than one"),
        (PACKED + b"garbage", "more than one"),
        (gzip.compress(bytes(2**21), mtime=0), "100:1"),
        (gzip.compress(bytes(2**24), mtime=0), "100:1"),
        (gzip.compress(os.urandom(2**20).hex().encode(), mtime=0), "too large"),
        (gzip.compress(b"", mtime=0), "empty"),
    ],
)
def test_a_packed_file_that_can_not_be_trusted_is_skipped(
    write: Write, found: Found, data: bytes, word: str
) -> None:
    write("a.txt.gz", data)
    assert word in reason(found(max_bytes=2_000_000))


# -- whatever the bytes

PIECES = [b"---\n", b"title: ", b"- ", b"{", b'"body":', b'"', b"[", b"\n", b"\\ud800", b"\xc3"]
ANY_BYTES = st.one_of(
    st.binary(max_size=300),
    st.text(st.characters(exclude_categories=()), max_size=100).map(
        lambda text: text.encode("utf-8", "surrogatepass")
    ),
    st.builds(
        lambda text, encoding: text.encode(encoding, "replace"),
        st.text(max_size=100),
        st.sampled_from(["utf-16", "utf-32", "cp1251", "gb18030", "utf-8-sig"]),
    ),
    st.lists(st.sampled_from(PIECES)).map(b"".join),
)


@settings(deadline=None)
@given(ANY_BYTES, st.sampled_from([*READERS, *(f"{name}.gz" for name in READERS)]), st.booleans())
def test_no_bytes_raise_and_all_give_something(data: bytes, file_format: str, packed: bool) -> None:
    given = gzip.compress(data, mtime=0) if packed and file_format.endswith(".gz") else data
    items = list(parse(given, path="a", file_format=file_format))
    assert items
    for item in items:
        if isinstance(item, Document):
            assert f"{item.content}{item.title}{item.doc_id}".encode()
            assert "\0" not in item.content
            assert (
                item.kind == "body" or file_format.startswith(("json", "ndjson")) or "\r" not in item.content
            )
        else:
            assert item.reason
            assert item.path == "a"


def test_reading_leaves_the_corpus_as_it_was(write: Write, found: Found) -> None:
    path = write("a.txt", b"talks")
    before = path.stat()
    found()
    after = path.stat()
    assert (before.st_mtime_ns, before.st_ctime_ns) == (after.st_mtime_ns, after.st_ctime_ns)
