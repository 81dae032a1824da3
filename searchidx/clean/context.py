"""Say of each line of a text what stands around it, in numbers that a model can learn from.

In: the visible lines of a text and a score for each (how far its own looks speak for content). Out:
a row of ``NAMES`` for each line that is still open. Sums come from running totals: linear time.
"""

import re
from collections.abc import Sequence
from itertools import accumulate
from math import exp, log1p
from typing import NamedTuple

from searchidx.clean.features import stop_words

LIMIT = 6.0  # of a score: no line speaks louder
OUTSIDE = -3.0  # beyond both ends stands chrome, for all one knows
STRONG_SCORE, STRONG_WORDS = 1.0, 12
BREAK_SCORE = -2.5  # a line that is chrome so clearly parts two blocks
MOST_WORDS = 80  # that one line counts for
LINE_COST = 3.5  # of a line in the best segment, in words of content
NEAR, WIDE = 8, 20  # lines
TOPIC_WORDS = 6  # that a line's share in the topic is measured by, at most
TOPIC_USUAL = 0.4  # the share of a line's words that stand elsewhere in the article
COMMENTS_AFTER = 0.15  # of the article must stand before a heading of comments
TOPIC_WORD = re.compile(r"[^\W\d_]{4,}")
BULLETS = "•*-+▪□○·–"
SENTENCE_END = ".!?…"
CONTINUES = ",.;:)’"
COMMENTS = re.compile(
    r"(?:view |show |read |see |add |all |hide )?(?:\(?\d[\d,.]{0,8}\)? )?(?:user |reader |facebook )?"
    r"(?:comments?|responses?|repl(?:y|ies)|discussion|kommentare?|commentaires?|comentarios|comentários|"
    r"commenti|komentarze|yorumlar|коментарі|комментарии)"
    r"(?: ?\(?\d[\d,.]{0,8}\)?)?(?: (?:to|on|for) .{0,90})?:?"
    r"|(?:leave|post|write|add) an? (?:reply|comment).{0,30}|join the (?:conversation|discussion).{0,20}"
    r"|\d{1,6} (?:thoughts?|responses?|comments?|repl(?:y|ies)) .{0,90}",
    re.IGNORECASE,
)
COMMENTS_CHARS = 120
NAMES = (
    "own", "own_size", "next", "next_but_one", "least_beside", "most_beside",
    "mean_3_before", "mean_8_before", "mean_20_before", "mean_3_after", "mean_8_after", "mean_20_after",
    "mass_8_before", "mass_20_before", "mass_8_after", "mass_20_after",
    "share_before", "share_after", "near_begin", "at_begin", "near_end",
    "since_strong", "till_strong", "in_segment", "from_segment",
    "words", "tiny", "short", "bullet",
    "chrome", "own_chrome", "lines", "mass",
    "topic", "topic_chrome",
    "block_mass", "block_share", "block_lines",
    "continues", "continued", "paragraph_most", "paragraph_words",
    "past_comments", "past_comments_share",
)  # fmt: skip


class TextLine(NamedTuple):
    """A visible line as the model sees it."""

    plain: str
    words: int
    topic: frozenset[str]  # its words that may tell what the text is about
    continues: bool  # it begins in the midst of a sentence
    ends: bool  # it ends like a sentence
    bullet: bool
    heads_comments: bool


def text_line(plain: str) -> TextLine:
    """Look at a line."""
    words = plain.count(" ") + 1
    return TextLine(
        plain,
        words,
        frozenset(TOPIC_WORD.findall(plain.casefold())) - stop_words(),
        plain[:1].islower() or plain[:1] in CONTINUES,
        plain[-1:] in SENTENCE_END,
        plain[:1] in BULLETS,
        len(plain) <= COMMENTS_CHARS and COMMENTS.fullmatch(plain) is not None,
    )


def chrome_share(scores: Sequence[float], lines: Sequence[TextLine]) -> float:
    """Give the share of a text's words that stand in lines that look like chrome."""
    all_words = sum(line.words for line in lines)
    chrome = sum(line.words for score, line in zip(scores, lines, strict=True) if score < -1)
    return chrome / all_words if all_words else 0.0


