"""An engine small enough to see through: its whole state is one word, written into every file.

``publish`` and ``answer`` are what a reindex and a query are to the store. ``answer`` raises AssertionError
on a mixture of two states.
"""

from collections.abc import Iterator
from pathlib import Path

from searchidx.store import durable
from searchidx.store.build import Build
from searchidx.store.generation import Generation
from searchidx.store.generations import IndexFolder

FILES = ("postings", "documents.sqlite", "toc")
OLD_SEGMENT = "segment-0"  # write-once: every later generation takes it over


def fill(build: Build, state: str) -> None:
    """Write a state as an engine does, with the scratch it leaves behind."""
    folder = build.create()
    if build.previous and OLD_SEGMENT in build.previous.files:
        build.adopt([OLD_SEGMENT])
    else:
        _write(folder / OLD_SEGMENT, "first")
    if build.previous:
        build.copy("postings")
    for name in FILES:
        _write(folder / name, state)
    _write(folder / "MAIN_WRITELOCK", "")
    durable.make_folder(folder / "scratch")
    _write(folder / "scratch" / "pool", state)


def publish(root: Path, state: str, *, documents: int = 10, force: bool = False) -> Generation:
    """Reindex."""
    with IndexFolder(root).write(force=force) as build:
        fill(build, state)
        return build.publish(documents=documents, fingerprint="tiny", facts={"state": state})


def answer(root: Path) -> str:
    """Open the index, read the state and close it."""
    with IndexFolder(root).open() as generation:
        return answer_of(generation)


def answer_of(generation: Generation) -> str:
    """Read the state that a generation holds."""
    states = {(generation.folder / name).read_text() for name in FILES} | {generation.facts["state"]}
    assert len(states) == 1, f"a mixture: {states}"
    assert (generation.folder / OLD_SEGMENT).read_text() == "first"
    return str(states.pop())


def names(root: Path) -> list[str]:
    """List what lies in the index folder."""
    return sorted(path.name for path in root.iterdir())


def files_of(root: Path) -> Iterator[Path]:
    """List every file of the index."""
    yield from sorted(path for path in root.rglob("*") if path.is_file())


def _write(path: Path, text: str) -> None:
    durable.before("open", path)
    path.write_text(text)
