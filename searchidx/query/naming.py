"""Which names may the words of a query be? Asked of the lists, and of the names in the index.

In: words as typed, an ``AliasTable``, the table of names. Out: for each word its variants. What an
ordinary word in lower case may lead to is decided here.
"""

from collections.abc import Callable, Iterator, Sequence

from searchidx.analysis import AS_WRITTEN, OTHERWISE, written
from searchidx.names import AliasTable, NameIndex, Variant, expand, inflected_names, name_terms, spellings
from searchidx.names.aliases import BULK_WEIGHT
from searchidx.names.common import is_common
from searchidx.query.nodes import Alternative
from searchidx.query.parts import distinct

# A name that differs from what was typed in diacritics alone. The difference outweighs a document
# that is some words shorter, for which BM25F gives up to a quarter more.
FOLDED_WEIGHT = 0.77


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
