"""Run commands as a user would, in an empty folder of their own."""

import io
import os
import sys
from pathlib import Path

import pytest
from cli_runner import Ran, Run

from searchidx import cli


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``searchidx`` in ``tmp_path``; every failure must be one line without a traceback.

    In this process, since to start one takes longer than a command; a few tests start their own.
    """
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("SEARCHIDX_")]:
        monkeypatch.delenv(name)

    def run_command(*words: str | Path, stdin: bytes = b"", **environment: str) -> Ran:
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        with monkeypatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = cli.run([str(word) for word in words])
            out.flush()
            err.flush()
        ran = Ran(code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())
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
