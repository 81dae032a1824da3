"""Whoosh behind the border: its known defects, each pinned, and what of it is our format."""

import os
import random
import re
import subprocess
import sys
import threading
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_cases import RULES

from searchidx.analysis import index_document
from searchidx.backends import IndexSearcher, engine, impacts
from searchidx.backends.generations import GenerationBackend
from searchidx.backends.whoosh import WhooshEngine, codec, library, searcher, writer
from searchidx.errors import IndexDamagedError, SearchidxError, SettingsError
from searchidx.query.nodes import Alternative, AnyOf, MatchAll
from searchidx.ranking.recipe import RECIPE
from searchidx.types import CleanDocument, IndexDocument


def article(doc_id: str, body: str) -> IndexDocument:
    document = CleanDocument(doc_id=doc_id, path=doc_id, raw=body, body=body, kind="body")
    return index_document(document, RULES)


def ids(opened: IndexSearcher, term: str = "") -> str:
    query = AnyOf((Alternative((term,)),)) if term else MatchAll()
    return " ".join(sorted(doc.doc_id for doc in opened.search(query, limit=1_000, scoring=RECIPE).docs))


@pytest.fixture
def whoosh(tmp_path: Path) -> GenerationBackend:
    return GenerationBackend(tmp_path / "index", WhooshEngine())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder that holds an index of two documents."""
    folder = tmp_path / "engine"
    folder.mkdir()
    with WhooshEngine().create(folder) as new:
        new.put(article("a", "talks"))
        new.put(article("b", "talks and a swap"))
    return folder


def found(folder: Path, term: str = "") -> str:
    with closing(WhooshEngine().open(folder)) as opened:
        return ids(opened, term)


# ---- defects of Whoosh ---------------------------------------------------------------------------------


def test_segments_have_names_of_their_own_after_random_was_seeded(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "SEGMENT_POSITIONS", 1)  # several segments for each writer
    for doc_id in "cdef":
        random.seed(0)
        with WhooshEngine().change(folder) as change:
            change.put(article(doc_id, "talks"))
            random.seed(0)
            change.put(article(doc_id * 2, "talks"))
    assert found(folder, "talks") == "a b c cc d dd e ee f ff"


def test_naming_segments_leaves_the_random_numbers_of_others_as_they_were(folder: Path) -> None:
    random.seed(7)
    expected = [random.random() for _ in range(3)]
    random.seed(7)
    drawn = []
    for doc_id in "cde":
        drawn.append(random.random())
        with WhooshEngine().change(folder) as change:
            change.put(article(doc_id, "talks"))
    assert drawn == expected


def test_a_new_searcher_sees_changes_without_refresh(
    whoosh: GenerationBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    from whoosh.index import FileIndex
    from whoosh.searching import Searcher

    for broken in (Searcher, FileIndex):
        monkeypatch.setattr(broken, "refresh", None)
    with whoosh.rebuild() as new:
        for doc_id in "abcdefg":
            new.put(article(doc_id, "talks"))
    for doc_id in "fg":
        with whoosh.writer() as change:
            change.delete(doc_id)
            change.put(article("a", "talks again"))
    with closing(whoosh.searcher()) as opened:
        assert ids(opened, "talks") == "a b c d e"
        assert (ids(opened, "again"), opened.doc_count()) == ("a", 5)


PHANTOM = article("c", "phantom")
# Each fails when some of its postings are in memory already.
HALVES = (
    replace(PHANTOM, fields={**PHANTOM.fields, "title": {"phantom": ["no", "numbers"]}}),
    replace(PHANTOM, fields={**PHANTOM.fields, "raw": {"phantom": [1 << 40]}}),
    replace(PHANTOM, fields={**PHANTOM.fields, "unknown": {"phantom": [1]}}),
    replace(PHANTOM, lengths={"body": -1}),
    replace(PHANTOM, stored=replace(PHANTOM.stored, raw="\ud800")),
)


@pytest.mark.parametrize("broken", HALVES, ids=["positions", "large", "field", "length", "text"])
@pytest.mark.parametrize("is_swallowed", [False, True])
@pytest.mark.parametrize("segment_positions", [6_000_000, 1])
def test_a_document_that_can_not_be_put_leaves_no_phantom_postings(
    whoosh: GenerationBackend,
    monkeypatch: pytest.MonkeyPatch,
    broken: IndexDocument,
    *,
    is_swallowed: bool,
    segment_positions: int,
) -> None:
    monkeypatch.setattr(writer, "SEGMENT_POSITIONS", segment_positions)
    with whoosh.rebuild() as new:
        new.put(article("a", "talks"))

    def put_it() -> None:
        with whoosh.writer() as change:
            change.put(article("b", "peace"))
            try:
                change.put(broken)
            except Exception:  # what a broken document raises differs; what it leaves behind must not
                if not is_swallowed:
                    raise

    with pytest.raises(SearchidxError if is_swallowed else Exception):
        put_it()
    with whoosh.writer() as change:
        change.put(article("d", "other news"))
    with closing(whoosh.searcher()) as opened:
        assert (ids(opened), ids(opened, "phantom"), ids(opened, "peace")) == ("a d", "", "")
        assert [stats.term for stats in opened.terms("body")] == ["news", "other", "talks"]
        assert opened.forms(["en:phantom", "en:peac"]) == []


def test_a_writer_that_failed_gives_its_lock_back_while_its_traceback_lives(folder: Path) -> None:
    def fail() -> None:
        with WhooshEngine().change(folder) as change:
            change.put(article("c", "talks"))
            raise RuntimeError

    with pytest.raises(RuntimeError) as kept:
        fail()
    lock = library.open_index(folder).lock("WRITELOCK")
    assert lock.acquire()
    lock.release()
    assert kept.tb is not None


def test_the_lock_file_is_not_needed_to_open_or_change_an_index(folder: Path) -> None:
    for path in folder.glob("*LOCK"):
        path.unlink()
    assert found(folder, "talks") == "a b"
    with WhooshEngine().change(folder) as change:
        change.delete("a")
    assert found(folder, "talks") == "b"


def test_a_published_index_holds_no_lock_of_whoosh(whoosh: GenerationBackend, tmp_path: Path) -> None:
    with whoosh.rebuild() as new:
        new.put(article("a", "talks"))
    assert [path.name for path in (tmp_path / "index").rglob("*LOCK")] == ["LOCK"]  # that of the store


@pytest.mark.slow
@pytest.mark.parametrize("module", ["searcher", "writer"])
def test_whoosh_is_imported_without_its_syntax_warnings(module: str, tmp_path: Path) -> None:
    fresh = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}  # the warnings come with compiling
    command = [sys.executable, "-W", "error", "-c", f"import searchidx.backends.whoosh.{module}"]
    result = subprocess.run(command, env=fresh, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


# ---- segments ------------------------------------------------------------------------------------------


def test_a_segment_is_written_before_its_numbers_run_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert array("H", [codec.MAX_SEGMENT_DOCS])  # or an OverflowError
    monkeypatch.setattr(writer, "MAX_SEGMENT_DOCS", 3)
    with WhooshEngine().change(folder) as change:
        for doc_id in "cdefghij":
            change.put(article(doc_id, "talks"))
    sizes = [segment.doc_count_all() for segment in library.open_index(folder)._segments()]
    assert sizes == [2, 3, 3, 2]
    assert found(folder, "talks") == "a b c d e f g h i j"


def test_a_segment_that_lost_all_documents_does_no_harm(folder: Path) -> None:
    with WhooshEngine().change(folder) as change:
        change.delete("a")
        change.delete("b")
    assert found(folder) == ""
    with WhooshEngine().change(folder) as change:
        change.put(article("a", "talks"))
    assert found(folder, "talks") == "a"


def test_a_row_is_never_given_to_a_second_document(folder: Path) -> None:
    for number in range(3):
        with WhooshEngine().change(folder) as change:
            change.delete("b")  # the last row of all
            change.put(article("b", f"talks{number}"))
        assert (found(folder), found(folder, f"talks{number}")) == ("a b", "b")


# ---- reading -------------------------------------------------------------------------------------------


def test_reading_needs_no_right_to_write_and_leaves_nothing_behind(folder: Path) -> None:
    def state() -> list[tuple[str, int, int]]:
        return sorted(
            (path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in [folder, *folder.iterdir()]
        )

    for path in [*folder.iterdir(), folder]:
        path.chmod(path.stat().st_mode & ~0o222)
    before = state()
    with closing(WhooshEngine().open(folder)) as opened:
        assert ids(opened, "talks") == "a b"
        assert len(opened.fetch(["a", "b"])) == 2
        assert state() == before
    assert state() == before
    folder.chmod(0o700)


def test_a_closed_searcher_gives_its_files_back(folder: Path) -> None:
    found(folder)
    before = os.listdir("/dev/fd")
    for _ in range(5):
        found(folder, "talks")
    assert os.listdir("/dev/fd") == before


def test_a_closed_searcher_says_so_instead_of_finding_nothing(folder: Path) -> None:
    opened = WhooshEngine().open(folder)
    opened.close()
    asked: list[Callable[[], object]] = [
        lambda: ids(opened),
        lambda: list(opened.terms("body")),
        lambda: opened.doc_frequency("body", "talks"),
        lambda: opened.forms(["en:talk"]),
        lambda: opened.fetch(["a"]),
        lambda: list(opened.doc_ids()),
    ]
    for ask in asked:
        with pytest.raises(ValueError, match="closed"):
            ask()


def test_an_index_that_can_not_be_opened_is_let_go_of(folder: Path) -> None:
    (folder / "documents.sqlite").unlink()
    closed: list[bool] = []
    with pytest.raises(IndexDamagedError, match=r"documents\.sqlite"):
        WhooshEngine().open(folder, on_close=lambda: closed.append(True))
    assert closed == [True]


def test_reserved_terms_are_not_shown(folder: Path) -> None:
    with closing(WhooshEngine().open(folder)) as opened:
        for field in (*library.FIELDS, library.NUMBERS):
            assert not [stats for stats in opened.terms(field) if stats.term < " "]


@pytest.mark.slow
def test_threads_may_share_a_searcher(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searcher, "CACHED_LISTS", 3)
    monkeypatch.setattr(impacts, "SHORT", 0)
    monkeypatch.setattr(impacts, "MAX_KEPT", 100)
    words = [f"word{number}" for number in range(40)]
    with WhooshEngine().change(folder) as change:
        for number in range(30):
            change.put(article(f"d{number:02}", " ".join(words[number % 7 :: 3])))
    opened = WhooshEngine().open(folder)

    def answers(seed: int) -> Iterator[tuple[str, str, int]]:
        asked = words * 3
        random.Random(seed).shuffle(asked)
        for word in asked:
            yield word, ids(opened, word), sum(1 for _ in opened.terms("body", prefix=word))

    expected = dict.fromkeys(answers(0))
    wrong: list[object] = []

    def ask(seed: int) -> None:
        wrong.extend(answer for answer in answers(seed) if answer not in expected)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(threading, "excepthook", wrong.append)
            threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(6)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    finally:
        sys.setswitchinterval(interval)
        opened.close()
    assert wrong == []


# ---- the format ----------------------------------------------------------------------------------------


def test_the_import_paths_in_the_table_of_contents_are_part_of_the_format(folder: Path) -> None:
    [toc] = folder.glob("*.toc")
    data = toc.read_bytes()
    assert set(re.findall(rb"searchidx[.\w]*", data)) == {b"searchidx.backends.whoosh.codec"}
    assert b"ArrayCodec" in data
    assert b"TermsField" in data
    [segment] = library.open_index(folder)._segments()
    assert type(segment.codec()) is codec.ArrayCodec


def test_a_posting_list_is_laid_out_as_documented() -> None:
    assert codec.encode(array("H", [1, 300]), array("I", [1, 2]), array("I", [5, 0, 7])) == bytes.fromhex(
        "00 0100 2c01 01 02 0500 0000 0700"
    )
    wide = codec.encode(array("H", [0]), array("I", [256]), array("I", [70_000] * 256))
    assert wide[:11] == bytes.fromhex("03 0000 00010000 70110100")


positions = st.lists(st.integers(0, 0xFFFF) | st.integers(0, 0xFFFF_FFFF), min_size=1, max_size=6).map(sorted)
often = st.just(list(range(300)))
lists = st.dictionaries(st.integers(0, codec.MAX_SEGMENT_DOCS - 1), positions | often, min_size=1, max_size=6)


@given(postings=lists, before=st.binary(max_size=5))
def test_a_posting_list_is_read_as_it_was_written(postings: dict[int, Sequence[int]], before: bytes) -> None:
    numbers = sorted(postings)
    flat = [position for number in numbers for position in postings[number]]
    data = codec.encode(
        array("H", numbers), array("I", [len(postings[n]) for n in numbers]), array("I", flat)
    )
    read = codec.decode(memoryview(before + data)[len(before) :], len(numbers))
    assert (list(read.ids), list(read.freqs)) == (numbers, [len(postings[number]) for number in numbers])
    for number in {0, *numbers, *(number + 1 for number in numbers)}:
        assert list(read.positions_in(number)) == list(postings.get(number, ()))


def test_a_long_document_keeps_all_positions(folder: Path) -> None:
    with WhooshEngine().change(folder) as change:
        change.put(article("long", "filler " * 70_000 + "needle in a haystack"))
    with closing(WhooshEngine().open(folder)) as opened:
        phrase = AnyOf((Alternative(("filler", "needle", "in")),))
        assert [doc.doc_id for doc in opened.search(phrase, limit=5, scoring=RECIPE).docs] == ["long"]


def test_an_engine_is_asked_for_by_name() -> None:
    assert engine("whoosh").name == "whoosh"
    with pytest.raises(SettingsError, match="there is no back-end 'lucene'"):
        engine("lucene")
