"""Describe the blocks of a page in numbers, for the model that tells article from chrome.

In: the blocks of a page, in order. Out: a list of numbers for each, as many as ``NAMES`` has. Nothing
here knows a site, and little a language: shape, place, the names of the boxes around, the neighbours.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from searchidx.clean.html_blocks import Block, Box
from searchidx.clean.lexicon import FAMILIES, KINDS, little_words, name_bits, word_bits

# Good mass, as for flattened text: what running text looks like, in words.
FULL_WORDS = 8
STOP_SHARE = 0.35
MIN_KNOWN_SHARE = 0.12
UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
SEGMENT_COST = 3.5  # of a block in the segment with the greatest sum
SHORT_WORDS = 30  # only blocks up to here are asked what kind of phrase they hold
FAR = 9
SIDES = (-3, -2, -1, 1, 2, 3)
TAGS = ("p", "div", "li", "td", "span", "blockquote", "figcaption", "h1", "h2", "h3", "dd", "pre", "section", "article")
HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
HOLDERS = ("article", "main", "nav", "aside", "footer", "header", "form", "figure", "table", "ul", "ol", "blockquote", "button", "section", "dl")
SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", ".”", '."', "?”", "!”", ".)", ".’", ".'", ".»", "“", "।", "۔", "؟")
NEAR_LEVELS = 3
LABEL_CHARS = 30
MORE = 1 << KINDS.index("more") | 1 << KINDS.index("read")
PHOTO = 1 << KINDS.index("photo")
YOU = frozenset({
    "we", "our", "us", "you", "your", "wir", "unser", "unsere", "sie", "ihre", "nous", "notre", "vous", "votre",
    "nuestro", "nuestra", "su", "noi", "nostro", "vostro", "ми", "наш", "ви", "ваш", "мы", "вы", "biz", "siz",
})  # fmt: skip


@dataclass(slots=True)
class Look:
    """What a block looks like by itself."""

    words: int
    chars: int
    mass: float
    shape: list[float]
    neighbour: list[float]


def describe(
    blocks: Sequence[Block], *, title: str, title_at: int, summary: str = "", hints: str = ""
) -> list[list[float]]:
    """Give the numbers of each block.

    ``title`` is what the page calls itself, ``title_at`` the number of its headline, ``summary`` its own description, ``hints`` the text of the
    article in its metadata, where it has one.
    """
    is_known = _is_known_language(blocks)
    looks = [_look(block, is_known) for block in blocks]
    best = _weigh_boxes(blocks, looks)
    places = _place(blocks, looks, title=title, title_at=title_at, summary=summary, hints=hints, best=best)
    rows = []
    nothing = [0.0] * len(NEIGHBOUR)
    count = len(blocks)
    for at, block in enumerate(blocks):
        row = [*looks[at].shape, *_facts(block.box), *places[at]]
        for side in SIDES:
            other = at + side
            row += looks[other].neighbour if 0 <= other < count else nothing
        rows.append(row)
    return rows


SHAPE = (
    "words", "log_chars", "word_chars", "link_share", "links", "strong_share", "time", "end", "ellipsis", "colon",
    "sentences", "commas", "stop_share", "capitals", "digits", "lower_start", "quote", "bar", "question", "at_sign", "you_share", "lead_more", "lead_photo", "mass",
    *(f"kind_{kind}" for kind in KINDS), *(f"tag_{tag}" for tag in TAGS), "heading",
)  # fmt: skip
NEIGHBOUR = ("n_words", "n_link_share", "n_end", "n_stop", "n_heading", "n_mass", "n_capitals", "n_kinds", "n_p")
BOX = (
    "depth", "hidden", *(f"in_{name}" for name in HOLDERS),
    *(f"far_{name}" for name in FAMILIES), *(f"near_{name}" for name in FAMILIES), *(f"own_{name}" for name in FAMILIES),
    "box_blocks", "box_link_share", "box_mass", "parent_mass", "parent_link_share", "grand_mass", "grand_link_share",
    "to_best", "best_share", "same_kind",
)  # fmt: skip
PLACE = (
    "position", "from_start", "to_end", "mass_before", "mass_after", "from_strong", "to_strong", "in_segment",
    "to_segment", "near3", "near8", "near8_before", "near8_after", "copies", "is_title", "like_title", "below_title", "since_title",
    "hinted", "has_hints", "page_mass", "own_share", "same_box_before", "same_box_after",
    "like_summary", "headings_since", "own_article", "articles", "heading_before", "links_after",
)  # fmt: skip
NAMES = (*SHAPE, *BOX, *PLACE, *(f"{name}{side:+d}" for side in SIDES for name in NEIGHBOUR))


def _look(block: Block, is_known: bool) -> Look:
    text = block.text
    lower = text.lower()
    words = lower.split()
    count, chars = len(words), len(text)
    table = little_words()
    stops = sum(word in table for word in words) / count
    if not text.isascii() and 2 * len(UNSPACED.findall(text[:200])) > min(chars, 200):
        # Chinese, Japanese and Thai write no spaces, so their words can't be counted, only guessed.
        count, stops = max(count, chars // 3), STOP_SHARE
    elif not is_known:
        stops = STOP_SHARE
    is_end = text.endswith(SENTENCE_ENDS)
    link_share = min(1.0, block.link_chars / chars)
    sentences = text.count(". ") + text.count("? ") + text.count("! ") + text.count("。")
    capitals = sum(word[0].isupper() for word in text.split()) / count
    mass = _mass(count, stops, is_end, sentences) * (1 - link_share)
    bits = 0
    if count <= SHORT_WORDS:
        known = word_bits()
        for word in words:
            bits |= known.get(word.strip(".,:;!?()[]|»«\"'“”‘’"), 0)
    tag = block.box.tag
    label = text[:LABEL_CHARS].lower().partition(":")
    lead = 0
    if label[1]:
        for word in label[0].split():
            lead |= word_bits().get(word, 0)
    kinds = [float(bits >> number & 1) for number in range(len(KINDS))]
    heading = float(tag in HEADS)
    log_words = math.log1p(count)
    shape = [
        float(count), math.log1p(chars), chars / count, link_share, float(block.links), min(1.0, block.strong_chars / chars),
        float(block.has_time), float(is_end), float(text.endswith(("…", "..."))), float(text.endswith(":")),
        float(sentences), text.count(",") / count, stops, capitals, sum(map(str.isdigit, text[:400])) / min(chars, 400),
        float(text[0].islower()), float(text[0] in "\"“„«'‘" or "”" in text), float(" | " in text or " › " in text or " » " in text or " · " in text or " • " in text),
        float(text.endswith("?")), float("@" in text), sum(word in YOU for word in words) / count,
        float(bool(lead & MORE)), float(bool(lead & PHOTO)), mass,
        *kinds, *(float(tag == one) for one in TAGS), heading,
    ]  # fmt: skip
    neighbour = [log_words, link_share, float(is_end), stops, heading, mass, capitals, float(bits.bit_count()), float(tag == "p")]
    return Look(count, chars, mass, shape, neighbour)


def _is_known_language(blocks: Sequence[Block]) -> bool:
    """Tell whether the longest blocks hold little words of a language known to us."""
    table = little_words()
    words = [word for block in sorted(blocks, key=lambda one: -len(one.text))[:5] for word in block.text[:500].lower().split()]
    return sum(word in table for word in words) >= MIN_KNOWN_SHARE * len(words)


def _mass(words: int, stops: float, is_end: bool, sentences: int) -> float:
    """Weigh running text: long, with ends of sentences and little words."""
    if words >= FULL_WORDS:
        return words * (1.0 if is_end or sentences else 0.3) * min(stops / STOP_SHARE, 1.0)
    return 0.3 * words if is_end and words > 2 else 0.0


def _weigh_boxes(blocks: Sequence[Block], looks: Sequence[Look]) -> Box | None:
    for block, look in zip(blocks, looks, strict=True):
        box: Box | None = block.box
        block.box.blocks += 1
        block.box.mass += look.mass
        while box is not None:
            box.inside += 1
            box.mass_inside += look.mass
            box.chars += look.chars
            box.link_chars += block.link_chars
            box = box.parent
    boxes = {id(block.box): block.box for block in blocks}.values()
    total = max(1.0, sum(look.mass for look in looks))
    best = _best_box(boxes)
    chain = {}
    distance = 0
    one: Box | None = best
    while one is not None:
        chain[id(one)] = distance
        one, distance = one.parent, distance + 1
    same = Counter(box.signature for box in boxes)
    best_share = best.mass_inside / total if best else 0.0
    for box in boxes:
        box.facts = _describe_box(box, total, chain, best_share, same[box.signature])
    return best


def _article_of(box: Box | None) -> Box | None:
    """Give the outermost article element around a box."""
    found = None
    while box is not None:
        if box.tag == "article":
            found = box
        box = box.parent
    return found


def _best_box(boxes: "Sequence[Box] | object") -> Box | None:
    """Give the box that holds the most running text near its surface."""
    scores: dict[int, float] = {}
    by_id: dict[int, Box] = {}
    for box in boxes:  # type: ignore[attr-defined]
        share, one = 1.0, box.parent if box.tag in ("p", "li", "blockquote", "span", *HEADS) else box
        for _ in range(4):
            if one is None:
                break
            scores[id(one)] = scores.get(id(one), 0.0) + box.mass * share
            by_id[id(one)] = one
            share, one = share * 0.6, one.parent
    return by_id[max(scores, key=scores.__getitem__)] if scores else None


def _describe_box(box: Box, total: float, chain: dict[int, int], best_share: float, same: int) -> list[float]:
    far = near = own = 0
    holders = set()
    level = 0
    to_best = float(FAR)
    up = 0
    one: Box | None = box
    while one is not None:
        bits = name_bits(one.names)
        far |= bits
        if level < NEAR_LEVELS:
            near |= bits
        if not level:
            own = bits
        holders.add(one.tag)
        if to_best == FAR and id(one) in chain:
            to_best = min(FAR, up + chain[id(one)] * 1.0)
        one, level, up = one.parent, level + 1, up + 1
    parent = box.parent or box
    grand = parent.parent or parent
    families = range(len(FAMILIES))
    return [
        float(box.depth), float(box.is_hidden), *(float(name in holders) for name in HOLDERS),
        *(float(far >> n & 1) for n in families), *(float(near >> n & 1) for n in families), *(float(own >> n & 1) for n in families),
        float(box.blocks), box.link_chars / max(1, box.chars), box.mass_inside / total,
        parent.mass_inside / total, parent.link_chars / max(1, parent.chars),
        grand.mass_inside / total, grand.link_chars / max(1, grand.chars),
        to_best, best_share, float(same),
    ]  # fmt: skip


def _facts(box: Box) -> list[float]:
    return box.facts or [0.0] * len(BOX)


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
    article = _article_of(best)
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
    homes: dict[int, Box | None] = {}
    for block in blocks:
        if id(block.box) not in homes:
            homes[id(block.box)] = _article_of(block.box)
    articles = float(min(10, len({id(home) for home in homes.values() if home is not None})))
    tops = 0
    heading_before = False
    rows = []
    for at, block in enumerate(blocks):
        hinted = bool(hints_folded) and looks[at].words > 2 and "".join(block.text[:120].split()) in hints_folded
        words = block.text.lower().split()[:40]
        like = sum(word in title_words for word in words) / len(words) if title_words else 0.0
        told = sum(word in summary_words for word in words) / len(words) if summary_words else 0.0
        tops += at > title_at >= 0 and block.box.tag == "h1"
        home = homes[id(block.box)]
        own_article = 0.0 if home is None else 1.0 if home is article else -1.0
        links_after = sum(looks[other].shape[3] for other in range(at + 1, min(count, at + 6)))

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
            float(hinted), float(bool(hints_folded)), math.log1p(total), masses[at] / total, same_before[at], same_after[at],
            told, float(min(5, tops)), own_article, articles, float(heading_before), links_after,
        ])  # fmt: skip
        heading_before = block.box.tag in HEADS
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


def _strong_distances(masses: Sequence[float]) -> tuple[list[float], list[float]]:
    count = len(masses)
    before, after = [float(count)] * count, [float(count)] * count
    last = None
    for at, mass in enumerate(masses):
        if last is not None:
            before[at] = float(at - last)
        if mass >= 12:
            last = at
    last = None
    for at in range(count - 1, -1, -1):
        if last is not None:
            after[at] = float(last - at)
        if masses[at] >= 12:
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
