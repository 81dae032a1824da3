"""Read a typed query: any string becomes a tree of nodes, with an echo and warnings.

    group      = item, item …                  any of them; filters, +item and -item are strict
    item       = or;  or = and OR and …;  and = not AND not …;  not = [NOT] near
    near       = operand [NEAR/5 | /s | /p] operand …
    operand    = [+ | -] [field:] word | "phrase" | date | ( group )

In: what somebody typed. Out: ``Parsed``. Nothing raises: what can't be read as an operator is read
as words, and the warnings say so. Other spellings and names of a word are added later, by ``expansion``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias

from searchidx.query import shape
from searchidx.query.characters import clean, is_blank
from searchidx.query.lexer import tokenize
from searchidx.query.limits import MAX_CLAUSES, MAX_DEPTH, Remarks
from searchidx.query.nodes import And, Field, MatchNone, Near, Not, Query, SameParagraph, SameSentence
from searchidx.query.tokens import Mark, Open, Operand, Operator, OperatorKind, Tokens
from searchidx.query.words import term
from searchidx.query.writer import depth_of, write

_POSITIONAL = frozenset(("NEAR", "/s", "/p"))
_LETTERS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A query as it was understood."""

    query: Query
    interpreted: str  # in the query language; parsed again, it gives the same query
    warnings: tuple[str, ...] = ()
    is_empty: bool = False  # nothing was typed but white space: wrong usage


def parse(text: str, *, all_words: bool = False, exact: bool = False, today: date | None = None) -> Parsed:
    """Make sense of ``text``; ``all_words``: want all words side by side; ``exact``: only as spelt.

    ``today`` is what "yesterday" is counted from; by default the clock is asked, if need be.

    >>> parse('+prisoner exchange NOT "Black Sea').interpreted
    '+prisoner exchange Sea -Black'
    """
    if is_blank(text):
        return Parsed(query=MatchNone(), interpreted="", is_empty=True)
    remarks = Remarks()
    tokens = tokenize(clean(text, remarks), exact=exact, today=today, remarks=remarks)
    max_depth = MAX_DEPTH
    while True:
        reader = _Reader(tokens, all_words=all_words, exact=exact, max_depth=max_depth, remarks=remarks)
        query = reader.read()
        interpreted = write(query)
        excess = depth_of(interpreted) - MAX_DEPTH
        # The echo may hold more parentheses than were typed; it must be read in full when typed again.
        if excess <= 0 or max_depth == 0:
            break
        max_depth = max(max_depth - excess, 0)
    _remark_whole(query, remarks)
    return Parsed(query=query, interpreted=interpreted, warnings=remarks.as_tuple())


def _remark_whole(query: Query, remarks: Remarks) -> None:
    """Remark on a query that finds all or nothing, mostly against the user's meaning."""
    parts = query.parts if isinstance(query, And) else (query,)
    if isinstance(query, MatchNone):
        remarks.add("there is no word in this to search for")
    elif all(isinstance(part, Not) for part in parts):
        remarks.add("only words to leave out: all documents without them are found")
    for name in ("source", "language"):
        if sum(isinstance(part, Field) and part.name == name for part in parts) > 1:
            remarks.add(f"no document has two values of {name}: for either, write {name}:(one two)")


class _Part(NamedTuple):
    """An operand that has been read; ``run`` holds the words of ``foo/bar``, still apart."""

    node: Query
    sign: str = ""
    run: tuple[Query, ...] = ()


_Row: TypeAlias = list[_Part | Operator]


