"""What a typed query is understood as."""

import time
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchidx.query.limits import MAX_CHARS, MAX_CLAUSES, MAX_DEPTH, MAX_REMARKS
from searchidx.query.nodes import (
    And,
    DateRange,
    Exact,
    Field,
    Fuzzy,
    MatchAll,
    MatchNone,
    Near,
    Not,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Query,
    SameParagraph,
    SameSentence,
    Term,
)
from searchidx.query.parser import Parsed, parse
from searchidx.query.writer import depth_of

TODAY = date(2025, 6, 4)  # a Wednesday
A, B, C, D = Term("a"), Term("b"), Term("c"), Term("d")
NONE = MatchNone()


def either(*parts: Query) -> Or:
    """Words side by side."""
    return Or(parts, implicit=True)


def words(text: str) -> Or:
    return either(*map(Term, text.split()))


def phrase(text: str) -> Phrase:
    return Phrase(tuple(map(Term, text.split())))


def field(name: str, text: str) -> Field:
    return Field(name, Term(text))


UNDERSTOOD: list[tuple[str, Query]] = [
    # words
    ("talks", Term("talks")),
    ("prisoner exchange", words("prisoner exchange")),
    ("talks talks", words("talks talks")),
    ("a (b c) d", either(A, either(B, C), D)),
    ("((talks))", Term("talks")),
    ("and or not near to", words("and or not near to")),
    ("A-50 Tu-95 cease-fire", words("A-50 Tu-95 cease-fire")),
    ("O'Brien’s rock’n’roll", words("O'Brien’s rock’n’roll")),
    ("U.S. p.m. Ph.D. 8.7 U.S.-led", words("U.S. p.m. Ph.D. 8.7 U.S.-led")),
    ("9/11 10:30 1,000 AT&T", words("9/11 10:30 1,000 AT&T")),
    ("col·legi צה״ל", words("col·legi צה״ל")),
    ("Зеленський Çırağan ｔａｌｋｓ", words("Зеленський Çırağan ｔａｌｋｓ")),
    ("हिन्दी", Term("हिन्दी")),
    ("Talks. Then, he said; why?", words("Talks Then he said why")),
    ("'quoted' ‘quoted’", words("quoted quoted")),
    ("a — b–c −d", words("a b c d")),
    ("a -- b --c", words("a b c")),
    ("foo/bar", words("foo bar")),
    ("a,b", words("a b")),
    ("!a #b @c", words("a b c")),
    ("ta\u200blks\ufeff \u202eistanbul\u202c", words("talks istanbul")),
    ("ta\ud800lks\x00", Term("talks")),
    ("talks\r\n\tistanbul", words("talks istanbul")),
    ("Erdog\u0306an", Term("Erdoğan")),
    # signs
    ("+a b c", Prefer(A, either(B, C))),
    ("+a +b", And((A, B))),
    ("+a +b c", Prefer(And((A, B)), C)),
    ("a -b", And((A, Not(B)))),
    ("a b -c", And((either(A, B), Not(C)))),
    ("a NOT b", And((A, Not(B)))),
    ("+a b -c", And((Prefer(A, B), Not(C)))),
    ("+a", Prefer(A, MatchNone())),
    ("-a", Not(A)),
    ("-a -b", And((Not(A), Not(B)))),
    ("NOT NOT a", A),
    ("NOT -a", A),
    ("a - b", words("a b")),
    ("(-a) b", And((B, Not(A)))),
    ("-foo/bar a", And((A, Not(words("foo bar"))))),
    ("+(a b) c", Prefer(either(A, B), C)),
    ('-"a b" c', And((C, Not(phrase("a b"))))),
    ("-title:a b", And((B, Not(field("title", "a"))))),
    ("title:-a b", And((B, Not(field("title", "a"))))),
    ("-=a b", And((B, Not(Exact("a"))))),
    # operators
    ("a AND b", And((A, B))),
    ("a OR b", Or((A, B))),
    ("a AND b AND c", And((A, B, C))),
    ("a AND (b AND c)", And((A, B, C))),
    ("a OR (b OR c)", Or((A, B, C))),
    ("a OR b AND c", Or((A, And((B, C))))),
    ("a AND NOT b", And((A, Not(B)))),
    ("a OR NOT b", Or((A, Not(B)))),
    ("a OR b c", either(Or((A, B)), C)),
    ("a b AND c", either(A, And((B, C)))),
    ("(a OR b) AND c", And((Or((A, B)), C))),
    ("(a b) AND c", And((either(A, B), C))),
    ("a AND foo/bar", And((A, words("foo bar")))),
    ("a AND +b", And((A, B))),
    # phrases
    ('"prisoner exchange"', phrase("prisoner exchange")),
    ("“prisoner exchange”", phrase("prisoner exchange")),
    ("„prisoner exchange‟", phrase("prisoner exchange")),
    ("«prisoner exchange»", phrase("prisoner exchange")),
    ("″prisoner exchange″", phrase("prisoner exchange")),
    ("''prisoner exchange''", phrase("prisoner exchange")),
    ("“Spider’s Web”", phrase("Spider’s Web")),
    ('"Spider\'s Web"', phrase("Spider's Web")),
    ('"talks"', Term("talks")),
    ('"a b" c', either(phrase("a b"), C)),
    ('"pris* exchange"', Phrase((Prefix("pris"), Term("exchange")))),
    ('"=a b"', Phrase((Exact("a"), B))),
    ('"a AND (b) -c title:d"', phrase("a and b c title d")),
    ('"the U.S."', phrase("the U.S.")),
    ('="a b"', Phrase((Exact("a"), Exact("b")))),
    ("=“a b”", Phrase((Exact("a"), Exact("b")))),
    ('"a b"~5', Near(A, B, 5)),
    ('"a b"~0', phrase("a b")),
    ('"a b"~', phrase("a b")),
    ('foo"a b"bar', either(Term("foo"), phrase("a b"), Term("bar"))),
    # marks on words
    ("=talks", Exact("talks")),
    ("= talks", Term("talks")),
    ("talk*", Prefix("talk")),
    ("A-5*", Prefix("A-5")),
    ("talks~", Fuzzy("talks", 1)),
    ("talks~1", Fuzzy("talks", 1)),
    ("talks~2", Fuzzy("talks", 2)),
    ("talks~0.8", Fuzzy("talks", 1)),
    ("~talks", Term("talks")),
    ("=talks~", Exact("talks")),
    # places
    ("a NEAR/5 b", Near(A, B, 5)),
    ("a NEAR b", Near(A, B, 10)),
    ("a /s b", SameSentence(A, B)),
    ("a /p b", SameParagraph(A, B)),
    ("a NEAR/5 b /s c", SameSentence(Near(A, B, 5), C)),
    ("a NEAR/5 (b /p c)", Near(A, SameParagraph(B, C), 5)),
    ("(a b) NEAR/5 c", Near(Or((A, B)), C, 5)),
    ("(a OR b) NEAR/5 (c d)", Near(Or((A, B)), Or((C, D)), 5)),
    ('"a b" NEAR/5 "c d"', Near(phrase("a b"), phrase("c d"), 5)),
    ("pris* NEAR/5 exch*", Near(Prefix("pris"), Prefix("exch"), 5)),
    ("a b NEAR/5 c d", either(A, Near(B, C, 5), D)),
    ("-a NEAR/5 b c", And((C, Not(Near(A, B, 5))))),
    ("NOT a NEAR/5 b", Not(Near(A, B, 5))),
    ("a AND b NEAR/5 c", And((A, Near(B, C, 5)))),
    # fields
    ("title:talks", field("title", "talks")),
    ("Title:talks TITLE:a", either(field("title", "talks"), field("title", "a"))),
    ("title:a b", either(field("title", "a"), B)),
    ("title:(a b)", Field("title", either(A, B))),
    ('title:"a b"', Field("title", phrase("a b"))),
    ("title:=a", Field("title", Exact("a"))),
    ("title:foo/bar a", either(Field("title", words("foo bar")), A)),
    ("title:(a NEAR/5 b)", Field("title", Near(A, B, 5))),
    ("title:(-a)", Not(field("title", "a"))),
    ("a source:bbc", And((A, field("source", "bbc")))),
    ("source:bbc", field("source", "bbc")),
    ("a b byline:x language:en", And((either(A, B), field("byline", "x"), field("language", "en")))),
    ("a (source:x OR source:y)", And((A, Or((field("source", "x"), field("source", "y")))))),
    ("a OR source:x", Or((A, field("source", "x")))),
    ("source:https://bbc.co.uk", field("source", "bbc.co.uk")),
    ("in:raw a", Field("raw", A)),
    ("a in:raw b", Field("raw", either(A, B))),
    ("in:raw a -b date:2025-06-02", And((Field("raw", A), Not(B), DateRange("2025-06-02", "2025-06-02")))),
    ("in:raw +a b", Field("raw", Prefer(A, B))),
    ("(in:raw a) b", either(Field("raw", A), B)),
    # dates
    ("date:2025-06-02", DateRange("2025-06-02", "2025-06-02")),
    ("date:2025-06", DateRange("2025-06-01", "2025-06-30")),
    ("date:2024", DateRange("2024-01-01", "2024-12-31")),
    ("date:2025-05..2025-06", DateRange("2025-05-01", "2025-06-30")),
    ("date:2025-05..", DateRange("2025-05-01", None)),
    ("since:2025-06", DateRange("2025-06-01", None)),
    ("until:2025-06", DateRange(None, "2025-06-30")),
    ("a since:2025-05 until:2025-06", And((A, DateRange("2025-05-01", "2025-06-30")))),
    ("since:2025-05 a until:2025-06 since:2025", And((A, DateRange("2025-05-01", "2025-06-30")))),
    ("date:yesterday", DateRange("2025-06-03", "2025-06-03")),
    ('date:"last week"', DateRange("2025-05-26", "2025-06-01")),
    ("date:last week talks", And((Term("talks"), DateRange("2025-05-26", "2025-06-01")))),
    ("since:today", DateRange("2025-06-04", None)),
    ("a -date:2024", And((A, Not(DateRange("2024-01-01", "2024-12-31"))))),
    ("a AND date:2024", And((A, DateRange("2024-01-01", "2024-12-31")))),
    ("date:2025-06-02, talks", And((Term("talks"), DateRange("2025-06-02", "2025-06-02")))),
    # everything
    ("*", MatchAll()),
    ("* a", A),
    ("* AND a", A),
    ("* -a", Not(A)),
    ("a OR *", MatchAll()),
    # full-width operators
    ("（a　OR　b）　＋c", Prefer(C, Or((A, B)))),
    ("ｔ：a title：b", either(Term("ｔ"), A, field("title", "b"))),
]


