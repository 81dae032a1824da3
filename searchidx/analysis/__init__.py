"""Which terms stand for a text? The one place where terms are made.

``index_document`` turns a clean document into an ``IndexDocument``; ``analyze`` turns any text into
tokens for queries and highlights. Both use the same words and the same folds.
"""

from searchidx.analysis.analyzer import (
    AS_WRITTEN,
    OTHERWISE,
    Positions,
    analyze,
    chunks_of,
    locate,
    width,
)
from searchidx.analysis.fields import (
    BODY,
    BYLINE,
    LANGUAGE,
    PARAGRAPH,
    PUBLISHED,
    RAW,
    SENTENCE,
    SOURCE,
    STEMS,
    TEXT_FIELDS,
    TITLE,
    body_positions,
    index_document,
)
from searchidx.analysis.folding import fold, written
from searchidx.analysis.places import placed
from searchidx.analysis.sentences import SentenceRules, learn_sentence_rules
from searchidx.analysis.stems import stem_key, stem_language

__all__ = [
    "AS_WRITTEN",
    "OTHERWISE",
    "BODY",
    "BYLINE",
    "LANGUAGE",
    "PARAGRAPH",
    "PUBLISHED",
    "RAW",
    "SENTENCE",
    "SOURCE",
    "STEMS",
    "TEXT_FIELDS",
    "TITLE",
    "Positions",
    "SentenceRules",
    "analyze",
    "body_positions",
    "chunks_of",
    "fold",
    "index_document",
    "learn_sentence_rules",
    "locate",
    "placed",
    "stem_key",
    "stem_language",
    "width",
    "written",
]
