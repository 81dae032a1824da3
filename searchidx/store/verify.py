"""Is every byte of the index as it was written? Lists all that is wrong instead of stopping at the first.

In: the index folder. Out: a ``VerifyReport``. What the engine's files say is left to the caller's
``inspect``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from searchidx.errors import IndexDamagedError
from searchidx.store import durable
from searchidx.store.generation import Generation, file_problem, read_generation, read_pointer
from searchidx.store.generations import IndexFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What was compared and every problem found, each naming its file."""

    generation: str  # empty if CURRENT can't be read
    files_checked: int
    bytes_checked: int
    problems: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.problems


def verify(
    root: Path,
    deep: bool = False,
    *,
    trust: bool = False,
    inspect: Callable[[Generation], Iterable[str]] | None = None,
) -> VerifyReport:
    """Compare every file of the current generation with its sum.

    ``inspect`` adds the problems that only an engine can see, such as a document not found by its own
    words. It is called with ``deep``, on the leased generation, and only if all sums are right: damaged
    files are never opened.
    ``NoIndexError``, ``IndexFormatError`` and ``RefusedError`` are raised, as in opening.
    """
    try:
        with IndexFolder(root, trust=trust).open(verify="full") as generation:
            problems = tuple(inspect(generation)) if deep and inspect else ()
            return _report(generation, problems)
    except IndexDamagedError as first:
        with durable.storage_errors("reading", root):
            return _list_problems(root, first)


def _list_problems(root: Path, first: IndexDamagedError) -> VerifyReport:
    try:
        generation = read_generation(root, read_pointer(root))
    except IndexDamagedError as error:  # nothing tells what the other files should be
        return VerifyReport(generation="", files_checked=0, bytes_checked=0, problems=(str(error),))
    problems = tuple(problem for name in generation.files if (problem := _file_problem(generation, name)))
    return _report(generation, problems or (str(first),))


def _file_problem(generation: Generation, name: str) -> str:
    path = generation.folder / name
    try:
        what = file_problem(path, generation.files[name], sums=True)
    except OSError as error:
        what = f"can't be read: {error.strerror}"
    return what and f"{path} {what}"


def _report(generation: Generation, problems: tuple[str, ...]) -> VerifyReport:
    return VerifyReport(
        generation=generation.name,
        files_checked=len(generation.files),
        bytes_checked=sum(known.size for known in generation.files.values()),
        problems=problems,
    )