@pytest.mark.parametrize(("text", "query"), UNDERSTOOD, ids=[text for text, _ in UNDERSTOOD])
def test_each_form_of_the_language_is_understood(text: str, query: Query) -> None:
    parsed = parse(text, today=TODAY)
    assert parsed.query == query
    assert not parsed.is_empty


MENDED: list[tuple[str, Query, str]] = [
    # operators that lack an operand are words
    ("AND ada", words("and ada"), "AND wants"),
    ("a AND", words("a and"), "AND wants"),
    ("OR", Term("or"), "OR wants"),
    ("NOT", Term("not"), "NOT wants"),
    ("AND OR NOT", words("and or not"), "OR wants"),
    ("a AND AND b", words("a and and b"), "AND wants"),
    ("a AND (b OR)", And((A, words("b or"))), "OR wants"),
    ("NEAR/5", words("near 5"), "NEAR/5 wants"),
    ("/s /p", words("s p"), "/s wants"),
    ("talks NEAR/x istanbul", words("talks near x istanbul"), "'NEAR/x'"),
    ("a OR +b", Or((A, B)), "+ beside OR"),
    # positions need words
    ("a NEAR/5 NOT b", Near(A, B, 5), "NOT after NEAR/5"),
    ("a NEAR/5 -b", Near(A, B, 5), "- after NEAR/5"),
    ("(a -b) /s c", SameSentence(A, C), "beside NEAR"),
    ("(-b) /s c", SameSentence(B, C), "beside NEAR"),
    ("(a AND b) NEAR/2 c", Near(Or((A, B)), C, 2), "beside NEAR"),
    ("a NEAR/5 title:b", Near(A, B, 5), "beside NEAR"),
    ("a NEAR/5 date:2024", And((A, DateRange("2024-01-01", "2024-12-31"))), "NEAR/5 wants words"),
    ("a NEAR/999999999 b", Near(A, B, 100), "read as 100"),
    ("a NEAR/0 b", Near(A, B, 1), "read as 1"),
    ('"a b"~999999999', Near(A, B, 100), "read as 100"),
    ('"a b c"~5', phrase("a b c"), "two words"),
    ('"a b"^3', phrase("a b"), "no boosts"),
    # quotation marks and parentheses
    ('"unbalanced', Term("unbalanced"), "quotation mark"),
    ("“talks istanbul", words("talks istanbul"), "quotation mark"),
    ('"a b" "c', either(phrase("a b"), C), "quotation mark"),
    ('"" ""', NONE, "empty phrase"),
    ('title:"', Term("title"), "title: has nothing"),
    ('title:"a b', either(field("title", "a"), B), "quotation mark"),
    ("(", NONE, "'('"),
    ("(a b", words("a b"), "'('"),
    ("a) b", words("a b"), "')'"),
    ("a AND (b OR c", And((A, Or((B, C)))), "'('"),
    # wildcards, fuzzy words, boosts
    ("a*", A, "is read as a word"),
    ("*ing AND *ed", And((Term("ing"), Term("ed"))), "* and ?"),
    ("te?t", words("te t"), "* and ?"),
    ("*a*b*", words("a b"), "* and ?"),
    ("zelenskyy~9", Fuzzy("zelenskyy", 2), "2 letters"),
    ("ab~2", Term("ab"), "fuzzy word has 3 to 40"),
    ("x" * 41 + "~", Term("x" * 41), "fuzzy word has 3 to 40"),
    ("talks^2", Term("talks"), "no boosts"),
    ("talks^1e308 b^nan", either(Term("talks"), B), "no boosts"),
    ("foo^", Term("foo"), "no boosts"),
    ("a^b", words("a b"), "no boosts"),
    # fields
    ("a:b", words("a b"), "no field 'a'"),
    ("__class__:x", words("class x"), "no field"),
    ("title:", Term("title"), "title: has nothing"),
    ("title: a", words("title a"), "title: has nothing"),
    ("title:() a", words("title a"), "title: has nothing"),
    ("title:* a", words("title a"), "title: has nothing"),
    ("in:raw", words("in raw"), "no words to look for"),
    ("in:raw -a", And((words("in raw"), Not(A))), "no words to look for"),
    ("in:other a", words("in other a"), "no field 'in'"),
    ("title:(a source:b)", And((field("title", "a"), field("source", "b"))), "inner field"),
    ("title:(a (title:b))", either(field("title", "a"), field("title", "b")), "inner field"),
    ("in:raw title:a b", either(field("title", "a"), Field("raw", B)), "inner field"),
    ("source:x source:y", And((field("source", "x"), field("source", "y"))), "two values of source"),
    ("https://example.com/?q=a:b&c=[d]", words("example.com q a b c d"), "address"),
    # dates
    ("date:not-a-date", Term("not-a-date"), "the date 'not-a-date' can't be read"),
    ("date:2025-02-31", Term("2025-02-31"), "can't be read"),
    ("date:99999", Term("99999"), "can't be read"),
    ('date:"some day"', phrase("some day"), "can't be read"),
    ("date:....", NONE, "can't be read"),
    ("since:tomorrow", Term("tomorrow"), "can't be read"),
    ("since:..2024", Term("2024"), "can't be read"),
    ("until:", Term("until"), "until: has nothing"),
    ('until:"', Term("until"), "until: has nothing"),
    ("date:2025-06..2025-05", DateRange("2025-05-01", "2025-06-30"), "swapped"),
    (
        "date:2024 date:2023",
        And((DateRange("2024-01-01", "2024-12-31"), DateRange("2023-01-01", "2023-12-31"))),
        "no day",
    ),
    # other engines
    ("[a TO b]", words("a TO b"), "ranges in brackets"),
    ("a && b || c", words("a b c"), "&&"),
    ("a ANDNOT b", words("a ANDNOT b"), "ANDNOT"),
    # nothing to search for
    ("NOT *", NONE, "no word"),
    ("~", NONE, "no word"),
    ("-", NONE, "no word"),
    ("\\", NONE, "no word"),
    ("/", NONE, "no word"),
    ("?*", NONE, "no word"),
    ("{", NONE, "no word"),
    (":::::", NONE, "no word"),
    ("😀", NONE, "no word"),
    ("\u202e", NONE, "no word"),
    ("\udc00\ud800", NONE, "no word"),
    ("-a", Not(A), "leave out"),
    ("-a -b", And((Not(A), Not(B))), "leave out"),
]


