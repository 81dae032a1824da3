"""Find the rules that name a line, without trying each of them.

In: ``Rule`` values, as ``rulefiles`` reads them. Out: ``RuleSet.fitting``. All files apply to every
document: sites mix languages, and a rule matches whole lines only. Nothing is read before the first
text is cleaned.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

from searchidx.clean.lines import Line
from searchidx.clean.patterns import DIGITS, PREFIX_CHARS, beginnings, fold, needed_words, parse

Zone: TypeAlias = Literal["any", "head", "tail", "edges"]
Lifts: TypeAlias = Literal["", "published"]
DEFAULT_MAX_CHARS = 200
# A button says "Share", "Share:", "SHARE »": marks at the end of a phrase do not count.
PHRASE_ENDS = " .:!…»›→>*"
# With more beginnings of one character than there are digits, a word that must occur tells more.
MAX_VAGUE = 10
SIZES = range(PREFIX_CHARS + 1)
MEMO_LINES = 32_768  # chrome repeats from page to page; about 10 MB when full
MEMO_SITES = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Names one kind of chrome by whole lines: with a pattern, with phrases, or with both."""

    name: str  # "en/share-row": the file and the entry
    line: str = ""  # a regular expression
    ignore_case: bool = False
    phrases: frozenset[str] = frozenset()  # as ``as_phrase`` gives them
    max_chars: int = DEFAULT_MAX_CHARS
    zone: Zone = "any"  # head: before the first strong paragraph; tail: after the last; edges: both
    lifts: Lifts = ""  # the metadata that the line holds
    drops: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when a line first needs it; without one it fits no line."""
        return _compiled(self.line or "(?!)", self.ignore_case)

    def fits(self, bare: str) -> bool:
        """Tell whether the rule knows a whole line, wherever it stands."""
        if len(bare) > self.max_chars:
            return False
        if self.phrases and as_phrase(bare) in self.phrases:
            return True
        return bool(self.line) and self.pattern.fullmatch(bare) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a user's file says, for all sites or for one."""

    rules: tuple[Rule, ...] = ()
    keep: tuple[re.Pattern[str], ...] = ()  # whole lines that nothing may cut
    off: frozenset[str] = frozenset()  # names of rules


@dataclass(frozen=True, slots=True)
class _Filter:
    """What the index of a rule set knows of a rule's pattern."""

    beginnings: frozenset[str]
    words: frozenset[str]  # one of them stands in the folded line


class RuleSet:
    """Rules with an index in front, since most lines fit none of them.

    The index holds the phrases, and for each pattern the ways in which its lines begin. What it
    leaves out can't fit, so the answer is the same as that of trying all.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        *,
        keep: Collection[re.Pattern[str]] = (),
        off: Iterable[str] = (),
        sites: Mapping[str, Changes] | None = None,
    ) -> None:
        self.off = frozenset(off)
        self.rules = tuple(rule for rule in rules if rule.name not in self.off)
        self._keep = tuple(keep)
        self._sites = dict(sites or {})
        self._longest = max((rule.max_chars for rule in self.rules), default=0)
        self._phrases: dict[str, list[int]] = {}
        self._beginnings: dict[str, list[int]] = {}
        self._words: dict[str, list[int]] = {}
        for number, rule in enumerate(self.rules):
            self._index(number, rule)
        self._fitting = lru_cache(maxsize=MEMO_LINES)(self._find_fitting)
        self._for_sites = lru_cache(maxsize=MEMO_SITES)(self._change)

    def fitting(self, line: Line) -> tuple[Rule, ...]:
        """Give the rules that know the line, wherever it stands, in their order."""
        if not line.bare or len(line.bare) > self._longest:
            return ()
        return self._fitting(line.bare)

    def keeps(self, line: Line) -> bool:
        """Tell whether a user wants the line kept, whatever else names it."""
        return any(pattern.fullmatch(line.plain) or pattern.fullmatch(line.bare) for pattern in self._keep)

    def for_source(self, *names: str) -> "RuleSet":
        """Give the rules for one site, by its host or what else it is called.

        They are the same unless a user's file has a section for it. A section for example.org also
        holds for news.example.org.
        """
        if not self._sites:
            return self
        labels = (name.casefold().split(".") for name in names)
        hosts = (".".join(parts[first:]) for parts in labels for first in range(len(parts)))
        sections = tuple(dict.fromkeys(host for host in hosts if host in self._sites))
        return self._for_sites(sections) if sections else self

    def _change(self, hosts: tuple[str, ...]) -> "RuleSet":
        changes = [self._sites[host] for host in hosts]
        return RuleSet(
            [*(rule for change in changes for rule in change.rules), *self.rules],
            keep=[*(one for change in changes for one in change.keep), *self._keep],
            off=self.off.union(*(change.off for change in changes)),
        )

    def _index(self, number: int, rule: Rule) -> None:
        for phrase in rule.phrases:
            self._phrases.setdefault(phrase, []).append(number)
        if not rule.line:
            return
        known = _filter_of(rule.line)
        vague = sum(len(beginning) < 2 for beginning in known.beginnings)
        if (vague > MAX_VAGUE or "" in known.beginnings) and all(known.words):
            for word in known.words:
                self._words.setdefault(word, []).append(number)
            return
        for beginning in known.beginnings:
            self._beginnings.setdefault(beginning, []).append(number)

    def _find_fitting(self, bare: str) -> tuple[Rule, ...]:
        if self._keep and any(pattern.fullmatch(bare) for pattern in self._keep):
            return ()
        folded = fold(bare)
        numbers = [*self._phrases.get(_strip_ends(folded), ())]
        beginning = folded[:PREFIX_CHARS].translate(DIGITS)
        for size in SIZES:
            if (begun := self._beginnings.get(beginning[:size])) is not None:
                numbers += begun
        for word, holding in self._words.items():
            if word in folded:
                numbers += holding
        if not numbers:
            return ()
        return tuple(rule for number in sorted(set(numbers)) if (rule := self.rules[number]).fits(bare))


def as_phrase(text: str) -> str:
    """Give a phrase as lines are compared with it: case and marks at the end do not count.

    >>> as_phrase("READ MORE »"), as_phrase("S’abonner")
    ('read more', "s'abonner")
    """
    return _strip_ends(fold(text))


def load_rules(user_file: Path | None = None) -> RuleSet:
    """Read the rule files of the package, once, and a user's file in front of them.

    Raises SettingsError with file, line, rule and reason.
    """
    if user_file is None:
        return _load_shipped()
    from searchidx.clean.rulefiles import read_user_file

    shipped = _load_shipped()
    everywhere, sites = read_user_file(user_file, known={rule.name for rule in shipped.rules})
    return RuleSet([*everywhere.rules, *shipped.rules], keep=everywhere.keep, off=everywhere.off, sites=sites)


@cache
def _load_shipped() -> RuleSet:
    from searchidx.clean.rulefiles import parse_rules, shipped_texts

    return RuleSet(
        [rule for name, text in shipped_texts() for rule in parse_rules(text, name, is_tested=True)]
    )


def _strip_ends(folded: str) -> str:
    return folded.rstrip(PHRASE_ENDS)


@cache
def _compiled(line: str, ignore_case: bool) -> re.Pattern[str]:
    return re.compile(line, re.IGNORECASE if ignore_case else 0)


@cache
def _filter_of(line: str) -> _Filter:
    nodes = parse(line)
    return _Filter(beginnings(nodes), needed_words(nodes))
