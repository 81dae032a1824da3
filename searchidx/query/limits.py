"""How much of a typed query is read, and the remarks made while reading it.

A limit that is reached is never an error: what lies beyond it is left out, and a remark says so.
Elasticsearch and OpenSearch have limits of the same kind (1,024 clauses, nesting of 20).
"""

MAX_CHARS = 1_000  # of the query, after cleaning; fixed by the contract
MAX_CLAUSES = 64  # words and dates of the query; fixed by the contract
MAX_DEPTH = 20  # parentheses within parentheses
MAX_PHRASE_WORDS = 32
MIN_PREFIX_CHARS = 2  # letters and digits before the star; "k*" alone stands for thousands of words
MIN_FUZZY_CHARS, MAX_FUZZY_CHARS, MAX_EDITS = 3, 40, 2
DEFAULT_DISTANCE, MAX_DISTANCE = 10, 100  # in words, of NEAR
MAX_REMARKS, MAX_REMARKS_OF_A_KIND = 10, 2  # so that many slips of one kind hide no other
MAX_SHOWN_CHARS = 30  # of the user's text in one remark


class Remarks:
    """Collects the warnings of one query: each once, in order, few of a kind and few in all."""

    def __init__(self) -> None:
        self._kinds: list[str] = []
        self._texts: list[str] = []

    def add(self, kind: str, about: str = "") -> None:
        """Make a remark; in ``kind``, ``{}`` stands for ``about``, a piece of the query.

        >>> remarks = Remarks()
        >>> remarks.add("no field {}: read as words", "a")
        >>> remarks.as_tuple()
        ("no field 'a': read as words",)
        """
        text = kind.replace("{}", shown(about))
        if text in self._texts or self._kinds.count(kind) >= MAX_REMARKS_OF_A_KIND:
            return
        if len(self._texts) < MAX_REMARKS:
            self._kinds.append(kind)
            self._texts.append(text)

    def as_tuple(self) -> tuple[str, ...]:
        """Give what was said, in order."""
        return tuple(self._texts)


def shown(text: str) -> str:
    """Quote a piece of the query, cut to a readable length.

    >>> shown("not-a-date")
    "'not-a-date'"
    """
    return f"'{text}'" if len(text) <= MAX_SHOWN_CHARS else f"'{text[: MAX_SHOWN_CHARS - 1]}…'"
