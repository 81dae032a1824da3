"""The tokens of a typed query: what ``lexer`` gives and ``parser`` takes.

They are named tuples, since they never leave this room and a query is answered by a fresh process
as often as not: a frozen dataclass takes 0.4 ms to define, a named tuple 0.05 ms.
"""

from enum import Enum
from typing import Literal, NamedTuple, TypeAlias

from searchidx.query.nodes import Query

Sign: TypeAlias = Literal["", "+", "-"]
OperatorKind: TypeAlias = Literal["AND", "OR", "NOT", "NEAR", "/s", "/p"]


class Operand(NamedTuple):
    """Something to search for: one part, or several that were written as one (``foo/bar``)."""

    parts: tuple[Query, ...]
    sign: Sign = ""
    fields: tuple[str, ...] = ()  # the outer one first


class Open(NamedTuple):
    """An opening parenthesis and what stands before it."""

    sign: Sign = ""
    fields: tuple[str, ...] = ()


class Operator(NamedTuple):
    """An operator between or before operands; ``text`` as typed."""

    kind: OperatorKind
    text: str
    distance: int = 0  # in words, of NEAR


class Mark(Enum):
    """A token that says all by being there."""

    CLOSE = ")"
    IN_RAW = "in:raw"  # look for the words of the group in the kept and the cut text


Token: TypeAlias = Operand | Open | Operator | Mark


class Tokens(NamedTuple):
    """The tokens of a query; ``clauses`` counts the words and dates among them."""

    tokens: tuple[Token, ...]
    clauses: int
    is_cut: bool
