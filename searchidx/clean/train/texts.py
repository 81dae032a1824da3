"""Read training data: flattened pages with a letter a line.

In: folders with ``html/<id>.html`` and ``gold.jsonl`` (id, site, title, body), or files of lines that
are labelled already (JSONL, also .xz: id, site, variant, lines, labs). Out: ``Text`` values.
"""

import json
import lzma
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from searchidx.clean.lines import level
from searchidx.clean.train.flatteners import flatteners
from searchidx.clean.train.labels import label_lines

MAX_LINES = 6_000
MIN_LINES = 4
HEADS = re.compile(r"<title[^>]{0,200}>([^<]{1,500})|<h1[^>]{0,500}>([^<]{1,500})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """The visible lines of a flattened page."""

    page: str
    site: str
    variant: str  # the flattener
    plains: tuple[str, ...]
    labels: str  # c content, x chrome, t title, p punctuation
    weight: float = 1.0  # how far its labels are trusted


def read_texts(paths: Sequence[Path], *, jobs: int, weight: float = 1.0) -> list[Text]:
    """Read all data."""
    texts: list[Text] = []
    pages: list[tuple[Path, dict[str, Any]]] = []
    for path in paths:
        if path.is_dir():
            with (path / "gold.jsonl").open(encoding="utf-8") as stream:
                pages += [(path / "html" / f"{gold['id']}.html", gold) for gold in map(json.loads, stream)]
        else:
            with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open() as stream:
                texts += [_text(row) for row in map(json.loads, stream)]
    if pages:
        with ProcessPoolExecutor(jobs) as pool:
            for found in pool.map(_flatten, pages, chunksize=4):
                texts += map(_text, found)
    return [replace(text, weight=weight) for text in texts if len(text.plains) >= MIN_LINES]


def _text(row: dict[str, Any]) -> Text:
    plains, labels = [], []
    for line, label in zip(row["lines"], row["labs"], strict=True):
        if plain := level(line):
            plains.append(plain)
            labels.append("p" if label == "b" else label)
    return Text(row["id"], row["site"], row["variant"], tuple(plains), "".join(labels))


def _flatten(job: tuple[Path, dict[str, Any]]) -> list[dict[str, Any]]:
    return list(_variants(*job))


def _variants(file: Path, gold: dict[str, Any]) -> Iterator[dict[str, Any]]:
    page = file.read_text("utf-8", "replace")
    titles = [unescape(one) for found in HEADS.findall(page)[:5] for one in found if one.strip()]
    titles += [gold["title"]] if gold.get("title") else []
    for name, flatten in _tools().items():
        lines = flatten(page).split("\n")
        if len(lines) <= MAX_LINES:
            labels = label_lines(lines, gold["body"], titles)
            yield {"id": gold["id"], "site": gold["site"], "variant": name, "lines": lines, "labs": labels}


_tools = cache(flatteners)
