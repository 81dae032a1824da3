"""Guess the language of a text from its script and its little words.

In: a text, of which the first 2,000 characters are read. Out: an ISO 639-1 code, or None when the
text does not say clearly enough. This chooses a stemmer and fills a filter; it is no statement
about mixed texts.
"""

import re
from collections import Counter
from functools import cache

SAMPLE = 2_000
MIN_HITS = 3
MIN_SHARE = 0.08  # of all words; running text has about .3 to .5, lists of names and things far less
MIN_LEAD = 1.25  # over the second language, since neighbours share many little words
MIN_LETTERS = 20
MIN_SCRIPT_SHARE = 0.25
WORD = re.compile(r"[^\W\d_]+")
# Scripts of one language, or nearly; kana before Han, as Japanese writes both.
SCRIPTS = (
    ("ja", re.compile("[぀-ヿ]")),
    ("zh", re.compile("[一-鿿]")),
    ("ko", re.compile("[가-힣]")),
    ("el", re.compile("[Ͱ-Ͽ]")),
    ("he", re.compile("[א-ת]")),
    ("hy", re.compile("[Ա-֏]")),
    ("ka", re.compile("[Ⴀ-ჿ]")),
    ("th", re.compile("[ก-๛]")),
    ("hi", re.compile("[ऀ-ॿ]")),
)


# Neighbours in Cyrillic share their little words, but not their letters.
FOREIGN_LETTERS = {
    "uk": re.compile("[ыэёъўјљњћђџ]"),
    "ru": re.compile("[іїєґўјљњћђџ]"),
    "be": re.compile("[иїєґщъјљњћђџ]"),
    "bg": re.compile("[ыэёіїєґўјљњћђџ]"),
}
MAX_FOREIGN_SHARE = 0.005  # of the characters: a name may be quoted in the neighbour's spelling


def detect_language(text: str) -> str | None:
    """Give the language of a text, or None.

    >>> detect_language("The talks were over in an hour, and both sides said that they had been useful.")
    'en'
    >>> detect_language("Kyiv 41 A-50")
    """
    sample = text[:SAMPLE].lower()
    words = WORD.findall(sample)
    table = function_words()
    hits: Counter[str] = Counter()
    for word, count in Counter(words).items():
        for language in table.get(word, ()):
            hits[language] += count
    if not sample.isascii():
        for language, letters in FOREIGN_LETTERS.items():
            if language in hits and len(letters.findall(sample)) > MAX_FOREIGN_SHARE * len(sample):
                del hits[language]
    best = hits.most_common(2)
    if best and best[0][1] >= MIN_HITS and best[0][1] >= MIN_SHARE * len(words):
        if len(best) == 1 or best[0][1] >= MIN_LEAD * best[1][1]:
            return best[0][0]
        return None
    return None if sample.isascii() else _detect_by_script(sample)


def _detect_by_script(sample: str) -> str | None:
    letters = sum(map(str.isalpha, sample))
    if letters < MIN_LETTERS:
        return None
    for language, script in SCRIPTS:
        # A tenth of kana makes a text Japanese; the rest of it is Han.
        share = MIN_SCRIPT_SHARE / 3 if language == "ja" else MIN_SCRIPT_SHARE
        if len(script.findall(sample)) >= share * letters:
            return language
    return None


@cache
def function_words() -> dict[str, tuple[str, ...]]:
    """Give for each little word the languages that use it."""
    import tomllib
    from importlib import resources

    text = resources.files("searchidx.clean").joinpath("function_words.toml").read_text("utf-8")
    table: dict[str, tuple[str, ...]] = {}
    for language, words in tomllib.loads(text)["function_words"].items():
        for word in words.split():
            table[word] = (*table.get(word, ()), language)
    return table
