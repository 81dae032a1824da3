"""Which words keep company more than chance has it? Frequent phrases of a corpus, by NLTK's collocations.

In: texts and their languages. Out: ``Phrase`` values and how names are cased. A word counts once for each
text, so that no single article makes a phrase. Only building an index imports this: NLTK is heavy.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder
from nltk.probability import FreqDist

from searchidx.analysis import fold
from searchidx.analysis.stopwords import STOP_WORDS
from searchidx.clean.language import function_words
from searchidx.store.completions import Phrase, capitalised

LEAST = 3  # texts that hold a phrase
# Log-likelihood (Dunning 1993) from which on two words are together by chance in one of 1,000 cases: the
# quantile of chi-square with one degree of freedom.
LEAST_LIKELIHOOD = 10.83
KEPT = 5_000  # phrases, the likeliest
LINKS = frozenset(("of", "de", "du", "di", "da", "von", "für"))  # may stand inside: exchange of prisoners

# A word, or a mark that ends what belongs together. Digits begin no word of a phrase.
_TOKEN = re.compile(r"[^\W\d_][\w'’‑-]*|[^\w\s]|\d+|\n")
_MARKS = frozenset(",.;:!?…\"“”„«»‘’'()[]–—-/%$€£&*|\n")  # the frequent ones, passed over early

Pair = tuple[str, str]


class _Counts:
    """How many texts hold a word, two of them side by side, and two with a link between, as written."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.pairs: Counter[Pair] = Counter()
        self.linked: Counter[tuple[str, str, str]] = Counter()

    def add(self, text: str, language: str) -> None:
        tokens = _TOKEN.findall(text)
        stop = _stop_words(language)
        self.words.update(set(tokens))
        self.pairs.update({(a, b) for a, b in pairwise(tokens) if a not in stop and b not in stop})
        self.linked.update(
            {
                (a, b, c)
                for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False)
                if b in LINKS and a not in stop and c not in stop
            }
        )


def find_phrases(texts: Iterable[tuple[str, str | None]]) -> tuple[list[Phrase], list[tuple[str, str]]]:
    """Give the phrases of some (text, language) pairs, the likeliest first, and the casing of names."""
    counts = _Counts()
    for text, language in texts:
        counts.add(text, (language or "en")[:2].lower())
    words: Counter[str] = Counter()
    for word, count in counts.words.items():
        if count > 1:  # a phrase is in more texts, and so are its words
            words[_key(word)] += count
    spelt: dict[Pair, dict[str, int]] = {}
    for pair, text, count in _joined(counts, words):
        spelt.setdefault(pair, {})[text] = count
    # In two spellings a pair may be counted twice in a text in which one of its words has only one.
    pairs = {pair: min(sum(of.values()), *(words[word] for word in pair)) for pair, of in spelt.items()}
    found = []
    for pair in _together(words, pairs)[:KEPT]:
        text = _commonest(spelt[pair])
        is_name = all(part[:1] != part[:1].lower() for part in text.split() if part not in LINKS)
        found.append(Phrase(text, is_name, pairs[pair]))
    return found, _casing(counts.words)


def _joined(counts: _Counts, words: Counter[str]) -> Iterator[tuple[Pair, str, int]]:
    """Yield pairs of keys with how they are written and in how many texts; a link goes with what follows.

    What is written so in one text only is left out: nearly all are, and it takes most of the time.
    """
    for (one, other), count in counts.pairs.items():
        if count > 1 and _is_word(one) and _is_word(other):
            yield (_key(one), _key(other)), f"{one} {other}", count
    tails: Counter[str] = Counter()
    for (one, link, other), count in counts.linked.items():
        if count > 1 and _is_word(one) and _is_word(other):
            tail = f"{link} {_key(other)}"
            tails[tail] += count
            yield (_key(one), tail), f"{one} {link} {other}", count
    words.update(tails)


def _together(words: Mapping[str, int], pairs: Mapping[Pair, int]) -> list[Pair]:
    """Give the pairs that are together more often than chance has it, the likeliest first."""
    frequent = {pair: count for pair, count in pairs.items() if count >= LEAST}
    finder = BigramCollocationFinder(FreqDist(words), FreqDist(frequent))
    total = finder.word_fd.N()
    scored = finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
    likely = [
        (-score, pair)
        for pair, score in scored
        # The measure is as high for pairs that shun each other.
        if score >= LEAST_LIKELIHOOD and frequent[pair] * total > words[pair[0]] * words[pair[1]]
    ]
    return [pair for _, pair in sorted(likely)]


def _casing(words: Mapping[str, int]) -> list[tuple[str, str]]:
    """Give the terms whose commonest spelling with capitals is not that with just one: NATO, McCain."""
    spelt: dict[str, dict[str, int]] = {}
    for word, count in words.items():
        if count >= LEAST and _is_word(word) and word != word.lower():
            spelt.setdefault(_key(word), {})[_bare(word)] = count
    best = {term: _commonest(of) for term, of in spelt.items()}
    return [(term, text) for term, text in best.items() if term and text != capitalised(text.lower())]


def _commonest(spelt: Mapping[str, int]) -> str:
    """Give the commonest spelling; of two, the one with the smaller letters."""
    return min(spelt, key=lambda text: (-spelt[text], text.swapcase()))


def _is_word(token: str) -> bool:
    return token[0].isalpha() and len(token) > 1


def _bare(word: str) -> str:
    """Take a possessive off."""
    return word[:-2] if word.endswith(("'s", "’s")) else word.rstrip("'’-‑")


@lru_cache(maxsize=200_000)
def _key(token: str) -> str:
    return fold(token)


@lru_cache(maxsize=64)
def _stop_words(language: str) -> frozenset[str]:
    """Give the little words of a language as they may be written, and the marks between words."""
    little = {word for word, languages in function_words().items() if language in languages}
    if language == "en":
        little |= STOP_WORDS
    return _MARKS.union(spelt for word in little for spelt in (word, word.capitalize(), word.upper()))
