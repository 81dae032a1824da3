"""From an empty folder to the generation that answers: the writer's part of the protocol.

In: files that an engine writes into ``Build.folder``. Out: a published ``Generation``, or the old
state. The order is the promise: all files, the manifest and their folder are synced; only then is the
folder renamed; only when that is synced does CURRENT change, by an atomic replace; only when that is
synced does ``publish`` return. So a crash or power cut at any moment leaves the old state or the new
one, and never a part of either.
"""

import contextlib
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from searchidx.errors import REPAIR, IndexDamagedError, NoIndexError, RefusedError, SearchidxError
from searchidx.store import durable, garbage
from searchidx.store.generation import Generation, generations_in, open_leased, read_generation, read_pointer
from searchidx.store.lock import WriteLock
from searchidx.store.manifest import (
    CURRENT,
    LEASE,
    MANIFEST,
    FileFacts,
    Manifest,
    Pointer,
    generation_name,
    sum_of,
)


class Build:
    """A generation in the making: the caller fills ``folder`` and publishes it, or changes nothing.

    ``previous`` is the present generation, if a reader can open it and every byte is as it was written;
    it is open until the ``with`` block ends. If it is None, all is to be built afresh, and
    ``previous_problem`` says why; it is empty if there was no index.
    """

    def __init__(self, root: Path, lock: WriteLock, *, force: bool) -> None:
        """Prepare; nothing is touched before ``begin``. The lock of ``root`` is held."""
        self._root, self._lock, self._force = root, lock, force
        self._adopted: set[str] = set()
        self._published = False
        self._documents_before = 0
        self.previous: Generation | None = None
        self.previous_problem = ""
        self._pointer = self._read_pointer()
        highest = max(garbage.highest_number(root), self._pointer.number if self._pointer else 0)
        self._target = root / generation_name(highest + 1)
        self.folder = root / (self._target.name + garbage.BUILDING)

    def begin(self) -> None:
        """Clear what killed runs left and see whether the present generation is whole."""
        garbage.clear_leftovers(self._root)
        if self._pointer:
            self._open_previous(self._pointer)
        self._documents_before = _count_documents(self._root, self._pointer, self.previous)

    # ---- filling -------------------------------------------------------------------------------

    def create(self) -> Path:
        """Make the folder if it is not there yet, and give it back."""
        if not self.folder.is_dir():
            durable.make_folder(self.folder)
        return self.folder

    def adopt(self, names: Iterable[str]) -> None:
        """Take over files of the previous generation that nobody will open for writing any more.

        They are hard links where the file system has them, so writing to one would damage the
        previous generation; ``publish`` raises if that happened.
        """
        for name in names:
            durable.link_or_copy(self._previous_file(name), self.create() / name)
            self._adopted.add(name)

    def copy(self, name: str) -> Path:
        """Copy a file of the previous generation that is going to be changed; give back the copy."""
        source, target = self._previous_file(name), self.create() / name
        durable.copy(source, target)
        return target

    # ---- publishing ----------------------------------------------------------------------------

    def publish(self, *, documents: int, fingerprint: str, facts: Mapping[str, object]) -> Generation:
        """Make what lies in the folder the generation that answers; when this returns, it will last.

        Every file must be closed. The generation given back holds no lease: open the index to read it.
        ``RefusedError`` if it is empty or has less than half of the documents before, unless forced.
        """
        self._refuse_shrinkage(documents)
        self.create()
        manifest = Manifest(
            made_by=_made_by(),
            fingerprint=fingerprint,
            documents=documents,
            facts=facts,
            files=self._seal_files(),
        ).to_bytes()
        durable.write(self.folder / LEASE, b"")
        durable.write_atomically(self.folder / MANIFEST, manifest)  # syncs the folder, too
        if not self._lock.is_ours():
            raise RefusedError(f"{self._lock.path} was removed or replaced during the reindex; run it again")
        durable.rename(self.folder, self._target)
        durable.sync_folder(self._root)
        pointer = Pointer(generation=self._target.name, manifest_sha256=sum_of(manifest), documents=documents)
        generation = read_generation(self._root, pointer)  # as a reader will, while CURRENT is still the old
        durable.write_atomically(self._root / CURRENT, pointer.to_bytes())
        self._published = True
        garbage.collect(self._root, current=pointer.number)
        return generation

    def end(self) -> None:
        """Remove what was built and not published, and give its space back; never raises over an error."""
        if self.previous:
            self.previous.close()
        if self._published:
            return
        durable.remove_tree(self.folder)
        with contextlib.suppress(OSError, SearchidxError):
            if self._target.exists() and not self._is_named():
                durable.remove_tree(self._target)

    # ---- steps ---------------------------------------------------------------------------------

    def _read_pointer(self) -> Pointer | None:
        try:
            return read_pointer(self._root)
        except NoIndexError:
            return None
        except (OSError, SearchidxError) as error:  # whatever is wrong with it: a rebuild mends it
            self.previous_problem = _problem(error)
            return None

    def _open_previous(self, pointer: Pointer) -> None:
        try:
            self.previous = open_leased(self._root, pointer, full=True)
        except (OSError, SearchidxError) as error:  # damaged, unreadable, of another format: as if none
            self.previous_problem = _problem(error)
            return
        # Whoever wrote it may have been killed before this; "nothing changed" must mean that it lasts.
        durable.sync_folder(self._root)
        # Only a CURRENT that is proven right may say which generations are too many.
        garbage.collect(self._root, current=self.previous.number)

    def _previous_file(self, name: str) -> Path:
        if self.previous is None or name not in self.previous.files:
            raise ValueError(f"the previous generation has no file {name!r}")
        return self.previous.folder / name

    def _refuse_shrinkage(self, documents: int) -> None:
        if self._force or (documents > 0 and 2 * documents >= self._documents_before):
            return
        raise RefusedError(
            f"refused to publish {documents} documents where there were {self._documents_before} before: "
            f"is the corpus all there? The index in {self._root} is unchanged; --force publishes it anyway"
        )

    def _seal_files(self) -> dict[str, FileFacts]:
        """Sync every file and measure it, remove scratch; an adopted file must be what it was."""
        sealed = {}
        for path in sorted(self.folder.iterdir()):
            if _is_scratch(path):
                durable.remove_tree(path)  # or not: what the manifest does not list is ignored
                continue
            durable.sync_file(path)
            known = sealed[path.name] = FileFacts(*durable.size_and_sum(path))
            if path.name in self._adopted and self.previous and known != self.previous.files[path.name]:
                original = self.previous.folder / path.name
                raise IndexDamagedError(original, "was changed while it was taken over")
        return sealed

    def _is_named(self) -> bool:
        """Say whether CURRENT names this build: it does if only the last sync failed."""
        try:
            return read_pointer(self._root).generation == self._target.name
        except (NoIndexError, IndexDamagedError):
            return False


