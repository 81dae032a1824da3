"""Spellings that nobody wrote down, found by how they sound, in any script."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_search import added, expanded, found, searcher

from searchidx.names import AliasTable
from searchidx.names.asked import MAX_TERMS
from searchidx.names.finder import spellings
from searchidx.query.nodes import AnyOf, Prefer

NO_LIST = AliasTable()

ONE_NAME = [
    ("Gerasimov", "Gerasimow", "Guerassimov", "Герасимов"),
    ("Prigozhin", "Prigoschin", "Prigojine", "Пригожин"),
    ("Sobyanin", "Sobjanin", "Собянин"),
    ("Budanov", "Budanow", "Буданов"),
    ("Fedorov", "Fedorow", "Федоров"),
    ("Shevardnadze", "Schewardnadse", "შევარდნაძე", "Шеварднадзе"),
    ("Papandreou", "Παπανδρέου", "Папандреу"),
    ("Sargsyan", "Սարգսյան", "Саргсян"),
    ("Netanyahu", "נתניהו", "Нетаньяху"),
    ("Barzani", "بارزاني", "Барзани"),
    ("Davutoğlu", "Davutoglu", "Давутоглу"),
    ("Kaczynski", "Kaczyński", "Качиньский"),
]


@pytest.mark.parametrize(
    ("asked", "written"), [pair for names in ONE_NAME for pair in permutations(names, 2)]
)
def test_a_name_finds_its_other_spellings(asked: str, written: str) -> None:
    text = f"Yesterday we met {written} again"
    assert found(asked, [text, "we saw nobody"], NO_LIST) == [text]
    assert found(f'"met {asked} again"', [text], NO_LIST) == [text]
    assert found(f"met /s {asked}", [text], NO_LIST) == [text]
    assert found(f"we NEAR/3 {asked}", [text], NO_LIST) == [text]


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Путин", "Путина"),
        ("Путин", "Путиным"),
        ("Putin", "Путину"),
        ("Зеленський", "Зеленського"),
        ("Zelensky", "Зеленскому"),
        ("Харків", "Харкова"),
        ("Kharkov", "Kharkiv"),
        ("Москва", "Москвы"),
        ("Лукашенко", "Лукашенка"),
        ("Erdoğan", "Erdoğan'ın"),
        ("Erdogan", "Erdoğan’a"),
        ("Orban", "Orban's"),
        ("Zełenski", "Zełenskiego"),
        ("Merkel", "Merkelová"),
    ],
)
def test_a_nominative_finds_its_cases(asked: str, written: str) -> None:
    text = f"there was {written} there"
    assert found(asked, [text], NO_LIST) == [text]


def test_another_name_leads_to_its_cases_too() -> None:
    table = AliasTable()
    table.read_lines(["Kyiv, Киев"], "aliases.txt")
    [expansion] = expanded("Kyiv", ["они были в Киеве"], table).expansions
    assert [(other.term, other.kind) for other in expansion.added] == [("киеве", "alias")]


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("Zelensky", "Zalensky"),
        ("Kiev", "Kiel"),
        ("Lavrov", "Lavrin"),
        ("Hunan", "Henan"),
        ("Iran", "Iraq"),
        ("Oslo", "Osla"),
        ("Mali", "Malia"),
    ],
)
def test_names_that_are_near_and_not_the_same_stay_apart(asked: str, other: str) -> None:
    texts = [f"there was {name} there" for name in (asked, other)]
    assert found(asked, texts, NO_LIST) == texts[:1]
    assert found(other, texts, NO_LIST) == texts[1:]


@pytest.mark.parametrize("word", ["talks", "prisoner", "talked", "lava", "general", "marine", "button"])
def test_an_ordinary_word_in_small_letters_is_no_name(word: str) -> None:
    texts = ["there Talkes and Prizoner, Lawa, Geniral, Marrine, Button there", "a talks b"]
    assert added(word, texts, NO_LIST) == set()


def test_a_capital_makes_an_ordinary_word_a_name_only_where_the_index_writes_it_so() -> None:
    lower = ["the ministers said", "with Miniszters there", "some ministers said"]
    assert added("Ministers", lower, NO_LIST) == set()
    great = ["the Marines said", "with Marynes there"]
    assert added("Marines", great, NO_LIST) == {"marynes"}


def test_a_term_mostly_written_small_is_no_candidate() -> None:
    texts = ["many zelenskis came", "those zelenskis left", "then Zelenskis"]
    assert added("Zelenski", texts, NO_LIST) == set()


def test_a_likeness_too_weak_by_itself_counts_beside_a_name_that_matches() -> None:
    texts = ["there Ihor Klymenko said", "there Ihor said"]
    assert found("Igor Klimenko", texts, NO_LIST) == texts[:1]
    assert found('"Igor Klimenko"', texts, NO_LIST) == texts[:1]
    assert found("Igor", texts, NO_LIST) == []


def test_names_are_found_written_together_and_apart() -> None:
    texts = ["the Silver Bay went", "the Silverbay went"]
    assert set(found("Silver Bay", texts, NO_LIST)) == set(texts)
    assert set(found("Silverbay", texts, NO_LIST)) == set(texts)
    assert set(found('"the Silver Bay went"', texts, NO_LIST)) == set(texts)


def test_switches_leave_the_spelling_alone() -> None:
    texts = ["there was Gerasimow there", "there was Gerasimov there"]
    assert found("=Gerasimov", texts, NO_LIST) == texts[1:]
    assert found("Gerasimov", texts, NO_LIST, variants=False) == texts[1:]
    assert found("there -Gerasimov", texts, NO_LIST) == texts[:1]
    assert added("Gerasimov", texts, NO_LIST) == {"gerasimow"}


@pytest.mark.parametrize("asked", ["Çelik", "Celik", "celik", "çelik"])
def test_the_spelling_as_typed_comes_first_diacritics_and_all(asked: str) -> None:
    texts = ["we saw Celik here", "we saw Çelik here", "we saw Челик here"]
    wanted = texts[1] if "ç" in asked.lower() else texts[0]
    assert found(asked, texts, NO_LIST)[0] == wanted
    assert found(asked, texts[::-1], NO_LIST)[0] == wanted


def test_what_a_user_forbids_is_not_found_by_its_sound_either() -> None:
    table = AliasTable()
    texts = ["we saw Gerasimow there"]
    assert added("Gerasimov", texts, table) == {"gerasimow"}
    table.read_lines(["!Gerasimov, Gerasimow"], "aliases.txt")
    assert added("Gerasimov", texts, table) == set()


def test_a_list_of_ours_makes_no_name_of_an_ordinary_word_and_a_users_does() -> None:
    texts = ["we saw Türkiye there"]
    assert "turkiye" in added("Turkey", texts)
    assert added("turkey", texts) == set()
    table = AliasTable()
    table.read_lines(["turkey, Türkiye"], "aliases.txt")
    assert added("turkey", texts, table) == {"turkiye"}


def test_no_more_spellings_are_added_than_the_limit() -> None:
    times = [(n, m, k) for n in range(9) for m in range(4) for k in range(4)]
    endings = [f"Zelensk{'y' * n}{'j' * m}{'i' * k}" for n, m, k in times]
    texts = [f"we saw {name} there" for name in endings]
    assert len(added("Zelensky", texts, NO_LIST)) == MAX_TERMS


def test_spellings_are_weighed_by_how_sure_they_are() -> None:
    texts = ["we saw Zelenskiy there", "we saw Selenskyj there"]
    [expansion] = expanded("Zelensky", texts, NO_LIST).expansions
    weights = {other.term: other.weight for other in expansion.added}
    assert 1 > weights["zelenskiy"] > weights["selenskyj"] > 0
    assert {other.kind for other in expansion.added} == {"variant"}


@given(st.lists(st.text(max_size=40), min_size=1, max_size=3))
def test_whatever_is_typed_is_answered(words: list[str]) -> None:
    index = searcher(["we saw Zelenskiy and Эрдоган there"]).names
    assert len(spellings(words, index)) == len(words)


@pytest.mark.parametrize(
    "odd",
    ["З" * 10_000, "Zelensky" * 2_000, "Zеlеnskу", "Z\u0301\u0302elensky" * 20, "\u202eZelensky", "😀😀😀",
     "\ud800\ud800", "أ" * 500, "K\u0130EV", "ß" * 31, "-" * 99, "a-" * 50, "ﷺ", "\u0301\u0301"],
)  # fmt: skip
def test_odd_names_do_no_harm(odd: str) -> None:
    held = odd.encode("utf-8", "replace").decode()
    names = searcher([f"we saw {held} there", "we saw Zelensky there"]).names
    assert len(spellings([odd, "Zelensky", odd], names)) == 3


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Mariya", "Maria"),
        ("Lidia", "Lidija"),
        ("Zacharowa", "Sacharowa"),
        ("Tansania", "Tanzaniya"),
        ("Chiragan", "Çırağan"),
    ],
)
def test_a_name_that_can_be_read_as_syllables_need_not_be_one(asked: str, written: str) -> None:
    text = f"Yesterday we met {written} again"
    assert found(asked, [text, "we saw nobody"], NO_LIST) == [text]


def test_an_ordinary_word_is_found_as_part_of_a_name_but_not_by_itself() -> None:
    full, single = "there we met Leszek Miller again", "each miller has a mill, said a miller"
    texts = [full, single, "one miller more and no miller less"]
    assert found("Лешек Миллер", texts, NO_LIST) == [full]
    assert found("Миллер", texts, NO_LIST) == []


def test_what_is_added_is_searched_as_one_group() -> None:
    query = expanded("Gerasimov", ["we saw Gerasimow there", "we saw Герасимов there"], NO_LIST).query
    assert isinstance(query, Prefer)
    assert isinstance(query.must, AnyOf)
    assert {a.terms[0] for a in query.must.alternatives} == {"gerasimov", "gerasimow", "герасимов"}
