"""Did you mean? Only for words that the index lacks, and never applied silently."""

from collections.abc import Iterable, Iterator

from searchidx.analysis import TEXT_FIELDS, analyze, fold
from searchidx.analysis.distance import within
from searchidx.query.expansion import Expanded, Vocabulary
from searchidx.query.nodes import AnyOf, Query, Term
from searchidx.query.parser import Parsed
from searchidx.query.parts import children

# Each unknown word is compared with all that begin so. A text with more of them is of another subject or
# language than the index, and not mistyped.
MAX_UNKNOWN_WORDS = 3
# As other engines have it: a short word is too near to everything.
ONE_EDIT_FROM, TWO_EDITS_FROM = 5, 9


def better_query(parsed: Parsed, expanded: Expanded, vocabulary: Vocabulary) -> str | None:
    """Give the query with words that no document holds replaced by near ones, if there are any."""
    groups = list(_groups(expanded.query))
    lacking = [word for word in _words(parsed.query) if not _is_held(word, groups, vocabulary)]
    if len(lacking) > MAX_UNKNOWN_WORDS:
        return None
    better = suggest(iter(lacking), vocabulary)
    text = parsed.interpreted
    for word, other in better.items():
        text = text.replace(word, other)
    return text if better else None


def _is_held(word: str, groups: Iterable[AnyOf], vocabulary: Vocabulary) -> bool:
    return any(
        vocabulary.doc_frequency(field, alternative.terms[0])
        for group in groups
        if group.alternatives[0].terms[-1:] == (fold(word),)
        for alternative in group.alternatives
        for field in TEXT_FIELDS
    )


def _words(query: Query) -> Iterator[str]:
    if isinstance(query, Term):
        yield query.text
    for part in children(query):
        yield from _words(part)


def _groups(query: Query) -> Iterator[AnyOf]:
    if isinstance(query, AnyOf):
        yield query
    for part in children(query):
        yield from _groups(part)


def suggest(words: Iterator[str], vocabulary: Vocabulary) -> dict[str, str]:
    """Give, for each word that no document holds, the likeliest word that one does."""
    found: dict[str, str] = {}
    for word in words:
        tokens = analyze(word)
        if len(tokens) == 1 and (better := nearest(tokens[0].term, vocabulary)):
            found[word] = better
    return found


def nearest(term: str, vocabulary: Vocabulary) -> str | None:
    """Give the commonest term with the same first letter and the fewest edits."""
    edits = (len(term) >= ONE_EDIT_FROM) + (len(term) >= TWO_EDITS_FROM)
    if not edits or not term.isalpha():
        return None
    best: tuple[int, int, str] | None = None
    for name in TEXT_FIELDS:
        for stats in vocabulary.terms(name, prefix=term[0]):
            distance = within(term, stats.term, edits)
            if distance and (best is None or (distance, -stats.doc_frequency, stats.term) < best):
                best = (distance, -stats.doc_frequency, stats.term)
    return best[2] if best else None
