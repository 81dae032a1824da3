"""Make news-like articles out of nothing: the same ones for the same size and seed, on any machine.

In: how many, and a seed. Out: JSONL files of clean articles (``body``). The words are made of syllables
and drawn by Zipf's law, a common word being a short one; articles have a length like that of news (log-
normal, median 420 words), paragraphs, names in capitals, numbers, hyphens and days. What it lacks is
meaning: words do not keep company, so phrases and names are rarer than in real news.
"""

import json
import math
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

# Set so that different terms grow as in a collection of news: some 15,000 in the first 100,000 words, 25,000
# in 250,000; of the words of an article, 54 in 100 are different.
VOCABULARY = 45_000
ZIPF = 1.14  # the exponent
LARGEST = math.log(100_000)  # of the numbers; those of one digit are as frequent as those of five
COMPOUNDED = ("anti", "co", "ex", "half", "long", "mid", "pre", "self")
MEDIAN_WORDS, SPREAD = 420, 0.55  # of an article; the spread is that of the logarithm
WORDS_A_SENTENCE, SENTENCES_A_PARAGRAPH = (7, 30), (1, 4)
ARTICLES_A_FILE = 500
SOURCES = ("Amber Post", "Birch Courier", "Cobalt Wire", "Dune Gazette")
# A vowel behind each consonant, and a few the other way round.
_SYLLABLES = [a + b for a in "bcdfghlmnprstv" for b in "aeio"] + [
    "or",
    "an",
    "en",
    "in",
    "ar",
    "er",
    "es",
    "on",
    "al",
    "el",
]
_ENDINGS = ("", "", "", "s", "ed", "ing", "er", "ers", "ly", "tion", "tions", "ment", "al")


def vocabulary(chance: random.Random) -> list[str]:
    """Make different words, the frequent ones short."""
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        syllables = 1 + min(4, int(math.log10(1 + len(words) / 4)))
        stem = "".join(chance.choices(_SYLLABLES, k=syllables))
        words[stem + (chance.choice(_ENDINGS) if syllables > 1 else "")] = None
    return list(words)


def articles(count: int, seed: int = 1) -> Iterator[dict[str, object]]:
    """Yield articles as lines of a JSONL corpus."""
    chance = random.Random(seed)
    words = vocabulary(chance)
    weights = list(accumulate(1 / (rank + 2) ** ZIPF for rank in range(len(words))))
    for number in range(count):
        length = max(40, int(chance.lognormvariate(math.log(MEDIAN_WORDS), SPREAD)))
        drawn = iter(chance.choices(words, cum_weights=weights, k=length + 12))
        title = " ".join(next(drawn) for _ in range(8)).capitalize()
        day = f"2025-{1 + number % 12:02}-{1 + number % 28:02}"
        yield {
            "id": f"article-{number:07}",
            "source": SOURCES[number % len(SOURCES)],
            "title": title,
            "published": day,
            "language": "en",
            "body": "\n\n".join(_paragraphs(drawn, chance)),
        }


def _paragraphs(words: Iterator[str], chance: random.Random) -> Iterator[str]:
    while sentences := [
        s for _ in range(chance.randint(*SENTENCES_A_PARAGRAPH)) if (s := _sentence(words, chance))
    ]:
        yield " ".join(sentences)


def _sentence(words: Iterator[str], chance: random.Random) -> str:
    drawn = [word for _, word in zip(range(chance.randint(*WORDS_A_SENTENCE)), words, strict=False)]
    if not drawn:
        return ""
    drawn[0] = drawn[0].capitalize()
    for place in range(1, len(drawn)):
        draw = chance.random()
        if draw < 0.05:
            drawn[place] = drawn[place].capitalize()
        elif draw < 0.07:
            drawn[place] = f"{int(math.exp(chance.uniform(0, LARGEST))):,}"
        elif draw < 0.08:
            drawn[place] = f"{chance.choice(COMPOUNDED)}-{drawn[place]}"
        elif draw < 0.14:
            drawn[place] += ","
    return " ".join(drawn) + "."


def write(folder: Path, count: int, seed: int = 1) -> int:
    """Write a corpus into a folder; give its size in bytes."""
    size, file = 0, None
    for number, article in enumerate(articles(count, seed)):
        if number % ARTICLES_A_FILE == 0:
            if file:
                file.close()
            file = (folder / f"{number // ARTICLES_A_FILE:05}.jsonl").open("w", encoding="utf-8")
        line = json.dumps(article, ensure_ascii=False) + "\n"
        size += len(line.encode())
        if file:
            file.write(line)
    if file:
        file.close()
    return size


def query_words(count: int, seed: int = 1) -> list[str]:
    """Give words of the vocabulary, from common to rare, that a query may ask for."""
    words = vocabulary(random.Random(seed))
    ranks = [int(30 * (len(words) / 60) ** (step / max(1, count - 1))) for step in range(count)]
    return [words[rank] for rank in ranks]
