"""Learn the model that tells article from chrome on pages, from pages with a gold text.

    python -m searchidx.clean.train_html FOLDER ... [--folds 5] [--write]

Each folder holds html/<id>.html and gold.jsonl (id, site, body). The figures printed are held out: the
sites are split in folds, and no page is judged by a model that has seen its site. With --write the
model learned from all pages replaces html_model.json. Needs the extra ``train``; nothing else does.
"""

import argparse
import json
import random
import re
import statistics
import sys
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from searchidx.clean.html_blocks import Block
from searchidx.clean.html_features import NAMES
from searchidx.clean.html_model import build_model
from searchidx.clean.html_page import parse, read_page
from searchidx.clean.html_text import choose_blocks, write_text

WORD = re.compile(r"\w+")
SHINGLE = 4
MODEL = Path(__file__).with_name("html_model.json")
# Swept on held-out sites, .3 to .5 points of F1 either way: 60 to 250 trees of 8 to 31 leaves.
TREES, LEAVES, RATE = 90, 15, 0.13
FEATURES = 110  # those that a first model gains most by; with 70 F1 falls by .001, with 160 it stays
# News is what the program is for; the sets of news are small, so their pages count more.
SMALL_SET, SMALL_SET_WEIGHT = 300, 2.5
Words = list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A page with its gold text and, for each block, the share of its words that belong to it."""

    folder: str
    site: str
    gold: str
    blocks: Sequence[Block]
    rows: Any  # an array of NumPy: as lists, the numbers of all pages would take gigabytes
    shares: tuple[float, ...]


def main() -> None:
    """Read the arguments, learn, and print what was found."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("folders", type=Path, nargs="+")
    options.add_argument("--folds", type=int, default=5)
    options.add_argument("--write", action="store_true")
    arguments = options.parse_args()
    examples = [example for folder in arguments.folders for example in read_examples(folder)]
    columns = choose_features(examples)
    if arguments.folds > 1:
        print(json.dumps(cross_validate(examples, columns, arguments.folds), indent=1))  # noqa: T201
    if arguments.write:
        MODEL.write_text(
            json.dumps(export(learn(examples, columns), columns), separators=(",", ":")) + "\n", "utf-8"
        )


def read_examples(folder: Path) -> Iterator[Example]:
    """Read the pages of a folder and label their blocks."""
    import numpy

    for line in (folder / "gold.jsonl").read_text("utf-8").split("\n"):
        if not line:
            continue
        gold = json.loads(line)
        page = (folder / "html" / f"{gold['id']}.html").read_text("utf-8", errors="replace")
        tree = parse(page)
        if tree is None:
            continue
        reading = read_page(tree)
        rows = numpy.array(reading.rows).reshape(len(reading.blocks), len(NAMES))
        shares = label([block.text for block in reading.blocks], gold["body"])
        yield Example(
            folder=folder.name,
            site=gold["site"],
            gold=gold["body"],
            blocks=reading.blocks,
            rows=rows,
            shares=shares,
        )


# ---- labels ------------------------------------------------------------------------------------------------

LONG = 6  # words from which a block can be found by its shingles
NEARBY = 40  # words of the gold text beside a neighbour, among which a short block must stand
MIN_SHARE = 0.3
CONTENT = 0.5


def label(texts: Sequence[str], gold: str) -> tuple[float, ...]:
    """Give the share of each block that belongs to the gold text, in its order.

    Long blocks are found by their shingles; of several copies the one counts that keeps the order.
    Short ones, which may stand anywhere, must stand between their neighbours in the gold text too.
    """
    gold_words = WORD.findall(gold)
    words = [WORD.findall(text) for text in texts]
    placed = _place_long(words, gold_words)
    shares = [placed[number][2] if number in placed else 0.0 for number in range(len(words))]
    covered = bytearray(len(gold_words))
    for begin, end, _ in placed.values():
        covered[begin:end] = b"\1" * (min(end, len(covered)) - begin)
    order = sorted(placed)
    for number, some in enumerate(words):
        if number in placed or not 0 < len(some) < LONG:
            continue
        at = bisect(order, number)
        low = max(0, placed[order[at - 1]][1] - 3) if at else 0
        high = min(len(gold_words), placed[order[at]][0] + 3) if at < len(order) else len(gold_words)
        for begin in _starts(low, high, len(some)):
            end = begin + len(some)
            if gold_words[begin:end] == some and not any(covered[begin:end]):
                shares[number] = 1.0
                covered[begin:end] = b"\1" * len(some)
                break
    return tuple(shares)


def _starts(low: int, high: int, size: int) -> Iterator[int]:
    last = high - size
    if high - low <= 2 * NEARBY:
        yield from range(low, last + 1)
    else:
        yield from range(low, low + NEARBY)
        yield from range(last - NEARBY, last + 1)


def _place_long(words: Sequence[Words], gold: Words) -> dict[int, tuple[int, int, float]]:
    """Find the long blocks in the gold text: begin, end and share, by the number of the block."""
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(gold) - SHINGLE + 1):
        places.setdefault(tuple(gold[at : at + SHINGLE]), []).append(at)
    found: list[tuple[int, int, int, float]] = []
    for number, some in enumerate(words):
        grams = (
            [tuple(some[at : at + SHINGLE]) for at in range(len(some) - SHINGLE + 1)]
            if len(some) >= LONG
            else []
        )
        hits = [gram for gram in grams if gram in places]
        if grams and len(hits) >= MIN_SHARE * len(grams):
            found += [
                (number, at, min(at + len(some), len(gold)), len(hits) / len(grams))
                for at in places[hits[0]][:3]
            ]
    chain = _best_chain(found)
    placed = {number: (begin, end, share) for number, begin, end, share in chain}
    covered = bytearray(len(gold))
    for begin, end, _ in placed.values():
        covered[begin:end] = b"\1" * (end - begin)
    for number, begin, end, share in sorted(found, key=lambda one: (one[1] - one[2]) * one[3]):
        # Text that the page has in another order than the gold is content all the same.
        if number not in placed and sum(covered[begin:end]) < MIN_SHARE * (end - begin):
            placed[number] = (begin, end, share)
            covered[begin:end] = b"\1" * (end - begin)
    return placed


