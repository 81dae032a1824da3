"""Build an index: corpus → clean → analysis → engine, the whole way on one screen.

In: corpus folders and an index folder. Out: a new generation and a ``ReindexReport``. Unchanged
files are not read again; the result equals a full rebuild. One bad document is reported, counted
and skipped; a failed reindex leaves the old index serving.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from searchidx import backends, corpus, repeats
from searchidx.analysis import SentenceRules, index_document, learn_sentence_rules
from searchidx.backends.generations import Engine, adopt
from searchidx.clean.copies import cluster
from searchidx.clean.parallel import PAYS_BYTES, clean_and_sketch
from searchidx.clean.rulefiles import find_user_file, rules_digest
from searchidx.clean.rules import load_rules
from searchidx.config import Settings
from searchidx.corpus import CorpusFile
from searchidx.errors import IndexDamagedError
from searchidx.processes import Here, Runner, choose_jobs, open_runner
from searchidx.samples import digest_of, sample_of, take_sample
from searchidx.store.build import Build
from searchidx.store.documents import note_clusters
from searchidx.store.fingerprint import fingerprint
from searchidx.store.generation import Generation
from searchidx.store.generations import IndexFolder
from searchidx.store.ledger import Entry, Ledger, entry_of, is_clean_same, is_same
from searchidx.suggest.building import note_phrases
from searchidx.types import CleanDocument, Document, ReindexReport, Skipped

# Small generations pile up segments and dead documents; after so many of either all is laid out anew.
MAX_CHANGES = 16
MAX_DEAD_SHARE = 0.4
ALIASES_FILE = "aliases.txt"  # in the corpus folder: names, not an article

Progress = Callable[[int, int], None]  # bytes read so far, bytes in all


@dataclass(slots=True)
class _Run:
    """One reindex."""

    build: Build
    engine: Engine
    scan: corpus.Scan
    settings: Settings
    cleaning: bool
    roots: tuple[str, ...]
    started_ns: int
    progress: Progress = lambda _done, _total: None
    rule_file: Path | None = None  # the user's own, beside the corpus
    runner: Runner = field(default_factory=Here)  # cleans, in this process or in several
    survey: repeats.Survey | None = None  # what the documents tell about each other

    @property
    def fingerprint(self) -> str:
        """Say what an index depends on beside the corpus."""
        rules = rules_digest(self.rule_file) if self.cleaning else "as it came"
        return fingerprint(self.engine, rules)


def reindex(
    roots: Sequence[Path],
    index: Path,
    *,
    settings: Settings | None = None,
    full: bool = False,
    cleaning: bool = True,
    force: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> ReindexReport:
    """Bring an index up to date with its corpus; when this returns, the new state will last."""
    began, settings = time.perf_counter(), settings or Settings()
    started_ns = time.time_ns()
    with IndexFolder(index).write(force=force) as build:
        engine = backends.engine(settings.backend)
        scan = _articles(corpus.scan(roots, max_bytes=settings.max_bytes), roots)
        names = tuple(str(root.absolute()) for root in roots)
        run = _Run(build, engine, scan, settings, cleaning, names, started_ns, progress)
        run.rule_file = next(filter(None, map(find_user_file, roots)), None)
        if cleaning:
            load_rules(run.rule_file)  # a mistake in it is told before anything is read
        previous = build.previous
        if full or previous is None or previous.fingerprint != run.fingerprint:
            with _runner(run, run.scan.files) as run.runner:
                report = _rebuild(run)
        else:
            report = _update(run, previous)
    return replace(report, took_ms=1000 * (time.perf_counter() - began))


def _runner(run: _Run, files: Iterable[CorpusFile]) -> AbstractContextManager[Runner]:
    """Give the processes that clean some files."""
    pays = run.cleaning and sum(file.size for file in files) >= PAYS_BYTES
    return open_runner(choose_jobs(run.settings.jobs, pays=pays))


def _articles(scan: corpus.Scan, roots: Sequence[Path]) -> corpus.Scan:
    """Leave the user's alias file out of the corpus."""
    names = {ALIASES_FILE, *(f"{root.name}/{ALIASES_FILE}" for root in roots)}
    return replace(scan, files=tuple(file for file in scan.files if file.path not in names))