def _is_scratch(path: Path) -> bool:
    """Say whether an engine leaves such a thing behind and never reads it again."""
    return path.name.endswith(("LOCK", durable.TEMPORARY)) or (path.is_dir() and not path.is_symlink())


def _problem(error: Exception) -> str:
    """Say what is wrong, without the advice to do what is just being done."""
    return str(error).removesuffix(f"; {REPAIR}")


def _made_by() -> str:
    from importlib import metadata  # 20 ms that no reader should pay

    try:
        version = metadata.version("searchidx")
    except metadata.PackageNotFoundError:
        version = "(not installed)"
    return f"searchidx {version}, Python {sys.version.split()[0]}"


def _count_documents(root: Path, pointer: Pointer | None, previous: Generation | None) -> int:
    """Find out how many documents the index held, also where it is damaged; 0 if nothing can be told.

    One damaged byte can make one witness tell too much, but not two of them: the lower is believed,
    lest a repair be refused.
    """
    if previous:
        return previous.documents
    found = generations_in(root)
    newest = pointer.number if pointer and pointer.number in found else max(found, default=0)
    witnesses = [pointer.documents] if pointer else []
    with contextlib.suppress(OSError, SearchidxError):
        path = root / generation_name(newest) / MANIFEST
        witnesses.append(Manifest.parse(durable.read(path), path).documents)
    return min(witnesses, default=0)
