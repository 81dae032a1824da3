"""Where settings come from, and what a wrong one says."""

from pathlib import Path

import pytest

from searchidx.config import FILE_NAME, Settings, load_settings
from searchidx.errors import SettingsError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def write(folder: Path, text: str | bytes) -> None:
    (folder / FILE_NAME).write_bytes(text if isinstance(text, bytes) else text.encode())


def test_without_a_file_the_defaults_hold(folder: Path) -> None:
    assert load_settings(folder, {}) == Settings()


def test_a_file_wins_over_the_defaults_and_its_paths_start_at_its_folder(folder: Path) -> None:
    write(folder, 'corpus = "articles"\nindex = "/srv/index"\nmax_file_mb = 5\n')
    settings = load_settings(folder, {})
    assert settings == Settings(corpus=str(folder / "articles"), index="/srv/index", max_file_mb=5)
    assert settings.max_bytes == 5 * 1024 * 1024


def test_a_variable_wins_over_the_file_and_its_paths_start_where_the_program_runs(folder: Path) -> None:
    write(folder, 'corpus = "articles"\nmax_file_mb = 5\n')
    settings = load_settings(
        folder, {"SEARCHIDX_CORPUS": "other", "SEARCHIDX_MAX_FILE_MB": "7", "CORPUS": "x"}
    )
    assert settings == Settings(corpus="other", max_file_mb=7)


def test_a_variable_set_to_nothing_is_not_set(folder: Path) -> None:
    write(folder, 'corpus = "articles"\n')
    assert load_settings(folder, {"SEARCHIDX_CORPUS": "", "SEARCHIDX_MAX_FILE_MB": ""}) == Settings(
        corpus=str(folder / "articles")
    )


def test_an_empty_path_in_the_file_stays_empty(folder: Path) -> None:
    write(folder, 'aliases = ""\n')
    assert load_settings(folder, {}).aliases == ""


def test_a_mark_at_the_start_that_an_editor_left_is_no_fault(folder: Path) -> None:
    write(folder, b'\xef\xbb\xbfbackend = "whoosh"\r\n')
    assert load_settings(folder, {}) == Settings()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            'indx = "a"',
            "no setting 'indx'; there are: corpus, index, aliases, learned, backend, max_file_mb, jobs",
        ),
        ('[searchidx]\nindex = "a"', "no setting 'searchidx'"),
        ("index = 5", "index must be a text, not 5"),
        ('max_file_mb = "5"', "max_file_mb must be a number, not '5'"),
        ("max_file_mb = true", "max_file_mb must be a number, not True"),
        ("max_file_mb = 2.5", "max_file_mb must be a number, not 2.5"),
        ("jobs = -1", "jobs must be 0 or more, not -1"),
        ("max_file_mb = 0", "max_file_mb must be 1 or more, not 0"),
        ("max_file_mb = -1", "max_file_mb must be 1 or more, not -1"),
        ("index = seeds", "line 1"),
        (b'index = "\xc7"', "can't decode"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(folder: Path, text: str | bytes, named: str) -> None:
    write(folder, text)
    with pytest.raises(SettingsError) as caught:
        load_settings(folder, {})
    assert str(folder / FILE_NAME) in str(caught.value)
    assert named in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("value", ["many", "-1", "0", "2.5", "1e3", " "])
def test_a_wrong_variable_is_named(folder: Path, value: str) -> None:
    with pytest.raises(SettingsError, match="SEARCHIDX_MAX_FILE_MB must be a number from 1 on"):
        load_settings(folder, {"SEARCHIDX_MAX_FILE_MB": value})


def test_the_file_of_learned_names_is_a_path_in_the_file_and_in_the_variable(folder: Path) -> None:
    write(folder, 'learned = "kept/names.jsonl"\n')
    assert load_settings(folder, {}).learned == str(folder / "kept/names.jsonl")
    assert load_settings(folder, {"SEARCHIDX_LEARNED": "other.jsonl"}).learned == "other.jsonl"
