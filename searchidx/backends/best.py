"""Find the best documents of a query without scoring them all; the total is exact all the same.

In: a query and an ``Evaluation``. Out: a ``Plan``, which knows the documents that match, as bits, and
the scored groups; from it, the scores of the best documents. Groups are taken from the rarest to the
commonest. Once the rest of them can't lift a document that was not met yet among the best, only those
met are looked up in the long lists of common words (MaxScore: Turtle & Flood, "Query evaluation:
strategies and optimizations", 1995).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import accumulate
from operator import and_, or_
from typing import assert_never

from searchidx.analysis import TEXT_FIELDS
from searchidx.backends.bits import PASSED_OVER, as_bits, documents_of
from searchidx.backends.bm25f import idf
from searchidx.backends.impacts import Impacts, Scores
from searchidx.backends.matching import NotAnalysedError, fields_of
from searchidx.backends.postings import Evaluation, Positional
from searchidx.query.nodes import (
    And,
    AnyOf,
    DateRange,
    Exact,
    Field,
    Fuzzy,
    MatchAll,
    MatchNone,
    Near,
    Not,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Query,
    SameParagraph,
    SameSentence,
    Term,
)

# Sums in another order differ in their last digits; nobody is left out for those.
SLACK = 1.0 - 1e-9

LAST_DAY = "\U0010ffff"  # sorts after all
FEW = 20  # documents in which a word is looked up, rather than all that hold it
SAMPLED = 16  # scores of which one is looked at first

# It is looked again whether nobody else can be among the best when the rest has fallen to this share.
LOOKING = 0.9

Bits = list[int]  # for each segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A scored group or positional node."""

    node: AnyOf | Positional
    fields: tuple[str, ...]
    held: Bits  # where it matches
    counts: Bits  # where it adds to the score: also where all matches that must match beside it


@dataclass(frozen=True, slots=True)
class Plan:
    """What a query finds, and what its score is made of."""

    bits: Bits
    leaves: tuple[Leaf, ...] = ()

    @property
    def total(self) -> int:
        """The number of documents found."""
        return sum(map(int.bit_count, self.bits))

    def within(self, bits: Bits) -> tuple[Leaf, ...]:
        """Give the leaves so that they count in some documents only."""
        return tuple(replace(leaf, counts=_joined(and_, (leaf.counts, bits))) for leaf in self.leaves)


def plan(evaluation: Evaluation, query: Query, fields: tuple[str, ...] = TEXT_FIELDS) -> Plan:
    """Find the documents of a query."""
    live = evaluation.collection.live
    match query:
        case AnyOf() | Phrase() | Near() | SameSentence() | SameParagraph():
            held = evaluation.bits(query, fields)
            return Plan(held, (Leaf(node=query, fields=fields, held=held, counts=held),))
        case And(parts=parts):
            made = [plan(evaluation, part, fields) for part in parts]
            bits = _joined(and_, [live, *(one.bits for one in made)])
            return Plan(bits, tuple(leaf for one in made for leaf in one.within(bits)))
        case Or(parts=parts):
            made = [plan(evaluation, part, fields) for part in parts]
            bits = _joined(or_, [[0] * len(live), *(one.bits for one in made)])
            return Plan(bits, tuple(leaf for one in made for leaf in one.leaves))
        case Not(part=part):
            barred = plan(evaluation, part, fields).bits
            return Plan([all_ & ~some for all_, some in zip(live, barred, strict=True)])
        case Prefer(must=must, should=should):
            wanted, more = plan(evaluation, must, fields), plan(evaluation, should, fields)
            return Plan(wanted.bits, (*wanted.leaves, *more.within(wanted.bits)))
        case Field(name=name, part=part):
            return plan(evaluation, part, fields_of(name))
        case DateRange():
            return Plan(evaluation.collection.dated(query.since or "", query.until or LAST_DAY))
        case MatchAll():
            return Plan(live)
        case MatchNone():
            return Plan([0] * len(live))
        case Term() | Exact() | Prefix() | Fuzzy():
            raise NotAnalysedError(repr(query))
        case _:
            assert_never(query)


