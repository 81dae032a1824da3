"""Describe a block of text by itself: its shape, its words, its tag.

In: a ``Block``. Out: a ``Look``: numbers for the block and, fewer, for its neighbours.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from searchidx.clean.html_blocks import Block
from searchidx.clean.lexicon import KINDS, little_words, spread, word_bits

# Good mass, as for flattened text: what running text looks like, in words.
FULL_WORDS = 8
STOP_SHARE = 0.35
MIN_KNOWN_SHARE = 0.12  # of little words, in languages whose little words we know
SHORT_WORDS = 30  # only blocks up to here are asked what kind of phrase they hold
LABEL_CHARS = 30  # of what stands before a colon
UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
MORE = 1 << KINDS.index("more") | 1 << KINDS.index("read")
PHOTO = 1 << KINDS.index("photo")
HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TAGS = (
    "p", "div", "li", "td", "span", "blockquote", "figcaption", "h1", "h2", "h3", "dd", "pre", "section",
    "article",
)  # fmt: skip
SENTENCE_ENDS = (
    ".", "!", "?", "…", "。", "！", "？", ".”", '."', "?”", "!”", ".)", ".’", ".'", ".»", "“", "।", "۔", "؟",
)  # fmt: skip
QUOTES = frozenset("\"“„«'‘")
BARS = (" | ", " › ", " » ", " · ", " • ")
YOU = frozenset({
    "we", "our", "us", "you", "your", "wir", "unser", "unsere", "sie", "ihre", "nous", "notre", "vous",
    "votre", "nuestro", "nuestra", "su", "noi", "nostro", "vostro", "ми", "наш", "ви", "ваш", "мы", "вы",
    "biz", "siz",
})  # fmt: skip
SHAPE = (
    "words", "log_chars", "word_chars", "link_share", "links", "strong_share", "time", "end", "ellipsis",
    "colon", "sentences", "commas", "stop_share", "capitals", "digits", "lower_start", "quote", "bar",
    "question", "at_sign", "you_share", "lead_more", "lead_photo", "mass",
    *(f"kind_{kind}" for kind in KINDS), *(f"tag_{tag}" for tag in TAGS), "heading",
)  # fmt: skip
LINK_SHARE = SHAPE.index("link_share")
NEIGHBOUR = (
    "n_words", "n_link_share", "n_end", "n_stop", "n_heading", "n_mass", "n_capitals", "n_kinds", "n_p",
)  # fmt: skip


@dataclass(slots=True)
class Look:
    """What a block looks like by itself."""

    words: int
    chars: int
    mass: float
    shape: tuple[float, ...]
    neighbour: list[float]


def look_at(block: Block, is_known: bool) -> Look:
    """Describe a block; ``is_known`` tells whether the page's language is one whose little words we know."""
    text = block.text
    lower = text.lower()
    words = lower.split()
    count, chars = len(words), len(text)
    table = little_words()
    stops = sum(map(table.__contains__, words)) / count
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
    kinds = spread(bits, len(KINDS))
    heading = float(tag in HEADS)
    shape = (
        float(count),
        math.log1p(chars),
        chars / count,
        link_share,
        float(block.links),
        min(1.0, block.strong_chars / chars),
        float(block.has_time),
        float(is_end),
        float(text.endswith(("…", "..."))),
        float(text.endswith(":")),
        float(sentences),
        text.count(",") / count,
        stops,
        capitals,
        sum(map(str.isdigit, text[:400])) / min(chars, 400),
        float(text[0].islower()),
        float(text[0] in QUOTES or "”" in text),
        float(any(bar in text for bar in BARS)),
        float(text.endswith("?")),
        float("@" in text),
        sum(map(YOU.__contains__, words)) / count,
        float(bool(lead & MORE)),
        float(bool(lead & PHOTO)),
        mass,
        *kinds,
        *(float(tag == one) for one in TAGS),
        heading,
    )
    neighbour = [
        math.log1p(count),
        link_share,
        float(is_end),
        stops,
        heading,
        mass,
        capitals,
        float(bits.bit_count()),
        float(tag == "p"),
    ]
    return Look(count, chars, mass, shape, neighbour)


def is_known_language(blocks: Sequence[Block]) -> bool:
    """Tell whether the longest blocks hold little words of a language known to us."""
    table = little_words()
    words = [
        word
        for block in sorted(blocks, key=lambda one: -len(one.text))[:5]
        for word in block.text[:500].lower().split()
    ]
    return sum(word in table for word in words) >= MIN_KNOWN_SHARE * len(words)


def _mass(words: int, stops: float, is_end: bool, sentences: int) -> float:
    """Weigh running text: long, with ends of sentences and little words."""
    if words >= FULL_WORDS:
        return words * (1.0 if is_end or sentences else 0.3) * min(stops / STOP_SHARE, 1.0)
    return 0.3 * words if is_end and words > 2 else 0.0
