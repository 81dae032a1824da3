"""Documents come back as they were put, and nothing of a writer stays that did not commit."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.errors import IndexDamagedError
from searchidx.store import documents
from searchidx.store.documents import DocumentsReader, DocumentsWriter
from searchidx.types import CleanDocument, Kind, Removed

# ---- round trip ------------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
maybe = st.none() | texts
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)


@st.composite
def clean_documents(draw: st.DrawFn) -> CleanDocument:
    kind: Kind = draw(st.sampled_from(("html", "text", "body")))
    stretches = draw(st.lists(texts, max_size=4)) if kind == "text" else [draw(texts)]
    removed, at = [], 0
    for number, stretch in enumerate(stretches):
        if number % 2:
            removed.append(Removed(start=at, end=at + len(stretch), rule=draw(texts)))
        at += len(stretch)
    return CleanDocument(
        doc_id=draw(texts),
        path=draw(texts),
        line=draw(st.none() | st.integers(1, 1 << 40)),
        kind=kind,
        raw="".join(stretches),
        body=draw(texts) if kind == "html" else "".join(stretches[::2]),
        removed=tuple(removed),
        url=draw(texts),
        source=draw(texts),
        title=draw(texts),
        byline=tuple(draw(st.lists(texts, max_size=2))),
        published=draw(maybe),
        published_from=draw(maybe),
        language=draw(maybe),
        notes=tuple(draw(st.lists(texts, max_size=2))),
        meta=draw(st.dictionaries(texts, json_values, max_size=2)),
    )


@given(given_documents=st.lists(clean_documents(), max_size=2, unique_by=lambda document: document.doc_id))
def test_a_document_comes_back_as_it_was_put(
    new_folder: Callable[[], Path], given_documents: list[CleanDocument]
) -> None:
    folder = new_folder()
    folder.mkdir()
    write(folder, *given_documents)
    with closing(DocumentsReader(folder)) as reader:
        assert reader.fetch([document.doc_id for document in given_documents]) == given_documents


# ---- by hand ---------------------------------------------------------------------------------------------


def document(doc_id: str) -> CleanDocument:
    return CleanDocument(
        doc_id=doc_id, path=f"{doc_id}.txt", raw=f"body of {doc_id}", body=f"body of {doc_id}", kind="body"
    )


def write(folder: Path, *added: CleanDocument, create: bool = True) -> list[int]:
    with closing(DocumentsWriter(folder, create=create)) as writer:
        rows = [writer.add(one) for one in added]
        writer.commit()
    return rows


def held(folder: Path) -> dict[int, str]:
    with closing(DocumentsReader(folder)) as reader:
        return reader.doc_ids()


def test_what_was_not_committed_is_gone(tmp_path: Path) -> None:
    write(tmp_path, document("a"))
    with closing(DocumentsWriter(tmp_path, create=False)) as writer:
        writer.add(document("b"))
        assert writer.remove("a") == 1
    assert held(tmp_path) == {1: "a"}


def test_one_id_is_not_given_to_two_documents(tmp_path: Path) -> None:
    with closing(DocumentsWriter(tmp_path, create=True)) as writer:
        writer.add(document("a"))
        with pytest.raises(sqlite3.IntegrityError):
            writer.add(document("a"))


def test_a_row_is_not_given_again(tmp_path: Path) -> None:
    write(tmp_path, document("a"), document("b"))
    with closing(DocumentsWriter(tmp_path, create=False)) as writer:
        assert (writer.remove("b"), writer.remove("b")) == (2, None)
        assert writer.add(document("b")) == 3
        writer.remove("b")
        writer.commit()
    assert write(tmp_path, document("c"), create=False) == [4]
    assert held(tmp_path) == {1: "a", 4: "c"}


def test_ids_are_in_order_of_their_characters(tmp_path: Path) -> None:
    write(tmp_path, *map(document, ("b", "ж", "B", "a/b", "é", "a")))
    assert list(held(tmp_path).values()) == sorted(("b", "ж", "B", "a/b", "é", "a"))


def test_much_may_be_asked_for_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "SLICE", 2)
    write(tmp_path, *map(document, "abcdefg"))
    with closing(DocumentsWriter(tmp_path, create=False)) as writer:
        writer.add_forms(
            [("en:talk", "talks"), ("en:talk", "talking"), ("en:swap", "swaps"), ("en:talk", "talks")]
        )
        writer.add_forms([("en:talk", "talks"), ("de:rede", "reden")])
        writer.commit()
    with closing(DocumentsReader(tmp_path)) as reader:
        assert reader.doc_ids([7, 1, 3, 5, 99]) == {7: "g", 1: "a", 3: "c", 5: "e"}
        assert reader.forms(["en:talk", "en:lacking", "de:rede", "en:swap"]) == [
            ("de:rede", "reden"),
            ("en:swap", "swaps"),
            ("en:talk", "talking"),
            ("en:talk", "talks"),
        ]
        assert reader.forms([]) == []
        assert [one.doc_id for one in reader.fetch(["g", "lacking", "a", "g"])] == ["g", "a", "g"]


def test_reading_leaves_no_files(tmp_path: Path) -> None:
    write(tmp_path, document("a"))
    with closing(DocumentsReader(tmp_path)) as reader:
        reader.fetch(["a"])
        assert [path.name for path in tmp_path.iterdir()] == [documents.FILE_NAME]
    assert [path.name for path in tmp_path.iterdir()] == [documents.FILE_NAME]


@pytest.mark.parametrize("damage", [None, b"", b"no database" * 100])
def test_a_damaged_file_is_named(tmp_path: Path, damage: bytes | None) -> None:
    write(tmp_path, document("a"))
    if damage is None:
        (tmp_path / documents.FILE_NAME).unlink()
    else:
        (tmp_path / documents.FILE_NAME).write_bytes(damage)

    def read() -> None:
        with closing(DocumentsReader(tmp_path)) as reader:
            reader.fetch(["a"])

    with pytest.raises(IndexDamagedError, match=r"documents\.sqlite.*searchidx reindex"):
        read()


def test_a_path_may_hold_what_an_address_may_not(tmp_path: Path) -> None:
    folder = tmp_path / "a b?c#d%20"
    folder.mkdir()
    write(folder, document("a"))
    assert held(folder) == {1: "a"}
