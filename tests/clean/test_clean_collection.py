"""What a collection tells about its lines, and what it may not be led to say."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.clean import clean_document
from searchidx.clean.collection import Collection, Marks, marks_of
from searchidx.clean.document import group_of
from searchidx.clean.evidence import Seen, is_repeated
from searchidx.clean.parallel import collect
from searchidx.types import Document

HEAD = "The Example Herald\nNews Sport Weather\n"
TAIL = "Sign up for our morning letter\nExample Media House\n"
STORIES = (
    "Bridge at Example closed\n\nThe old bridge was closed on Monday after a crack was found "
    "in its second pier, the town said.\n"
    "Engineers will look at it again on Friday and then decide whether buses may cross.\n",
    "Harvest late in the valley\n\nFarmers in the valley began the wheat harvest two weeks later "
    "than usual because of the rain in June.\n"
    "Prices at the mill rose by a tenth, and bakers expect them to stay there until winter.\n",
    "Museum opens a new wing\n\nVisitors saw four hundred drawings on the first day, many of which "
    "had never been shown before.\n"
    "The director said that the wing cost less than planned and opened a month early.\n",
)


def page(number: int, text: str, **given: str) -> Document:
    return Document(
        doc_id=str(number),
        path="all.jsonl",
        line=number,
        content=text,
        kind="text",
        **{"source": "e.org"} | given,
    )  # type: ignore[arg-type]


def collection(*texts: str) -> Collection:
    return Collection({str(number): ("e.org", marks_of(text)) for number, text in enumerate(texts)})


def test_what_stands_on_all_pages_of_a_site_is_cut_and_the_stories_stay() -> None:
    pages = [page(number, HEAD + story + TAIL) for number, story in enumerate(STORIES, 1)]
    evidence = collect(pages)
    for one, story in zip(pages, STORIES, strict=True):
        assert clean_document(one, evidence=evidence).body == story


def test_a_cut_by_evidence_says_in_how_many_documents_the_line_stood() -> None:
    pages = [page(number, HEAD + story + TAIL) for number, story in enumerate(STORIES, 1)]
    cuts = clean_document(pages[0], evidence=collect(pages)).removed
    assert {cut.why for cut in cuts if cut.rule == "repeated-line"} == {"in 3 of 3 documents"}


def test_lines_of_another_source_are_no_evidence() -> None:
    pages = [page(1, HEAD + STORIES[0]), page(2, HEAD + STORIES[1], source="other.org")]
    evidence = collect(pages)
    assert all(
        cut.rule != "repeated-line" for one in pages for cut in clean_document(one, evidence=evidence).removed
    )


def test_documents_without_a_source_are_compared_within_their_folder_or_file() -> None:
    assert group_of(Document(doc_id="a", path="herald/a.txt", content="", kind="text")) == "herald/"
    assert group_of(Document(doc_id="a", path="all.jsonl", line=3, content="", kind="text")) == "all.jsonl/"
    assert group_of(page(1, "", source="", url="https://www.example.org/a")) == "example.org"


@pytest.mark.parametrize("copies", [2, 3, 40])
def test_copies_of_one_article_do_not_make_chrome_of_it(copies: int) -> None:
    pages = [page(number, STORIES[0]) for number in range(copies)]
    evidence = collect(pages)
    assert all(clean_document(one, evidence=evidence).body == STORIES[0] for one in pages)


def test_near_copies_count_once() -> None:
    changed = (
        STORIES[0]
        + "On Tuesday a second crack was found, which engineers said was older than the first one.\n"
    )
    found = collection(STORIES[0], changed, STORIES[1])
    assert found.seen("Bridge at Example closed", "e.org") == Seen(1, 2)


def test_a_headline_that_another_page_links_to_stays_in_its_own() -> None:
    pages = [page(1, STORIES[0]), page(2, f"{STORIES[1]}Read also\nBridge at Example closed\n")]
    body = clean_document(pages[0], evidence=collect(pages)).body
    assert body.startswith("Bridge at Example closed\n")


@pytest.mark.parametrize(
    ("line", "documents", "of", "repeated"),
    [
        ("Example Media House", 2, 2, True),
        ("Example Media House", 1, 2, False),
        ("Example Media House", 2, 1_000, False),
        ("Example Media House", 5, 1_000, True),
        ("He said that nobody had been hurt in the fire.", 5, 1_000, False),
        ("He said that nobody had been hurt in the fire.", 20, 1_000, True),
        ("word " * 25 + "word", 9, 9, False),
        ("***", 9, 9, False),
    ],
)
def test_a_share_of_the_documents_is_asked_for(line: str, documents: int, of: int, *, repeated: bool) -> None:
    assert is_repeated(line, Seen(documents, of)) is repeated


def test_evidence_does_not_depend_on_the_order_of_documents() -> None:
    texts = {str(number): ("e.org", marks_of(HEAD + story)) for number, story in enumerate(STORIES)}
    marks = marks_of(HEAD + STORIES[0])
    verdicts = {
        Collection({key: texts[key] for key in order}).verdict("e.org", marks)
        for order in permutations(texts)
    }
    assert len(verdicts) == 1


def test_a_verdict_changes_when_and_only_when_something_is_said_of_a_line() -> None:
    marks = marks_of(HEAD + STORIES[0])
    alone = collection(HEAD + STORIES[0]).verdict("e.org", marks)
    assert collection(HEAD + STORIES[0], STORIES[1]).verdict("e.org", marks) == alone
    assert collection(HEAD + STORIES[0], HEAD + STORIES[1]).verdict("e.org", marks) != alone


@given(st.text())
def test_marks_come_back_as_they_were_packed(text: str) -> None:
    marks = marks_of(text)
    again = Marks.unpack(marks.pack())
    assert (list(again.short), list(again.strong)) == (list(marks.short), list(marks.strong))
