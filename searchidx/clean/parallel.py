"""Clean many documents, here or in several processes: what is sent, what comes back.

In: documents in order and a ``Runner``. Out: each with its clean form, or with ``Skipped`` where its
process died. A page that takes too much time or memory there is flattened without a parser, with a note.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from searchidx.clean.collection import Collection, Marks, marks_of
from searchidx.clean.copies import sketch
from searchidx.clean.document import clean_document, compared_text, flatten_document, group_of
from searchidx.clean.rules import RuleSet, load_rules
from searchidx.processes import Failed, Here, Runner
from searchidx.types import CleanDocument, Document, Removed, Skipped

Sent = tuple[CleanDocument, tuple[tuple[int, int, str, str], ...]]  # without the raw text; its cuts
Marked = tuple[str, bytes]  # group, packed marks
Shared = tuple[Collection | None, Path | None]  # the evidence, the user's rule file
# Starting a process and loading the cleaner in it takes half a second, which a processor cleans this in.
PAYS_BYTES = 2_000_000


def mark_all(documents: Iterable[Document], runner: Runner) -> Iterator[tuple[Document, Marked]]:
    """Hash the lines of documents; those that have nothing to compare, or can't be read, are left out."""
    for document, marked in runner.map(_mark, documents, shared=None):
        if marked and not isinstance(marked, Failed):
            yield document, marked


def _mark(_: None, document: Document) -> Marked | None:
    text = compared_text(document)
    return (group_of(document), marks_of(text).pack()) if text else None


def collect(documents: Iterable[Document], runner: Runner | None = None) -> Collection | None:
    """Count the lines of some documents; None where there is nothing to compare."""
    found = {
        f"{document.path}:{document.line}": (group, Marks.unpack(packed))
        for document, (group, packed) in mark_all(documents, runner or Here())
    }
    return Collection(found) if len(found) > 1 else None


def clean_all(
    documents: Iterable[Document],
    runner: Runner,
    *,
    evidence: Collection | None,
    rule_file: Path | None = None,
) -> Iterator[tuple[Document, CleanDocument | Skipped]]:
    """Clean documents, in order."""
    for document, found in runner.map(_clean, documents, shared=(evidence, rule_file)):
        yield document, _whole(document, found, runner, rule_file)


def clean_and_sketch(
    documents: Iterable[Document],
    runner: Runner,
    *,
    evidence: Collection | None,
    rule_file: Path | None = None,
    as_they_came: bool = False,
) -> Iterator[tuple[Document, CleanDocument | Skipped, bytes]]:
    """Clean documents, in order, and make the sketches of their bodies.

    ``as_they_came``: clean only pages, whose text must be found.
    """
    way = _keep_and_sketch if as_they_came else _clean_and_sketch
    for document, found in runner.map(way, documents, shared=(evidence, rule_file)):
        if isinstance(found, Failed):
            whole, packed = _whole(document, found, runner, rule_file), b""
            if isinstance(whole, CleanDocument):
                packed = sketch(whole.body).pack()
            yield document, whole, packed
        else:
            yield document, _whole(document, found[0], runner, rule_file), found[1]


def _clean(shared: Shared, document: Document) -> Sent:
    evidence, rule_file = shared
    return _packed(clean_document(document, evidence=evidence, rules=_rules(rule_file)))


def _rules(rule_file: Path | None) -> RuleSet | None:
    if rule_file is None:
        return None
    stat = rule_file.stat()
    return _load_rules(rule_file, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4)
def _load_rules(rule_file: Path, _mtime_ns: int, _size: int) -> RuleSet:
    return load_rules(rule_file)


def _packed(cleaned: CleanDocument) -> Sent:
    # The raw text is where the document is: there is no need to send it back. Tuples travel far faster.
    cuts = tuple((cut.start, cut.end, cut.rule, cut.why) for cut in cleaned.removed)
    return replace(cleaned, raw="", removed=()), cuts


def _clean_and_sketch(shared: Shared, document: Document) -> tuple[Sent, bytes]:
    cleaned = _clean(shared, document)
    return cleaned, sketch(cleaned[0].body).pack()


def _keep_and_sketch(shared: Shared, document: Document) -> tuple[Sent, bytes]:
    whole = replace(document, kind="body") if document.kind == "text" else document
    return _clean_and_sketch(shared, whole)


def _flatten(shared: tuple[str, Path | None], document: Document) -> Sent:
    reason, rule_file = shared
    return _packed(flatten_document(document, reason, _rules(rule_file)))


def _whole(
    document: Document, found: Sent | Failed, runner: Runner, rule_file: Path | None
) -> CleanDocument | Skipped:
    if isinstance(found, Failed) and found.is_limit and document.kind == "html":
        [(_, found)] = runner.map(_flatten, [document], shared=(found.reason, rule_file))
    if isinstance(found, Failed):
        return Skipped(path=document.path, line=document.line, reason=found.reason)
    cleaned, cuts = found
    removed = tuple(Removed(start=start, end=end, rule=rule, why=why) for start, end, rule, why in cuts)
    return replace(cleaned, raw=document.content, removed=removed)