@pytest.mark.parametrize(("text", "query", "warning"), MENDED, ids=[text[:30] for text, *_ in MENDED])
def test_what_cannot_be_read_is_read_as_words_with_a_warning(text: str, query: Query, warning: str) -> None:
    parsed = parse(text)
    assert parsed.query == query
    assert any(warning in said for said in parsed.warnings), parsed.warnings


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("[x", Term("x")),
        ("te[", Term("te")),
        ('r"(a+)+$"', words("r a")),
        ("/(a+)+$/", A),
        ("<script>alert(1)</script>", words("script alert 1 script")),
        ("../../etc/passwd", words("etc passwd")),
        ("--index", Term("index")),
        ("%00%ff", words("00 ff")),
        ("who is he?", words("who is he")),
        ("\x1b[31mred", Term("31mred")),
        ("Note: talks", words("Note talks")),
        ("İSTANBUL ıstanbul straße", words("İSTANBUL ıstanbul straße")),
    ],
)
def test_stray_punctuation_is_dropped_without_a_word(text: str, query: Query) -> None:
    assert parse(text) == Parsed(query=query, interpreted=parse(text).interpreted)


@pytest.mark.parametrize("text", ["", "   ", "\t\r\n", "\x00", "\x00 \x1b", "\u00a0\u3000"])
def test_only_white_space_and_control_characters_are_empty(text: str) -> None:
    assert parse(text) == Parsed(query=NONE, interpreted="", is_empty=True)


