"""Which translations of code names are understood, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.names.learn import sightings
from searchidx.names.phrases import name_after, name_before, tokens_of


def found(sentence: str) -> set[tuple[tuple[str, str], str]]:
    return {(sighting.names, sighting.pattern) for sighting in sightings(sentence, "d")}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Operation Burja, or Winter Storm, began at dawn.", ("Burja", "Winter Storm")),
        ("Operation Burja, or winter storm, began at dawn.", ("Burja", "winter storm")),
        ('Operation Burja – "Winter Storm" – began at dawn.', ("Burja", "Winter Storm")),
        ('Operation "Burja" (winter storm) began at dawn.', ("Burja", "winter storm")),
        ('It is called "Burja", meaning "storm".', ("Burja", "storm")),
        ("They named it “Burja”, which means winter storm, and left.", ("Burja", "winter storm")),
        ('Burja (Ukrainian for "storm") began at dawn.', ("Burja", "storm")),
        ("Die Operation „Burja“ (ukrainisch für „Sturm“) begann.", ("Burja", "Sturm")),
        ("Die Operation „Burja“, zu Deutsch „Wintersturm“, begann.", ("Burja", "Wintersturm")),
        ("Die Operation Burja, oder „Wintersturm“, begann.", ("Burja", "Wintersturm")),
        ("L’opération « Bouria » (tempête hivernale) a commencé.", ("Bouria", "tempête hivernale")),
        ("L’opération Bouria, ou Tempête, a commencé.", ("Bouria", "Tempête")),
        ("Операція «Буря» (англ. «Winter Storm») почалася.", ("Буря", "Winter Storm")),
        ("Операція «Burja», що означає «буревій», почалася.", ("Burja", "буревій")),
        ("Операция «Burja» (в переводе — «вьюга») началась.", ("Burja", "вьюга")),
        ("Операция «Burja», или «Вьюга», началась.", ("Burja", "Вьюга")),
    ],
)
def test_a_code_name_and_its_translation_are_found(sentence: str, names: tuple[str, str]) -> None:
    assert names in {pair for pair, pattern in found(sentence) if pattern in ("gloss", "quoted")}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ('The plan "Burja" (winter storm) is old.', ("Burja", "winter storm")),
        ("Operation Burja, the winter storm, began at dawn.", ("Burja", "winter storm")),
        ("Operation Burja, the Winter Storm, began at dawn.", ("Burja", "Winter Storm")),
        ("It reached Lviv (Polish: Lwów) at dawn.", ("Lviv", "Lwów")),
    ],
)
def test_what_may_as_well_tell_about_a_thing_is_a_bare_bracket(sentence: str, names: tuple[str, str]) -> None:
    assert (names, "bracket") in found(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Operation Burja, the largest raid, began.",
        "Operation Burja, an attack on bombers, began.",
        "Operation Burja, a Swedish exercise, began.",
        "Operation Burja, or at least part of it, failed.",
        'Operation Burja – "we will go on," he said.',
        "Operation Burja (pictured) began.",
        "Operation Burja (2021) began.",
        "Operation Burja, a year in the making, began.",
        '"Hamlet" (play) is old.',
        '"Hamlet" (directed by a friend) is old.',
        'They read "Politika" (daily newspaper) there.',
        "Merkel, meaning business, left.",
        "Merkel, or Macron, will come.",
        "Merkel (German) spoke.",
        "The project, or plan, failed.",
        "Operation (",
        "Operation Burja,",
        "Operation Burja, or",
        "Operation Burja –",
        "Operation Burja, meaning “",
    ],
)
def test_what_is_no_translation_is_left_alone(sentence: str) -> None:
    assert found(sentence) == set()


WORDS = ["Operation", "Burja", "or", "the", "winter", "meaning", "was", "Ukrainian", "for", "L’opération"]


@given(st.lists(st.sampled_from([*WORDS, "(", ")", "“", "”", '"', ",", "–", "."]), max_size=25))
def test_any_sequence_of_words_and_marks_can_be_read(tokens: list[str]) -> None:
    for (one, other), _ in found(" ".join(tokens)):
        assert one.strip()
        assert other.strip()
        assert not set('()“”",–') & set(one + other)


@given(
    st.lists(st.sampled_from(["Burja", "of", "(", '"', "”", ",", "–", "x"]), max_size=12), st.integers(0, 12)
)
def test_a_name_beside_a_place_stands_in_the_text(tokens: list[str], at: int) -> None:
    at = min(at, len(tokens))
    assert name_before(tokens, at) in " ".join(tokens[:at])
    assert name_after(tokens, at) in " ".join(tokens[at:])


def test_dashes_and_quotes_are_tokens_and_hyphens_are_not() -> None:
    assert tokens_of("Al-Aqsa – “Flood”.") == ["Al-Aqsa", "–", "“", "Flood", "”"]
