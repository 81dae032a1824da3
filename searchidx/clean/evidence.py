"""What a whole collection can tell about a line: how many documents of its source hold it.

Lines that stand in several documents of one source are chrome far more surely than any pattern can
say: on the development pages, lines on two pages of a site were chrome in 998 of 1,000 cases. Who
counts them (``collection``) gives an object of this shape to ``clean_document``.
"""

from math import ceil
from typing import NamedTuple, Protocol

REPEATED = "repeated-line"  # the name of the rule
# Wire copy repeats as well, and it is content: only lines up to this length may be cut on evidence.
MAX_WORDS = 25
LEAST = 2  # documents
# In a large collection follow-ups quote their own background, so a share of the documents is asked for:
# more where the line reads like a sentence.
SHARE, SENTENCE_SHARE = 0.005, 0.02
SENTENCE_WORDS = 8
# A line in so large a share of the documents is no article's headline or sentence, wherever it stands.
CERTAIN_SHARE, CERTAIN_LEAST = 0.3, 3
ENDS = (".", "!", "?", "…", "”", '"', "»")


class Seen(NamedTuple):
    """In how many documents a line stands, of how many of its source."""

    documents: int
    of: int

    @property
    def is_certain(self) -> bool:
        """Whether it stands in so many that no place in a text can save it."""
        return self.documents >= max(CERTAIN_LEAST, CERTAIN_SHARE * self.of)


class Evidence(Protocol):
    """Knows which lines repeat over the documents of a source."""

    def seen(self, line: str, source: str, /) -> Seen:
        """Tell in how many documents a line stands, levelled as by ``lines.level``.

        The answer must depend on nothing but the two arguments as long as one document is
        cleaned, or else cleaning twice could change something.
        """
        ...


def is_repeated(line: str, seen: Seen) -> bool:
    """Tell whether a line stands in so many documents that it is none's own.

    >>> is_repeated("More from the capital", Seen(2, 90)), is_repeated("More from the capital", Seen(2, 900))
    (True, False)
    """
    if seen.documents < LEAST or line.count(" ") >= MAX_WORDS or not any(map(str.isalnum, line)):
        return False
    return seen.documents >= ceil((SENTENCE_SHARE if reads_like_sentence(line) else SHARE) * seen.of)


def reads_like_sentence(line: str) -> bool:
    """Tell whether a line has the length and the end of a sentence."""
    return line.count(" ") + 1 >= SENTENCE_WORDS and line.endswith(ENDS)
