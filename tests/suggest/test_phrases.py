"""Words that keep company become phrases; words that only meet do not."""

import pytest

from searchidx.store.completions import Phrase
from searchidx.suggest.phrases import KEPT, LEAST, find_phrases

FILLERS = [f"Word{n} stood beside thing{n}, and thing{n} near word{n}." for n in range(40)]


def phrases(*texts: str, language: str | None = "en", times: int = LEAST) -> dict[str, Phrase]:
    """Find the phrases of some texts, each repeated in ``times`` articles, among others."""
    given = [(f"{text} Article {n}.", language) for n in range(times) for text in texts]
    found, _ = find_phrases([*given, *((filler, "en") for filler in FILLERS)])
    return {phrase.text: phrase for phrase in found}


@pytest.mark.parametrize(
    ("text", "expected", "is_name"),
    [
        ("They spoke of a prisoner exchange again.", "prisoner exchange", False),
        ("A prisoner exchange. Prisoner exchange! The prisoner exchange.", "prisoner exchange", False),
        ("Then the exchange of prisoners began.", "exchange of prisoners", False),
        ("Yesterday the White House kept silent.", "White House", True),
        ("Там произошёл обмен пленными в тот же день.", "обмен пленными", False),
    ],
)
def test_words_side_by_side_in_some_articles_are_a_phrase(text: str, expected: str, *, is_name: bool) -> None:
    found = phrases(text, language="ru" if "о" in text else "en")
    assert expected in found
    assert (found[expected].is_name, found[expected].count) == (is_name, LEAST)


def test_grammar_punctuation_and_numbers_make_no_phrases() -> None:
    found = phrases("It was of the talks, envoys said: 500 drones (swap) on Monday\nevening.")
    assert not {"of the", "was of", "talks envoys", "envoys said 500", "500 drones", "drones swap"} & set(
        found
    )
    assert not any("monday evening" in text.lower() for text in found)


def test_one_article_makes_no_phrase_however_often_it_says_so() -> None:
    assert not phrases("prisoner exchange. " * 50, times=1)
    assert not phrases("prisoner exchange. " * 50, times=LEAST - 1)


def test_words_that_are_everywhere_are_no_phrase_where_they_meet() -> None:
    texts = [(f"Talks {n} here. Drones {n} there.", "en") for n in range(300)]
    texts += [("Talks drones.", "en")] * LEAST
    assert "Talks drones" not in {phrase.text for phrase in find_phrases(texts)[0]}


def test_a_name_keeps_its_capitals() -> None:
    texts = [("The NATO summit and McCain, Kyiv and Kyiv’s NATO’s.", "en")] * LEAST
    assert dict(find_phrases(texts)[1]) == {"nato": "NATO", "mccain": "McCain"}


@pytest.mark.parametrize(
    "text", ["", " \n ", "’ ' -- ", "a", "文字" * 50, "\ud800 \x00", "1 2 3", "x" * 9_000]
)
def test_any_text_may_come(text: str) -> None:
    find_phrases([(text, None)] * 5 + [(text, "xx")])


def test_only_so_many_are_kept() -> None:
    texts = [(" ".join(f"left{n} right{n}." for n in range(KEPT + 500)), "en")] * LEAST
    assert len(find_phrases([*texts, *((filler, "en") for filler in FILLERS * 50)])[0]) <= KEPT
