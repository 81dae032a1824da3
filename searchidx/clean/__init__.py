"""What did the author write? ``Document`` -> ``CleanDocument``.

Rules, blocks and evidence *name* spans; one place cuts them (``cuts``); the raw text stays
reachable. In doubt keep: a lost paragraph can't be found, a kept "Share" costs nearly nothing.
``document`` shows the way of a document, ``html`` that of a page, ``rules/*.toml`` holds the
patterns. Mending encodings is the affair of ``corpus``.
"""

from searchidx.clean.document import clean, clean_document
from searchidx.clean.evidence import Evidence

__all__ = ["Evidence", "clean", "clean_document"]
