"""What a person sees of a whole answer: near-copies folded, counts, bars; and what a program sees."""

import json
import re
from pathlib import Path

import pytest
from cli_runner import Run

from searchidx.backends.view import make_facets
from searchidx.cli.overview import render_facets, render_timeline
from searchidx.cli.screen import Screen
from searchidx.timeline import make_timeline

STORY = "The ferry to the northern island was held back for two hours because a seal slept on the ramp. " * 3
PIPE = Screen(colour=False, width=60)


@pytest.fixture
def copies(tmp_path: Path, run: Run) -> None:
    """Three copies of a story and two other articles, indexed."""
    (tmp_path / "seeds").mkdir()
    rows = [
        {"id": f"seal{n}", "source": f"Paper\x1b[31m {n}", "body": f"{STORY}Desk {n}."}
        | ({"published": f"2025-0{1 + 2 * n}-10"} if n else {})
        for n in range(3)
    ]
    rows += [
        {"id": name, "source": "Paper 1", "published": f"2025-09-0{n}", "language": "de", "body": body}
        for n, (name, body) in enumerate((("port", "The ferry port."), ("tram", "A tram stop.")), 1)
    ]
    (tmp_path / "seeds" / "all.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert run("reindex", "--quiet").code == 0


def test_people_see_near_copies_folded_and_may_see_each(copies: None, run: Run) -> None:
    out = run("query", "ferry").out
    assert out.startswith("4 found; 2 with near-copies folded (")
    assert "     +2 similar: Paper[31m 1, Paper[31m 2 (--expand shows them)\n" in out
    assert out.count("searchidx show") == 2
    for option in ("--expand", "--no-fold"):
        each = run("query", "ferry", option).out
        assert each.startswith("4 found (")
        assert (each.count("searchidx show"), "similar" in each) == (4, False)


def test_pages_count_what_is_shown(copies: None, run: Run) -> None:
    pages = [run("query", "ferry", "-n", "1", "--offset", str(n)) for n in range(3)]
    shown = [re.findall(r"searchidx show (\w+)", page.out) for page in pages]
    assert sorted(one for page in shown for one in page) == ["port", "seal0"]
    assert [page.code for page in pages] == [0, 0, 1]


def test_programs_see_every_copy_unless_they_ask(copies: None, run: Run) -> None:
    answer = run("query", "ferry", "--json").json
    assert (len(answer["hits"]), "total_folded" in answer) == (4, False)
    assert not any("similar" in hit for hit in answer["hits"])
    line = run("query", "--stdin", stdin=b"ferry\n").json
    batch = run("batch", "-", stdin=b"ferry\n").json
    assert [[hit["doc_id"] for hit in one["hits"]] for one in (line, batch)] == [
        [hit["doc_id"] for hit in answer["hits"]]
    ] * 2
    folded = run("query", "ferry", "--json", "--fold").json
    assert (folded["total"], folded["total_folded"], len(folded["hits"])) == (4, 2, 2)
    [similar] = [hit["similar"] for hit in folded["hits"] if "similar" in hit]
    assert [one["doc_id"] for one in similar] == ["seal1", "seal2"]
    assert set(similar[0]) == {"doc_id", "title", "source", "published"}


def test_all_hits_are_counted(copies: None, run: Run) -> None:
    lines = run("query", "ferry", "--facets", "-n", "1").out.splitlines()
    assert lines[1:4] == [
        "by source    Paper[31m 0 1 · Paper[31m 1 1 · Paper[31m 2 1 · Paper 1 1",
        "by language  en 3 · de 1",
        "by month     2025-09 1 · 2025-05 1 · 2025-03 1 · undated 1",
    ]
    answer = run("query", "ferry", "--facets", "--json", "-n", "0")
    assert answer.code == 0
    assert answer.json["facets"]["undated"] == 1
    assert answer.json["facets"]["months"][-1] == {"value": "2025-09", "count": 1}


def test_a_timeline_has_a_bar_for_every_step(copies: None, run: Run) -> None:
    done = run("query", "ferry OR tram", "--timeline", COLUMNS="60")
    lines = done.out.splitlines()
    assert lines[1] == "published, by week (from Monday)"
    assert lines[2] == "2025-03-10  1  " + "█" * 22
    assert lines[3].strip() == "…  none in 7 weeks"
    assert lines[6] == "2025-09-01  2  " + "█" * 45
    assert lines[7] == "undated: 1"
    assert "\x1b" not in done.out
    assert (done.code, run("query", "zeppelin", "--timeline").code) == (0, 1)


def test_a_timeline_as_json_holds_every_step(copies: None, run: Run) -> None:
    answer = run("query", "ferry", "--timeline", "--json").json
    assert (answer["total"], answer["step"], answer["undated"]) == (4, "week", 1)
    assert answer["buckets"][0] == {"start": "2025-03-10", "end": "2025-03-16", "count": 1}
    assert len(answer["buckets"]) == 26
    assert run("query", "--timeline", "--stdin", stdin=b"ferry\n").code == 2


@pytest.mark.parametrize("width", [1, 20, 40, 80, 500])
def test_bars_fit_the_screen_and_none_that_counts_is_empty(width: int) -> None:
    days = {"2025-06-01": 1, "2025-06-02": 12_345, "2025-06-04": 3, "2025-07-01": 600}
    lines = list(render_timeline(make_timeline(make_facets({}, {}, days)), Screen(colour=False, width=width)))
    assert max(map(len, lines[1:])) <= max(width, 30)
    assert sum("█" in line for line in lines) == 4
    assert "2025-06-03       0" in lines


def test_colour_is_on_bars_alone() -> None:
    timeline = make_timeline(make_facets({}, {}, {"2025-06-01": 1, "": 2}))
    assert [line.count("\x1b[") for line in render_timeline(timeline, Screen(colour=True, width=60))] == [
        0,
        2,
        0,
    ]


def test_many_values_are_cut_short_and_many_months_become_years() -> None:
    sources = {f"Paper {n:02}": n for n in range(1, 13)}
    days = {f"{2000 + n}-{1 + n % 12:02}-01": 1 for n in range(20)}
    lines = " ".join(" ".join(render_facets(make_facets(sources, {}, days), PIPE)).split())
    assert "Paper 12 12 · Paper 11 11" in lines
    assert "4 more" in lines
    assert "by year 2019 1 · 2018 1" in lines
    assert list(render_facets(make_facets({}, {}, {}), PIPE)) == []


def test_where_nothing_matches_a_wider_answer_is_shown_and_said(copies: None, run: Run) -> None:
    done = run("query", "--all", "ferry", "zeppelin")
    assert done.code == 1
    lines = done.out.splitlines()
    assert lines[0].startswith("nothing found")
    assert lines[1] == "no article has all of these words; 4 have some of them: ferry zeppelin"
    assert done.out.count("not all of the words\n") == 2
    answer = run("query", "--all", "--json", "ferry", "zeppelin")
    assert (answer.code, answer.json["hits"], answer.json["relaxed"]["total"]) == (1, [], 4)
    assert run("query", "--source", "Nowhere", "ferry").out.count("outside the filters\n") == 2


def test_one_language_and_new_articles_can_be_asked_for(copies: None, run: Run) -> None:
    hits = run("query", "ferry", "--language", "DE", "--json").json["hits"]
    assert [hit["doc_id"] for hit in hits] == ["port"]
    plain, recent, then = (
        {hit["doc_id"]: hit["score"] for hit in run("query", "ferry", "--json", *more).json["hits"]}
        for more in ((), ("--recent",), ("--as-of", "2025-03-10"))
    )
    assert recent["port"] == pytest.approx(1.5 * plain["port"], rel=0.02)
    assert then["seal1"] == pytest.approx(1.5 * plain["seal1"])
    assert then["seal0"] == plain["seal0"]
    assert run("query", "ferry", "--as-of", "someday").code == 2
