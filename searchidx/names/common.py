"""Is it an ordinary word? A list of words that are not taken for names when they are typed in lower case.

In: a folded term. Out: whether it is on the list. The file is read at the first question and searched
by bisection, since one query asks for few words; whoever asks for many takes ``common_words()``.
tools/make_common_words.py makes the list.
"""

from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("data") / "common_words.txt"  # sorted lines, UTF-8


@cache
def _lines() -> bytes:
    return FILE.read_bytes()


def is_common(term: str) -> bool:
    """Tell whether a folded term is an ordinary word.

    >>> is_common("prisoner"), is_common("zelenskiy")
    (True, False)
    """
    wanted = term.encode("utf-8", "replace")
    lines = _lines()
    low, high = 0, len(lines)
    while low < high:
        middle = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.index(b"\n", middle)
        line = lines[middle:end]
        if line == wanted:
            return True
        if line < wanted:
            low = end + 1
        else:
            high = middle
    return False


@cache
def common_words() -> frozenset[str]:
    """Give the whole list, for whoever asks for thousands of words."""
    return frozenset(_lines().decode().split())
