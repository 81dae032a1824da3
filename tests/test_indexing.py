"""Whatever happens to a corpus between two runs: an incremental reindex equals a full rebuild."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, nullcontext
from itertools import count, pairwise
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from searchidx import Index, indexing, samples
from searchidx.analysis import SentenceRules
from searchidx.answers import report_dict, results_dict
from searchidx.backends.whoosh import writer
from searchidx.config import Settings
from searchidx.errors import RefusedError, SettingsError
from searchidx.indexing import reindex
from searchidx.inspection import facts_of
from searchidx.processes import Failed, Here
from searchidx.store import ledger
from searchidx.types import ReindexReport, Skipped

# ---- what an index says ----------------------------------------------------------------------------------

QUERIES = (
    "talks",
    "cease-fire",
    "prisoner exchange",
    '"prisoner swap"',
    "talks -swap",
    "fox /s envoy",
    "tal*",
    "since:2025-06",
    "source:review",
    "in:raw advertisement",
    "Zelenskiy",
    "taks",
)


def answers(index: Path) -> dict[str, object]:
    """Give all that can be asked of an index and may not depend on how it came to be."""
    with Index.open(index) as opened:
        searcher = opened.searcher
        ids = list(searcher.doc_ids())
        given: dict[str, object] = {"ids": ids, "documents": searcher.fetch(ids), "rules": opened.rules}
        for field in ("title", "body", "raw", "stems", "published"):
            given[field] = list(searcher.terms(field))
        given["forms"] = searcher.forms(["en:talk", "en:swap", "en:ceasefir"])
        for query in QUERIES:
            results = opened.search(query, limit=100)
            given[query] = (
                [
                    (hit.doc_id, hit.score, hit.matches_all, hit.snippets, hit.title_highlights)
                    for hit in results.hits
                ],
                (results.total, results.total_all_words, results.expansions, results.suggestion),
            )
        given["suggested"] = [opened.suggest(typed, limit=50) for typed in ("", "t", "pri", "zel", "talks e")]
        given["similar"] = [
            [(hit.doc_id, hit.score) for hit in opened.similar(name, limit=5).hits] for name in ids
        ]
    return given


def counted(report: ReindexReport) -> tuple[object, ...]:
    return report.documents, report.skipped, report.lines_total, report.lines_removed


# ---- the state machine -----------------------------------------------------------------------------------

TEXTS = (
    "Talks end\n\nBrig. Fox met the envoy. Talks went on about a cease-fire.\n",
    "A prisoner swap was agreed. Brig. Fox saw it.\nADVERTISEMENT\nZelenskyy spoke of talks.\n",
    "No news of the prisoner exchange. Col. Fox left; the envoy. stayed.\n",
    "\n\n",
    "The cease-fire held. Volodymyr Zelensky said so on 3 June 2025.\n",
)
PAGES = tuple(
    f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    for title, text in (("News of talks", TEXTS[0] * 3), ("A swap", TEXTS[1] * 3))
)
LINES = (
    '{"id": "x", "title": "News of talks", "text": "The prisoner swap. Talks."}',
    '{"id": "x", "title": "Other news", "body": "Brig. Fox and the envoy."}',
    '{"id": "y", "body": "The cease-fire and talks.", "published": "2025-06-02", "source": "The Review"}',
    '{"id": "a.txt", "body": "A prisoner exchange under the id of a file."}',
    '{"body": "Talks without an id.", "language": "de"}',
    '{"id": "z", "body": 7}',
    "no JSON",
    "",
)
FILES = ("a.txt", "b.txt", "c/d.md", "c/e.html", "f.jsonl", "g.jsonl", "h.ndjson")
CONTENTS = {"txt": TEXTS, "md": TEXTS, "html": PAGES}

contents = st.integers(0, 4)
lines = st.lists(st.sampled_from(LINES), max_size=4).map("\n".join)


def quickly_learnt(texts: Iterable[str]) -> SentenceRules:
    """Stand in for Punkt: cheap, and what it learns changes with almost any change of the sample."""
    short = re.findall(r"\b([a-z]{3,5})\. [a-z]", "\n".join(texts)[: samples.TRAINING_CHARS])
    return SentenceRules(abbreviations=frozenset(short))


class ChangingCorpus(RuleBasedStateMachine):
    """Files come, change, move and go; after each reindex the index is compared with one built afresh."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = ExitStack()
        self.home = Path(self.undo.enter_context(tempfile.TemporaryDirectory()))
        self.corpus, self.index = self.home / "corpus", self.home / "index"
        self.corpus.mkdir()
        self.times = count(1_700_000_000)
        for holder, name, value in (
            (writer, "SEGMENT_POSITIONS", 40),
            (indexing, "MAX_CHANGES", 3),
            (samples, "TRAINING_CHARS", 30),
            (indexing, "learn_sentence_rules", quickly_learnt),
        ):
            self.undo.enter_context(mock.patch.object(holder, name, value))

    def teardown(self) -> None:
        self.undo.close()

    @initialize(
        numbers=st.lists(contents, min_size=3, max_size=3), texts=st.lists(lines, min_size=2, max_size=2)
    )
    def begin(self, numbers: list[int], texts: list[str]) -> None:
        for name, number in zip(FILES, numbers, strict=False):
            self.write_article(name, number)
        for name, text in zip(FILES[4:], texts, strict=False):
            self.put(name, text)
        reindex([self.corpus], self.index, force=True)

    @rule(name=st.sampled_from(FILES[:4]), number=contents)
    def write_article(self, name: str, number: int) -> None:
        choices = CONTENTS[name.rpartition(".")[2]]
        self.put(name, choices[number % len(choices)])

    @rule(name=st.sampled_from(FILES[4:]), text=lines)
    def write_lines(self, name: str, text: str) -> None:
        self.put(name, text)

    @rule(name=st.sampled_from(FILES))
    def delete(self, name: str) -> None:
        (self.corpus / name).unlink(missing_ok=True)

    @rule(
        names=st.sampled_from(
            [("a.txt", "b.txt"), ("b.txt", "a.txt"), ("f.jsonl", "g.jsonl"), ("h.ndjson", "f.jsonl")]
        )
    )
    def rename(self, names: tuple[str, str]) -> None:
        if (self.corpus / names[0]).exists():
            (self.corpus / names[0]).replace(self.corpus / names[1])

    @rule(name=st.sampled_from(FILES))
    def touch(self, name: str) -> None:
        if (self.corpus / name).exists():
            self.stamp(self.corpus / name)

    @precondition(lambda self: any(path.is_file() for path in self.corpus.rglob("*")))
    @rule(trusts_times=st.sampled_from((True, True, False)))
    def reindex(self, *, trusts_times: bool) -> None:
        # All files are new by the clock: what the times of files say is believed if told so.
        patience_ns = -(10**18) if trusts_times else ledger.RACY_NS
        with mock.patch.object(ledger, "RACY_NS", patience_ns):
            report = reindex([self.corpus], self.index, force=True)
            again = reindex([self.corpus], self.index, force=True)
        fresh = self.home / "fresh"
        afresh = reindex([self.corpus], fresh, force=True)
        assert counted(report) == counted(again) == counted(afresh)
        assert report.generation == again.generation
        assert answers(self.index) == answers(fresh)
        shutil.rmtree(fresh)

    def put(self, name: str, text: str) -> None:
        """Write a file as editors do: a new one takes the place of the old."""
        path = self.corpus / name
        path.parent.mkdir(exist_ok=True)
        new = path.with_name("being written")
        new.write_text(text, encoding="utf-8")
        self.stamp(new)
        new.replace(path)

    def stamp(self, path: Path) -> None:
        """Give a file a time that no file had before, whatever the clock says."""
        os.utime(path, (0, next(self.times)))


