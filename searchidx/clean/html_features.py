"""Describe the blocks of a page in numbers, for the model that tells article from chrome.

In: the blocks of a page, in order. Out: a list of numbers for each, as many as ``NAMES`` has. Nothing
here knows a site, and little a language: what a block looks like (``html_looks``), what holds it
(``html_boxes``), where it stands, what its neighbours look like.
"""

import math
from collections import Counter
from collections.abc import Sequence

from searchidx.clean.html_blocks import Block, Box
from searchidx.clean.html_boxes import BOX, weigh_boxes
from searchidx.clean.html_looks import HEADS, LINK_SHARE, NEIGHBOUR, SHAPE, Look, is_known_language, look_at

SEGMENT_COST = 3.5  # of a block in the segment with the greatest sum
STRONG_MASS = 12  # of a block that is surely running text
MAX_HINTED = 2_000  # blocks looked up in the metadata, since each look reads all of it
SIDES = (-3, -2, -1, 1, 2, 3)
PLACE = (
    "position", "from_start", "to_end", "mass_before", "mass_after", "from_strong", "to_strong", "in_segment",
    "to_segment", "near3", "near8", "near8_before", "near8_after", "copies", "is_title", "like_title",
    "below_title", "since_title", "hinted", "has_hints", "page_mass", "share_of_page", "same_box_before",
    "same_box_after", "like_summary", "headings_since", "best_article", "articles", "heading_before",
    "links_after",
)  # fmt: skip
NAMES = (*SHAPE, *BOX, *PLACE, *(f"{name}{side:+d}" for side in SIDES for name in NEIGHBOUR))


def describe(
    blocks: Sequence[Block], *, title: str, title_at: int, summary: str = "", hints: str = ""
) -> list[list[float]]:
    """Give the numbers of each block.

    ``title`` is what the page calls itself, ``title_at`` the number of its headline or -1, ``summary`` its
    own description, ``hints`` the text of the article in its metadata, where it has one.
    """
    is_known = is_known_language(blocks)
    looks = [look_at(block, is_known) for block in blocks]
    best = weigh_boxes(blocks, looks)
    places = _place(blocks, looks, title=title, title_at=title_at, summary=summary, hints=hints, best=best)
    rows = []
    nothing = [0.0] * len(NEIGHBOUR)
    count = len(blocks)
    for at, block in enumerate(blocks):
        row = [*looks[at].shape, *(block.box.facts or ()), *places[at]]
        for side in SIDES:
            other = at + side
            row += looks[other].neighbour if 0 <= other < count else nothing
        rows.append(row)
    return rows


def find_title_block(blocks: Sequence[Block], title: str) -> int:
    """Give the number of the block that is the headline, or -1."""
    wanted = "".join(title.lower().split())
    first = -1
    for at, block in enumerate(blocks):
        if block.box.tag in ("h1", "h2"):
            if block.box.tag == "h1" and first < 0:
                first = at
            found = "".join(block.text.lower().split())
            if wanted and len(found) > 8 and (found in wanted or wanted in found):
                return at
    return first


def _segment(masses: Sequence[float]) -> tuple[int, int]:
    """Give the run of blocks with the greatest sum, half-open."""
    best = total = 0.0
    begin = start = end = 0
    for at, mass in enumerate(masses):
        if total <= 0:
            total, begin = 0.0, at
        total += mass - SEGMENT_COST
        if total > best:
            best, start, end = total, begin, at + 1
    return start, end


def _place(
    blocks: Sequence[Block],
    looks: Sequence[Look],
    *,
    title: str,
    title_at: int,
    summary: str,
    hints: str,
    best: Box | None,
) -> list[list[float]]:
    article = best.home if best is not None else None
    count = len(blocks)
    masses = [look.mass for look in looks]
    total = max(1.0, sum(masses))
    start, end = _segment(masses)
    sums = [0.0]
    for mass in masses:
        sums.append(sums[-1] + mass)
    copies = Counter(block.text for block in blocks)
    strong_before, strong_after = _strong_distances(masses)
    title_words = frozenset(title.lower().split())
    same_before, same_after = _runs(blocks)
    hints_folded = "".join(hints.split())
    summary_words = frozenset(summary.lower().split())
    articles = float(min(10, len({id(block.box.home) for block in blocks if block.box.home is not None})))
    tops = 0
    heading_before = False
    rows = []
    for at, block in enumerate(blocks):
        hinted = at < MAX_HINTED and looks[at].words > 2 and bool(hints_folded)
        hinted = hinted and "".join(block.text[:120].split()) in hints_folded
        words = block.text.lower().split()[:40]
        like = sum(map(title_words.__contains__, words)) / len(words) if title_words else 0.0
        told = sum(map(summary_words.__contains__, words)) / len(words) if summary_words else 0.0
        tops += at > title_at >= 0 and block.box.tag == "h1"
        home = block.box.home
        own_article = 0.0 if home is None else 1.0 if home is article else -1.0
        links_after = sum(looks[other].shape[LINK_SHARE] for other in range(at + 1, min(count, at + 6)))

        def between(low: int, high: int) -> float:
            low, high = max(0, low), min(count, high)
            return math.log1p((sums[high] - sums[low]) / (high - low)) if high > low else 0.0

        rows.append([
            at / count, math.log1p(at), math.log1p(count - at), sums[at] / total, 1 - sums[at + 1] / total,
            math.log1p(strong_before[at]), math.log1p(strong_after[at]), float(start <= at < end),
            math.log1p(max(start - at, at - end + 1, 0)) * (-1.0 if at < start else 1.0),
            between(at - 3, at + 4), between(at - 8, at + 9), between(at - 8, at), between(at + 1, at + 9),
            float(copies[block.text]), float(at == title_at), like,
            float(title_at >= 0) * (1.0 if at > title_at else -1.0),
            math.log1p(at - title_at) if 0 <= title_at < at else -1.0,
            float(hinted), float(bool(hints_folded)), math.log1p(total), masses[at] / total,
            same_before[at], same_after[at], told, float(min(5, tops)), own_article, articles,
            float(heading_before), links_after,
        ])  # fmt: skip
        heading_before = block.box.tag in HEADS
    return rows


def _strong_distances(masses: Sequence[float]) -> tuple[list[float], list[float]]:
    count = len(masses)
    before, after = [float(count)] * count, [float(count)] * count
    last = None
    for at, mass in enumerate(masses):
        if last is not None:
            before[at] = float(at - last)
        if mass >= STRONG_MASS:
            last = at
    last = None
    for at in range(count - 1, -1, -1):
        if last is not None:
            after[at] = float(last - at)
        if masses[at] >= STRONG_MASS:
            last = at
    return before, after


def _runs(blocks: Sequence[Block]) -> tuple[list[float], list[float]]:
    """Count the blocks of the same kind of box just before and after each."""
    count = len(blocks)
    kinds = [block.box.signature for block in blocks]
    before, after = [0.0] * count, [0.0] * count
    for at in range(1, count):
        if kinds[at] == kinds[at - 1]:
            before[at] = min(20.0, before[at - 1] + 1)
    for at in range(count - 2, -1, -1):
        if kinds[at] == kinds[at + 1]:
            after[at] = min(20.0, after[at + 1] + 1)
    return before, after
