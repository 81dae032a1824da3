"""Spellings of given names and surnames, from Wikidata by way of rigour.

The wheel of rigour holds them compressed within its library, as lines ``spelling, spelling => item``. We
keep what are spellings of one name in alphabets and Hebrew and Arabic writing; translations, pet names and
the feminine forms of a surname are left out, since in the news they are other people.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from searchidx.names import name_terms
from searchidx.names.generate.likeness import differ_in_consonant, likeness
from searchidx.names.generate.pack import Group
from searchidx.names.generate.words import is_english_word, is_foreign_word, is_in_use

SOURCE = "Wikidata name parts"
_FRAME = b"\x28\xb5\x2f\xfd"  # how data compressed by zstd begins
_LINE = re.compile(r"^(?P<names>[^\n=]+) => Q\d+", re.MULTILINE)
_KEPT_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "GEORGIAN", "ARMENIAN", "HEBREW", "ARABIC")
_FEMININE = (
    "ova",
    "owa",
    "ová",
    "ówna",
    "eva",
    "ewa",
    "evá",
    "skaya",
    "skaja",
    "ska",
    "ská",
    "ina",
    "owna",
    "anka",
    "yna",
)
_MASCULINE = re.compile("(?:ov|ow|off|ev|ew|eff|ski|sky|skij|skiy|cki|in|ec|y|ý)$")
MIN_LETTERS = 3
# Below it two spellings of one item are a translation or a pet name: Ivan/John .29, Volodymyr/Volodya .59.
MIN_LIKENESS = 0.62
MAX_NAMES = 40


def groups() -> Iterator[Group]:
    """Yield the spellings of each name, in a fixed order."""
    clusters = {cluster for names in _sets(_text()) for cluster in _clusters(names)}
    holding: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for cluster in clusters:
        for name in cluster:
            holding[name].add(cluster)
    for cluster in sorted(clusters):
        # A set that lies within another one says nothing more.
        if not any(set(cluster) < set(other) for other in holding[cluster[0]]):
            yield Group(cluster, SOURCE)


def _text() -> str:
    spec = find_spec("rigour")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("rigour is needed: pip install -e '.[names-data]'")
    folder = Path(next(iter(spec.submodule_search_locations)))
    zstandard = import_module("zstandard")
    for library in sorted(folder.glob("_core*")):
        data = library.read_bytes() if library.suffix != ".pyi" else b""
        for found in re.finditer(re.escape(_FRAME), data):
            try:
                text = zstandard.ZstdDecompressor().decompressobj().decompress(data[found.start() :]).decode()
            except (zstandard.ZstdError, UnicodeDecodeError):
                continue  # the four bytes happen to stand there
            if _LINE.match(text):
                return str(text)
    raise ValueError(f"no names were found in rigour in {folder}; the version in pyproject.toml has them")


def _sets(text: str) -> Iterator[list[str]]:
    for line in _LINE.finditer(text):
        names = [name.strip() for name in line["names"].split(",")]
        yield [name for name in names if _is_usable(name)]


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ")[0]


def _is_usable(name: str) -> bool:
    letters = [letter for letter in name if letter.isalpha()]
    if len(letters) < MIN_LETTERS or " " in name or "." in name:
        return False
    return len(scripts := {_script(letter) for letter in letters}) == 1 and scripts <= set(_KEPT_SCRIPTS)


def _clusters(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Part the spellings of a set by sound; yield those clusters that hold two terms or more."""
    rest = _without_feminine(names)
    while len(rest) > 1:
        middle = max(rest, key=lambda name: (sum(likeness(name, other) for other in rest), name))
        cluster = [name for name in rest if name == middle or likeness(name, middle) >= MIN_LIKENESS]
        terms = _terms(cluster)
        is_borne_out = len(terms) != 2 or not _are_rivals(*terms)
        if len(terms) > 1 and is_borne_out and any(map(is_in_use, terms)):
            yield terms[:MAX_NAMES]
        rest = [name for name in rest if name not in cluster]


def _are_rivals(one: str, other: str) -> bool:
    """Tell whether nothing but one item says that two spellings are one name: Milan, Miran.

    With a third spelling, or in two scripts, a consonant may be what romanisations make of one letter.
    """
    is_latin = _script(one[0]) == _script(other[0]) == "LATIN"
    return is_latin and differ_in_consonant(one, other)


def _without_feminine(names: Sequence[str]) -> list[str]:
    """Leave out Kowalska where Kowalski stands, which are two people."""
    if not any(_MASCULINE.search(name) for name in names):
        return list(names)
    return [name for name in names if not name.endswith(_FEMININE)]


def _terms(names: Iterable[str]) -> tuple[str, ...]:
    found = {" ".join(name_terms(name)) for name in names}
    return tuple(
        sorted(
            term
            for term in found
            if len(term) >= MIN_LETTERS
            and " " not in term
            and not is_english_word(term)
            and not is_foreign_word(term)
        )
    )
