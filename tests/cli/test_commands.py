"""Each command does what the contract says."""

import json
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from cli_runner import Run

QUERY_KEYS = {
    "query",
    "interpreted",
    "total",
    "total_is_exact",
    "total_all_words",
    "took_ms",
    "warnings",
    "expansions",
    "suggestion",
    "hits",
}
HIT_KEYS = {
    "rank",
    "doc_id",
    "path",
    "title",
    "source",
    "byline",
    "published",
    "language",
    "score",
    "matches_all",
    "snippets",
}


def test_reindex_reads_seeds_into_index_by_default(corpus: Path, run: Run, tmp_path: Path) -> None:
    report = run("reindex", "--json").json
    assert (report["documents"], report["added"], report["skipped"]) == (3, 3, [])
    assert (tmp_path / "index" / "CURRENT").is_file()


def test_a_second_reindex_changes_nothing(indexed: Path, run: Run) -> None:
    report = run("reindex", "--json").json
    assert [report[name] for name in ("documents", "added", "changed", "removed")] == [3, 0, 0, 0]


def test_a_query_marks_all_words_and_shows_what_was_added(indexed: Path, run: Run) -> None:
    answer = run("query", "--json", "prisoner", "exchange").json
    assert answer.keys() >= QUERY_KEYS
    assert {hit["doc_id"]: hit["matches_all"] for hit in answer["hits"]} == {"a.txt": True, "b.txt": False}
    assert all(hit.keys() >= HIT_KEYS for hit in answer["hits"])
    swap = {"term": "swap", "kind": "synonym", "weight": 0.5, "why": "the list of synonyms"}
    assert {"term": "exchange", "added": [swap]} in answer["expansions"]
    [snippet] = next(hit["snippets"] for hit in answer["hits"] if hit["doc_id"] == "a.txt")
    assert [snippet["text"][start:end] for start, end in snippet["highlights"]] == ["prisoner", "exchange"]


def test_a_person_sees_counts_marks_and_how_to_open_the_document(indexed: Path, run: Run) -> None:
    lines = run("query", "prisoner exchange").out.splitlines()
    assert lines[0].startswith("1 match all words, 1 match some (")
    assert "also searched for exchange: swap (synonym)" in lines
    assert any("a *prisoner* *exchange* in Kyiv" in line for line in lines)
    assert "     searchidx show a.txt" in lines


def test_an_answer_without_hits_exits_1(indexed: Path, run: Run) -> None:
    assert run("query", "zeppelin").code == 1
    assert run("query", "--json", "zeppelin").json["hits"] == []


@pytest.mark.parametrize("words", [("--all",), ("--exact",), ("--no-variants",)])
def test_strict_options_leave_out_the_synonym(indexed: Path, run: Run, words: tuple[str, ...]) -> None:
    answer = run("query", "--json", *words, "exchange").json
    if words == ("--all",):
        assert answer["total_all_words"] == 1
    else:
        assert [hit["doc_id"] for hit in answer["hits"]] == ["a.txt"]


def test_synonyms_can_be_left_out_and_names_stay(indexed: Path, run: Run) -> None:
    answer = run("query", "--json", "--no-synonyms", "exchange Зеленський").json
    assert {added["kind"] for expansion in answer["expansions"] for added in expansion["added"]} == {
        "variant"
    }
    with_synonyms = run("query", "--json", "exchange Зеленський").json
    assert "synonym" in {added["kind"] for one in with_synonyms["expansions"] for added in one["added"]}


def test_stdin_answers_a_line_with_a_line(indexed: Path, run: Run) -> None:
    done = run("query", "--stdin", "--json", stdin="exchange\n\nЗеленський\n".encode())
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row.get("total") for row in rows] == [2, None, 1]
    assert "empty" in rows[1]["error"]


def test_batch_never_stops_at_a_bad_row(indexed: Path, run: Run) -> None:
    rows = b'{"id": "one", "query": "Kiev"}\n{"id": broken}\n{"id": "x", "query": 5}\nKyiv\n\n'
    answers = [json.loads(line) for line in run("batch", "-", stdin=rows).out.splitlines()]
    assert [(answer["id"], answer.get("total")) for answer in answers] == [
        ("one", 1),
        ("2", None),
        ("x", None),
        ("4", 1),
        ("5", None),
    ]
    assert "line 2" in answers[1]["error"]


