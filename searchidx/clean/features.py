"""Say of one line what a model can learn from: its shape and its words.

In: a line as ``lines.level`` gives it. Out: names of features, each either there or not, so that a
model is a table of names and weights. What stands around the line is the affair of ``context``.
"""

import re
from collections.abc import Iterable
from functools import cache

SHORT = 14  # words: of longer lines only both ends are told word by word
ENDS = 8
WORD = re.compile(r"\w+")
WORD_FEATURES = ("word=", "first=", "last=", "begin=", "whole=", "in=")  # names of features that are words
INNER_END = re.compile(r"[.!?…]['\"”’»)]? \S")
DIGIT = re.compile(r"\d")
NUMBERS = (
    ("clock", re.compile(r"\d:\d\d")),
    ("year", re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")),
)
ADDRESS = re.compile(r"https?:|www\.|\w\.(?:com|org|net|co|info)\b|\w@\w")
SIGNS = frozenset('|›»·•/©@#_<>{}[]()?!"“:$%€£+=*~^')
CLOSERS = "\"'”’»)]"
# Words, from so many on a new class begins.
LENGTHS = (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 25, 40, 80)
SHARES = (0.001, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 0.999)


def line_features(plain: str) -> list[str]:
    """Name what can be seen in a line.

    >>> "word=share" in line_features("Share this"), "long.end=." in line_features("word " * 20 + ".")
    (True, True)
    """
    written = WORD.findall(plain)
    count = len(written)
    size = "tiny" if count < 3 else "short" if count < 8 else "mid" if count < 17 else "long"
    found = [
        f"count={_step(count, LENGTHS)}",
        f"{size}.end={_last(plain)}",
        f"{size}.start={_kind(plain[:1])}",
    ]
    if not count:
        return found
    words = WORD.findall(plain.casefold())
    stops = stop_words()
    stop_share = sum(map(stops.__contains__, words)) / count
    title_share = sum(map(str.istitle, written)) / count
    digits = sum(map(str.isdigit, written)) / count
    found += (
        f"{size}.stops={_step(stop_share, SHARES)}",
        f"{size}.titles={_step(title_share, SHARES)}",
        f"digits={_step(digits, SHARES)}",
        f"chars={_step(len(plain) / count, (2, 3, 4, 5, 6, 7, 8, 10, 14, 20))}",
    )
    if plain.isupper():
        found.append(f"{size}.upper")
    if sentences := len(INNER_END.findall(plain)):
        found.append(f"sentences={min(sentences, 4)}")
    if commas := plain.count(","):
        found.append(f"{size}.commas={_step(commas / count, (0.02, 0.05, 0.1, 0.2, 0.4))}")
    found += [f"{size}.sign={sign}" for sign in sorted(SIGNS.intersection(plain))]
    if DIGIT.search(plain):
        found += [f"{size}.{name}" for name, pattern in NUMBERS if pattern.search(plain)]
    if ("." in plain or "@" in plain or ":" in plain) and ADDRESS.search(plain):
        found.append(f"{size}.address")
    found += _words_of(words, count)
    return found


def _words_of(words: list[str], count: int) -> Iterable[str]:
    if count <= SHORT:
        seen = dict.fromkeys(words)
        yield from (f"word={word}" for word in seen)
        yield f"first={words[0]}"
        yield f"last={words[-1]}"
        if count > 1:
            yield f"begin={words[0]} {words[1]}"
        if count <= 3:
            yield f"whole={' '.join(words)}"
    else:
        yield from (f"in={word}" for word in dict.fromkeys((*words[:ENDS], *words[-ENDS:])))
        yield f"begin={words[0]} {words[1]}"


def _step(value: float, steps: tuple[float, ...]) -> int:
    place = 0
    for step in steps:
        if value < step:
            break
        place += 1
    return place


def _last(plain: str) -> str:
    end = plain[-1:]
    if end in CLOSERS:
        inner = plain.rstrip(CLOSERS)[-1:]
        return "closed" if inner in ".!?…" else end
    if plain.endswith("..."):
        return "…"
    return _kind(end)


def _kind(character: str) -> str:
    if character.isdigit():
        return "0"
    if character.isalpha():
        return "A" if character.isupper() else "a" if character.islower() else "字"
    return character


@cache
def stop_words() -> frozenset[str]:
    """Give the little words of all languages known."""
    from searchidx.clean.language import function_words

    return frozenset(function_words())
