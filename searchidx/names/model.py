"""The knowledge that the names room works with, in one file that is quick to read.

``data/model.json`` is made by ``python -m searchidx.names.train`` from the TOML files beside it, which
people edit, and from what was learnt. It holds the letters of the scripts and the weights of the
verifier. Read at the first name of a query, which needs but a few of the weights: so each section has a
line of its own, and is parsed when it is first asked for.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("data") / "model.json"
DIVIDED = "weights"  # the section of which each part has a line of its own


class _Sections(dict[str, Any]):
    """Sections as they are parsed; the others as lines."""

    __slots__ = ("_lines",)

    def __init__(self, lines: dict[str, bytes]) -> None:
        self._lines = lines

    def __missing__(self, name: str) -> Any:
        found = self[name] = json.loads(self._lines[name])
        return found


@cache
def model() -> Mapping[str, Any]:
    """Give the whole model."""
    lines: dict[str, bytes] = {}
    parts: dict[str, bytes] = {}
    where = lines
    for line in FILE.read_bytes().split(b"\n")[1:-2]:
        name, _, value = line.partition(b":")
        if not value:
            where = lines  # the end of the divided section
        elif value == b"{":
            where = parts
        else:
            where[name.strip(b'"').decode()] = value.removesuffix(b",")
    sections = _Sections(lines)
    sections[DIVIDED] = _Sections(parts)
    return sections


def written(whole: Mapping[str, Any]) -> str:
    """Write a model, JSON with a line for each section."""
    return "{\n" + ",\n".join(_lines(whole)) + "\n}\n"


def _lines(whole: Mapping[str, Any]) -> Iterator[str]:
    for name, value in whole.items():
        if name == DIVIDED:
            yield f'"{name}":{{\n' + ",\n".join(_lines(value)) + "\n}"
        else:
            yield f'"{name}":{json.dumps(value, ensure_ascii=False, separators=(",", ":"))}'
