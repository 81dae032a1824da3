"""The nodes of a query: what was asked, and what an engine is given.

A typed query becomes a tree of ``Query`` nodes (``parser``). ``expansion`` turns the word-like
leaves (``Term``, ``Exact``, ``Prefix``, ``Fuzzy``) into groups of real terms of the index
(``AnyOf``); the result is a tree of ``EngineQuery`` nodes, all that a back-end has to know.

Where several words stand for a default search, the parser gives ``Or(implicit=True)``: any of
them matches, and documents with all of them are counted and marked.
"""

from dataclasses import dataclass
from typing import TypeAlias

# ---- leaves as typed; gone after expansion ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """A word: itself, its other forms, spellings and names. May hold several tokens (``A-50``)."""

    text: str


@dataclass(frozen=True, slots=True)
class Exact:
    """A word in exactly this spelling (case and diacritics apart): no stem, no variant."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """All words that begin so."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words within ``edits`` (1 or 2) insertions, deletions or changes, with the same first letter."""

    text: str
    edits: int = 1


# ---- the leaf of an engine -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Alternative:
    """Terms of the index that stand side by side; mostly one.

    With a ``language``, only documents whose stems are of that language count: "arts" is a form of
    "art" in English and not in German.
    """

    terms: tuple[str, ...]
    weight: float = 1.0
    language: str = ""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A group of spellings, searched and scored as one term.

    Its frequency in a document is the weighted sum of theirs, its document frequency the number of
    documents that hold any of them. ``boost`` multiplies the score.
    """

    alternatives: tuple[Alternative, ...]
    boost: float = 1.0


# ---- operators -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Phrase:
    """Its parts side by side, in order."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Near:
    """``left`` and ``right`` in either order with at most ``distance - 1`` words between them."""

    left: "Query"
    right: "Query"
    distance: int = 10


@dataclass(frozen=True, slots=True)
class SameSentence:
    """Both in one sentence."""

    left: "Query"
    right: "Query"


@dataclass(frozen=True, slots=True)
class SameParagraph:
    """Both in one paragraph."""

    left: "Query"
    right: "Query"


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts; ``implicit`` when the user wrote words and no operator."""

    parts: tuple["Query", ...]
    implicit: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """The documents that ``part`` does not match; adds nothing to a score."""

    part: "Query"


@dataclass(frozen=True, slots=True)
class Prefer:
    """The documents of ``must``; those that also match ``should`` score more (``+a b``).

    With ``MatchNone`` beside it, ``must`` is a word with a plus that stands alone.
    """

    must: "Query"
    should: "Query"


@dataclass(frozen=True, slots=True)
class Field:
    """``part`` looked for in one field: title, source, byline, language, or raw (kept and cut text)."""

    name: str
    part: "Query"


@dataclass(frozen=True, slots=True)
class DateRange:
    """Documents published on a day from ``since`` to ``until``, both included, as YYYY-MM-DD; None: open."""

    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Every document."""


@dataclass(frozen=True, slots=True)
class MatchNone:
    """No document: nothing that could be searched was typed."""


Word: TypeAlias = Term | Exact | Prefix | Fuzzy
Operator: TypeAlias = (
    Phrase
    | Near
    | SameSentence
    | SameParagraph
    | And
    | Or
    | Not
    | Prefer
    | Field
    | DateRange
    | MatchAll
    | MatchNone
)
Query: TypeAlias = Word | AnyOf | Operator
EngineQuery: TypeAlias = AnyOf | Operator  # and so are all nodes below
