"""Run commands as a user would, in an empty folder of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_runner import Ran, Run


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run ``searchidx`` in ``tmp_path``; every failure must be one line without a traceback."""

    def run_command(*words: str | bytes | Path, stdin: bytes = b"", **environment: str) -> Ran:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SEARCHIDX_")}
        done = subprocess.run(
            [sys.executable, "-m", "searchidx", *words],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env=kept | environment,
            check=False,
            timeout=120,
        )
        ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in ran.err, ran.err
        return ran

    return run_command


ARTICLES = {
    "a.txt": "Talks in Istanbul\n\nZelenskyy spoke of a prisoner exchange in Kyiv.\nThe cease-fire held.\n",
    "b.txt": "Swap agreed\n\nThe delegations agreed on a prisoner swap and on little else.\n",
    "c.txt": "Weather\n\nRain is expected in the north on Tuesday, with wind from the sea.\n",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three articles in seeds/."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def indexed(corpus: Path, run: Run) -> Path:
    """Three articles and their index."""
    assert run("reindex", "--quiet").code == 0
    return corpus
