"""Did you mean? Only for words that the index lacks, and never applied silently."""

from collections.abc import Iterator

from searchidx.analysis import TEXT_FIELDS, analyze
from searchidx.analysis.distance import within
from searchidx.query.expansion import Vocabulary

# As other engines have it: a short word is too near to everything.
ONE_EDIT_FROM, TWO_EDITS_FROM = 5, 9


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
