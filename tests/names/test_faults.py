"""What an alias file says against itself is told, and does no harm."""

import pytest

from searchidx.names import AliasTable
from searchidx.names.faults import faults


def told(*lines: str) -> list[str]:
    table = AliasTable()
    table.read_lines(lines, "aliases.txt")
    assert table.problems == []
    return list(faults(table))


@pytest.mark.parametrize(
    "lines",
    [
        ["Kiev, Kyiv", "Bear => Tu-95", "!Georgia, Georgien"],
        ["a1 => a1, b1"],  # as in Solr, where this keeps the word itself
        ["a1 => b1", "b1 => c1", "a1 => c1"],
        ["!a1, b1", "a1, c1", "b1, c1"],
        ["a1, a2 => b1", "!a1, a2"],  # the two on the left are not said to be the same
    ],
)
def test_what_agrees_is_no_fault(lines: list[str]) -> None:
    assert told(*lines) == []


@pytest.mark.parametrize(
    "lines", [["a1, b1", "!a1, b1"], ["!b1, a1", "a1 => b1"], ["c1, a1, b1", "!d1, b1, a1"]]
)
def test_a_contradiction_names_both_lines(lines: list[str]) -> None:
    [fault] = told(*lines)
    assert "aliases.txt:1" in fault
    assert "aliases.txt:2" in fault
    assert "a1 and b1" in fault


@pytest.mark.parametrize(
    "lines",
    [
        ["a1 => b1", "b1 => a1"],
        ["a1 => b1", "b1 => c1", "c1 => a1"],
        ["x1 => a1", "a1, z1 => b1, y1", "b1 => c1", "c1 => a1"],
    ],
)
def test_a_circle_is_told_once_with_all_its_lines(lines: list[str]) -> None:
    [fault] = told(*lines)
    assert "is a circle" in fault
    for number, line in enumerate(lines, 1):
        assert (f"aliases.txt:{number}" in fault) is ("x1" not in line)


def test_long_lines_are_checked_in_the_time_of_reading_them() -> None:
    many = [", ".join(f"{letter}{n}" for n in range(4_000)) for letter in "ab"]
    assert len(told(f"{many[0]} => {many[1]}", f"{many[1]} => {many[0]}")) >= 1
    assert len(told(f"{many[0]}, {many[1]}", f"!{many[0]}")) == 1
    assert len(told(*(f"a{n} => a{n + 1}" for n in range(4_000)))) == 0
