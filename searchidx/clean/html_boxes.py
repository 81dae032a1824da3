"""Describe the boxes that hold the blocks of a page: their names, their mass, their place.

In: the blocks and their looks. Out: numbers for each box, kept in ``Box.facts``. The best box is the one
with the most running text near its surface: most often that of the article.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from searchidx.clean.html_blocks import Block, Box
from searchidx.clean.html_looks import HEADS, Look
from searchidx.clean.lexicon import FAMILIES, name_bits, spread

FAR = 9  # levels; whatever is further away is as good as apart
NEAR_LEVELS = 3
LEVELS, DECAY = 4, 0.6  # how far, and with which loss, running text counts for the boxes around it
PARTS = frozenset({"p", "li", "blockquote", "span", *HEADS})  # these hold a paragraph, not an article
HOLDERS = (
    "article", "main", "nav", "aside", "footer", "header", "form", "figure", "table", "ul", "ol",
    "blockquote", "button", "section", "dl",
)  # fmt: skip
HOLDER_BITS = {name: 1 << number for number, name in enumerate(HOLDERS)}
BOX = (
    "depth", "hidden", *(f"in_{name}" for name in HOLDERS), *(f"far_{name}" for name in FAMILIES),
    *(f"near_{name}" for name in FAMILIES), *(f"own_{name}" for name in FAMILIES), "box_blocks",
    "box_link_share", "box_mass", "parent_mass", "parent_link_share", "grand_mass", "grand_link_share",
    "to_best", "best_share", "same_kind",
)  # fmt: skip


def weigh_boxes(blocks: Sequence[Block], looks: Sequence[Look]) -> Box | None:
    """Add up what the boxes hold, describe them, and give the best one."""
    for block, look in zip(blocks, looks, strict=True):
        box = block.box
        box.blocks += 1
        box.mass += look.mass
        box.mass_inside += look.mass
        box.chars += look.chars
        box.link_chars += block.link_chars
    holding = list({id(block.box): block.box for block in blocks}.values())
    boxes = _with_parents(holding)
    for box in reversed(boxes):
        if box.parent is not None:
            box.parent.mass_inside += box.mass_inside
            box.parent.chars += box.chars
            box.parent.link_chars += box.link_chars
    best = _best_box(holding)
    _inherit(boxes, best)
    total = max(1.0, sum(look.mass for look in looks))
    same = Counter(box.signature for box in holding)
    best_share = best.mass_inside / total if best else 0.0
    for box in holding:
        box.facts = _describe_box(box, total, best_share, same[box.signature])
    return best


def _with_parents(holding: Iterable[Box]) -> list[Box]:
    """Give boxes and all around them, the outer before the inner."""
    found: dict[int, Box] = {}
    for box in holding:
        one: Box | None = box
        while one is not None and id(one) not in found:
            found[id(one)] = one
            one = one.parent
    return sorted(found.values(), key=lambda box: box.depth)


def _inherit(boxes: Iterable[Box], best: Box | None) -> None:
    """Hand down from outer to inner boxes what holds for all within; so depth costs nothing."""
    up = best
    levels = 0
    while up is not None:
        up.to_best = levels
        up, levels = up.parent, levels + 1
    for box in boxes:
        parent = box.parent
        box.far = name_bits(box.names)
        box.holders = HOLDER_BITS.get(box.tag, 0)
        if parent is not None:
            box.far |= parent.far
            box.holders |= parent.holders
            box.home = parent.home
            if box.to_best is None and parent.to_best is not None:
                box.to_best = parent.to_best + 1
        if box.home is None and box.tag == "article":
            box.home = box


def _best_box(boxes: Iterable[Box]) -> Box | None:
    """Give the box that holds the most running text near its surface."""
    scores: dict[int, float] = {}
    by_id: dict[int, Box] = {}
    for box in boxes:
        share, one = 1.0, box.parent if box.tag in PARTS else box
        for _ in range(LEVELS):
            if one is None:
                break
            scores[id(one)] = scores.get(id(one), 0.0) + box.mass * share
            by_id[id(one)] = one
            share, one = share * DECAY, one.parent
    return by_id[max(scores, key=scores.__getitem__)] if scores else None


def _describe_box(box: Box, total: float, best_share: float, same: int) -> list[float]:
    parent = box.parent or box
    grand = parent.parent or parent
    own = name_bits(box.names)
    near = own
    one = box.parent
    for _ in range(NEAR_LEVELS - 1):
        if one is None:
            break
        near |= name_bits(one.names)
        one = one.parent
    count = len(FAMILIES)
    return [
        float(box.depth), float(box.is_hidden), *spread(box.holders, len(HOLDERS)),
        *spread(box.far, count), *spread(near, count), *spread(own, count),
        float(box.blocks), box.link_chars / max(1, box.chars), box.mass_inside / total,
        parent.mass_inside / total, parent.link_chars / max(1, parent.chars),
        grand.mass_inside / total, grand.link_chars / max(1, grand.chars),
        float(min(FAR, FAR if box.to_best is None else box.to_best)), best_share, float(same),
    ]  # fmt: skip
