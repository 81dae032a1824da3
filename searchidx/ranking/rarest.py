"""Cut a query of many words to the rarest of them, which decide what comes first.

In: the tree an engine is to be asked, and the vocabulary. Out: the tree with at most ``MOST_WORDS`` words
side by side, and a remark. The common words of a pasted text take most of the time and rank no better.
"""

from dataclasses import replace

from searchidx.analysis import TEXT_FIELDS
from searchidx.backends.bm25f import idf
from searchidx.query.expansion import Expanded, Vocabulary
from searchidx.query.nodes import And, AnyOf, Or, Prefer, Query

# With 32, nDCG@10 on three judged collections of long queries was that of all words; with 24 one lost .02.
MOST_WORDS = 32


def cut(expanded: Expanded, vocabulary: Vocabulary, documents: int, most: int = MOST_WORDS) -> Expanded:
    """Leave out the commonest of more than ``most`` words; which documents hold all words is not touched."""
    query, dropped = _cut(expanded.query, vocabulary, documents, most)
    if not dropped:
        return expanded
    remark = f"a long query: its {most} rarest words are searched, the other {dropped} are left out"
    return replace(expanded, query=query, warnings=(*expanded.warnings, remark))


def _cut(query: Query, vocabulary: Vocabulary, documents: int, most: int) -> tuple[Query, int]:
    match query:
        case Or(parts=parts, implicit=True):
            words = [part for part in parts if isinstance(part, AnyOf)]
            if len(words) <= most:
                return query, 0
            words.sort(key=lambda word: -worth(word, vocabulary, documents))
            kept = set(words[:most])
            left = tuple(part for part in parts if part in kept or not isinstance(part, AnyOf))
            return Or(left, implicit=True), len(parts) - len(left)
        case And(parts=parts):
            made = [_cut(part, vocabulary, documents, most) for part in parts]
            return And(tuple(part for part, _ in made)), sum(dropped for _, dropped in made)
        case Prefer(must=must, should=should):
            optional, dropped = _cut(should, vocabulary, documents, most)
            return Prefer(must, optional), dropped
        case _:
            return query, 0


def worth(word: AnyOf, vocabulary: Vocabulary, documents: int) -> float:
    """Give what a word can add to a score: by its commonest spelling, and by how often it was typed."""
    commonest = max(
        max(vocabulary.doc_frequency(name, term) for name in TEXT_FIELDS)
        for alternative in word.alternatives
        for term in alternative.terms
    )
    # A word that no document holds adds nothing.
    return word.boost * idf(documents, commonest) if commonest else 0.0
