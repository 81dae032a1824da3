"""What a line of JSON may hold, and what is said of those that hold something else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.corpus import parse
from searchidx.corpus.jsonl import MAX_BAD_LINES, MAX_BAD_LINES_LISTED, MAX_DEPTH
from searchidx.types import Document, Skipped


def lines(*rows: object) -> list[Document | Skipped]:
    data = b"\n".join(row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows)
    return list(parse(data, path="a.jsonl", file_format="jsonl"))


def document(row: object) -> Document:
    [item] = lines(row)
    assert isinstance(item, Document), item
    return item


def reason(row: object) -> str:
    [item] = lines(row)
    assert isinstance(item, Skipped), item
    assert item.line == 1
    return item.reason


def test_a_full_row_becomes_a_document() -> None:
    row = {
        "id": "../1", "url": "https://news.example/1", "source": "Example", "title": "Talks",
        "byline": ["A. Writer", "B. Writer"], "published": "2025-06-02T10:15:00+03:00", "language": "en",
        "body": "They met.\r\n", "meta": {"section": "world", "score": float("nan")},
    }  # fmt: skip
    found = document(row)
    assert found == Document(
        doc_id="../1",
        path="a.jsonl",
        line=1,
        url="https://news.example/1",
        source="Example",
        title="Talks",
        byline=("A. Writer", "B. Writer"),
        published="2025-06-02T10:15:00+03:00",
        language="en",
        content="They met.\r\n",
        kind="body",
        meta=found.meta,
    )
    assert found.meta["section"] == "world"


@pytest.mark.parametrize("kind", ["text", "html", "body"])
def test_the_key_of_the_text_says_its_kind(kind: str) -> None:
    assert document({kind: "They met."}).kind == kind


def test_a_missing_id_is_made_of_path_and_line() -> None:
    items = lines({"body": "a"}, b"", b"  \r", {"body": "b", "id": None}, {"body": "c", "id": ""})
    assert [item.doc_id for item in items if isinstance(item, Document)] == [
        "a.jsonl:1",
        "a.jsonl:4",
        "a.jsonl:5",
    ]


def test_null_is_the_same_as_a_missing_key() -> None:
    keys = ["id", "url", "source", "title", "byline", "published", "language", "text", "html", "meta"]
    assert document({**dict.fromkeys(keys), "body": "a"}) == document({"body": "a"})


def test_a_title_is_enough() -> None:
    assert document({"title": "Talks", "body": ""}).content == ""
    assert document({"title": "", "body": ""}).content == ""
    assert reason({"body": " "}) == "neither a title nor text"


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (b'{"body": "no end', "not JSON"),
        (b'{"body": "a"} {"body": "b"}', "not JSON: Extra data"),
        (b"\xff{}", "not UTF-8"),
        (b'{"body": "\xed\xa0\x80"}', "not UTF-8"),
        (b'{"body": "\t\x01"}', "not JSON"),
        ([1, 2], "an array"),
        (None, "null"),
        ("text", "a string"),
        (17, "a number"),
        (True, "true or false"),
        ({"title": "a"}, "has none"),
        ({"text": "a", "body": "b"}, "has text and body"),
        ({"text": "a", "html": "b", "body": "c"}, "has text and html and body"),
        ({"body": 5}, "body must be a string, not a number"),
        ({"body": ["a"]}, "body must be a string, not an array"),
        ({"body": "a", "id": 17}, "id must be"),
        ({"body": "a", "url": {}}, "url must be"),
        ({"body": "a", "source": []}, "source must be"),
        ({"body": "a", "title": False}, "title must be"),
        ({"body": "a", "language": 1.5}, "language must be"),
        (b"[" * 100_000, "nested"),
        (b'{"a":' * 100_000, "nested"),
        (b'"\\"' * 100_000 + b"[" * 300, "not JSON"),
        (b'{"body": ' + b"9" * 10_000 + b"}", "digits"),
        (b'{"body": "' + b"a" * 5 * 2**20 + b'"}', "5 MB"),
    ],
)
def test_a_bad_line_is_reported_with_its_number_and_reason(row: object, word: str) -> None:
    before, bad, after = lines({"body": "a"}, row, {"body": "b"})
    assert isinstance(before, Document)
    assert isinstance(bad, Skipped)
    assert isinstance(after, Document)
    assert (bad.path, bad.line) == ("a.jsonl", 2)
    assert word in bad.reason


def test_brackets_in_text_do_not_count_as_depth() -> None:
    assert document({"body": '["{' * 1000, "meta": {"many": [[]] * 1000}})


def test_meta_may_be_as_deep_as_the_limit() -> None:
    deep: list[object] = ["\ud800"]
    for _ in range(MAX_DEPTH - 2):
        deep = [deep]
    assert document({"body": "a", "meta": deep and {}})
    [item] = lines({"body": "a", "x": deep})
    assert isinstance(item, Document)
    assert "nested" in reason({"body": "a", "x": [deep]})


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-06-02", "2025-06-02"),
        (" 20250602 ", "2025-06-02"),
        ("2025-06-02T10:15:00Z", "2025-06-02T10:15:00+00:00"),
        ("2025-06-02 10:15", "2025-06-02T10:15:00"),
        ("2025-06-02 10:15:00 +0300", "2025-06-02T10:15:00+03:00"),
        ("2025-06-02T10:15:00.123456-05:00", "2025-06-02T10:15:00-05:00"),
        ("", None),
    ],
)
def test_dates_are_kept_in_their_long_form(written: str, expected: str | None) -> None:
    found = document({"body": "a", "published": written})
    assert (found.published, found.meta) == (expected, {})


@pytest.mark.parametrize(
    "written", ["2 June 2025", "2025-13-01", "2025", 1748857500, ["2025-06-02"], "\ud800"]
)
def test_a_date_that_can_not_be_read_is_kept_aside(written: object) -> None:
    found = document({"body": "a", "published": written, "meta": {"section": "world"}})
    assert found.published is None
    kept = "\ufffd" if written == "\ud800" else written
    assert found.meta == {"section": "world", "published_unreadable": kept}


@pytest.mark.parametrize(
    ("written", "expected"),
    [("A. Writer", ("A. Writer",)), (["A", "", " ", "B"], ("A", "B")), ([], ()), ("", ())],
)
def test_a_byline_is_a_name_or_a_list_of_names(written: object, expected: tuple[str, ...]) -> None:
    found = document({"body": "a", "byline": written})
    assert (found.byline, found.meta) == (expected, {})


def test_optional_values_of_another_type_are_kept_aside() -> None:
    found = document({"body": "a", "byline": [1], "meta": [2]})
    assert found.byline == ()
    assert found.meta == {"byline_unreadable": [1], "meta_unreadable": [2]}


def test_strings_that_can_not_be_stored_are_mended() -> None:
    row = {"title": "\ud800 \0", "body": "\ud83d\ude00", "meta": {"\udfff": ["\udc00", {"a": "\ud800"}]}}
    found = document(row)
    assert (found.title, found.content) == ("\ufffd  ", "😀")
    assert found.meta == {"\ufffd": ["\ufffd", {"a": "\ufffd"}]}


def test_a_string_of_json_stays_as_written_because_offsets_point_into_it() -> None:
    found = document({"title": "ErdoÄŸanâ€™s talks", "body": "cafÃ© and\r\nnaïve"})
    assert (found.title, found.content) == ("ErdoÄŸanâ€™s talks", "cafÃ© and\r\nnaïve")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_no_part_of_the_first_line(encoding: str) -> None:
    data = '{"body": "Стамбул"}\n{"body": "Київ"}\n'.encode(encoding)
    items = list(parse(data, path="a.ndjson", file_format="ndjson"))
    assert [item.content for item in items if isinstance(item, Document)] == ["Стамбул", "Київ"]


def test_a_file_that_is_no_jsonl_is_not_listed_line_by_line() -> None:
    items = lines(*[b"prose"] * (MAX_BAD_LINES_LISTED + 5), {"body": "a"})
    assert len(items) == MAX_BAD_LINES_LISTED + 2
    assert isinstance(items[-2], Document)
    assert isinstance(items[-1], Skipped)
    assert items[-1].reason.startswith("5 more bad lines")


def test_a_file_of_bad_lines_is_given_up() -> None:
    items = lines(*[b"x"] * (MAX_BAD_LINES + 1), {"body": "a"})
    assert len(items) == MAX_BAD_LINES_LISTED + 1
    assert isinstance(items[-1], Skipped)
    assert "not read on from line 100001" in items[-1].reason


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(), values, max_size=3),
    max_leaves=8,
)
KEYS = ["id", "url", "source", "title", "byline", "published", "language", "text", "html", "body", "meta"]


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), JSON_VALUES | st.text(), max_size=6), min_size=1))
def test_every_line_gives_a_document_or_a_reason(rows: list[dict[str, object]]) -> None:
    assert [item.line for item in lines(*rows)] == list(range(1, len(rows) + 1))
