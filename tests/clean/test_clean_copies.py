"""Which articles are near-copies, and that the clusters depend on nothing but the texts."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.clean.copies import KEPT, WORD, Sketch, _words, are_alike, cluster, overlap, sketch

WORDS = [
    a + b
    for a in ("bridg", "riv", "envo", "talk", "mayor", "stat", "hous")
    for b in ("e", "a", "on", "er", "ing")
]


def article(seed: int, sentences: int = 30) -> list[str]:
    """Make up an article."""
    chance = random.Random(seed)
    return [
        " ".join(chance.choices(WORDS, k=chance.randint(8, 24))).capitalize() + "." for _ in range(sentences)
    ]


def changed(text: list[str], share: float) -> list[str]:
    """Put another word for a share of the words."""
    chance = random.Random(1)
    return [" ".join("other" if chance.random() < share else word for word in line.split()) for line in text]


STORY = article(0)
COPIES = {
    "another first line": ["LONDON, 3 June (Wire). " + article(9, 1)[0], *STORY[1:]],
    "the end cut off": STORY[:18],
    "half cut off": STORY[:16],
    "a word in twenty": changed(STORY, 0.05),
    "a word in twelve": changed(STORY, 0.08),
    "more at the end": [*STORY, *article(7, 12)],
    "paragraphs in between": [line for pair in zip(STORY, article(8), strict=True) for line in pair][:48],
    "other case and marks": [line.upper().replace(".", " –") for line in STORY],
}
OTHERS = {
    "another story": article(2),
    "a follow-up that quotes two lines": [*article(3, 20), *STORY[:2]],
    "a teaser": STORY[:2],
    "a collection of ten stories": [line for seed in range(10) for line in article(seed)],
    "nothing": [],
}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_known(name: str) -> None:
    assert are_alike(sketch(" ".join(STORY)), sketch("\n\n".join(COPIES[name])))


@pytest.mark.parametrize("name", OTHERS)
def test_what_shares_a_little_is_no_copy(name: str) -> None:
    assert not are_alike(sketch(" ".join(STORY)), sketch("\n".join(OTHERS[name])))


def test_short_texts_must_be_nearly_the_same() -> None:
    first = sketch("Rain is expected in the north on Tuesday, with wind from the sea.")
    assert not are_alike(first, sketch("Rain is expected in the north on Friday, with wind from the sea."))
    assert are_alike(first, sketch("rain is expected in the north on Tuesday – with wind from the sea"))
    assert are_alike(sketch("Closed."), sketch("closed"))
    assert not are_alike(sketch(""), sketch("")), "two empty bodies say nothing"


def test_scripts_without_spaces_go_by_the_character() -> None:
    text = "記者団に対し市長は橋の工事が来年の春に終わる見通しだと述べた。" * 2
    assert sketch(text).count > 20
    assert are_alike(sketch(text), sketch("東京発。" + text))


@given(st.text(st.characters(max_codepoint=127) | st.sampled_from("’“–ä橋_"), max_size=60))
def test_both_ways_to_the_words_give_the_same(text: str) -> None:
    words = [word.encode() for word in WORD.findall(text.casefold())]
    assert _words(text) == words


def test_estimates_are_near_the_truth() -> None:
    for other in (*COPIES.values(), *OTHERS.values()):
        one, two = " ".join(STORY), " ".join(other)
        first, second = (_shingles(text.casefold().replace(".", "").split()) for text in (one, two))
        if second and "–" not in two and "(" not in two:
            truth = len(first & second) / len(first | second)
            assert abs(overlap(sketch(one), sketch(two))[0] - truth) < 0.16  # three standard deviations


def _shingles(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + 4]) for at in range(len(words) - 3)}


def test_a_cluster_has_the_smallest_id_of_its_documents() -> None:
    texts = {f"{number:02d}{name[0]}": text for number, (name, text) in enumerate((COPIES | OTHERS).items())}
    packed = {doc_id: sketch(" ".join(text)).pack() for doc_id, text in texts.items()}
    found = cluster(packed)
    assert found == dict.fromkeys(list(texts)[: len(COPIES)], min(texts))
    backwards = dict(reversed(packed.items()))
    assert cluster(backwards) == found
    del packed[min(texts)]
    assert set(cluster(packed).values()) == {sorted(texts)[1]}
    assert cluster({}) == {}


def test_many_copies_are_one_cluster() -> None:
    packed = {f"{n:03d}": sketch(" ".join([*article(1000 + n, 2), *STORY])).pack() for n in range(150)}
    assert set(cluster(packed).values()) == {"000"}
    assert len(cluster(packed)) == 150


@given(st.text(max_size=300))
def test_any_text_has_a_sketch_that_survives_packing(text: str) -> None:
    found = sketch(text)
    again = Sketch.unpack(found.pack())
    assert (again.count, list(again.hashes)) == (found.count, list(found.hashes))
    assert list(found.hashes) == sorted(set(found.hashes))[:KEPT]
    assert are_alike(found, again) == bool(found.count)
