"""One writer, many readers: nobody waits, nothing is deleted under a reader."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tiny_engine import answer, answer_of, names, publish

from searchidx.errors import IndexDamagedError, IndexLockedError, RefusedError
from searchidx.store import durable, generation, lock
from searchidx.store.generations import IndexFolder

HOLD = """
import os, pathlib, sys
from searchidx.store.generations import IndexFolder
with IndexFolder(pathlib.Path(sys.argv[1])).write():
    {then}
    os.write(1, b"held\\n")
    sys.stdin.read()
"""


@contextmanager
def another_process(root: Path, then: str = "") -> Iterator[subprocess.Popen[str]]:
    """Run a process that holds the lock until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD.format(then=then), str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process


def test_a_second_writer_fails_fast_and_is_told_who_writes(root: Path) -> None:
    publish(root, "first")
    with another_process(root) as process:
        started = time.monotonic()
        with pytest.raises(IndexLockedError, match=rf"pid {process.pid} on .*, for \d+ s") as caught:
            publish(root, "second")
        assert time.monotonic() - started < 1
        assert caught.value.exit_code == 5
        assert answer(root) == "first"  # readers don't mind
    publish(root, "second")


def test_the_lock_is_taken_before_anything_is_created(root: Path) -> None:
    with another_process(root):
        before = names(root)
        with pytest.raises(IndexLockedError):
            publish(root, "second")
        assert names(root) == before == ["LOCK"]


def test_two_writers_of_one_process_exclude_each_other(root: Path) -> None:
    with IndexFolder(root).write(), pytest.raises(IndexLockedError, match=f"pid {os.getpid()} "):
        publish(root, "second")
    publish(root, "second")


def test_a_lock_is_never_stale_by_age_nor_by_its_content(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_NAME_PATIENCE_S", 0.05)
    for content in (
        b"",
        b"\0" * 80,
        b"\xff" * 512,
        b"[" * 5000,
        b'{"pid": 99999999999, "host": "", "started": 0.0}',
    ):
        with IndexFolder(root).write():
            (root / "LOCK").write_bytes(content)
            with pytest.raises(IndexLockedError, match="pid unknown"):
                publish(root, "second")
    with IndexFolder(root).write():
        (root / "LOCK").write_text(f'{{"pid": {os.getpid()}, "host": "elsewhere", "started": 1.5}}')
        with pytest.raises(IndexLockedError, match=r"on elsewhere, for \d{7,} min"):
            publish(root, "second")


def test_the_name_of_a_dead_holder_is_not_told_for_the_living_one(root: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with IndexFolder(root).write():
        record = (root / "LOCK").read_text()
        (root / "LOCK").write_text(record.replace(str(os.getpid()), str(gone.pid)))
        late = threading.Timer(0.1, (root / "LOCK").write_text, [record])
        late.start()
        with pytest.raises(IndexLockedError, match=f"pid {os.getpid()} "):
            publish(root, "second")
        late.join()


def test_workers_that_outlive_a_killed_writer_do_not_hold_the_lock(root: Path) -> None:
    fork = 'if not os.fork():\n        os.write(1, b"held\\n"); sys.stdin.read(); os._exit(0)'
    with another_process(root, then=fork) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"  # both run
        process.kill()
        process.wait()
        publish(root, "second")  # the child still waits for the end of its input


def test_a_lock_removed_by_hand_lets_nobody_publish_twice(root: Path) -> None:
    publish(root, "first")

    def write_without_lock() -> None:
        with IndexFolder(root).write() as build:
            build.create()
            (root / "LOCK").unlink()
            build.publish(documents=10, fingerprint="", facts={})

    with pytest.raises(RefusedError, match="LOCK was removed or replaced"):
        write_without_lock()
    assert answer(root) == "first"


def test_what_a_reader_holds_is_not_deleted_until_it_lets_go(root: Path) -> None:
    publish(root, "one")
    reader = IndexFolder(root).open()
    for state in ("two", "three", "four"):
        publish(root, state)
    assert names(root) == ["CURRENT", "LOCK", "gen-000001", "gen-000003", "gen-000004"]
    assert answer_of(reader) == "one"
    reader.close()
    reader.close()
    publish(root, "five")
    assert names(root) == ["CURRENT", "LOCK", "gen-000004", "gen-000005"]


def test_a_lease_may_be_given_up_from_many_threads_and_is_no_other_readers(root: Path) -> None:
    publish(root, "one")
    first, second = IndexFolder(root).open(), IndexFolder(root).open()
    threads = [threading.Thread(target=first.close) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    publish(root, "two")
    publish(root, "three")
    assert answer_of(second) == "one"
    second.close()


def test_a_reader_overtaken_by_two_publishes_opens_the_newest(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(root, "one")

    def after_two_publishes(folder: Path) -> object:
        monkeypatch.setattr(generation, "take_lease", lock.take_lease)
        publish(root, "two")
        publish(root, "three")
        return lock.take_lease(folder)

    monkeypatch.setattr(generation, "take_lease", after_two_publishes)
    assert answer(root) == "three"


def test_a_reader_that_meets_a_deletion_looks_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(root, "one")
    remove_tree = durable.remove_tree
    seen: list[str] = []

    def read_meanwhile(folder: Path) -> None:
        if folder.name.endswith(".deleting"):
            seen.append(answer(root))
        remove_tree(folder)

    monkeypatch.setattr(durable, "remove_tree", read_meanwhile)
    for state in ("two", "three"):
        publish(root, state)
    assert seen == ["three"]


def test_a_lease_that_stays_locked_is_told_as_such(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generation, "_PAUSE_S", 0.001)
    folder = publish(root, "one").folder
    with lock.deletion_right(folder) as alone:
        assert alone
        with pytest.raises(IndexDamagedError, match="LEASE stays locked by another program"):
            answer(root)
    assert answer(root) == "one"


def test_readers_and_a_writer_in_a_storm_see_whole_states_only(root: Path) -> None:
    publish(root, "0")
    stop, seen = threading.Event(), list[list[int]]()

    def read_on() -> None:
        mine: list[int] = []
        seen.append(mine)
        while not stop.is_set():
            mine.append(int(answer(root)))

    readers = [threading.Thread(target=read_on) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 25):
        publish(root, str(number))
    stop.set()
    for reader in readers:
        reader.join()
    assert all(mine and mine == sorted(mine) for mine in seen)
