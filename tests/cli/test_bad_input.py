"""Whatever is wrong, a command ends with one clear line, the documented exit code, and nothing lost."""

import fcntl
import json
import os
import socket
from pathlib import Path

import pytest
from cli_runner import Run


def test_an_empty_folder_is_refused_and_nothing_is_published(run: Run, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    done = run("reindex")
    assert done.code == 6
    assert "--force" in done.err
    assert len(done.err.splitlines()) == 1
    assert run("query", "talks").code == 3


def test_a_port_that_is_taken_is_named(run: Run) -> None:
    pytest.importorskip("flask")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port))
    assert (done.code, done.out) == (6, "")
    assert f"127.0.0.1:{port}" in done.err
    assert "--port" in done.err
    assert len(done.err.splitlines()) == 1
    assert run("serve", "--host", "no..name").code == 6


def test_a_missing_folder_is_named(run: Run) -> None:
    done = run("reindex", "nowhere")
    assert done.code == 6
    assert "nowhere" in done.err


def test_no_index_yet_says_what_to_run(run: Run) -> None:
    done = run("query", "talks")
    assert done.code == 3
    assert "searchidx reindex" in done.err


def test_a_damaged_index_names_the_file_and_the_repair(indexed: Path, run: Run, tmp_path: Path) -> None:
    before = run("query", "--json", "prisoner").json["hits"]
    [file] = (tmp_path / "index").glob("gen-*/documents.sqlite")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    done = run("query", "prisoner")
    assert done.code == 4
    assert "documents.sqlite" in done.err
    assert "searchidx reindex" in done.err
    assert run("verify").code == 4
    assert run("reindex", "--quiet").code == 0
    assert run("query", "--json", "prisoner").json["hits"] == before


