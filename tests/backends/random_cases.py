"""Random documents, changes and query trees over a small vocabulary, so that they meet often.

All is decided by throwing ``Dice``, made of bytes that Hypothesis draws and shrinks: 0 stands for the
simplest choice, and where the bytes end only zeros follow. One draw for an example, because
Hypothesis would spend most examples on copying parts of one into another.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from searchidx.analysis import SentenceRules, index_document
from searchidx.query.nodes import (
    Alternative,
    And,
    AnyOf,
    DateRange,
    EngineQuery,
    Field,
    MatchAll,
    MatchNone,
    Near,
    Not,
    Or,
    Phrase,
    Prefer,
    SameParagraph,
    SameSentence,
)
from searchidx.types import CleanDocument, IndexDocument, Removed

T = TypeVar("T")

RULES = SentenceRules(abbreviations=frozenset({"brig"}))

_WORDS = (
    "talks",
    "fire",
    "cease",
    "cease-fire",
    "swap",
    "Kyiv",
    "talk",
    "Talks",
    "ceasefire",
    "Tu-95",
    "Київ",
    "文",
)
_ENDS = (" ", " ", " ", " ", " ", ", ", ". ", ".\n", "\n\n", "! ")
_PIECES = (
    *(word + end for word in _WORDS for end in _ENDS),
    "Brig. ",
    "U.S. ",
    "12,000 ",
    "\n",
    "— ",
    "l’art ",
)
DOC_IDS = ("a", "b", "c", "d.txt:2", "B", "ж", "z/z", "é")
_CLUSTERS = {
    "a": "a",
    "c": "a",
    "z/z": "a",
    "B": "B",
    "ж": "B",
    "é": "lone",
}  # near-copies, and one left alone
_DAYS = (None, "2025-05-30", "2025-06-02", "2025-06-02T23:30:00+03:00", "2024-12-31", "2026-02-01")
_LANGUAGES = (None, "en", "de", "en-GB", "uk", "EN")
_SOURCES = ("", "Amberquay Review", "talks.example", "The Ternbridge-Post")
_BYLINES = ((), ("Ada Fox",), ("Ada Fox", "B. O’Swap"))

_TERMS = (
    *(
        ("talks",),
        ("fire",),
        ("cease",),
        ("swap",),
        ("kyiv",),
        ("cease-fire",),
        ("talk",),
        ("ceasefire",),
        ("95",),
    ),
    *(
        ("cease", "fire"),
        ("cease-fire", "talks"),
        ("talks", "cease-fire"),
        ("ada", "fox"),
        ("swap", "lacking"),
    ),
    *(
        ("tu-95",),
        ("київ",),
        ("文",),
        ("us",),
        ("12000",),
        ("art",),
        ("review",),
        ("en",),
        ("de",),
        ("lacking",),
    ),
)
_SPOKEN = (("", 1.0), ("", 0.9), ("en", 0.9), ("de", 1.0))
_SINCE = (None, "2025-01-01", "2025-06-02", "2026-01-01")
_FIELDS = ("title", "raw", "title", "raw", "source", "byline", "language")


class Dice:
    """Choices made by bytes."""

    def __init__(self, data: bytes) -> None:
        self._bytes = iter(data)

    def up_to(self, most: int) -> int:
        """Give a number from 0 to ``most``."""
        return next(self._bytes, 0) % (most + 1)

    def one_of(self, items: Sequence[T]) -> T:
        """Give one of some items, at most 256; the first is the simplest."""
        return items[self.up_to(len(items) - 1)]

    def some(self, make: Callable[["Dice"], T], *, least: int = 0, most: int) -> tuple[T, ...]:
        """Make ``least`` to ``most`` things."""
        return tuple(make(self) for _ in range(least + self.up_to(most - least)))


# ---- documents and changes ---------------------------------------------------------------------------


def random_document(dice: Dice) -> IndexDocument:
    """Make a document of which every other stretch of text was cut."""
    stretches = dice.some(_stretch, least=1, most=3)
    removed, at = [], 0
    for number, stretch in enumerate(stretches):
        if number % 2 and stretch:
            removed.append(Removed(start=at, end=at + len(stretch), rule="random"))
        at += len(stretch)
    doc_id = dice.one_of(DOC_IDS)
    document = CleanDocument(
        doc_id=doc_id,
        cluster=_CLUSTERS.get(doc_id),
        path="news.jsonl",
        line=1,
        kind="text",
        raw="".join(stretches),
        body="".join(stretches[::2]),
        removed=tuple(removed),
        title=" ".join(dice.some(_word, most=4)),
        source=dice.one_of(_SOURCES),
        byline=dice.one_of(_BYLINES),
        published=dice.one_of(_DAYS),
        language=dice.one_of(_LANGUAGES),
        meta={"random": True},
    )
    return index_document(document, RULES)


def _stretch(dice: Dice) -> str:
    return "".join(dice.some(lambda dice: dice.one_of(_PIECES), most=20))


def _word(dice: Dice) -> str:
    return dice.one_of(_WORDS)


@dataclass(frozen=True)
class Session:
    """What one writer does: documents are put, ids are deleted; then it may fail."""

    changes: Sequence[IndexDocument | str]
    is_rebuild: bool = False
    fails: bool = False


def random_history(dice: Dice) -> list[Session]:
    """Make a rebuild and up to three more sessions."""
    first = Session(dice.some(random_document, least=4, most=9), is_rebuild=True)
    return [first, *dice.some(_session, most=3)]


def _session(dice: Dice) -> Session:
    changes = dice.some(_change, most=4)
    return Session(changes, is_rebuild=dice.up_to(5) == 1, fails=dice.up_to(3) == 1)


def _change(dice: Dice) -> IndexDocument | str:
    return random_document(dice) if dice.up_to(2) else dice.one_of(DOC_IDS)


# ---- query trees -------------------------------------------------------------------------------------


def random_group(dice: Dice) -> AnyOf:
    """Make a leaf."""
    return AnyOf(dice.some(_alternative, least=1, most=4), dice.one_of((1.0, 1.5)))


def _alternative(dice: Dice) -> Alternative:
    language, weight = dice.one_of(_SPOKEN)
    return Alternative(dice.one_of(_TERMS), weight, language)


def random_place(dice: Dice, depth: int = 0) -> EngineQuery:
    """Make a node that matches at places of a text."""
    if depth == 2:
        return random_group(dice)

    def inner(dice: Dice) -> EngineQuery:
        return random_place(dice, depth + 1)

    match dice.up_to(8):
        case 1:
            return Phrase(dice.some(inner, least=1, most=3))
        case 2:
            return Near(inner(dice), inner(dice), dice.one_of((1, 2, 3, 10)))
        case 3:
            return SameSentence(inner(dice), inner(dice))
        case 4:
            return SameParagraph(inner(dice), inner(dice))
        case 5:
            return Or(dice.some(inner, least=1, most=3))
        case _:
            return random_group(dice)


def random_tree(dice: Dice, depth: int = 0) -> EngineQuery:
    """Make any query that an engine can be asked."""
    if depth == 3:
        return random_place(dice)

    def inner(dice: Dice) -> EngineQuery:
        return random_tree(dice, depth + 1)

    match dice.up_to(14):
        case 1:
            return And(dice.some(inner, most=3))
        case 2 | 3:
            return Or(dice.some(inner, most=3), bool(dice.up_to(1)))
        case 4:
            return Not(inner(dice))
        case 5:
            return Prefer(inner(dice), inner(dice))
        case 6 | 7:
            return Field(dice.one_of(_FIELDS), inner(dice))
        case 8:
            return DateRange(dice.one_of(_SINCE), dice.one_of(_SINCE))
        case 9:
            return dice.one_of((MatchAll(), MatchNone()))
        case _:
            return random_place(dice)
