"""What all tests stand on: the back-ends under contract, repeatable examples, a disk that does not wait."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from searchidx.backends import Backend
from searchidx.backends.generations import GenerationBackend
from searchidx.backends.memory import MemoryBackend
from searchidx.backends.whoosh import WhooshEngine

# A back-end is added here, in one line, and is done when the contract is green. The first one is the judge.
BACKENDS: Mapping[str, Callable[[Path], Backend]] = {
    "memory": lambda _folder: MemoryBackend(),
    "whoosh": lambda folder: GenerationBackend(folder, WhooshEngine()),
}
JUDGE, *JUDGED = BACKENDS

# The same examples on every run and machine. "thorough" searches on, with others each time:
#     HYPOTHESIS_PROFILE=thorough pytest tests/backends
_SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile(
    "default", derandomize=True, deadline=None, database=None, suppress_health_check=_SLOW_IS_FINE
)
settings.register_profile("ci", settings.get_profile("default"), print_blob=True)
settings.register_profile(
    "thorough", settings.get_profile("default"), derandomize=False, max_examples=1_000, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))


@pytest.fixture(autouse=True)
def _quick_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip the wait of fsync, keep stamps out of the home and the caller's settings out of the tests."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in [name for name in os.environ if name.startswith("SEARCHIDX_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def new_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Give a function that names a folder that does not exist yet."""
    base, count = tmp_path_factory.mktemp("indexes"), iter(range(1_000_000))
    return lambda: base / str(next(count))


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Backend:
    """Give each back-end in turn, over a place of its own."""
    return BACKENDS[request.param](tmp_path / "index")


@pytest.fixture(scope="session", params=JUDGED)
def rivals(
    request: pytest.FixtureRequest, new_folder: Callable[[], Path]
) -> Callable[[], tuple[Backend, Backend]]:
    """Give a function that makes the judge and a back-end to be compared with it, both over nothing."""
    return lambda: (BACKENDS[JUDGE](new_folder()), BACKENDS[request.param](new_folder()))
