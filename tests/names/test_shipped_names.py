"""Each entry of the names gathered by hand keeps its promises."""

import pytest
from tiny_search import SHIPPED, expanded

from searchidx.analysis import analyzer
from searchidx.names import aliases, name_terms
from searchidx.names.generate import curated
from searchidx.names.generate.curated import Entry

ENTRIES = [pytest.param(entry, id=f"{entry.file}-{entry.same[0]}") for entry in curated.entries()]


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_has_two_names_and_a_source_and_spares_what_it_must_not_catch(entry: Entry) -> None:
    names = {name_terms(name) for name in entry.same}
    assert len(names) >= 2
    assert () not in names
    assert entry.source
    assert not names & {name_terms(word) for word in entry.unlike}


@pytest.mark.parametrize("entry", ENTRIES)
def test_each_name_of_an_entry_leads_to_each_other(entry: Entry) -> None:
    names = {tuple(term.replace("-", "") for term in name_terms(name)) for name in entry.same}
    for name in entry.same:
        others = {alias.terms for alias in SHIPPED.of(name_terms(name), capitalised=True)}
        keys = {tuple(term.replace("-", "") for term in other) for other in others}
        assert names - {tuple(term.replace("-", "") for term in name_terms(name))} <= keys
        assert not others & {name_terms(word) for word in entry.unlike}


@pytest.mark.parametrize("entry", [param.values[0] for param in ENTRIES if param.values[0].unlike])
def test_an_entry_catches_none_of_the_words_it_must_not(entry: Entry) -> None:
    texts = [*entry.same, *entry.unlike]
    for word in entry.unlike:
        assert not aliases_of(word, texts) & {" ".join(name_terms(name)) for name in entry.same}
    assert not aliases_of(entry.same[0], texts) & {" ".join(name_terms(word)) for word in entry.unlike}


def aliases_of(query: str, texts: list[str]) -> set[str]:
    """Give the terms that the lists add, not those found by their sound."""
    expansions = expanded(query, texts).expansions
    return {other.term for expansion in expansions for other in expansion.added if other.kind == "alias"}


def test_no_name_stands_in_two_entries() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for entry in curated.entries():
        for terms in {name_terms(name) for name in entry.same}:
            assert terms not in seen, (terms, seen.get(terms), entry.same[0])
            seen[terms] = entry.same[0]


def test_an_ordinary_word_leads_to_a_name_only_when_it_has_a_capital() -> None:
    asked = name_terms("Turkey")
    assert list(SHIPPED.of(asked)) == []
    assert "turkiye" in {alias.text for alias in SHIPPED.of(asked, capitalised=True)}
    assert ("turkey",) in {alias.terms for alias in SHIPPED.of(name_terms("Türkiye"))}


def test_loading_the_names_compiles_no_pattern_for_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    def compiled(*, has_cjk: bool) -> None:
        assert not has_cjk, "a cold query would wait 20 ms for it"

    monkeypatch.setattr(analyzer, "_any_token", compiled)
    monkeypatch.setattr(analyzer, "_memo", {})
    assert list(aliases.shipped().of(("kyiv",)))
