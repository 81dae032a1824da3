"""What is derived from a pattern never leaves out a line that fits; hostile patterns are seen."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.clean.lines import Line, level, strip_marks
from searchidx.clean.patterns import as_beginning, beginnings, fold, needed_words, parse, work
from searchidx.clean.rules import Rule, RuleSet, load_rules

RULES = load_rules().rules
EXAMPLES = sorted({line for rule in RULES for line in (*rule.drops, *rule.spares)})
SHOUTED = [line.upper() for line in EXAMPLES]


def tried_one_by_one(bare: str) -> list[str]:
    return [rule.name for rule in RULES if rule.fits(bare)]


def found(rules: RuleSet, bare: str) -> list[str]:
    return [rule.name for rule in rules.fitting(Line(0, len(bare), bare, bare))]


@given(
    st.sampled_from([*EXAMPLES, *SHOUTED]),
    st.text(max_size=3),
    st.sampled_from(["", ".", ":", " »", " more"]),
)
def test_the_index_finds_what_trying_all_finds(line: str, before: str, after: str) -> None:
    bare = strip_marks(level(before + line + after))
    assert found(load_rules(), bare) == tried_one_by_one(bare)


@given(st.text())
def test_the_index_finds_what_trying_all_finds_on_any_text(text: str) -> None:
    bare = strip_marks(level(text))
    assert found(load_rules(), bare) == tried_one_by_one(bare)


PATTERNS = st.recursive(
    st.sampled_from(["a", "b", "i", "s", "é", ".", r"\d", r"\w", "[a-c]", "[^a]", " ", "ab", "и", r"\b"]),
    lambda inner: (
        st.tuples(inner, inner).map("".join)
        | st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})")
        | st.tuples(inner, st.sampled_from(["?", "{0,2}", "{1,3}+", "{2}"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        )
    ),
    max_leaves=8,
)


@given(PATTERNS, st.lists(st.text("abcisABIS ıİſé1٣иИ_", max_size=8), max_size=12))
def test_a_line_that_fits_begins_and_holds_what_was_derived(line: str, texts: list[str]) -> None:
    nodes, pattern = parse(line), re.compile(line, re.IGNORECASE)
    for text in texts:
        if pattern.fullmatch(text):
            assert as_beginning(text).startswith(tuple(beginnings(nodes)))
            assert any(word in fold(text) for word in needed_words(nodes))


def test_characters_that_match_without_case_fold_alike() -> None:
    pairs = [("İ", "i"), ("ı", "i"), ("ı", "I"), ("ſ", "s"), ("K", "k")]
    for one in map(chr, range(sys.maxunicode + 1)):
        pairs += [
            (one, other) for other in {one.lower(), one.upper(), one.title()} - {one} if len(other) == 1
        ]
    for one, other in pairs:
        if re.fullmatch(re.escape(one), other, re.IGNORECASE):
            assert fold(one) == fold(other), (one, other)


@pytest.mark.parametrize(
    "line",
    [
        "(?:a+)+", "(?:a|a)*b", "(?:a?){50}", "(?:a|ab|b)*", "(?:.*)*", r"(?:\w+\s?)*x", "a*a*a*a*a*b",
        "(?=(?:a+)+)b", "a?" * 40 + "a" * 40, ".*a.*b.*c.*d.*", "(?:(?:a|b)*a){9}",
    ],
)  # fmt: skip
def test_a_pattern_that_can_explode_is_seen(line: str) -> None:
    assert work(parse(line), 200) > 7


@pytest.mark.parametrize(
    "line",
    [
        "Read more: .*",
        r"(?:\w+ ){0,6}news",
        r"\d{1,2}\.\d{1,2}\.\d{4}",
        "(?:Home|About|Jobs| ?[|]){3,}",
        "(?:a+)++",
    ],
)
def test_a_harmless_pattern_passes(line: str) -> None:
    assert work(parse(line), 200) < 5


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.line], ids=lambda rule: rule.name)
def test_the_work_for_a_shipped_pattern_has_a_bound(rule: Rule) -> None:
    assert work(parse(rule.line), rule.max_chars) <= 7