def _rebuild(run: _Run) -> ReindexReport:
    """Read everything and write a new index."""
    ledger = Ledger()
    if run.cleaning:
        run.survey = repeats.survey(_all_of(run), runner=run.runner)
    documents = _read_all(run, ledger)
    sample, rest = take_sample(documents)
    rules = learn_sentence_rules(document.body for document in sample)
    with run.engine.create(run.build.create()) as writer:
        for document in chain(sample, rest):
            writer.put(index_document(document, rules))
    # Whoever asks for a full rebuild wants to know what changed, not that all was written again.
    return _publish(run, ledger, rules, **_counts(_known(run.build.previous), ledger.winners()))


def _all_of(run: _Run) -> Iterator[Document]:
    """Read everything a first time, only to see what repeats."""
    for file in _with_progress(run, run.scan.files, share=(0, 2)):
        yield from _documents(_read(run, file))


def _documents(items: Iterable[Document | Skipped]) -> Iterator[Document]:
    return (item for item in items if isinstance(item, Document))


def _known(previous: Generation | None) -> dict[str, Entry]:
    """Give what the index held before; nothing where that can't be read any more."""
    try:
        return Ledger.load(previous.folder).winners() if previous else {}
    except IndexDamagedError:
        return {}  # a ledger of another format: the index is being rebuilt for that very reason


def _counts(old: dict[str, Entry], new: dict[str, Entry]) -> dict[str, int]:
    both = old.keys() & new.keys()
    changed = sum(not is_same(new[doc_id], old[doc_id]) for doc_id in both)
    return {"added": len(new) - len(both), "changed": changed, "removed": len(old) - len(both)}


def _read_all(run: _Run, ledger: Ledger) -> Iterator[CleanDocument]:
    """Read and clean all files; of several documents with one id the first counts."""
    seen: set[str] = set()
    files = _with_progress(run, run.scan.files, share=(1, 2) if run.survey else (0, 1))
    for document in _clean(run, ledger, ((file, _read(run, file)) for file in files)):
        if document.doc_id not in seen:
            seen.add(document.doc_id)
            yield document


def _read(run: _Run, file: CorpusFile) -> Iterator[Document | Skipped]:
    return iter(corpus.read(file, max_bytes=run.settings.max_bytes))


def _clean(
    run: _Run, ledger: Ledger, files: Iterable[tuple[CorpusFile, Iterable[Document | Skipped]]]
) -> Iterator[CleanDocument]:
    """Clean what files hold, and note it in the ledger; files are read a little ahead."""
    cleaned = clean_and_sketch(
        _noted(ledger, files),
        run.runner,
        evidence=run.survey.evidence if run.survey else None,
        rule_file=run.rule_file,
        as_they_came=not run.cleaning,
    )
    for item, document, sketch in cleaned:
        if isinstance(document, Skipped):
            ledger.skipped[item.path].append(document)
            continue
        # A line that says it has a title and no body is a document; a file without text is not.
        if item.kind != "body" and not (document.body.strip() or document.title.strip()):
            reason = "no text was found in the page" if item.kind == "html" else "no text"
            ledger.skipped[item.path].append(Skipped(path=item.path, line=item.line, reason=reason))
            continue
        entry = replace(entry_of(item, document), sketch=sketch)
        ledger.entries[item.path].append(repeats.judged(entry, run.survey))
        yield document
    for skipped in ledger.skipped.values():  # what can't be read was noted ahead of what can't be cleaned
        skipped.sort(key=lambda one: one.line or 0)


