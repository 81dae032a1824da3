"""Read a name as a row of sounds: the same units for all scripts and romanisations.

In: one word as written. Out: a string with a character for each unit. A unit is a sound (``S`` for sh,
``C`` for ch) or, where one letter group stands for different sounds in different languages, that
group: Latin ``ch`` is one unit, Cyrillic ч another, and ``verifier`` knows how cheaply the one stands
for the other. The letters of each script come from ``data/scripts.toml``.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from searchidx.names.model import model
from searchidx.names.syllables import is_syllabic

MAX_CHARS = 32  # of a name; what is longer is no name
MIN_CHARS = 2
VOWELS = frozenset("aeiouyäöüıёûūīYjwWĭ")

_PLAIN = str.maketrans("yYıĭwßČĉš", "iiiivSCCS")

# First and last character of each block that is read, and the script it belongs to.
_BLOCKS = (
    ("a", "z", "Latin"),
    ("\u00df", "\u024f", "Latin"),
    ("\u0250", "\u02af", "Latin"),
    ("\u1e00", "\u1eff", "Latin"),
    ("\u0370", "\u03ff", "Greek"),
    ("\u1f00", "\u1fff", "Greek"),
    ("\u0400", "\u052f", "Cyrillic"),
    ("\u0530", "\u058f", "Armenian"),
    ("\u0590", "\u05ff", "Hebrew"),
    ("\u0600", "\u06ff", "Arabic"),
    ("\u0750", "\u077f", "Arabic"),
    ("\u10a0", "\u10ff", "Georgian"),
)


@dataclass(frozen=True, slots=True)
class Script:
    """How to read one script."""

    name: str
    letters: Mapping[str, str]  # a letter -> its units
    groups: Mapping[str, str]  # letters side by side -> their units
    starts: Mapping[str, int]  # the letter a group begins with -> its longest group
    is_consonantal: bool

    def read(self, word: str) -> str:
        """Give the units of a word of this script."""
        units, at, end = [], 0, len(word)
        letters, groups, starts = self.letters, self.groups, self.starts
        while at < end:
            letter = word[at]
            for size in range(starts.get(letter, 1), 1, -1):
                found = groups.get(word[at : at + size])
                if found is not None:
                    units.append(found)
                    at += size
                    break
            else:
                units.append(letters.get(letter, ""))
                at += 1
        return "".join(units)


@cache
def scripts() -> Mapping[str, Script]:
    """Give the scripts by name."""
    return {name: _script(name, facts) for name, facts in model()["scripts"].items()}


def _script(name: str, facts: Mapping[str, Any]) -> Script:
    starts: dict[str, int] = {}
    for group in facts["groups"]:
        starts[group[0]] = max(starts.get(group[0], 1), len(group))
    return Script(name, facts["letters"], facts["groups"], starts, bool(facts.get("consonantal")))


def script_of(letter: str) -> str:
    """Name the script of a lower-case letter; empty for those that are not read.

    >>> script_of("ж"), script_of("ł"), script_of("中")
    ('Cyrillic', 'Latin', '')
    """
    for first, last, name in _BLOCKS:
        if first <= letter <= last:
            return name
    return ""


def spelling(word: str) -> str:
    """Even out what never makes another spelling: case, composition, kinds of apostrophes.

    >>> spelling("İSTANBUL"), spelling("Çırağan")
    ('istanbul', 'çırağan')
    """
    if word.isascii():
        return word.lower()
    text = unicodedata.normalize("NFC", word).casefold().replace("i\u0307", "i")
    return unicodedata.normalize("NFC", text)


def units_of(word: str) -> tuple[str, str]:
    """Give the units of a word and the script it was read in; both empty where it can't be read.

    Letters of other scripts than that of most letters are left out, diacritics that no script lists too.

    >>> units_of("Щукин")[0], units_of("Shchukin")[0], units_of("字")
    ('Щukin', 'Щukin', ('', ''))
    """
    text = spelling(word)
    if not MIN_CHARS <= len(text) <= MAX_CHARS:
        return "", ""
    name = _main_script(text)
    if not name:
        return "", ""
    script = scripts()[name]
    known = script.letters
    if not all(letter in known for letter in text):
        text = "".join(letter if letter in known else _base(letter) for letter in text)
    return _once(script.read(text)), name


def _main_script(text: str) -> str:
    first = script_of(text[0])
    if first == "Latin" and text.isascii():
        return first
    counts: dict[str, int] = {}
    for letter in text:
        if found := script_of(letter):
            counts[found] = counts.get(found, 0) + 1
    return max(counts, key=lambda script: (counts[script], script == first)) if counts else ""


@cache
def _base(letter: str) -> str:
    """Give a letter without its diacritics; nothing for what is no letter."""
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base != letter and base.isalpha() else (letter if letter in "'׳״" else "")


def _once(units: str) -> str:
    """Write doubled units once."""
    return "".join([unit for at, unit in enumerate(units) if not at or unit != units[at - 1]])


def code_of(word: str, script: str) -> str:
    """Give the letter that tells which weights a name takes: see ``verifier.mode_of``."""
    if script == "Latin":
        return "J" if is_syllabic(spelling(word)) else "L"
    return "A" if script and scripts()[script].is_consonantal else script[:1]


@lru_cache(maxsize=50_000)
def skeleton(units: str) -> str:
    """Even out what all romanisations disagree about: i, y and j sounds, v and w, an ending in -y.

    >>> skeleton("zelenskiy") == skeleton("zelensky"), skeleton("medvedYev") == skeleton("medvedev")
    (True, True)
    """
    found: list[str] = []
    for unit in units.translate(_PLAIN):
        if found and unit == found[-1]:
            continue
        if unit == "e" and found and found[-1] == "i":
            found[-1] = unit  # ie, ye
        else:
            found.append(unit)
    return "".join(found)
