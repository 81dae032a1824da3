"""Which characters are read, which words they make and how they become tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.query.characters import clean, is_blank
from searchidx.query.lexer import tokenize
from searchidx.query.limits import MAX_CHARS, MAX_REMARKS, Remarks, shown
from searchidx.query.nodes import Exact, Fuzzy, Phrase, Prefix, Term
from searchidx.query.tokens import Mark, Open, Operand, Operator, Token
from searchidx.query.words import read_phrase, read_words


def cleaned(text: str) -> str:
    return clean(text, Remarks()).text


def tokens(text: str) -> tuple[Token, ...]:
    remarks = Remarks()
    return tokenize(clean(text, remarks), exact=False, today=None, remarks=remarks).tokens


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("  talks\t", "talks"),
        ("ta\x00l\u200bk\ud800s\u00ad", "talks"),
        ("a\nb\u2028c\u00a0d", "a b c d"),
        ("Erdog\u0306an", "Erdoğan"),
        ("“a” „b‟ «c» ″d″ ''e'' ’’f’’", '"a" "b" "c" "d" "e" "f"'),
        ("a–b—c…d。e😀f", "a b c d e f"),
        ("cease‑fire", "cease-fire"),
        ("（a）＋ｂ：＂c＂", '(a)+ｂ:"c"'),
        ("a≠b =\u0338c", "a b  c"),
        ("O’Brien col·legi", "O’Brien col·legi"),
    ],
)
def test_characters_are_evened_before_they_are_read(text: str, read: str) -> None:
    assert cleaned(text) == read


@given(st.text())
def test_clean_text_holds_only_what_the_lexer_knows_and_stays_as_it_is(text: str) -> None:
    once = cleaned(text)
    assert once.isprintable()
    assert len(once) <= MAX_CHARS
    assert cleaned(once) == once.strip()
    assert not (is_blank(text) and once)


def test_a_text_without_blanks_is_cut_hard() -> None:
    assert clean("字" * 5000, Remarks()) == ("字" * MAX_CHARS, True)


def test_a_text_with_blanks_is_cut_between_words() -> None:
    assert cleaned("exchange " * 200) == " ".join(["exchange"] * 111)


@pytest.mark.parametrize(
    ("run", "leaves"),
    [
        ("talks", (Term("talks"),)),
        ("talks.", (Term("talks"),)),
        ("U.S.", (Term("U.S."),)),
        ("8.7.", (Term("8.7"),)),
        ("U.S...", (Term("U.S"),)),
        ("foo/bar*", (Term("foo"), Prefix("bar"))),
        ("1/2 a/2 2,a", (Term("1/2"), Term("a"), Term("2"), Term("2"), Term("a"))),
        ("a--b", (Term("a"), Term("b"))),
        ("-'a'-", (Term("a"),)),
        ("NEAR*", (Prefix("NEAR"),)),
        ("talks~2,talks~", (Fuzzy("talks", 2), Fuzzy("talks", 1))),
        ("\u0301abc\u0301", (Term("abc\u0301"),)),
        ("___", ()),
    ],
)
def test_a_run_of_characters_is_read_as_words(run: str, leaves: tuple[object, ...]) -> None:
    assert read_words(run, exact=False, remarks=Remarks()) == leaves


def test_only_prefixes_and_exact_words_mean_something_in_a_phrase() -> None:
    parts = (Exact("a"), Term("b"), Prefix("cc"), Term("d"), Term("x"), Term("e"))
    assert read_phrase("=a b* cc* d~2 x=e", exact=False) == parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-a", (Operand((Term("a"),), "-"),)),
        ("a-b", (Operand((Term("a-b"),)),)),
        ('"a"-b', (Operand((Term("a"),)), Operand((Term("b"),)))),
        ("- a", (Operand((Term("a"),)),)),
        ("foo/bar", (Operand((Term("foo"), Term("bar"))),)),
        ("-title:(", (Open("-", ("title",)),)),
        ("title:source:a", (Operand((Term("a"),), "", ("title", "source")),)),
        ("(NOT)", (Open(), Operator("NOT", "NOT"), Mark.CLOSE)),
        ("NEAR NEAR/3", (Operator("NEAR", "NEAR", 10), Operator("NEAR", "NEAR/3", 3))),
        ("/S a/s", (Operator("/s", "/S"), Operand((Term("a"), Term("s"))))),
        ("AND,", (Operand((Term("and"),)),)),
        ("In:Raw in:rawness", (Mark.IN_RAW, Operand((Term("in"), Term("rawness"))))),
        ('+="a b"', (Operand((Phrase((Exact("a"), Exact("b"))),), "+"),)),
    ],
)
def test_text_is_cut_into_tokens(text: str, expected: tuple[Token, ...]) -> None:
    assert tokens(text) == expected


def test_remarks_are_few_and_said_once() -> None:
    remarks = Remarks()
    for number in range(40):
        remarks.add(f"kind {number // 4}: {{}}", f"word {number // 2}")
        remarks.add("kind of many: {}", f"word {number}")
    said = remarks.as_tuple()
    assert len(said) == len(set(said)) == MAX_REMARKS
    assert sum("many" in text for text in said) == 2


def test_a_piece_of_the_query_is_shown_shortened_and_never_read_as_a_pattern() -> None:
    assert shown("x" * 31) == "'" + "x" * 29 + "…'"
    remarks = Remarks()
    remarks.add("about {}", "{0} {} %s")
    assert remarks.as_tuple() == ("about '{0} {} %s'",)
