"""Import Whoosh without its noise; whichever module of ours comes first."""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def quietly_and_lightly() -> Iterator[None]:
    """Import Whoosh without its warnings and without an HTTP client.

    Whoosh 2.7.4 holds invalid escapes, a SyntaxWarning when Python first compiles it; and it imports
    ``urllib.request`` for a function it never calls, a tenth of the time of a cold query.
    """
    stand_in = ModuleType("urllib.request")
    stand_in.__dict__["urlretrieve"] = None
    loaded = sys.modules.setdefault("urllib.request", stand_in)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        if loaded is stand_in and sys.modules.get("urllib.request") is stand_in:
            del sys.modules["urllib.request"]
