"""Read the rule files and find the rule that names a line.

In: ``rules/<language>.toml``, whose format stands in ``rules/README.md``. Out: ``Rule`` values and
``RuleSet.match``. All files apply to every document: sites mix languages, and a rule matches whole
lines only. Nothing is read before the first text is cleaned.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, TypeAlias, cast, get_args

from searchidx.clean.lines import MAX_SEEN, Line
from searchidx.errors import SettingsError

Zone: TypeAlias = Literal["any", "head", "tail", "edges"]
Lifts: TypeAlias = Literal["", "published"]
DEFAULT_MAX_CHARS = 200
KEYS = {"name", "line", "max_chars", "zone", "ignore_case", "lifts", "drops", "spares"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A pattern that names one kind of chrome by whole lines."""

    name: str  # "en/share-row": the file and the entry
    pattern: re.Pattern[str]
    max_chars: int = DEFAULT_MAX_CHARS
    zone: Zone = "any"  # head: before the first strong paragraph; tail: after the last; edges: both
    lifts: Lifts = ""  # the metadata that the line holds
    drops: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()

    def fits(self, bare: str) -> bool:
        """Tell whether the pattern matches a whole line, wherever it stands."""
        return len(bare) <= self.max_chars and self.pattern.fullmatch(bare) is not None


class RuleSet:
    """All rules, with one combined pattern in front, since most lines match none."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._longest = max((rule.max_chars for rule in rules), default=0)
        self._any = re.compile("|".join(f"(?:{_with_flags(rule.pattern)})" for rule in rules) or r"(?!)")
        # Chrome repeats from page to page: a memo spares the patterns.
        self._fitting = lru_cache(maxsize=16_384)(self._find_fitting)

    def fitting(self, line: Line) -> tuple[Rule, ...]:
        """Give the rules whose pattern matches the line, wherever it stands."""
        if not line.bare or len(line.bare) > self._longest:
            return ()
        return self._fitting(line.bare)

    def _find_fitting(self, bare: str) -> tuple[Rule, ...]:
        if self._any.fullmatch(bare) is None:
            return ()
        return tuple(rule for rule in self.rules if rule.fits(bare))


@cache
def load_rules() -> RuleSet:
    """Read every rule file of the package, once."""
    from importlib import resources

    folder = resources.files("searchidx.clean").joinpath("rules")
    texts = {file.name: file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".toml")}
    return RuleSet([rule for name in sorted(texts) for rule in parse_rules(texts[name], name)])


def parse_rules(text: str, file_name: str) -> list[Rule]:
    """Read one rule file; raises SettingsError with file, rule and reason."""
    import tomllib

    try:
        entries = tomllib.loads(text).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"rule file {file_name}: {error}") from error
    if not isinstance(entries, list):
        raise SettingsError(f"rule file {file_name}: write [[rule]], not [rule]")
    rules = [_parse_rule(entry, number, file_name) for number, entry in enumerate(entries, 1)]
    names = [rule.name for rule in rules]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise SettingsError(f"rule file {file_name}: {twice[0]} stands there twice")
    return rules


def _parse_rule(entry: object, number: int, file_name: str) -> Rule:
    if not isinstance(entry, Mapping):
        raise SettingsError(f"rule file {file_name}: entry {number} is no table")
    given = cast("Mapping[str, object]", entry)
    name = given.get("name")
    where = f"rule file {file_name}: rule {name if isinstance(name, str) else number}"
    if unknown := sorted(given.keys() - KEYS):
        raise SettingsError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(KEYS))}")
    if not isinstance(name, str) or not name:
        raise SettingsError(f"{where}: a rule needs a name")
    zone, lifts = given.get("zone", "any"), given.get("lifts", "")
    if zone not in get_args(Zone) or lifts not in get_args(Lifts):
        raise SettingsError(f"{where}: zone is any, head, tail or edges; lifts is published or not there")
    max_chars = given.get("max_chars", DEFAULT_MAX_CHARS)
    if not isinstance(max_chars, int) or not 0 < max_chars < MAX_SEEN:
        raise SettingsError(f"{where}: max_chars is a number from 1 to {MAX_SEEN - 1}")
    return Rule(
        name=f"{file_name.removesuffix('.toml')}/{name}",
        pattern=_compile(given.get("line"), bool(given.get("ignore_case", False)), where),
        max_chars=max_chars,
        zone=cast("Zone", zone),
        lifts=cast("Lifts", lifts),
        drops=_examples(given, "drops", where),
        spares=_examples(given, "spares", where),
    )


def _compile(line: object, ignore_case: bool, where: str) -> re.Pattern[str]:
    if isinstance(line, list) and line and all(isinstance(one, str) and one for one in line):
        line = "|".join(f"(?:{one})" for one in line)
    if not isinstance(line, str) or not line:
        raise SettingsError(f"{where}: a rule needs a pattern, line = '…', or a list of them")
    try:
        pattern = re.compile(line, re.IGNORECASE if ignore_case else 0)
    except re.error as error:
        raise SettingsError(f"{where}: the pattern can't be read: {error}") from error
    if pattern.groups:
        # All patterns are joined into one, which would number the groups anew.
        raise SettingsError(f"{where}: write (?:…) for a group")
    if pattern.fullmatch("") is not None:
        raise SettingsError(f"{where}: the pattern matches an empty line")
    return pattern


def _examples(given: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    examples = given.get(key)
    if not isinstance(examples, list) or not examples or not all(isinstance(one, str) for one in examples):
        raise SettingsError(f"{where}: {key} is a list of example lines, at least one: the rule's tests")
    return tuple(examples)


def _with_flags(pattern: re.Pattern[str]) -> str:
    return f"(?i:{pattern.pattern})" if pattern.flags & re.IGNORECASE else pattern.pattern
