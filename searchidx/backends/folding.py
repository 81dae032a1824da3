"""Fold near-copies under the best of them.

In: documents in the order of an answer, and which of them are near-copies. Out: the first of each group,
the others under it. Nothing is lost: the documents and their copies are all that was found, and the order
is that of the whole answer with the later copies taken out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from searchidx.types import ScoredDoc


def folded(docs: Iterable[ScoredDoc], clusters: Mapping[str, str]) -> list[ScoredDoc]:
    """Put documents of one cluster under the first of them; ``clusters``: by id, of those that have one."""
    groups: dict[tuple[bool, str], list[ScoredDoc]] = {}
    for doc in docs:
        cluster = clusters.get(doc.doc_id)
        key = (False, doc.doc_id) if cluster is None else (True, cluster)
        groups.setdefault(key, []).append(doc)
    return [replace(first, copies=tuple(others)) if others else first for first, *others in groups.values()]


def unfolded(docs: Sequence[ScoredDoc]) -> tuple[list[ScoredDoc], dict[str, str]]:
    """Give documents and their copies in one row, in order of score, then id, and what ``folded`` needs."""
    clusters = {one.doc_id: doc.doc_id for doc in docs if doc.copies for one in (doc, *doc.copies)}
    row = [replace(one, copies=()) if one.copies else one for doc in docs for one in (doc, *doc.copies)]
    return sorted(row, key=lambda doc: (-doc.score, doc.doc_id)), clusters
