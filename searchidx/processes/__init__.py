"""Run functions over many items in several processes, or here: the results are the same, in order.

In: a function of a module, items, and what all calls share. Out: each item with its result, or with
``Failed`` where its process died. Knows nothing of what the functions do. ``pool`` is the parent's side,
``worker`` the child's.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Shared = TypeVar("Shared")
Result = TypeVar("Result")

MAX_JOBS = 256
QUOTA = Path("/sys/fs/cgroup/cpu.max")  # "max 100000", or microseconds of processor time in a period


@dataclass(frozen=True, slots=True)
class Failed:
    """An item whose process died over it, and why."""

    reason: str
    is_limit: bool = False  # it took too much time or memory; a simpler way may do


class Runner(Protocol):
    """Calls a function for each of many items."""

    def map(
        self, function: Callable[[Shared, Item], Result], items: Iterable[Item], *, shared: Shared
    ) -> Iterator[tuple[Item, Result | Failed]]:
        """Yield each item with the result of ``function(shared, item)``, in the order of the items."""
        ...


class Here:
    """Calls functions in this process, one item after the other."""

    def map(
        self, function: Callable[[Shared, Item], Result], items: Iterable[Item], *, shared: Shared
    ) -> Iterator[tuple[Item, Result | Failed]]:
        """Yield each item with its result."""
        for item in items:
            yield item, function(shared, item)


@contextmanager
def open_runner(jobs: int) -> Iterator[Runner]:
    """Give something that runs functions in so many processes; at the end they are gone."""
    if jobs <= 1:
        yield Here()
        return
    from searchidx.processes.pool import Pool

    with Pool(jobs) as pool:
        yield pool


def choose_jobs(wanted: int, *, pays: bool) -> int:
    """Give the number of processes: as many as wanted; if 0, one for each processor where that pays."""
    if wanted:
        return min(wanted, MAX_JOBS)
    return usable_processors() if pays else 1


def usable_processors() -> int:
    """Count the processors that this process may use, a container's quota included."""
    try:
        count = len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        count = os.cpu_count() or 1
    try:
        quota, period = QUOTA.read_text(encoding="ascii").split()
        count = min(count, max(1, int(quota) // int(period)))
    except (OSError, ValueError, ZeroDivisionError):
        pass  # no quota, or none that is told there
    return max(1, count)
