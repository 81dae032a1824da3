"""Each system of romanisation keeps its promises, with no list of names; what it misses is written down."""

import os
from collections import Counter
from pathlib import Path

import pytest
from systems import DATA, SYSTEMS, Pair, is_found

NAMES = Path(__file__).parents[2] / "docs" / "names.md"
UPDATE = os.environ.get("SEARCHIDX_UPDATE_DOCS", "") not in ("", "0")
BEGIN, END = "<!-- systems.toml -->\n", "<!-- end of systems.toml -->"
NUMBERS = range(len(SYSTEMS))


def _cases(field: str) -> list[object]:
    return [
        pytest.param(number, pair, id=f"{system.language}-{system.name}-{'-'.join(sorted(pair))}")
        for number, system in enumerate(SYSTEMS)
        for pair in getattr(system, field)
    ]


@pytest.mark.parametrize("number", NUMBERS)
def test_each_spelling_of_a_name_finds_each_other_one(number: int) -> None:
    assert [sorted(pair) for pair in SYSTEMS[number].same if not is_found(number, pair, both_ways=True)] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_names_that_are_near_and_not_the_same_stay_apart(number: int) -> None:
    assert [sorted(pair) for pair in SYSTEMS[number].other if is_found(number, pair, both_ways=False)] == []


@pytest.mark.xfail(strict=True, reason="systems.toml says why; where one passes it is missed no more")
@pytest.mark.parametrize(("number", "pair"), _cases("missed"))
def test_what_is_written_down_as_missed_is_found(number: int, pair: Pair) -> None:
    assert is_found(number, pair, both_ways=True)


@pytest.mark.xfail(strict=True, reason="systems.toml says why; where one passes it is confused no more")
@pytest.mark.parametrize(("number", "pair"), _cases("confused"))
def test_what_is_written_down_as_confused_stays_apart(number: int, pair: Pair) -> None:
    assert not is_found(number, pair, both_ways=False)


def test_each_system_has_a_source_pairs_to_find_and_pairs_to_keep_apart() -> None:
    seen = [(system.language, system.name) for system in SYSTEMS]
    assert len(seen) == len(set(seen))
    for system in SYSTEMS:
        assert system.source, system.name
        assert len(system.same) >= 3, system.name
        assert system.other, system.name


def test_the_reasons_for_misses_are_those_explained() -> None:
    given = {why for system in SYSTEMS for why in (*system.missed.values(), *system.confused.values())}
    assert given == set(DATA["why"])


def test_what_is_missed_stands_among_the_spellings_of_one_name() -> None:
    for entry in DATA["system"]:
        for missed in entry.get("missed", ()):
            assert any(set(missed["names"]) <= set(names) for names in entry["like"]), missed
        for confused in entry.get("confused", ()):
            assert confused["names"] in entry["unlike"], confused


def test_the_document_tells_what_is_found_and_what_is_missed() -> None:
    text = NAMES.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    fresh = f"{head}{BEGIN}{_summary()}{END}{tail}"
    if UPDATE:
        NAMES.write_text(fresh, "utf-8")
    assert text == fresh or UPDATE, (
        "SEARCHIDX_UPDATE_DOCS=1 pytest tests/names/test_systems.py writes it anew"
    )


def _summary() -> str:
    languages = dict.fromkeys(system.language for system in SYSTEMS)
    lines = ["| Names in | as written by | found | kept apart |", "| --- | --- | ---: | ---: |"]
    for language in languages:
        entries = [system for system in SYSTEMS if system.language == language]
        same, missed = (sum(len(getattr(one, kind)) for one in entries) for kind in ("same", "missed"))
        other, confused = (sum(len(getattr(one, kind)) for one in entries) for kind in ("other", "confused"))
        names = "; ".join(one.name for one in entries)
        lines.append(f"| {language} | {names} | {same} of {same + missed} | {other} of {other + confused} |")
    missed_pairs = [(number, pair) for number in NUMBERS for pair in SYSTEMS[number].missed]
    listed = sum(is_found(number, pair, both_ways=True, by_lists=True) for number, pair in missed_pairs)
    lines += [
        "",
        f"Of the {len(missed_pairs)} pairs that are missed, the lists find {listed}. What is missed or",
    ]
    lines += ["confused, and why:", ""]
    kinds = [pairs for system in SYSTEMS for pairs in (system.missed, system.confused)]
    counts = Counter(why for pairs in kinds for why in pairs.values())
    for why, count in counts.most_common():
        examples = [entry for entry in _listed() if entry["why"] == why][:3]
        shown = ", ".join("/".join(entry["names"]) for entry in examples)
        lines.append(f"- {count}: {DATA['why'][why]} ({shown})")
    return "\n".join(lines) + "\n"


def _listed() -> list[dict[str, str]]:
    return [one for entry in DATA["system"] for kind in ("missed", "confused") for one in entry.get(kind, ())]
