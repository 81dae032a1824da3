"""What killed runs and older generations leave behind, and how it goes without hurting a reader.

In: the index folder, whose LOCK the caller holds. Out: less of it. Failing to remove something is
never an error: its name says that it is garbage, so a later run finds it again. Only names of our own
making are touched.
"""

import contextlib
import os
import re
from pathlib import Path

from searchidx.store import durable
from searchidx.store.generation import generations_in
from searchidx.store.lock import deletion_right
from searchidx.store.manifest import CURRENT

BUILDING, DELETING = ".building", ".deleting"
_LEFTOVER = re.compile(r"gen-(\d{6,9})\.(building|deleting)", re.ASCII)


def highest_number(root: Path) -> int:
    """Find the highest generation number on the disk, leftovers included; 0 if there is none."""
    leftovers = (int(found[1]) for name in os.listdir(root) if (found := _LEFTOVER.fullmatch(name)))
    return max([*leftovers, *generations_in(root)], default=0)


def clear_leftovers(root: Path) -> None:
    """Remove what runs that were killed had not finished building, deleting or writing."""
    for name in sorted(os.listdir(root)):
        if _LEFTOVER.fullmatch(name) or name == CURRENT + durable.TEMPORARY:
            durable.remove_tree(root / name)


def collect(root: Path, *, current: int) -> None:
    """Remove all generations but the current one, the one before it and those that somebody reads.

    The one before may have been read from CURRENT by a reader that has not yet taken its lease.
    """
    found = generations_in(root)
    before = max((number for number in found if number < current), default=current)
    for number in sorted(found.keys() - {current, before}):
        _remove_unless_read(found[number])


def _remove_unless_read(folder: Path) -> None:
    with contextlib.suppress(OSError), deletion_right(folder) as nobody_reads:
        if nobody_reads:
            # Renamed first: under its own name a generation is never seen half deleted.
            doomed = folder.with_name(folder.name + DELETING)
            durable.rename(folder, doomed)
            durable.remove_tree(doomed)
