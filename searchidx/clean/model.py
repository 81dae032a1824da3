"""Tell content from chrome by a learnt model: a linear one a line, then the cheapest path.

In: the visible lines of a text, and which of them are known to be chrome. Out: a ``Verdict`` a line.
Two linear models in a row: how a line looks by itself, then how it stands among the others (Viterbi
finds the path with the fewest changes). The weights are in ``model.json``; ``clean.train`` makes
them. Known of no language but from its shape and little words, the model leaves scripts without
spaces alone.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import mul
from typing import NamedTuple

from searchidx.clean.context import NAMES, TextLine, chrome_share, context_rows, text_line
from searchidx.clean.features import line_features

MODEL = "model"  # the name of the rule
CERTAIN = -6.0  # the score of a line that a rule names
HOPELESS = -5.0  # no neighbours save a line that looks like this, where there is much chrome
MIN_LINES = 8  # visible ones; of less there is no telling
# Nearly clean text must not lose lines: the less chrome there is, the more a line must look like it.
# Tuned on development pages by cross-validation over sites, see docs/cleaning.md.
LITTLE_CHROME, MUCH_CHROME = 0.14, 0.34  # shares of the words
THRESHOLD, LENIENT = -0.8, -2.0  # of the logit, with much chrome and with none
CHANGE_COST, LENIENT_COST = 2.0, 1.0  # of a change between content and chrome
UNSPACED = re.compile("[\u0e00-\u0fff\u1780-\u17ff\u3040-\u9fff]")  # Thai to Tibetan, Khmer, kana, Han
MAX_UNSPACED = 0.2  # of the characters


class Verdict(NamedTuple):
    """What the model says of a line: the sum of both scores is the logit."""

    keep: bool
    looks: float
    place: float


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of both models."""

    looks: dict[str, float]
    looks_bias: float
    place: tuple[float, ...]
    place_bias: float


@cache
def load_model() -> Model:
    """Read the weights, once."""
    from importlib import resources

    facts = json.loads(resources.files("searchidx.clean").joinpath("model.json").read_text("utf-8"))
    return Model(
        facts["looks"],
        facts["looks_bias"],
        tuple(facts["place"][name] for name in NAMES),
        facts["place_bias"],
    )


def looks_of(plain: str) -> float:
    """Score a line by itself; above 0 it looks like content."""
    model = load_model()
    weights = model.looks
    return model.looks_bias + sum(weights[name] for name in line_features(plain) if name in weights)


@lru_cache(maxsize=65_536)
def _look(plain: str) -> tuple[TextLine, float]:
    return text_line(plain), looks_of(plain)


def judge(plains: Sequence[str], known: Sequence[bool]) -> list[Verdict] | None:
    """Judge the lines of a text; None where the model has nothing to say.

    ``known`` lines are chrome whatever they look like, and bear witness against their neighbours.
    """
    if len(plains) < MIN_LINES or _is_unspaced(plains):
        return None
    model = load_model()
    both = [_look(plain) for plain in plains]
    lines = [line for line, _ in both]
    scores = [CERTAIN if is_known else looks for (_, looks), is_known in zip(both, known, strict=True)]
    threshold, cost = strictness(chrome_share(scores, lines))
    logits = list(scores)
    places = [at for at, score in enumerate(scores) if score > HOPELESS]
    for at, row in zip(places, context_rows(scores, lines, places), strict=True):
        logits[at] = model.place_bias + sum(map(mul, model.place, row))
    path = cheapest_path([logit - threshold for logit in logits], cost)
    return [
        Verdict(keep, score, logit - score) for keep, score, logit in zip(path, scores, logits, strict=True)
    ]


def strictness(share: float) -> tuple[float, float]:
    """Give the threshold and the cost of a change for a text with some share of chrome."""
    regime = min(max((share - LITTLE_CHROME) / (MUCH_CHROME - LITTLE_CHROME), 0.0), 1.0)
    return LENIENT + (THRESHOLD - LENIENT) * regime, LENIENT_COST + (CHANGE_COST - LENIENT_COST) * regime


def topic_share(plain: str, paragraphs: Sequence[str]) -> float:
    """Give the share of a line's telling words that stand in some paragraphs; 0 if it has none.

    >>> topic_share("Bridge closed", ["The bridge was closed on Monday."])
    1.0
    """
    words = _look(plain)[0].topic
    told = frozenset().union(*(_look(paragraph)[0].topic for paragraph in paragraphs))
    return len(words & told) / len(words) if words else 0.0


def cheapest_path(logits: Sequence[float], cost: float) -> list[bool]:
    """Choose content or chrome for each line so that scores are met and changes are few (Viterbi 1967).

    >>> cheapest_path([3.0, -0.5, 3.0], 1.0), cheapest_path([3.0, -2.5, 3.0], 1.0)
    ([True, True, True], [True, False, True])
    """
    if not logits:
        return []
    keep, drop = logits[0] / 2, -logits[0] / 2
    stays: list[tuple[bool, bool]] = []
    for logit in logits[1:]:
        keep_stays, drop_stays = keep >= drop - cost, drop >= keep - cost
        stays.append((keep_stays, drop_stays))
        keep, drop = (
            (keep if keep_stays else drop - cost) + logit / 2,
            (drop if drop_stays else keep - cost) - logit / 2,
        )
    state = keep >= drop
    path = [state]
    for keep_stays, drop_stays in reversed(stays):
        state = keep_stays if state else not drop_stays
        path.append(state)
    return path[::-1]


def _is_unspaced(plains: Sequence[str]) -> bool:
    """Tell whether the text is in a script that writes no spaces, of which the model knows nothing."""
    unspaced = sum(len(UNSPACED.findall(plain)) for plain in plains if not plain.isascii())
    return unspaced > 0 and unspaced > MAX_UNSPACED * sum(map(len, plains))
