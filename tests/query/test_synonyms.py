"""The small list of words that stand for each other."""

import pytest

from searchidx.analysis import analyze, stem_key
from searchidx.query.synonyms import LANGUAGE, Synonyms, shipped_synonyms

SHIPPED = shipped_synonyms()


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("exchange", ["swap"]),
        ("swapped", ["exchange"]),
        ("deals", ["accord", "agreement", "pact"]),
        ("talk", ["negotiations"]),
        ("cease-fire", ["truce", "armistice"]),
        ("kyiv", []),
        ("", []),
    ],
)
def test_a_word_in_any_form_leads_to_the_others_of_its_group(word: str, others: list[str]) -> None:
    assert list(SHIPPED.of(word)) == others


def test_without_a_list_there_are_none() -> None:
    assert list(Synonyms().of("exchange")) == []


def test_each_word_is_one_term_in_one_group() -> None:
    words = [word for group in SHIPPED.groups for word in group]
    keys = [stem_key(word, LANGUAGE) for word in words]
    assert len(keys) == len(set(keys))
    assert all(len(group) >= 2 for group in SHIPPED.groups)
    for word in words:
        assert [token.term for token in analyze(word)] == [word]


def test_a_synonym_weighs_less_than_a_form_or_a_name() -> None:
    assert 0 < SHIPPED.weight < 0.8


def test_the_list_is_read_once() -> None:
    assert shipped_synonyms() is SHIPPED
