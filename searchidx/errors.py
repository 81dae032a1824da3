"""The errors meant for a user, in one tree; each knows its exit code.

    SearchidxError           70   a fault of the program itself
    ├── UsageError            2   wrong usage: an empty query, an unknown option value
    │   └── SettingsError     2   searchidx.toml, a rule file or an alias file can't be read
    ├── NoIndexError          3   there is no index yet
    ├── BackendError          4   the index can't be used
    │   ├── IndexDamagedError 4   a file of it is damaged or missing
    │   └── IndexFormatError  4   it was made by another version of the program
    ├── IndexLockedError      5   another reindex is running
    └── RefusedError          6   input/output error, or refused for safety
        └── StorageError      6   the disk said no

A message says what is wrong, with which file, and what to do about it.
"""

from pathlib import Path

REPAIR = "run: searchidx reindex"


class SearchidxError(Exception):
    """Anything that ends a command; catch this one to catch all of ours."""

    exit_code = 70


class UsageError(SearchidxError):
    """The caller asked for something that makes no sense."""

    exit_code = 2


class SettingsError(UsageError):
    """A file of settings, rules or aliases is wrong; the message names file, line and reason."""


class NoIndexError(SearchidxError):
    """There is no index in the folder yet."""

    exit_code = 3

    def __init__(self, folder: Path) -> None:
        super().__init__(f"no index in {folder} yet; {REPAIR}")
        self.folder = folder


class BackendError(SearchidxError):
    """The index can't be used as it is."""

    exit_code = 4


class IndexDamagedError(BackendError):
    """A file of the index is missing, cut short or changed."""

    def __init__(self, path: Path | str, what: str) -> None:
        super().__init__(f"the index is damaged: {path} {what}; {REPAIR}")
        self.path = path


class IndexFormatError(BackendError):
    """The index was made by another version of the program, which wrote it in another way."""

    def __init__(self, path: Path | str, made_by: str, *, is_newer: bool) -> None:
        what, instead = ("a newer", "use that version, or ") if is_newer else ("an older", "")
        super().__init__(
            f"the index in {path} was made by {what} version of searchidx ({made_by}); {instead}{REPAIR}"
        )
        self.path = path


class IndexLockedError(SearchidxError):
    """Another reindex holds the lock."""

    exit_code = 5


class RefusedError(SearchidxError):
    """Nothing was done, for safety; the message says what would do it all the same."""

    exit_code = 6


class StorageError(RefusedError):
    """The operating system refused to read or write."""
