"""Learn what the verifier knows, and write ``data/model.json``.

    pip install -e '.[train]'
    python -m searchidx.names.train [--without ENTITIES.jsonl …] [--tables]

Positive pairs are spellings of one name part (Wikidata, through rigour) that share a loose key; negative
pairs are the nearest spellings of different name parts in one bucket, none of which has a spelling in
common. The pairs are aligned with the weights so far, a logistic regression over the operations gives the
next weights, and so on for some rounds. The second look (``changes``) learns from places as well.
``--without`` leaves out every name part that shares a spelling with an entity of a file, so that figures on
that file mean something. ``--tables`` only compiles the TOML files into the model again.
"""

import argparse
import json
import random
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from searchidx.analysis import fold
from searchidx.names.changes import best_way, changes
from searchidx.names.given import compiled
from searchidx.names.keys import loose_keys
from searchidx.names.model import FILE, written
from searchidx.names.sources import place_sets, spelling_sets
from searchidx.names.units import code_of, spelling, units_of
from searchidx.names.verifier import (
    LATIN,
    MAX_LENGTH,
    MODES,
    Op,
    Weights,
    features,
    kind_before,
    mode_of,
    place_of,
)

DATA = FILE.parent
ROUNDS = 2
PAIRS_OF_ITEM = 5
NEGATIVES_OF_NAME = 2
MUTANTS_OF_PAIR = 2
SMALLEST = 0.02  # weights nearer to nothing are dropped
STRENGTH = 0.5  # C of the regression
# Of the second look: fewer and smaller weights did as well on spellings that were held out.
SECOND_STRENGTH, SECOND_SMALLEST, SECOND_LEAST = 0.05, 0.1, 20
# Where to start: what is kept is good, vowels and glides change easily, the rest hardly.
FIRST = {"=": 1.0, "#": -3.0} | {
    f"{kind}{pair}": weight
    for kind, pair, weight in (
        ("~~", "vv", -1.0), ("~~", "vy", -0.5), ("~~", "yy", -0.2), ("--", "v", -1.0), ("--", "y", -0.5),
        ("--", "h", -1.0), ("~~", "Kh", -0.5),
    )
}  # fmt: skip
KINDS = "SKPTVLMNRhvy"
ALPHABETS = (
    ("aeiouy", "bcdfghjklmnpqrstvwxz"),
    ("аеиоуыіюяэ", "бвгджзйклмнпрстфхцчшщ"),
    ("αεηιουω", "βγδζθκλμνξπρστφχψ"),
    ("აეიოუ", "ბგდვზთკლმნპჟრსტფქღყშჩცძწჭხჯჰ"),
    ("աեէիոօ", "բգդզթժլխծկհձղճմյնշչպջռսվտրցփքֆ"),
    ("אוי", "בגדהזחטכלמנספצקרשת"),
    ("اويی", "بپتجچحخدرزسشصطغفقكکگلمنه"),
)


class Name(NamedTuple):
    """A spelling ready to be compared."""

    text: str
    item: str
    units: str
    code: str


class Pair(NamedTuple):
    """Two spellings, and whether they are of one name."""

    one: Name
    other: Name
    is_same: bool


def first_weights() -> dict[str, float]:
    """Give the weights to start with."""
    known = dict(FIRST)
    for one, other in combinations(sorted(KINDS), 2):
        known.setdefault(f"~~{one}{other}", -3.0)
    for kind in KINDS:
        known.setdefault(f"~~{kind}{kind}", -0.5)
        known.setdefault(f"--{kind}", -2.5)
    return known


def tables() -> dict[str, Any]:
    """Compile the TOML files that people edit."""
    scripts = tomllib.loads((DATA / "scripts.toml").read_text("utf-8"))["script"]
    cases = tomllib.loads((DATA / "inflection.toml").read_text("utf-8"))["ending"]
    syllables = tomllib.loads((DATA / "syllables.toml").read_text("utf-8"))
    return {
        "syllables": [
            sorted(
                {"".join((a, b)) for a in ("", *kind["initials"]) for b in kind["finals"]} | {*kind["whole"]}
            )
            for kind in syllables.values()
        ],
        "scripts": {
            script["name"]: {
                "letters": script["letters"],
                "groups": script["groups"],
                "consonantal": script.get("consonantal", False),
            }
            for script in scripts
        },
        "endings": {
            ending: [rule for case in cases if ending in case["endings"] for rule in case["instead"]]
            for ending in sorted({ending for case in cases for ending in case["endings"]})
        },
    }


def usable(word: str) -> bool:
    """Tell whether a spelling is one word of letters."""
    return " " not in word and "-" not in word and 3 <= len(word) <= 20 and word.replace("'", "").isalpha()


