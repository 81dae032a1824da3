"""The spellings of the news, in every direction."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_search import SHIPPED, added, expanded, found

from searchidx.names import AliasTable, expand, other_names
from searchidx.names.aliases import LISTED_WEIGHT

ONE_NAME = [
    ("Zelenskiy", "Zelenskyy", "Zelensky", "Зеленський"),
    ("Kiev", "Kyiv", "Київ"),
    ("Pavutyna", "Spider's Web", "Spiderweb", "“Spider’s Web”", "Spider-Web"),
    ("Çırağan", "Ciragan"),
    ("Medinsky", "Medinskiy"),
    ("Tykhyi", "Tikhiy"),
    ("Donbas", "Donbass"),
    ("Erdogan", "Erdoğan"),
    ("Xi Jinping", "习近平", "Си Цзиньпин"),
    ("A-50", "A50"),
    ("Tu-95", "Tu95"),
]


@pytest.mark.parametrize(
    ("asked", "written"), [pair for names in ONE_NAME for pair in permutations(names, 2)]
)
def test_a_name_finds_its_other_spellings(asked: str, written: str) -> None:
    text = f"Operation {written} began"
    quoted = asked if "“" in asked else f'"{asked}"'
    assert found(asked, [text, "Something else"]) == [text]
    assert found(f"began {asked}", [text]) == [text]
    assert found(f"+{quoted} began", [text]) == [text]
    assert found(f"{quoted} /s began", [text]) == [text]


@pytest.mark.parametrize(
    ("asked", "written"), [pair for names in ONE_NAME for pair in permutations(names, 2)]
)
def test_a_name_inside_a_phrase_gives_way_to_its_other_spellings(asked: str, written: str) -> None:
    if "“" not in asked:
        right, wrong = f"Operation {written} began", f"Operation so-called {written} began"
        assert found(f'"operation {asked} began"', [right, wrong]) == [right]


@pytest.mark.parametrize(
    "names",
    [("Zelenskiy", "Zelenskyy", "Zelensky", "Зеленський"), ("Kiev", "Kyiv", "Київ"), ("Donbas", "Donbass")],
)
def test_the_spelling_asked_for_comes_first(names: tuple[str, ...]) -> None:
    texts = [f"Here {name} is" for name in names]
    for name, text in zip(names, texts, strict=True):
        assert found(name, texts)[0] == text
        assert set(found(name, texts)) == set(texts)


def test_without_variants_or_with_an_equal_sign_only_the_spelling_itself_is_found() -> None:
    texts = ["Kiev", "Kyiv", "Київ"]
    assert found("Kyiv", texts, variants=False) == ["Kyiv"]
    assert found("=Kyiv", texts) == ["Kyiv"]
    assert found("=cease-fire", ["a cease-fire", "a ceasefire", "cease fire"]) == ["a cease-fire"]


def test_a_name_of_several_words_wants_them_side_by_side() -> None:
    texts = ["Pavutyna"]
    assert found("spider web", texts) == ["Pavutyna"]
    assert found("web spider", texts) == []
    assert found("spider x web", texts) == []


def test_a_name_may_hold_words_that_only_carry_grammar() -> None:
    table = AliasTable()
    table.read_lines(["Bank of England, BoE"], "aliases.txt")
    texts = ["the BoE said", "the Bank of England said"]
    assert set(found("bank of england", texts, table)) == set(texts)
    assert set(found("what the bank of england said", texts, table)) == set(texts)
    assert set(found("BoE", texts, table)) == set(texts)


def test_a_name_in_a_phrase_ends_where_a_word_of_another_kind_stands() -> None:
    texts = ["the Nord Stream pipe", "the Nordstream pipe"]
    assert added('"nord str* stream"', texts) == set()
    assert added('"nord stream pip*"', texts) == {"nordstream"}
    assert set(found('"nord stream pip*"', texts)) == set(texts)


def test_only_names_that_the_index_holds_are_added() -> None:
    assert added("Kyiv", ["Kyiv", "Kiew"]) == {"kiew"}
    assert added("Kyiv", ["Kyiv"]) == set()
    assert added("Pavutyna", ["spider", "web"]) == {"spider web"}  # its words are held


def test_an_added_name_says_what_it_is_and_weighs_less() -> None:
    [expansion] = expanded("Kyiv", ["Kyiv", "Kiev"]).expansions
    assert expansion.term == "Kyiv"
    [other] = expansion.added
    assert (other.term, other.kind, other.weight) == ("kiev", "alias", LISTED_WEIGHT)


@given(st.lists(st.sampled_from(["spider", "web", "pavutyna", "kyiv", "x"]), max_size=8), st.sets(st.text()))
def test_each_variant_is_known_and_stands_at_a_word_of_its_name(terms: list[str], unknown: set[str]) -> None:
    known = {"spider", "web", "spiderweb", "kiev"} - unknown
    for term, variants in zip(terms, expand(terms, SHIPPED, known.__contains__), strict=True):
        assert all(set(variant.terms) <= known for variant in variants)
        assert variants == [] or term != "x"


def test_other_names_are_those_of_the_whole_name() -> None:
    assert other_names(("spider", "web"), SHIPPED, lambda _: True)
    assert other_names(("spider",), SHIPPED, lambda _: True) == []
    assert other_names((), SHIPPED, lambda _: True) == []