class _Reader:
    """Builds the tree from the tokens, group by group; goes no deeper than ``max_depth``."""

    def __init__(
        self, tokens: Tokens, *, all_words: bool, exact: bool, max_depth: int, remarks: Remarks
    ) -> None:
        self.tokens = tokens.tokens
        self.clauses = tokens.clauses
        self.is_cut = tokens.is_cut
        self.all_words = all_words
        self.exact = exact
        self.max_depth = max_depth
        self.remarks = remarks
        self.at = 0

    def read(self) -> Query:
        """Read all tokens."""
        return self._group(0) or MatchNone()

    # ---- groups ----

    def _group(self, depth: int) -> Query | None:
        """Read up to the end of the group; None where it holds nothing to search for."""
        row: _Row = []
        in_raw = False
        flattened = 0  # parentheses open that are read as if they were not there
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            match token:
                case Operand():
                    row.append(self._part(token, self._side_by_side(token.parts), token.parts))
                case Operator():
                    row.append(token)
                case Mark.IN_RAW:
                    in_raw = True
                case Open() if depth < self.max_depth:
                    node = self._group(depth + 1)
                    if node is not None:
                        row.append(self._part(token, node))
                    elif token.fields:
                        row += self._words(
                            token.fields[-1], f"{token.fields[-1]}: has nothing after it: read as a word"
                        )
                case Open():
                    flattened += 1
                    self.remarks.add(f"parentheses nested more than {MAX_DEPTH} deep are ignored")
                case Mark.CLOSE if flattened:
                    flattened -= 1
                case Mark.CLOSE if depth:
                    return self._joined(row, in_raw=in_raw)
                case Mark.CLOSE:
                    self.remarks.add("a ')' without its '(' is ignored")
        if (depth or flattened) and not self.is_cut:
            self.remarks.add("a '(' without its ')' is closed at the end")
        return self._joined(row, in_raw=in_raw)

    def _part(self, token: Operand | Open, node: Query, run: Sequence[Query] = ()) -> _Part:
        for name in reversed(token.fields):
            node = shape.within(name, node, self.remarks)
        is_run = len(run) > 1 and not token.sign and not token.fields
        return _Part(node, token.sign, tuple(run) if is_run else ())

    def _side_by_side(self, parts: Sequence[Query]) -> Query:
        return (
            shape.group(parts, (), self.remarks) if self.all_words else shape.group((), parts, self.remarks)
        )

    def _words(self, text: str, remark: str) -> list[_Part]:
        """Read the letters of an operator as words, as far as the limit of clauses allows."""
        self.remarks.add(remark)
        words = [term(word, exact=self.exact) for word in _LETTERS.findall(text.lower())]
        words = words[: MAX_CLAUSES - self.clauses]
        self.clauses += len(words)
        return [_Part(word) for word in words]

    # ---- operators, the tightest first ----

    def _joined(self, row: _Row, *, in_raw: bool) -> Query | None:
        row = self._with_operands(row)
        row = self._positional(row)
        row = _negated(row)
        row = self._infix(row, "AND")
        row = self._infix(row, "OR")
        parts = [part for part in row if isinstance(part, _Part)]
        has_words = not all(shape.is_filter(part.node) for part in parts)
        if in_raw and not has_words:
            parts += self._words("in:raw", "in:raw has no words to look for: read as words")
            in_raw = False
        if not parts:
            return None
        required: list[Query] = []
        optional: list[Query] = []
        for part in parts:
            is_required = self.all_words or part.sign == "+"
            (required if is_required else optional).extend(part.run or (part.node,))
        if any(part.sign == "+" for part in parts):
            required = shape.strictly(required, optional)
        wrap = (lambda scored: shape.within("raw", scored, self.remarks)) if in_raw else None
        return shape.group(required, optional, self.remarks, wrap)

    def _with_operands(self, row: _Row) -> _Row:
        """Read as words all operators that lack an operand."""
        starts = [False] * (len(row) + 1)  # whether an operand, with or without NOT, begins here
        for place in range(len(row) - 1, -1, -1):
            item = row[place]
            starts[place] = isinstance(item, _Part) or (item.kind == "NOT" and starts[place + 1])
        settled: _Row = []
        for place, item in enumerate(row):
            if isinstance(item, _Part):
                settled.append(item)
                continue
            has_left = item.kind == "NOT" or (place > 0 and isinstance(row[place - 1], _Part))
            if has_left and starts[place + 1]:
                settled.append(item)
            else:
                wanted = "a word after it" if item.kind == "NOT" else "a word on each side"
                settled += self._words(item.text, f"{item.text} wants {wanted}: read as a word")
        return settled

    def _positional(self, row: _Row) -> _Row:
        """Bind NEAR, /s and /p, from left to right."""
        joined: _Row = []
        items = iter(row)
        for item in items:
            left = joined[-1] if joined else None
            if not isinstance(item, Operator) or item.kind not in _POSITIONAL or not isinstance(left, _Part):
                joined.append(item)
                continue
            right = next(items)
            while isinstance(right, Operator):  # a NOT: nothing else can stand here
                self.remarks.add(f"NOT after {item.text} is ignored")
                right = next(items)
            if right.sign == "-":
                self.remarks.add(f"- after {item.text} is ignored")
            sides = shape.side(left.node, self.remarks), shape.side(right.node, self.remarks)
            if sides[0] is None or sides[1] is None:
                self.remarks.add(f"{item.text} wants words on both sides: ignored")
                joined.append(right)
            else:
                joined[-1] = _Part(_place(item, sides[0], sides[1]), left.sign)
        return joined

    def _infix(self, row: _Row, kind: OperatorKind) -> _Row:
        """Bind AND, or OR once AND is bound, from left to right."""
        joined: _Row = []
        items = iter(row)
        for item in items:
            left = joined[-1] if joined else None
            if not isinstance(item, Operator) or item.kind != kind or not isinstance(left, _Part):
                joined.append(item)
                continue
            right = next(items)
            if isinstance(right, Operator):  # never: ``_with_operands`` saw to it
                continue
            if kind == "AND":
                joined[-1] = _Part(shape.conjunction((left.node, right.node), self.remarks))
            else:
                if "+" in (left.sign, right.sign):
                    self.remarks.add("+ beside OR is ignored")
                joined[-1] = _Part(shape.disjunction((left.node, right.node)))
        return joined


def _place(operator: Operator, left: Query, right: Query) -> Query:
    match operator.kind:
        case "/s":
            return SameSentence(left, right)
        case "/p":
            return SameParagraph(left, right)
        case _:
            return Near(left, right, operator.distance)


def _negated(row: _Row) -> _Row:
    """Bind NOT and the minus sign; two of them cancel out."""
    joined: _Row = []
    for item in reversed(row):
        if isinstance(item, Operator) and item.kind == "NOT" and joined and isinstance(joined[-1], _Part):
            joined[-1] = _Part(shape.negation(joined[-1].node))
        elif isinstance(item, _Part) and item.sign == "-":
            joined.append(_Part(shape.negation(item.node)))
        else:
            joined.append(item)
    return joined[::-1]