def pairs_of(items: dict[str, list[Name]], dice: random.Random) -> list[Pair]:
    """Give pairs of one name and of two."""
    same = list(positives(items, dice))
    return [*same, *negatives(items, dice), *mutants(same, dice)]


def names_of(sets: Mapping[str, Iterable[str]], left_out: frozenset[str]) -> dict[str, list[Name]]:
    """Give the spellings of each name, those of entities to be judged by left out."""
    found: dict[str, list[Name]] = {}
    for item, spellings in sets.items():
        if any(fold(word) in left_out for word in spellings):
            continue
        names = []
        for word in spellings:
            units, script = units_of(word) if usable(word) else ("", "")
            if units:
                names.append(Name(word, item, units, code_of(word, script)))
        if names:
            found[item] = names
    return found


def positives(items: dict[str, list[Name]], dice: random.Random) -> Iterator[Pair]:
    """Give pairs of spellings of one name that share a key and differ."""
    for names in items.values():
        every = [
            pair for pair in combinations(names, 2)
            if fold(pair[0].text) != fold(pair[1].text) and not is_gender_pair(*pair) and share_key(*pair)
        ]  # fmt: skip
        for one, other in dice.sample(every, min(PAIRS_OF_ITEM, len(every))):
            yield Pair(one, other, True)


def share_key(one: Name, other: Name) -> bool:
    """Tell whether two spellings would be compared at all."""
    return not {*loose_keys(one.units)}.isdisjoint(loose_keys(other.units))


def is_gender_pair(one: Name, other: Name) -> bool:
    """Tell whether one is the other with an a: Kalinin, Kalinina."""
    short, long = sorted((spelling(one.text), spelling(other.text)), key=len)
    return long[:-1] == short and long[-1] in "aа"


