"""What people wrote down of scripts and endings keeps its promises."""

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.names.evidence import base_spelling, collect
from searchidx.names.inflection import nominatives
from searchidx.names.keys import CLASSES, MAX_KEYS, loose_keys
from searchidx.names.model import DIVIDED, FILE, model, written
from searchidx.names.syllables import is_syllabic
from searchidx.names.train import tables
from searchidx.names.units import VOWELS, skeleton, spelling, units_of
from searchidx.names.verifier import MODES, weights
from searchidx.types import CleanDocument

DATA = FILE.parent
ENDINGS = tomllib.loads((DATA / "inflection.toml").read_text("utf-8"))["ending"]
SCRIPTS = tomllib.loads((DATA / "scripts.toml").read_text("utf-8"))["script"]
SYLLABLES = tomllib.loads((DATA / "syllables.toml").read_text("utf-8"))


def test_the_model_holds_what_the_files_say() -> None:
    """If not: python -m searchidx.names.train --tables."""
    assert {name: model()[name] for name in tables()} == tables()


@pytest.mark.parametrize(
    ("nominative", "form"),
    [(name, form) for case in ENDINGS for name, forms in case["forms"].items() for form in forms],
)
def test_a_form_leads_to_its_nominative(nominative: str, form: str) -> None:
    guesses = nominatives(spelling(form))
    assert skeleton(units_of(nominative)[0]) in [skeleton(units_of(guess)[0]) for guess in guesses]


@pytest.mark.parametrize("kind", sorted(SYLLABLES))
def test_names_made_of_syllables_are_told_from_others(kind: str) -> None:
    assert all(map(is_syllabic, SYLLABLES[kind]["like"]))
    assert not any(map(is_syllabic, SYLLABLES[kind]["unlike"]))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script["name"])
def test_every_unit_of_a_script_is_known(script: dict[str, dict[str, str]]) -> None:
    known = {*VOWELS, *CLASSES}
    for units in (*script["letters"].values(), *script["groups"].values()):
        assert set(units) <= known, units
    assert script["source"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Щукин", "Shchukin"), ("Щукин", "Schtschukin"), ("Щукин", "Szczukin"), ("Щукин", "Chtchukin"),
        ("Жуков", "Zhukov"), ("Чехов", "Čechov"), ("Юрий", "Yuri"), ("Ξένια", "Ksenia"), ("შალვა", "Shalva"),
    ],
)  # fmt: skip
def test_romanisations_share_a_key_with_what_they_stand_for(one: str, other: str) -> None:
    assert set(loose_keys(units_of(one)[0])) & set(loose_keys(units_of(other)[0]))


@given(st.text(max_size=60))
def test_any_text_is_read_or_left_alone(text: str) -> None:
    units, script = units_of(text)
    assert bool(units) <= bool(script)
    assert len(loose_keys(units)) <= MAX_KEYS + 2
    assert base_spelling(text, "") is not None
    assert is_syllabic(text) in (True, False)
    assert all(guess for guess in nominatives(text))


@given(st.text("zelnskyчЩXa", min_size=1, max_size=14), st.text("zelnskyчЩXa", min_size=1, max_size=14))
def test_the_order_of_two_names_does_not_matter(one: str, other: str) -> None:
    for mode in MODES:
        known = weights(mode)
        assert known.score(one, other) == pytest.approx(known.score(other, one))


def test_a_capital_counts_only_within_a_sentence() -> None:
    body = "Talks began. Yesterday Merkel spoke: Nobody heard Merkel’s words in Tel-Aviv."
    facts = collect(CleanDocument(doc_id="a", path="a", raw=body, body=body, kind="body", title="All Great"))
    assert {one.term for one in facts.inside} == {"merkel", "tel", "aviv", "tel-aviv"}
    assert {one.term for one in facts.first} == {"talks", "yesterday", "nobody", "all", "great"}
    assert facts.small.count("began") == 1
    assert ("yesterday", "merkel") in facts.pairs


def test_the_model_read_section_by_section_is_the_whole_file() -> None:
    whole = json.loads(FILE.read_bytes())
    assert FILE.read_text("utf-8") == written(whole)
    sections = model.__wrapped__()
    assert whole.keys() >= {"scripts", "weights", "endings", "syllables"}
    for name, section in whole.items():
        if name == DIVIDED:
            assert {mode: sections[name][mode] for mode in section} == section
        else:
            assert sections[name] == section
