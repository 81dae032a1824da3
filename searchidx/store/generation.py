"""Is what CURRENT names still what was written? The reader's part of the protocol.

In: the index folder. Out: a ``Generation`` whose every file was compared with its manifest, leased so
that no writer deletes it before it is closed; or an error that names the file. Nothing here changes the
index.
The engine opens a generation only after this: its files may be pickles, and an index is code.
"""

import contextlib
import io
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from searchidx.errors import IndexDamagedError, NoIndexError
from searchidx.store import durable, stamp
from searchidx.store.lock import take_lease
from searchidx.store.manifest import (
    CURRENT,
    LEASE,
    MANIFEST,
    FileFacts,
    Manifest,
    Pointer,
    generation_number,
    sum_of,
)

# Up to this size all sums are compared at every opening: 1.9 GB/s were measured, so 35 ms at most.
SUMS_ALWAYS_BYTES = 64 << 20
_ATTEMPTS, _PAUSE_S = 5, 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One whole state of the index: a folder of files that nobody changes any more.

    ``close`` gives up the lease; after that the folder may vanish. It may be called twice and from
    any thread.
    """

    number: int
    folder: Path
    documents: int
    made_by: str
    fingerprint: str
    facts: Mapping[str, object]
    manifest_sha256: str
    files: Mapping[
        str, FileFacts
    ]  # all files but the manifest and the LEASE; others in the folder are not ours
    lease: io.FileIO | None = field(default=None, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The name of the folder, such as ``gen-000001``."""
        return self.folder.name

    def close(self) -> None:
        """Give up the lease."""
        if self.lease:
            self.lease.close()

    def __enter__(self) -> "Generation":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _BeingDeletedError(IndexDamagedError):
    """The lease was refused: CURRENT is about to name another generation, or was read long ago."""


def generations_in(root: Path) -> dict[int, Path]:
    """List the folders of finished generations by number, whole or not; none if there is no such root."""
    try:
        names = os.listdir(root)
    except FileNotFoundError:
        return {}
    return {number: root / name for name in names if (number := generation_number(name)) is not None}


def read_pointer(root: Path) -> Pointer:
    """Read CURRENT.

    ``NoIndexError`` if nothing was ever published, ``IndexDamagedError`` if it is missing all the same
    or can't be read.
    """
    path = root / CURRENT
    try:
        return Pointer.parse(durable.read(path), path)
    except OSError as error:
        what = durable.absence(error)
        if not what:
            raise
        if isinstance(error, (FileNotFoundError, NotADirectoryError)) and not generations_in(root):
            raise NoIndexError(root) from error
        raise IndexDamagedError(path, what) from error


def open_current(root: Path, *, full: bool) -> Generation:
    """Open the generation that answers now, leased and compared with its manifest.

    ``full``: compare all sums even if the index is large and was compared before.
    """
    pointer = read_pointer(root)
    for _ in range(_ATTEMPTS - 1):
        try:
            return open_leased(root, pointer, full=full)
        except IndexDamagedError as error:
            # What is missing may have been deleted under our eyes, two publishes after we read CURRENT.
            read_before, pointer = pointer, read_pointer(root)
            if pointer == read_before and not isinstance(error, _BeingDeletedError):
                raise
        time.sleep(_PAUSE_S)
    return open_leased(root, pointer, full=full)


def read_generation(root: Path, pointer: Pointer) -> Generation:
    """Read the manifest that ``pointer`` names and compare it with its sum; no other file is looked at."""
    folder = root / pointer.generation
    path = folder / MANIFEST
    try:
        data = durable.read(path)
    except OSError as error:
        if what := durable.absence(error):
            raise IndexDamagedError(path, what) from error
        raise
    if sum_of(data) != pointer.manifest_sha256:
        raise IndexDamagedError(path, f"is not the one that {CURRENT} names: one of them was changed")
    manifest = Manifest.parse(data, path)
    if manifest.documents != pointer.documents:
        raise IndexDamagedError(root / CURRENT, f"does not count the documents of {pointer.generation}")
    return Generation(
        number=pointer.number,
        folder=folder,
        documents=manifest.documents,
        made_by=manifest.made_by,
        fingerprint=manifest.fingerprint,
        facts=manifest.facts,
        manifest_sha256=pointer.manifest_sha256,
        files=manifest.files,
    )


def file_problem(path: Path, known: FileFacts, *, sums: bool) -> str:
    """Say how a file differs from what is known of it; empty if it does not.

    Its size is compared, and with ``sums`` its SHA-256.
    """
    try:
        if sums:
            size, sha256 = durable.size_and_sum(path)
        else:
            with durable.open_regular(path) as file:
                size, sha256 = file.seek(0, io.SEEK_END), known.sha256
    except OSError as error:
        if what := durable.absence(error):
            return what
        raise
    if size != known.size:
        return f"has {size} bytes instead of {known.size}"
    return "" if sha256 == known.sha256 else "was changed: its SHA-256 differs"


def check_files(generation: Generation, *, sums: bool) -> None:
    """Raise ``IndexDamagedError`` for the first file that is not as it was written."""
    for name, known in generation.files.items():
        path = generation.folder / name
        if what := file_problem(path, known, sums=sums):
            raise IndexDamagedError(path, what)


def open_leased(root: Path, pointer: Pointer, *, full: bool) -> Generation:
    """Open the generation that ``pointer`` names, once; ``open_current`` tries again where that helps."""
    folder = root / pointer.generation
    with contextlib.ExitStack() as undo:
        try:
            lease = take_lease(folder)
        except OSError as error:
            if what := durable.absence(error):
                raise IndexDamagedError(folder / LEASE, what) from error
            raise
        if lease is None:
            raise _BeingDeletedError(folder / LEASE, "stays locked by another program")
        undo.enter_context(lease)
        generation = read_generation(root, pointer)
        _check_as_often_as_needed(root, generation, full=full)
        undo.pop_all()
        return replace(generation, lease=lease)


def _check_as_often_as_needed(root: Path, generation: Generation, *, full: bool) -> None:
    """Compare sizes always, sums too unless the index is large and these very files have passed before."""
    # First, as it is cheap: a file of a large index that was cut short is told of at once.
    check_files(generation, sums=False)
    if sum(known.size for known in generation.files.values()) <= SUMS_ALWAYS_BYTES:
        check_files(generation, sums=True)
        return
    # Taken before the comparison: a file changed in the meantime then gets no stamp that fits it.
    paths = [generation.folder / name for name in generation.files]
    identity = stamp.identity(generation.manifest_sha256, paths)
    if full or not stamp.is_stamped(root, identity):
        check_files(generation, sums=True)
        stamp.write_stamp(root, identity)
