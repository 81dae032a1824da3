"""Several processes give what one gives, and outlive what is done to one of them."""

import os
import signal
import subprocess
import sys
import time
from itertools import count, islice
from pathlib import Path

import pytest
from pool_functions import number_of_process, obey, shout

from searchidx import processes
from searchidx.errors import StorageError
from searchidx.processes import Failed, Here, choose_jobs, open_runner, usable_processors
from searchidx.processes.pool import Pool

WORDS = ["a", "bridge", "is", "open", "again", "x" * 300_000, "", "çırağan"] * 10


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    with open_runner(jobs) as runner:
        for mark in ("!", "?"):  # what is shared changes
            assert list(runner.map(shout, WORDS, shared=mark)) == list(Here().map(shout, WORDS, shared=mark))
        assert list(runner.map(shout, [], shared="")) == []


def test_while_one_goes_on_another_may() -> None:
    with Pool(2) as pool:
        outer = pool.map(shout, WORDS, shared="!")
        found = [(word, *islice(pool.map(shout, [word], shared="?"), 1)) for word, _ in outer]
    assert found == [(word, (word, word.upper() + "?")) for word in WORDS]


def test_items_are_read_only_a_little_ahead() -> None:
    numbers = count()
    with Pool(2) as pool:
        assert next(pool.map(shout, map(str, numbers), shared="!")) == ("0", "0!")
        assert next(numbers) < 100


@pytest.mark.parametrize(
    ("order", "reason", "is_limit"),
    [
        ("die", "the process that cleaned it was killed (signal 9)", False),
        ("loop", "cleaning it took too much processor time", True),
        ("eat", "cleaning it took too much memory", True),
        ("leave", "the process that cleaned it ended (status 3)", False),
    ],
)
def test_a_process_that_dies_costs_one_item(order: str, reason: str, *, is_limit: bool) -> None:
    words = ["one", "two", order, *map(str, range(30)), order, "end"]
    with Pool(2, memory_bytes=1 << 30, seconds=0.3 if order == "loop" else 30) as pool:
        found = list(pool.map(obey, words, shared=None))
    assert found == [(word, Failed(reason, is_limit) if word == order else word) for word in words]


@pytest.mark.parametrize(("order", "error"), [("raise", ZeroDivisionError), ("unsendable", RuntimeError)])
def test_what_a_function_raises_is_raised_here(order: str, error: type[Exception]) -> None:
    with Pool(2) as pool:
        with pytest.raises(error) as raised:
            list(pool.map(obey, ["one", order, "two"], shared=None))
        assert raised.value.__notes__ if order == "raise" else "can't be sent" in str(raised.value)
        assert list(pool.map(obey, ["three"], shared=None)) == [("three", "three")]


def test_in_the_end_no_process_is_left() -> None:
    with Pool(3) as pool:
        numbers = {number for _, number in pool.map(number_of_process, range(50), shared=None)}
        unread = pool.map(obey, ["loop"] * 5, shared=None)
        stuck = pool.map(obey, ["fine", "loop"], shared=None)
        next(stuck)
    assert 2 <= len(numbers) <= 3
    assert all(not Path(f"/proc/{number}").exists() for number in numbers)
    del unread


def test_an_idle_process_that_is_killed_is_replaced() -> None:
    with Pool(2) as pool:
        [(_, number)] = pool.map(number_of_process, [0], shared=None)
        os.kill(number, signal.SIGKILL)
        others = [other for _, other in pool.map(number_of_process, range(20), shared=None)]
    assert number not in others


SCRIPT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # the tests may run where ^C is ignored
sys.path.insert(0, {folder!r})
from pool_functions import number_of_process, obey
from searchidx.processes.pool import Pool
with Pool(2) as pool:
    print(*(number for _, number in pool.map(number_of_process, range(20), shared=None)), flush=True)
    list(pool.map(obey, ["loop"] * 2, shared=None))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_a_parent_that_goes_takes_its_processes_with_it(number: signal.Signals) -> None:
    script = SCRIPT.format(folder=str(Path(__file__).parent))  # no guard: its main module is never imported
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        children = set(map(int, parent.stdout.readline().split()))
        time.sleep(0.1)
        parent.send_signal(number)
        parent.wait(20)
    assert children
    for _ in range(200):
        if not any(_is_running(child) for child in children):
            break
        time.sleep(0.05)
    assert not any(_is_running(child) for child in children)


def _is_running(number: int) -> bool:
    """Tell whether a process runs; an orphan that ended waits for whoever adopts it."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_where_no_process_can_be_started_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for executable in ("/nowhere/python", "/bin/false"):
        monkeypatch.setattr(sys, "executable", executable)
        with Pool(2) as pool, pytest.raises(StorageError, match="--jobs 1"):
            list(pool.map(shout, ["a"], shared="!"))


def test_so_many_processes_are_used_as_pay(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(processes, "QUOTA", tmp_path / "cpu.max")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    assert usable_processors() == 8
    for quota, wanted in (("max 100000\n", 8), ("250000 100000\n", 2), ("50000 100000\n", 1), ("?", 8)):
        (tmp_path / "cpu.max").write_text(quota)
        assert usable_processors() == wanted
    (tmp_path / "cpu.max").unlink()
    assert [choose_jobs(0, pays=True), choose_jobs(0, pays=False), choose_jobs(3, pays=False)] == [8, 1, 3]
