"""What is suggested for a word that no document holds."""

import pytest
from tiny_vocabulary import index_of

from searchidx.query.suggestions import suggest

TEXTS = ["Istanbul Istanbul talks", "Istanbul negotiations", "Instanbul", "tales A-50 U.S."]


@pytest.mark.parametrize(
    ("word", "better"),
    [
        ("Istambul", "istanbul"),
        ("ISTANBULL", "istanbul"),  # the commoner one wins; "instanbul" is as near
        ("talkz", "talks"),
        ("talez", "tales"),
        ("negotations", "negotiations"),
        ("ngotation", None),  # three letters off
        ("talk", None),  # short words are near to everything
        ("kstanbul", None),  # the first letter is right mostly
        ("istanbul", "instanbul"),  # asked only for words that no document holds
        ("xyzzy", None),
        ("Tu-951", None),
        ("12345", None),
        ("cease fire", None),
        ("", None),
        ("…", None),
        ("\ud800", None),
    ],
)
def test_a_word_near_to_the_one_typed_is_suggested(word: str, better: str | None) -> None:
    assert suggest(iter([word]), index_of(TEXTS)) == ({word: better} if better else {})


def test_each_word_has_its_own_suggestion() -> None:
    assert suggest(iter(["Istambul", "xyzzy", "talkz"]), index_of(TEXTS)) == {
        "Istambul": "istanbul",
        "talkz": "talks",
    }


def test_titles_count_too() -> None:
    assert suggest(iter(["Pavutina"]), index_of(["x"], meta={"title": "Pavutyna"})) == {
        "Pavutina": "pavutyna"
    }
