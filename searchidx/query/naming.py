"""Which names may the words of a query be? Asked of the lists, and of the names in the index.

In: words as typed, an ``AliasTable``, the table of names. Out: for each word its variants. What an
ordinary word in lower case may lead to is decided here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from searchidx.analysis import AS_WRITTEN, OTHERWISE, fold, written
from searchidx.analysis.stopwords import STOP_WORDS
from searchidx.names import (
    EQUAL,
    AliasTable,
    NameIndex,
    Variant,
    expand,
    inflected_names,
    name_terms,
    other_names,
    spellings,
)
from searchidx.names.aliases import BULK_WEIGHT
from searchidx.names.common import is_common
from searchidx.query.nodes import Alternative, And, AnyOf, Or, Phrase, Prefer, Query, Term
from searchidx.query.parts import distinct
from searchidx.query.shape import is_filter

# A name that differs from what was typed in diacritics alone. The difference outweighs a document
# that is some words shorter, for which BM25F gives up to a quarter more.
FOLDED_WEIGHT = 0.77
MIN_SOUND_CHARS = 5
MAX_PARTICLE_CHARS = 3  # bin, ben, van, der


def has_capital(text: str) -> bool:
    """Tell whether a word was typed with a capital."""
    return text != text.lower()


def listed_names(
    texts: Sequence[str], aliases: AliasTable, *, known: Callable[[str], bool], index: NameIndex
) -> list[list[Variant]]:
    """Give the variants that the lists know for each of some words in a row, and their cases."""
    names = [name_terms(text) for text in texts]
    terms = [term for name in names for term in name]
    capitals = [has_capital(text) for text, name in zip(texts, names, strict=True) for _ in name]
    found = iter(expand(terms, aliases, known, capitals=capitals))
    named = [distinct(variant for _ in name for variant in next(found)) for name in names]
    for at, (text, name) in enumerate(zip(texts, names, strict=True)):
        if len(name) != 1:
            continue
        capitalised = has_capital(text)
        if not capitalised and is_common(name[0]):
            # Turkey typed small is no country, whatever is listed in bulk; what somebody wrote may differ.
            named[at] = [variant for variant in named[at] if variant.weight > BULK_WEIGHT]
        else:
            named[at] += inflected_names(name, aliases, index, capitalised=capitalised)
    return named


def spelled_names(texts: Sequence[str], aliases: AliasTable, *, index: NameIndex) -> list[list[Variant]]:
    """Give the spellings that the index holds for each of some words in a row, but for forbidden ones."""
    return [
        [one for one in variants if not aliases.is_barred(name_terms(text), one.terms)]
        for text, variants in zip(texts, spellings(texts, index), strict=True)
    ]


def listed_by_sound(
    text: str,
    spelled: Sequence[Variant],
    named: Sequence[Variant],
    aliases: AliasTable,
    known: Callable[[str], bool],
) -> list[Variant]:
    """Give the listed names of what sounds the same: no list holds every spelling (Pawutyna, Pavutyna).

    Short words meet too many names by chance for that (Kew, Київ).
    """
    if len(text) < MIN_SOUND_CHARS:
        return []
    seen = {name_terms(text), *(variant.terms for variant in (*spelled, *named))}
    found: dict[tuple[str, ...], Variant] = {}
    for same in spelled:
        if same.source == EQUAL and len(same.terms) == 1:
            for other in other_names(same.terms, aliases, known, capitalised=True):
                if other.terms not in seen and not aliases.is_barred(name_terms(text), other.terms):
                    source = f"{other.source}, by way of {same.terms[0]}"
                    found.setdefault(
                        other.terms, replace(other, weight=other.weight * same.weight, source=source)
                    )
    return list(found.values())


def as_written(text: str, term: str, known: Callable[[str], bool]) -> Iterator[Alternative]:
    """Let names written as they were typed, diacritics and all, come before those that are not.

    The first alternative stands for the word; the second adds or takes a little by how it is written.
    """
    typed = written(text)
    mark = OTHERWISE + term if typed == term else AS_WRITTEN + typed
    if not known(mark):
        return
    if typed == term:
        yield Alternative((term,))
        yield Alternative((mark,), FOLDED_WEIGHT - 1.0)
    else:
        yield Alternative((term,), FOLDED_WEIGHT)
        yield Alternative((mark,), 1.0 - FOLDED_WEIGHT)


def spelled_first(
    query: Query,
    scored: Query,
    variants_of: Callable[[Sequence[str]], Sequence[Sequence[Variant]]],
    known: Callable[[str], bool],
) -> Query:
    """Where nothing but a name was asked for, let documents that spell it as it was typed come first.

    ``scored`` is what the engine is asked. The spelling as typed, of several words side by side, then counts
    a second time, more the rarer it is; that outweighs that another document is shorter or holds another
    spelling oftener. With other words in the query, relevance decides, and a spelling counts by its weight.
    """
    parts = list(_leaves(query))
    texts = [part.text for part in parts if isinstance(part, Term)]
    if len(texts) < len(parts) or not _is_all_names([text for text in texts if fold(text) not in STOP_WORDS]):
        return scored
    asked = [AnyOf(typed) for text in texts if (typed := tuple(_as_typed(text, known)))]
    has_marks = any(one.terms[0] < " " for word in asked for one in word.alternatives)
    if not asked or not (has_marks or any(variants_of(texts))):
        return scored
    return Prefer(scored, Or((Phrase(tuple(asked)) if len(asked) > 1 else asked[0],)))


def _leaves(query: Query) -> Iterator[Query]:
    """Yield the parts of a query that are scored; whatever is no list of plain words comes as it is."""
    match query:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                if not is_filter(part):
                    yield from _leaves(part)
        case Prefer(must=must, should=should):
            yield from _leaves(And((must, should)))
        case _:
            yield query


def _is_all_names(texts: Sequence[str]) -> bool:
    """Tell whether all words may be names, or stand within one as "bin" does."""
    are = [has_capital(text) or text.upper() == text or not is_common(fold(text)) for text in texts]
    return bool(texts) and all(
        is_name or (len(text) <= MAX_PARTICLE_CHARS and any(are[:at]) and any(are[at:]))
        for at, (text, is_name) in enumerate(zip(texts, are, strict=True))
    )


def _as_typed(text: str, known: Callable[[str], bool]) -> Iterator[Alternative]:
    """Give what stands only where a word is spelled as it was typed, diacritics and all."""
    terms = name_terms(text)
    if len(terms) != 1:
        yield from (Alternative(terms) for _ in terms[:1])
        return
    spelled = list(as_written(text, terms[0], known))
    if not spelled:
        yield Alternative(terms)
    elif written(text) == terms[0]:
        yield Alternative(terms)
        yield Alternative(spelled[1].terms, -1.0)  # takes away where it is written otherwise
    else:
        yield Alternative(spelled[1].terms)
