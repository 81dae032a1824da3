"""Of very many words the rarest are asked for."""

from collections.abc import Sequence

from searchidx.query.expansion import Expanded
from searchidx.query.nodes import Alternative, And, AnyOf, Field, Or, Prefer, Query
from searchidx.ranking.rarest import cut

# Each word is in as many documents as it says; "no" in none.
COUNTS = {"no": 0, "two": 2, "three": 3, "ten": 10, "twenty": 20}


class Counts:
    """A vocabulary that knows numbers only."""

    def doc_frequency(self, field: str, term: str) -> int:
        return COUNTS[term] if field == "body" else 0


def word(*terms: str, boost: float = 1.0) -> AnyOf:
    return AnyOf(tuple(Alternative((term,)) for term in terms), boost)


def asked(query: Query) -> Expanded:
    return Expanded(query=query, all_words=query, expansions=(), warnings=("said before",))


def left(query: Query, most: int) -> tuple[Query, Sequence[str]]:
    made = cut(asked(query), Counts(), 100, most)  # type: ignore[arg-type]  # nothing else is asked
    assert made.all_words == query
    return made.query, made.warnings


def test_the_rarest_words_are_left_in_their_order_and_a_remark_says_so() -> None:
    words = (word("ten"), word("three"), word("twenty"), word("two"))
    query, warnings = left(Or(words, implicit=True), 2)
    assert query == Or((word("three"), word("two")), implicit=True)
    assert warnings[0] == "said before"
    assert "2 rarest" in warnings[1]
    assert "other 2" in warnings[1]


def test_a_word_is_as_common_as_its_commonest_spelling() -> None:
    query, _ = left(Or((word("two", "twenty"), word("ten")), implicit=True), 1)
    assert query == Or((word("ten"),), implicit=True)


def test_a_word_that_no_document_holds_is_the_first_to_go() -> None:
    query, _ = left(Or((word("no"), word("twenty")), implicit=True), 1)
    assert query == Or((word("twenty"),), implicit=True)


def test_a_word_typed_often_stays() -> None:
    query, _ = left(Or((word("twenty", boost=2.5), word("ten")), implicit=True), 1)
    assert query == Or((word("twenty", boost=2.5),), implicit=True)


def test_as_many_words_as_allowed_are_left_alone() -> None:
    whole = Or((word("ten"), word("two")), implicit=True)
    assert left(whole, 2) == (whole, ("said before",))


def test_what_must_match_and_what_is_an_operator_stays() -> None:
    either = Or((word("ten"), word("twenty"), word("two")))
    assert left(either, 1)[0] == either
    title = Field("title", word("twenty"))
    many = Or((word("ten"), title, word("two")), implicit=True)
    assert left(And((many, either)), 1)[0] == And((Or((title, word("two")), implicit=True), either))
    assert left(Prefer(either, many), 1)[0] == Prefer(either, Or((title, word("two")), implicit=True))
