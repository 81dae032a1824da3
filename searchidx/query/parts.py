"""Work on the parts of a query that stand side by side, before and after they are expanded.

In and out: nodes. What the words mean in an index is the affair of ``expansion``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from searchidx.analysis import fold
from searchidx.analysis.stopwords import STOP_WORDS
from searchidx.query.nodes import Alternative, And, AnyOf, Exact, Or, Phrase, Query, Term

T = TypeVar("T")


def is_stop_word(part: Query) -> bool:
    """Tell whether a part is a word that only carries grammar."""
    return isinstance(part, Term) and fold(part.text) in STOP_WORDS


def runs(parts: Sequence[Query]) -> Iterator[list[Query]]:
    """Split parts into runs of plain words and single other nodes."""
    run: list[Query] = []
    for part in parts:
        if isinstance(part, Term):
            run.append(part)
            continue
        if run:
            yield run
            run = []
        yield [part]
    if run:
        yield run


def counted(parts: Iterable[Query]) -> tuple[Query, ...]:
    """Count a repeated word once, with more weight: 3n / (n + 2) for n times (k3 = 2)."""
    counts: dict[Query, int] = {}
    for part in parts:
        counts[part] = counts.get(part, 0) + 1
    return tuple(
        AnyOf(part.alternatives, 3 * n / (n + 2)) if n > 1 and isinstance(part, AnyOf) else part
        for part, n in counts.items()
    )


def exactly(query: Query) -> Query:
    """Ask for words as typed: the name of a site or a language has no forms."""
    match query:
        case Term(text=text):
            return Exact(text)
        case Or(parts=parts, implicit=implicit):
            return Or(tuple(map(exactly, parts)), implicit)
        case And(parts=parts):
            return And(tuple(map(exactly, parts)))
        case Phrase(parts=parts):
            return Phrase(tuple(map(exactly, parts)))
        case _:
            return query


def first_of_each(alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Keep each spelling once, where it weighs most: they come in order of weight.

    A form of one language that is also, with less weight, another name in all languages is kept for all.
    """
    kept: dict[tuple[str, ...], dict[str, Alternative]] = {}
    for alternative in alternatives:
        same = kept.setdefault(alternative.terms, {})
        if not alternative.language and same and "" not in same:
            kept[alternative.terms] = {"": replace(next(iter(same.values())), language="")}
        elif "" not in same:
            same.setdefault(alternative.language, alternative)
    return tuple(alternative for same in kept.values() for alternative in same.values())


def children(query: Query) -> Iterator[Query]:
    """Yield the nodes right under a node."""
    for name in ("parts", "part", "left", "right", "must", "should"):
        part = getattr(query, name, ())
        yield from part if isinstance(part, tuple) else (part,)


def distinct(items: Iterable[T]) -> list[T]:
    """Keep the first of equal items."""
    return list(dict.fromkeys(items))
