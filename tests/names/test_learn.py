"""What a sentence says about names, and what becomes of it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.errors import SettingsError
from searchidx.names import AliasTable, name_terms
from searchidx.names.acronyms import is_acronym, long_form
from searchidx.names.learn import Sighting, sightings
from searchidx.names.learned import Proposal, dump, load, merged, propose, with_learned


def pairs(sentence: str) -> set[tuple[str, str]]:
    return {sighting.names for sighting in sightings(sentence, "d")}


@pytest.mark.parametrize(
    ("sentence", "pair"),
    [
        ('Operation Pavutyna ("Spider\'s Web") took a year to plan.', ("Pavutyna", "Spider's Web")),
        ("The raid “Pavutyna” (“Spider’s Web”) took a year.", ("Pavutyna", "Spider’s Web")),
        ("It reached Lviv (Lemberg) by night.", ("Lviv", "Lemberg")),
        ("They flew to Almaty, formerly known as Alma-Ata, on Monday.", ("Almaty", "Alma-Ata")),
        ("The band of Strelkov, also known as Girkin, left.", ("Strelkov", "Girkin")),
        ('Operation Midnight, codenamed "Hammer", ended.', ("Midnight", "Hammer")),
        ("Sie fuhren nach Wrocław, früher Breslau, und weiter.", ("Wrocław", "Breslau")),
        ("Il vit à Istanbul, anciennement Constantinople, dit-on.", ("Istanbul", "Constantinople")),
        ('Of Pavutyna ("Cobweb") little is known.', ("Pavutyna", "Cobweb")),
        ("Mieszka w Gdańsku, dawniej Danzig, od lat.", ("Gdańsku", "Danzig")),
        ("Він живе у Дніпрі, раніше Катеринослав, давно.", ("Дніпрі", "Катеринослав")),
        ("Операция «Паутина» («Павутина») началась.", ("Паутина", "Павутина")),
        ("The Bank of England (BoE) cut rates.", ("Bank of England", "BoE")),
        (
            "It asked the International Atomic Energy Agency (IAEA) again.",
            ("International Atomic Energy Agency", "IAEA"),
        ),
        ("The BoE (Bank of England) cut rates.", ("Bank of England", "BoE")),
    ],
)
def test_a_sentence_that_gives_another_name_is_understood(sentence: str, pair: tuple[str, str]) -> None:
    assert pair in pairs(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "KYIV (AFP) - Talks ended on Monday.",
        "It was the War (ISW) that ended it.",
        "Senator Graham (68) spoke for an hour.",
        "The minister (left) shook hands.",
        "The governor spoke (see page 5).",
        "It is known as a quiet town.",
        "The town was formerly quiet.",
        "Merkel (Merkel) said so.",
        "Angela Merkel (Merkel) said so.",
        "Kyiv (",
        "() (“”) codenamed",
    ],
)
def test_a_sentence_that_gives_none_is_left_alone(sentence: str) -> None:
    assert pairs(sentence) == set()


@given(st.text("AbЖ (\"“”),'. ", max_size=80) | st.text(max_size=80))
def test_any_text_can_be_read_and_no_name_is_its_own_other_name(text: str) -> None:
    for sighting in sightings(f"{text}, also known as {text} ({text})", "d"):
        one, other = map(name_terms, sighting.names)
        assert one
        assert other
        assert one != other


@given(st.lists(st.text("ABab", min_size=1, max_size=5), max_size=8), st.text("ABab", min_size=2, max_size=5))
def test_a_long_form_stands_at_the_end_and_begins_with_the_first_letter(
    words: list[str], letters: str
) -> None:
    found = long_form(words, letters)
    assert found == tuple(words[len(words) - len(found) :])
    assert not found or found[0][0].casefold() == letters[0].casefold()


def test_small_words_and_long_ones_are_no_acronyms() -> None:
    assert [
        word for word in ("EU", "AfD", "USA", "G7", "War", "A", "ALLCAPITALSWORD") if is_acronym(word)
    ] == [
        "EU",
        "AfD",
        "USA",
    ]


def seen(one: str, other: str, doc_id: str, pattern: str = "quoted") -> Sighting:
    return Sighting(names=(one, other), pattern=pattern, doc_id=doc_id, sentence=f"{one} ({other})")


def nothing(_names: tuple[str, str], _documents: frozenset[str]) -> str:
    return ""


def test_sightings_of_a_pair_are_one_proposal_with_its_evidence() -> None:
    found = propose([seen("Ab", "Cd", "2"), seen("CD", "AB", "1"), seen("Ef", "Gh", "1")], nothing)
    assert [(one.names, one.documents) for one in found] == [(("Ab", "Cd"), 2), (("Ef", "Gh"), 1)]
    assert [(e.doc_id, e.sentence) for e in found[0].evidence] == [("1", "CD (AB)"), ("2", "Ab (Cd)")]
    assert [one.is_sure for one in found] == [True, False]


def test_a_pair_that_the_corpus_tells_apart_or_only_brackets_join_is_never_sure() -> None:
    both = [seen("Ab", "Cd", "1"), seen("Ab", "Cd", "2")]
    assert not propose(both, lambda _names, _documents: "3 has both")[0].is_sure
    assert not propose([seen("Ab", "Cd", d, "bracket") for d in "123"], nothing)[0].is_sure


def test_what_was_decided_is_kept_found_again_or_not(tmp_path: Path) -> None:
    [first, second] = propose([seen("Ab", "Cd", "1"), seen("Ef", "Gh", "1")], nothing)
    decided = [
        Proposal(**{name: getattr(one, name) for name in Proposal.__slots__ if name != "state"}, state=state)
        for one, state in ((first, "accepted"), (second, "rejected"))
    ]
    (tmp_path / "x").write_bytes(dump(decided))
    again = merged(load(tmp_path / "x"), propose([seen("Cd", "Ab", "9")], nothing))
    assert [(one.id, one.state) for one in again] == [(first.id, "accepted"), (second.id, "rejected")]


def test_only_accepted_names_are_used_and_the_users_no_wins(tmp_path: Path) -> None:
    path = tmp_path / "learned"
    rows = [
        {"names": ["Ab", "Cd"], "state": "accepted", "evidence": [{"doc_id": "7", "sentence": "x"}]},
        {"names": ["Ab", "Ef"], "state": "proposed"},
        {"names": ["Ab", "Gh"], "state": "rejected"},
        {"names": ["Ab", "Ij"], "state": "accepted"},
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    table = AliasTable()
    table.read_lines(["!Ab, Ij"], "aliases.txt")
    [alias] = with_learned(table, path).of(("ab",))
    assert (alias.terms, alias.kind, alias.source.endswith(", 7")) == (("cd",), "learned", True)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"names": ["a"]}',
        '{"names": ["a", "…"], "state": "accepted"}',
        '{"names": ["a", "b"], "state": "x"}',
    ],
)
def test_a_damaged_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "x").write_text("\n" + line, encoding="utf-8")
    with pytest.raises(SettingsError, match="line 2"):
        load(tmp_path / "x")