@pytest.mark.parametrize(
    ("text", "query", "interpreted"),
    [
        ("a b", And((A, B)), "a AND b"),
        ("a b -c", And((A, B, Not(C))), "a AND b AND NOT c"),
        ("a OR b c", And((Or((A, B)), C)), "(a OR b) AND c"),
        ("title:(a b)", Field("title", And((A, B))), "title:(a AND b)"),
        ("foo/bar", And((Term("foo"), Term("bar"))), "foo AND bar"),
        ("(a b) NEAR/5 c", Near(Or((A, B)), C, 5), "(a OR b) NEAR/5 c"),
        ("a", A, "a"),
    ],
)
def test_with_all_words_what_stands_side_by_side_is_wanted(text: str, query: Query, interpreted: str) -> None:
    parsed = parse(text, all_words=True)
    assert (parsed.query, parsed.interpreted) == (query, interpreted)


def test_with_exact_every_word_is_as_spelt() -> None:
    parsed = parse('Kiev "a b" c* title:d AND', exact=True)
    assert parsed.interpreted == '=Kiev ="a b" =c title:=d =and'
    assert parse(parsed.interpreted).query == parsed.query


def test_a_long_query_is_cut_at_a_word_with_a_warning() -> None:
    parsed = parse("abcdefgh" * 20 + " prisoner exchange" * 60)
    assert parsed.warnings[0].startswith("only the first 1,000 characters are read, up to 'prisoner'")


