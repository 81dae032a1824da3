"""Read rule files: the ones of the package and the one of a user.

In: ``rules/<language>.toml``, whose format stands in ``rules/README.md``, and a ``clean.toml``. Out:
``Rule`` and ``Changes`` values. Errors name the file, the line, the rule and the reason. Patterns that
a hostile line could slow down are refused when they are read, for nothing can stop them later.
"""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import cast, get_args

from searchidx.clean.lines import MAX_SEEN, level, strip_marks
from searchidx.clean.patterns import parse, work
from searchidx.clean.rules import DEFAULT_MAX_CHARS, Changes, Lifts, Rule, Zone, as_phrase
from searchidx.errors import SettingsError

USER_FILE = "clean.toml"
KEYS = {"name", "line", "phrases", "max_chars", "zone", "ignore_case", "lifts", "drops", "spares"}
SECTION_KEYS = {"rule", "keep", "off"}
# What ``blocks``, ``bylines`` and ``cuts`` find without a rule file, and a user may switch off as well.
FOUND_BY_CODE = frozenset({
    "teaser", "teaser-list", "comments", "caption-repeat", "weather", "byline", "author-bio", "repeated-line",
    "model",
})  # fmt: skip
# Ways to read the longest line, as a power of ten: some tenths of a second when all are tried.
MAX_WORK = 7.0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entry stands, for messages and names."""

    file_name: str
    prefix: str  # of the names of the rules
    lines: tuple[int, ...] = ()  # of the entries of the section
    is_tested: bool = False

    def of(self, number: int) -> str:
        line = f", line {self.lines[number - 1]}" if number <= len(self.lines) else ""
        return f"rule file {self.file_name}{line}"


def shipped_texts() -> list[tuple[str, str]]:
    """Give name and text of each rule file of the package, in order."""
    from importlib import resources

    folder = resources.files("searchidx.clean").joinpath("rules")
    return sorted(
        (file.name, file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".toml")
    )


def find_user_file(root: Path) -> Path | None:
    """Give the ``clean.toml`` beside a corpus; None if there is none."""
    file = (root if root.is_dir() else root.parent) / USER_FILE
    return file if file.is_file() else None


def rules_digest(user_file: Path | None = None) -> str:
    """Give a fingerprint of all rules: another one means that documents may be cut differently."""
    digest = sha256()
    for name, text in shipped_texts():
        digest.update(f"{name}\0{text}\0".encode())
    if user_file is not None:
        digest.update(_read(user_file).encode())
    return digest.hexdigest()


def read_user_file(path: Path, *, known: Collection[str] = ()) -> tuple[Changes, dict[str, Changes]]:
    """Read a user's file: what it says for all sites, and for each; raises SettingsError.

    ``known`` are the names of the shipped rules, which it may switch off.
    """
    return parse_user_rules(_read(path), path.name, known=known)


def parse_user_rules(
    text: str, file_name: str, *, known: Collection[str] = ()
) -> tuple[Changes, dict[str, Changes]]:
    """Read the text of a user's file and try its examples."""
    tree = _load(text, file_name)
    if unknown := sorted(tree.keys() - SECTION_KEYS - {"site"}):
        raise SettingsError(
            f"rule file {file_name}: unknown key {unknown[0]!r}; known are keep, off, rule and site"
        )
    headers = _find_headers(text)
    prefix = file_name.removesuffix(".toml")
    everywhere = _read_section(tree, _Place(file_name, prefix, headers.get("", ())), known)
    known = {*known, *(rule.name for rule in everywhere.rules)}
    sites = tree.get("site", {})
    if not isinstance(sites, Mapping):
        raise SettingsError(f'rule file {file_name}: write [site."example.org"]')
    found = {}
    for host, section in sites.items():
        place = _Place(file_name, f"{prefix}/{host}", headers.get(host, ()))
        if not isinstance(section, Mapping) or section.keys() - SECTION_KEYS:
            raise SettingsError(f"rule file {file_name}: site {host}: it may hold keep, off and rule")
        found[str(host).casefold().removeprefix("www.")] = _read_section(section, place, known)
    return everywhere, found


def parse_rules(text: str, file_name: str, *, is_tested: bool = False) -> list[Rule]:
    """Read one rule file of the package; its examples are left to the tests.

    ``is_tested`` files are taken at their word: to compile all patterns would take longer than to
    clean a page, and most are never needed.
    """
    headers = () if is_tested else _find_headers(text).get("", ())
    place = _Place(file_name, file_name.removesuffix(".toml"), headers, is_tested)
    return _read_entries(_load(text, file_name).get("rule", []), place)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"rule file {path} can't be read: {error}") from error


def _load(text: str, file_name: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"rule file {file_name}: {error}") from error


def _find_headers(text: str) -> dict[str, tuple[int, ...]]:
    """Give the numbers of the lines where entries begin, by site; "" is none."""
    found: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.lstrip().startswith("[["):
            continue
        try:
            tree = tomllib.loads(line)
        except tomllib.TOMLDecodeError:
            continue
        sites = tree.get("site")
        host = next(iter(sites), "") if isinstance(sites, dict) else ""
        found[host] = (*found.get(host, ()), number)
    return found