def context_rows(
    scores: Sequence[float], lines: Sequence[TextLine], places: Sequence[int]
) -> list[tuple[float, ...]]:
    """Give a row for each of some places."""
    count = len(scores)
    own = [max(-LIMIT, min(LIMIT, score)) for score in scores]
    words = [line.words for line in lines]
    good = [min(size, MOST_WORDS) / (1 + exp(-score)) for score, size in zip(own, words, strict=True)]
    # Both ends are padded, so that no window has to look where the text ends.
    edge, empty = [OUTSIDE] * WIDE, [0.0] * WIDE
    sums = [0.0, *accumulate((*edge, *own, *edge))]
    masses = [0.0, *accumulate((*empty, *good, *empty))]
    run_good = masses[WIDE : WIDE + count + 1]
    total = run_good[-1] or 1.0
    chrome = chrome_share(own, lines)
    padded = [OUTSIDE, *own, OUTSIDE, OUTSIDE]
    strong = [score > STRONG_SCORE and size >= STRONG_WORDS for score, size in zip(own, words, strict=True)]
    since, till = _distances(strong)
    begin, end = _best_segment(good)
    blocks, most_mass = _blocks(own, run_good)
    paragraphs = _paragraphs(own, lines)
    told: set[str] = set()
    told_again: set[str] = set()
    for line, is_strong in zip(lines, strong, strict=True):
        if is_strong:
            told_again |= told & line.topic
            told |= line.topic
    comments = _comments_from(lines, run_good)
    log_lines, log_mass = log1p(count), log1p(total)

    rows: list[tuple[float, ...]] = []
    for at in places:
        score, size, line, after = own[at], words[at], lines[at], at + 1
        place = at + WIDE
        here, there = sums[place], sums[place + 1]
        beside = padded[at], padded[at + 2]
        share_before, share_after = run_good[at] / total, 1 - run_good[after] / total
        about = _topic_share(line.topic, told_again if strong[at] else told)
        block_mass, block_lines = blocks[at]
        first, most, paragraph_words = paragraphs[at]
        past = at >= comments
        rows.append((
            score, score * (size >= STRONG_WORDS), beside[1], padded[at + 3], min(beside), max(beside),
            (here - sums[place - 3]) / 3, (here - sums[place - NEAR]) / NEAR, (here - sums[at]) / WIDE,
            (sums[place + 4] - there) / 3, (sums[place + 1 + NEAR] - there) / NEAR,
            (sums[place + 1 + WIDE] - there) / WIDE,
            log1p(masses[place] - masses[place - NEAR]), log1p(masses[place] - masses[at]),
            log1p(masses[place + 1 + NEAR] - masses[place + 1]),
            log1p(masses[place + 1 + WIDE] - masses[place + 1]),
            share_before, share_after, share_before < 0.1, share_before < 0.02, share_after < 0.1,
            log1p(since[at]), log1p(till[at]), begin <= at < end,
            log1p(begin - at if at < begin else at - end + 1 if at >= end else 0),
            log1p(size), size < 4, size < 8, line.bullet,
            chrome, score * chrome, log_lines, log_mass,
            about, about * chrome,
            log1p(block_mass), block_mass / most_mass, log1p(block_lines),
            at > first, at + 1 < count and paragraphs[at + 1][0] == first, most, log1p(paragraph_words),
            past, past * share_after,
        ))  # fmt: skip
    return rows


def _topic_share(words: frozenset[str], topic: set[str]) -> float:
    """Tell how far a line speaks of what the paragraphs speak of: above 0 more than usual, below less.

    ``topic``: the words of the paragraphs; for one of them, which is not its own witness, those of two.
    """
    if not words:
        return 0.0
    return (len(words & topic) / len(words) - TOPIC_USUAL) * min(len(words), TOPIC_WORDS)


def _distances(strong: Sequence[bool]) -> tuple[list[int], list[int]]:
    """Give for each line how far the paragraph before and after it is; beyond the count if there is none."""
    none = len(strong) + 1
    both = []
    for order in (strong, strong[::-1]):
        found, away = [], none
        for is_strong in order:
            found.append(away)
            away = 1 if is_strong else min(away + 1, none)
        both.append(found)
    return both[0], both[1][::-1]


def _best_segment(good: Sequence[float]) -> tuple[int, int]:
    """Find the run of lines with the most content, each line costing ``LINE_COST`` words."""
    best, best_sum, start, running = (0, 0), 0.0, 0, 0.0
    for at, mass in enumerate(good):
        if running <= 0:
            start, running = at, 0.0
        running += mass - LINE_COST
        if running > best_sum:
            best, best_sum = (start, at + 1), running
    return best


def _blocks(own: Sequence[float], run_good: Sequence[float]) -> tuple[list[tuple[float, int]], float]:
    """Give for each line the content and the lines of its block, and the content of the fullest block."""
    blocks = [(0.0, 0)] * len(own)
    most, start = 1.0, 0
    for at in range(len(own) + 1):
        if at == len(own) or own[at] < BREAK_SCORE:
            mass = run_good[at] - run_good[start]
            blocks[start:at] = [(mass, at - start)] * (at - start)
            most, start = max(most, mass), at + 1
    return blocks, most


def _paragraphs(own: Sequence[float], lines: Sequence[TextLine]) -> list[tuple[int, float, int]]:
    """Join lines that a flattener tore apart: give for each the first, the best score, the words of all."""
    found: list[tuple[int, float, int]] = []
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or not lines[at].continues or lines[at - 1].ends:
            size = sum(line.words for line in lines[start:at])
            found += [(start, max(own[start:at]), size)] * (at - start)
            start = at
    return found


def _comments_from(lines: Sequence[TextLine], run_good: Sequence[float]) -> int:
    """Find the first line behind the heading of the readers' comments."""
    for at, line in enumerate(lines):
        if line.heads_comments and run_good[at] > COMMENTS_AFTER * run_good[-1]:
            return at + 1
    return len(lines)
