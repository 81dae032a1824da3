"""Turn the words of a query into groups of terms that the index holds.

In: a parsed tree, the vocabulary of the index and the aliases. Out: the tree an engine is given, a
stricter one that tells which documents hold all words, and what was added to each word. Forms of a
word come from its stem key, other spellings and names from ``names``, synonyms from a small list;
a synonym helps to rank and is no match for "all words".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from searchidx.analysis import TEXT_FIELDS, analyze, stem_key
from searchidx.analysis.distance import within
from searchidx.analysis.stopwords import STOP_WORDS
from searchidx.names import AliasTable, Variant, expand, name_terms
from searchidx.query.nodes import (
    Alternative,
    And,
    AnyOf,
    Exact,
    Field,
    Fuzzy,
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
from searchidx.query.synonyms import Synonyms
from searchidx.types import Added, Expansion, TermStats

# A form (talks, talking) counts a little less than the word as typed, so that the exact word wins.
FORM_WEIGHT = 0.9
MAX_PREFIX_TERMS = 1024
MAX_FUZZY_TERMS = 64
# Parts of a hyphenated word are also looked for as words apart (cease fire), not those of codes (A 50).
MIN_PART_CHARS = 3

T = TypeVar("T")


class Vocabulary(Protocol):
    """What the expansion asks of an index."""

    def forms(self, keys: Sequence[str]) -> Sequence[tuple[str, str]]:
        """Give the (language, term) pairs that share a stem key."""
        ...

    def terms(self, field: str, *, prefix: str = "") -> Iterator[TermStats]:
        """Yield the terms of a field that begin so."""
        ...

    def doc_frequency(self, field: str, term: str) -> int:
        """Give the number of documents that hold a term in a field."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Expanded:
    """What an engine is asked."""

    query: Query
    all_words: Query
    expansions: tuple[Expansion, ...]
    warnings: tuple[str, ...]


def expand_query(
    query: Query, vocabulary: Vocabulary, aliases: AliasTable, synonyms: Synonyms, *, variants: bool = True
) -> Expanded:
    """Expand a parsed query; without ``variants`` only the forms of a word are added."""
    maker = _Maker(vocabulary, aliases if variants else AliasTable(), synonyms if variants else Synonyms())
    scored = maker.tree(query, strict=False)
    complete = maker.tree(_all_words(query), strict=True)
    expansions = tuple(Expansion(word, tuple(added)) for word, added in maker.added.items() if added)
    return Expanded(query=scored, all_words=complete, expansions=expansions, warnings=tuple(maker.warnings))


def _all_words(query: Query) -> Query:
    """Ask for every word where the user left it open."""
    match query:
        case Or(parts=parts, implicit=True):
            kept = _without_stop_words(parts)
            return And(tuple(_all_words(part) for part in kept)) if len(kept) > 1 else _all_words(kept[0])
        case And(parts=parts):
            return And(tuple(_all_words(part) for part in parts))
        case Prefer(must=must, should=should):
            return And((_all_words(must), _all_words(should)))
        case Field(name=name, part=part):
            return Field(name, _all_words(part))
        case _:
            return query


def _without_stop_words(parts: Sequence[Query]) -> Sequence[Query]:
    """Drop words that only carry grammar while others remain."""
    kept = [part for part in parts if not (isinstance(part, Term) and part.text.lower() in STOP_WORDS)]
    return kept or parts


