"""Several processes clean as one does; what kills one of them costs its document."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pickle import dumps, loads
from typing import Any

import pytest

from searchidx.clean import clean_document
from searchidx.clean.collection import Collection, marks_of
from searchidx.clean.copies import sketch
from searchidx.clean.parallel import clean_all, clean_and_sketch, collect
from searchidx.processes import Failed, Here, open_runner
from searchidx.types import CleanDocument, Document, Skipped

HEAD = "The Example Herald\nNews Sport Weather\nTell us what you saw\n\n"
STORY = "The bridge over the {} was closed on Monday, and nobody knows when it will be open again.\n"
PAGE = "<html><title>Bridge {0}</title><body><nav>News</nav><article><h1>Bridge {0}</h1><p>{1}</p></article>"
KILLED = Failed("killed")
HUNG = Failed("cleaning it took too much processor time", is_limit=True)


def documents() -> list[Document]:
    texts = [
        Document(
            doc_id=f"t{n}", path=f"{n}.txt", content=HEAD + STORY.format(n) * 3, kind="text", source="herald"
        )
        for n in range(12)
    ]
    pages = [
        Document(doc_id=f"p{n}", path=f"{n}.html", content=PAGE.format(n, STORY.format(n) * 4), kind="html")
        for n in range(6)
    ]
    return [*texts, *pages, Document(doc_id="b", path="b.jsonl", line=3, content="Clean.", kind="body")]


def test_several_processes_clean_as_one_does() -> None:
    expected = [clean_document(document, evidence=collect(documents())) for document in documents()]
    assert sum("repeated-line" in {cut.rule for cut in document.removed} for document in expected) == 12
    for jobs in (1, 2):
        with open_runner(jobs) as runner:
            evidence = collect(documents(), runner)
            found = list(clean_all(documents(), runner, evidence=evidence))
        assert found == list(zip(documents(), expected, strict=True))


def test_evidence_is_the_same_after_a_journey() -> None:
    texts = [HEAD + STORY.format(number) for number in range(40)]
    collection = Collection({str(n): (f"site {n % 3}", marks_of(text)) for n, text in enumerate(texts)})
    travelled = loads(dumps(collection))  # noqa: S301  # just made here
    for line in ("News Sport Weather", "Tell us what you saw", "Unseen"):
        for source in ("site 0", "site 2", "no site"):
            assert travelled.seen(line, source) == collection.seen(line, source)
    assert len(dumps(collection)) < 400


class Failing:
    """Runs functions here, but the processes for some documents die, at the first calls for them."""

    def __init__(self, *failures: Failed) -> None:
        self._failures = list(failures)

    def map(
        self, function: Callable[[Any, Any], Any], items: Iterable[Any], *, shared: Any
    ) -> Iterator[tuple[Any, Any]]:
        for item, result in Here().map(function, items, shared=shared):
            is_bad = item.doc_id in ("t3", "p3") and self._failures
            yield item, self._failures.pop(0) if is_bad else result


@pytest.mark.parametrize(
    ("doc_id", "failures", "reason"),
    [
        ("t3", (KILLED,), "killed"),
        ("t3", (HUNG,), HUNG.reason),
        ("p3", (HUNG, KILLED), "killed"),
        ("p3", (KILLED,), "killed"),
    ],
)
def test_a_document_whose_process_died_is_skipped(
    doc_id: str, failures: tuple[Failed, ...], reason: str
) -> None:
    wanted = [document for document in documents() if document.doc_id in (doc_id, "t1", "b")]
    cleaned = clean_all(wanted, Failing(*failures), evidence=None)
    found = {document.doc_id: result for document, result in cleaned}
    assert found.pop(doc_id) == Skipped(path=f"3.{'txt' if doc_id == 't3' else 'html'}", reason=reason)
    assert len(found) == 2
    assert all(isinstance(result, CleanDocument) for result in found.values())


def test_a_page_that_takes_too_long_is_flattened() -> None:
    page = next(document for document in documents() if document.doc_id == "p3")
    [(_, found)] = clean_all([page], Failing(HUNG), evidence=None)
    assert isinstance(found, CleanDocument)
    assert list(clean_and_sketch([page], Failing(HUNG), evidence=None)) == [
        (page, found, sketch(found.body).pack())
    ]
    assert STORY.format(3).strip() in found.body
    assert found.raw == page.content
    assert any(HUNG.reason in note for note in found.notes)


def test_what_is_kept_as_it_came_is_not_cut() -> None:
    texts = [replace(document, source="") for document in documents()]
    for document, found, packed in clean_and_sketch(texts, Here(), evidence=None, as_they_came=True):
        assert isinstance(found, CleanDocument)
        assert found.body == document.content or document.kind == "html"
        assert packed == sketch(found.body).pack()