@pytest.mark.slow
def test_an_incremental_reindex_equals_a_full_rebuild() -> None:
    run_state_machine_as_test(ChangingCorpus, settings=settings(max_examples=24, stateful_step_count=12))


# ---- one thing at a time -----------------------------------------------------------------------------------


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Give a corpus of three articles."""
    folder = tmp_path / "corpus"
    write(folder, "a.txt", "Talks end\n\nBrig. Fox met the envoy.\nAdvertisement\nMore talks.\n")
    write(folder, "b.txt", "A swap\n\nThe prisoner swap was agreed.\n")
    write(folder, "c.jsonl", '{"id": "c", "title": "Other news", "body": "The talks went on."}')
    return folder


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def ids(index: Path, query: str) -> str:
    """Give the ids found, side by side."""
    with Index.open(index) as opened:
        return " ".join(sorted(hit.doc_id for hit in opened.search(query).hits))


def facts(index: Path) -> tuple[object, object, int]:
    """Give how many changes were made since all was laid out, the dead documents, and the segments."""
    with Index.open(index) as opened:
        of = opened.generation.facts
        return of["changes"], of["dead"], sum(name.endswith(".trm") for name in opened.generation.files)


def test_a_report_says_what_happened(corpus: Path, index: Path) -> None:
    first = reindex([corpus], index)
    assert (first.documents, first.added, first.changed, first.removed, first.skipped) == (3, 3, 0, 0, ())
    assert first.lines_removed == 1
    (corpus / "b.txt").unlink()
    write(corpus, "a.txt", "Talks begin\n\nNothing else.\n")
    write(corpus, "d.txt", "New\n\nA new article.\n")
    for report in (reindex([corpus], index), reindex([corpus], index, full=True)):
        counts = (report.documents, report.added, report.changed, report.removed)
        assert counts == ((3, 1, 1, 1) if report.generation == "gen-000002" else (3, 0, 0, 0))
    assert (ids(index, "talks"), ids(index, "swap")) == ("a.txt c", "")


def test_several_processes_make_the_index_that_one_makes(corpus: Path, index: Path, tmp_path: Path) -> None:
    lines = [{"id": f"l{n}", "text": f"The Herald\nNews Sport\n\nStory {n} is told.\n"} for n in range(20)]
    write(corpus, "d.jsonl", "\n".join(["no JSON", *map(json.dumps, lines), '{"text": ""}', "nor this"]))
    write(corpus, "e.html", "<html><body><h1>Bridge</h1><p>The bridge was closed for the talks.</p></html>")
    write(corpus, "f.txt", " \n")
    several = tmp_path / "several"
    for _ in range(2):
        one = reindex([corpus], index)
        two = reindex([corpus], several, settings=Settings(jobs=2))
        assert counted(one) == counted(two)
        assert answers(index) == answers(several)
        write(corpus, "g.jsonl", json.dumps({"id": "g", "text": "The Herald\nNews Sport\n\nThe end.\n"}))
        write(corpus, "a.txt", "News Sport\n\nAll is new.\n")


def test_a_document_whose_process_died_is_reported_and_left_out(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(Here):
        def map(self, function: Callable[..., Any], items: Iterable[Any], *, shared: Any) -> Iterator[Any]:
            for item, result in super().map(function, items, shared=shared):
                yield item, Failed("its process was killed") if item.doc_id == "a.txt" else result

    monkeypatch.setattr(indexing, "open_runner", lambda _jobs: nullcontext(Failing()))
    for _ in range(2):
        report = reindex([corpus], index)
        assert report.documents == 2
        assert report.skipped == (Skipped(path="a.txt", reason="its process was killed"),)
    assert ids(index, "talks") == "c"


def test_near_copies_are_in_one_cluster_whatever_comes_and_goes(
    corpus: Path, index: Path, tmp_path: Path
) -> None:
    story = " ".join(
        f"On day {n} the envoys of both sides met near bridge {n} of the city." for n in range(30)
    )
    write(corpus, "m.jsonl", json.dumps({"id": "m", "body": f"ANKARA, 2 June. {story}"}))
    first = reindex([corpus], index)
    assert clusters(index) == {}
    write(corpus, "k.jsonl", json.dumps({"id": "k", "body": f"Another beginning of it. {story[:1200]}"}))
    reindex([corpus], index)
    assert clusters(index) == {"k": "k", "m": "k"}
    write(corpus, "b.jsonl", json.dumps({"id": "b", "body": f"{story} And more."}))
    reindex([corpus], index)
    assert clusters(index) == {"b": "b", "k": "b", "m": "b"}
    with Index.open(index) as opened:
        assert facts_of(opened)["clusters"] == 1
        assert facts_of(opened)["near_copies"] == 3
        assert {hit.cluster for hit in opened.search("envoys").hits} == {"b", None}
        assert results_dict(opened.search("bridge"))["hits"][0]["cluster"] == "b"
        folded = opened.search("envoys", fold=True)
        assert (folded.total_folded, len(folded.hits)) == (folded.total - 2, folded.total - 2)
    (corpus / "b.jsonl").unlink()
    reindex([corpus], index)
    assert clusters(index) == {"k": "k", "m": "k"}
    (corpus / "k.jsonl").unlink()
    report = reindex([corpus], index)
    assert clusters(index) == {}
    assert report.documents == first.documents
    assert answers(index) == answers_of_a_rebuild(corpus, tmp_path / "fresh")


def clusters(index: Path) -> dict[str, str]:
    with Index.open(index) as opened:
        found = opened.searcher.fetch(list(opened.searcher.doc_ids()))
    return {document.doc_id: document.cluster for document in found if document.cluster}


def answers_of_a_rebuild(corpus: Path, index: Path) -> dict[str, object]:
    reindex([corpus], index)
    return answers(index)


def test_a_report_tells_what_the_cut_lines_were_named_by(corpus: Path, index: Path) -> None:
    head = "The Herald of the Bridges\nNews Sport Weather Bridges\n\n"
    for number in range(4):
        text = f"{head}The bridge over river number {number} was closed on Monday.\nAdvertisement\n"
        write(corpus, f"herald/{number}.txt", text)
    for _ in range(2):
        report = reindex([corpus], index)
        assert sum(report.lines_removed_by.values()) == report.lines_removed
        assert report.lines_removed_by == {"rules": 5, "repeated": 8, "model": 0}
        assert report_dict(report)["lines_removed_by"] == report.lines_removed_by


@pytest.mark.parametrize("touched", [False, True])
def test_where_nothing_changed_the_index_stays_as_it_is(corpus: Path, index: Path, *, touched: bool) -> None:
    first = reindex([corpus], index)
    if touched:
        os.utime(corpus / "a.txt", (0, 0))
    second = reindex([corpus], index)
    assert second.generation == first.generation
    assert (second.added, second.changed, second.removed) == (0, 0, 0)
    assert counted(second) == counted(first)


def test_unchanged_files_are_not_read_again(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "RACY_NS", -(10**18))
    reindex([corpus], index)
    write(corpus, "d.txt", "New\n\nA new article.\n")
    read, seen = indexing.corpus.read, list[str]()
    monkeypatch.setattr(
        indexing.corpus, "read", lambda file, **options: (seen.append(file.path), read(file, **options))[1]
    )
    reindex([corpus], index)
    assert seen == ["d.txt"]


@pytest.mark.parametrize("trusts_times", [True, False])
def test_when_the_first_of_two_documents_with_one_id_goes_the_second_comes_in(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch, *, trusts_times: bool
) -> None:
    if trusts_times:
        monkeypatch.setattr(ledger, "RACY_NS", -(10**18))
    write(corpus, "d.jsonl", '{"id": "c", "body": "The elder is gone, long live the younger."}')
    report = reindex([corpus], index)
    assert [(skipped.path, skipped.reason) for skipped in report.skipped] == [
        ("d.jsonl", "the id 'c' is taken by c.jsonl:1")
    ]
    assert (ids(index, "went"), ids(index, "younger")) == ("c", "")
    (corpus / "c.jsonl").unlink()
    report = reindex([corpus], index)
    assert (report.skipped, report.changed) == ((), 1)
    assert (ids(index, "went"), ids(index, "younger")) == ("", "c")
    write(corpus, "c.jsonl", '{"id": "c", "body": "The elder went and came back."}')
    reindex([corpus], index)
    assert (ids(index, "went"), ids(index, "younger")) == ("c", "")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", "New"),
        ("url", "https://review.example/a"),
        ("source", "The Review"),
        ("byline", ["Ada Fox"]),
        ("published", "2025-06-02"),
        ("language", "de"),
        ("meta", {"page": 3}),
    ],
)
def test_a_change_of_metadata_is_a_change(corpus: Path, index: Path, key: str, value: object) -> None:
    reindex([corpus], index)
    row = {"id": "c", "title": "Other news", "body": "The talks went on.", key: value}
    write(corpus, "c.jsonl", json.dumps(row))
    assert reindex([corpus], index).changed == 1
    with Index.open(index) as opened:
        document = opened.document("c")
    assert document is not None
    assert getattr(document, key) == (tuple(value) if isinstance(value, list) else value)


def test_a_document_that_moved_is_cited_from_where_it_stands_now(corpus: Path, index: Path) -> None:
    reindex([corpus], index)
    text = (corpus / "c.jsonl").read_text()
    (corpus / "c.jsonl").unlink()
    write(corpus, "d.jsonl", "\n" + text)
    reindex([corpus], index)
    with Index.open(index) as opened:
        document = opened.document("c")
        assert opened.search("went").hits[0].path == "d.jsonl"
    assert document is not None
    assert (document.path, document.line) == ("d.jsonl", 2)


def test_a_bad_line_is_reported_again_from_run_to_run(corpus: Path, index: Path) -> None:
    reindex([corpus], index)
    write(corpus, "c.jsonl", '{"id": "c", "title": "Other news", "body": "The talks went on."}\nno JSON')
    reports = [reindex([corpus], index) for _ in range(2)]
    assert [(skipped.path, skipped.line) for report in reports for skipped in report.skipped] == [
        ("c.jsonl", 2)
    ] * 2


def test_new_sentence_rules_hold_for_old_documents_too(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "learn_sentence_rules", quickly_learnt)
    write(corpus, "d.txt", "Of trees\n\nThe fox chased an oak. The envoy laughed.\n")
    reindex([corpus], index)
    assert ids(index, "oak /s envoy") == ""
    write(corpus, "e.txt", "Of trees\n\nSome say oak. for short.\n")
    reindex([corpus], index)
    assert ids(index, "oak /s envoy") == "d.txt"
    assert facts(index)[0] == 0


def test_the_rules_are_learnt_by_punkt_from_the_corpus(tmp_path: Path, index: Path) -> None:
    places = ("Ankara", "Izmir", "Bursa", "Adana", "Konya", "Mersin", "Kayseri", "Samsun", "Trabzon")
    said = [f"Then Amb. {one}ov went to see {other}. " for one, other in pairwise(places * 2)]
    write(tmp_path / "corpus", "a.txt", "Of envoys\n\n" + "".join(said) + "\n")
    reindex([tmp_path / "corpus"], index)
    with Index.open(index) as opened:
        assert "amb" in opened.rules.abbreviations
    assert ids(index, "amb /s trabzonov") == "a.txt"


def test_after_many_changes_all_is_laid_out_anew(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "MAX_CHANGES", 3)
    reindex([corpus], index)
    seen = [facts(index)]
    for number in range(4):
        write(corpus, f"new{number}.txt", f"New {number}\n\nThe talks, part {number}.\n")
        reindex([corpus], index)
        seen.append(facts(index))
    assert seen == [(0, 0, 1), (1, 0, 2), (2, 0, 3), (3, 0, 4), (0, 0, 1)]
    assert ids(index, "talks") == "a.txt c new0.txt new1.txt new2.txt new3.txt"


def test_when_too_many_documents_are_dead_all_is_laid_out_anew(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "learn_sentence_rules", quickly_learnt)
    reindex([corpus], index)
    seen = []
    for number in range(2):
        write(corpus, "c.jsonl", json.dumps({"id": "c", "body": f"The talks, part {number}."}))
        reindex([corpus], index)
        seen.append(facts(index))
    assert seen == [(1, 1, 2), (0, 0, 1)]


def test_a_list_of_aliases_is_no_article(corpus: Path, index: Path) -> None:
    write(corpus, "aliases.txt", "swap, barter\n")
    write(corpus, "deeper/aliases.txt", "Aliases\n\nAn article on swap and barter.\n")
    assert reindex([corpus], index).documents == 4
    assert ids(index, "barter") == "b.txt deeper/aliases.txt"
    other = corpus.with_name("other")
    write(other, "aliases.txt", "talks, parley\n")
    write(other, "a.txt", "Another\n\nAn article.\n")
    assert reindex([corpus, other], index).documents == 5
    assert ids(index, "parley") == "c corpus/a.txt"


def test_aliases_are_found_where_the_corpus_has_moved_to(corpus: Path, index: Path) -> None:
    write(corpus, "aliases.txt", "swap, barter\n")
    reindex([corpus], index)
    moved = corpus.rename(corpus.with_name("moved"))
    report = reindex([moved], index)
    assert (report.added, report.changed, report.removed) == (0, 0, 0)
    assert ids(index, "barter") == "b.txt"


def test_a_corpus_that_lost_most_of_its_documents_is_refused(corpus: Path, index: Path) -> None:
    reindex([corpus], index)
    (corpus / "a.txt").unlink()
    (corpus / "b.txt").unlink()
    with pytest.raises(RefusedError, match="1 documents where there were 3"):
        reindex([corpus], index)
    assert ids(index, "talks") == "a.txt c"
    assert reindex([corpus], index, force=True).documents == 1
    assert ids(index, "talks") == "c"


def test_without_cleaning_documents_are_as_they_came(corpus: Path, index: Path) -> None:
    reindex([corpus], index)
    assert ids(index, "advertisement") == ""
    for _ in range(2):
        assert reindex([corpus], index, cleaning=False).lines_removed == 0
        assert ids(index, "advertisement") == "a.txt"
    assert reindex([corpus], index).lines_removed == 1
    assert ids(index, "advertisement") == ""


def test_a_reindex_that_failed_leaves_the_old_index_and_the_next_one_works(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reindex([corpus], index)
    write(corpus, "d.txt", "New\n\nA new article of talks.\n")
    for full in (False, True):
        with monkeypatch.context() as patch:
            patch.setattr(indexing, "index_document", fails_for("d.txt", indexing.index_document))
            with pytest.raises(ZeroDivisionError):
                reindex([corpus], index, full=full)
        assert ids(index, "talks") == "a.txt c"
    reindex([corpus], index)
    assert ids(index, "talks") == "a.txt c d.txt"


def fails_for(doc_id: str, function: Callable[..., object]) -> Callable[..., object]:
    def failing(document: object, *rest: object) -> object:
        if getattr(document, "doc_id", "") == doc_id:
            raise ZeroDivisionError
        return function(document, *rest)

    return failing


def test_progress_is_told_in_bytes_up_to_the_end(corpus: Path, index: Path) -> None:
    told: list[tuple[int, int]] = []
    reindex([corpus], index, progress=lambda done, total: told.append((done, total)))
    size = sum(path.stat().st_size for path in corpus.iterdir())
    assert told == sorted(told)
    # Every file is read twice: to see what repeats, then to clean it.
    assert (told[0], told[-1]) == ((0, 2 * size), (2 * size, 2 * size))


def test_a_reader_that_is_open_keeps_its_answers(corpus: Path, index: Path) -> None:
    reindex([corpus], index)
    with closing(Index.open(index)) as opened:
        for number in range(3):
            write(corpus, "a.txt", f"Peace\n\nAll is well {number}.\n")
            reindex([corpus], index)
        assert [hit.doc_id for hit in opened.search("envoy").hits] == ["a.txt"]
        assert opened.search("envoy").hits[0].snippets[0].text
    assert ids(index, "envoy") == ""


def test_a_rule_file_beside_the_corpus_holds_and_its_change_is_seen(corpus: Path, index: Path) -> None:
    write(
        corpus, "r.txt", "Talks end\n\nBoth sides met for an hour.\nThe Herald is read by the whole valley\n"
    )
    before = reindex([corpus], index).lines_removed
    rule = '[[rule]]\nname = "slogan"\nline = "The Herald is .*"\n'
    rule += 'drops = ["The Herald is yours"]\nspares = ["Herald"]\n'
    write(corpus, "clean.toml", rule)
    assert reindex([corpus], index).lines_removed == before + 1
    with Index.open(index) as opened:
        document = opened.document("r.txt")
        assert document is not None
        assert [cut.rule for cut in document.removed] == ["clean/slogan"]


def test_a_mistake_in_the_rule_file_is_told_and_the_old_index_stays(corpus: Path, index: Path) -> None:
    reindex([corpus], index)
    write(corpus, "clean.toml", '[[rule]]\nname = "slogan"\nline = "(a|"\n')
    with pytest.raises(SettingsError, match=r"clean\.toml, line 1: rule slogan"):
        reindex([corpus], index)
    with Index.open(index) as opened:
        assert opened.search("talks").hits


def test_a_new_document_changes_what_is_cut_from_an_old_one(corpus: Path, index: Path) -> None:
    story = "The bridge at Example was closed on Monday after a crack was found in its second pier.\n"
    other = "Farmers in the valley began the harvest two weeks later than usual because of the rain.\n"
    write(corpus, "herald/a.txt", f"Bridge closed\n\n{story}\nRead by the whole valley\n")
    before = reindex([corpus], index).lines_removed
    write(corpus, "herald/b.txt", f"Late harvest\n\n{other}\nRead by the whole valley\n")
    report = reindex([corpus], index)
    assert (report.added, report.changed, report.lines_removed) == (1, 0, before + 2)
    (corpus / "herald/b.txt").unlink()
    assert reindex([corpus], index).lines_removed == before
