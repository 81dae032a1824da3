"""Tell the blocks of the article from those of the site around it.

In: the numbers of a page's blocks. Out: for each how likely it is article, 0 to 1. The model is a sum
of small decision trees in ``html_model.json``, learned by ``train_html`` and evaluated here in plain
Python. A tree is a leaf, or [number of the feature, threshold, tree if not above, tree if above].
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

Tree = Any  # nested tuples, which have no finite type
SURE = 4.0  # a sum that the trees left to ask hardly turn any more: less than 2 % either way
STEP = 15  # trees between two looks at the sum


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Decision trees over features, by number."""

    features: tuple[str, ...]
    trees: tuple[tuple[Tree, ...], ...]  # in portions of STEP
    start: float

    def score(self, row: Sequence[float]) -> float:
        """Give how likely a block is article."""
        total = self.start
        for some in self.trees:
            for node in some:
                while node.__class__ is tuple:
                    number, limit, low, high = node
                    node = low if row[number] <= limit else high
                total += node
            if not -SURE < total < SURE:
                break
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def load_model() -> Model:
    """Read the model that ships with the program."""
    import json
    from importlib import resources

    data = json.loads(resources.files("searchidx.clean").joinpath("html_model.json").read_text("utf-8"))
    return build_model(data)


def build_model(data: dict[str, Any]) -> Model:
    """Make a model of its JSON form; the names of its features become numbers of a row.

    Raises ValueError when the program does not know a feature, as it then is of another version.
    """
    from searchidx.clean.html_features import NAMES

    places = [NAMES.index(name) for name in data["features"]]

    def freeze(node: Any) -> Tree:
        if isinstance(node, list):
            return (places[node[0]], float(node[1]), freeze(node[2]), freeze(node[3]))
        return float(node)

    trees = tuple(map(freeze, data["trees"]))
    portions = tuple(trees[at : at + STEP] for at in range(0, len(trees), STEP))
    return Model(features=tuple(data["features"]), trees=portions, start=float(data["start"]))
