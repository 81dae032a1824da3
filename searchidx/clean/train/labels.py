"""Tell which lines of a flattened page are the article's, by the gold text of the page.

In: lines and a gold body. Out: a letter a line: c content, x chrome, t title, p punctuation only,
b blank; the last three are neither learnt nor counted. A line is content when at least half of its
words lie in runs of four words that the gold text holds as well, or when it is a line of the gold
text itself. So a sentence that a teaser repeats is content: the labels are made, not given by hand.
"""

import re
from collections.abc import Sequence

WORD = re.compile(r"\w+")
RUN = 4  # words
MIN_SHARE = 0.5
SAME_TITLE = 0.75  # Jaccard similarity of the words
TITLE_WORDS = 3


def label_lines(lines: Sequence[str], gold: str, titles: Sequence[str]) -> str:
    r"""Give the letters.

    >>> label_lines(["Menu", "", "Talks end in Kyiv today"], "Talks end in Kyiv today\nMore", [])
    'xbc'
    """
    words = _words(gold)
    runs = {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    whole = {tuple(found) for line in gold.split("\n") if len(found := _words(line)) > 1}
    heads = [found for title in titles if len(found := _words(title)) >= TITLE_WORDS]
    return "".join(_label(line, runs, whole, heads) for line in lines)


def _label(
    line: str,
    runs: set[tuple[str, ...]],
    whole: set[tuple[str, ...]],
    heads: Sequence[Sequence[str]],
) -> str:
    words = _words(line)
    if not words:
        return "p" if line.strip() else "b"
    own = set(words)
    if any(len(own & set(head)) >= SAME_TITLE * len(own | set(head)) for head in heads):
        return "t"
    if tuple(words) in whole:
        return "c"
    covered = bytearray(len(words))
    for at in range(len(words) - RUN + 1):
        if tuple(words[at : at + RUN]) in runs:
            covered[at : at + RUN] = b"\1" * RUN
    return "c" if sum(covered) >= MIN_SHARE * len(words) else "x"


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())