def test_batch_writes_trec_and_csv(indexed: Path, run: Run) -> None:
    trec = run("batch", "-", "--trec", stdin=b'{"id": "q1", "query": "Kiev"}\n').out.split()
    assert trec[:4] == ["q1", "Q0", "a.txt", "1"]
    assert float(trec[4]) > 0
    header, row = run("batch", "-", "--csv", stdin=b"Kiev\n").out.splitlines()
    assert header.startswith("id,query,rank,doc_id")
    assert row.startswith("1,Kiev,1,a.txt,")


def test_clean_prints_text_cuts_and_json(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    body = "The delegations met in the palace on Monday, and the talks went on for an hour.\n"
    page.write_text(f"Talks end\n\n{body}\nShare\n", encoding="utf-8")
    assert run("clean", page).out.strip().splitlines()[-1] == body.strip()
    cuts = run("clean", "--json", page).json["removed"]
    assert [cut["text"].strip() for cut in cuts] == ["Share"]
    assert "Share" in run("clean", "--explain", page).out
    assert "- Share" in run("clean", "--diff", page).out


def test_several_processes_print_what_one_prints(run: Run, tmp_path: Path) -> None:
    texts = [f"Head\nNews Sport Weather\n\nThe bridge over river {n} is open again.\n" for n in range(9)]
    rows = [{"id": str(n), "source": "herald", "text": text} for n, text in enumerate(texts)]
    lines = [json.dumps(row) for row in rows[:5]] + ["no JSON"] + [json.dumps(row) for row in rows[5:]]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text)
    files = ["0.txt", "many.jsonl", "1.txt", "2.txt", "missing.txt", "3.txt"]
    one = run("clean", "--jobs", "1", "--json", *files)
    assert (one.code, one.out.count("\n")) == (6, 12)
    assert "many.jsonl:6" in one.err
    assert "missing.txt" in one.err
    assert run("clean", "--jobs", "2", "--json", *files) == one
    assert run("clean", "--json", *files, SEARCHIDX_JOBS="2") == one
    assert run("clean", "--jobs", "0", "1.txt").code == 2


@pytest.mark.parametrize(
    ("environment", "options", "paged", "coloured"),
    [
        ({}, (), True, True),
        ({"NO_COLOR": "1"}, (), True, False),
        ({"LINES": "60"}, (), False, True),
        ({}, ("--color", "never"), True, False),
        ({"TERM": "dumb"}, (), None, False),
    ],
)
def test_a_long_comparison_goes_through_the_pager_on_a_terminal(
    tmp_path: Path, environment: dict[str, str], options: tuple[str, ...], paged: bool | None, coloured: bool
) -> None:
    for name in ("a.txt", "b.txt"):
        text = "".join(f"The bridge over river number {number} is open.\n" for number in range(19))
        (tmp_path / name).write_text(text + "Advertisement\n")
    command = [sys.executable, "-m", "searchidx", "clean", "--diff", *options, "a.txt", "b.txt"]
    given = {"TERM": "xterm", "LINES": "30", "COLUMNS": "80", "PAGER": "sed s/^/paged:/", "LESS": ""}
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "CI")}
    parent, child = pty.openpty()
    process = subprocess.Popen(
        command, cwd=tmp_path, env=kept | given | environment, stdin=child, stdout=child, stderr=child
    )
    os.close(child)
    shown = b""
    with suppress(OSError):  # how the other end of a terminal says that it is closed
        while data := os.read(parent, 4096):
            shown += data
    os.close(parent)
    assert process.wait(30) == 0
    lines = shown.decode().replace("\r", "").splitlines()
    assert len(lines) == 40
    if paged is not None:
        assert sum(line.startswith("paged:") for line in lines) == (40 if paged else 0)
    assert ("\x1b[" in lines[19]) == (coloured and not paged)  # sed gets none: it may not know colour
    piped = subprocess.run(
        command, cwd=tmp_path, env=kept | given, capture_output=True, text=True, check=True
    )
    assert piped.stdout.splitlines() == [re.sub(r"\x1b\[[0-9;]*m|^paged:", "", line) for line in lines]


