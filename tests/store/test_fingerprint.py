"""Which indexes of other versions can be read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tiny_engine import publish

from searchidx.errors import IndexFormatError
from searchidx.store.fingerprint import PIPELINE, check_readable, fingerprint
from searchidx.store.generation import Generation

OLDER, NEWER = "by an older version", "by a newer version"


@dataclass(frozen=True)
class Engine:
    """An engine and the number of its format."""

    name: str = "tiny"
    format: str = "tiny-files-6"


@pytest.fixture
def made_by(root: Path) -> Callable[[str], Generation]:
    """Give a generation with some fingerprint."""
    published = publish(root, "first")
    return lambda text: replace(published, fingerprint=text)


@pytest.mark.parametrize("rules", ["as it came", "0a1b/2c"])
def test_what_this_version_made_is_read_whatever_was_cut(
    made_by: Callable[[str], Generation], rules: str
) -> None:
    check_readable(made_by(fingerprint(Engine(), rules)), Engine())
    check_readable(made_by(Engine().format), Engine())  # a program's own documents


@pytest.mark.parametrize(
    ("written", "what"),
    [
        (f"tiny/tiny-files-5/{PIPELINE}/x", OLDER),
        (f"tiny/tiny-files-10/{PIPELINE}/x", NEWER),
        (f"tiny/tiny-files-6/{int(PIPELINE) - 1}/x", OLDER),
        (f"tiny/tiny-files-6/{int(PIPELINE) + 1}/x", NEWER),
        (f"tiny/tiny-files-5/{int(PIPELINE) + 1}/x", OLDER),  # the files come first
        ("tiny/before-there-were-numbers/1/x", OLDER),
        ("tiny-files-5", OLDER),
        ("tiny-files-7", NEWER),
        ("", OLDER),
        ("tiny/" + "9" * 10_000, NEWER),
    ],
)
def test_what_another_version_made_is_refused_with_its_name_and_the_repair(
    made_by: Callable[[str], Generation], written: str, what: str
) -> None:
    with pytest.raises(IndexFormatError, match=rf"{what} .*\(searchidx .*run: searchidx reindex") as error:
        check_readable(made_by(written), Engine())
    assert error.value.exit_code == 4
    assert ("use that version, or" in str(error.value)) is (what == NEWER)
