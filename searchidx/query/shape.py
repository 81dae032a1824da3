"""Build query trees in one normal form, so that equal questions give equal trees.

In: the parts of an operator. Out: a tree in which no ``And`` stands directly in an ``And``, no
explicit ``Or`` in an explicit ``Or``, no ``Not`` in a ``Not``, no ``Field``, filter or date in a ``Field``,
``MatchAll`` and ``MatchNone`` stand alone, and the sides of ``Near``, ``SameSentence`` and
``SameParagraph`` are words, phrases, each other, or an ``Or`` of these. ``writer`` relies on it.
"""

from collections.abc import Callable, Iterator, Sequence

from searchidx.query.limits import Remarks
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

_FILTER_FIELDS = frozenset(("source", "byline", "language"))
_NOTHING, _EVERYTHING = MatchNone(), MatchAll()


def is_filter(part: Query) -> bool:
    """Tell whether ``part`` only narrows the answer and says nothing about what ranks first.

    >>> is_filter(DateRange("2025-01-01")), is_filter(Field("title", Term("talks")))
    (True, False)
    """
    match part:
        case DateRange() | Not() | MatchNone():
            return True
        case Field(name, inner):
            return name in _FILTER_FIELDS or is_filter(inner)
        case And(parts) | Or(parts):
            return all(map(is_filter, parts))
        case _:
            return False


def conjunction(parts: Sequence[Query], remarks: Remarks) -> Query:
    """Want all of ``parts``; dates among them are intersected."""
    flat: list[Query] = []
    for part in _flattened(parts, And):
        if isinstance(part, MatchNone):
            return _NOTHING
        if isinstance(part, DateRange):
            _intersect(flat, part, remarks)
        elif not isinstance(part, MatchAll):
            flat.append(part)
    if len(flat) == 1:
        return flat[0]
    return And(tuple(flat)) if flat else _EVERYTHING


def disjunction(parts: Sequence[Query]) -> Query:
    """Want any of ``parts``, as with OR."""
    flat = [part for part in _flattened(parts, Or) if not isinstance(part, MatchNone)]
    if any(isinstance(part, MatchAll) for part in flat):
        return _EVERYTHING
    if len(flat) == 1:
        return flat[0]
    return Or(tuple(flat)) if flat else _NOTHING


def negation(part: Query) -> Query:
    """Want the documents without ``part``."""
    match part:
        case Not(inner):
            return inner
        case MatchAll():
            return _NOTHING
        case MatchNone():
            return _EVERYTHING
        case _:
            return Not(part)


def group(
    required: Sequence[Query],
    optional: Sequence[Query],
    remarks: Remarks,
    wrap: Callable[[Query], Query] | None = None,
) -> Query:
    """Join what stands side by side without an operator.

    Filters narrow; of the others, the required ones must match and the optional ones help to rank,
    or one of them must match where nothing is required. ``wrap`` is put around all but the filters.
    """
    filters = [part for part in (*required, *optional) if is_filter(part)]
    must = [part for part in required if not is_filter(part) and not isinstance(part, MatchAll)]
    should = [part for part in optional if not is_filter(part) and not isinstance(part, MatchAll)]
    scored: Sequence[Query] = must
    if should:
        preferred = should[0] if len(should) == 1 else Or(tuple(should), implicit=True)
        scored = [Prefer(conjunction(must, remarks), preferred)] if must else [preferred]
    if scored and wrap:
        scored = [wrap(conjunction(scored, remarks))]
    return conjunction((*scored, *filters), remarks)


def strictly(required: Sequence[Query], optional: Sequence[Query]) -> list[Query]:
    """Mark a single part with a plus and nothing beside it as required, so that no synonym stands for it.

    Of several required parts each is strict by itself.
    """
    scored = [
        part for part in (*required, *optional) if not is_filter(part) and not isinstance(part, MatchAll)
    ]
    if len(scored) != 1 or scored[0] not in required or not isinstance(scored[0], Term | Or | Field):
        return list(required)
    return [Prefer(part, _NOTHING) if part is scored[0] else part for part in required]


def within(name: str, part: Query, remarks: Remarks) -> Query:
    """Look for ``part`` in the field ``name``; fields and dates inside it keep their own meaning.

    >>> within("title", Not(Term("a")), Remarks())
    Not(part=Field(name='title', part=Term(text='a')))
    """
    if isinstance(part, MatchAll | MatchNone):
        return part
    if not (_holds_place(part) or is_filter(part)):
        return Field(name, part)
    match part:
        case Field():
            remarks.add(f"{name}: holds {part.name}: the inner field is searched")
            return part
        case Not(inner):
            return negation(within(name, inner, remarks))
        case And(parts):
            return conjunction([within(name, each, remarks) for each in parts], remarks)
        case Or(parts, implicit=True):
            return group((), [within(name, each, remarks) for each in parts], remarks)
        case Or(parts):
            return disjunction([within(name, each, remarks) for each in parts])
        case Prefer(must, MatchNone()):
            return Prefer(within(name, must, remarks), _NOTHING)
        case Prefer(must, should):
            return group((within(name, must, remarks),), (within(name, should, remarks),), remarks)
        case _:
            return part  # a date


def side(part: Query, remarks: Remarks) -> Query | None:
    """Make ``part`` one side of NEAR, /s or /p: words that have places; None where it holds no word."""
    match part:
        case Or():
            pass
        case And() | Prefer() | Not() | Field() | DateRange():
            remarks.add(
                "only words, phrases and OR can stand beside NEAR, /s and /p: read as any of the words"
            )
        case _:
            pass
    words = tuple(_placed(part)) or tuple(_placed(part, negated=True))
    return disjunction(words) if words else None


def _placed(part: Query, *, negated: bool = False) -> Iterator[Query]:
    """Yield the words, phrases and so on of ``part`` that have a place; of a Not only if ``negated``."""
    match part:
        case (
            Term()
            | Exact()
            | Prefix()
            | Fuzzy()
            | AnyOf()
            | Phrase()
            | Near()
            | SameSentence()
            | SameParagraph()
        ):
            yield part
        case And(parts) | Or(parts):
            for each in parts:
                yield from _placed(each, negated=negated)
        case Prefer(must, should):
            yield from _placed(must, negated=negated)
            yield from _placed(should, negated=negated)
        case Field(_, inner):
            yield from _placed(inner, negated=negated)
        case Not(inner):
            if negated:
                yield from _placed(inner, negated=True)
        case DateRange() | MatchAll() | MatchNone():
            return


def _flattened(parts: Sequence[Query], kind: type[And] | type[Or]) -> Iterator[Query]:
    for part in parts:
        if isinstance(part, kind) and not (isinstance(part, Or) and part.implicit):
            yield from part.parts
        else:
            yield part


def _holds_place(part: Query) -> bool:
    match part:
        case Field() | DateRange():
            return True
        case And(parts) | Or(parts):
            return any(map(_holds_place, parts))
        case Not(inner):
            return _holds_place(inner)
        case Prefer(must, should):
            return _holds_place(must) or _holds_place(should)
        case _:
            return False


def _intersect(flat: list[Query], days: DateRange, remarks: Remarks) -> None:
    """Put ``days`` into ``flat``: narrow the first range that it overlaps, or stand beside it."""
    for place, other in enumerate(flat):
        if not isinstance(other, DateRange):
            continue
        since = max(filter(None, (other.since, days.since)), default=None)
        until = min(filter(None, (other.until, days.until)), default=None)
        if since is None or until is None or since <= until:
            flat[place] = DateRange(since, until)
            return
        remarks.add("no day lies in all of the dates asked for")
    flat.append(days)
