"""Remember that the files of a large index were compared with their sums, so that it is done once only.

In: the index folder and an ``identity``: the manifest's sum with inode, size and time of every file.
Out: a small file in the user's cache folder, one for each index. It lies outside the index because
readers may not be allowed to write there, and because a copied or damaged index must not vouch for
itself. No stamp is never an error.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from searchidx.store import durable


def identity(manifest_sha256: str, paths: Iterable[Path]) -> str:
    """Say in one string which files these are; another file, or a later change, gives another string."""
    told = hashlib.sha256(manifest_sha256.encode())
    for path in paths:
        found = path.stat()
        told.update(
            f"\n{path.name} {found.st_ino} {found.st_size} {found.st_mtime_ns}".encode(
                errors="surrogateescape"
            )
        )
    return told.hexdigest()


def is_stamped(root: Path, known: str) -> bool:
    """Say whether the files of this identity were compared before."""
    path = _stamp_path(root)
    with contextlib.suppress(OSError):
        return path is not None and durable.read(path) == known.encode()
    return False


def write_stamp(root: Path, known: str) -> None:
    """Note that the files of this identity were compared, if the cache folder can be written."""
    if path := _stamp_path(root):
        with contextlib.suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            durable.write_atomically(path, known.encode())


def _stamp_path(root: Path) -> Path | None:
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if not os.path.isabs(cache):  # a user without a home: "~" is no folder to make
        return None
    return Path(cache, "searchidx", hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:32])