def test_a_query_of_the_greatest_length_is_read_in_full() -> None:
    assert parse("x" * MAX_CHARS) == Parsed(query=Term("x" * MAX_CHARS), interpreted="x" * MAX_CHARS)


def test_a_query_of_many_words_is_cut_with_a_warning() -> None:
    parsed = parse(" ".join(f"w{number}" for number in range(100)))
    assert parsed.query == words(" ".join(f"w{number}" for number in range(MAX_CLAUSES)))
    assert parsed.warnings == ("only the first 64 words are read",)


def test_many_slips_do_not_hide_the_warning_of_a_limit() -> None:
    parsed = parse(" ".join(f"f{number}:x" for number in range(90)))
    assert "only the first 64 words are read" in parsed.warnings
    assert sum("no field" in said for said in parsed.warnings) == 2


def test_operators_read_as_words_count_as_words() -> None:
    parsed = parse("AND " * 200)
    assert parsed.query == words("and " * MAX_CLAUSES)


def test_an_operator_whose_operand_was_cut_off_is_no_fault_of_the_user() -> None:
    parsed = parse("talks AND " * 80)
    assert parsed.query == And((Term("talks"),) * MAX_CLAUSES)
    assert parsed.warnings == ("only the first 64 words are read",)


def test_a_phrase_is_cut_at_32_words() -> None:
    parsed = parse('"' + "talks " * 40 + '"')
    assert parsed.query == phrase("talks " * 32)
    assert parsed.warnings == ("only the first 32 words of a phrase are read",)


