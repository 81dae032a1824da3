"""Find the wider queries that may be meant where nothing matches.

In: the tree of a query that found nothing, and the filters beside it. Out: wider ones, the narrowest first,
each with a note that says what was let go. What somebody wants left out stays left out. Who shows the answer
shows the note with it: strict words are never relaxed silently.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from searchidx.query.filters import narrowed
from searchidx.query.nodes import And, Exact, Field, Fuzzy, Not, Or, Prefer, Prefix, Query, Term
from searchidx.query.parts import children, distinct
from searchidx.query.shape import is_filter
from searchidx.query.writer import write


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A wider query, how it is written without the options, and what to say of it."""

    query: Query
    interpreted: str
    lacking: str  # what no article does
    having: tuple[str, str]  # what one article does, what several do
    mark: str  # what is to be said at each hit
    keeps_filters: bool = False

    def note(self, total: int) -> str:
        """Say what was let go and how many documents that gives."""
        return f"{self.lacking}; {total:,} {self.having[total != 1]}"


def relaxations(query: Query, filters: Sequence[Query] = ()) -> Iterator[Relaxation]:
    """Yield wider queries: any of the words, then without filters, then both.

    >>> from searchidx.query.parser import parse
    >>> [(one.interpreted, one.note(2)) for one in relaxations(parse("+grain +deal").query)]
    [('grain deal', 'no article has all of these words; 2 have some of them')]
    """
    bare = _without_filters(query)
    if loose := _any_word(query):
        lacking = f"no article has {'all of these words' if _is_plain(query) else 'the words in that way'}"
        having = ("has some of them", "have some of them")
        mark = "not all of the words" if _is_plain(query) else "not in that way"
        yield Relaxation(narrowed(loose, filters), write(loose), lacking, having, mark, keeps_filters=True)
    if bare and (bare != query or filters):
        lacking, having = "no article matches with these filters", ("does without them", "do without them")
        yield Relaxation(bare, write(bare), lacking, having, "outside the filters")
        if loose := _any_word(bare):
            lacking = "no article matches, with or without the filters"
            having = ("has some of the words", "have some of the words")
            yield Relaxation(
                loose, write(loose), lacking, having, "outside the filters, not all of the words"
            )


def _any_word(query: Query) -> Query | None:
    """Want any of the words; None where that is what was asked, or there is no word."""
    parts = query.parts if isinstance(query, And) else (query,)
    wanted = [part for part in parts if not is_filter(part)]
    words = distinct(word for part in wanted for word in _words(part))
    if not words:
        return None
    loose: Query = Or(tuple(words), implicit=True) if len(words) > 1 else words[0]
    if any(isinstance(part, Field) and part.name == "raw" for part in wanted):
        loose = Field("raw", loose)
    kept = [part for part in parts if is_filter(part)]
    loose = And((loose, *kept)) if kept else loose
    return None if loose == query else loose


def _words(query: Query) -> Iterator[Query]:
    """Give the words that are wanted, wherever they stand."""
    match query:
        case Term() | Exact() | Prefix() | Fuzzy():
            yield query
        case Not():
            return
        case Field() if is_filter(query):
            return
        case _:
            for part in children(query):
                yield from _words(part)


def _without_filters(query: Query) -> Query | None:
    """Want the same from any source, in any language, of any day; None if nothing is left."""
    parts = query.parts if isinstance(query, And) else (query,)
    left = tuple(part for part in parts if isinstance(part, Not) or not is_filter(part))
    if all(isinstance(part, Not) for part in left):
        return None
    return And(left) if len(left) > 1 else left[0]


def _is_plain(query: Query) -> bool:
    """Tell whether words are only wanted, wherever they stand in an article."""
    match query:
        case Term() | Exact() | Prefix() | Fuzzy():
            return True
        case And() | Or() | Prefer():
            return all(is_filter(part) or _is_plain(part) for part in children(query))
        case _:
            return is_filter(query)
