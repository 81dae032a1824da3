"""What the tests of this room share: bytes in, documents or reasons out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from searchidx.corpus import read, scan
from searchidx.types import Document, Skipped

Found = Document | Skipped


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Put a file into the corpus folder, whose name is ``corpus``."""

    def put(name: str, data: bytes) -> Path:
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return put


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., list[Found]]:
    """Scan and read the whole corpus folder."""

    def everything(**limits: int) -> list[Found]:
        corpus = scan([tmp_path / "corpus"], **limits)
        return [*corpus.skipped, *(item for file in corpus.files for item in read(file, **limits))]

    return everything
