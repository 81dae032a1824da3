"""Cut a typed query into tokens: operands with what stands before them, operators, parentheses.

In: cleaned text (see ``characters``). Out: a flat list of tokens; what looks like an operator and
can't be one has become words here, with a remark, as far as this can be told without the
neighbours (those are for ``parser``). One pass from left to right, in linear time.
"""

import re
from collections.abc import Sequence
from datetime import date

from searchidx.query.characters import Cleaned
from searchidx.query.dates import read_days
from searchidx.query.limits import (
    DEFAULT_DISTANCE,
    MAX_CLAUSES,
    MAX_DISTANCE,
    MAX_PHRASE_WORDS,
    Remarks,
)
from searchidx.query.nodes import DateRange, MatchAll, Near, Phrase, Query
from searchidx.query.tokens import Mark, Open, Operand, Operator, Sign, Token, Tokens
from searchidx.query.words import read_phrase, read_words, term

_FIELDS = frozenset(("title", "source", "byline", "language"))
_DATE_FIELDS = frozenset(("date", "since", "until"))

_RUN = re.compile(r'[^ ()"]+')
_FIELD = re.compile(r"([A-Za-z_][\w-]{0,60}):(?!//)")
_IN_RAW = re.compile(r"in:raw(?![^\W_])", re.IGNORECASE)
_DAYS = re.compile(r'"([^"]*)"|(?:last|this)[ _-](?:week|month|year)(?!\w)|[^ ()"]+', re.IGNORECASE)
_NEAR = re.compile(r"NEAR(?:/([0-9]+))?")
_SLOP = re.compile(r"(?:~(?:-|\+?([0-9]*))[0-9.]*)?(\^+[-+]?[\w.]*)?")
_SIGNS = re.compile(r"[-+]*")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://")
_BRACKETED_RANGE = re.compile(r"[\[{][^ ]* TO ")
# Words that are operators elsewhere, and what to write here.
_FOREIGN = {"&&": "AND", "||": "OR", "ANDNOT": "NOT", "ANDMAYBE": "+word other"}


def tokenize(cleaned: Cleaned, *, exact: bool, today: date | None, remarks: Remarks) -> Tokens:
    """Cut ``cleaned`` into tokens; read ``date:yesterday`` as of ``today`` (None: ask the clock).

    >>> tokenize(Cleaned(text="+talks"), exact=False, today=None, remarks=Remarks()).tokens
    (Operand(parts=(Term(text='talks'),), sign='+', fields=()),)
    """
    if _BRACKETED_RANGE.search(cleaned.text):
        remarks.add("there are no ranges in brackets: read as words (for dates: date:2025-05..2025-06)")
    lexer = _Lexer(cleaned, exact=exact, today=today, remarks=remarks)
    lexer.run()
    return Tokens(tokens=tuple(lexer.tokens), clauses=lexer.clauses, is_cut=lexer.is_cut)


