"""Run what the documents say, and write down what came of it.

In: a Markdown file of the project. Out: its commands, its tables of queries and its Python snippets with
what the program answers now. ``SEARCHIDX_UPDATE_DOCS=1 pytest tests/docs`` writes the answers into the files.

A block that begins with ```console holds ``$ searchidx …`` lines, each with its output. A block
```text with a file name behind it is a file that the commands after it find. Of a table whose last
column is "On `seeds/`", each row is a query and what it finds there.
"""

import contextlib
import io
import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from searchidx.cli import run
from searchidx.search import Index

ROOT = Path(__file__).parents[2]
UPDATE = os.environ.get("SEARCHIDX_UPDATE_DOCS", "") not in ("", "0")
UPDATE_HINT = "SEARCHIDX_UPDATE_DOCS=1 pytest tests/docs writes the documents anew"
WIDTH = "100"

_BLOCK = re.compile(r"^```(?P<kind>\w*) ?(?P<name>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(r"^\|[^\n]*\| On `seeds/` \|\n\|[-| ]+\|\n(?P<rows>(?:\|[^\n]*\|\n)+)", re.MULTILINE)
_ROW = re.compile(r"^\| `(?P<query>[^`]+)` \|(?P<meaning>.*)\| (?P<finds>[^|]*) \|$", re.MULTILINE)
_QUOTED = re.compile(r"`([^`]+)`")
# Nothing else may differ from run to run.
_TIMES = (
    (re.compile(r"(?:\d+|under 1) ms\b"), "… ms"),
    (re.compile(r", \d+\.\d s$", re.MULTILINE), ", … s"),
    (re.compile(r'"took_ms": [\d.]+'), '"took_ms": …'),
)


def documents() -> list[Path]:
    """Give the documents that show what the program prints."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def without_times(text: str) -> str:
    """Even out what can't be the same on every run."""
    for pattern, stands_for in _TIMES:
        text = pattern.sub(stands_for, text)
    return text


@dataclass(slots=True)
class Workspace:
    """A folder as somebody sees it who has just fetched the project: seeds/ and no index yet."""

    folder: Path
    codes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.folder / "seeds").symlink_to(ROOT / "seeds")

    def run(self, command: str) -> str:
        """Run a command line; give what it writes to stdout."""
        program, *arguments = shlex.split(command)
        assert program == "searchidx", f"only searchidx is run here, not {program}"
        if arguments[:1] == ["reindex"] and "--help" not in arguments:
            self.forget_index()
        out, errors = _stream(), _stream()
        with (
            contextlib.chdir(self.folder),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(errors),
        ):
            self.codes[command] = run(arguments)
        assert self.codes[command] in (0, 1), f"{command}: exit code {self.codes[command]}: {_text(errors)}"
        return _text(out)

    def forget_index(self) -> None:
        """Take the index away: a document that shows a reindex shows the first one."""
        if (self.folder / "index").exists():
            (self.folder / "index").rename(self.folder / f"index.{len(self.codes)}")

    def needs_index(self) -> None:
        """Build the index where there is none."""
        if not (self.folder / "index").exists():
            self.run("searchidx reindex --quiet")

    def open(self) -> Index:
        """Open the index."""
        self.needs_index()
        return Index.open(self.folder / "index")


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


# ---- console blocks --------------------------------------------------------------------------------


def with_fresh_output(text: str, workspace: Workspace) -> str:
    """Give a document with every console block as the program writes it now."""

    def renew(block: re.Match[str]) -> str:
        if block["kind"] == "text" and block["name"]:
            (workspace.folder / block["name"]).write_text(block["body"], encoding="utf-8")
        if block["kind"] != "console":
            return block[0]
        parts = [_session(command, workspace) for command in commands_in(block["body"])]
        fresh = "```console\n" + "\n".join(parts) + "```"
        return block[0] if without_times(fresh) == without_times(block[0]) else fresh

    return _BLOCK.sub(renew, text)


def commands_in(body: str) -> list[str]:
    """Give the commands of a console block."""
    return [line[2:] for line in body.split("\n") if line.startswith("$ ")]


def _session(command: str, workspace: Workspace) -> str:
    if "--help" not in command and shlex.split(command)[1] not in ("reindex", "clean", "completion"):
        workspace.needs_index()
    return f"$ {command}\n{workspace.run(command)}"


# ---- tables of queries -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A query of a table and what the document says of it."""

    query: str
    meaning: str
    finds: str

    @property
    def read_as(self) -> str:
        """What the query should be read as: itself, unless the row says otherwise."""
        said = re.search(r"read as `([^`]+)`", self.meaning)
        return said[1] if said else self.query

    @property
    def marked(self) -> list[str]:
        """The words that must be highlighted somewhere in the answer."""
        return _QUOTED.findall(self.finds.partition("not ")[0])

    @property
    def unmarked(self) -> list[str]:
        """The words that must not be."""
        return _QUOTED.findall(self.finds.partition("not ")[2])


def rows_in(text: str) -> Iterator[Row]:
    """Yield the rows of the tables of queries."""
    for table in _TABLE.finditer(text):
        for row in _ROW.finditer(table["rows"]):
            yield Row(row["query"], row["meaning"], row["finds"])


def with_fresh_counts(text: str, index: Index) -> str:
    """Give a document with the numbers of its tables of queries as they are now."""

    def renew_row(row: re.Match[str]) -> str:
        total = index.search(row["query"], limit=0).total
        finds = re.sub(r"^\d+", str(total), row["finds"])
        return f"| `{row['query']}` |{row['meaning']}| {finds} |"

    def renew(table: re.Match[str]) -> str:
        return table[0].replace(table["rows"], _ROW.sub(renew_row, table["rows"]))

    return _TABLE.sub(renew, text)


def highlighted(index: Index, query: str) -> set[str]:
    """Give all that is marked in the answer to a query."""
    found = set()
    for hit in index.search(query, limit=1_000, snippets=50).hits:
        found |= {hit.title[start:end] for start, end in hit.title_highlights}
        for snippet in hit.snippets:
            found |= {snippet.text[start:end] for start, end in snippet.highlights}
    return found


# ---- Python ----------------------------------------------------------------------------------------


def snippets_in(text: str) -> list[tuple[str, str]]:
    """Give the Python blocks, each with the block of text right behind it, if there is one."""
    pattern = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
    return [(found[1], found[2] or "") for found in pattern.finditer(text)]


def run_python(code: str, workspace: Workspace) -> tuple[str, dict[str, object]]:
    """Run a snippet; give what it prints and what it leaves behind."""
    names: dict[str, object] = {"__name__": "snippet"}
    out = io.StringIO()
    with contextlib.chdir(workspace.folder), contextlib.redirect_stdout(out):
        exec(compile(code, "<document>", "exec"), names)  # noqa: S102  # our own documents
    return out.getvalue(), names
