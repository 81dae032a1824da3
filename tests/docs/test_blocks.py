"""The documents can't lie: their output, their queries and their snippets are run."""

import re
from datetime import date
from pathlib import Path

import pytest
from docs_blocks import (
    ROOT,
    UPDATE,
    UPDATE_HINT,
    Workspace,
    commands_in,
    documents,
    highlighted,
    rows_in,
    run_python,
    snippets_in,
    with_fresh_counts,
    with_fresh_output,
    without_times,
)

from searchidx.query.parser import parse

README = ROOT / "README.md"
QUERY_LANGUAGE = ROOT / "docs" / "query-language.md"


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", documents(), ids=_name)
def test_a_document_shows_what_the_program_prints(path: Path, workspace: Workspace) -> None:
    text = path.read_text(encoding="utf-8")
    fresh = with_fresh_output(text, workspace)
    if any(rows_in(text)):
        with workspace.open() as index:
            fresh = with_fresh_counts(fresh, index)
    if UPDATE and fresh != text:
        path.write_text(fresh, encoding="utf-8")
        return
    assert without_times(text) == without_times(fresh), UPDATE_HINT


@pytest.mark.parametrize("path", [README, QUERY_LANGUAGE], ids=_name)
def test_a_query_is_read_and_answered_as_its_row_says(path: Path, workspace: Workspace) -> None:
    rows = list(rows_in(path.read_text(encoding="utf-8")))
    assert len(rows) >= 10
    with workspace.open() as index:
        for row in rows:
            results = index.search(row.query, limit=0)
            assert results.interpreted == row.read_as, row.query
            assert not results.warnings, row.query
            assert results.total, row.query
            words = highlighted(index, row.query)
            assert not set(row.marked) - words, f"{row.query} marks {sorted(words)}"
            assert not set(row.unmarked) & words, f"{row.query} marks {sorted(words)}"


def test_slips_are_read_as_the_table_of_slips_says(workspace: Workspace) -> None:
    text = QUERY_LANGUAGE.read_text(encoding="utf-8")
    _, _, table = text.partition("| You type | It is read as | The note says |\n")
    rows = [
        [cell.strip() for cell in line.strip("|").split(" | ")]
        for line in table.split("\n\n")[0].split("\n")[1:]
    ]
    assert len(rows) >= 5
    with workspace.open() as index:
        for typed, read_as, note in rows:
            results = index.search(typed.strip("`"), limit=0)
            assert results.interpreted == read_as.strip("`"), typed
            assert note in " / ".join(results.warnings), typed


def test_days_in_words_are_read_as_the_table_of_days_says() -> None:
    text = (
        QUERY_LANGUAGE.read_text(encoding="utf-8")
        .partition("4 June 2025:\n")[2]
        .partition("\n\nAn article")[0]
    )
    rows = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|$", text, re.MULTILINE)
    assert len(rows) >= 5
    for typed, read_as in rows:
        parsed = parse(typed, today=date(2025, 6, 4))
        assert (parsed.interpreted, parsed.warnings) == (read_as, ()), typed


def test_the_python_snippets_of_the_readme_run(workspace: Workspace) -> None:
    from flask import Flask

    from searchidx.flask.shared import close_all

    workspace.needs_index()
    text = README.read_text(encoding="utf-8")
    snippets = snippets_in(text)
    assert len(snippets) == 2
    for code, shown in snippets:
        printed, names = run_python(code, workspace)
        if UPDATE and printed and printed != shown:
            text = text.replace(f"{code}```\n\n```text\n{shown}```", f"{code}```\n\n```text\n{printed}```")
            README.write_text(text, encoding="utf-8")
        else:
            assert printed == shown, UPDATE_HINT
        app = names.get("app")
        if isinstance(app, Flask):
            app.config["SEARCHIDX_INDEX"] = str(workspace.folder / "index")
            assert app.test_client().get("/search/?q=prisoner+exchange").status_code == 200
            assert app.test_client().get("/search/api/v1/search?q=Kiev").get_json()["total"]
            close_all()


def test_a_console_block_holds_commands_of_ours_only() -> None:
    for path in documents():
        for block in path.read_text(encoding="utf-8").split("```console\n")[1:]:
            body = block.partition("```")[0]
            assert body.startswith("$ searchidx"), path
            assert all(command.startswith("searchidx ") for command in commands_in(body)), path
