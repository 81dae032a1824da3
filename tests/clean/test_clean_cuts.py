"""What is cut and what is kept of flattened text, and what holds for any text."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.clean import clean, clean_document
from searchidx.clean.cuts import KEPT_WHOLE, MAX_ROUNDS, NEVER_SETTLED, find_cuts
from searchidx.clean.evidence import Seen
from searchidx.clean.rules import load_rules
from searchidx.types import CleanDocument, Document

PARAGRAPH = "Delegations from both towns met for two hours on Monday to talk about the bridge between them."
CAPTION = "The old bridge at Example seen from the north in May"
CREDIT = f"{CAPTION}. Photograph: Olha Example/EPA"


def of(text: str, **given: object) -> Document:
    return Document(doc_id="d", path="d.txt", content=text, kind="text", **given)  # type: ignore[arg-type]


def kept(*lines: str) -> list[str]:
    return [line for line in clean("\n".join(lines)).body.split("\n") if line.strip()]


# ---- what holds for any text -------------------------------------------------------------------------------

CHROME = [line for rule in load_rules().rules for line in rule.drops]
PROSE = [line for rule in load_rules().rules for line in rule.spares]
ODD = [
    "", " ", "\u00a0", "\u200b", "...", "… Read more", "... Read More", "8.7 C", "-3 °C", "Europe", "a\rb",
    "\x85", CAPTION, CREDIT, PARAGRAPH, "By Ann Example and Tom Example", "Ann Example",
    "Ann Example is a journalist based in Example", "x" * 3_000,
]  # fmt: skip
LINES = st.sampled_from([*CHROME, *PROSE, *ODD, *[PARAGRAPH] * 5]) | st.text(max_size=12)
TEXTS = st.lists(LINES, max_size=14).map("\n".join) | st.text()


def check(document: Document) -> CleanDocument:
    found = clean_document(document)
    text, pieces, at = document.content, [], 0
    for span in found.removed:
        assert at <= span.start < span.end <= len(text)
        assert span.start == 0 or text[span.start - 1] == "\n"
        assert text[span.end - 1] == "\n" or span.end == len(text)
        assert span.rule
        pieces.append(text[at : span.start])
        at = span.end
    assert "".join((*pieces, text[at:])) == found.body
    assert found.raw == text
    return found


@given(TEXTS)
def test_the_body_is_the_raw_text_without_the_removed_lines(text: str) -> None:
    check(of(text))


@given(TEXTS)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    document = of(text, url="https://example.org/2024/03/05/bridge")
    once = check(document)
    again = check(replace(document, content=once.body))
    assert again.removed == ()
    assert (again.body, again.title, again.language) == (once.body, once.title, once.language)


@given(TEXTS)
def test_a_text_that_can_be_read_never_becomes_empty(text: str) -> None:
    if any(map(str.isalnum, text)):
        assert any(map(str.isalnum, clean(text, html=False).body))


@given(TEXTS)
def test_a_body_is_taken_as_it_is(text: str) -> None:
    found = clean_document(replace(of(text, published="2024-03-05"), kind="body"))
    assert (found.body, found.removed, found.notes) == (text, (), ())
    assert found.published_from == "given"


class Repeats:
    """Evidence that some lines repeat."""

    def __init__(self, *lines: str) -> None:
        self.lines = frozenset(lines)

    def seen(self, line: str, source: str, /) -> Seen:
        return Seen(2 if source == "example.org" and line in self.lines else 1, 2)


@given(TEXTS)
def test_cleaning_twice_with_evidence_changes_nothing(text: str) -> None:
    evidence = Repeats(PARAGRAPH, CAPTION, *PROSE[::2])
    document = of(text, source="example.org")
    once = clean_document(document, evidence=evidence)
    assert clean_document(replace(document, content=once.body), evidence=evidence).removed == ()


def test_chrome_alone_is_kept_whole_and_said_so() -> None:
    found = clean("Share\nAdvertisement\n")
    assert (found.body, found.removed, found.notes) == ("Share\nAdvertisement\n", (), (KEPT_WHOLE,))


def test_cuts_without_end_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchidx.clean.cuts.judge", lambda *_: None)  # the model would make an end of it
    # Each cut uncovers the next: a name twice before the line about that person.
    names = [f"Ann {'Exa' * number}" for number in range(1, MAX_ROUNDS + 3)]
    text = "\n".join([PARAGRAPH, *names, *(f"{name}\n{name} is a reporter" for name in reversed(names)), ""])
    removed, notes = find_cuts(text)
    assert (removed, notes) == ((), (NEVER_SETTLED,))


# ---- blocks ------------------------------------------------------------------------------------------------


def test_a_run_of_teasers_at_the_end_goes_with_its_titles() -> None:
    teasers = [
        part for n in range(3) for part in (f"Town {n} opens a new school", "\u00a0", "", "... Read More")
    ]
    assert kept("The bridge", PARAGRAPH, *teasers) == ["The bridge", PARAGRAPH]


def test_one_read_more_mark_takes_no_line_with_it() -> None:
    assert kept(PARAGRAPH, "The towns want to", "... Read More") == [PARAGRAPH, "The towns want to"]


def test_the_end_of_the_article_before_teasers_is_kept() -> None:
    lines = [
        PARAGRAPH,
        "What comes next",
        "Nobody knows",
        "Town opens a school",
        "... Read More",
        "Fair",
        "… Read more",
    ]
    assert kept(*lines) == [PARAGRAPH, "What comes next", "Nobody knows"]


def test_teasers_between_paragraphs_keep_their_titles() -> None:
    assert kept(PARAGRAPH, "One", "... Read More", "Two", "... Read More", PARAGRAPH) == [
        PARAGRAPH,
        "One",
        "Two",
        PARAGRAPH,
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [CAPTION, CREDIT],
        [CREDIT, CAPTION],
        [CAPTION, "", CREDIT],
        [CAPTION, "Share", "Advertisement", CREDIT],
    ],
)
def test_a_caption_told_twice_stays_once_without_the_credit(lines: list[str]) -> None:
    assert kept(PARAGRAPH, *lines) == [PARAGRAPH, CAPTION]


def test_an_only_caption_keeps_its_credit() -> None:
    assert kept(PARAGRAPH, CREDIT) == [PARAGRAPH, CREDIT]


def test_a_paragraph_that_begins_like_the_line_above_is_kept() -> None:
    lines = [
        "The bridge between both towns",
        "The bridge between both towns has been closed since May, officials said.",
    ]
    assert kept(*lines) == lines


def test_a_long_line_told_twice_running_stays_once() -> None:
    assert kept(PARAGRAPH, PARAGRAPH, "Yes", "Yes", "Yes") == [PARAGRAPH, "Yes", "Yes", "Yes"]


def test_the_weather_of_the_day_goes_with_its_place() -> None:
    assert kept("12.5 C", "Example", "Friday, March 8, 2024", "The bridge is closed", PARAGRAPH) == [
        "The bridge is closed",
        PARAGRAPH,
    ]


def test_a_temperature_inside_the_article_is_kept() -> None:
    assert kept(PARAGRAPH, "12.5 C", PARAGRAPH + " Again.") == [PARAGRAPH, "12.5 C", PARAGRAPH + " Again."]


def test_nothing_is_head_or_tail_of_a_text_without_paragraphs() -> None:
    assert kept("Politics", "March 5, 2024", "Bridge closed") == [
        "Politics",
        "March 5, 2024",
        "Bridge closed",
    ]


def test_an_author_card_goes_but_the_name_in_the_text_stays() -> None:
    card = ["Ann Example", "Ann Example", "Ann Example is a reporter based in Exampletown"]
    assert kept("The bridge is closed", *card, PARAGRAPH) == ["The bridge is closed", PARAGRAPH]
    assert kept("The bridge is closed", *card[1:], PARAGRAPH) == [
        "The bridge is closed",
        *card[1:],
        PARAGRAPH,
    ]


def test_evidence_cuts_short_lines_only() -> None:
    wire = " ".join(["word"] * 30)
    found = clean_document(
        of(f"The bridge is closed\nSpringfield Example\n{wire}\n", source="example.org"),
        evidence=Repeats("Springfield Example", wire),
    )
    assert [(span.rule, span.end - span.start) for span in found.removed] == [("repeated-line", 20)]
