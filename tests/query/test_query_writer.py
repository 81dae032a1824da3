"""How a tree is written, and that trees in normal form are read back."""

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from searchidx.query import shape
from searchidx.query.limits import MAX_CHARS, MAX_CLAUSES, MAX_DEPTH, Remarks
from searchidx.query.nodes import (
    Alternative,
    And,
    AnyOf,
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
from searchidx.query.parser import parse
from searchidx.query.writer import depth_of, write

A, B, C = Term("a"), Term("b"), Term("c")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (Or((A, B), implicit=True), "a b"),
        (Or((A, B)), "a OR b"),
        (And((A, B)), "a AND b"),
        (And((A, Not(B))), "a -b"),
        (And((A, B, Not(C))), "a AND b AND NOT c"),
        (And((Not(A), B)), "NOT a AND b"),
        (Prefer(A, Or((B, C), implicit=True)), "+a b c"),
        (Prefer(And((A, B)), C), "+a +b c"),
        (Prefer(And((A, Not(B))), C), "+(a -b) c"),
        (Prefer(A, Prefer(B, C)), "+a (+b c)"),
        (Phrase((A, Prefix("bb"), Exact("c"))), '"a bb* =c"'),
        (Phrase((Exact("a"), Exact("b"))), '="a b"'),
        (Near(Or((A, B)), C, 5), "(a OR b) NEAR/5 c"),
        (SameSentence(Near(A, B, 3), C), "a NEAR/3 b /s c"),
        (SameParagraph(A, Near(B, C, 3)), "a /p (b NEAR/3 c)"),
        (Field("title", Or((A, B), implicit=True)), "title:(a b)"),
        (And((Field("raw", A), DateRange("2025-01-01", None))), "in:raw a since:2025-01-01"),
        (Or((Field("raw", A), B), implicit=True), "(in:raw a) b"),
        (DateRange("2025-06-02", "2025-06-02"), "date:2025-06-02"),
        (DateRange("2025-06-02", "2025-06-03"), "date:2025-06-02..2025-06-03"),
        (DateRange(None, "2025-06-03"), "until:2025-06-03"),
        (Fuzzy("abc", 1), "abc~"),
        (Fuzzy("abc", 2), "abc~2"),
        (MatchAll(), "*"),
        (MatchNone(), ""),
        (AnyOf((Alternative(("kiev",)), Alternative(("new", "york")))), '(="kiev" OR ="new york")'),
    ],
)
def test_a_tree_is_written_in_the_language(query: Query, text: str) -> None:
    assert write(query) == text


def test_the_depth_of_parentheses_is_counted() -> None:
    assert [depth_of(text) for text in ("a", "(a)", "(a) (b)", "((a) b (c (d)))")] == [0, 1, 1, 3]


plain = st.sampled_from(
    [A, B, Term("A-50"), Term("U.S."), Term("and"), Exact("NOT"), Prefix("ab"), Fuzzy("abc", 2)]
)
phrase_parts: st.SearchStrategy[Query] = st.sampled_from([A, Term("not"), Exact("b"), Prefix("cd")])
phrases = st.lists(phrase_parts, min_size=2, max_size=3).map(lambda parts: Phrase(tuple(parts)))
days = st.sampled_from(
    [DateRange("2024-01-01", None), DateRange(None, "2023-05-05"), DateRange("2022-01-01", "2024-02-02")]
)
names = st.sampled_from(["title", "source", "byline", "language", "raw"])


def placed(make: Callable[[Query, Query], Query]) -> Callable[[Query, Query], Query]:
    """Build a positional operator as the parser does."""

    def build(left: Query, right: Query) -> Query:
        sides = shape.side(left, Remarks()), shape.side(right, Remarks())
        return make(sides[0], sides[1]) if sides[0] and sides[1] else left

    return build


def composed(parts: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    some = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(
        some.map(lambda each: shape.conjunction(each, Remarks())),
        some.map(shape.disjunction),
        parts.map(shape.negation),
        st.builds(
            lambda must, should: shape.group(must, should, Remarks()), st.lists(parts, max_size=2), some
        ),
        st.builds(lambda name, part: shape.within(name, part, Remarks()), names, parts),
        st.builds(placed(lambda left, right: Near(left, right, 7)), parts, parts),
        st.builds(placed(SameSentence), parts, parts),
        st.builds(placed(SameParagraph), parts, parts),
    )


@given(st.recursive(st.one_of(plain, phrases, days, st.just(MatchAll())), composed, max_leaves=20))
@settings(max_examples=200, deadline=None)
def test_every_tree_in_normal_form_is_read_back(query: Query) -> None:
    text = write(query)
    assume(len(text) <= MAX_CHARS and depth_of(text) <= MAX_DEPTH)
    assume(len(text.split()) <= MAX_CLAUSES)
    assert parse(text).query == query


loose: st.SearchStrategy[Query] = st.recursive(
    st.one_of(plain, phrases, days, st.sampled_from([MatchAll(), MatchNone(), DateRange()])),
    lambda parts: st.one_of(
        st.lists(parts, max_size=3).map(lambda each: And(tuple(each))),
        st.builds(
            lambda each, implicit: Or(tuple(each), implicit), st.lists(parts, max_size=3), st.booleans()
        ),
        st.lists(parts, max_size=3).map(lambda each: Phrase(tuple(each))),
        parts.map(Not),
        st.builds(Field, names, parts),
        st.builds(Prefer, parts, parts),
        st.builds(Near, parts, parts),
    ),
    max_leaves=10,
)


@given(loose)
@settings(deadline=None)
def test_any_other_tree_can_be_written_too(query: Query) -> None:
    echo = parse(write(query)).interpreted
    assert parse(echo).interpreted == echo or len(echo) > MAX_CHARS
