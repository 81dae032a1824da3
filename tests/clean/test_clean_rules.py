"""The rule files: an entry's examples are its tests, patterns take linear time, errors name their place."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from searchidx.clean.cuts import find_cuts
from searchidx.clean.lines import Line, level, strip_marks
from searchidx.clean.patterns import parse, work
from searchidx.clean.rulefiles import parse_rules
from searchidx.clean.rules import Rule, load_rules
from searchidx.errors import SettingsError

RULES = load_rules().rules
DROPS = [(rule, line) for rule in RULES for line in rule.drops]
SPARES = [(rule, line) for rule in RULES for line in rule.spares]
PARAGRAPH = "Delegations from both towns met for two hours on Monday to talk about the bridge between them."
LONG = 8_000
LIMIT_S = 0.1
UNITS = (
    " ", "a ", "a", "Aa ", "1", ".", "/", "A/", ",", "|", "'", "- ", "(", "By ", "Read more: ", "Photo: A ",
    "x x ", "Share on ", "Facebook ", "facebook", "home ", "(BUTTON) ", "Advertisement ", "реклама ", "a' ",
    "subscribe to our a ", "main ", "Posted 2024-03-05 ", "We use cookies ", "© 2020 ", "all rights ",
    "Getty ",
)  # fmt: skip


def seen_as(line: str) -> str:
    return strip_marks(level(line))


def names(examples: list[tuple[Rule, str]]) -> list[str]:
    return [f"{rule.name}: {line[:40]}" for rule, line in examples]


@pytest.mark.parametrize(("rule", "line"), DROPS, ids=names(DROPS))
def test_a_rule_drops_its_examples(rule: Rule, line: str) -> None:
    assert rule.fits(seen_as(line))


@pytest.mark.parametrize(("rule", "line"), SPARES, ids=names(SPARES))
def test_a_rule_spares_its_examples(rule: Rule, line: str) -> None:
    assert not rule.fits(seen_as(line))


@pytest.mark.parametrize(("rule", "line"), SPARES, ids=names(SPARES))
def test_no_rule_cuts_a_spared_line_between_paragraphs(rule: Rule, line: str) -> None:
    removed, _ = find_cuts(f"{PARAGRAPH}\n{line}\n{PARAGRAPH}\n")
    assert not [span.rule for span in removed if span.rule.partition("/")[1]]


@pytest.mark.parametrize(("rule", "line"), DROPS, ids=names(DROPS))
def test_a_dropped_line_is_cut_where_its_zone_says(rule: Rule, line: str) -> None:
    before = f"{PARAGRAPH}\n{line}\n" if rule.zone != "head" else f"The bridge\n{line}\n{PARAGRAPH}\n"
    removed, _ = find_cuts(before)
    assert [before[span.start : span.end] for span in removed] == [f"{line}\n"]


@contextmanager
def stopped_after(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


# Below a few hundred ways to read a line of 200 characters nothing quadratic can hide.
WITH_PATTERN = [rule for rule in RULES if rule.line and work(parse(rule.line), 200) > 2]


@pytest.mark.parametrize("rule", WITH_PATTERN, ids=[rule.name for rule in WITH_PATTERN])
def test_a_pattern_takes_linear_time(rule: Rule) -> None:
    # Four times the longest line that a pattern is ever shown: what is quadratic takes seconds here.
    with stopped_after(10):
        for unit in UNITS:
            for begin in ("", rule.drops[0]):
                attack = (begin + unit * LONG)[:LONG] + "\n!"
                spent = cpu_seconds(rule, attack)
                assert spent < LIMIT_S or cpu_seconds(rule, attack) < LIMIT_S, (unit, begin)


def cpu_seconds(rule: Rule, attack: str) -> float:
    began = time.process_time()
    rule.pattern.fullmatch(attack)
    return time.process_time() - began


@pytest.mark.parametrize(("rule", "line"), DROPS, ids=names(DROPS))
def test_the_index_finds_the_rule_of_each_example(rule: Rule, line: str) -> None:
    bare = seen_as(line)
    assert rule in load_rules().fitting(Line(0, len(line), level(line), bare))


def test_a_line_longer_than_its_rule_allows_is_kept() -> None:
    (rule,) = (rule for rule in RULES if rule.name == "en/tag-line")
    assert rule.fits("Tags: " + "a" * 100)
    assert not rule.fits("Tags: " + "a" * rule.max_chars)


GOOD = 'name = "a"\nline = "b+"\ndrops = ["bb"]\nspares = ["a"]\n'


def test_a_pattern_may_be_written_as_several() -> None:
    (rule,) = parse_rules("[[rule]]\n" + GOOD.replace('"b+"', "['b+', 'c|d']"), "xx.toml")
    assert rule.name == "xx/a"
    assert all(map(rule.fits, ("b", "c", "d")))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[rule]", "xx.toml"),
        ("rule = 1", r"\[\[rule\]\]"),
        ("rule = [1]", "entry 1"),
        ("[[rule]]\nline = 'a'", "rule 1: a rule needs a name"),
        ("[[rule]]\nname = 'a'", "rule a: a rule needs a pattern"),
        ("[[rule]]\n" + GOOD + "zones = 'any'", "unknown key 'zones'"),
        ("[[rule]]\n" + GOOD + "zone = 'middle'", "zone is"),
        ("[[rule]]\n" + GOOD + "max_chars = 5000", "max_chars"),
        ("[[rule]]\n" + GOOD.replace("b+", "(b"), "can't be read"),
        ("[[rule]]\n" + GOOD.replace("b+", "(b)"), r"\(\?:"),
        ("[[rule]]\n" + GOOD.replace("b+", "b*"), "empty line"),
        ("[[rule]]\n" + GOOD.replace('["bb"]', "[]"), "drops"),
        ("[[rule]]\n" + GOOD + "[[rule]]\n" + GOOD, "xx/a stands there twice"),
    ],
)
def test_an_error_in_a_rule_file_names_file_rule_and_reason(text: str, reason: str) -> None:
    with pytest.raises(SettingsError, match=reason) as caught:
        parse_rules(text, "xx.toml")
    assert "xx.toml" in str(caught.value)
