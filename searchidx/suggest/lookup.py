"""What may somebody want who has typed a few letters? Titles, names and phrases with a word that begins so.

In: what was typed, as it came, and what the index keeps (``store.completions``). Out: ``Suggestion`` values,
best first. Nothing typed is an error; nothing here takes longer for what is typed.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice

from searchidx.analysis.stopwords import STOP_WORDS
from searchidx.store.completions import CompletionsReader, Phrase, holds, words_of
from searchidx.types import Suggestion

MAX_TYPED_CHARS = 200
# Two names side by side are one where the rarer of them stands beside the other so often: Ada Lovelace, and
# not Monday Ukraine. At least so often in all.
PAIR_SHARE, LEAST_PAIRS = 0.05, 3
TITLES_SHARE = 3  # one in three of the places is kept for titles
# The numbers of articles are looked up for so many times more names than are wanted: they come in the order
# of how often they are written, which is nearly the same.
SPARE = 2


def complete(
    typed: str,
    completions: CompletionsReader,
    *,
    documents: int,
    doc_frequency: Callable[[str], int],
    limit: int = 10,
) -> tuple[Suggestion, ...]:
    """Give what may be meant by ``typed``: names and phrases, the commonest first, then titles.

    What begins so comes before what holds it further on. ``doc_frequency`` counts the documents with a term.
    """
    words = words_of(typed[:MAX_TYPED_CHARS].encode("utf-8", "replace").decode())
    if limit <= 0 or (typed.strip() and not words):
        return ()
    kept = max(1, limit // TITLES_SHARE) if limit > 1 else 0
    titles = list(_first(_titles(words, completions), limit))
    share = documents / max(1, completions.texts())  # of all articles to those in which phrases were counted
    common = list(_first(_common(words, completions, share, doc_frequency, limit), limit))
    common = common[: max(limit - len(titles), limit - kept)]
    return (*common, *titles[: limit - len(common)])


def _first(found: Iterable[Suggestion], limit: int) -> Iterator[Suggestion]:
    """Yield the first ones, none twice."""
    seen: set[tuple[str, ...]] = set()
    for one in found:
        key = tuple(words_of(one.text))
        if key not in seen:
            seen.add(key)
            yield one
        if len(seen) >= limit:
            return


def _titles(words: list[str], completions: CompletionsReader) -> Iterator[Suggestion]:
    for inner in (False, True) if words else (False,):
        found = completions.titles(words, inner=inner)
        days = dict(reversed(found))  # the newest day of each
        counts = {title: len(list(of)) for title, of in groupby(sorted(title for title, _ in found))}
        for title in sorted(sorted(counts), key=lambda title: (counts[title], days[title]), reverse=True):
            yield Suggestion(title, "title", counts[title])


def _common(
    words: list[str],
    completions: CompletionsReader,
    share: float,
    doc_frequency: Callable[[str], int],
    limit: int,
) -> Iterator[Suggestion]:
    """Yield names and phrases, the commonest first, those that begin with the words before the others."""

    def counted(phrase: Phrase) -> Suggestion:
        return Suggestion(phrase.text, "name" if phrase.is_name else "phrase", round(phrase.count * share))

    starting = [counted(phrase) for phrase in completions.phrases(words, inner=False)]
    if len(words) <= 1:
        starting += islice(_names("".join(words), completions, doc_frequency), SPARE * limit)
    inside = [counted(phrase) for phrase in completions.phrases(words, inner=True)] if words else []
    for pair in islice(_pairs(words, completions, doc_frequency), SPARE * limit):
        (starting if holds(" ".join(words_of(pair.text)[: len(words)]), words) else inside).append(pair)
    for found in (starting, inside):
        yield from sorted(found, key=lambda one: (-one.count, one.text))


def _names(
    start: str, completions: CompletionsReader, doc_frequency: Callable[[str], int]
) -> Iterator[Suggestion]:
    for term, _ in completions.names(start):
        if term not in STOP_WORDS and (count := doc_frequency(term)):  # no name of an author only
            yield Suggestion(completions.written(term), "name", count)


def _pairs(
    words: list[str], completions: CompletionsReader, doc_frequency: Callable[[str], int]
) -> Iterator[Suggestion]:
    for first, second, count in completions.names_beside(words, LEAST_PAIRS):
        if STOP_WORDS & {first, second}:
            continue  # The Kremlin
        if count >= PAIR_SHARE * min(completions.times(first), completions.times(second)):
            text = f"{completions.written(first)} {completions.written(second)}"
            yield Suggestion(text, "name", min(count, doc_frequency(first), doc_frequency(second)))