class _Lexer:
    """The state of one pass: where it is, what it has found, and which marks wait for an operand."""

    def __init__(self, cleaned: Cleaned, *, exact: bool, today: date | None, remarks: Remarks) -> None:
        self.text = cleaned.text
        self.is_cut = cleaned.is_cut
        self.at = 0
        self.tokens: list[Token] = []
        self.clauses = 0
        self.exact = exact
        self.today = today
        self.remarks = remarks
        self._start_operand()

    def _start_operand(self) -> None:
        self.sign: Sign = ""
        self.fields: tuple[str, ...] = ()
        self.is_exact_phrase = False

    def run(self) -> None:
        """Read the text to its end, or to the limit of clauses."""
        while self.at < len(self.text):
            match self.text[self.at]:
                case " ":
                    self.at += 1
                case "(":
                    self.at += 1
                    self.tokens.append(Open(sign=self.sign, fields=self.fields))
                    self._start_operand()
                case ")":
                    self.at += 1
                    self._add_lone_field()
                    self.tokens.append(Mark.CLOSE)
                case '"':
                    self._read_quoted()
                case _:
                    self._read_run()
        self._add_lone_field()
        while self.is_cut and self.tokens and isinstance(self.tokens[-1], Operator):
            self.tokens.pop()  # its operand was cut off; no fault of the user's

    # ---- what is added ----

    def _add(self, parts: Sequence[Query], words: int | None = None) -> None:
        """Add an operand of so many words with the marks that wait for it."""
        self.clauses += len(parts) if words is None else words
        self.tokens.append(Operand(parts=tuple(parts), sign=self.sign, fields=self.fields))
        self._start_operand()

    def _add_words(self, parts: Sequence[Query]) -> None:
        """Add as many of ``parts`` as the limit allows."""
        read = self._within_limit(parts)
        if read:
            self._add(read)

    def _within_limit(self, parts: Sequence[Query]) -> Sequence[Query]:
        room = MAX_CLAUSES - self.clauses
        if len(parts) > room:
            self.remarks.add(f"only the first {MAX_CLAUSES} words are read")
            self.at = len(self.text)
            self.is_cut = True
        return parts[:room]

    def _add_lone_field(self) -> None:
        """Read a field name that has nothing after it as a word."""
        if self.fields:
            name = self.fields[-1]
            self.remarks.add(f"{name}: has nothing after it: read as a word")
            self.fields = self.fields[:-1]
            self._add_words((term(name, exact=self.exact),))
        self._start_operand()

    # ---- quotation marks ----

    def _read_quoted(self) -> None:
        """Read a phrase and its ``~n``; a mark without its partner counts as nothing."""
        end = self.text.find('"', self.at + 1)
        if end < 0 and not self.is_cut:
            self.remarks.add("a quotation mark without its partner is ignored")
            self.at += 1
            return
        end = len(self.text) if end < 0 else end
        parts = read_phrase(self.text[self.at + 1 : end], exact=self.exact or self.is_exact_phrase)
        suffix = _SLOP.match(self.text, end + 1)
        self.at = suffix.end() if suffix else end + 1
        if suffix and suffix[2]:
            self.remarks.add("there are no boosts: {} is ignored", suffix[2])
        self._add_phrase(parts, slop=suffix[1] if suffix else None)

    def _add_phrase(self, parts: Sequence[Query], slop: str | None) -> None:
        if len(parts) > MAX_PHRASE_WORDS:
            self.remarks.add(f"only the first {MAX_PHRASE_WORDS} words of a phrase are read")
            parts = parts[:MAX_PHRASE_WORDS]
        if not parts:
            self.remarks.add("an empty phrase is ignored")
            self._add_lone_field()
            return
        parts = self._within_limit(parts)
        match parts:
            case ():
                return
            case (part,):
                self._add((part,))
            case (left, right) if slop and int(slop):
                self._add((Near(left, right, self._distance(slop)),), words=2)
            case _:
                if slop and int(slop):
                    self.remarks.add('"…"~n works with two words: read as a phrase')
                self._add((Phrase(tuple(parts)),), words=len(parts))

    def _distance(self, digits: str | None) -> int:
        asked = DEFAULT_DISTANCE if digits is None else int(digits)
        read = min(max(asked, 1), MAX_DISTANCE)
        if read != asked:
            self.remarks.add(f"a distance is 1 to {MAX_DISTANCE} words: read as {read}")
        return read

    # ---- runs of characters without blanks, quotation marks or parentheses ----

    def _read_run(self) -> None:
        """Read an operator, a star, or an operand with what stands before it."""
        match = _RUN.match(self.text, self.at)
        if match is None:  # a run has at least the character that we stand on
            self.at += 1
            return
        start, end = match.span()
        run = match[0]
        if token := self._operator(run):
            self.at = end
            self._add_lone_field()
            self.tokens.append(token)
            return
        if run in _FOREIGN:
            self.remarks.add(f"{{}} is no operator here (write {_FOREIGN[run]})", run)
        if run == "*" and self.text[start - 1 : start] in ("", " ", "(") and not self._is_glued(end):
            self.at = end
            self._add_lone_field()
            self._add((MatchAll(),), words=0)
            return
        self.at = start + self._read_sign(start)
        self._read_marked(end)

    def _operator(self, run: str) -> Operator | None:
        match run:
            case "AND" | "OR" | "NOT":
                return Operator(kind=run, text=run)
            case "/s" | "/S":
                return Operator(kind="/s", text=run)
            case "/p" | "/P":
                return Operator(kind="/p", text=run)
        near = _NEAR.fullmatch(run)
        if near:
            return Operator(kind="NEAR", text=run, distance=self._distance(near[1]))
        if run.startswith("NEAR/"):
            self.remarks.add("{} is read as words (write NEAR/5)", run)
        return None

    def _is_glued(self, end: int) -> bool:
        return self.text[end : end + 1] in ("(", '"')

    def _read_sign(self, start: int) -> int:
        """Take a sign off the run at ``start``; give the number of characters read.

        A sign is one character, after a blank or "(" and before an operand; all else is punctuation.
        """
        signs = _SIGNS.match(self.text, start)
        marks = signs.end() - start if signs else 0
        before, after = self.text[start - 1 : start], self.text[start + 1 : start + 2]
        if marks == 1 and before in ("", " ", "(") and after not in ("", " ", ")"):
            self.sign = "+" if self.text[start] == "+" else "-"
        return marks

    def _read_marked(self, end: int) -> None:
        """Read field names, then the date, words or mark of exactness that follow, up to ``end``."""
        while match := _FIELD.match(self.text, self.at, end):
            name = match[1].lower()
            if _IN_RAW.match(self.text, self.at):
                self._start_operand()
                self.tokens.append(Mark.IN_RAW)
                self.at += len("in:raw")
            elif name in _DATE_FIELDS:
                self.at = match.end()
                if self._read_date(name):
                    return
            elif name in _FIELDS:
                self.fields = (*self.fields, name)
                self.at = match.end()
            else:
                if match.end() < end or self._is_glued(end):
                    self.remarks.add("no field {}: read as words", match[1])
                break
        self._read_operand(end)

    def _read_date(self, name: str) -> bool:
        """Read the days after ``name:``; where none can be read, leave them to be read as words."""
        match = _DAYS.match(self.text, self.at)
        if match is None:
            self.fields = (*self.fields, name)
            self._add_lone_field()
            return True
        value = (match[1] or "") if match[0].startswith('"') else match[0].rstrip(",;!?")
        days = read_days(value, self.today)
        since = days.since if days and name != "until" else None
        until = days.until if days and name != "since" else None
        if days is None or (since is None and until is None):
            self.remarks.add("the date {} can't be read: searched as words", value)
            return False
        if days.was_reversed:
            self.remarks.add("{}: the later day came first; the two are swapped", f"{name}:{value}")
        self.at = match.end()
        self.fields = ()
        if self._within_limit((DateRange(since, until),)):
            self._add((DateRange(since, until),))
        return True

    def _read_operand(self, end: int) -> None:
        """Read the words up to ``end``, or leave what was read to the phrase or group that follows."""
        run = self.text[self.at : end]
        if run[:1] == "-" and self.fields and not self.sign:  # title:-word is -title:word
            self.sign = "-"
        is_exact = run[:1] == "=" and (run[1:2].isalnum() or (run == "=" and self._is_glued(end)))
        if self._is_glued(end) and run in ("", "=", "-"):
            self.is_exact_phrase = is_exact
            self.at = end
            return
        if address := _ADDRESS.match(run):
            self.remarks.add("an address is read as words")
            run = run[address.end() :].replace("&", " ").replace("?", " ")
        words = read_words(run, exact=self.exact or is_exact, remarks=self.remarks)
        self.at = end
        if words:
            self._add_words(words)
        else:
            self._add_lone_field()