def test_a_phrase_that_the_limit_cuts_is_still_a_phrase() -> None:
    assert parse('"' + "talks " * 2000 + '"').query == phrase("talks " * 32)


def test_parentheses_are_read_to_a_depth_of_20() -> None:
    def nested(depth: int) -> str:
        return "".join(f"w{number} (" for number in range(depth)) + "x y" + ")" * depth

    assert parse(nested(20)).warnings == ()
    assert parse(nested(20)).interpreted == nested(20)
    too_deep = parse(nested(21))
    assert too_deep.warnings == ("parentheses nested more than 20 deep are ignored",)
    assert too_deep.interpreted == nested(20).replace("x y", "w20 x y")


def test_redundant_parentheses_may_be_many() -> None:
    assert parse("(" * 50 + "talks" + ")" * 50).query == Term("talks")
    assert parse("(" * 5000 + "talks" + ")" * 5000).query == NONE  # cut before the word


PIECES = [
    *"ab*?~^+-=()[]{}|!:;,./\\<>'\"“”’&_@#%",
    *(
        "aa*",
        "talks~2",
        "U.S.",
        "9/11",
        "x-y",
        '"a b"',
        '"c d"~3',
        "''",
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "NEAR/5",
        "/s",
        "/p",
    ),
    *(
        "title:",
        "source:",
        "byline:(",
        "in:raw",
        "date:",
        "since:2025-06",
        "until:2024",
        "2025-06-02",
        "last week",
        "x:",
    ),
    *(
        "-(",
        "+(",
        "NOT (",
        "title:(",
        'title:"',
        "^2",
        "\u0301",
        "\u0338",
        "\u202e",
        "\x00",
        "\ud800",
        "ß",
        "İ",
        "😀",
    ),
    *("（", "＝", "：", "‐", "—", "·", "https://x.y/?a=b", "\uac00", "\u1161", "\u0903", "*", " * "),
]
glued = st.builds(
    lambda glue, pieces: glue.join(pieces),
    st.sampled_from(["", " "]),
    st.lists(st.sampled_from(PIECES), max_size=60),
)


def check(text: str, parsed: Parsed) -> None:
    again = parse(parsed.interpreted)
    if len(parsed.interpreted) <= MAX_CHARS:
        assert (again.query, again.interpreted) == (parsed.query, parsed.interpreted), text
    assert depth_of(parsed.interpreted) <= MAX_DEPTH
    assert parsed.interpreted.isprintable()
    assert len(set(parsed.warnings)) == len(parsed.warnings) <= MAX_REMARKS
    assert all(said.isprintable() and 10 < len(said) < 120 for said in parsed.warnings)


@given(st.one_of(glued, st.text()), st.booleans(), st.booleans())
@settings(max_examples=250, deadline=None)
@example("(in:raw (-a)) b", False, False)
@example("+a (+b c)", False, False)
@example("=\u0338a ＝\u0338b", False, False)
@example("(a OR b AND (" * 30, True, False)
def test_any_text_is_understood_and_its_echo_means_the_same(text: str, all_words: bool, exact: bool) -> None:
    check(text, parse(text, all_words=all_words, exact=exact))


@pytest.mark.parametrize("text", [text for text, *_ in (*UNDERSTOOD, *MENDED)])
@pytest.mark.parametrize(("all_words", "exact"), [(False, False), (True, False), (False, True), (True, True)])
def test_the_echo_of_every_form_means_the_same(text: str, all_words: bool, exact: bool) -> None:
    check(text, parse(text, all_words=all_words, exact=exact, today=TODAY))


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a ",
        '"',
        "(",
        ")",
        "-",
        "NOT ",
        "a AND ",
        "a:",
        "=",
        "\x00a",
        " \u200b",
        "é",
        "\\",
        '"a ',
        "[a TO ",
        "date:2",
    ],
)
def test_a_megabyte_costs_no_more_than_a_page(unit: str) -> None:
    text = unit * ((1 << 20) // len(unit))
    started = time.process_time()
    check(text, parse(text))
    assert time.process_time() - started < 0.25  # some ms; a quadratic step would take minutes
