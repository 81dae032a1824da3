"""Write a query tree in the query language, so that the user sees how it was read.

In: any query tree. Out: one line; ``parser`` makes the same tree of it, provided that the tree has
the normal form of ``shape`` (all that ``parser`` gives have it). Other trees become text of the same meaning.
"""

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
from searchidx.query.shape import is_filter


def write(query: Query) -> str:
    """Write ``query`` as a whole, or as all that stands between two parentheses.

    >>> write(And((Or((Term("a"), Phrase((Term("b"), Term("c")))), implicit=True), Not(Term("d")))))
    'a "b c" -d'
    """
    match query:
        case And((first, *others)) if not is_filter(first) and all(map(is_filter, others)):
            return " ".join((_beside(first), *map(_item, others)))
        case And(parts) if all(map(is_filter, parts)):
            return " ".join(map(_item, parts))
        case And(parts):
            return " AND ".join(map(_joined, parts))
        case Or(parts, implicit=True):
            return " ".join(map(_item, parts))
        case Or(parts):
            return " OR ".join(map(_joined, parts))
        case Prefer(must, should):
            musts = must.parts if isinstance(must, And) and not any(map(is_filter, must.parts)) else (must,)
            optional = write(should) if isinstance(should, Or) and should.implicit else _item(should)
            return " ".join((*(f"+{_operand(part)}" for part in musts), optional)).rstrip()
        case Field("raw", part):
            return f"in:raw {_item(part)}"
        case _:
            return _item(query)


def depth_of(text: str) -> int:
    """Give how deep the parentheses in ``text`` are nested; none may stand in its phrases."""
    if text.count("(") <= 1:
        return text.count("(")
    depth = deepest = 0
    for char in text:
        if char == "(":
            depth += 1
            deepest = max(deepest, depth)
        elif char == ")":
            depth -= 1
    return deepest


def _beside(part: Query) -> str:
    """Write a part whose words may stand among other items, without parentheses of its own."""
    match part:
        case Or(_, implicit=True) | Prefer() | Field("raw", _):
            return write(part)
        case _:
            return _item(part)


def _item(part: Query) -> str:
    """Write one of several things side by side."""
    match part:
        case Not(inner):
            return f"-{_operand(inner)}"
        case Near() | SameSentence() | SameParagraph():
            return _positional(part)
        case _:
            return _operand(part)


def _joined(part: Query) -> str:
    """Write what stands beside AND or OR."""
    return f"NOT {_operand(part.part)}" if isinstance(part, Not) else _item(part)


def _positional(part: Near | SameSentence | SameParagraph) -> str:
    match part.left:
        case Near() | SameSentence() | SameParagraph():
            left = _positional(part.left)  # read from left to right anyway
        case _:
            left = _operand(part.left)
    match part:
        case Near():
            operator = f"NEAR/{part.distance}"
        case SameSentence():
            operator = "/s"
        case SameParagraph():
            operator = "/p"
    return f"{left} {operator} {_operand(part.right)}"


def _operand(part: Query) -> str:
    """Write something that a sign, a field or an operator can take: in parentheses, if need be."""
    match part:
        case Term(text):
            return text
        case Exact(text):
            return f"={text}"
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text, edits):
            return f"{text}~" if edits == 1 else f"{text}~{edits}"
        case AnyOf(alternatives):
            return f"({' OR '.join(_phrase(tuple(map(Exact, each.terms))) for each in alternatives)})"
        case Phrase(parts):
            return _phrase(parts)
        case Field("raw", _):
            return f"({write(part)})"
        case Field(name, inner):
            return f"{name}:{_operand(inner)}"
        case DateRange(since, until):
            return _days(since, until)
        case MatchAll():
            return "*"
        case MatchNone():
            return ""
        case Near() | SameSentence() | SameParagraph() | And() | Or() | Not() | Prefer():
            return f"({write(part)})"


def _phrase(parts: tuple[Query, ...]) -> str:
    if parts and all(isinstance(part, Exact) for part in parts):
        return f'="{" ".join(_operand(part)[1:] for part in parts)}"'
    return f'"{" ".join(map(_operand, parts))}"'


def _days(since: str | None, until: str | None) -> str:
    match since, until:
        case None, None:
            return "*"
        case None, _:
            return f"until:{until}"
        case _, None:
            return f"since:{since}"
        case _:
            return f"date:{since}" if since == until else f"date:{since}..{until}"
