"""Make the list of ordinary words that are not taken for names: searchidx/names/data/common_words.txt.

    apt-get install scowl; pip install -e '.[train]'
    python tools/make_common_words.py [--scowl /usr/share/dict/scowl]

English: the lower-case words and abbreviations of SCOWL up to size 70 that wordfreq has seen in use.
Other languages: the commonest words of wordfreq, without those that are also names of people or places,
unless it is among the very commonest and far commoner in that language than in others of the same script
(so that German *der* stays a word, though some are named so). Notices of SCOWL and wordfreq: in NOTICE.
"""

import argparse
import re
from pathlib import Path

from searchidx.analysis import fold
from searchidx.names.sources import place_names, spelling_sets

OUT = Path("searchidx/names/data/common_words.txt")
SCOWL_SIZE = 70  # 80 adds berlin (a carriage) and russia (leather), and no word that newspapers print
SCOWL_LISTS = re.compile(
    r"(?:english|american|british|british_z|canadian|australian|variant_\d|british_variant_\d)"
    r"-(?:words|abbreviations)\.(\d+)"
)
LATIN = (
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "cs",
    "tr",
    "ro",
    "sv",
    "nb",
    "da",
    "fi",
    "hu",
    "lt",
    "lv",
    "sl",
    "ca",
    "id",
)
OTHERS = ("ru", "uk", "bg", "mk", "el", "he", "ar", "fa")
COMMONEST = 4_000
# So many times commoner here than anywhere else: a word of the language, though somebody bears it as a name.
TOP, PREFERRED = 300, 8.0
MIN_CHARS = 3
SLAVIC_ENDING = re.compile(r"(?:ого|ому|ой|ий|ый|им|ым|ом|ем|ою|ею|ах|ям|ами|[аеиіоуюяыьй])$")


def english(folder: Path) -> set[str]:
    """Give the ordinary words of English."""
    from wordfreq import get_frequency_dict

    seen = get_frequency_dict("en", "large")
    words: set[str] = set()
    for file in sorted(folder.iterdir()):
        if (match := SCOWL_LISTS.fullmatch(file.name)) and int(match[1]) <= SCOWL_SIZE:
            words.update(re.findall(r"^[a-z]+$", file.read_text("latin-1"), re.MULTILINE))
    return {word for word in words if word in seen}


def foreign(languages: tuple[str, ...], people: set[str], places: set[str]) -> set[str]:
    """Give the commonest words of some languages of one script, names left out."""
    from wordfreq import get_frequency_dict, top_n_list

    tables = {language: get_frequency_dict(language, "best") for language in [*languages, "en"]}
    words: set[str] = set()
    for language in languages:
        for rank, word in enumerate(top_n_list(language, COMMONEST)):
            here = tables[language][word]
            there = max(table.get(word, 0.0) for other, table in tables.items() if other != language)
            term = fold(word)
            core = core_of(term)
            if term in places or core in places:
                continue
            if (term in people or core in people) and not (rank < TOP and here > PREFERRED * there > 0):
                continue
            words.add(word)
    return words


def core_of(term: str) -> str:
    """Take the case ending off a Cyrillic word of some length; others stay whole.

    >>> core_of("киева"), core_of("paris")
    ('киев', 'paris')
    """
    if not "\u0400" <= term[:1] <= "\u04ff":
        return term
    core = SLAVIC_ENDING.sub("", term)
    return core if len(core) > MIN_CHARS else term


def main() -> None:
    """Read the arguments, write the list."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scowl", type=Path, default=Path("/usr/share/dict/scowl"))
    options = parser.parse_args()
    people = {fold(name) for spellings in spelling_sets().values() for name in spellings}
    # Of a name of several words none is a name by itself: New York, Den Haag.
    places = {fold(name) for name in place_names() if " " not in name}
    people |= {core_of(name) for name in people}
    places |= {core_of(name) for name in places}
    words = english(options.scowl) | foreign(LATIN, people, places) | foreign(OTHERS, people, places)
    kept = {term for word in words if len(term := fold(word)) >= MIN_CHARS and term.isalpha()}
    OUT.write_bytes(b"\n".join(sorted(term.encode() for term in kept)) + b"\n")
    print(f"{len(kept):,} words, {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
