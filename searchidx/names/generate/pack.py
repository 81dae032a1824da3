"""Write a file of names; ``names.bulk`` reads it and says how it is laid out."""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from searchidx.names.bulk import GROUPS_PER_BLOCK, MAGIC, NEEDS_CAPITAL, NUMBER, key_hash

COMPRESSION_LEVEL = 9


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """Names of the same thing, each as its terms with blanks between."""

    names: tuple[str, ...]
    source: str
    capital: frozenset[str] = frozenset()  # of the names: those that are ordinary words in lower case


def pack(groups: Iterable[Group], about: dict[str, str]) -> bytes:
    """Give the bytes of a file; the same groups give the same bytes in whatever order they come.

    ``about`` goes into the header: which versions of which sources were read.
    """
    ordered = sorted(set(groups), key=lambda group: (group.names, group.source))
    sources = sorted({group.source for group in ordered})
    lines = [_line(group, sources) for group in ordered]
    keys = sorted(
        (key_hash(key), number)
        for number, group in enumerate(ordered)
        for key in {name.replace("-", "") for name in group.names}
    )
    blocks = [
        zlib.compress("\n".join(lines[at : at + GROUPS_PER_BLOCK]).encode(), COMPRESSION_LEVEL)
        for at in range(0, len(lines), GROUPS_PER_BLOCK)
    ]
    header = {
        "about": about,
        "groups": len(ordered),
        "keys": len(keys),
        "longest": max((name.count(" ") + 1 for group in ordered for name in group.names), default=1),
        "sources": sources,
    }
    packed = json.dumps(header, sort_keys=True, ensure_ascii=False).encode()
    return b"".join(
        [
            MAGIC,
            NUMBER.pack(len(packed)),
            packed,
            _numbers(hashed for hashed, _ in keys),
            _numbers(number for _, number in keys),
            _numbers(_ends(blocks)),
            *blocks,
        ]
    )


def _line(group: Group, sources: Sequence[str]) -> str:
    names = [NEEDS_CAPITAL + name if name in group.capital else name for name in group.names]
    return "\t".join([str(sources.index(group.source)), *names])


def _numbers(numbers: Iterable[int]) -> bytes:
    return b"".join(map(NUMBER.pack, numbers))


def _ends(blocks: Iterable[bytes]) -> Iterable[int]:
    end = 0
    for block in blocks:
        end += len(block)
        yield end
