"""Which spellings the files made in bulk keep apart."""

import pytest

pytest.importorskip("anyascii", reason="the extra names-data is not installed")

from searchidx.names.generate.likeness import differ_in_consonant, differ_in_vowel


@pytest.mark.parametrize(("one", "other"), [("Tunis", "Tanish"), ("Kulm", "Kilm"), ("Tarsa", "Tirsah")])
def test_a_short_name_with_another_vowel_within_is_another_name(one: str, other: str) -> None:
    assert differ_in_vowel(one, other)
    assert differ_in_vowel(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Herat", "Harat"),  # swapped by romanisations
        ("Sidon", "Sidun"),
        ("Grozna", "Grozni"),  # an ending
        ("Tarsus", "Tirsius"),  # more than one sound
        ("Samarkand", "Simarkand"),  # long enough to stay itself
        ("Kulm", "Kulm"),
    ],
)
def test_other_differences_leave_a_name_what_it_is(one: str, other: str) -> None:
    assert not differ_in_vowel(one, other)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Nara", "Naza", True),
        ("Hasan", "Hassan", False),  # one sound, written twice
        ("Nara", "Nera", False),
        ("Tsubotara", "Tsubokara", False),
        ("Nara", "Narat", False),
    ],
)
def test_a_short_name_with_another_consonant_may_be_another_name(
    one: str, other: str, *, differ: bool
) -> None:
    assert differ_in_consonant(one, other) is differ
