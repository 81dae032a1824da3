"""The words by which sites name their boxes, and those of their chrome.

In: words of a class or id, or of a short text. Out: the families they belong to, as bits. Read from
``lexicon.toml``; own observation, no list was taken over.
"""

from functools import cache, lru_cache

FAMILIES = (
    "body", "article", "entry", "heading", "deck", "byline", "date", "comment", "side", "related", "share",
    "promo", "ad", "subscribe", "author", "caption", "tags", "nav", "footer", "header", "cookie", "list",
    "widget", "meta", "live", "quote", "modal", "credit", "gallery", "plea",
)  # fmt: skip
KINDS = (
    "share", "subscribe", "more", "legal", "comments", "ad", "photo", "by", "stamp", "tags", "bio", "contact",
    "nav", "network", "cookie", "donate", "shop", "read",
)  # fmt: skip


@cache
def _table(name: str) -> dict[str, int]:
    import tomllib
    from importlib import resources

    text = resources.files("searchidx.clean").joinpath("lexicon.toml").read_text("utf-8")
    order = FAMILIES if name == "names" else KINDS
    table: dict[str, int] = {}
    for family, words in tomllib.loads(text)[name].items():
        for word in words.split():
            table[word] = table.get(word, 0) | 1 << order.index(family)
    return table


@lru_cache(maxsize=20_000)
def name_bits(names: tuple[str, ...]) -> int:
    """Give the families of the words of a class and id."""
    table = _table("names")
    bits = 0
    for name in names:
        bits |= table.get(name, 0)
        if name.endswith("s"):
            bits |= table.get(name[:-1], 0)
    return bits


def word_bits() -> dict[str, int]:
    """Give the kinds of chrome in which a word is at home."""
    return _table("words")


@cache
def little_words() -> frozenset[str]:
    """Give the function words of all languages known."""
    from searchidx.clean.language import function_words

    return frozenset(function_words())


@lru_cache(maxsize=10_000)
def spread(bits: int, count: int) -> tuple[float, ...]:
    """Give bits as numbers, the lowest first.

    >>> spread(0b101, 4)
    (1.0, 0.0, 1.0, 0.0)
    """
    return tuple(float(bits >> number & 1) for number in range(count))
