"""Read JSON lines: one line is one document; a bad line is reported and the others go on.

The keys are those of the contract. A key that is needed to find or cite the document and has the
wrong type makes a bad line; a date, byline or ``meta`` that can't be read is kept in ``meta`` as
it came. Strings are not changed but for what can't be stored: offsets stay those of the given text.
"""

import io
import json
import re
from collections.abc import Iterator
from itertools import accumulate

from searchidx.corpus.dates import iso
from searchidx.corpus.encodings import NO_TEXT, decode, marked, plain, refuse_binary
from searchidx.corpus.reader import UnreadableError, in_megabytes
from searchidx.types import Document, Kind, Skipped

MAX_LINE_BYTES = 5 * 2**20
# Deep enough for any real ``meta``; a fifth of what the stack of the interpreter stands.
MAX_DEPTH = 200
# Some 20 MB files are no JSON at all: to list their ten million lines would fill the memory, and to try
# them all takes 45 s.
MAX_BAD_LINES_LISTED = 1000
MAX_BAD_LINES = 100_000

_KINDS: dict[str, Kind] = {"text": "text", "html": "html", "body": "body"}
_STRINGS = ("id", "url", "source", "title", "language")
_UNSTORABLE = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")

# An unclosed string runs to the end, so that the time is linear in the length of the line.
_QUOTED = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}


def read_jsonl(data: bytes, path: str, /) -> Iterator[Document | Skipped]:
    """Yield a document or the reason against it for every line that is not blank."""
    refuse_binary(data)
    if not data or data.isspace():
        raise UnreadableError(NO_TEXT)
    if marked(data) not in (None, "utf-8"):
        data = decode(data)[0].encode()
    bad_lines = 0
    for number, line in enumerate(io.BytesIO(data), start=1):
        if line.isspace():
            continue
        try:
            found: Document | Skipped = _document(_row(line), path=path, number=number)
        except UnreadableError as problem:
            bad_lines += 1
            if bad_lines > MAX_BAD_LINES:
                raise UnreadableError(
                    f"over {MAX_BAD_LINES} bad lines; not read on from line {number}"
                ) from problem
            if bad_lines > MAX_BAD_LINES_LISTED:
                continue
            found = Skipped(path=path, line=number, reason=str(problem))
        yield found
    if bad_lines > MAX_BAD_LINES_LISTED:
        more = bad_lines - MAX_BAD_LINES_LISTED
        yield Skipped(
            path=path, reason=f"{more} more bad lines, not listed one by one; is this a JSONL file?"
        )


def _row(line: bytes) -> dict[str, object]:
    if len(line) > MAX_LINE_BYTES:
        raise UnreadableError(f"too large: a line over {in_megabytes(MAX_LINE_BYTES)}")
    try:
        text = line.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"not UTF-8 (byte {error.start + 1} of the line); save the file as UTF-8"
        ) from error
    if text.count("[") + text.count("{") > MAX_DEPTH and _depth(text) > MAX_DEPTH:
        raise UnreadableError(f"JSON nested more than {MAX_DEPTH} deep")
    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        raise UnreadableError(f"not JSON: {what}, column {error.colno}") from error
    except ValueError as error:
        raise UnreadableError("a number with more digits than Python reads") from error
    except RecursionError as error:  # the caller had used up the stack before us
        raise UnreadableError("JSON nested too deep") from error
    if not isinstance(row, dict):
        raise UnreadableError(f"not a JSON object but {_json_name(row)}")
    if "\\u" in text and _UNSTORABLE.search(text):
        return {plain(key): _storable(value) for key, value in row.items()}
    return row


def _depth(text: str) -> int:
    """Return how deep JSON text is nested, without parsing it; brackets in strings don't count.

    >>> _depth('{"a": [1, "[[[", {}]}'), _depth("[" * 100_000)
    (3, 100000)
    """
    return max(accumulate(map(_STEPS.__getitem__, _BRACKET.findall(_QUOTED.sub("", text)))), default=0)


def _storable(value: object) -> object:
    match value:
        case str():
            return plain(value)
        case list():
            return [_storable(item) for item in value]
        case dict():
            return {plain(key): _storable(item) for key, item in value.items()}
        case _:
            return value


def _document(row: dict[str, object], *, path: str, number: int) -> Document:
    kind, content = _content(row)
    given = {name: _string(row, name) for name in _STRINGS}
    if "title" not in row and (not content or content.isspace()):
        raise UnreadableError("neither a title nor text")
    meta = _meta(row)
    return Document(
        doc_id=given["id"] or f"{path}:{number}",
        path=path,
        content=content,
        kind=kind,
        line=number,
        url=given["url"],
        source=given["source"],
        title=given["title"],
        byline=_byline(row, meta),
        published=_published(row, meta),
        language=given["language"] or None,
        meta=meta,
    )


def _content(row: dict[str, object]) -> tuple[Kind, str]:
    present = [key for key in _KINDS if row.get(key) is not None]
    if len(present) != 1:
        found = " and ".join(present) or "none"
        raise UnreadableError(f"needs exactly one of text, html and body; has {found}")
    [key] = present
    return _KINDS[key], _string(row, key)


def _string(row: dict[str, object], key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnreadableError(f"{key} must be a string, not {_json_name(value)}")
    return value


def _meta(row: dict[str, object]) -> dict[str, object]:
    value = row.get("meta")
    if isinstance(value, dict):
        return dict(value)
    return {} if value is None else {"meta_unreadable": value}


def _byline(row: dict[str, object], meta: dict[str, object]) -> tuple[str, ...]:
    value = row.get("byline")
    names = [value] if isinstance(value, str) else value
    if isinstance(names, list) and all(isinstance(name, str) for name in names):
        return tuple(name for name in names if name and not name.isspace())
    if value is not None:
        meta["byline_unreadable"] = value
    return ()


def _published(row: dict[str, object], meta: dict[str, object]) -> str | None:
    value = row.get("published")
    published = iso(value) if isinstance(value, str) else None
    if published is None and value not in (None, ""):
        meta["published_unreadable"] = value
    return published


def _json_name(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case str():
            return "a string"
        case int() | float():
            return "a number"
        case list():
            return "an array"
        case _:
            return "an object"
