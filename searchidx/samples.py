"""The sample of a corpus from which sentence rules are learnt: its first documents, in path order.

In: documents as they are cleaned, or a ledger. Out: those that make up the sample, and a digest that
changes when the rules would have to be learnt again.
"""

import hashlib
from collections.abc import Iterable, Iterator

from searchidx.analysis.sentences import TRAINING_CHARS
from searchidx.store.ledger import Entry, Ledger
from searchidx.types import CleanDocument


def take_sample(documents: Iterator[CleanDocument]) -> tuple[list[CleanDocument], Iterator[CleanDocument]]:
    """Take the sample off the beginning of some documents; give it, and the rest."""
    sample, chars = [], 0
    for document in documents:
        sample.append(document)
        chars += len(document.body)
        if chars >= TRAINING_CHARS:
            break
    return sample, documents


def sample_of(ledger: Ledger) -> list[Entry]:
    """Give the entries of the documents that ``take_sample`` would take."""
    sample, chars = [], 0
    for entry in ledger.winners().values():
        sample.append(entry)
        chars += entry.chars
        if chars >= TRAINING_CHARS:
            break
    return sample


def digest_of(sample: Iterable[Entry]) -> str:
    """Give a digest of what the documents of a sample hold, and of what others say about them."""
    parts = b"".join(entry.hash + entry.verdict for entry in sample)
    return hashlib.blake2b(parts, digest_size=16).hexdigest()
