"""Tell names from ordinary words: a spelling that is a word must not lead to a name.

In: a folded term. Out: whether it is an ordinary word of one of the languages in which news is written.
"Common" is a Zipf frequency (wordfreq: log10 of occurrences in a billion words) from a threshold on; "word"
is a lower-case headword of Webster's Second or the lower-case lemma of simplemma.
"""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from searchidx.analysis import fold

# Beyond the 30,000 or so commonest words of English, frequency can't tell words from rare surnames.
ENGLISH_ZIPF = 2.0
# Other languages lend us their commonest words only: their lists hold names too.
OTHER_ZIPF = 4.0
# From here on a word is so common that it is one even where no dictionary has it (us, mr, th).
ANY_ZIPF = 5.7
NAMES_ONLY = ("ar", "bg", "cs", "el", "fa", "he", "hu", "ro", "sr", "sv")
OTHERS = ("ru", "uk", "de", "fr", "es", "it", "pt", "pl", "tr", "nl")


def _package(name: str) -> Any:
    return import_module(name)  # none of them has types


@cache
def _english_headwords() -> frozenset[str]:
    words: Iterable[str] = _package("english_words").get_english_words_set(["web2"])
    return frozenset(word for word in words if word.islower())


@cache
def is_english_word(term: str) -> bool:
    """Tell whether a term, in lower case, is an English word: turkey and missiles are, kyiv is not."""
    term = term.replace("-", "")  # a name is looked up without hyphens: Ta-il is tail
    frequency = _zipf(term, "en")
    if frequency < ENGLISH_ZIPF:
        return False
    if frequency >= ANY_ZIPF or term in _english_headwords():
        return True
    lemma: str = _package("simplemma").lemmatize(term, "en")
    return lemma != term and lemma in _english_headwords()


def is_in_use(term: str) -> bool:
    """Tell whether a term is met in texts at all: in any of the frequency lists."""
    return any(term in _frequencies(language) for language in ("en", *OTHERS, *NAMES_ONLY))


@cache
def is_foreign_word(term: str) -> bool:
    """Tell whether a term is a common word of another language."""
    term = term.replace("-", "")
    return any(term in _common_words(language) for language in OTHERS)


@cache
def _common_words(language: str) -> frozenset[str]:
    """Give the folded words of a language that are no names, as far as its dictionary tells."""
    factory = _package("simplemma.strategies.dictionaries.dictionary_factory").DefaultDictionaryFactory
    lemmas = factory(cache_max_size=1).get_dictionary(language)
    found = set()
    for word, frequency in _frequencies(language).items():
        zipf = math.log10(frequency) + 9
        lemma = lemmas.get(word, "") if zipf >= OTHER_ZIPF else ""
        # The nouns of German are capitalised, so the capitals of its lemmas tell nothing.
        if zipf >= ANY_ZIPF or (lemma and lemma.islower() and language != "de"):
            found.add(fold(word))
    return frozenset(found)


def _zipf(term: str, language: str) -> float:
    frequency = _frequencies(language).get(term)
    return math.log10(frequency) + 9 if frequency else 0.0


@cache
def _frequencies(language: str) -> Mapping[str, float]:
    # The look-up of a single word would divide it into tokens first, which takes milliseconds.
    found: Mapping[str, float] = _package("wordfreq").get_frequency_dict(language)
    return found
