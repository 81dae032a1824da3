"""What is written about a generation: the pointer in CURRENT and the manifest.json of its folder.

In: bytes as read, with the path they came from. Out: frozen values, or an error that names the file.
Both are JSON. CURRENT holds the sum of the manifest, the manifest the sums of all other files; so a
changed byte anywhere is seen before anything of the engine is opened. Reading and writing the files
is left to ``generation`` and ``build``.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from searchidx.errors import IndexDamagedError, IndexFormatError

CURRENT, LOCK, LEASE, MANIFEST = "CURRENT", "LOCK", "LEASE", "manifest.json"
FORMAT = 1  # of the layout of the index folder and of the manifest; what the engine wrote has its fingerprint

_NAME = re.compile(r"gen-(\d{6,9})", re.ASCII)
_SUM = re.compile(r"[0-9a-f]{64}", re.ASCII)


def generation_name(number: int) -> str:
    """Name the folder of a generation.

    >>> generation_name(7)
    'gen-000007'
    """
    return f"gen-{number:06d}"


def generation_number(name: str) -> int | None:
    """Read the number from the name of a finished generation; None if it is no such name.

    >>> generation_number("gen-000007"), generation_number("gen-000007.building"), generation_number("gen-7")
    (7, None, None)
    """
    found = _NAME.fullmatch(name)
    return int(found[1]) if found and generation_name(int(found[1])) == name else None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Size in bytes and SHA-256 (hexadecimal) of a file as it was written."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """The content of CURRENT: which generation answers, and the sum of its manifest."""

    generation: str
    manifest_sha256: str
    documents: int

    @property
    def number(self) -> int:
        """The number of the generation; what was parsed has one."""
        return generation_number(self.generation) or 0

    @classmethod
    def parse(cls, data: bytes, path: Path) -> Self:
        """Read the bytes of CURRENT; anything but a pointer is an ``IndexDamagedError``."""
        match _object(data):
            case {"generation": str(name), "manifest_sha256": str(known), "documents": int(documents)} if (
                generation_number(name) is not None and _SUM.fullmatch(known)
            ):
                return cls(generation=name, manifest_sha256=known, documents=documents)
        raise IndexDamagedError(path, "can't be read")

    def to_bytes(self) -> bytes:
        """Write the pointer down as ``parse`` reads it."""
        return _json(
            {
                "generation": self.generation,
                "manifest_sha256": self.manifest_sha256,
                "documents": self.documents,
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The content of manifest.json: what a generation holds and who made it."""

    made_by: str  # such as "searchidx 0.1.0, Python 3.12.4"
    fingerprint: str  # of the settings the engine's files depend on; see ``fingerprint``
    documents: int
    facts: Mapping[str, object]  # whatever the caller wants to know again; JSON
    files: Mapping[str, FileFacts]  # by name; all files but the manifest and the LEASE

    @classmethod
    def parse(cls, data: bytes, path: Path) -> Self:
        """Read the bytes of a manifest.

        Another format number is an ``IndexFormatError``, anything unreadable an ``IndexDamagedError``.
        """
        value = _object(data)
        match value:
            case {"format": int(number)} if number != FORMAT:
                made_by = value.get("made_by", "an unknown version")
                raise IndexFormatError(
                    path.parent, f"{made_by}, index format {number}, not {FORMAT}", is_newer=number > FORMAT
                )
            case {
                "format": int(),
                "made_by": str(made_by),
                "fingerprint": str(fingerprint),
                "documents": int(documents),
                "facts": dict(facts),
                "files": dict(entries),
            }:
                files = {name: known for name, entry in entries.items() if (known := _facts(name, entry))}
                if len(files) == len(entries):
                    return cls(
                        made_by=made_by,
                        fingerprint=fingerprint,
                        documents=documents,
                        facts=facts,
                        files=files,
                    )
        raise IndexDamagedError(path, "can't be read")

    def to_bytes(self) -> bytes:
        """Write the manifest down as ``parse`` reads it."""
        files = {name: {"size": known.size, "sha256": known.sha256} for name, known in self.files.items()}
        return _json(
            {
                "format": FORMAT,
                "made_by": self.made_by,
                "fingerprint": self.fingerprint,
                "documents": self.documents,
                "facts": dict(self.facts),
                "files": files,
            }
        )


def sum_of(data: bytes) -> str:
    """Compute the SHA-256 of ``data``, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _facts(name: str, entry: object) -> FileFacts | None:
    """Read one entry of ``files``; a name that leads out of the folder is none of ours."""
    match entry:
        case {"size": int(size), "sha256": str(known)} if _is_plain(name) and _SUM.fullmatch(known):
            return FileFacts(size, known)
    return None


def _is_plain(name: str) -> bool:
    return name not in ("", ".", "..") and not {"/", "\0"} & set(name)


def _object(data: bytes) -> dict[str, object]:
    """Parse a JSON object; anything else, however odd, becomes an empty one."""
    try:
        value: object = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):  # damaged bytes can be a very deep list
        return {}
    return value if isinstance(value, dict) else {}


def _json(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, indent=1, sort_keys=True).encode() + b"\n"