def held(evaluation: Evaluation, query: Query) -> Bits:
    """Find the documents of a query that is not scored."""
    if not isinstance(query, And):
        return plan(evaluation, query).bits
    bits = evaluation.collection.live
    for part in query.parts:
        few = sum(map(int.bit_count, bits))
        if few > FEW or not isinstance(part, AnyOf):
            bits = _joined(and_, (bits, plan(evaluation, part).bits))
        elif few:
            left = [dict.fromkeys(documents_of(some)) for some in bits]
            groups = (evaluation.group(part, n, TEXT_FIELDS, some) for n, some in enumerate(left))
            bits = [as_bits(found) for found in groups]
    return bits


def _joined(join: Callable[[int, int], int], sets: Sequence[Bits]) -> Bits:
    return [reduce(join, some) for some in zip(*sets, strict=True)]


def scores_of(evaluation: Evaluation, plan: Plan, documents: Sequence[Sequence[int]]) -> list[Scores]:
    """Give the scores of some documents, ascending in each segment; all of them match."""
    chosen = [dict.fromkeys(some, 0.0) for some in documents]
    if not any(chosen):
        return chosen
    parts = [_contributions(evaluation, leaf, chosen) for leaf in plan.leaves]
    return _added(chosen, parts)


def best(evaluation: Evaluation, plan: Plan, count: int) -> list[Scores]:
    """Give the scores of the ``count`` best documents, of all equal to the last one, and of few others."""
    leaves = sorted(
        ((_bound(evaluation, leaf), at, leaf) for at, leaf in enumerate(plan.leaves)),
        key=lambda bound_leaf: -bound_leaf[0],
    )
    # What the leaves after each one can add at most.
    rests = [*accumulate((bound for bound, _, _ in reversed(leaves)), initial=0.0)][-2::-1]
    parts: list[list[Scores]] = [[] for _ in leaves]
    met: list[Scores] = [{} for _ in evaluation.segments]
    is_closed = False  # nobody else can be among the best
    worth = sum(bound for bound, _, _ in leaves) / 2  # of the rest, below which it pays to look
    for (_, at, leaf), rest in zip(leaves, rests, strict=True):
        parts[at] = _contributions(evaluation, leaf, met if is_closed else None)
        met = [_sum(some, part) for some, part in zip(met, parts[at], strict=True)]
        if rest < worth:
            is_closed = is_closed or _are_above(met, count, rest / SLACK)
            worth = rest if is_closed else LOOKING * rest
            if is_closed:
                floor = _least(met, count) * SLACK - rest
                met = [{d: some[d] for d in sorted(some) if some[d] >= floor} for some in met]
    if sum(map(len, met)) < min(count, plan.total):  # nothing in them is scored: those are equal
        met = [dict.fromkeys(documents_of(bits), 0.0) for bits in plan.bits]
    chosen = [dict.fromkeys(sorted(some), 0.0) for some in met]
    return _added(chosen, parts)


def _bound(evaluation: Evaluation, leaf: Leaf) -> float:
    """Give a score that a leaf adds to no document: its frequency would be without end."""
    doc_frequency = sum(map(int.bit_count, leaf.held))
    boost = leaf.node.boost if isinstance(leaf.node, AnyOf) else 1.0
    return boost * idf(evaluation.collection.count, doc_frequency) * (evaluation.scoring.k1 + 1.0)


def _contributions(evaluation: Evaluation, leaf: Leaf, only: Sequence[Scores] | None) -> list[Scores]:
    """Give what a leaf adds to the score of each document, or of some."""
    if isinstance(leaf.node, AnyOf):
        return _of_group(evaluation, leaf, leaf.node, only)
    every = _saturated(evaluation, leaf, evaluation.frequencies(leaf.node, leaf.fields))
    if only is None and leaf.held == leaf.counts:
        return every
    some = _wanted(evaluation, leaf, only)
    return [{d: found[d] for d in wanted if d in found} for found, wanted in zip(every, some, strict=True)]


