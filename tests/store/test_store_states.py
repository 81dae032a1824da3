"""Any sequence of publishing, failing, reading and damaging against a model that is two variables long."""

import errno
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from store_faults import Fault, inflicted
from tiny_engine import answer, answer_of, fill, names, publish

from searchidx.errors import IndexDamagedError, NoIndexError, RefusedError, StorageError
from searchidx.store.generation import Generation
from searchidx.store.generations import IndexFolder


class IndexStates(RuleBasedStateMachine):
    """The model: which state answers (none, or None for damaged), and what each open reader saw."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp(prefix="searchidx_states_"))
        self.root = self.top / "index"
        self.answers: str | None = ""
        self.documents = 0
        self.readers: list[tuple[Generation, str]] = []
        self.round = 0
        self.highest = 0

    def teardown(self) -> None:
        for reader, _ in self.readers:
            reader.close()
        shutil.rmtree(self.top)

    def next_state(self) -> str:
        self.round += 1
        return f"state {self.round}"

    @rule(documents=st.integers(0, 8), force=st.booleans())
    def publish(self, documents: int, force: bool) -> None:
        state = self.next_state()
        suspicious = documents == 0 or (self.answers is not None and 2 * documents < self.documents)
        try:
            generation = publish(self.root, state, documents=documents, force=force)
        except RefusedError:
            assert not force
            assert suspicious or not self.answers  # where nothing answers, a manifest left behind is believed
        else:
            assert force or not suspicious
            assert generation.number > self.highest
            self.highest = generation.number
            self.answers, self.documents = state, documents

    @rule()
    def build_without_publishing(self) -> None:
        with IndexFolder(self.root).write() as build:
            assert (build.previous is None) == (not self.answers)
            fill(build, self.next_state())

    @rule(
        at=st.integers(1, 60),
        mode=st.sampled_from(["once", "full for ever", "dead for ever"]),
        code=st.sampled_from([errno.EIO, errno.ENOSPC]),
    )
    def publish_with_a_fault(self, at: int, mode: str, code: int) -> None:
        state = self.next_state()
        with inflicted(Fault(mode, at, code)):  # type: ignore[arg-type]
            try:
                publish(self.root, state, documents=5, force=True)
            except StorageError:
                if IndexFolder(self.root).current_name() == self.current_of(state):
                    self.accept(state)
            else:
                self.accept(state)

    def current_of(self, state: str) -> str | None:
        try:
            with IndexFolder(self.root).open() as generation:
                return generation.name if generation.facts["state"] == state else ""
        except (NoIndexError, IndexDamagedError):
            return ""

    def accept(self, state: str) -> None:
        self.answers, self.documents = state, 5
        self.highest = int((IndexFolder(self.root).current_name() or "gen-0")[4:])

    @precondition(lambda self: self.answers)
    @rule()
    def open_reader(self) -> None:
        self.readers.append((IndexFolder(self.root).open(), self.answers or ""))

    @precondition(lambda self: self.readers)
    @rule(which=st.integers(0, 9))
    def close_reader(self, which: int) -> None:
        self.readers.pop(which % len(self.readers))[0].close()

    @precondition(lambda self: self.answers and not self.readers)
    @rule(name=st.sampled_from(["postings", "toc", "segment-0", "LEASE", "manifest.json"]))
    def lose_a_file(self, name: str) -> None:
        (self.root / (IndexFolder(self.root).current_name() or "") / name).unlink()
        self.answers = None

    @invariant()
    def the_index_answers_as_the_model_says(self) -> None:
        try:
            assert answer(self.root) == self.answers
        except NoIndexError:
            assert not self.answers
        except IndexDamagedError as error:
            # A first build that fails for ever between its folder and CURRENT leaves the folder.
            assert self.answers is None or "CURRENT is missing" in str(error)  # noqa: PT017 - one of three

    @invariant()
    def readers_keep_what_they_opened(self) -> None:
        for reader, state in self.readers:
            assert answer_of(reader) == state

    @invariant()
    def garbage_does_not_grow(self) -> None:
        if self.root.exists():
            assert len([name for name in names(self.root) if name.startswith("gen-")]) <= 5 + len(
                self.readers
            )


IndexStates.TestCase.settings = settings(
    max_examples=15, stateful_step_count=20, deadline=None, database=None
)
test_any_sequence_of_events_keeps_to_the_model = IndexStates.TestCase
