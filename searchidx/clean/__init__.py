"""What did the author write? ``Document`` -> ``CleanDocument``.

Rules, blocks and evidence *name* spans; one place cuts them (``cuts``); the raw text stays
reachable. In doubt keep: a lost paragraph can't be found, a kept "Share" costs nearly nothing.
``document`` shows the way of a document, ``html`` that of a page, ``rules/*.toml`` holds the
patterns. Mending encodings is the affair of ``corpus``.
"""

import sys
from types import ModuleType

from searchidx.clean.document import clean, clean_document
from searchidx.clean.evidence import Evidence
from searchidx.types import CleanDocument

__all__ = ["Evidence", "clean", "clean_document"]


class _Room(ModuleType):
    """Lets ``from searchidx import clean`` give something to call.

    Python binds a package's sub-package over whatever else has its name, as soon as anybody imports it.
    """

    def __call__(self, text: str, *, html: bool | None = None) -> CleanDocument:
        return clean(text, html=html)


sys.modules[__name__].__class__ = _Room
