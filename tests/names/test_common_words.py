"""Which words are ordinary, and not taken for names."""

import pytest

from searchidx.analysis import fold
from searchidx.names.common import common_words, is_common


@pytest.mark.parametrize(
    "word", ["prisoner", "exchange", "ceasefire", "Regierung", "pouvoir", "который", "уряд"]
)
def test_ordinary_words_are_on_the_list(word: str) -> None:
    assert is_common(fold(word))


@pytest.mark.parametrize(
    "name", ["Zelenskiy", "Kiev", "Donbas", "London", "Москва", "Київ", "Merkel", "Moskau"]
)
def test_names_are_not(name: str) -> None:
    assert not is_common(fold(name))


def test_bisection_finds_what_the_whole_list_holds_and_no_more() -> None:
    words = sorted(common_words())
    for word in [words[0], words[-1], *words[::997]]:
        assert is_common(word)
        for other in (word + "q", word[:-1], "q" + word):
            assert is_common(other) == (other in common_words())


@pytest.mark.parametrize("odd", ["", "\n", "a\nb", "\ud800", "x" * 10_000, "\x00", "zzzzzz", "￿"])
def test_nothing_odd_is_a_word_or_a_fault(odd: str) -> None:
    assert not is_common(odd)


def test_the_list_is_folded_and_in_order() -> None:
    words = list(common_words())
    assert len(words) > 100_000
    assert all(fold(word) == word for word in words[::101])
