"""What a whole collection can tell about a line: the door for evidence, not the evidence.

Lines that stand in several documents of one source are chrome far more surely than any pattern
can say. Who counts them gives an object of this shape to ``clean_document``.
"""

from typing import Protocol

# Wire copy repeats as well, and it is content: only lines up to this length may be cut on evidence.
MAX_WORDS = 25


class Evidence(Protocol):
    """Knows which lines repeat over the documents of a source."""

    def is_repeated(self, line: str, source: str, /) -> bool:
        """Tell whether a line, levelled as by ``lines.level``, is chrome of that source.

        The answer must depend on nothing but the two arguments as long as one document is
        cleaned, or else cleaning twice could change something.
        """
        ...
