"""Reading on: a document opened at a hit, documents like it, and what typed letters may become."""

import json
import os
import shlex
from pathlib import Path

import click
import pytest
from cli_runner import Run

from searchidx.cli import screen, show

TEXT = "Talks on trial\n\n" + "\n\n".join(
    f"Paragraph {n} speaks of {'a prisoner exchange' if n % 3 == 0 else 'other things'} at some length."
    for n in range(1, 40)
)


@pytest.fixture
def long_article(run: Run, tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "long one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "seeds" / "b.txt").write_text(
        "Swap\n\nA prisoner exchange at some length.\n", encoding="utf-8"
    )
    assert run("reindex", "--quiet").code == 0
    return tmp_path


def test_show_tells_the_number_of_hits(long_article: Path, run: Run) -> None:
    assert "\n13 hits in the text\n" in run("show", "long one.txt", "--query", '"prisoner exchange"').out
    assert "\n1 hit in the text\n" in run("show", "b.txt", "--query", '"prisoner exchange"').out
    assert "\n0 hits in the text\n" in run("show", "b.txt", "--query", "weather").out


def test_show_begins_at_a_hit_and_names_the_ways_to_the_next_and_the_previous_one(
    long_article: Path, run: Run
) -> None:
    query = '"prisoner exchange"'
    for hit in (1, 2, 13):
        shown = run("show", "long one.txt", "--query", query, "--hit", str(hit)).out
        body = shown.partition("hits in the text\n\n")[2]
        assert body.startswith(f"Paragraph {3 * hit} speaks of a *prisoner exchange*")
        ways = dict(line.split(": ", 1) for line in body.splitlines()[-2:] if ": searchidx show" in line)
        assert ways.keys() == ({"previous"} if hit > 1 else set()) | ({"next"} if hit < 13 else set())
        for name, number in (("previous", hit - 1), ("next", hit + 1)):
            if name in ways:
                again = run(*shlex.split(ways[name])[1:]).out
                assert again.partition("hits in the text\n\n")[2].startswith(f"Paragraph {3 * number} ")


def test_a_hit_that_is_not_there_is_wrong_usage(long_article: Path, run: Run) -> None:
    gone = run("show", "b.txt", "--query", "prisoner", "--hit", "9")
    assert (gone.code, "no hit 9: 1 hit" in gone.err) == (2, True)
    assert run("show", "b.txt", "--hit", "1").code == 2
    assert run("show", "b.txt", "--query", "prisoner", "--hit", "0").code == 2


def test_show_exact_marks_only_what_is_spelt_so(long_article: Path, run: Run) -> None:
    assert run("show", "b.txt", "--query", "exchanges", "--json").json["highlights"]
    assert not run("show", "b.txt", "--query", "exchanges", "--exact", "--json").json["highlights"]


def test_on_a_terminal_the_pager_begins_at_the_hit_and_looks_for_the_marks(
    long_article: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    paged: list[tuple[list[str], str]] = []
    for module in (screen, show):
        monkeypatch.setattr(module, "is_terminal", lambda: True)
    monkeypatch.setattr(
        click, "echo_via_pager", lambda lines: paged.append(("".join(lines).split("\n"), os.environ["LESS"]))
    )
    monkeypatch.setenv("LESS", "-i")
    for hit in ([], ["--hit", "1"], ["--hit", "5"]):
        run("show", "long one.txt", "--query", '"prisoner exchange"', *hit, LESS="-i")
    for (lines, options), hit in zip(paged, (1, 1, 5), strict=True):
        assert options.startswith("-i -R -j4 +/prisoner +exchange\n")
        at = int(options.rpartition("\n")[2].removesuffix("g"))
        assert lines[at - 1].startswith(f"Paragraph {3 * hit} ")


@pytest.mark.parametrize("width", [40, 72, 200])
def test_on_a_terminal_long_lines_break_between_words_and_on_a_pipe_not_at_all(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    title = "Rescuers of the harbour town speak of a night in which nobody asked whose house it was"
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(f"{title}\n\nKyiv was asked, says the harbour.\n", "utf-8")
    assert run("reindex", "--quiet").code == 0
    assert title in run("query", "harbour", COLUMNS=str(width)).out.replace("*", "")
    assert len(run("variants", "Kiev", COLUMNS=str(width)).out.splitlines()) == 2
    monkeypatch.setattr(screen, "is_terminal", lambda: True)
    for words in (("query", "harbour"), ("variants", "Kiev")):
        lines = run(*words, COLUMNS=str(width), LINES="99").out.splitlines()
        assert max(map(len, lines)) <= width
        text = " ".join(" ".join(lines).split()).replace("*", "")
        assert (title if words[0] == "query" else "kyiv alias, weight 0.7: searchidx, places") in text


def test_what_less_looks_for_can_end_no_option_and_mean_nothing_else() -> None:
    options = screen.less_options("", 9, ["$HOME*", "a\\b", "U.S. talks", "\x1b["])
    assert options == "-R -j4 +/..|.HOME.|U.S. +talks|a.b\n10g"


def test_similar_has_the_shape_of_a_query(long_article: Path, run: Run) -> None:
    answer = run("similar", "b.txt", "--json")
    assert answer.code == 0
    assert answer.json.keys() == run("query", "--json", "prisoner").json.keys()
    assert [hit["doc_id"] for hit in answer.json["hits"]] == ["long one.txt"]
    assert "compared by: " in run("similar", "b.txt").out
    assert run("similar", "b.txt", "-n", "0").code == 1


@pytest.mark.parametrize("command", ["similar", "show"])
def test_an_unknown_id_is_wrong_usage(long_article: Path, run: Run, command: str) -> None:
    for doc_id in ("nobody", "\udcff"):
        done = run(command, doc_id)
        assert (done.code, "searchidx query shows the ids" in done.err) == (2, True)


def test_suggest_prints_kinds_and_counts(long_article: Path, run: Run) -> None:
    found = run("suggest", "--json", "tal").json
    assert found == {
        "prefix": "tal",
        "suggestions": [{"text": "Talks on trial", "kind": "title", "count": 1}],
    }
    assert run("suggest", "tal").out == "Talks on trial  title, 1\n"
    assert run("suggest", "Talks", "on").out == "Talks on trial  title, 1\n"
    assert (run("suggest", "xyzzy").code, run("suggest", "xyzzy").out) == (1, "nothing begins so\n")
    assert json.loads(run("suggest", "--json", "-n", "1", "").out)["suggestions"]


@pytest.mark.parametrize("command", [("similar", "b.txt"), ("suggest", "tal")])
def test_without_an_index_the_exit_code_is_three(run: Run, command: tuple[str, str]) -> None:
    assert run(*command).code == 3
