"""Where is the answer? The best excerpts of a document and what to highlight in them.

In: a document and the query the engine was given. Out: ``Snippet`` values, text and ranges, no
markup. What is highlighted is what matched: the same algebra of spans that finds a phrase marks it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from searchidx.analysis import (
    PARAGRAPH,
    SENTENCE,
    SentenceRules,
    body_positions,
    locate,
    placed,
    stem_language,
)
from searchidx.analysis.sentences import paragraphs, sentences
from searchidx.backends.matching import Lookup, Match, leaves, matches, needs_sentences
from searchidx.query.nodes import (
    And,
    AnyOf,
    Field,
    Near,
    Or,
    Phrase,
    Prefer,
    Query,
    SameParagraph,
    SameSentence,
)
from searchidx.types import CleanDocument, Snippet, Span

HEADING_MARKS = " \t\r\n#*=_"  # before a headline, in Markdown
MAX_CHARS = 280  # of a snippet; about three lines on a screen
MAX_ASKED = 60  # terms of which an index is asked where they stand; of more, reading the text is cheaper
LEAD_CHARS = 80  # kept before the first mark where a sentence is longer than a snippet

# Gives the positions of some terms in a field of a document, as ``IndexSearcher.positions`` does.
Where: TypeAlias = Callable[[str, Collection[str]], Mapping[str, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that answers a part of the query."""

    start: int
    end: int
    part: int  # number of the part; a window with more parts is better


def make_snippets(
    document: CleanDocument,
    query: Query,
    rules: SentenceRules,
    *,
    limit: int = 3,
    where: Where | None = None,
) -> tuple[tuple[Snippet, ...], tuple[Span, ...]]:
    """Give up to ``limit`` excerpts in the order of the text, and the highlights of the title.

    Without a match in the body the excerpt is its beginning; a match in text that was cut is shown
    from the raw text. ``where``: an index that holds the document tells where terms stand in it, which
    saves reading it.
    """
    language = stem_language(document.language)
    title = marks_in(document.title, query, "title", rules, language=language, where=where)
    marks = marks_in(document.body, query, "body", rules, language=language, where=where)
    found = _best_windows(document.body, _below(document, marks), rules, limit) if marks else []
    if not found and (cut := _cut_snippet(document, query, rules)):
        found = [cut]
    if not found and document.body.strip():
        found = [_lead(document.body, rules)]
    return tuple(found), joined([(mark.start, mark.end) for mark in title])


def _below(document: CleanDocument, marks: Sequence[Mark]) -> Sequence[Mark]:
    """Leave out the marks in a headline that the body repeats, where there are others to show."""
    begin = len(document.body) - len(document.body.lstrip(HEADING_MARKS))
    is_repeated = document.title and document.body.startswith(document.title, begin)
    end = begin + len(document.title) if is_repeated else 0
    return [mark for mark in marks if mark.start >= end] or marks


def marks_in(
    text: str,
    query: Query,
    field: str,
    rules: SentenceRules,
    *,
    language: str,
    where: Where | None = None,
) -> list[Mark]:
    """Give what a query matches in a field of a document whose stems are of ``language``, in order."""
    parts = list(_parts(query, field))
    if not parts or not text:
        return []
    wanted = {term for part in parts for leaf in leaves(part) for a in leaf.alternatives for term in a.terms}
    markers = (SENTENCE, PARAGRAPH) if field == "body" and any(map(needs_sentences, parts)) else ()
    known = _placed(text, field, wanted, markers, where)
    if known is None:
        located, places = locate(text, wanted)
        if markers and places:
            terms = body_positions(text, rules).terms
            located |= {marker: terms[marker] for marker in markers if marker in terms}
        known = located, places
    found, at = known

    def lookup(term: str, wanted_language: str) -> Sequence[int]:
        return found.get(term, ()) if wanted_language in ("", language) else ()

    return sorted(_marks(parts, lookup, at), key=lambda mark: (mark.start, mark.end))


def _placed(
    text: str, field: str, wanted: Collection[str], markers: Collection[str], where: Where | None
) -> tuple[Mapping[str, Sequence[int]], Mapping[int, Span]] | None:
    """Give the positions of terms and their places by what an index knows; None where it won't do."""
    if where is None or len(wanted) > MAX_ASKED:
        return None
    found = where(field, [*(term for term in wanted if term > "\x1f"), *markers])
    places = placed(text, {term: at for term, at in found.items() if term not in markers})
    return None if places is None else (found, places)


def _marks(parts: Sequence[Query], lookup: Lookup, places: Mapping[int, Span]) -> Iterator[Mark]:
    for number, part in enumerate(parts):
        for match in matches(part, lookup):
            yield from _places(match, places, number)


def _places(match: Match, places: Mapping[int, Span], number: int) -> Iterator[Mark]:
    for start, end in match.marks:
        yield Mark(places[start][0], places[end - 1][1], number)


def _parts(query: Query, field: str, fields: Sequence[str] = ("title", "body")) -> Iterator[Query]:
    """Yield what a document can match in a field; what must not be there is not shown."""
    match query:
        case AnyOf() | Phrase() | Near() | SameSentence() | SameParagraph():
            if field in fields:
                yield query
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _parts(part, field, fields)
        case Prefer(must=must, should=should):
            yield from _parts(must, field, fields)
            yield from _parts(should, field, fields)
        case Field(name=name, part=part):
            yield from _parts(part, field, ("title", "body", "raw") if name == "raw" else (name,))
        case _:
            return


