"""Make the phrases of a generation in the making.

In: its folder, what the ledger knows of its documents, and the clusters of near-copies. They are made
from a sample that depends on nothing but the ids, and made anew only where a text of it changed; so they
are the same however the index came about.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from searchidx.store.completions import Phrases, write_phrases
from searchidx.store.documents import DocumentsReader
from searchidx.store.ledger import Entry

VERSION = b"1"  # raise it when the same texts give other phrases
# Articles looked at and characters of each: what an article is about stands at its beginning. More of
# either took more than a twentieth of the time in which a small collection of clean text is indexed.
SAMPLE, LEAD_CHARS = 1_000, 700


def note_phrases(folder: Path, winners: Mapping[str, Entry], clusters: Mapping[str, str]) -> None:
    """Write the frequent phrases into the documents of a folder, unless they are there already."""
    # Ten copies of one report would make all of it frequent: one stands for them.
    ids = [doc_id for doc_id in winners if clusters.get(doc_id, doc_id) == doc_id]
    sample = sorted(sorted(ids, key=_lot)[:SAMPLE])
    digest = hashlib.blake2b(VERSION, digest_size=16)
    for doc_id in sample:
        entry = winners[doc_id]
        digest.update(b"\0".join((doc_id.encode("utf-8", "replace"), entry.hash, entry.verdict)))

    def make() -> Phrases:
        from searchidx.suggest.phrases import find_phrases  # it loads NLTK

        with closing(DocumentsReader(folder)) as documents:
            phrases, casing = find_phrases(_texts(documents, sample))
        return Phrases(len(sample), phrases, casing)

    write_phrases(folder, digest.hexdigest(), make)


def _lot(doc_id: str) -> bytes:
    return hashlib.blake2b(doc_id.encode("utf-8", "replace"), digest_size=8).digest()


def _texts(documents: DocumentsReader, ids: list[str]) -> Iterator[tuple[str, str | None]]:
    for doc_id in ids:
        for document in documents.fetch([doc_id]):
            yield document.body[:LEAD_CHARS], document.language
