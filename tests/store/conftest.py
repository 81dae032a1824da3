"""What every test of the store stands on: a folder for the index, and a disk that does not wait."""

import os
from pathlib import Path

import pytest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Name an index folder that does not exist yet."""
    return tmp_path / "index"


@pytest.fixture(autouse=True)
def _quick_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip the wait of fsync (its place in the order is tested by a log) and keep stamps out of the home."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
