"""The frozen values that travel between the rooms.

Each room takes one kind of value and gives back another: ``Document`` (corpus), ``CleanDocument``
(clean), ``Token`` (analysis), ``IndexDocument`` and ``TopDocs`` (backends), ``Results`` (search).
Offsets are half-open ranges of code points. Nobody edits what was handed over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Span: TypeAlias = tuple[int, int]
Kind: TypeAlias = Literal["html", "text", "body"]
ExpansionKind: TypeAlias = Literal["fold", "variant", "alias", "learned", "synonym"]
Sort: TypeAlias = Literal["relevance", "date"]
SuggestionKind: TypeAlias = Literal["title", "name", "phrase"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as the corpus holds it, decoded but not cleaned."""

    doc_id: str
    path: str  # relative to the corpus folder, with "/"; bytes that are no UTF-8 are percent-encoded
    content: str
    kind: Kind  # html: a raw page; text: flattened, still with site chrome; body: clean already
    line: int | None = None  # of a JSONL file, counted from 1
    url: str = ""
    source: str = ""
    title: str = ""
    byline: tuple[str, ...] = ()
    published: str | None = None  # ISO 8601, a date or a date with time and zone
    language: str | None = None  # ISO 639-1
    encoding: str = "utf-8"  # that the bytes were decoded with
    meta: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A file or line that was not indexed, and why."""

    path: str
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A span of the raw text that the cleaner cut, the rule that named it, and why where that needs words."""

    start: int
    end: int
    rule: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanDocument:
    """What the author wrote, the metadata lifted out of the page, and every cut.

    For ``kind`` text and body, ``body`` is ``raw`` without the ``removed`` spans. For html, ``raw``
    is the page and ``removed`` may be empty.
    """

    doc_id: str
    path: str
    raw: str
    body: str
    kind: Kind
    line: int | None = None
    removed: tuple[Removed, ...] = ()
    url: str = ""
    source: str = ""
    title: str = ""
    byline: tuple[str, ...] = ()
    published: str | None = None
    published_from: str | None = None  # "given", "json-ld", "meta", "time", "stamp", "url" …
    language: str | None = None
    notes: tuple[str, ...] = ()  # what a reader should know, such as "nothing but chrome: kept whole"
    meta: Mapping[str, object] = field(default_factory=dict)
    cluster: str | None = None  # in an index: the smallest id among this and its near-copies, if it has any


@dataclass(frozen=True, slots=True)
class Token:
    """A term and where it was written. ``width`` is the number of positions it covers."""

    term: str
    position: int
    start: int
    end: int
    width: int = 1


Postings: TypeAlias = Mapping[str, Sequence[int]]  # term -> its positions in one field, ascending


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexDocument:
    """A document ready for an engine: analysed terms with positions, per field, and what to store."""

    stored: CleanDocument
    fields: Mapping[str, Postings]
    lengths: Mapping[str, int]  # field -> number of positions

    @property
    def doc_id(self) -> str:
        """The key under which the document is replaced and deleted."""
        return self.stored.doc_id


@dataclass(frozen=True, slots=True)
class TermStats:
    """A term of the index and the number of documents that hold it."""

    term: str
    doc_frequency: int


@dataclass(frozen=True, slots=True)
class ScoredDoc:
    """A document found, its score, and whether it holds every word asked for."""

    doc_id: str
    score: float
    matches_all: bool = True
    copies: tuple[
        "ScoredDoc", ...
    ] = ()  # folded under it: its near-copies among all that was found, in order


Counts: TypeAlias = tuple[tuple[str, int], ...]  # a value and how many documents have it


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How all documents found divide; "" stands for those without a source, a language or a day."""

    sources: Counts  # the most frequent first, then in order of the text; so are languages
    languages: Counts
    days: Counts  # as YYYY-MM-DD, in order; the undated first

    @property
    def undated(self) -> int:
        """The number of documents without a day."""
        return next((count for day, count in self.days if not day), 0)

    def by(self, chars: int) -> Counts:
        """Count by month (7 characters of a day) or year (4), the undated left out."""
        counts: dict[str, int] = {}
        for day, count in self.days:
            if day:
                counts[day[:chars]] = counts.get(day[:chars], 0) + count
        return tuple(counts.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class TopDocs:
    """A page of the documents found, best first, and how many there are in all."""

    total: int
    docs: tuple[ScoredDoc, ...]
    total_all_words: int
    total_is_exact: bool = True
    total_folded: int | None = None  # near-copies counted once; known where folding was asked for
    facets: Facets | None = None  # where they were asked for


@dataclass(frozen=True, slots=True)
class Added:
    """A spelling or word that was searched beside a word typed."""

    term: str
    kind: ExpansionKind
    weight: float
    why: str = ""  # the rule or list that it comes from, for people


@dataclass(frozen=True, slots=True)
class Expansion:
    """A word typed and what was added to it."""

    term: str
    added: tuple[Added, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """An excerpt and the places to highlight in it. Holds no markup."""

    text: str
    start: int  # where the excerpt begins in the clean body (in the raw text if ``raw``)
    highlights: tuple[Span, ...] = ()  # half-open, in characters of ``text``; ascending, apart
    raw: bool = False  # the excerpt is of text that the cleaner cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a line about a document says."""

    doc_id: str
    title: str
    source: str
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One document of the answer."""

    rank: int  # from 1, over all pages
    doc_id: str
    path: str
    title: str
    source: str
    byline: tuple[str, ...]
    published: str | None
    language: str | None
    url: str
    score: float
    matches_all: bool
    snippets: tuple[Snippet, ...] = ()
    title_highlights: tuple[Span, ...] = ()
    cluster: str | None = None  # the smallest id among this and its near-copies in the index, if it has any
    similar: tuple[Heading, ...] = ()  # its near-copies among all hits, best first, where they are folded


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """The answer to a wider query, where nothing matches the one that was asked."""

    interpreted: str  # the wider query, without what options asked for
    note: str  # what no document does and how many do less, for people
    mark: str  # the same in a few words, to stand at each hit
    keeps_filters: bool  # False: it holds for every source, language and date
    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answer to a query: how it was read, what was found, what was added."""

    query: str
    interpreted: str
    hits: tuple[Hit, ...]
    total: int
    total_is_exact: bool
    total_all_words: int
    expansions: tuple[Expansion, ...] = ()
    warnings: tuple[str, ...] = ()
    suggestion: str | None = None
    took_ms: float = 0.0
    total_folded: int | None = None  # near-copies counted once, where they are folded
    facets: Facets | None = None  # where they were asked for
    relaxed: Relaxed | None = None  # only where there is no hit


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What somebody may want who has typed a few letters, and about how many documents hold it."""

    text: str
    kind: SuggestionKind
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReindexReport:
    """What a reindex did. Line counts are of text that was cleaned; HTML pages count no lines."""

    documents: int
    added: int
    changed: int
    removed: int
    skipped: tuple[Skipped, ...]
    lines_total: int
    lines_removed: int
    generation: str
    took_ms: float
    lines_removed_by: Mapping[str, int] = field(default_factory=dict)  # rules, repeated, model
