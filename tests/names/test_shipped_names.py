"""Each entry of the shipped names keeps its promises."""

import tomllib

import pytest
from tiny_search import SHIPPED, expanded, found

from searchidx.analysis import analyzer
from searchidx.names import aliases, name_terms

ENTRIES = [
    pytest.param(file, entry, id=entry["same"][0])
    for file in aliases.SHIPPED
    for entry in tomllib.loads((aliases.DATA / file).read_text(encoding="utf-8"))["name"]
]


def test_every_data_file_is_shipped() -> None:
    knowledge = {"scripts.toml", "inflection.toml", "syllables.toml"}  # compiled into model.json
    assert {path.name for path in aliases.DATA.glob("*.toml")} == {*aliases.SHIPPED, *knowledge}


@pytest.mark.parametrize(("file", "entry"), ENTRIES)
def test_an_entry_has_names_words_it_must_not_catch_and_a_source(file: str, entry: dict[str, object]) -> None:
    assert set(entry) == {"same", "unlike", "source"}
    assert len({name_terms(name) for name in entry["same"]}) >= 2
    assert entry["unlike"]
    assert entry["source"]
    assert file in aliases.SHIPPED


@pytest.mark.parametrize(("file", "entry"), ENTRIES)
def test_each_name_of_an_entry_leads_to_each_other(file: str, entry: dict[str, list[str]]) -> None:
    names = entry["same"]
    texts = [f"{name} spoke" for name in names]
    for name in names:
        assert set(found(name, texts)) >= set(texts)
        assert set(found(f'"{name} spoke"', texts)) >= set(texts)


@pytest.mark.parametrize(("file", "entry"), ENTRIES)
def test_an_entry_catches_none_of_the_words_it_must_not(file: str, entry: dict[str, list[str]]) -> None:
    texts = [*entry["same"], *entry["unlike"]]
    for word in entry["unlike"]:
        assert aliases_of(word, texts) == set()
    for name in entry["same"]:
        assert not {term.casefold() for term in entry["unlike"]} & aliases_of(name, texts)


def aliases_of(query: str, texts: list[str]) -> set[str]:
    """Give the terms that the lists add, not those found by their sound."""
    expansions = expanded(query, texts).expansions
    return {other.term for expansion in expansions for other in expansion.added if other.kind == "alias"}


def test_no_name_stands_in_two_entries() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for param in ENTRIES:
        _, entry = param.values
        for terms in {name_terms(name) for name in entry["same"]}:
            assert terms not in seen, (terms, seen.get(terms))
            seen[terms] = entry["same"][0]


def test_the_table_knows_its_longest_name() -> None:
    assert (
        max(len(name_terms(name)) for param in ENTRIES for name in param.values[1]["same"]) == SHIPPED.longest
    )


def test_loading_the_names_compiles_no_pattern_for_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    def compiled(*, has_cjk: bool) -> None:
        assert not has_cjk, "a cold query would wait 20 ms for it"

    monkeypatch.setattr(analyzer, "_any_token", compiled)
    monkeypatch.setattr(analyzer, "_memo", {})
    assert aliases.shipped().groups == SHIPPED.groups