def _best_windows(text: str, marks: Sequence[Mark], rules: SentenceRules, limit: int) -> list[Snippet]:
    """Choose windows, each with the most parts of the query not yet shown; earlier ones win a tie."""
    starts = [mark.start for mark in marks]

    def parts_in(span: Span) -> list[int]:
        return [mark.part for mark in marks[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]]

    # A paragraph is cut into windows only when one of them may be the best: none is better than all of it.
    whole = {span: parts for span in paragraphs(text) if (parts := parts_in(span))}
    windows: dict[Span, list[int]] = {}
    shown: set[int] = set()
    chosen: list[Span] = []
    while (whole or windows) and len(chosen) < limit:
        worth = {span: _worth(span, parts, shown) for span, parts in windows.items()}
        best = max(worth, key=worth.__getitem__, default=None)
        likely = sorted((_worth(span, parts, shown), span) for span, parts in whole.items())
        while likely and (best is None or likely[-1][0] > worth[best]):
            _, paragraph = likely.pop()
            del whole[paragraph]
            for span in _windows(text, paragraph, rules):
                if parts := parts_in(span):
                    windows[span] = parts
                    worth[span] = _worth(span, parts, shown)
                    best = span if best is None or worth[span] > worth[best] else best
        if best is None:
            break
        shown.update(windows.pop(best))
        chosen.append(best)
    chosen.sort()
    snippets: list[Snippet] = []
    at = 0
    for start, end in chosen:
        inside = [mark for mark in marks if max(start, at) <= mark.start < end]
        if inside:  # a phrase may go on in the next sentence: the window goes with it
            start, at = max(start, at), max(end, *(mark.end for mark in inside))
            snippets.append(_snippet(text, (start, at), marks))
    return snippets


def _worth(span: Span, parts: Sequence[int], shown: Collection[int]) -> tuple[int, int, int, int]:
    """Give what tells which of two windows is better."""
    different = set(parts)
    return len(different.difference(shown)), len(different), min(len(parts), 5), -span[0]


def _windows(text: str, paragraph: Span, rules: SentenceRules) -> Iterator[Span]:
    """Yield runs of whole sentences of a paragraph, up to ``MAX_CHARS`` each."""
    begin, finish = paragraph
    start = end = begin
    for _, stop in sentences(text[begin:finish], rules):
        if begin + stop - start > MAX_CHARS and end > start:
            yield start, end
            start = end
        end = begin + stop
    if end > start:
        yield start, end


def _snippet(text: str, window: Span, marks: Sequence[Mark]) -> Snippet:
    """Cut a window to size around its first mark and put the marks in it."""
    start, end = _trimmed(text, *window)
    inside = [(mark.start, mark.end) for mark in marks if start <= mark.start and mark.end <= end]
    if end - start > MAX_CHARS and inside:
        first = inside[0][0]
        if first - start > LEAD_CHARS:
            start = _word_start(text, first - LEAD_CHARS, first)
        start, end = _trimmed(text, start, _word_end(text, start + MAX_CHARS, least=inside[0][1], most=end))
        inside = [(a, b) for a, b in inside if start <= a and b <= end]
    elif end - start > MAX_CHARS:
        start, end = _trimmed(text, start, _word_end(text, start + MAX_CHARS, least=start, most=end))
    highlights = joined([(a - start, b - start) for a, b in inside])
    return Snippet(text=text[start:end], start=start, highlights=highlights)


def _lead(text: str, rules: SentenceRules) -> Snippet:
    begin = len(text) - len(text.lstrip())
    first = next(span for span in paragraphs(text) if span[1] > begin)
    window = next(_windows(text, first, rules))
    return _snippet(text, window, ())


def _cut_snippet(document: CleanDocument, query: Query, rules: SentenceRules) -> Snippet | None:
    """Give an excerpt of the text that was cut, if the query asks for it and matches there."""
    cuts = [document.raw[cut.start : cut.end] for cut in document.removed]
    between = "\n\n"  # so that no paragraph holds parts of two cuts
    text = between.join(cuts)
    marks = marks_in(text, query, "raw", rules, language=stem_language(document.language))
    if not marks:
        return None
    snippet = _best_windows(text, marks, rules, 1)[0]
    offsets = [0]
    for cut in cuts:
        offsets.append(offsets[-1] + len(cut) + len(between))
    number = bisect_right(offsets, snippet.start) - 1
    start = document.removed[number].start + snippet.start - offsets[number]
    # An excerpt of one cut, though a phrase may go on in the next: what follows lies elsewhere.
    excerpt = snippet.text[: document.removed[number].end - start].rstrip()
    highlights = tuple((a, min(b, len(excerpt))) for a, b in snippet.highlights if a < len(excerpt))
    return Snippet(text=excerpt, start=start, highlights=highlights, raw=True)


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _word_start(text: str, at: int, limit: int) -> int:
    """Give the beginning of the first word from ``at`` on; never beyond ``limit``."""
    while at < limit and not text[at - 1].isspace():
        at += 1
    return at


def _word_end(text: str, at: int, *, least: int, most: int) -> int:
    """Give the end of the last whole word up to ``at``, or ``at`` itself in one endless word."""
    at = min(max(at, least), most)
    if at == most:
        return at
    end, floor = at, max(least, at - MAX_CHARS // 2)
    while end > floor and not text[end].isspace():
        end -= 1
    return end if text[end].isspace() else at


def joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Join spans that overlap, so that they are apart and ascending."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return tuple(kept)