def test_show_raw_prints_the_page_as_it_came(run: Run, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    page = (
        "<html><body>\n<nav>News Sport</nav>\n<article><h1>Bridge</h1><p>It is open.</p></article>\n</body>"
    )
    (tmp_path / "seeds" / "a.html").write_text(page)
    assert run("reindex", "--jobs", "2").code == 0
    assert run("show", "a.html", "--raw").out == page + "\n"
    assert run("show", "a.html", "--raw", "--json").json["raw"] == page
    assert "<nav>" not in run("show", "a.html").out


def test_show_marks_the_hits_and_raw_shows_all(indexed: Path, run: Run) -> None:
    assert "*cease-fire*" in run("show", "a.txt", "--query", "ceasefire").out
    assert run("show", "a.txt", "--raw").out.startswith("Talks in Istanbul")
    assert run("show", "a.txt", "--json").json["title"] == "Talks in Istanbul"
    assert run("show", "nothing").code == 2


def test_variants_and_aliases_tell_what_is_taken_for_one_name(
    indexed: Path, run: Run, tmp_path: Path
) -> None:
    added = run("variants", "--json", "Kiev").json["expansions"][0]["added"]
    assert {"kyiv"} == {one["term"] for one in added}
    assert "kiev, kiew" in run("aliases", "list", "Kiew").out
    (tmp_path / "aliases.txt").write_text("rain, drizzle\nalone\n", encoding="utf-8")
    assert run("query", "--json", "drizzle").json["hits"][0]["doc_id"] == "c.txt"
    check = run("aliases", "check", "aliases.txt")
    assert (check.code, "line 2" in check.out) == (1, True)


def test_eval_measures_judged_queries(indexed: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"id": "1", "query": "Kiev"}\n', encoding="utf-8")
    (tmp_path / "qrels").write_text("1 0 a.txt 1\n", encoding="utf-8")
    figures = run("eval", "--queries", "q.jsonl", "--qrels", "qrels", "--json").json
    assert (figures["queries"], figures["ndcg10"]) == (1, 1.0)


def test_eval_compares_two_runs(indexed: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text(
        '{"id": "1", "query": "Kiev"}\n{"id": "2", "query": "rain"}\n', encoding="utf-8"
    )
    (tmp_path / "qrels").write_text("1 0 a.txt 1\n2 0 c.txt 1\n", encoding="utf-8")
    (tmp_path / "before").write_text(
        "1 Q0 b.txt 1 2.0 x\n1 Q0 a.txt 2 1.0 x\n2 Q0 c.txt 1 1.0 x\n", encoding="utf-8"
    )
    (tmp_path / "after").write_text(run("batch", "q.jsonl", "--trec").out, encoding="utf-8")
    found = run("eval", "--qrels", "qrels", "--compare", "before", "after", "--json").json
    assert (found["queries"], found["better"], found["worse"], found["b"]["ndcg10"]) == (2, 1, 0, 1.0)
    assert found["per_query"][0] == {"id": "1", "a": 0.63093, "b": 1.0, "difference": 0.36907}
    shown = run("eval", "--qrels", "qrels", "--compare", "before", "after").out
    assert "+0.369  0.631 -> 1.000  1" in shown
    assert "1 better, 0 worse, 1 the same" in shown
    one = run("eval", "--qrels", "qrels", "--queries", "q.jsonl", "--per-query", "--json").json
    assert one["per_query"] == [{"id": "1", "ndcg10": 1.0}, {"id": "2", "ndcg10": 1.0}]
    assert run("eval", "--qrels", "qrels").code == 2
    (tmp_path / "after").write_text("no run\n", encoding="utf-8")
    assert "line 1" in run("eval", "--qrels", "qrels", "--compare", "before", "after").err


def test_info_and_verify_tell_about_the_index(indexed: Path, run: Run) -> None:
    assert run("info", "--json").json["documents"] == 3
    assert run("verify", "--deep").code == 0


def test_completion_prints_a_script(run: Run) -> None:
    assert "_SEARCHIDX_COMPLETE" in run("completion", "fish").out


def test_settings_come_from_option_then_variable_then_file(indexed: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "searchidx.toml").write_text('index = "nowhere"\n', encoding="utf-8")
    assert run("query", "rain").code == 3
    assert run("query", "rain", SEARCHIDX_INDEX="index").code == 0
    assert run("query", "rain", "--index", "index", SEARCHIDX_INDEX="nowhere").code == 0


def test_colour_is_shown_only_where_it_is_wanted(indexed: Path, run: Run) -> None:
    assert "\x1b[" not in run("query", "rain").out
    assert "\x1b[" in run("query", "rain", "--color", "always").out
    assert "\x1b[" in run("query", "rain", FORCE_COLOR="1").out
    assert "\x1b[" not in run("query", "rain", FORCE_COLOR="1", NO_COLOR="1").out


HEAVY = (
    "nltk",
    "bs4",
    "trafilatura",
    "flask",
    "numpy",
    "rich",
    "lxml",
    "ftfy",
    "charset_normalizer",
    "urllib.request",
)


def test_a_query_loads_no_heavy_package(indexed: Path, run: Run, tmp_path: Path) -> None:
    import subprocess

    code = (
        "import sys; from searchidx.cli import run; run(['query', '--json', 'prisoner exchange']); "
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"
