"""The line model: what it may do to a text, whatever the weights are."""

import json
from importlib import resources
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.clean import clean
from searchidx.clean.context import NAMES, context_rows, text_line
from searchidx.clean.features import WORD_FEATURES, line_features
from searchidx.clean.model import cheapest_path, judge, load_model, looks_of, strictness

MENU = ["Home", "Politics", "Opinion", "Log in", "Subscribe", "Newsletters", "Most read", "E-paper"]
STORY = [
    "Council votes for a new bridge",
    "The council voted on Monday evening to build a second bridge over the river after a long debate.",
    "Work is to begin in the spring, and the bridge should carry trams as well as cars, the mayor said.",
    "Opponents said that the money would be missing elsewhere, and announced that they would go to court.",
    "A first attempt had failed ten years ago, when the cost of steel doubled within a few months.",
]
FOOT = ["Related", "Share on Facebook", "12 comments", "Leave a reply", "Contact us", "© Example Media"]
LINES = st.sampled_from([*MENU, *STORY, *FOOT]) | st.text(max_size=40)


def test_an_article_between_menus_is_kept_and_the_menus_go() -> None:
    body = clean("\n".join([*MENU, *STORY, *FOOT])).body.strip().split("\n")
    assert body == STORY


def test_text_that_is_clean_loses_nothing() -> None:
    assert clean("\n".join(STORY * 3)).removed == ()


def test_a_cut_by_the_model_says_how_the_line_looks_and_stands() -> None:
    odd = [
        "Jobs Cars Homes",
        "Puzzles & quizzes",
        "Star signs",
        "Lotto",
        "My account",
        "Shop",
        "Grand prize draw",
    ]
    found = clean("\n".join([*MENU, *odd, *odd, *STORY, *odd, *FOOT])).removed
    whys = [cut.why for cut in found if cut.rule == "model"]
    assert whys
    assert all(why.startswith("looks ") and ", place " in why for why in whys)


def test_a_script_without_spaces_is_left_to_rules_and_evidence() -> None:
    assert (
        judge(["会議は月曜日に終わった。", "次の会議は金曜日に開かれる予定です。"] * 6, [False] * 12) is None
    )


def test_a_text_of_few_lines_is_not_judged() -> None:
    assert judge(MENU[:7], [False] * 7) is None


@given(st.lists(st.tuples(LINES, st.booleans()), min_size=8, max_size=40))
def test_known_chrome_is_never_kept_among_chrome(lines: list[tuple[str, bool]]) -> None:
    plains = [" ".join(plain.split()) or "x" for plain, _ in lines]
    verdicts = judge(plains, [True] * len(plains))
    assert verdicts is None or not any(verdict.keep for verdict in verdicts)


@given(st.lists(LINES.filter(str.strip), min_size=1, max_size=60))
def test_there_is_a_row_of_finite_numbers_for_each_place(plains: list[str]) -> None:
    lines = [text_line(" ".join(plain.split())) for plain in plains]
    scores = [looks_of(line.plain) for line in lines]
    rows = context_rows(scores, lines, range(len(lines)))
    assert [len(row) for row in rows] == [len(NAMES)] * len(lines)
    assert all(abs(float(value)) < 1e6 for row in rows for value in row)


@given(st.lists(st.floats(-9, 9), max_size=7), st.floats(0, 3))
def test_the_path_is_the_cheapest_of_all(logits: list[float], cost: float) -> None:
    def worth(path: list[bool]) -> float:
        gain = sum(logit / 2 if keep else -logit / 2 for keep, logit in zip(path, logits, strict=True))
        return gain - cost * sum(one != other for one, other in pairwise(path))

    every = [[bool(number >> at & 1) for at in range(len(logits))] for number in range(2 ** len(logits))]
    assert worth(cheapest_path(logits, cost)) == pytest.approx(max(map(worth, every)))


def test_the_less_chrome_the_milder_the_judgement() -> None:
    thresholds = [strictness(share / 20)[0] for share in range(21)]
    assert thresholds == sorted(thresholds)
    assert thresholds[0] < thresholds[-1] < 0


def test_the_weights_are_those_of_the_features_that_the_program_knows() -> None:
    facts = json.loads(resources.files("searchidx.clean").joinpath("model.json").read_text("utf-8"))
    assert facts["place"].keys() == set(NAMES)
    shapes = {name for name in facts["looks"] if not name.startswith(WORD_FEATURES)}
    seen = {name for plain in [*MENU, *STORY, *FOOT] for name in line_features(plain)}
    assert len(shapes & seen) > 20
    assert load_model().looks_bias == facts["looks_bias"]


@given(st.text(max_size=300))
def test_any_line_has_features_and_a_score(plain: str) -> None:
    assert line_features(plain)
    assert abs(looks_of(plain)) < 1e3


def test_a_paragraph_that_an_advertisement_cuts_off_is_kept() -> None:
    end = "The mayor praised both sides, because they had gone on talking in spite of everything."
    body = clean("\n".join([*MENU, *STORY, "Advertisement", "", end, "", *FOOT, *MENU])).body
    assert end in body


def test_a_paragraph_far_from_the_others_is_kept_if_it_looks_like_one() -> None:
    far = (
        "The ministry said that the bridge would stay closed until engineers had looked at its piers, "
        "which were damaged in the storm last week. He did not say when that would be, and added that "
        "the cost was still unknown."
    )
    lines = [*STORY, *MENU, *FOOT, far, *MENU, *FOOT]
    verdicts = judge(lines, [False] * len(lines))
    assert verdicts is not None
    assert not verdicts[lines.index(far)].keep  # its place speaks against it
    assert far in clean("\n".join(lines)).body
