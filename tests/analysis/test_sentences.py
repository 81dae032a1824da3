"""Where sentences and paragraphs begin."""

import sys

import pytest
from analysis_texts import any_text
from hypothesis import example, given

from searchidx.analysis import SentenceRules, learn_sentence_rules
from searchidx.analysis.sentences import TRAINING_CHARS, paragraphs, sentences

NOTHING_LEARNT = SentenceRules()


def cut(text: str, rules: SentenceRules = NOTHING_LEARNT) -> list[str]:
    return [text[start:end] for start, end in sentences(text, rules)]


def paragraphs_of(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


@pytest.mark.parametrize(
    "marked",  # "|" where a sentence ends
    [
        "One. |Two.",
        "One! |Two? |Three… |Four.",
        "He left the U.S. on Monday. |He is back.",
        "Gen. Fox met Lt. Col. Hunt. |They spoke.",
        "J. R. Smith came. |So did J.K. Rowling.",
        "It begins at 8 p.m. and lasts an hour.",
        "It begins at 8 p.m. Monday.",
        "He holds a Ph.D. from Kyiv.",
        "Prices rose 8.7 percent. |Then they fell to 3.5. |Nobody knows why.",
        "The file is report.pdf. |Read it.",
        "He was No. 5 on the list. |She was No. 6.",
        "He said no. |Then he left.",
        "They sat in the sun. |Nobody spoke.",
        "It began on Sat. 5 June.",
        "It was built in 2023. |There it stands.",
        "The strike killed 12. |Officials confirmed it.",
        "Das war am 2. Juni. |Am 3. Oktober auch.",
        "Das war am 2. juni.",
        "Das kostete 12. |Viele zahlten.",
        "“Stop!” he said. |“Why?” asked Fox.",
        "He cried “Stop!” |Nobody did.",
        "He waited... and left. |Then… he came back.",
        "He waited... |Then he left.",
        "(It was late.) |He slept.",
        "He called it “a web.” |Others did not.",
        "Wait!!! |Really?! |Yes.",
        "Er sagte: „Nein.“ |Dann ging er.",
        "Это было в 2024 г. и в 2025 г. тоже. |Потом всё.",
        "Це коштує 5 млн. грн. на рік. |Усе.",
        "他来了。|她走了！|真的吗？|是。",
        "他说：「好。」|她走了。|“是。”|他说。",
        "No stop at all",
        "etc.",
        "...",
    ],
)
def test_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    assert cut(marked.replace("|", "")) == marked.split("|")


def test_a_word_that_begins_sentences_ends_one_even_after_an_abbreviation() -> None:
    rules = SentenceRules(starters=frozenset({"he"}))
    assert cut("He left the U.S. He is back.", rules) == ["He left the U.S. ", "He is back."]
    assert cut("So did I. He left.", rules) == ["So did I. ", "He left."]


def test_learnt_abbreviations_end_no_sentence() -> None:
    text = "Brygada Hv. Nowak came. Then Hv. Kowal."
    assert cut(text) == ["Brygada Hv. ", "Nowak came. ", "Then Hv. ", "Kowal."]
    assert cut(text, SentenceRules(abbreviations=frozenset({"hv"}))) == [
        "Brygada Hv. Nowak came. ",
        "Then Hv. Kowal.",
    ]


@given(any_text)
@example("A. B! “C.”  \n D.。。E")
def test_sentences_tile_the_text(text: str) -> None:
    assert "".join(cut(text)) == text
    assert all(cut(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\nTwo.", ["One.\n", "Two."]),
        ("One goes\non.\nTwo.", ["One goes\non.\n", "Two."]),
        ("One.\n\nand two.", ["One.\n\n", "and two."]),
        ("One.\n \t\nand two.", ["One.\n \t\n", "and two."]),
        ("\n\nOne.\n\n\n", ["\n\nOne.\n\n\n"]),
        ("one\r\ntwo\r\nThree", ["one\r\ntwo\r\n", "Three"]),
        ("- one\n- two", ["- one\n", "- two"]),
        ("他来了\n她走了", ["他来了\n", "她走了"]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_a_paragraph_is_a_line_and_those_that_go_on_in_lower_case(text: str, expected: list[str]) -> None:
    assert paragraphs_of(text) == expected


@given(any_text)
def test_paragraphs_tile_the_text_and_each_holds_something(text: str) -> None:
    found = paragraphs_of(text)
    assert "".join(found) == (text if text.strip() else "")
    assert all(paragraph.strip() for paragraph in found)


def test_abbreviations_are_learnt_from_the_corpus() -> None:
    lines = [
        f"On day {day} the press office of Brdg. Nowak said that {seen} drones were seen. What was seen by "
        f"the men of Brdg. Kowal was {seen}. They rested."
        for day, seen in enumerate(["nine", "ten", "eleven", "twelve"] * 15)
    ]
    rules = learn_sentence_rules(lines)
    assert "brdg" in rules.abbreviations
    assert cut(lines[0], rules)[0].endswith("were seen. ")
    assert all(word == word.lower() for word in (*rules.abbreviations, *rules.starters))


def test_without_a_full_stop_nothing_is_learnt_and_nltk_not_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "nltk.tokenize.punkt", None)  # an import of it would fail
    assert learn_sentence_rules(["No point", "他来了。", ""]) == NOTHING_LEARNT
    assert learn_sentence_rules([]) == NOTHING_LEARNT
    with pytest.raises(ImportError):
        learn_sentence_rules(["A point."])


def test_no_more_is_read_than_is_needed_to_learn() -> None:
    def endless() -> object:
        yield "word " * (TRAINING_CHARS // 5)
        raise AssertionError("read on")

    assert learn_sentence_rules(endless()) == NOTHING_LEARNT
