"""Hostile texts cost time in proportion to their length.

Four times the text may take eight times as long: a machine under load is forgiven, a square is not.
"""

import time
from collections.abc import Callable

import pytest

from searchidx.analysis import SentenceRules, analyze, body_positions, fold

NOISE_S = 0.01
RULES = SentenceRules(abbreviations=frozenset({"a"}), starters=frozenset({"b"}))

SHAPES: dict[str, Callable[[int], str]] = {
    "letters": lambda n: "a" * n,
    "accented letters": lambda n: "é" * n,
    "digits": lambda n: "1" * n,
    "digits and points": lambda n: "1." * (n // 2),
    "numbers before a hyphen": lambda n: "1,1-" * (n // 4),
    "initials": lambda n: "a." * (n // 2) + "bc",
    "initials with marks": lambda n: "e\u0301." * (n // 3) + "bc",
    "hyphens": lambda n: "a-" * (n // 2),
    "many hyphens": lambda n: "a" + "-" * n,
    "apostrophes": lambda n: "a’" * (n // 2),
    "combining marks": lambda n: "a" + "\u0301" * n,
    "invisible": lambda n: "a\u200b" * (n // 2) + "!",
    "Gurmukhi": lambda n: "ਕਿ" * (n // 2) + "!",
    "Chinese": lambda n: "習近" * (n // 2),
    "Chinese and Latin": lambda n: "習a." * (n // 3),
    "underscores": lambda n: "_" * n,
    "spaces": lambda n: " " * n + "x",
    "line ends": lambda n: "\n" * n + "x",
    "wrapped lines": lambda n: "A\n" + "b\n" * (n // 2),
    "blank lines": lambda n: "a\n \n" * (n // 4),
    "stops": lambda n: "." * n + "x",
    "exclamations": lambda n: "!?" * (n // 2) + "x",
    "Chinese stops": lambda n: "。！" * (n // 2) + "x",
    "closed stops": lambda n: ".)" * (n // 2) + "x",
    "quotes": lambda n: "." + "”" * n + "x",
    "abbreviations": lambda n: "a. " * (n // 3),
    "ellipses": lambda n: "a ... " * (n // 6),
    "emoji": lambda n: "👩‍👩‍👧" * (n // 5),
    "half characters": lambda n: "\ud800" * n,
    "new words": lambda n: " ".join(f"w{k}" for k in range(n // 7)),
}


def index_body(text: str) -> None:
    """Cut a text into paragraphs, sentences and terms, and fold it as one word."""
    body_positions(text, RULES)
    fold(text)


def assert_linear(read: Callable[[str], object], shape: str, size: int) -> None:
    def seconds(chars: int) -> float:
        text = SHAPES[shape](chars)
        began = time.process_time()
        read(text)
        return time.process_time() - began

    seconds(1_000)  # patterns are compiled
    # Under load one reading may be off; a square would be off each time.
    assert any(seconds(size) < 8 * max(seconds(size // 4), NOISE_S) for _ in range(6))


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_text_takes_four_times_as_long(shape: str) -> None:
    assert_linear(index_body, shape, 40_000)
    assert_linear(analyze, shape, 40_000)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_a_quarter_of_a_megabyte_of_it_too(shape: str) -> None:
    assert_linear(index_body, shape, 250_000)
