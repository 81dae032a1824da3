"""``searchidx aliases`` from end to end."""

from pathlib import Path

import pytest
from cli_runner import Run

TEXTS = {
    "a": 'The raid of Operation Pavutyna ("Cobweb Two") lasted an hour.',
    "b": 'Of Pavutyna ("Cobweb Two") little is known. The Bank of England (BoE) was closed.',
    "c": 'The ships Gorgon ("Medusa") and Argo left. They met Strelkov (Donetsk) there.',
    "d": "Gorgon and Medusa are two ships.",
    "e": "Only Cobweb Two was mentioned.",
}


@pytest.fixture
def learned(tmp_path: Path, run: Run) -> Path:
    (tmp_path / "corpus").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "corpus" / f"{name}.txt").write_text(f"{text}\n\n{text}\n", encoding="utf-8")
    assert run("reindex", "corpus", "--no-clean", "--quiet").code == 0
    assert run("aliases", "learn").code == 0
    return tmp_path


def rows(run: Run) -> dict[str, dict[str, object]]:
    import json

    lines = run("aliases", "review", "--json").out.splitlines()
    return {json.loads(line)["names"][1]: json.loads(line) for line in lines}


def found(run: Run, query: str) -> set[str]:
    return {hit["doc_id"] for hit in run("query", "--all", "--json", query).json["hits"]}


def test_what_the_articles_say_is_proposed_with_its_sentence_and_not_used_yet(
    learned: Path, run: Run
) -> None:
    proposed = rows(run)
    assert {"Cobweb Two", "BoE", "Medusa"} <= set(proposed)
    assert proposed["Cobweb Two"]["names"] == ["Pavutyna", "Cobweb Two"]
    assert proposed["Cobweb Two"]["sure"] is True
    assert proposed["BoE"]["sure"] is False
    assert "d.txt" in str(proposed["Medusa"]["doubt"])
    assert "little is known" in str(proposed["Cobweb Two"]["evidence"])
    assert found(run, "Pavutyna") == {"a.txt", "b.txt"}


def test_what_is_accepted_is_used_at_once_and_outlives_a_reindex(learned: Path, run: Run) -> None:
    assert run("aliases", "review", "--accept", "sure", "--reject", str(rows(run)["Medusa"]["id"])).code == 0
    assert found(run, "Pavutyna") >= {"a.txt", "b.txt", "e.txt"}
    added = run("variants", "--json", "Pavutyna").json["expansions"][0]["added"]
    assert ("cobweb two", "learned") in {(one["term"], one["kind"]) for one in added}
    assert run("reindex", "corpus", "--no-clean", "--full", "--quiet").code == 0
    assert found(run, "Pavutyna") >= {"a.txt", "b.txt", "e.txt"}
    again = run("aliases", "learn")
    assert (again.code, "0 new" in again.out) == (1, True)
    states = {name: row["state"] for name, row in rows(run).items()}
    assert (states["Cobweb Two"], states["Medusa"], states["BoE"]) == ("accepted", "rejected", "proposed")
    assert "learned" in run("aliases", "list").out


def test_an_id_that_is_not_there_is_wrong_usage(learned: Path, run: Run) -> None:
    assert run("aliases", "review", "--accept", "nothing").code == 2


def test_the_list_says_who_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "aliases.txt").write_text("Tiny River, Kew\n", encoding="utf-8")
    (tmp_path / "seeds").mkdir(exist_ok=True)
    shown = run("aliases", "list").out
    assert "Tiny River, Kew  (aliases.txt:1)" in shown
    assert "searchidx, places_europe" in shown
    assert "GeoNames" in shown
    assert "Wikidata name parts" in run("aliases", "list", "Gladenko").out
    assert run("aliases", "list", "nosuchnameatall").code == 1


def test_a_check_tells_contradictions_and_circles(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("a1, b1\n!b1, a1\nc1 => d1\nd1 => c1\nalone\n", encoding="utf-8")
    check = run("aliases", "check", "x.txt")
    assert check.code == 1
    assert [line.split(" ")[0] for line in check.out.splitlines()] == ["x.txt,", "x.txt:1", "x.txt:3,"]


def test_the_setting_says_where_the_learned_names_are_and_the_option_wins(learned: Path, run: Run) -> None:
    (learned / "searchidx.toml").write_text('learned = "kept/shared.jsonl"\n', encoding="utf-8")
    assert run("aliases", "learn").code == 6  # there is no such folder
    (learned / "kept").mkdir()
    assert run("aliases", "learn").code == 0
    assert run("aliases", "review", "--accept", "sure").code == 0
    assert found(run, "Pavutyna") >= {"a.txt", "b.txt", "e.txt"}
    assert (learned / "index.learned.jsonl").read_text(encoding="utf-8").count("accepted") == 0
    assert (learned / "kept" / "shared.jsonl").read_text(encoding="utf-8").count("accepted") == 1
    other = run("aliases", "review", "--learned", "index.learned.jsonl", "--json").out
    assert '"proposed"' in other
    assert '"accepted"' not in other
    assert run("aliases", "list", "Pavutyna", "--learned", "index.learned.jsonl").out.count("learned") == 0
    assert run("aliases", "list", "Pavutyna").out.count("learned") == 1
