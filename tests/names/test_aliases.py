"""What may stand in an alias file, and what a wrong one says."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_search import added, found

from searchidx.errors import SettingsError
from searchidx.names import AliasTable, name_terms, shipped, with_user_file
from searchidx.names.aliases import MAX_FILE_BYTES


def table_of(*lines: str) -> AliasTable:
    table = AliasTable()
    table.read_lines(lines, "aliases.txt")
    return table


def others(table: AliasTable, name: str) -> set[str]:
    return {" ".join(alias.terms) for alias in table.of(name_terms(name))}


@pytest.mark.parametrize(
    ("written", "terms"),
    [
        ("Kyiv", ["kyiv"]),
        ("Spider’s Web", ["spider", "web"]),
        ("Tu-95", ["tu-95"]),
        ("New-York Times", ["new-york", "times"]),
        ("Hsi Chin-p'ing", ["hsi", "chin-ping"]),
        ("习近平", ["习", "近", "平"]),
        ("U.S.", ["us"]),
        ("…", []),
    ],
)
def test_the_terms_of_a_name_hold_a_hyphenated_word_once(written: str, terms: list[str]) -> None:
    assert list(name_terms(written)) == terms


@pytest.mark.parametrize(
    ("lines", "asked", "expected"),
    [
        (["a1, b1, c1"], "b1", {"a1", "c1"}),
        (["  a1 ,b1  "], "A1", {"b1"}),
        (["a1, b1 # why", "# c1, a1", "", "   "], "a1", {"b1"}),
        (["a1 => b1"], "a1", {"b1"}),
        (["a1 => b1"], "b1", set()),
        (["a1, a2 => b1, b2"], "a2", {"b1", "b2"}),
        (["a1 => a1, b1"], "a1", {"b1"}),  # as in Solr, where this keeps the word itself
        (["a1=>b1"], "a1", {"b1"}),
        (["a1, b1", "a1, c1"], "a1", {"b1", "c1"}),
        (["a1, b1", "b1, c1"], "a1", {"b1"}),  # no further: a name of a name is not sure
        (["a1, b1", "b1, a1"], "a1", {"b1"}),
        (["a1 => b1", "b1 => a1"], "b1", {"a1"}),
        (["a1 => b1", "b1 => c1", "c1 => a1"], "a1", {"b1"}),
        (["a1, b1, c1", "!a1, b1"], "a1", {"c1"}),
        (["!a1, b1", "a1, b1, c1"], "b1", {"c1"}),  # in whatever order, in both directions
        (["a1 => b1", "!b1, a1"], "a1", set()),
        (["! a1, b1, c1", "a1, b1, c1, d1"], "a1", {"d1"}),
        (["Bank of England, BoE"], "bank of england", {"boe"}),
        (["Bank of England, BoE"], "BoE", {"bank of england"}),
        (["Erdogan, Erdoğan, ERDOGAN"], "Erdogan", set()),  # one term: folding sees to it
        (["Tu-95, Bear"], "Tu95", {"bear"}),
        (["Tu95, Bear"], "Tu-95", {"bear"}),
        (["Tu-95, Bear", "!Tu95, bear"], "Tu-95", set()),
        ([r"Acme\, Inc., Acme"], "Acme", {"acme inc"}),
        (["\ufeffa1, b1"], "a1", {"b1"}),
        (["\ufeff !a1, b1", "a1, b1"], "a1", set()),
        (["Kiev, Kyiv", "Кiev, x1"], "Kiev", {"kyiv"}),  # the second begins with a Cyrillic letter
    ],
)
def test_an_alias_file_says_which_names_mean_the_same(
    lines: list[str], asked: str, expected: set[str]
) -> None:
    table = table_of(*lines)
    assert others(table, asked) == expected
    assert table.problems == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("a1", "one name alone"),
        ("!a1", "one name alone"),
        ("a1, , b1", "without a letter or digit"),
        ("a1, b1,", "without a letter or digit"),
        ("a1, …", "without a letter or digit"),
        ("=> b1", "without a letter or digit"),
        ("a1 =>", "without a letter or digit"),
        ("a1 => b1 => c1", "wrong place"),
        ("!a1 => b1", "wrong place"),
        (",", "without a letter or digit"),
        ("!", "without a letter or digit"),
        ("\x00", "without a letter or digit"),
    ],
)
def test_a_bad_line_is_named_by_its_number_and_the_good_ones_work(line: str, reason: str) -> None:
    table = table_of("# names", "x1, y1", line, "x1, z1")
    [problem] = table.problems
    assert problem.startswith("aliases.txt, line 3: ")
    assert reason in problem
    assert others(table, "x1") == {"y1", "z1"}


@given(st.lists(st.text("ab1,=>!# \\\ufeff’-", max_size=20) | st.text(max_size=20), max_size=5))
def test_no_line_raises_and_no_name_leads_to_itself(lines: list[str]) -> None:
    table = table_of(*lines)
    for *names, _ in table.groups:
        for name in names:
            assert name_terms(name) not in [alias.terms for alias in table.of(name_terms(name))]


def test_a_long_line_costs_its_length() -> None:
    table = table_of(
        ", ".join(f"name{n}" for n in range(5_000)), "!" + ", ".join(f"name{n}" for n in range(5_000))
    )
    table.read_lines(
        [", ".join(f"b{n}" for n in range(5_000)) + "=>" + ", ".join(f"c{n}" for n in range(5_000))], "x"
    )
    assert others(table, "name7") == set()
    assert len(others(table, "b7")) == 5_000


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_user_file_may_come_from_any_system(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "aliases.txt"
    path.write_bytes("\ufeff# names\na1, b1\nbad\n\fc1, d1\n".replace("\n", ending).encode())
    table = with_user_file(AliasTable(), path)
    assert others(table, "a1") == {"b1"}
    assert others(table, "c1") == {"d1"}
    assert table.problems == ["aliases.txt, line 3: one name alone says nothing: write `a, b` or `a => b`"]


def test_a_line_that_is_no_utf8_is_named_and_left_out(tmp_path: Path) -> None:
    path = tmp_path / "aliases.txt"
    path.write_bytes(b"a1, b1\n" + "Çırağan, x1\n".encode("cp1254") + b"c1, d1\n")
    table = with_user_file(AliasTable(), path)
    assert table.problems == ["aliases.txt, line 2: not UTF-8"]
    assert others(table, "c1") == {"d1"}
    assert others(table, "x1") == set()


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "aliases.txt"
    path.write_bytes(b"a1, b1\n" + b"#" * MAX_FILE_BYTES)
    with pytest.raises(SettingsError, match=r"aliases\.txt is larger than 4 MB"):
        with_user_file(AliasTable(), path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(SettingsError, match="can't be read"):
            with_user_file(AliasTable(), path)


def test_a_user_may_forbid_and_add_to_what_is_shipped() -> None:
    texts = ["Kiev", "Kyiv", "Charkiw", "Kharkiv", "Mainstay", "A-50"]
    table = shipped()
    assert found("Kyiv", texts, table) == ["Kyiv", "Kiev"]
    table.read_lines(["!Kiev, Kyiv", "A-50, Mainstay"], "aliases.txt")
    assert found("Kyiv", texts, table) == ["Kyiv"]
    assert found("Kiev", texts, table) == ["Kiev"]
    assert set(found("Kharkiv", texts, table)) == {"Kharkiv", "Charkiw"}
    assert set(found("A50", texts, table)) == {"Mainstay", "A-50"}
    assert added("a-50", texts, table) == {"mainstay"}


def test_all_rules_are_listed_as_written() -> None:
    table = table_of("Kiev, Kyiv", "Bear => Tu-95", "!Georgia, Georgien")
    assert table.groups == [
        ("Kiev", "Kyiv", "aliases.txt:1"),
        ("Bear => Tu-95", "aliases.txt:2"),
        ("!Georgia, Georgien", "aliases.txt:3"),
    ]
