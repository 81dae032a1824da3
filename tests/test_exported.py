"""The public face, and the faces that the rooms show each other. A change here is a change for others."""

import importlib
import subprocess
import sys

import pytest

import searchidx

FACES = {
    "searchidx": "Index Results Hit Snippet CleanDocument clean SearchidxError",
    "searchidx.corpus": "scan read parse READERS Reader UnreadableError CorpusFile Scan MAX_BYTES",
    "searchidx.clean": "Evidence clean clean_document",
    "searchidx.analysis": """
        AS_WRITTEN BODY BYLINE LANGUAGE OTHERWISE PARAGRAPH PUBLISHED RAW SENTENCE SOURCE STEMS TEXT_FIELDS
        TITLE
        Positions SentenceRules analyze body_positions chunks_of fold index_document learn_sentence_rules
        locate placed stem_key stem_language width written
    """,
    "searchidx.names": """
        Alias AliasTable BESIDE COGNATE EQUAL Name NameIndex Variant expand inflected_names name_terms
        other_names shipped spellings with_user_file
    """,
    "searchidx.backends": "Backend IndexSearcher IndexWriter engine",
}


@pytest.mark.parametrize("name", FACES)
def test_a_room_shows_these_names_and_no_others(name: str) -> None:
    module = importlib.import_module(name)
    assert sorted(module.__all__) == sorted(FACES[name].split())
    for exported in module.__all__:
        assert getattr(module, exported).__doc__ or not callable(getattr(module, exported))


def test_clean_is_the_function_however_it_is_come_by() -> None:
    code = """
from searchidx import clean
assert clean("Talks").body == "Talks"
import searchidx.indexing
from searchidx import clean
assert clean("Talks").body == "Talks"
assert searchidx.clean("Talks").body == "Talks"
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_what_is_not_exported_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Indexx'"):
        searchidx.Indexx  # noqa: B018 - the look-up is what is tested


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert searchidx.__version__ == version("searchidx")


def test_importing_the_package_loads_neither_the_engine_nor_a_heavy_package() -> None:
    code = "import searchidx, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"searchidx.search", "whoosh", "lxml", "bs4", "trafilatura", "nltk", "ftfy", "click"} & set(
        loaded
    )
