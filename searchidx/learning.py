"""Learn names from the documents of an index: which of them its authors say are the same.

In: an open index. Out: proposals with their evidence, for the user to accept or reject. Names that a sentence
mentions side by side, without saying that they are the same, are told apart by the corpus: that is a doubt.
"""

from collections.abc import Iterator
from itertools import islice

from searchidx.analysis.sentences import sentences
from searchidx.names.learn import Sighting, sightings
from searchidx.names.learned import Proposal, propose
from searchidx.search import Index

_BATCH = 200  # documents fetched at a time


def learn(index: Index) -> list[Proposal]:
    """Read all documents and give what they say about names."""
    return propose(_sightings(index), lambda names, documents: _doubt(index, names, documents))


def _sightings(index: Index) -> Iterator[Sighting]:
    ids = iter(index.searcher.doc_ids())
    while batch := list(islice(ids, _BATCH)):
        for document in index.searcher.fetch(batch):
            for start, end in sentences(document.body, index.rules):
                yield from sightings(document.body[start:end], document.doc_id)


def _doubt(index: Index, names: tuple[str, str], documents: frozenset[str]) -> str:
    """Say which document tells two names apart; empty if none does."""
    one, other = (f'"{name.replace(chr(34), " ")}"' for name in names)
    found = index.search(
        f"{one} /s {other}", limit=len(documents) + 1, exact=True, variants=False, snippets=0
    )
    for hit in found.hits:
        if hit.doc_id not in documents:
            return f"{hit.doc_id} has both in one sentence and doesn't say that they are the same"
    return ""