def _of_group(
    evaluation: Evaluation, leaf: Leaf, group: AnyOf, only: Sequence[Scores] | None
) -> list[Scores]:
    """Do it for a group, of which all documents may be kept from another query."""
    kept, key = evaluation.collection.impacts, evaluation.key(group, leaf.fields)
    impacts = kept.get(key)
    whole = sum(map(int.bit_count, leaf.held))
    asked = sum(map(int.bit_count, leaf.counts)) if only is None else sum(map(len, only))
    is_whole = only is None and PASSED_OVER * asked >= whole
    if impacts is None:
        is_worth_keeping = kept.is_worth_keeping(key, min(PASSED_OVER * asked, whole), whole)
        if is_whole or is_worth_keeping:
            found = _saturated(evaluation, leaf, evaluation.frequencies(group, leaf.fields))
            if is_whole and leaf.held == leaf.counts and not is_worth_keeping:
                return found
            impacts = [Impacts(some, one.size) for some, one in zip(found, evaluation.segments, strict=True)]
            if is_worth_keeping:
                kept.keep(key, impacts)
    if is_whole and impacts is not None:
        return [
            one.all() if held == counts else one.flagged(evaluation.flags(counts, n))
            for n, (one, held, counts) in enumerate(zip(impacts, leaf.held, leaf.counts, strict=True))
        ]
    some = _wanted(evaluation, leaf, only)
    if impacts is not None:
        return [one.of(wanted) for one, wanted in zip(impacts, some, strict=True)]
    found = [evaluation.group(group, n, leaf.fields, wanted) for n, wanted in enumerate(some)]
    return _saturated(evaluation, leaf, found)


def _wanted(evaluation: Evaluation, leaf: Leaf, only: Sequence[Scores] | None) -> list[Collection[int]]:
    """Give the documents in which a leaf counts, of all or of some, ascending."""
    if only is None:
        return [dict.fromkeys(documents_of(counts)) for counts in leaf.counts]
    wanted: list[Collection[int]] = []
    for n, (some, held, counts) in enumerate(zip(only, leaf.held, leaf.counts, strict=True)):
        if held == counts:
            wanted.append(some)
        else:
            flags = evaluation.flags(counts, n)
            wanted.append(dict.fromkeys(d for d in some if flags[d]))
    return wanted


def _saturated(evaluation: Evaluation, leaf: Leaf, frequencies: Sequence[Scores]) -> list[Scores]:
    """Give what frequencies add to the scores."""
    top, k1 = _bound(evaluation, leaf), evaluation.scoring.k1
    return [{d: top * f / (f + k1) for d, f in found.items()} for found in frequencies]


def _sum(met: Scores, part: Scores) -> Scores:
    """Add up scores; ``met`` is used up."""
    if not met:
        return dict(part)
    longer, shorter = (met, part) if len(met) >= len(part) else (dict(part), met)
    for document, score in shorter.items():
        longer[document] = longer.get(document, 0.0) + score
    return longer


def _are_above(met: Sequence[Scores], count: int, floor: float) -> bool:
    """Tell whether so many documents have more than a score."""
    return sum(sum(map(floor.__lt__, some.values())) for some in met) >= count


def _least(met: Sequence[Scores], count: int) -> float:
    """Give the score of the last of the ``count`` best; 0 where there are fewer."""
    scores = [score for some in met for score in some.values()]
    if len(scores) < count:
        return 0.0
    # The best of every sixteenth tell about which scores come into question.
    sample = sorted(scores[::SAMPLED])
    floor = sample[-min(len(sample), 2 + 2 * count // SAMPLED)]
    best = [score for score in scores if score >= floor]
    if len(best) < count:
        best = scores
    best.sort()
    return best[-count]


def _added(chosen: list[Scores], parts: Sequence[list[Scores]]) -> list[Scores]:
    """Add up what the leaves give, in the order of the query: so equal documents have equal scores."""
    for n, scores in enumerate(chosen):
        for part in parts:
            found = part[n]
            for document in scores.keys() & found.keys() if len(found) < len(scores) else scores:
                scores[document] += found.get(document, 0.0)
    return chosen
