"""Runs are compared query by query."""

import math
from pathlib import Path

import pytest

from searchidx.errors import SettingsError
from searchidx.evaluation import compare, read_run

WANTED = {"1": {"a"}, "2": {"b"}, "3": {"c"}, "4": set[str]()}


def test_the_largest_rise_comes_first_and_the_largest_fall_last() -> None:
    one = {"1": ["x", "a"], "2": ["b"], "3": ["c"], "4": ["c"]}
    other = {"1": ["a"], "2": ["b"], "4": ["c"]}
    found = compare(one, other, WANTED)
    assert list(found.queries) == ["1", "2", "3"]
    assert found.queries["1"] == (pytest.approx(1 / math.log2(3)), 1.0)
    assert found.queries["3"] == (1.0, 0.0)
    assert (found.better, found.worse) == (1, 1)
    assert found.difference == pytest.approx((1 - 1 / math.log2(3) - 1) / 3)


def test_the_standard_error_is_that_of_the_differences() -> None:
    found = compare({"1": ["a"], "2": ["b"]}, {"1": ["a"]}, {"1": {"a"}, "2": {"b"}})
    assert found.standard_error == pytest.approx(0.5)  # of 0 and -1
    assert math.isnan(compare({}, {}, {"1": {"a"}}).standard_error)


def test_chance_makes_small_differences_and_not_large_ones() -> None:
    wanted = {str(number): {"a"} for number in range(12)}
    all_of_them = {name: ["a"] for name in wanted}
    half = {name: ["a"] if int(name) % 2 else [] for name in wanted}
    other_half = {name: [] if int(name) % 2 else ["a"] for name in wanted}
    assert compare({}, all_of_them, wanted).p < 0.01  # two of 4,096 throws are as one-sided
    assert compare(half, other_half, wanted).p == 1.0
    assert compare(half, half, wanted).p == 1.0
    assert compare(half, half, {}).p == 1.0


def test_the_test_agrees_with_counting_all_throws() -> None:
    wanted = {str(number): {"a"} for number in range(4)}
    # Four equal gaps: of 16 ways to set their signs two make as large a sum.
    assert compare({}, {name: ["a"] for name in wanted}, wanted).p == pytest.approx(2 / 16, abs=0.02)


def test_a_run_is_read_in_order_of_its_scores(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.write_text("1 Q0 b 2 0.5 x\n1 Q0 a 1 0.75 x\n2 Q0 c 1 1e-3 x\n", encoding="utf-8")
    assert read_run(run) == {"1": ["a", "b"], "2": ["c"]}


@pytest.mark.parametrize("line", ["1 Q0 a 1 0.5", "1 Q0 a first 0.5 x", "1 Q0 a 1 high x"])
def test_what_is_no_run_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    run = tmp_path / "run"
    run.write_text(f"1 Q0 b 1 0.5 x\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="line 2"):
        read_run(run)
