"""Scripts without capitals: a name in them, or asked from them, is found like any other."""

import pytest
from tiny_search import found

TEXTS = {
    "Arabic": ["التقى غيراسيموف بالوفد في إسطنبول", "أمطرت في الجبال طوال الليل"],
    "Georgian": ["გერასიმოვი ჩავიდა სტამბოლში", "მთაში მთელი ღამე წვიმდა"],
    "Hebrew": ["גרסימוב נפגש עם המשלחת באיסטנבול", "בהרים ירד גשם כל הלילה"],
}


@pytest.mark.parametrize("script", TEXTS)
@pytest.mark.parametrize("asked", ["Gerasimov", "gerasimov", "герасимов"])
def test_a_name_in_small_letters_is_found_in_a_corpus_without_capitals(script: str, asked: str) -> None:
    with_name, without = TEXTS[script]
    assert found(asked, [with_name, without]) == [with_name]


@pytest.mark.parametrize(
    ("asked", "written"),
    [("غيراسيموف", "Gerasimov"), ("გერასიმოვი", "Gerasimov"), ("גרסימוב", "Gerasimov"),
     ("გერასიმოვი", "גרסימוב"), ("גרסימוב", "Герасимов")],
)  # fmt: skip
def test_a_name_without_capitals_finds_it_in_other_scripts(asked: str, written: str) -> None:
    texts = [f"we saw {written} there", "we saw nobody there"]
    assert found(asked, texts) == texts[:1]


@pytest.mark.parametrize("script", TEXTS)
def test_an_ordinary_word_in_small_letters_gains_no_name_there(script: str) -> None:
    assert found("mountains", TEXTS[script]) == []
