"""Fit both models of ``clean.model`` and tell how they do on sites they have not seen.

In: texts with labels. Out: the facts of ``model.json`` and figures. The first model is fitted in
folds over sites, so that the second learns from scores as they will be on unknown sites; so are the
figures.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from searchidx.clean.context import chrome_share, context_rows, text_line
from searchidx.clean.features import WORD_FEATURES, line_features
from searchidx.clean.model import CERTAIN, HOPELESS, cheapest_path, strictness
from searchidx.clean.train.texts import Text

FOLDS = 4
MIN_SITES, MIN_SITES_WORD = 3, 12  # that must show a feature; words need more, or they tell the site's topics
LOOKS_C, PLACE_C = 0.02, 0.3  # inverse strengths of regularisation, by cross-validation
WORDLESS = 0.3  # the weight of each line a second time, without its words: other languages have others
EVIDENCE_WORDS = 25
RUNS = (1, 1, 1, 2, 3, 5, 8, 12)  # lines of chrome that stay in nearly clean text
Rows = tuple[list[tuple[float, ...]], list[bool], list[float]]
Scorer = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Sample:
    """A text as it is learnt from: some lines, some known to be chrome."""

    text: Text
    places: tuple[int, ...]
    known: frozenset[int]


def fit_looks(texts: Sequence[Text]) -> tuple[dict[str, float], float]:
    """Fit the model of lines by themselves; lines that a site repeats count once, weights summed."""
    rows: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for text in texts:
        share = text.weight / math.sqrt(len(text.plains))
        for plain, label in zip(text.plains, text.labels, strict=True):
            if label != "t":
                rows[text.site, plain][label == "c"] += share * _line_weight(plain)
    vocabulary = _vocabulary(rows)
    indices: list[int] = []
    pointers, labels, weights = [0], [], []
    for (_, plain), both in rows.items():
        found = [(name, vocabulary[name]) for name in line_features(plain) if name in vocabulary]
        wordless = [place for name, place in found if not name.startswith(WORD_FEATURES)]
        for is_content, weight in enumerate(both):
            if weight:
                for places, factor in (([place for _, place in found], 1.0), (wordless, WORDLESS)):
                    indices += places
                    pointers.append(len(indices))
                    labels.append(is_content)
                    weights.append(weight * factor)
    matrix = csr_matrix(
        (np.ones(len(indices)), indices, pointers), shape=(len(pointers) - 1, len(vocabulary))
    )
    scale = len(weights) / sum(weights)
    model = LogisticRegression(C=LOOKS_C, max_iter=200, tol=1e-3)
    model.fit(matrix, np.array(labels), sample_weight=np.array(weights) * scale)
    return {name: float(model.coef_[0][place]) for name, place in vocabulary.items()}, float(
        model.intercept_[0]
    )


def _line_weight(plain: str) -> float:
    return min(2.0, max(0.5, math.log1p(plain.count(" ") + 1) / 2))


def _vocabulary(rows: dict[tuple[str, str], list[float]]) -> dict[str, int]:
    by_site: dict[str, set[str]] = defaultdict(set)
    for site, plain in rows:
        by_site[site].update(line_features(plain))
    sites = Counter(name for names in by_site.values() for name in names)
    enough = (
        name
        for name, count in sites.items()
        if count >= (MIN_SITES_WORD if name.startswith(WORD_FEATURES) else MIN_SITES)
    )
    return {name: place for place, name in enumerate(sorted(enough))}


def scorer(looks: dict[str, float], bias: float) -> Scorer:
    """Give the score of a line under some weights."""
    memo: dict[str, float] = {}

    def score(plain: str) -> float:
        if plain not in memo:
            memo[plain] = bias + sum(looks.get(name, 0.0) for name in line_features(plain))
        return memo[plain]

    return score


def samples(texts: Sequence[Text], chance: random.Random) -> Iterator[Sample]:
    """Give each text as it is, with evidence against its chrome, and nearly clean."""
    repeated = _repeated(texts)
    for text in texts:
        everything = tuple(range(len(text.plains)))
        evidence = repeated.get((text.page, text.variant)) or _made_up_evidence(text, chance)
        if chance.random() < 0.5:
            yield Sample(text, everything, frozenset())
        yield Sample(text, everything, evidence)
        thin = _thinned(text, chance)
        if len(thin) > 2:
            yield Sample(text, thin, evidence if chance.random() < 0.5 else frozenset())


def _repeated(texts: Sequence[Text]) -> dict[tuple[str, str], frozenset[int]]:
    """Find the lines that stand on several pages of a site, flattened by one tool."""
    pages: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for text in texts:
        for plain in text.plains:
            pages[text.site, text.variant, plain].add(text.page)
    return {
        (text.page, text.variant): frozenset(
            at
            for at, plain in enumerate(text.plains)
            if len(pages[text.site, text.variant, plain]) > 1 and plain.count(" ") < EVIDENCE_WORDS
        )
        for text in texts
    }


def _made_up_evidence(text: Text, chance: random.Random) -> frozenset[int]:
    """Pretend that some runs of chrome were seen elsewhere, for sites of one page."""
    share = chance.choice([0.3, 0.6, 0.8])
    found: set[int] = set()
    at = 0
    while at < len(text.plains):
        size = chance.choice([1, 3, 8, 20])
        if chance.random() < share:
            found.update(
                place
                for place in range(at, min(at + size, len(text.plains)))
                if text.labels[place] in "xp" and text.plains[place].count(" ") < EVIDENCE_WORDS
            )
        at += size
    return frozenset(found)


def _thinned(text: Text, chance: random.Random) -> tuple[int, ...]:
    """Keep the article and a few runs of chrome: text as newsrooms store it."""
    chrome = [at for at, label in enumerate(text.labels) if label in "xp"]
    kept: set[int] = set()
    for _ in range(chance.randint(0, 5)):
        if chrome:
            start = chance.randrange(len(chrome))
            kept.update(chrome[start : start + chance.choice(RUNS)])
    return tuple(at for at, label in enumerate(text.labels) if label in "ct" or at in kept)


def rows_of(sample: Sample, score: Scorer) -> tuple[list[float], list[int], list[tuple[float, ...]]]:
    """Give the scores of a sample's lines, the open places among them, and a row for each of those."""
    lines = [text_line(sample.text.plains[at]) for at in sample.places]
    scores = [CERTAIN if at in sample.known else score(sample.text.plains[at]) for at in sample.places]
    open_places = [number for number, value in enumerate(scores) if value > HOPELESS]
    return scores, open_places, context_rows(scores, lines, open_places)


