"""Which characters may be changed: none but certain mojibake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.corpus import parse
from searchidx.corpus.mojibake import repair
from searchidx.types import Document


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("cafÃ©", "café"),
        ("Itâ€™s over", "It’s over"),
        ("Â£5.2bn in damage", "£5.2bn in damage"),
        ("ErdoÄŸan and Ã‡Ä±raÄŸan", "Erdoğan and Çırağan"),
        ("Р—РµР»РµРЅСЃРєРёР№", "Зеленский"),
        ("naïve cafÃ©", "naïve café"),
        ("Зеленский: cafÃ©", "Зеленский: café"),
        ("one – line\nItâ€™s\nÄrger", "one – line\nIt’s\nÄrger"),
    ],
)
def test_certain_mojibake_is_repaired(broken: str, whole: str) -> None:
    assert repair(broken) == whole
    [document] = parse(broken.encode(), path="a.txt", file_format="txt")
    assert isinstance(document, Document)
    assert (document.content, document.meta) == (whole, {"repaired": "mojibake"})


@pytest.mark.parametrize(
    "text",
    [
        "“Où est le café ?” « voilà »",
        "SÃO PAULO – “MAÇÔ (É…)",
        "„Ärger“ und „Ö“",
        "Ukraine’s SBU — ‘Spider’s Web’ – £5.2bn …",
        "АРС» и «РІВНЕ», ЄВРОПА",
        "Türkiye’de Çırağan Sarayı’nda",
        "10 ° – 12 ±µ",
        "¯\\_(ツ)_/¯ ﷺ ﬁ ｗｉｄｅ &amp; &eacute; \x85 \x92",
        "乌克兰 ウクライナ 우크라이나",
        "Â",
    ],
)
def test_everything_else_stays_to_the_letter(text: str) -> None:
    assert repair(text) == text


@given(st.text(st.sampled_from("aé’”“–ÂÃÄ° \nРСвµѕ\x85\xa0€")))
def test_lines_stay_lines_and_a_repaired_text_is_not_repaired_again(text: str) -> None:
    repaired = repair(text)
    assert repaired.count("\n") == text.count("\n")
    assert repair(repaired) == repaired