def _best_chain(found: Sequence[tuple[int, int, int, float]]) -> list[tuple[int, int, int, float]]:
    """Give the heaviest run of places that grows in both page and gold."""
    found = sorted(found)
    best: list[float] = []
    previous: list[int] = []
    for at, (number, begin, end, share) in enumerate(found):
        weight, link = 0.0, -1
        for other in range(at):
            if found[other][0] < number and found[other][2] <= begin + 4 and best[other] > weight:
                weight, link = best[other], other
        best.append(weight + share * (end - begin))
        previous.append(link)
    chain = []
    at = max(range(len(best)), key=best.__getitem__, default=-1)
    while at >= 0:
        chain.append(found[at])
        at = previous[at]
    return chain


# ---- learning ----------------------------------------------------------------------------------------------


def learn(examples: Sequence[Example], columns: Sequence[int]) -> Any:
    """Learn a sum of small trees."""
    import lightgbm
    import numpy

    rows = numpy.vstack([one.rows[:, list(columns)] for one in examples])
    truth = numpy.array([share >= CONTENT for one in examples for share in one.shares], dtype=int)
    sizes = Counter(one.folder for one in examples)
    weights = numpy.concatenate(
        [_weigh(one) * (SMALL_SET_WEIGHT if sizes[one.folder] < SMALL_SET else 1.0) for one in examples]
    )
    settings = {
        "objective": "binary", "num_leaves": LEAVES, "learning_rate": RATE, "min_data_in_leaf": 40,
        "max_bin": 63,
        "feature_fraction": 0.4, "bagging_fraction": 0.6, "bagging_freq": 1, "lambda_l2": 5.0, "seed": 1,
        "deterministic": True, "force_row_wise": True, "verbose": -1, "num_threads": 2,
    }  # fmt: skip
    return lightgbm.train(settings, lightgbm.Dataset(rows, truth, weight=weights), TREES)


def _weigh(example: Example) -> Any:
    """Let long blocks count more than short ones, and pages of many blocks not much more than others."""
    import numpy

    words = numpy.array([len(WORD.findall(block.text)) for block in example.blocks], dtype=float)
    return numpy.clip(numpy.log1p(words) / 2, 0.5, 2.5) / numpy.sqrt(max(1, len(words))) * 10


def choose_features(examples: Sequence[Example]) -> list[int]:
    """Give the numbers of the features worth asking for."""
    gains = learn(examples, range(len(NAMES))).feature_importance("gain")
    return sorted(sorted(range(len(NAMES)), key=lambda at: -gains[at])[:FEATURES])


def export(booster: Any, columns: Sequence[int]) -> dict[str, Any]:
    """Give a booster as the JSON that ``html_model`` reads."""

    def shorten(node: dict[str, Any]) -> Any:
        if "leaf_value" in node:
            return round(node["leaf_value"], 4)
        return [
            node["split_feature"],
            float(f"{node['threshold']:.6g}"),
            shorten(node["left_child"]),
            shorten(node["right_child"]),
        ]

    trees = [shorten(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    return {"features": [NAMES[at] for at in columns], "start": 0.0, "trees": trees}


# ---- judging -----------------------------------------------------------------------------------------------


def cross_validate(
    examples: Sequence[Example], columns: Sequence[int], folds: int
) -> dict[str, dict[str, float]]:
    """Judge each page by a model that has not seen its site; give precision, recall and F1 by folder."""
    sites = sorted({one.site for one in examples})
    random.Random(0).shuffle(sites)  # noqa: S311
    fold_of = {site: number % folds for number, site in enumerate(sites)}
    judged: dict[str, list[tuple[float | None, float]]] = {}
    for fold in range(folds):
        booster = learn([one for one in examples if fold_of[one.site] != fold], columns)
        model = build_model(export(booster, columns))
        for one in examples:
            if fold_of[one.site] == fold:
                rows = one.rows.tolist()
                likely = [model.score(row) for row in rows]
                text = write_text(choose_blocks(one.blocks, rows, likely))
                judged.setdefault(one.folder, []).append(_judge(one.gold, text))
        print(f"fold {fold + 1} of {folds}", file=sys.stderr)  # noqa: T201
    return {folder: _sum_up(pages) for folder, pages in judged.items()}


def _judge(gold: str, text: str) -> tuple[float | None, float]:
    wanted, found = _shingles(gold), _shingles(text)
    shared = (wanted & found).total()
    return (shared / found.total() if found else None), (shared / wanted.total() if wanted else 1.0)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    return (
        Counter(tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))
        if words
        else Counter()
    )


def _sum_up(pages: Sequence[tuple[float | None, float]]) -> dict[str, float]:
    precision = statistics.fmean([one for one, _ in pages if one is not None])
    recall = statistics.fmean([one for _, one in pages])
    f1 = 2 * precision * recall / (precision + recall)
    return {
        "pages": len(pages),
        "f1": round(f1, 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
    }


if __name__ == "__main__":
    main()
