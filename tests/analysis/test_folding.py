"""Which writings of a word are one term."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.analysis import fold
from searchidx.analysis.folding import MAX_TERM_CHARS


@pytest.mark.parametrize(
    "written",
    [
        ("Çırağan", "Ciragan", "ÇIRAĞAN", "çirağan", "C\u0327ırag\u0306an"),
        ("İstanbul", "ISTANBUL", "istanbul", "ıstanbul", "i\u0307stanbul"),
        ("Erdoğan", "Erdogan", "ERDOĞAN"),
        ("Straße", "STRASSE", "straẞe"),
        ("Ὀδυσσεύς", "ΟΔΥΣΣΕΥΣ", "οδυσσευσ"),
        ("Łódź", "lodz"),
        ("Đukanović", "dukanovic"),
        ("Ærø", "aero"),
        ("Þór", "thor"),
        ("Əliyev", "eliyev"),
        ("Артём", "Артем"),
        ("ﬁnal", "final"),
        ("Ｋｙｉｖ", "Kyiv"),
        ("𝐊𝐲𝐢𝐯", "Kyiv"),
        ("Web’s", "Web's", "web", "WEB’S", "Web`s", "Web´s"),
        ("rock’n’roll", "rocknroll"),
        ("co\u00adoperate", "cooperate"),
        ("zero\u200bwidth", "zerowidth"),
        ("محمد", "مُحَمَّد", "محـمد"),
        ("שלום", "שָׁלוֹם"),
        ("l’été", "été", "l'e\u0301te\u0301", "L’ÉTÉ"),
        ("12,000", "12000"),
        ("8,7", "8.7"),
        ("1,234,567", "1.234.567", "1234567"),
        ("1,234.5", "1.234,5", "1234,5"),
    ],
)
def test_writings_of_one_word_are_one_term(written: tuple[str, ...]) -> None:
    assert len(set(map(fold, written))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("мій", "мии"),  # й is no и
        ("їх", "іх"),
        ("ку", "кў"),
        ("Kyiv", "Kiev"),
        ("Kyiv", "Куiv"),  # look alike: two letters are Cyrillic
        ("resume", "resumé2"),
        ("12,000", "12.5"),
        ("0,123", "0123"),
        ("1.5", "15"),
        ("हिन्दी", "हनद"),  # vowel signs are no diacritics
    ],
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=30) | st.text("İIıiſßΣςσŉǰΐᾳﷺﬀ\u0345\u0307\u0301'’s1.,", max_size=12))
def test_folding_a_second_time_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


def test_each_letter_folds_to_something_stable() -> None:
    blocks = (range(0x3400), range(0xA640, 0xAC00), range(0xF900, 0x10000), range(0x1D400, 0x1D800))
    words = [f"a{chr(code)}b" for block in blocks for code in block]
    unstable = [word for word in words if fold(fold(word)) != fold(word)]
    assert unstable == []


@given(st.text(max_size=30))
def test_a_folded_word_holds_letters_digits_and_vowel_signs(word: str) -> None:
    folded = fold(word)
    assert not folded or folded[0].isalnum()
    assert all(c.isalnum() or c == "." or unicodedata.category(c) in ("Mn", "Mc") for c in folded)


@given(st.text(max_size=30))
def test_the_unicode_form_does_not_matter(word: str) -> None:
    evened = unicodedata.normalize("NFC", word)
    assert fold(unicodedata.normalize("NFD", evened)) == fold(evened)


@pytest.mark.parametrize(
    "word", ["x" * 10_000, "é" * 10_000, "ﷺ" * 1_000, "1," * 5_000 + "1", "a" + "\u0301" * 5_000]
)
def test_an_endless_word_is_cut(word: str) -> None:
    assert len(fold(word)) <= MAX_TERM_CHARS
    assert fold(fold(word)) == fold(word)
