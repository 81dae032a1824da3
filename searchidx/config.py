"""Settings: what an option, a SEARCHIDX_* variable or ``searchidx.toml`` may say.

Order of precedence: command-line option, variable, file, default. A wrong file is named with its
key; unknown keys are errors too, since a mistyped one would silently do nothing.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from searchidx.errors import SettingsError

FILE_NAME = "searchidx.toml"
PREFIX = "SEARCHIDX_"
_NUMBERS = frozenset({"jobs", "max_file_mb"})
_PATHS = frozenset({"corpus", "index", "aliases", "learned"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings. Paths in the file are relative to the folder it stands in."""

    corpus: str = "seeds"  # the folder that reindex reads
    index: str = "index"  # the folder that holds the index
    aliases: str = ""  # a file of names; default: aliases.txt in or beside the corpus folder
    learned: str = ""  # the file of learned names; default: beside the index folder
    backend: str = "whoosh"
    max_file_mb: int = 20  # larger files are skipped
    jobs: int = 0  # processes that clean; 0: one for each processor where the files are many, else one

    @property
    def max_bytes(self) -> int:
        """The size above which a file is skipped."""
        return self.max_file_mb << 20


def load_settings(folder: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings that hold in a folder."""
    path = folder / FILE_NAME
    settings = _from_file(Settings(), path) if path.is_file() else Settings()
    return _from_environment(settings, environment)


def _from_file(settings: Settings, path: Path) -> Settings:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    for name, value in data.items():
        if name not in _names():
            raise SettingsError(f"{path}: there is no setting {name!r}; there are: {', '.join(_names())}")
        wanted = int if name in _NUMBERS else str
        if type(value) is not wanted:
            kind = "a number" if wanted is int else "a text"
            raise SettingsError(f"{path}: {name} must be {kind}, not {value!r}")
        if isinstance(value, int) and value < _least(name):
            raise SettingsError(f"{path}: {name} must be {_least(name)} or more, not {value}")
        if name in _PATHS and value:
            value = str(path.parent / str(value))
        settings = _with(settings, name, value)
    return settings


def _from_environment(settings: Settings, environment: Mapping[str, str]) -> Settings:
    for name in _names():
        value = environment.get(PREFIX + name.upper())
        if not value:
            continue  # set to nothing is as good as not set
        if name in _NUMBERS and not (value.isdecimal() and int(value) >= _least(name)):
            raise SettingsError(
                f"{PREFIX}{name.upper()} must be a number from {_least(name)} on, not {value!r}"
            )
        settings = _with(settings, name, int(value) if name in _NUMBERS else value)
    return settings


def _least(name: str) -> int:
    return 0 if name == "jobs" else 1


def _with(settings: Settings, name: str, value: Any) -> Settings:
    return replace(settings, **{name: value})


def _names() -> list[str]:
    return [field.name for field in fields(Settings)]