@pytest.mark.parametrize(
    "command", [("query", "prisoner"), ("info",), ("verify", "--deep"), ("show", "a.txt")]
)
@pytest.mark.parametrize(("pipeline", "what"), [("0", "an older version"), ("9999", "a newer version")])
def test_an_index_of_another_version_is_not_called_damaged_and_a_reindex_mends_it(
    corpus: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    pipeline: str,
    what: str,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("searchidx.store.fingerprint.PIPELINE", pipeline)
        assert run("reindex", "--quiet").code == 0
        assert run(*command).code == 0
    done = run(*command)
    assert (done.code, done.out, len(done.err.splitlines())) == (4, "", 1)
    assert what in done.err
    assert "run: searchidx reindex" in done.err
    assert "damaged" not in done.err
    assert run("reindex", "--quiet").code == 0
    assert run(*command).code == 0


@pytest.mark.parametrize("name", ["_MAIN_99999.toc", "README.md", "MAIN_stray.pst"])
def test_a_stray_file_among_those_of_the_index_changes_nothing(
    indexed: Path, run: Run, tmp_path: Path, name: str
) -> None:
    before = run("query", "--json", "prisoner").json["hits"]
    (tmp_path / "index" / "gen-000001" / name).touch()
    (tmp_path / "index" / name).touch()
    assert run("query", "--json", "prisoner").json["hits"] == before
    assert run("verify", "--deep").code == 0
    (indexed / "d.txt").write_text("More talks\n\nThe talks go on in the palace.\n", encoding="utf-8")
    assert run("reindex", "--json").json["added"] == 1


def test_a_locked_index_exits_5_and_names_a_pid(indexed: Path, run: Run, tmp_path: Path) -> None:
    with (tmp_path / "index" / "LOCK").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = run("reindex")
    assert done.code == 5
    assert "reindex" in done.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_index_folder_is_named(corpus: Path, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "sealed"
    folder.mkdir(mode=0o500)
    done = run("reindex", "--index", folder / "index")
    assert done.code == 6
    assert "sealed" in done.err


def test_an_index_folder_that_is_a_file_is_named(corpus: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("reindex", "--index", "file/index")
    assert done.code == 6
    assert "file" in done.err


def test_bad_lines_and_files_are_listed_and_the_good_ones_found(corpus: Path, run: Run) -> None:
    rows = ['{"id": "good", "title": "Good", "body": "The good row of the file."}', '{"id": "cut', "[1]"]
    (corpus / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (corpus / "empty.txt").write_bytes(b"")
    (corpus / "binary.txt").write_bytes(b"\0\1\2" * 100)
    report = run("reindex", "--json").json
    listed = {(row["path"], row.get("line")) for row in report["skipped"]}
    assert listed == {("rows.jsonl", 2), ("rows.jsonl", 3), ("empty.txt", None), ("binary.txt", None)}
    assert all(row["reason"] for row in report["skipped"])
    assert [hit["doc_id"] for hit in run("query", "--json", "row").json["hits"]] == ["good"]


@pytest.mark.parametrize(
    "query",
    [
        "a" * 100_000,
        "talks " * 15_000,
        "(" * 5_000 + "talks" + ")" * 5_000,
        '"' * 5_000,
        "!?.,;:",
        "\u202e\x1b[31m",
        "talks\nistanbul",
    ],
    ids=["long word", "many words", "parentheses", "quotes", "punctuation", "control", "line break"],
)
def test_no_query_is_an_error(indexed: Path, run: Run, query: str) -> None:
    done = run("query", "--json", "--", query)
    answer = json.loads(done.out)
    assert done.code == (0 if answer["hits"] else 1)


def test_a_query_of_a_megabyte_is_answered(indexed: Path, run: Run) -> None:
    done = run("query", "--stdin", stdin=b"istanbul " * 120_000 + b"\n")
    assert [hit["doc_id"] for hit in done.json["hits"]] == ["a.txt"]
    assert done.json["warnings"]


def test_only_an_empty_query_is_wrong_usage(indexed: Path, run: Run) -> None:
    assert run("query", "").code == 2
    assert run("query").code == 2
    assert run("query", "--json", "--", "-").code in (0, 1)


@pytest.mark.parametrize(
    "words",
    [
        ("quary",),
        ("query", "--nonsense", "x"),
        ("query", "-n", "many", "x"),
        ("query", "--since", "soon", "x"),
    ],
)
def test_wrong_usage_exits_2_and_helps(indexed: Path, run: Run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.code == 2
    assert len(done.err.splitlines()) == 1


def test_a_mistyped_command_is_guessed(run: Run) -> None:
    assert "'query'" in run("qeury").err


def test_a_corpus_that_lost_most_documents_does_not_replace_the_index(indexed: Path, run: Run) -> None:
    for name in ("a.txt", "b.txt"):
        (indexed / name).unlink()
    done = run("reindex")
    assert done.code == 6
    assert "--force" in done.err
    assert run("query", "--json", "prisoner").json["total"] == 2
    assert run("reindex", "--force", "--quiet").code == 0
    assert run("query", "--json", "prisoner").json["total"] == 0


def test_what_is_printed_holds_no_control_characters(corpus: Path, run: Run) -> None:
    head = "Report \x1b]0;title\x07 \u202etxt.exe\u202c\n\n"
    text = head + "The zebra \x1b[31mcrossed\x1b[0m the road on Monday.\n"
    (corpus / "odd.txt").write_text(text, encoding="utf-8")
    assert run("reindex", "--quiet").code == 0
    for words in (
        ("query", "zebra"),
        ("query", "--json", "zebra"),
        ("show", "odd.txt"),
        ("show", "odd.txt", "--raw"),
    ):
        out = run(*words).out
        assert "zebra" in out
        assert not set(out) & set("\x1b\x07\u202e\u202c")


def test_settings_that_make_no_sense_are_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "searchidx.toml").write_text('indx = "index"\n', encoding="utf-8")
    done = run("query", "talks")
    assert done.code == 2
    assert "indx" in done.err


def test_debug_shows_the_traceback(run: Run, tmp_path: Path) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "searchidx", "--debug", "query", "talks"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" in done.stderr
