"""Turn the words of a query into groups of terms that the index holds.

In: a parsed tree, the vocabulary of the index and the aliases. Out: the tree an engine is given, a
stricter one that tells which documents hold all words, and what was added to each word. Forms of a
word come from its stem key, other spellings and names from ``names``, synonyms from a small list;
a synonym helps to rank and is no match for "all words".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from searchidx.analysis import (
    BYLINE,
    LANGUAGE,
    RAW,
    SOURCE,
    STEMS,
    TEXT_FIELDS,
    analyze,
    stem_key,
)
from searchidx.names import (
    BESIDE,
    COGNATE,
    AliasTable,
    NameIndex,
    Variant,
    name_terms,
    other_names,
)
from searchidx.query.loose import LooseWords
from searchidx.query.naming import (
    as_written,
    has_capital,
    listed_by_sound,
    listed_names,
    spelled_first,
    spelled_names,
)
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
from searchidx.query.parts import counted, distinct, exactly, first_of_each, is_stop_word, runs
from searchidx.query.shape import is_filter
from searchidx.query.synonyms import Synonyms
from searchidx.types import Added, Expansion, TermStats

# A form (talks, talking) counts less than the word as typed, so that the exact word wins. Of .6 to 1 in
# steps of .2 (and .9), .6 and .8 were best on six judged collections (docs/ranking.md).
FORM_WEIGHT = 0.7
HYPHEN, SYNONYM = "with or without its hyphen", "the list of synonyms"  # why a word was added
# Parts of a hyphenated word are also looked for as words apart (cease fire), not those of codes (A 50).
MIN_PART_CHARS = 3
_EXACT_FIELDS = (SOURCE, LANGUAGE)  # the name of a site or a language has no forms and no other names

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

    @property
    def names(self) -> NameIndex:
        """The table of names."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Expanded:
    """What an engine is asked."""

    query: Query
    all_words: Query
    expansions: tuple[Expansion, ...]
    warnings: tuple[str, ...]


def expand_query(
    query: Query,
    vocabulary: Vocabulary,
    aliases: AliasTable,
    synonyms: Synonyms,
    *,
    variants: bool = True,
    strict: bool = False,
) -> Expanded:
    """Expand a parsed query.

    Without ``variants`` only the forms of a word are added; with ``strict`` no synonyms, since the
    user wants all words.
    """
    maker = _Maker(
        vocabulary,
        aliases if variants else AliasTable(),
        synonyms if variants else Synonyms(),
        LooseWords(vocabulary),
        has_names=variants,
    )
    scored = spelled_first(query, maker.tree(query, strict=strict), maker.variants_of, maker.known)
    complete = maker.complete(query)
    expansions = tuple(Expansion(word, tuple(added)) for word, added in maker.added.items() if added)
    return Expanded(
        query=scored,
        all_words=complete,
        expansions=expansions,
        warnings=tuple(dict.fromkeys(maker.loose.warnings)),
    )