@dataclass(slots=True)
class _Maker:
    """Expands one query and collects what was added."""

    vocabulary: Vocabulary
    aliases: AliasTable
    synonyms: Synonyms
    added: dict[str, list[Added]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    _languages: list[str] | None = None

    def tree(self, query: Query, *, strict: bool) -> Query:
        """Expand a tree; ``strict`` leaves synonyms out."""
        match query:
            case Term(text=text):
                return self.word(text, self.variants_of([text])[0], strict=strict)
            case Exact() | Prefix() | Fuzzy():
                return self.leaf(query)
            case Or(parts=parts, implicit=implicit):
                chosen = _without_stop_words(parts) if implicit else parts
                return Or(_counted(self.words(chosen, strict=strict)), implicit)
            case And(parts=parts):
                return And(tuple(self.words(parts, strict=True)))
            case Not(part=part):
                return Not(_Maker(self.vocabulary, AliasTable(), Synonyms()).tree(part, strict=True))
            case Prefer(must=must, should=should):
                return Prefer(self.tree(must, strict=True), self.tree(should, strict=strict))
            case Field(name=name, part=part) if name in ("source", "language"):
                return Field(name, _Maker(self.vocabulary, AliasTable(), Synonyms()).tree(_exactly(part), strict=True))
            case Field(name=name, part=part):
                return Field(name, self.tree(part, strict=strict))
            case Phrase(parts=parts):
                return self.phrase(parts)
            case Near(left=left, right=right, distance=distance):
                return Near(self.tree(left, strict=True), self.tree(right, strict=True), distance)
            case SameSentence(left=left, right=right):
                return SameSentence(self.tree(left, strict=True), self.tree(right, strict=True))
            case SameParagraph(left=left, right=right):
                return SameParagraph(self.tree(left, strict=True), self.tree(right, strict=True))
            case _:
                return query

    def words(self, parts: Sequence[Query], *, strict: bool) -> Iterator[Query]:
        """Expand parts side by side; a name may be several plain words in a row."""
        for run in _runs(parts):
            texts = [part.text for part in run if isinstance(part, Term)]
            if len(texts) == len(run):
                for text, found in zip(texts, self.variants_of(texts), strict=True):
                    yield self.word(text, found, strict=strict)
            else:
                yield from (self.tree(part, strict=strict) for part in run)

    def variants_of(self, texts: Sequence[str]) -> list[list[Variant]]:
        """Give the variants for each of some words in a row."""
        names = [name_terms(text) for text in texts]
        found = iter(expand([term for name in names for term in name], self.aliases, self.known))
        return [_distinct(variant for _ in name for variant in next(found)) for name in names]

    def word(self, text: str, variants: Sequence[Variant], *, strict: bool) -> Query:
        """Expand one word as typed; it may be several tokens."""
        tokens = analyze(text)
        whole = [token.term for token in tokens if token.width > 1]
        parts = [token.term for token in tokens if token.width == 1]
        if not tokens:
            return MatchNone()
        if len(parts) > 1 and len(whole) != 1:
            return Phrase(tuple(AnyOf(tuple(self.forms(part))) for part in parts))
        term = whole[0] if whole else parts[0]
        alternatives = list(self.forms(term, text))
        if whole and all(len(part) >= MIN_PART_CHARS for part in parts):
            alternatives.append(Alternative(tuple(parts), FORM_WEIGHT))
        for variant in variants:
            alternatives.append(Alternative(variant.terms, variant.weight))
            self.note(text, " ".join(variant.terms), variant)
        if not strict:
            alternatives += self.synonyms_of(text, term)
        return AnyOf(_first_of_each(alternatives))

    def forms(self, term: str, typed: str = "") -> Iterator[Alternative]:
        """Give a term and its forms in the languages of the index."""
        yield Alternative((term,))
        keys = [f"{language}:{stem_key(term, language)}" for language in self.languages()]
        for language, form in self.vocabulary.forms(keys):
            if form != term:
                yield Alternative((form,), FORM_WEIGHT, language)
                if typed and form.replace("-", "") == term.replace("-", "") and self.known(form):
                    self.note(typed, form, Variant((form,), "fold", FORM_WEIGHT, ""))

    def synonyms_of(self, text: str, term: str) -> Iterator[Alternative]:
        """Give the synonyms of a word that the index holds, with their forms."""
        for synonym in self.synonyms.of(term):
            for alternative in self.forms(synonym):
                if self.known(alternative.terms[0]):
                    weight = self.synonyms.weight * alternative.weight
                    yield Alternative(alternative.terms, weight, alternative.language)
                    if alternative.terms[0] == synonym or not self.known(synonym):
                        self.note(text, alternative.terms[0], Variant(alternative.terms, "synonym", weight, ""))

    def phrase(self, parts: Sequence[Query]) -> Query:
        """Expand a phrase; a name of several words in it gives way to its other names as a whole."""
        made: list[Query] = []
        at = 0
        while at < len(parts):
            run = [part.text for part in parts[at : at + self.aliases.longest] if isinstance(part, Term)]
            width, variants = self.name_at(run)
            here = parts[at : at + max(width, 1)]
            if width > 1:
                plain = Phrase(tuple(self.tree(part, strict=True) for part in here))
                names = AnyOf(tuple(Alternative(variant.terms, variant.weight) for variant in variants))
                for variant in variants:
                    self.note(" ".join(run[:width]), " ".join(variant.terms), variant)
                made.append(Or((plain, names)))
            else:
                made += [self.tree(part, strict=True) for part in here]
            at += len(here)
        return Phrase(tuple(made))

    def name_at(self, texts: Sequence[str]) -> tuple[int, list[Variant]]:
        """Give how many words at the start are one name of several words, and its other names."""
        for width in range(len(texts), 1, -1):
            terms = [term for text in texts[:width] for term in name_terms(text)]
            others = [alias for alias in self.aliases.of(tuple(terms)) if all(map(self.known, alias.terms))]
            if others:
                table = AliasTable(others={tuple(terms): others}, longest=len(terms))
                return width, expand(terms, table, self.known)[0]
        return 0, []

    def leaf(self, query: Exact | Prefix | Fuzzy) -> Query:
        """Expand a word that wants no forms."""
        match query:
            case Exact(text=text):
                terms = name_terms(text)
                return AnyOf((Alternative(terms),)) if terms else MatchNone()
            case Prefix(text=text):
                found = self.beginning(text)
            case Fuzzy(text=text, edits=edits):
                found = self.similar(text, edits)
        return AnyOf(tuple(Alternative((term,)) for term in found)) if found else MatchNone()

    def beginning(self, text: str) -> list[str]:
        """Give the commonest terms that begin so."""
        start = "-".join(token.term for token in analyze(text) if token.width == 1)
        counts: dict[str, int] = {}
        for name in (*TEXT_FIELDS, "raw"):
            for stats in self.vocabulary.terms(name, prefix=start):
                counts[stats.term] = counts.get(stats.term, 0) + stats.doc_frequency
        if len(counts) > MAX_PREFIX_TERMS:
            self.warnings.append(
                f"{text}* matched {len(counts):,} words; the {MAX_PREFIX_TERMS:,} most frequent are used"
            )
        return sorted(sorted(counts, key=lambda term: (-counts[term], term))[:MAX_PREFIX_TERMS])

    def similar(self, text: str, edits: int) -> list[str]:
        """Give the terms within some edits that share the first letter, nearest first."""
        term = "".join(token.term for token in analyze(text) if token.width == 1)
        found: dict[str, tuple[int, int]] = {}
        for name in TEXT_FIELDS:
            for stats in self.vocabulary.terms(name, prefix=term[:1]):
                distance = within(term, stats.term, edits)
                if distance is not None:
                    found[stats.term] = (distance, -stats.doc_frequency)
        return sorted(sorted(found, key=lambda other: (*found[other], other))[:MAX_FUZZY_TERMS])

    def known(self, term: str) -> bool:
        """Tell whether any document holds a term."""
        return any(self.vocabulary.doc_frequency(name, term) for name in (*TEXT_FIELDS, "raw"))

    def languages(self) -> list[str]:
        """Give the languages whose stems the index holds."""
        if self._languages is None:
            self._languages = [stats.term for stats in self.vocabulary.terms("stems")]
        return self._languages

    def note(self, typed: str, term: str, variant: Variant) -> None:
        """Remember what was added to a word."""
        added = self.added.setdefault(typed, [])
        if all(other.term != term for other in added):
            added.append(Added(term, variant.kind, round(variant.weight, 3)))


def _runs(parts: Sequence[Query]) -> Iterator[list[Query]]:
    """Split parts into runs of plain words and single other nodes."""
    run: list[Query] = []
    for part in parts:
        if isinstance(part, Term):
            run.append(part)
            continue
        if run:
            yield run
            run = []
        yield [part]
    if run:
        yield run


def _counted(parts: Iterable[Query]) -> tuple[Query, ...]:
    """Count a repeated word once, with more weight: 3n / (n + 2) for n times (k3 = 2)."""
    counts: dict[Query, int] = {}
    for part in parts:
        counts[part] = counts.get(part, 0) + 1
    return tuple(
        AnyOf(part.alternatives, 3 * n / (n + 2)) if n > 1 and isinstance(part, AnyOf) else part
        for part, n in counts.items()
    )


def _exactly(query: Query) -> Query:
    """Ask for words as typed: the name of a site or a language has no forms."""
    match query:
        case Term(text=text):
            return Exact(text)
        case Or(parts=parts):
            return Or(tuple(map(_exactly, parts)))
        case And(parts=parts):
            return And(tuple(map(_exactly, parts)))
        case Phrase(parts=parts):
            return Phrase(tuple(map(_exactly, parts)))
        case _:
            return query


def _first_of_each(alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Keep each spelling once, where it weighs most: they come in order of weight."""
    kept: dict[tuple[tuple[str, ...], str], Alternative] = {}
    for alternative in alternatives:
        if (alternative.terms, "") not in kept:
            kept.setdefault((alternative.terms, alternative.language), alternative)
    return tuple(kept.values())


def _distinct(items: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(items))
