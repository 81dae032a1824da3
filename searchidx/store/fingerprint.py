"""What an index depends on beside its corpus, and whether this program can read one.

In: what a generation says of itself. Out: the fingerprint to write down, or an ``IndexFormatError`` that
names the version to blame. A reindex compares whole fingerprints; a reader only what would make its
answers wrong: the files of the engine and the terms in them. The rules of cleaning may differ.
"""

from string import digits
from typing import Protocol

from searchidx.errors import IndexFormatError
from searchidx.store.generation import Generation

# Raise it when the same corpus gives other terms or other clean text than before: all is rebuilt then.
PIPELINE = "7"
MAX_DIGITS = 9  # of a number in a fingerprint; a stranger's may have thousands


class Format(Protocol):
    """What is asked of an engine."""

    @property
    def name(self) -> str:
        """The name in settings and messages."""
        ...

    @property
    def format(self) -> str:
        """Ends with a number that grows with each change of the layout."""
        ...


def fingerprint(engine: Format, rules: str) -> str:
    """Say what an index depends on beside the corpus. ``rules``: those of cleaning."""
    return f"{engine.name}/{engine.format}/{PIPELINE}/{rules}"


def check_readable(generation: Generation, engine: Format) -> None:
    """Refuse and close what another version made and might be misread: ``IndexFormatError``."""
    known = tuple(generation.fingerprint.split("/")[:3])
    wanted: tuple[str, ...] = (engine.name, engine.format, PIPELINE)
    if len(known) == 1:  # made by a program from documents of its own: it says no more than the format
        wanted = (engine.format,)
    if known != wanted:
        generation.close()
        is_newer = _numbers(known) > _numbers(wanted)
        raise IndexFormatError(generation.folder, generation.made_by, is_newer=is_newer)


def _numbers(parts: tuple[str, ...]) -> list[int]:
    """Give the numbers at the ends of some names, of up to nine digits; 0 where there is none."""
    ends = [part[len(part.rstrip(digits)) :] for part in parts]
    return [int(end[-MAX_DIGITS:] or 0) for end in ends]