def _read_section(section: Mapping[str, object], place: _Place, known: Collection[str]) -> Changes:
    where = f"rule file {place.file_name}"
    off = _strings(section.get("off", []), f"{where}: off is a list of names of rules")
    for name in off:
        if name not in known and name not in FOUND_BY_CODE:
            raise SettingsError(f"{where}: off: no rule is called {name!r}")
    rules = _read_entries(section.get("rule", []), place)
    for number, rule in enumerate(rules, 1):
        _try_examples(rule, place.of(number))
    return Changes(
        rules=tuple(rules),
        keep=tuple(
            _compile(line, False, MAX_SEEN, f"{where}: keep")
            for line in _strings(section.get("keep", []), f"{where}: keep is a list of patterns")
        ),
        off=frozenset(off),
    )


def _try_examples(rule: Rule, where: str) -> None:
    for line in rule.drops:
        if not rule.fits(strip_marks(level(line))):
            raise SettingsError(f"{where}: rule {rule.name} does not drop its example {line!r}")
    for line in rule.spares:
        if rule.fits(strip_marks(level(line))):
            raise SettingsError(f"{where}: rule {rule.name} drops {line!r}, which it should spare")


def _read_entries(entries: object, place: _Place) -> list[Rule]:
    if not isinstance(entries, list):
        raise SettingsError(f"rule file {place.file_name}: write [[rule]], not [rule]")
    rules = [_read_entry(entry, number, place) for number, entry in enumerate(entries, 1)]
    names = [rule.name for rule in rules]
    for number, name in enumerate(names, 1):
        if name in names[: number - 1]:
            raise SettingsError(f"{place.of(number)}: {name} stands there twice")
    return rules


def _read_entry(entry: object, number: int, place: _Place) -> Rule:
    if not isinstance(entry, Mapping):
        raise SettingsError(f"{place.of(number)}: entry {number} is no table")
    given = cast("Mapping[str, object]", entry)
    name = given.get("name")
    where = f"{place.of(number)}: rule {name if isinstance(name, str) else number}"
    if unknown := sorted(given.keys() - KEYS):
        raise SettingsError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(KEYS))}")
    if not isinstance(name, str) or not name:
        raise SettingsError(f"{where}: a rule needs a name")
    zone, lifts = given.get("zone", "any"), given.get("lifts", "")
    if zone not in get_args(Zone) or lifts not in get_args(Lifts):
        raise SettingsError(f"{where}: zone is any, head, tail or edges; lifts is published or not there")
    max_chars, ignore_case = given.get("max_chars", DEFAULT_MAX_CHARS), given.get("ignore_case", False)
    if not isinstance(max_chars, int) or not 0 < max_chars < MAX_SEEN:
        raise SettingsError(f"{where}: max_chars is a number from 1 to {MAX_SEEN - 1}")
    if not isinstance(ignore_case, bool):
        raise SettingsError(f"{where}: ignore_case is true or false")
    line, phrases = _read_line(given.get("line"), where), _read_phrases(given.get("phrases"), where)
    if not line and not phrases:
        raise SettingsError(f"{where}: a rule needs a pattern, line = '…', or phrases, a list of lines")
    if line and not place.is_tested:
        _compile(line, ignore_case, max_chars, where)
    return Rule(
        name=f"{place.prefix}/{name}",
        line=line,
        phrases=phrases,
        ignore_case=ignore_case,
        max_chars=max_chars,
        zone=cast("Zone", zone),
        lifts=cast("Lifts", lifts),
        drops=_examples(given, "drops", where),
        spares=_examples(given, "spares", where),
    )


def _read_line(line: object, where: str) -> str:
    if isinstance(line, list):
        if not line:
            raise SettingsError(f"{where}: a rule needs a pattern, line = '…', or a list of them")
        line = "|".join(
            f"(?:{one})" for one in _strings(line, f"{where}: line is a pattern or a list of them")
        )
    if line is not None and (not isinstance(line, str) or not line):
        raise SettingsError(f"{where}: a rule needs a pattern, line = '…', or a list of them")
    return line or ""


def _read_phrases(phrases: object, where: str) -> frozenset[str]:
    given = _strings([] if phrases is None else phrases, f"{where}: phrases is a list of lines")
    if phrases is not None and not all(found := [as_phrase(strip_marks(level(one))) for one in given]):
        raise SettingsError(f"{where}: a phrase has no letters")
    return frozenset(found if given else ())


def _compile(line: str, ignore_case: bool, max_chars: int, where: str) -> re.Pattern[str]:
    try:
        pattern = re.compile(line, re.IGNORECASE if ignore_case else 0)
    except (re.error, RecursionError, OverflowError) as error:
        raise SettingsError(f"{where}: the pattern can't be read: {error}") from error
    if pattern.groups:
        raise SettingsError(f"{where}: write (?:…) for a group")
    if work(parse(line), max_chars) > MAX_WORK:
        raise SettingsError(
            f"{where}: the pattern could take minutes on a hostile line, since repeated parts can match the"
            " same characters: let only one of them repeat, set a limit, as in .{0,80}, or write {0,80}+"
        )
    if pattern.fullmatch("") is not None:
        raise SettingsError(f"{where}: the pattern matches an empty line")
    return pattern


def _examples(given: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    reason = f"{where}: {key} is a list of example lines, at least one: the rule's tests"
    examples = _strings(given.get(key), reason)
    if not examples:
        raise SettingsError(reason)
    return examples


def _strings(value: object, reason: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise SettingsError(reason)
    return tuple(value)
