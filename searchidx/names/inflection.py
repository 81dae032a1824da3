"""Which nominative may a Slavic name come from? Зеленського leads to Зеленський, Москвы to Москва.

In: a lower-case word. Out: the nominatives that it may be a case of, by its ending; most are
no words at all, and only matter where somebody asks for one of them. The endings stand in
``data/inflection.toml``.
"""

from functools import cache

from searchidx.names.model import model

# Latin letters write many languages, of which most have none of these endings.
MIN_STEM_CHARS, MIN_LATIN_STEM_CHARS = 2, 5
MAX_GUESSES = 6


@cache
def _endings() -> dict[str, tuple[tuple[str, ...], ...]]:
    return {ending: tuple(map(tuple, rules)) for ending, rules in model()["endings"].items()}


@cache
def _longest() -> int:
    return max(map(len, _endings()))


def nominatives(word: str) -> list[str]:
    """Give the nominatives that a word may come from.

    >>> nominatives("зеленського"), nominatives("путиным")
    (['зеленський', 'зеленськый', 'зеленськой'], ['путин', 'путина'])
    """
    if not word:
        return []
    known = _endings()
    found: dict[str, None] = {}
    least = MIN_LATIN_STEM_CHARS if word[0] < "\u0370" else MIN_STEM_CHARS
    for size in range(min(_longest(), len(word) - least), 0, -1):
        rules = known.get(word[-size:])
        if rules is None:
            continue
        stem = word[:-size]
        for before, instead in rules:
            if not before or stem[-1] in before:
                found[stem + instead] = None
    found.pop(word, None)
    return list(found)[:MAX_GUESSES]