def _noted(
    ledger: Ledger, files: Iterable[tuple[CorpusFile, Iterable[Document | Skipped]]]
) -> Iterator[Document]:
    """Give the documents of files; note the files, and what can't be read in them."""
    for file, items in files:
        ledger.add_file(file)
        for item in items:
            if isinstance(item, Skipped):
                ledger.skipped[file.path].append(item)
            else:
                yield item


def _update(run: _Run, previous: Generation) -> ReindexReport:
    """Read what changed and write the difference, or nothing where there is none."""
    known = Ledger.load(previous.folder)
    looked_at = int(str(previous.facts.get("looked_at_ns", 0)))
    fresh = [file for file in run.scan.files if not known.is_unchanged(file, looked_at)]
    if 2 * sum(file.size for file in fresh) > sum(file.size for file in run.scan.files) > 1 << 20:
        with _runner(run, run.scan.files) as run.runner:
            return _rebuild(run)  # nearly all is new: read it once, in a stream
    with _runner(run, fresh) as run.runner:
        return _update_from(run, previous, known, fresh)


def _update_from(
    run: _Run, previous: Generation, known: Ledger, fresh: Sequence[CorpusFile]
) -> ReindexReport:
    """Write what follows from files that are new or changed, or gone."""
    ledger = Ledger()
    changed = {file.path: list(_read(run, file)) for file in fresh}
    if run.cleaning and (fresh or known.files.keys() != {file.path for file in run.scan.files}):
        kept = (known.entries[file.path] for file in run.scan.files if file.path not in changed)
        told = _documents(chain.from_iterable(changed.values()))
        run.survey = repeats.survey(told, chain.from_iterable(kept), runner=run.runner)
    for file in run.scan.files:  # in the order of their paths, which decides between documents of one id
        if file.path in changed:
            ledger.add_file(file)
        else:
            ledger.keep_file(file.path, known)
    documents = _clean(run, ledger, ((file, changed[file.path]) for file in fresh))
    contents = {(document.path, document.line): document for document in documents}
    if run.survey:
        repeats.judge_again(ledger, run.survey.evidence)
    old, new = known.winners(), ledger.winners()
    due = {doc_id: entry for doc_id, entry in new.items() if not is_clean_same(entry, old.get(doc_id))}
    gone = old.keys() - new.keys()
    is_same_place = previous.facts.get("roots") == list(run.roots)  # where the alias files are looked for
    if not due and not gone and is_same_place and list(ledger.all_skipped()) == list(known.all_skipped()):
        return _report(run, ledger, previous.name)
    puts = dict(_contents(run, due, contents, ledger))
    rules = _rules_for(run, previous, ledger, puts)
    dead = int(str(previous.facts.get("dead", 0))) + len(gone) + len(due.keys() & old.keys())
    changes = int(str(previous.facts.get("changes", 0))) + 1
    if rules != _rules_of(previous) or changes > MAX_CHANGES or dead > MAX_DEAD_SHARE * len(new):
        dead = changes = 0
        _lay_out_anew(run, previous, rules, puts, gone)
    else:
        adopt(run.build, run.engine)
        with run.engine.change(run.build.folder) as writer:
            for doc_id in gone:
                writer.delete(doc_id)
            for document in puts.values():
                writer.put(index_document(document, rules))
    return _publish(run, ledger, rules, dead=dead, changes=changes, **_counts(old, new))


def _contents(
    run: _Run,
    due: dict[str, Entry],
    contents: dict[tuple[str, int | None], CleanDocument],
    ledger: Ledger,
) -> Iterator[tuple[str, CleanDocument]]:
    """Give the documents to write.

    Some stand in unchanged files: one whose elder of the same id is gone, or one of which the other
    documents tell something new.
    """
    files = {file.path: file for file in run.scan.files}
    missing = {entry.path for entry in due.values() if (entry.path, entry.line) not in contents}
    scratch = Ledger()
    for document in _clean(
        run, scratch, ((files[path], _read(run, files[path])) for path in sorted(missing))
    ):
        contents[document.path, document.line] = document
    ledger.entries |= scratch.entries
    for doc_id, entry in due.items():
        if (entry.path, entry.line) in contents:
            yield doc_id, contents[entry.path, entry.line]


