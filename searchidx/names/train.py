"""Learn what the verifier knows, and write ``data/model.json``.

    pip install -e '.[train]'
    python -m searchidx.names.train [--without ENTITIES.jsonl …] [--tables]

Positive pairs are spellings of one name part (Wikidata, through rigour) that share a loose key; negative
pairs are the nearest spellings of different name parts in one bucket, none of which has a spelling in
common. The pairs are aligned with the weights so far, a logistic regression over the operations gives the
next weights, and so on for some rounds. ``--without`` leaves out every name part that shares a spelling
with an entity of a file, so that figures on that file mean something. ``--tables`` only compiles the
TOML files into the model again.
"""

import argparse
import json
import random
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from searchidx.analysis import fold
from searchidx.names.keys import loose_keys
from searchidx.names.model import FILE, written
from searchidx.names.sources import spelling_sets
from searchidx.names.units import code_of, spelling, units_of
from searchidx.names.verifier import (
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


def names_of(left_out: frozenset[str]) -> dict[str, list[Name]]:
    """Give the spellings of each name part, those of entities to be judged by left out."""
    found: dict[str, list[Name]] = {}
    for item, spellings in spelling_sets().items():
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


def align(weights: Weights, one: str, other: str) -> list[Op]:
    """Give the operations of the best way from one row of units to the other."""
    rows, columns = len(one), len(other)
    gaps, others = weights.gaps(one), weights.gaps(other)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    came = [[""] * (columns + 1) for _ in range(rows + 1)]
    for n in range(columns):
        best[0][n + 1], came[0][n + 1] = best[0][n] + others[n], "<"
    for at in range(rows):
        best[at + 1][0], came[at + 1][0] = best[at][0] + gaps[at], "^"
        row = weights.row(one[at])
        for n in range(columns):
            place = op_place(at, n, rows, columns)
            weight = row[other[n]] if place == "M" else weights.edge(one[at], other[n], place)
            best[at + 1][n + 1], came[at + 1][n + 1] = max(
                (best[at][n] + weight, "x"),
                (best[at][n + 1] + gaps[at], "^"),
                (best[at + 1][n] + others[n], "<"),
            )
    ops = []
    at, n = rows, columns
    while at or n:
        match came[at][n]:
            case "x":
                at, n = at - 1, n - 1
                ops.append(Op(one[at], other[n], op_place(at, n, rows, columns), ""))
            case "^":
                at -= 1
                ops.append(Op(one[at], "", place_of(at, rows), kind_before(one, at)))
            case _:
                n -= 1
                ops.append(Op(other[n], "", place_of(n, columns), kind_before(other, n)))
    return ops


def op_place(at: int, n: int, rows: int, columns: int) -> str:
    """Say where two units stand for each other, as ``Weights.score`` sees it."""
    if at == n == 0:
        return "I"
    return "F" if (at, n) == (rows - 1, columns - 1) else "M"


def fit(pairs: Sequence[Pair], weights: Weights) -> dict[str, float]:
    """Give the next weights: a logistic regression over the operations of the best alignments."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    numbers: dict[str, int] = {}
    data, columns, ends = [], [], [0]
    for pair in pairs:
        length = min(len(pair.one.units), len(pair.other.units), MAX_LENGTH)
        counts = Counter(f for op in align(weights, pair.one.units, pair.other.units) for f in features(op))
        counts[f"#{length}"] += 1
        for feature, count in counts.items():
            columns.append(numbers.setdefault(feature, len(numbers)))
            data.append(count)
        ends.append(len(columns))
    matrix = csr_matrix((data, columns, ends), dtype="float32")
    regression = LogisticRegression(C=STRENGTH, max_iter=300, solver="liblinear")
    regression.fit(matrix, [pair.is_same for pair in pairs])
    found = {"#": float(regression.intercept_[0])}
    for feature, number in numbers.items():
        weight = float(regression.coef_[0][number])
        if abs(weight) >= SMALLEST:
            found[feature] = round(weight, 3)
    return found


def learn(pairs: Iterable[Pair]) -> dict[str, dict[str, float]]:
    """Learn the weights of each mode."""
    by_mode: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_mode[mode_of(pair.one.code, pair.other.code)].append(pair)
    found = {}
    for mode in MODES:
        known = first_weights()
        same = sum(pair.is_same for pair in by_mode[mode])
        for turn in range(ROUNDS):
            known = fit(by_mode[mode], Weights(known))
            print(f"mode {mode}, round {turn}: {same} of {len(by_mode[mode])} pairs, {len(known)} weights")
        found[mode] = known
    return found


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
    if not options.tables:
        dice = random.Random(0)  # noqa: S311  # the same pairs every time
        items = names_of(judged(options.without))
        same = list(positives(items, dice))
        pairs = [*same, *negatives(items, dice), *mutants(same, dice)]
        model["weights"] = learn(pairs)
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
