"""Cut the lines that rules, blocks, evidence and the model name: the one place where anything is cut.

In: a raw text. Out: the ``removed`` spans, whole lines with their line ends, each with its rule, in
order and apart. Finders only name lines. They run again on what is left until they name nothing
more, and each time see nothing but what is left; that is why cleaning the result changes nothing.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from searchidx.clean.blocks import (
    find_caption_repeats,
    find_comments,
    find_teaser_lists,
    find_teasers,
    find_weather,
)
from searchidx.clean.bylines import find_author_cards, find_bylines
from searchidx.clean.context import text_line
from searchidx.clean.evidence import REPEATED, Evidence, Seen, is_repeated, reads_like_sentence
from searchidx.clean.layout import Found, Layout, find_patterns, lay_out
from searchidx.clean.lines import Line, split_lines
from searchidx.clean.model import MODEL, Verdict, judge, looks_of, topic_share
from searchidx.clean.rules import RuleSet, load_rules
from searchidx.types import Removed

KEPT_WHOLE = "nothing but site chrome was found: the text was kept whole"
NEVER_SETTLED = "the cuts did not come to an end: the text was kept whole"
# Two or three rounds settle any page seen; only text made for it needs more.
MAX_ROUNDS = 30
HEADLINE_WORDS = range(4, 31)
HEADLINE_LINES = 12  # before the first paragraph
# Of its words stand in the article; of other articles' headlines far fewer do.
FIRST_TOPIC, HEADLINE_TOPIC = 0.4, 0.5
PARAGRAPH_LOGIT, PARAGRAPH_NEAR = 0.0, 4  # lines
# One that looks like content so clearly stays wherever it stands, unless all around speaks against it. On
# development pages that saved three in ten of the words that were lost, and token F1 rose by .002.
SURE_LOOKS, SURE_LOGIT = 2.0, -2.0
CAPTION_WORDS = 8
LITTLE_CHROME = 0.4  # of the words
CREDIT = re.compile(r"(?:photo(?:graph)?|picture|image|credit|foto|фото|crédit)s?\b", re.IGNORECASE)
SPARED_LOOKS = -1.0  # a repeated line among kept ones stays unless it looks like chrome itself

Finder = Callable[[Layout], Iterator[Found]]
Repeated = Mapping[str, Seen]  # the plain form of a line
Named = Mapping[int, tuple[str, str]]  # number of a line -> rule and why
# The first to name a line gives the reason.
RULES: tuple[Finder, ...] = (
    find_comments,
    find_teasers,
    find_teaser_lists,
    find_author_cards,
    find_bylines,
    find_weather,
    find_patterns,
    find_caption_repeats,
)


def find_cuts(
    text: str,
    *,
    source: str = "",
    evidence: Evidence | None = None,
    rules: RuleSet | None = None,
    model: bool = True,
) -> tuple[tuple[Removed, ...], tuple[str, ...]]:
    """Give the spans to cut and what a reader should know about them.

    A text of which nothing readable would be left is kept whole. ``model`` is off for text that was
    taken out of a page, where another model has judged already.
    """
    lines = split_lines(text)
    chosen = (rules or load_rules()).for_source(source)
    repeated = _repeated(lines, source, evidence) if evidence is not None else {}
    named = _settle(lines, repeated, chosen, model=model)
    if named is None:
        return (), (NEVER_SETTLED,)
    if named and not any(_is_readable(line) for line in lines if line.start not in named):
        return (), (KEPT_WHOLE,) if any(_is_readable(line) for line in lines) else ()
    gone = ((line, *named[line.start]) for line in lines if line.start in named)
    return tuple(Removed(start=line.start, end=line.end, rule=rule, why=why) for line, rule, why in gone), ()


def cut(text: str, removed: Sequence[Removed]) -> str:
    r"""Give the text without the removed spans.

    >>> cut("Share\nTalks\n", [Removed(start=0, end=6, rule="en/share")])
    'Talks\n'
    """
    pieces, at = [], 0
    for span in removed:
        pieces.append(text[at : span.start])
        at = span.end
    return "".join((*pieces, text[at:]))


def _repeated(lines: Sequence[Line], source: str, evidence: Evidence) -> Repeated:
    """Give what the evidence says of the lines that repeat; it says the same in every round."""
    found: dict[str, Seen] = {}
    for line in lines:
        if is_repeated(line.plain, seen := evidence.seen(line.plain, source)):
            found[line.plain] = seen
    return found


def _settle(
    lines: Sequence[Line], repeated: Repeated, rules: RuleSet, *, model: bool
) -> dict[int, tuple[str, str]] | None:
    """Give the starts of the named lines with their reasons; None when there is no end of them."""
    named: dict[int, tuple[str, str]] = {}
    for _ in range(MAX_ROUNDS):
        found = _find(lay_out(lines, rules), repeated, model=model)
        found = {
            number: reason
            for number, reason in found.items()
            if reason[0] not in rules.off and not rules.keeps(lines[number])
        }
        if not found:
            return named
        named |= {lines[number].start: reason for number, reason in found.items()}
        lines = [line for number, line in enumerate(lines) if number not in found]
    return None


def _find(layout: Layout, repeats: Repeated, *, model: bool) -> Named:
    """Name lines of what is left: what the rules say stands, the model judges the others by their company."""
    ruled: dict[int, tuple[str, str]] = {}
    for finder in RULES:
        for number, rule in finder(layout):
            ruled.setdefault(number, (rule, ""))
    plains = [line.plain for line in layout.lines]
    repeated = {
        number: repeats[plain]
        for number, plain in enumerate(plains)
        if plain in repeats and number not in ruled
    }
    known = [number in ruled or number in repeated for number in range(len(plains))]
    verdicts = judge(plains, known) if model else None
    found = dict(ruled)
    headlines = frozenset(_headlines(layout, ruled))
    for number, seen in repeated.items():
        if number not in headlines and not _is_spared(layout, number, repeated, ruled, verdicts):
            found[number] = REPEATED, f"in {seen.documents} of {seen.of} documents"
    if verdicts is not None:
        judged = {
            number: (MODEL, f"looks {verdict.looks:+.1f}, place {verdict.place:+.1f}")
            for number, verdict in enumerate(verdicts)
            if not verdict.keep and number not in ruled and number not in repeated and number not in headlines
        }
        for spared in {*_captions(layout, found, judged), *_paragraphs(layout, found, judged, verdicts)}:
            del judged[spared]
        # The model may not leave a text without a paragraph: it is no judge of texts so unlike an article.
        if any(number not in found and number not in judged for number in layout.strong):
            found |= judged
    return found


def _headlines(layout: Layout, found: Named) -> Iterator[int]:
    """Yield the lines that look like the headline, which the model knows nothing of.

    It is the first line of all, or the last before the text; often both stand there.
    """
    head = [number for number in range(layout.first_strong) if number not in found]
    paragraphs = [layout.lines[strong].plain for strong in layout.strong]
    last = reversed(head[-HEADLINE_LINES:])
    for order, least in ((head[:1], FIRST_TOPIC), (last, HEADLINE_TOPIC)):
        for number in order:
            plain = layout.lines[number].plain
            if plain.count(" ") + 1 in HEADLINE_WORDS and topic_share(plain, paragraphs) >= least:
                yield number
                break


def _captions(layout: Layout, found: Named, judged: Named) -> Iterator[int]:
    """Yield the lines below the first paragraph that hold a whole sentence before a credit.

    In nearly clean text a caption is the author's; where most is chrome it is far more often another's.
    """
    words = [line.plain.count(" ") + 1 for line in layout.lines]
    gone = sum(words[number] for number in (*found, *judged))
    if gone > LITTLE_CHROME * sum(words):
        return
    for number in judged:
        plain = layout.lines[number].plain
        sentence, ended, _ = plain.partition(". ")
        is_long = number > layout.first_strong and sentence.count(" ") + 1 >= CAPTION_WORDS
        if ended and is_long and CREDIT.search(plain, len(sentence)):
            yield number


def _paragraphs(layout: Layout, found: Named, judged: Named, verdicts: Sequence[Verdict]) -> Iterator[int]:
    """Yield the paragraphs that look like content, near kept ones or clearly enough.

    An advertisement may have cut them off; links may have torn all around them to pieces.
    """
    kept = [number for number in layout.strong if number not in found and number not in judged]
    for number in layout.strong:
        if number not in judged:
            continue
        verdict = verdicts[number]
        logit = verdict.looks + verdict.place
        is_near = any(abs(number - other) <= PARAGRAPH_NEAR for other in kept)
        if (is_near and logit > PARAGRAPH_LOGIT) or (verdict.looks > SURE_LOOKS and logit > SURE_LOGIT):
            yield number


def _is_spared(
    layout: Layout,
    number: int,
    repeated: Mapping[int, Seen],
    ruled: Named,
    verdicts: Sequence[Verdict] | None,
) -> bool:
    """Tell whether a repeated line is content all the same: a sentence or a piece of one among kept lines."""
    plain = layout.lines[number].plain
    is_sentence = reads_like_sentence(plain)
    if verdicts is None:  # a short text says too little of itself
        return (is_sentence or number == 0) and not repeated[number].is_certain
    if not 0 < number < len(layout.lines) - 1:
        return False
    if not all(
        verdicts[place].keep and place not in ruled and place not in repeated
        for place in (number - 1, number + 1)
    ):
        return False
    if is_sentence:
        return not repeated[number].is_certain and looks_of(plain) > SPARED_LOOKS
    before, after = (text_line(layout.lines[place].plain) for place in (number - 1, number + 1))
    return after.continues and not before.ends  # a link that a flattener tore out of its sentence


def _is_readable(line: Line) -> bool:
    return any(map(str.isalnum, line.plain))
