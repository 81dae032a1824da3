"""What the last reindex read, and which files have to be read again."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.errors import IndexDamagedError, StorageError
from searchidx.store.ledger import FILE_NAME, RACY_NS, Entry, Ledger
from searchidx.types import Skipped

LOOKED_AT_NS = 1_750_000_000 * 10**9
LONG_AGO_NS = LOOKED_AT_NS - 100 * RACY_NS


@dataclass(frozen=True)
class File:
    path: str
    size: int = 10
    mtime_ns: int = LONG_AGO_NS
    ctime_ns: int = LONG_AGO_NS
    inode: int = 7


def entry(path: str, line: int | None, doc_id: str, content: bytes = b"") -> Entry:
    return Entry(path, line, doc_id, content)


def ledger(*entries: Entry, skipped: tuple[Skipped, ...] = ()) -> Ledger:
    made = Ledger()
    for path in dict.fromkeys([*(one.path for one in entries), *(one.path for one in skipped)]):
        made.add_file(File(path))
    for one in entries:
        made.entries[one.path].append(one)
    for other in skipped:
        made.skipped[other.path].append(other)
    return made


def contents(of: Ledger) -> tuple[object, ...]:
    return of.files, of.entries, of.skipped


@pytest.mark.parametrize(
    ("file", "unchanged"),
    [
        (File("a"), True),
        (File("unknown"), False),
        (replace(File("a"), size=11), False),
        (replace(File("a"), mtime_ns=LONG_AGO_NS + 1), False),
        (replace(File("a"), mtime_ns=0), False),
        (replace(File("a"), ctime_ns=LONG_AGO_NS + 1), False),
        (replace(File("a"), inode=8), False),
    ],
)
def test_a_file_is_unchanged_if_all_that_is_known_of_it_is(file: File, *, unchanged: bool) -> None:
    known = ledger(entry("a", None, "a"))
    assert known.is_unchanged(file, LOOKED_AT_NS) == unchanged


@pytest.mark.parametrize(
    ("ctime_ns", "trusted"),
    [
        (LOOKED_AT_NS - RACY_NS - 1, True),
        (LOOKED_AT_NS - RACY_NS, False),
        (LOOKED_AT_NS, False),
        (LOOKED_AT_NS + 10**12, False),  # the clock was set back
    ],
)
def test_a_file_that_changed_just_before_it_was_read_is_read_again(ctime_ns: int, *, trusted: bool) -> None:
    known, file = Ledger(), File("a", ctime_ns=ctime_ns)
    known.add_file(file)
    assert known.is_unchanged(file, LOOKED_AT_NS) == trusted


def test_of_several_documents_with_one_id_the_first_counts() -> None:
    known = ledger(
        entry("a", 1, "x"),
        entry("a", 2, "x"),
        entry("b", None, "x"),
        entry("b", None, "y"),
        skipped=(Skipped(path="a", line=3, reason="not JSON"), Skipped(path="c", reason="empty")),
    )
    assert known.winners() == {"x": entry("a", 1, "x"), "y": entry("b", None, "y")}
    assert [(one.path, one.line, one.reason) for one in known.all_skipped()] == [
        ("a", 3, "not JSON"),
        ("a", 2, "the id 'x' is taken by a:1"),
        ("b", None, "the id 'x' is taken by a:1"),
        ("c", None, "empty"),
    ]


def test_what_is_known_of_an_unchanged_file_is_kept() -> None:
    known = ledger(
        entry("a", 1, "x"), entry("b", None, "y"), skipped=(Skipped(path="a", line=2, reason="empty"),)
    )
    new = Ledger()
    new.keep_file("a", known)
    assert contents(new) == contents(
        ledger(entry("a", 1, "x"), skipped=(Skipped(path="a", line=2, reason="empty"),))
    )


def test_a_file_that_is_begun_again_is_forgotten() -> None:
    known = ledger(entry("a", 1, "x"), skipped=(Skipped(path="a", line=2, reason="empty"),))
    known.add_file(File("a", size=5))
    assert (known.winners(), list(known.all_skipped())) == ({}, [])


paths = st.sampled_from(("b", "a/ж", "a", "%E9"))
numbers = st.integers(0, (1 << 63) - 1)
entries = st.builds(
    Entry,
    paths,
    st.none() | st.integers(1, 9),
    st.sampled_from("xyz"),
    st.binary(max_size=4),
    numbers,
    numbers,
    numbers,
)
reasons = st.builds(
    lambda path, line, reason: Skipped(path=path, line=line, reason=reason),
    paths,
    st.none() | numbers,
    st.sampled_from(("empty", "«нет»")),
)


@given(held=st.lists(entries, max_size=5), skipped=st.lists(reasons, max_size=3), empty=st.booleans())
def test_a_ledger_is_read_as_it_was_saved(
    tmp_path_factory: pytest.TempPathFactory, held: list[Entry], skipped: list[Skipped], *, empty: bool
) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    known = ledger(*held, skipped=tuple(skipped))
    if empty:
        known.add_file(File("nothing in it", size=0))
    known.save(folder)
    again = Ledger.load(folder)
    assert contents(again) == contents(known)
    assert list(again.files) == list(known.files)  # in order: it decides who wins
    assert list(again.winners().items()) == list(known.winners().items())


@pytest.mark.parametrize("damage", [None, b"", b"no database" * 100])
def test_a_damaged_ledger_is_named(tmp_path: Path, damage: bytes | None) -> None:
    if damage is not None:
        (tmp_path / FILE_NAME).write_bytes(damage)
    with pytest.raises(IndexDamagedError, match=r"corpus\.sqlite.*searchidx reindex"):
        Ledger.load(tmp_path)


def test_a_ledger_that_can_not_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"can't write corpus\.sqlite in .*lacking"):
        Ledger().save(tmp_path / "lacking")
