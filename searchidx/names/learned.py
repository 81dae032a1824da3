"""Names that the corpus itself says are the same, and what the user decided about them.

In: sightings from ``names.learn``, or pairs from anywhere else. Out: ``Proposal`` values, one for each pair
of names with its evidence, in a file of JSON lines that belongs to the user: it lies beside the index, so it
outlives every reindex. Nothing is used before it is accepted.
"""

import json
import zlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from searchidx.errors import SettingsError
from searchidx.names.aliases import MAX_FILE_BYTES, AliasTable, name_terms
from searchidx.names.learn import Sighting

State: TypeAlias = Literal["proposed", "accepted", "rejected"]
STATES: tuple[State, ...] = ("proposed", "accepted", "rejected")
MAX_EVIDENCE = 3
# So many documents make a proposal that nothing speaks against a good one. Chosen, not measured.
SURE_DOCUMENTS = 2
_WEAK_PATTERNS = frozenset({"bracket"})  # X (Y) may say of which party or town somebody is


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence that joins two names, and its document."""

    doc_id: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two names that may be the same."""

    id: str
    names: tuple[str, str]
    patterns: tuple[str, ...]
    documents: int
    evidence: tuple[Evidence, ...] = ()
    doubt: str = ""  # what speaks against it
    state: State = "proposed"

    @property
    def is_sure(self) -> bool:
        """Whether several documents say so and nothing speaks against it."""
        has_strong = not set(self.patterns) <= _WEAK_PATTERNS
        return self.documents >= SURE_DOCUMENTS and has_strong and not self.doubt


def proposal_id(names: Iterable[str]) -> str:
    """Give the id of a pair, the same in either order and however the names are capitalised."""
    keys = sorted(" ".join(name_terms(name)) for name in names)
    return f"{zlib.crc32(chr(10).join(keys).encode()):08x}"


def propose(
    sightings: Iterable[Sighting], doubt_of: Callable[[tuple[str, str], frozenset[str]], str]
) -> list[Proposal]:
    """Gather sightings to proposals, those with most documents first.

    ``doubt_of`` is asked what speaks against a pair, given the documents that join it; the empty string for
    nothing. Pairs of like spelling from the term table come in as sightings with a pattern of their own.
    """
    by_id: dict[str, list[Sighting]] = {}
    for sighting in sightings:
        by_id.setdefault(proposal_id(sighting.names), []).append(sighting)
    made = []
    for key, seen in by_id.items():
        documents = frozenset(one.doc_id for one in seen)
        first = {one.doc_id: one.sentence for one in reversed(seen)}
        made.append(
            Proposal(
                id=key,
                names=seen[0].names,
                patterns=tuple(sorted({one.pattern for one in seen})),
                documents=len(documents),
                evidence=tuple(Evidence(doc_id=d, sentence=first[d]) for d in sorted(first)[:MAX_EVIDENCE]),
                doubt=doubt_of(seen[0].names, documents),
            )
        )
    return sorted(made, key=lambda one: (-one.documents, one.names))


def merged(old: Iterable[Proposal], new: Iterable[Proposal]) -> list[Proposal]:
    """Give the new proposals with what was decided before; what was decided is kept, found again or not."""
    decided = {one.id: one for one in old if one.state != "proposed"}
    fresh = [replace(one, state=decided.pop(one.id).state) if one.id in decided else one for one in new]
    return [*fresh, *decided.values()]


def load(path: Path) -> list[Proposal]:
    """Read the file; nothing where there is none. ``SettingsError`` names a line that can't be read."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise SettingsError(f"{path} is larger than {MAX_FILE_BYTES >> 20} MB")
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} can't be read: {error}") from error
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(_proposal(line))
            except (ValueError, TypeError, KeyError, RecursionError) as error:
                raise SettingsError(f"{path}, line {number}: no learned name ({error!r})") from error
    return found


def dump(proposals: Iterable[Proposal]) -> bytes:
    """Give the bytes of the file."""
    lines = (json.dumps(asdict(one), ensure_ascii=False, sort_keys=True) + "\n" for one in proposals)
    return "".join(lines).encode("utf-8", "replace")


def with_learned(table: AliasTable, path: Path) -> AliasTable:
    """Add the accepted names of a file to a table."""
    for one in load(path):
        if one.state == "accepted":
            where = f", {one.evidence[0].doc_id}" if one.evidence else ""
            table.same(one.names, f"learned {one.id}{where}", kind="learned")
    return table


def _proposal(line: str) -> Proposal:
    data = json.loads(line)
    one, other = (str(name) for name in data["names"])
    if not name_terms(one) or not name_terms(other):
        raise ValueError("a name without a letter or digit")
    if data["state"] not in STATES:
        raise ValueError(f"the state must be one of {', '.join(STATES)}")
    return Proposal(
        id=proposal_id((one, other)),
        names=(one, other),
        patterns=tuple(map(str, data.get("patterns", ()))),
        documents=int(data.get("documents", 0)),
        evidence=tuple(Evidence(**item) for item in data.get("evidence", ())),
        doubt=str(data.get("doubt", "")),
        state=data["state"],
    )
