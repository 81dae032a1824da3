"""How a clean document fills the fields of the index."""

from analysis_texts import any_text
from hypothesis import given

from searchidx.analysis import (
    BODY,
    BYLINE,
    LANGUAGE,
    PARAGRAPH,
    PUBLISHED,
    RAW,
    SENTENCE,
    SOURCE,
    STEMS,
    TITLE,
    SentenceRules,
    analyze,
    body_positions,
    index_document,
)
from searchidx.types import CleanDocument, Removed

RULES = SentenceRules()


def clean_document(body: str = "", **more: object) -> CleanDocument:
    given_values: dict[str, object] = {
        "doc_id": "a",
        "path": "a.txt",
        "raw": body,
        "body": body,
        "kind": "body",
    }
    return CleanDocument(**(given_values | more))  # type: ignore[arg-type]


def test_each_part_of_a_document_has_its_field() -> None:
    raw = "Share this\nThe A-50 burned.\nRead more"
    document = clean_document(
        "The A-50 burned.",
        raw=raw,
        kind="text",
        removed=(Removed(start=0, end=10, rule="share"), Removed(start=28, end=37, rule="more")),
        title="Pavutyna",
        source="Kyiv Post",
        byline=("Ann Fox", "Bob Hunt"),
        language="en-GB",
        published="2025-06-02T10:00:00+03:00",
    )
    indexed = index_document(document, RULES)
    assert indexed.doc_id == "a"
    assert indexed.stored is document
    assert indexed.fields == {
        TITLE: {"pavutyna": [0]},
        BODY: {"the": [0], "a": [1], "a-50": [1], "50": [2], "burned": [3], SENTENCE: [0], PARAGRAPH: [0]},
        RAW: {"share": [0], "this": [1], "read": [2], "more": [3]},
        SOURCE: {"kyiv": [0], "post": [1]},
        BYLINE: {"ann": [0], "fox": [1], "bob": [2], "hunt": [3]},
        LANGUAGE: {"en-gb": (0,)},
        STEMS: {"en": (0,)},
        PUBLISHED: {"2025-06-02": (0,)},
    }
    assert indexed.lengths == {TITLE: 1, BODY: 4}


def test_a_document_of_nothing_has_empty_fields_and_the_default_stems() -> None:
    indexed = index_document(clean_document(), RULES)
    assert indexed.fields == {TITLE: {}, BODY: {}, LANGUAGE: {}, STEMS: {"en": (0,)}, PUBLISHED: {}}
    assert indexed.lengths == {TITLE: 0, BODY: 0}


def test_sentences_and_paragraphs_are_numbered_by_the_position_they_begin_at() -> None:
    body = "\n\nOne two. Three.\n…\nFour five\nsix. Seven.\n"
    terms = body_positions(body, RULES).terms
    assert terms[SENTENCE] == [0, 2, 3, 6]
    assert terms[PARAGRAPH] == [0, 3]


@given(any_text)
def test_the_marks_ascend_from_zero_and_leave_the_words_alone(body: str) -> None:
    positions = body_positions(body, RULES)
    marks = {name: positions.terms.pop(name, []) for name in (SENTENCE, PARAGRAPH)}
    words = [token for token in analyze(body) if token.width == 1]
    for starts in marks.values():
        assert starts == sorted(set(starts))
        assert starts[:1] == ([0] if words else [])
        assert all(start < positions.length for start in starts)
    assert set(marks[PARAGRAPH]) <= set(marks[SENTENCE])
    assert positions.length == len(words)
    if not any(stop in body for stop in "。！？"):  # these part words without a blank
        expected: dict[str, list[int]] = {}
        for token in analyze(body):
            expected.setdefault(token.term, []).append(token.position)
        assert {term: at for term, at in positions.terms.items() if term > "\x1f"} == expected
