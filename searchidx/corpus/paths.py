"""Give every file of a corpus a name that is text, unlike any other, and the same on every run.

In: bytes, as the operating system has them. Out: the ``path`` of documents, which is also what ids
are derived from.
"""

import re

# What ``encode`` itself writes: the escape of a byte over 127, or of "%". Where a name holds such
# characters already, they must be told apart; any other "%" may stay ("100 %.txt", "a%20b.txt").
_LOOKS_ESCAPED = re.compile("%(?=25|[89A-F][0-9A-F])")
_NOT_UTF8 = re.compile("[\udc80-\udcff]")


def encode(path_bytes: bytes) -> str:
    r"""Write a relative path as text; bytes that are no UTF-8 are percent-encoded.

    >>> encode("Зеленський/a b.txt".encode()), encode(b"latin1_\xe9.txt"), encode(b"latin1_%E9.txt")
    ('Зеленський/a b.txt', 'latin1_%E9.txt', 'latin1_%25E9.txt')
    """
    path = _LOOKS_ESCAPED.sub("%25", path_bytes.decode("utf-8", "surrogateescape"))
    return _NOT_UTF8.sub(lambda found: f"%{ord(found[0]) - 0xDC00:02X}", path)
