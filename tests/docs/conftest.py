"""A folder for each document, as a reader has it who follows along."""

from pathlib import Path

import pytest
from docs_blocks import WIDTH, Workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Give seeds/ and no index, on a pipe of a known width."""
    for name in ("FORCE_COLOR", "NO_COLOR", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", WIDTH)
    (tmp_path / "here").mkdir()
    return Workspace(tmp_path / "here")
