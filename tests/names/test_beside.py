"""Names side by side vouch for each other, and what sounds the same leads to the listed names."""

import pytest
from tiny_search import found

from searchidx.names import AliasTable
from searchidx.names.given import cognates, namesakes
from searchidx.names.keys import loose_keys
from searchidx.names.table import entries_of

NO_LIST = AliasTable()


def met(name: str) -> str:
    return f"Yesterday we met {name} again"


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Andrzej Duda", "Andriy Duda"),
        ("Andrzej Duda", "Андрій Дуда"),
        ("Jerzy Buzek", "Georg Buzek"),
        ("Vaclav Havel", "Wenzel Havel"),
        ("Siarhei Tsikhanouski", "Sergej Tichanowski"),
        ("Heorhiy Gongadze", "Georgi Gongadse"),
        ("Mykola Azarov", "Nikolaj Asarow"),
    ],
)
def test_a_given_name_in_another_language_counts_beside_the_family_name(asked: str, written: str) -> None:
    texts = [met(written), met("nobody")]
    assert found(asked, texts, NO_LIST) == [met(written)]
    assert found(written, [met(asked), met("nobody")], NO_LIST) == [met(asked)]


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Andrzej Duda", "Andriy Melnyk"),  # another family name
        ("Andrzej", "Andriy Duda"),  # no family name at all
        ("Vladimir Zelensky", "Владимир Мединский"),
        ("Vladimir Putin", "Vladimirs Voroņins"),
        ("Maria Petrova", "Marina Petrova"),
        ("Viktor Orban", "Viktor Urbanovich"),
        ("Pavel Ivanov", "Petr Ivanov"),
    ],
)
def test_other_people_are_not_found(asked: str, written: str) -> None:
    assert found(asked, [met(written), met("nobody")], NO_LIST) == []


def test_every_group_of_given_names_holds_what_is_read_as_a_name() -> None:
    for word in ("Andrzej", "Mohammed", "Catherine"):
        [entry] = entries_of(word.lower(), word.lower())[:1]
        mates = cognates([one for one in namesakes(loose_keys(entry.units)) if one.term == word])
        assert len(mates) > 5
        assert len({mate.units for mate in mates}) == len(mates)


def test_a_spelling_that_no_list_holds_leads_to_the_names_of_what_sounds_the_same() -> None:
    table = AliasTable()
    table.read_lines(["Pavutyna, Spider's Web"], "aliases.txt")
    texts = [met("Pavutyna"), "the Spider's Web struck", met("nobody")]
    assert set(found("Pawutyna", texts, table)) == set(texts[:2])
    assert found("Pawutyna", texts, NO_LIST) == texts[:1]
    assert found("Patina", texts, table) == []


def test_what_the_user_keeps_apart_is_not_added_by_way_of_another_spelling() -> None:
    table = AliasTable()
    table.read_lines(["Pavutyna, Spider's Web", "!Pawutyna, Spider's Web"], "aliases.txt")
    texts = [met("Pavutyna"), "the Spider's Web struck", met("nobody")]
    assert found("Pawutyna", texts, table) == texts[:1]