@dataclass(slots=True)
class _Maker:
    """Expands one query and collects what was added."""

    vocabulary: Vocabulary
    aliases: AliasTable
    synonyms: Synonyms
    loose: LooseWords
    has_names: bool = True
    fields: tuple[str, ...] = (*TEXT_FIELDS, RAW)  # where terms are looked up
    added: dict[str, list[Added]] = field(default_factory=dict)
    _languages: list[str] | None = None
    _spelled: dict[tuple[str, ...], list[list[Variant]]] = field(default_factory=dict)
    _variants: dict[tuple[tuple[str, ...], tuple[str, ...]], list[list[Variant]]] = field(
        default_factory=dict
    )

    def tree(self, query: Query, *, strict: bool) -> Query:
        """Expand a tree; ``strict`` leaves synonyms out."""
        match query:
            case Term(text=text):
                return self.word(text, self.variants_of([text])[0], strict=strict)
            case Exact() | Prefix() | Fuzzy():
                return self.leaf(query)
            case Or(parts=parts, implicit=implicit):
                return Or(counted(self.words(parts, strict=strict, dropping=implicit)), implicit)
            case And(parts=parts):
                # What filters narrow is scored as without them; of several parts each is required.
                is_alone = sum(not is_filter(part) for part in parts) == 1
                return And(tuple(self.words(parts, strict=strict or not is_alone)))
            case Not(part=part):
                return Not(self.inside(self.fields, has_names=False).tree(part, strict=True))
            case Prefer(must=must, should=should):
                return Prefer(self.tree(must, strict=True), self.tree(should, strict=strict))
            case Field(name=name, part=part) if name in _EXACT_FIELDS:
                return Field(name, self.inside((name,), has_names=False).tree(exactly(part), strict=True))
            case Field(name=name, part=part) if name == BYLINE:
                return Field(name, self.inside((name,)).tree(part, strict=True))
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

    def complete(self, query: Query) -> Query:
        """Expand a tree and ask for every word where the user left it open."""
        match query:
            case Or(parts=parts, implicit=True):
                made = tuple(self.words(parts, strict=True, dropping=True, complete=True))
                return And(made) if len(made) > 1 else made[0]
            case And(parts=parts):
                return And(tuple(self.words(parts, strict=True, complete=True)))
            case Prefer(must=must, should=MatchNone()):
                return self.complete(must)
            case Prefer(must=must, should=should):
                return And((self.complete(must), self.complete(should)))
            case Field(name=name, part=part) if name in _EXACT_FIELDS:
                return Field(name, self.inside((name,), has_names=False).complete(exactly(part)))
            case Field(name=name, part=part) if name == BYLINE:
                return Field(name, self.inside((name,)).complete(part))
            case Field(name=name, part=part):
                return Field(name, self.complete(part))
            case _:
                return self.tree(query, strict=True)

    def inside(self, fields: tuple[str, ...], *, has_names: bool = True) -> "_Maker":
        """Give a maker for a part that is looked for in other fields, or that wants no names."""
        if has_names:
            return replace(self, fields=fields)
        return replace(
            self,
            fields=fields,
            aliases=AliasTable(),
            synonyms=Synonyms(),
            has_names=False,
            added={},
            _variants={},
        )

    def words(
        self, parts: Sequence[Query], *, strict: bool, dropping: bool = False, complete: bool = False
    ) -> Iterator[Query]:
        """Expand parts side by side; a name may be several plain words in a row.

        ``dropping`` leaves out words that only carry grammar, while others remain; they still count as
        parts of a name (Bank of England).
        """
        dropping = dropping and not all(map(is_stop_word, parts))
        for run in runs(parts):
            texts = [part.text for part in run if isinstance(part, Term)]
            if len(texts) == len(run):
                for part, text, found in zip(run, texts, self.variants_of(texts), strict=True):
                    if not (dropping and is_stop_word(part)):
                        yield self.word(text, found, strict=strict)
            else:
                yield from (
                    self.complete(part) if complete else self.tree(part, strict=strict) for part in run
                )

    def variants_of(self, texts: Sequence[str]) -> list[list[Variant]]:
        """Give the variants for each of some words in a row, the weightiest first."""
        key = self.fields, tuple(texts)
        if key not in self._variants:
            named = listed_names(texts, self.aliases, known=self.known, index=self.vocabulary.names)
            self._variants[key] = [
                sorted(
                    (*some, *others, *listed_by_sound(text, others, some, self.aliases, self.known)),
                    key=lambda variant: -variant.weight,
                )
                for text, some, others in zip(texts, named, self.spelled(texts), strict=True)
            ]
        return self._variants[key]

    def spelled(self, texts: Sequence[str]) -> list[list[Variant]]:
        """Give the spellings that the index holds for each of some words in a row."""
        if not self.has_names:
            return [[] for _ in texts]
        key = tuple(texts)
        if key not in self._spelled:
            self._spelled[key] = spelled_names(texts, self.aliases, index=self.vocabulary.names)
        return self._spelled[key]

    def word(self, text: str, variants: Sequence[Variant], *, strict: bool) -> Query:
        """Expand one word as typed; it may be several tokens."""
        tokens = analyze(text)
        whole = [token.term for token in tokens if token.width > 1]
        parts = [token.term for token in tokens if token.width == 1]
        if not tokens:
            return MatchNone()
        if len(parts) > 1 and len(whole) != 1:
            capitalised = has_capital(text)
            variants = other_names(tuple(parts), self.aliases, self.known, capitalised=capitalised)
            if variants:  # as a name its terms have no forms: 习近平
                return AnyOf((Alternative(tuple(parts)), *self.names(text, variants)))
            return Phrase(tuple(AnyOf(tuple(self.forms(part))) for part in parts))
        term = whole[0] if whole else parts[0]
        alternatives = [*as_written(text, term, self.known), *self.forms(term, text)]
        if whole and all(len(part) >= MIN_PART_CHARS for part in parts):
            alternatives.append(Alternative(tuple(parts), FORM_WEIGHT))
        alternatives += self.names(text, variants)
        if not strict:
            alternatives += self.synonyms_of(text, term)
        return AnyOf(first_of_each(alternatives))

    def names(self, text: str, variants: Sequence[Variant]) -> list[Alternative]:
        """Give the alternatives for other names of a word or words."""
        for variant in variants:
            self.note(text, " ".join(variant.terms), variant)
        return [Alternative(variant.terms, variant.weight) for variant in variants]

    def forms(self, term: str, typed: str = "") -> Iterator[Alternative]:
        """Give a term and its forms in the languages of the index."""
        yield Alternative((term,))
        keys = [f"{language}:{stem_key(term, language)}" for language in self.languages()]
        for language, form in self.vocabulary.forms(keys):
            if form != term:
                yield Alternative((form,), FORM_WEIGHT, language)
                if typed and form.replace("-", "") == term.replace("-", "") and self.known(form):
                    self.note(typed, form, Variant((form,), "fold", FORM_WEIGHT, HYPHEN))

    def synonyms_of(self, text: str, term: str) -> Iterator[Alternative]:
        """Give the synonyms of a word that the index holds, with their forms."""
        for synonym in self.synonyms.of(term):
            for alternative in self.forms(synonym):
                if self.known(alternative.terms[0]):
                    weight = self.synonyms.weight * alternative.weight
                    yield Alternative(alternative.terms, weight, alternative.language)
                    if alternative.terms[0] == synonym or not self.known(synonym):
                        self.note(
                            text, alternative.terms[0], Variant(alternative.terms, "synonym", weight, SYNONYM)
                        )

    def phrase(self, parts: Sequence[Query]) -> Query:
        """Expand a phrase; a name of several words in it gives way to its other names as a whole."""
        made: list[Query] = []
        at = 0
        while at < len(parts):
            run = [
                part.text
                for part in next(runs(parts[at : at + max(self.aliases.longest, 2)]))
                if isinstance(part, Term)
            ]
            width, variants = self.name_at(run)
            here = parts[at : at + max(width, 1)]
            if width > 1:
                plain = Phrase(tuple(self.tree(part, strict=True) for part in here))
                names = self.names(" ".join(run[:width]), variants)
                made.append(Or((plain, AnyOf(tuple(names)))))
            else:
                made += [self.tree(part, strict=True) for part in here]
            at += len(here)
        return Phrase(tuple(made))

    def name_at(self, texts: Sequence[str]) -> tuple[int, list[Variant]]:
        """Give how many words at the start are one name of several words, and its other names."""
        for width in range(len(texts), 1, -1):
            name = tuple(term for text in texts[:width] for term in name_terms(text))
            capitalised = any(map(has_capital, texts[:width]))
            if variants := other_names(name, self.aliases, self.known, capitalised=capitalised):
                return width, variants
        if len(texts) > 1:
            one, other = self.spelled(texts[:2])
            of_both = [
                v for v in (*one, *other) if v.source in {BESIDE, COGNATE} or (v in one and v in other)
            ]
            if of_both:
                return 2, distinct(of_both)
        return 0, []

    def leaf(self, query: Exact | Prefix | Fuzzy) -> Query:
        """Expand a word that wants no forms."""
        match query:
            case Exact(text=text):
                terms = name_terms(text)
                return AnyOf((Alternative(terms),)) if terms else MatchNone()
            case Prefix(text=text):
                found = self.loose.beginning(text, self.fields)
            case Fuzzy(text=text, edits=edits):
                found = self.loose.similar(text, edits, self.fields)
        return AnyOf(tuple(Alternative((term,)) for term in found)) if found else MatchNone()

    def known(self, term: str) -> bool:
        """Tell whether any document holds a term."""
        return any(self.vocabulary.doc_frequency(name, term) for name in self.fields)

    def languages(self) -> list[str]:
        """Give the languages whose stems the index holds."""
        if self._languages is None:
            self._languages = [stats.term for stats in self.vocabulary.terms(STEMS)]
        return self._languages

    def note(self, typed: str, term: str, variant: Variant) -> None:
        """Remember what was added to a word."""
        added = self.added.setdefault(typed, [])
        if all(other.term != term for other in added):
            added.append(Added(term, variant.kind, round(variant.weight, 3), variant.source))
