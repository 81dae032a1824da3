"""Measure finding the spellings of a name: how long it takes, and how well it goes beside phonetic encoders.

    python benchmarks/names.py [--terms 50000] [--queries 400] [--entities E.jsonl --negatives N.jsonl]

Needs ``pip install -e '.[train]'``, and ``metaphone`` and ``pyicu`` (extra ``bench``) for two of the peers.
--write-docs puts the table of peers into docs/names.md. The table of names is filled with the commonest
spellings of name parts (searchidx.names.sources), which lie denser than those of a newspaper, and beyond them
with spellings in which a letter was changed; names are then asked for by lot. Reported: the time of building
the table for each term, and of one expansion, as median and 95th percentile of processor time.

With --entities ({"source", "variants"} a line) and --negatives ({"a", "b"} a line): the share of pairs of
one-word spellings of one entity that each matcher takes for one name, and of pairs of negatives. Pairs are
taken one by one, without an index, neighbours and ordinary words, so the figures are not those of a search.

How it can be wrong: other work on the machine; a table in memory, not on a cold disk. Prints one JSON line.
"""

import argparse
import json
import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

import jellyfish
from children import ROOT, write_docs

from searchidx.analysis import fold
from searchidx.names import finder
from searchidx.names.evidence import NameFacts, Spelled, base_spelling
from searchidx.names.sources import spelling_sets
from searchidx.names.table import entries_of
from searchidx.names.units import script_of
from searchidx.store.names import SCHEMA, NamesReader, NamesWriter

DOCUMENT = ROOT / "docs" / "names.md"
Matcher = Callable[[str, str], bool]


def spelled_names(count: int) -> list[str]:
    """Give spellings of name parts by lot, in scripts that are read; beyond those, with a letter changed."""
    every = sorted({name for names in spelling_sets().values() for name in names if script_of(name[0])})
    words = [name for name in every if name.isalpha() and len(name) > 2]
    dice = random.Random(1)
    found = dict.fromkeys(dice.sample(words, min(count, len(words))))
    while len(found) < count:  # a letter of one name in place of one of another of its script
        name, other = dice.choice(words), dice.choice(words)
        letter = dice.choice(other)
        if script_of(letter.lower()) == script_of(name[-1].lower()):
            at = dice.randrange(1, len(name))
            found[name[:at] + letter.lower() + name[at + dice.randrange(2) :]] = None
    return list(found)


def fill(names: Iterable[str], database: sqlite3.Connection) -> float:
    """Fill the table; give the seconds of processor time."""
    for statement in filter(str.strip, SCHEMA.split(";")):
        database.execute(statement)
    facts = NameFacts()
    for name in names:
        facts.inside.append(Spelled(fold(name), base_spelling(name, fold(name))))
    began = time.process_time()
    writer = NamesWriter(database)
    writer.add(facts)
    writer.finish()
    return time.process_time() - began


def expansion_ms(names: Iterable[str], database: sqlite3.Connection) -> list[float]:
    """Give the milliseconds of each expansion."""
    reader = NamesReader(lambda query, values: database.execute(query, values).fetchall())
    took = []
    for name in names:
        began = time.process_time()
        finder.spellings([name.capitalize()], reader)
        took.append(1000 * (time.process_time() - began))
    return took


def ours(one: str, other: str) -> bool:
    """Match as the finder does."""
    asked = finder.Asked(fold(one), entries_of(fold(one), base_spelling(one, fold(one))))
    entries = entries_of(fold(other), base_spelling(other, fold(other)))
    return fold(one) == fold(other) or any(finder.likeness(asked, entry, 0.0)[0] >= 0 for entry in entries)


def by_key(key: Callable[[str], str]) -> Matcher:
    """Match where two keys are equal; what has no key matches nothing."""
    return lambda one, other: bool(key(fold(one))) and key(fold(one)) == key(fold(other))


def by_any_key(keys: Callable[[str], tuple[str, ...]]) -> Matcher:
    """Match where two names share a key."""
    return lambda one, other: not {*filter(None, keys(fold(one)))}.isdisjoint(keys(fold(other)))


def peers() -> dict[str, Matcher]:
    """Give the matchers to compare with; of the extras those that are installed.

    ICU turns any script into Latin letters; the phonetic keys know Latin letters only and get what it gives.
    """
    found: dict[str, Matcher] = {"fold": by_key(str)}
    romanised: Callable[[str], str] = str
    try:
        import icu

        latin = icu.Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")
        romanised = latin.transliterate
        found["ICU Any-Latin"] = by_key(romanised)
    except ImportError:
        pass
    for name, encode in (
        ("soundex", jellyfish.soundex),
        ("metaphone", jellyfish.metaphone),
        ("nysiis", jellyfish.nysiis),
        ("match rating", jellyfish.match_rating_codex),
    ):
        found[name] = by_key(lambda word, encode=encode: encode(letters(romanised(word))))
    try:
        from metaphone import doublemetaphone

        found["double metaphone"] = by_any_key(lambda word: doublemetaphone(letters(romanised(word))))
    except ImportError:
        pass
    return found | {"searchidx": ours}


def letters(word: str) -> str:
    """Keep the letters that the encoders know."""
    return "".join(letter for letter in word if letter.isascii() and letter.isalpha())


MATCHERS = peers()


def shares(entities: Path, negatives: Path) -> dict[str, dict[str, float]]:
    """Give recall and false matches of each matcher on words."""
    rows = [json.loads(line) for line in entities.read_text("utf-8").splitlines()]
    same = [
        pair for row in rows
        for pair in list(combinations([name for name in row["variants"] if name.isalpha()], 2))[:24]
        if fold(pair[0]) != fold(pair[1])
    ]  # fmt: skip
    rows = [json.loads(line) for line in negatives.read_text("utf-8").splitlines()]
    apart = [(row["a"], row["b"]) for row in rows if row["a"].isalpha() and row["b"].isalpha()]
    return {
        name: {
            "recall": round(statistics.fmean(matcher(*pair) for pair in same), 3),
            "false_match": round(statistics.fmean(matcher(*pair) for pair in apart), 4),
        }
        for name, matcher in MATCHERS.items()
    }


def table(figures: dict[str, dict[str, float]]) -> str:
    """Write the matchers as a table."""
    rows = [f"| {name} | {one['recall']:.3f} | {one['false_match']:.4f} |" for name, one in figures.items()]
    return "\n".join(("| matcher | same name found | other name matched |", "| --- | ---: | ---: |", *rows))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--terms", type=int, default=50_000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--entities", type=Path)
    parser.add_argument("--negatives", type=Path)
    parser.add_argument(
        "--write-docs", action="store_true", help="put the matchers into docs/names.md, and do nothing else"
    )
    options = parser.parse_args()
    if options.write_docs:
        if not (options.entities and options.negatives):
            parser.error("--write-docs needs --entities and --negatives")
        write_docs("names.py", table(shares(options.entities, options.negatives)), document=DOCUMENT)
        return
    names = spelled_names(options.terms)
    database = sqlite3.connect(":memory:")
    build_s = fill(names, database)
    asked = random.Random(2).sample(names, min(options.queries, len(names)))
    expansion_ms(asked[:20], database)  # weights and memo tables are read at the first name
    took = statistics.quantiles(expansion_ms(asked, database), n=100)
    figures: dict[str, object] = {
        "terms": len(names),
        "build_us_per_term": round(1e6 * build_s / len(names), 1),
        "expansion_p50_ms": round(took[49], 3),
        "expansion_p95_ms": round(took[94], 3),
    }
    if options.entities and options.negatives:
        figures |= shares(options.entities, options.negatives)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