def _lay_out_anew(
    run: _Run, previous: Generation, rules: SentenceRules, puts: dict[str, CleanDocument], gone: Iterable[str]
) -> None:
    """Write all documents again, the unchanged ones from the present generation."""
    left_out = {*puts, *gone}
    with (
        closing(run.engine.open(previous.folder, names=previous.files)) as searcher,
        run.engine.create(run.build.create()) as writer,
    ):
        for doc_id in searcher.doc_ids():
            if doc_id not in left_out:
                for document in searcher.fetch([doc_id]):
                    writer.put(index_document(document, rules))
        for document in puts.values():
            writer.put(index_document(document, rules))


# ---- sentence rules, learnt from the first documents of the corpus -----------------------------------


def _rules_for(
    run: _Run, previous: Generation, ledger: Ledger, puts: dict[str, CleanDocument]
) -> SentenceRules:
    """Give the rules of the present generation where they would come out the same, else learn them."""
    sample = sample_of(ledger)
    if digest_of(sample) == previous.facts.get("sample"):
        return _rules_of(previous)
    with closing(run.engine.open(previous.folder, names=previous.files)) as searcher:
        texts = (
            puts[e.doc_id].body if e.doc_id in puts else searcher.fetch([e.doc_id])[0].body for e in sample
        )
        return learn_sentence_rules(texts)


def _rules_of(generation: Generation) -> SentenceRules:
    return SentenceRules.from_facts(generation.facts.get("sentence_rules"))


# ---- the end -----------------------------------------------------------------------------------------


def _publish(
    run: _Run,
    ledger: Ledger,
    rules: SentenceRules,
    *,
    added: int,
    changed: int,
    removed: int,
    dead: int = 0,
    changes: int = 0,
) -> ReindexReport:
    ledger.save(run.build.create())
    winners = ledger.winners()
    clusters = cluster({doc_id: entry.sketch for doc_id, entry in winners.items()})
    note_clusters(run.build.folder, clusters)
    note_phrases(run.build.folder, winners, clusters)
    facts = {
        "engine": run.engine.name,
        "roots": list(run.roots),
        "cleaned": run.cleaning,
        "looked_at_ns": run.started_ns,
        "sample": digest_of(sample_of(ledger)),
        "sentence_rules": rules.as_facts(),
        "clusters": len(set(clusters.values())),
        "near_copies": len(clusters),
        "dead": dead,
        "changes": changes,
    }
    generation = run.build.publish(documents=len(winners), fingerprint=run.fingerprint, facts=facts)
    return _report(run, ledger, generation.name, added=added, changed=changed, removed=removed)


def _report(
    run: _Run, ledger: Ledger, generation: str, *, added: int = 0, changed: int = 0, removed: int = 0
) -> ReindexReport:
    winners = ledger.winners().values()
    removed_lines = sum(entry.lines_removed for entry in winners)
    repeated = sum(entry.lines_repeated for entry in winners)
    by_model = sum(entry.lines_by_model for entry in winners)
    return ReindexReport(
        documents=len(winners),
        added=added,
        changed=changed,
        removed=removed,
        skipped=(*run.scan.skipped, *ledger.all_skipped()),
        lines_total=sum(entry.lines for entry in winners),
        lines_removed=removed_lines,
        lines_removed_by={
            "rules": removed_lines - repeated - by_model,
            "repeated": repeated,
            "model": by_model,
        },
        generation=generation,
        took_ms=0.0,
    )


def _with_progress(
    run: _Run, files: Sequence[CorpusFile], *, share: tuple[int, int] = (0, 1)
) -> Iterator[CorpusFile]:
    """Yield the files and tell how far they are read; ``share``: which reading of how many this is."""
    number, readings = share
    total = sum(file.size for file in files)
    done = number * total
    for file in files:
        run.progress(done, readings * total)
        yield file
        done += file.size
    run.progress(done, readings * total)