def negatives(items: dict[str, list[Name]], dice: random.Random) -> Iterator[Pair]:
    """Give, for names drawn by lot, the nearest names of other items that share a key and no spelling."""
    from rapidfuzz.distance import Levenshtein

    spellings = {item: {fold(name.text) for name in names} for item, names in items.items()}
    units = {item: {name.units for name in names} for item, names in items.items()}
    codes = {item: {name.code for name in names} - {"L", "J"} for item, names in items.items()}
    bearers: defaultdict[str, list[Name]] = defaultdict(list)
    every = [name for names in items.values() for name in names]
    for name in every:
        for key in loose_keys(name.units):
            bearers[key].append(name)
    dice.shuffle(every)
    for name in every[: len(every) // 3]:
        keys = loose_keys(name.units)
        mates = bearers[dice.choice(keys)] if keys else []
        some = dice.sample(mates, min(60, len(mates)))
        near = sorted((Levenshtein.distance(name.units, other.units), n) for n, other in enumerate(some))
        taken = 0
        for _, n in near:
            other = some[n]
            if (
                other.item == name.item
                or not spellings[name.item].isdisjoint(spellings[other.item])
                or not units[name.item].isdisjoint(units[other.item])
                # Only where a third script tells them apart: some items are one name twice.
                or codes[name.item].isdisjoint(codes[other.item])
            ):
                continue
            yield Pair(name, other, False)
            taken += 1
            if taken == NEGATIVES_OF_NAME:
                break


def mutants(pairs: Iterable[Pair], dice: random.Random) -> Iterator[Pair]:
    """Give negatives that nobody bears: a spelling with one letter changed, against itself or its mate."""
    for pair in pairs:
        for _ in range(MUTANTS_OF_PAIR):
            name = mutated(pair.one, dice)
            mate = pair.other if dice.random() < 0.5 else pair.one
            if name and name.units != mate.units and name.units != pair.other.units and share_key(name, mate):
                yield Pair(name, mate, False)


def mutated(name: Name, dice: random.Random) -> Name | None:
    """Change, drop or add a letter by lot; vowels for vowels, consonants for consonants of the script."""
    at = dice.randrange(len(name.text))
    letter = name.text[at]
    for vowels, consonants in ALPHABETS:
        if letter in vowels or letter in consonants:
            other = dice.choice([c for c in (vowels if letter in vowels else consonants) if c != letter])
            word = name.text[:at] + dice.choice((other, other, "", letter + other)) + name.text[at + 1 :]
            units, script = units_of(word)
            return Name(word, "", units, code_of(word, script)) if units else None
    return None


def operations(weights: Weights, one: str, other: str) -> Iterator[Op]:
    """Yield the operations of the best way from one row of units to the other."""
    rows, columns = len(one), len(other)
    at = n = 0
    for unit, mate in best_way(weights, one, other):
        if unit and mate:
            yield Op(unit, mate, op_place(at, n, rows, columns), "")
        elif unit:
            yield Op(unit, "", place_of(at, rows), kind_before(one, at))
        else:
            yield Op(mate, "", place_of(n, columns), kind_before(other, n))
        at, n = at + bool(unit), n + bool(mate)


def op_place(at: int, n: int, rows: int, columns: int) -> str:
    """Say where two units stand for each other, as ``Weights.score`` sees it."""
    if at == n == 0:
        return "I"
    return "F" if (at, n) == (rows - 1, columns - 1) else "M"


def counted(pair: Pair, weights: Weights) -> Counter[str]:
    """Count what the first look weighs."""
    length = min(len(pair.one.units), len(pair.other.units), MAX_LENGTH)
    counts = Counter(f for op in operations(weights, pair.one.units, pair.other.units) for f in features(op))
    counts[f"#{length}"] += 1
    return counts


def fit(rows: Iterable[Mapping[str, float]], same: Sequence[bool], strength: float) -> dict[str, float]:
    """Give the weights of a logistic regression, its constant as "" among them."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    numbers: dict[str, int] = {}
    data, columns, ends = [], [], [0]
    for row in rows:
        for feature, count in row.items():
            columns.append(numbers.setdefault(feature, len(numbers)))
            data.append(count)
        ends.append(len(columns))
    matrix = csr_matrix((data, columns, ends), dtype="float32")
    regression = LogisticRegression(C=strength, max_iter=300, solver="liblinear")
    regression.fit(matrix, same)
    found = {feature: float(regression.coef_[0][number]) for feature, number in numbers.items()}
    return found | {"": float(regression.intercept_[0])}


def kept(found: Mapping[str, float], smallest: float, digits: int) -> dict[str, float]:
    """Leave out the weights that are nearly nothing, but for the constant."""
    return {
        name: round(weight, digits) for name, weight in found.items() if not name or abs(weight) >= smallest
    }


def learn(pairs: Iterable[Pair]) -> dict[str, dict[str, float]]:
    """Learn the weights of each mode."""
    by_mode: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_mode[mode_of(pair.one.code, pair.other.code)].append(pair)
    found = {}
    for mode in MODES:
        known = first_weights()
        truths = [pair.is_same for pair in by_mode[mode]]
        for turn in range(ROUNDS):
            weights = Weights(known)
            found_now = fit((counted(pair, weights) for pair in by_mode[mode]), truths, STRENGTH)
            known = {"#": found_now.pop("")} | kept(found_now, SMALLEST, 3)
            print(f"mode {mode}, round {turn}: {sum(truths)} of {len(truths)} pairs, {len(known)} weights")
        found[mode] = known
    return found


def learn_second(pairs: Iterable[Pair], weights: Weights) -> dict[str, float]:
    """Learn what a second look at Latin pairs goes by, the first score (as "*") among it."""
    latin = [pair for pair in pairs if mode_of(pair.one.code, pair.other.code) == LATIN]
    rows = []
    for pair in latin:
        one, other = pair.one.units, pair.other.units
        rows.append({**Counter(changes(best_way(weights, one, other))), "*": weights.score(one, other)})
    counts = Counter(name for row in rows for name in row)
    often = [{name: row[name] for name in row if counts[name] >= SECOND_LEAST} for row in rows]
    known = kept(fit(often, [pair.is_same for pair in latin], SECOND_STRENGTH), SECOND_SMALLEST, 2)
    print(f"second look: {len(latin)} pairs, {len(known)} weights")
    return known


def main() -> None:
    """Read the arguments, learn, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--without", type=Path, action="append", default=[], metavar="ENTITIES.jsonl")
    parser.add_argument("--tables", action="store_true", help="only compile the TOML files")
    options = parser.parse_args()
    model: dict[str, Any] = json.loads(FILE.read_bytes()) if FILE.exists() else {}
    model |= tables()
    FILE.write_text(written(model), "utf-8")  # what follows reads names by these tables
    model["given"] = compiled(tomllib.loads((DATA / "given_names.toml").read_text("utf-8"))["groups"])
    if not options.tables:
        dice = random.Random(0)  # noqa: S311  # the same pairs every time
        left_out = judged(options.without)
        pairs, places = (pairs_of(names_of(sets, left_out), dice) for sets in (spelling_sets(), place_sets()))
        model["weights"] = learn(pairs)
        model["second"] = learn_second([*pairs, *places], Weights(model["weights"][LATIN]))
    FILE.write_text(written(model), "utf-8")
    print(f"{FILE.name}: {FILE.stat().st_size:,} bytes")


def judged(files: Iterable[Path]) -> frozenset[str]:
    """Give the words of the entities that a file is judged by."""
    found: set[str] = set()
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            names = row.get("variants") or [row.get("a", ""), row.get("b", "")]
            found.update(fold(word) for name in names for word in name.split())
    return frozenset(found)


if __name__ == "__main__":
    main()
