"""Documents rise with those that are about the same things."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.ranking.neighbours import Bag, Bags, Smoothing, bag_of, similarities, smoothed
from searchidx.types import CleanDocument

SMALL = Smoothing(nearest=1, share=0.5, rounds=1)


def document(body: str, title: str = "", doc_id: str = "a", language: str = "en") -> CleanDocument:
    return CleanDocument(
        doc_id=doc_id, path=doc_id, raw=body, body=body, kind="body", title=title, language=language
    )


def bag(words: str) -> Bag:
    return bag_of(document(words))


def test_a_bag_holds_stems_of_title_and_body_without_words_of_grammar() -> None:
    made = bag_of(document("the harbours and a harbour", title="Harbour"))
    assert list(made.weights.values()) == pytest.approx([1 + math.log(3)])
    assert made.squares == pytest.approx((1 + math.log(3)) ** 2)


def test_documents_with_rare_words_in_common_are_alike() -> None:
    bags = [bag("harbour strike"), bag("harbour strike"), bag("harbour drought"), bag("senate vote")]
    table = similarities(bags)
    assert table[0][1] > table[0][2] > table[0][3] == 0
    assert table[0][0] == 0  # no document is its own neighbour


def test_a_cosine_of_two_bags_is_that_of_the_textbook() -> None:
    one, other = bag("harbour strike"), bag("harbour drought")
    common = math.log(1 + 0.5 / 2.5)
    lone = math.log(1 + 1.5 / 1.5)
    length = math.hypot(common, lone)
    # But for the first one's own length, which changes nothing in who is nearest.
    assert similarities([one, other])[0][1] == pytest.approx(common * common / length)


def test_a_word_that_most_documents_hold_says_nothing() -> None:
    bags = [bag(f"harbour word{at}") for at in range(10)]
    assert not any(map(any, similarities(bags, 0.4)))
    assert all(map(any, similarities(bags, 1.0)))


def test_a_document_beside_a_good_one_rises() -> None:
    bags = [bag("harbour strike"), bag("senate vote"), bag("harbour strike"), bag("senate vote later")]
    scores = smoothed([4.0, 3.0, 2.9, 0.5], bags, SMALL)
    # Halves of 4, 3, 2.9, .5 and of the neighbours' 2.9, .5, 4, 3; all lifted by nothing.
    assert scores == pytest.approx([3.45, 1.75, 3.45, 1.75])


def test_too_few_documents_have_no_neighbours() -> None:
    assert smoothed([3.0, 2.0], [bag("harbour")] * 2, Smoothing(nearest=2)) == [3.0, 2.0]


def test_a_document_that_is_like_no_other_keeps_its_score() -> None:
    bags = [bag(word) for word in ("harbour", "senate", "drought", "volcano")]
    assert smoothed([4.0, 3.0, 2.0, 1.0], bags, SMALL) == pytest.approx([4.0, 3.0, 2.0, 1.0])


@given(st.lists(st.tuples(st.floats(0, 50), st.sets(st.sampled_from("abcdefgh"))), min_size=2, max_size=30))
def test_no_document_falls_below_those_that_were_not_looked_at(drawn: list[tuple[float, set[str]]]) -> None:
    scores = sorted((score for score, _ in drawn), reverse=True)
    bags = [bag(" ".join(f"word{letter}" for letter in letters)) for _, letters in drawn]
    assert min(smoothed(scores, bags, SMALL)) >= scores[-1] - 1e-9


def test_bags_are_kept_and_made_once() -> None:
    asked: list[str] = []

    def fetch(doc_ids: Sequence[str]) -> list[CleanDocument]:
        asked.extend(doc_ids)
        return [document(f"harbour {name}", doc_id=name) for name in doc_ids]

    bags = Bags(fetch)
    first = bags.of(["x", "y"])
    assert bags.of(["y", "x", "z"])[:2] == first[::-1]
    assert asked == ["x", "y", "z"]
