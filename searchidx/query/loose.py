"""Find the terms of an index that a word with * or ~ stands for.

In: the beginning of a word, or a word and a number of edits. Out: terms; warnings where they were too many.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from searchidx.analysis import analyze
from searchidx.analysis.distance import within
from searchidx.names import name_terms
from searchidx.types import TermStats

MAX_PREFIX_TERMS = 1024
MAX_FUZZY_TERMS = 64
# Each fuzzy word is compared with all terms of its first letter.
MAX_FUZZY_WORDS = 8


class TermLists(Protocol):
    """What is asked of an index."""

    def terms(self, field: str, *, prefix: str = "") -> Iterator[TermStats]:
        """Yield the terms of a field that begin so."""
        ...


@dataclass(slots=True)
class LooseWords:
    """Looks words up for one query, each once."""

    vocabulary: TermLists
    warnings: list[str] = field(default_factory=list)
    _beginning: dict[tuple[str, tuple[str, ...]], list[str]] = field(default_factory=dict)
    _similar: dict[tuple[str, int, tuple[str, ...]], list[str]] = field(default_factory=dict)

    def beginning(self, text: str, fields: tuple[str, ...]) -> list[str]:
        """Give the commonest terms that begin so."""
        if (text, fields) not in self._beginning:
            self._beginning[text, fields] = self._that_begin(text, fields)
        return self._beginning[text, fields]

    def similar(self, text: str, edits: int, fields: tuple[str, ...]) -> list[str]:
        """Give the terms within some edits that share the first letter, nearest first."""
        if (text, edits, fields) not in self._similar:
            self._similar[text, edits, fields] = self._within(text, edits, fields)
        return self._similar[text, edits, fields]

    def _that_begin(self, text: str, fields: tuple[str, ...]) -> list[str]:
        start = "-".join(token.term for token in analyze(text) if token.width == 1)
        counts = self._counts(start, fields) if start else {}
        if len(counts) > MAX_PREFIX_TERMS:
            self.warnings.append(
                f"{text}* matched {len(counts):,} words; the {MAX_PREFIX_TERMS:,} most frequent are used"
            )
        return sorted(sorted(counts, key=lambda term: (-counts[term], term))[:MAX_PREFIX_TERMS])

    def _within(self, text: str, edits: int, fields: tuple[str, ...]) -> list[str]:
        if len(self._similar) >= MAX_FUZZY_WORDS:
            self.warnings.append(f"only the first {MAX_FUZZY_WORDS} words with ~ are searched loosely")
            return [term] if (term := "".join(name_terms(text))) else []
        term = "".join(token.term for token in analyze(text) if token.width == 1)
        found: list[tuple[int, int, str]] = []
        for other, count in (self._counts(term[0], fields) if term else {}).items():
            distance = within(term, other, edits)
            if distance is not None:
                found.append((distance, -count, other))
        return sorted(other for _, _, other in sorted(found)[:MAX_FUZZY_TERMS])

    def _counts(self, prefix: str, fields: tuple[str, ...]) -> dict[str, int]:
        """Give the terms that begin so, with how many documents hold each, added up over the fields."""
        counts: dict[str, int] = {}
        for name in fields:
            for stats in self.vocabulary.terms(name, prefix=prefix):
                counts[stats.term] = counts.get(stats.term, 0) + stats.doc_frequency
        return counts
