"""The packed names: what goes in comes out, from a file that is not read as a whole."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.names.aliases import BULK_FILE, BULK_WEIGHT, CURATED_FILE, LISTED_WEIGHT, shipped
from searchidx.names.bulk import NameFile, key_hash, name_key
from searchidx.names.generate.__main__ import bulk_bytes, curated_bytes, lacking
from searchidx.names.generate.pack import Group, pack

NAMES = st.lists(st.text("abcж-", min_size=1, max_size=4), min_size=1, max_size=3).map(" ".join)
GROUPS = st.lists(st.tuples(st.sets(NAMES, min_size=1, max_size=5), st.sampled_from("AB")), max_size=300)


def written(path: Path, groups: list[Group]) -> NameFile:
    path.write_bytes(pack(groups, {}))
    return NameFile(path)


@given(GROUPS)
def test_every_name_leads_to_its_groups_and_to_no_other(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[set[str], str]]
) -> None:
    groups = [Group(tuple(sorted(names)), source) for names, source in made]
    file = written(tmp_path_factory.mktemp("names") / "x.names", groups)
    for name in {name for group in groups for name in group.names}:
        key = name_key(name.split(" "))
        wanted = {(g.source, g.names) for g in groups if key in {name_key(n.split(" ")) for n in g.names}}
        found = {(g.source, tuple(" ".join(n.terms) for n in g.names)) for g in file.of(key)}
        assert found == wanted
    assert list(file.of("no such name")) == []
    assert len(list(file.groups())) == len(set(groups))


def test_names_whose_hashes_are_equal_are_told_apart(tmp_path: Path) -> None:
    one, other = "plumless", "buckeroo"  # known to collide in CRC-32
    assert key_hash(one) == key_hash(other)
    file = written(tmp_path / "x.names", [Group((one, "x"), "A"), Group((other, "y"), "A")])
    assert [[name.terms[0] for name in group.names] for group in file.of(one)] == [[one, "x"]]


def test_the_order_of_the_groups_changes_no_byte() -> None:
    groups = [Group(("a", "b"), "A"), Group(("c", "d"), "B", frozenset({"d"}))]
    assert pack(groups, {}) == pack(reversed(groups), {})


def test_what_is_no_file_of_names_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.names").write_bytes(b"something else entirely")
    with pytest.raises(ValueError, match=r"names\.generate"):
        NameFile(tmp_path / "x.names")


def test_the_curated_file_is_what_its_lists_give() -> None:
    assert CURATED_FILE.read_bytes() == curated_bytes(), "run: python -m searchidx.names.generate curated"


@pytest.mark.slow
@pytest.mark.skipif(bool(lacking()), reason="the packages of the extra names-data are absent")
def test_the_bulk_file_is_what_its_sources_give() -> None:
    assert BULK_FILE.read_bytes() == bulk_bytes(), "run: python -m searchidx.names.generate bulk"


def test_the_shipped_files_take_less_than_four_megabytes() -> None:
    assert CURATED_FILE.stat().st_size + BULK_FILE.stat().st_size < 4_000_000


@pytest.mark.parametrize(
    ("asked", "wanted", "source", "weight"),
    [
        ("nizza", "nice", "", 0),  # an English word is nobody's other name
        ("leipzig", "лейпциг", "searchidx, places_europe", LISTED_WEIGHT),
        ("мадагаскар", "madagaskara", "CLDR", BULK_WEIGHT),
        ("osnabruck", "оснабрюк", "GeoNames", BULK_WEIGHT),
        ("gladenko", "гладенко", "Wikidata name parts", BULK_WEIGHT),
    ],
)
def test_a_name_says_where_it_comes_from(asked: str, wanted: str, source: str, weight: float) -> None:
    found = [alias for alias in shipped().of((asked,)) if alias.text == wanted]
    if source:
        assert [(one.source.startswith(source), one.weight) for one in found] == [(True, weight)]
    else:
        assert found == []


def test_neither_a_query_nor_the_table_imports_what_builds_the_names() -> None:
    code = "import sys, searchidx.search; print([m for m in sys.modules if 'generate' in m or m == 'babel'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
