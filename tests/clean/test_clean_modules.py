"""The room as a whole: cheap to import, and its examples run."""

import doctest
import importlib
import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

MODULES = [
    f"searchidx.clean.{module.name}"
    for module in pkgutil.iter_modules(import_module("searchidx.clean").__path__)
]
HEAVY = (
    "lxml",
    "bs4",
    "trafilatura",
    "tomllib",
    "logging",
    "json",
    "searchidx.clean.rules",
    "searchidx.clean.dates",
)


def test_importing_the_room_loads_nothing_heavy() -> None:
    program = f"import sys, searchidx.clean; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_cleaning_text_loads_no_library_for_html() -> None:
    program = (
        "import sys; from searchidx import clean; clean('Share\\nThe bridge is closed');"
        "print([name for name in ('lxml', 'bs4', 'trafilatura') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