def fit_place(found: Sequence[Sample], score_of: Callable[[str], Scorer]) -> tuple[list[float], float]:
    """Fit the model of lines among others; ``score_of`` gives the scorer that has not seen a site."""
    blocks, labels, weights = [], [], []
    for sample in found:
        _, places, rows = rows_of(sample, score_of(sample.text.site))
        share = sample.text.weight / math.sqrt(len(sample.places))
        own = []
        for number, row in zip(places, rows, strict=True):
            label = sample.text.labels[sample.places[number]]
            if label in "cx":
                own.append(row)
                labels.append(label == "c")
                words = sample.text.plains[sample.places[number]].count(" ") + 1
                weights.append(math.sqrt(min(words, 80)) * share)
        if own:
            blocks.append(np.array(own, dtype=np.float32))
    table, weight = np.vstack(blocks), np.array(weights)
    middle, spread = table.mean(0), table.std(0) + 1e-6
    model = LogisticRegression(C=PLACE_C, max_iter=150, tol=1e-3)
    model.fit((table - middle) / spread, np.array(labels), sample_weight=weight * len(weight) / weight.sum())
    weights_out = model.coef_[0] / spread
    return [float(one) for one in weights_out], float(model.intercept_[0] - (weights_out * middle).sum())


def figures(
    found: Sequence[Sample], score_of: Callable[[str], Scorer], place_of: Callable[[str], tuple[Any, float]]
) -> dict[str, float]:
    """Count words and lines that are kept and cut, rightly and wrongly, on sites not seen."""
    words: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for sample in found:
        scores, places, rows = rows_of(sample, score_of(sample.text.site))
        weights, bias = place_of(sample.text.site)
        logits = list(scores)
        if rows:
            for number, logit in zip(places, np.array(rows) @ np.array(weights) + bias, strict=True):
                logits[number] = float(logit)
        seen = [text_line(sample.text.plains[at]) for at in sample.places]
        threshold, cost = strictness(chrome_share(scores, seen))
        path = cheapest_path([logit - threshold for logit in logits], cost)
        for number, at in enumerate(sample.places):
            label = sample.text.labels[at]
            if label in "cx":
                key = label + ("k" if path[number] and at not in sample.known else "r")
                lines[key] += 1
                words[key] += sample.text.plains[at].count(" ") + 1
    return {
        "token_f1": 2 * words["ck"] / (2 * words["ck"] + words["xk"] + words["cr"]),
        "keep_all": 2 * (words["ck"] + words["cr"]) / (words.total() + words["ck"] + words["cr"]),
        "content_recall": lines["ck"] / (lines["ck"] + lines["cr"]),
        "chrome_f1": 2 * lines["xr"] / (2 * lines["xr"] + lines["xk"] + lines["cr"]),
    }
