"""Which tokens a text gives, and that they point at what was written."""

import unicodedata

import pytest
from analysis_texts import any_text, plain_text, plain_words
from hypothesis import example, given
from hypothesis import strategies as st

from searchidx.analysis import Positions, analyze, analyzer, locate, width
from searchidx.analysis.folding import MAX_TERM_CHARS


def terms(text: str) -> list[str]:
    return [token.term for token in analyze(text)]


def words(text: str) -> list[str]:
    return [token.term for token in analyze(text) if token.width == 1]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Zelenskyy said so", "zelenskyy said so"),
        ("A-50", "a a-50 50"),
        ("A‑50 and A‐50", "a a-50 50 and a a-50 50"),  # a hyphen that does not break, a typeset one
        ("Tu95", "tu95"),
        ("Tu-22M3", "tu tu-22m3 22m3"),
        ("a cease-fire holds", "a cease cease-fire fire holds"),
        ("Jean-Marie Le Pen", "jean jean-marie marie le pen"),
        ("a-b-c-d-e", "a b c d e"),  # too long for a word
        ("Moscow–Kyiv—Minsk", "moscow kyiv minsk"),
        ("U.S. and U.N.", "us and un"),
        ("US", "us"),
        ("the U.S.-led talks", "the us led talks"),
        ("at 8 a.m. sharp", "at 8 am sharp"),
        ("Web’s, Web's, Web‘s, Webʼs", "web web web web"),
        ("“Spider’s Web”", "spider web"),
        ("O'Brien’s", "obrien"),
        ("the soldiers’ bodies", "the soldiers bodies"),
        ("don’t", "dont"),
        ("l’accord d’État qu’il", "accord etat quil"),  # too little is left of qu'il
        ("dell’Ucraina", "ucraina"),
        ("8.7 percent, 8,7 Prozent", "8.7 percent 8.7 prozent"),
        ("12,000 or 1,234.5 or 1.234,5", "12000 or 1234.5 or 1234.5"),
        ("1.234.567 and 0,123", "1234567 and 0.123"),
        ("1,2,3", "1.2.3"),
        ("3.5-litre", "3 5 5-litre litre"),
        ("foo_bar/baz@qux", "foo bar baz qux"),
        ("習近平は", "習 近 平 は"),
        ("か\u3099", "が"),
        ("ﾊﾝﾄﾞ", "ハ ン ド"),
        ("習近平A-50", "習 近 平 a a-50 50"),
        ("한국", "한국"),
        ("हिन्दी में", "हिन्दी में"),
        ("ไทยแลนด์", "ไทยแลนด์"),
        ("😀 🇺🇦 …", ""),
        ("", ""),
        (" \n\t", ""),
        ("ـــ", ""),  # nothing but strokes that stretch Arabic words
    ],
)
def test_a_text_gives_these_terms(written: str, expected: str) -> None:
    assert terms(written) == expected.split()


def test_a_compound_stands_at_its_first_part_and_covers_all_of_them() -> None:
    assert [(t.term, t.position, t.start, t.end, t.width) for t in analyze("a hit-and-run case")] == [
        ("a", 0, 0, 1, 1),
        ("hit", 1, 2, 5, 1),
        ("hit-and-run", 1, 2, 13, 3),
        ("and", 2, 6, 9, 1),
        ("run", 3, 10, 13, 1),
        ("case", 4, 14, 18, 1),
    ]


@given(any_text)
@example("A-50’s U.S.-led Tu-22M3, 1.234,5 \ud800ﷺ")
def test_offsets_point_at_what_was_written(text: str) -> None:
    end = 0
    for token in analyze(text):
        if token.width == 1:
            assert end <= token.start < token.end <= len(text)
            end = token.end
        assert not text[token.start].isspace()
        assert not text[token.end - 1].isspace()
        # What stands there, alone, gives the same term.
        assert token.term in terms(text[token.start : token.end])


@given(any_text)
def test_positions_count_the_words_and_a_compound_covers_its_parts(text: str) -> None:
    tokens = analyze(text)
    parts = [token for token in tokens if token.width == 1]
    assert [token.position for token in parts] == list(range(len(parts)))
    for token in tokens:
        assert token.width == width(token.term)
        if token.width > 1:
            covered = parts[token.position : token.position + token.width]
            assert token.term == "-".join(part.term for part in covered)
            assert (token.start, token.end) == (covered[0].start, covered[-1].end)


@given(any_text)
def test_no_term_is_empty_or_long_or_holds_white_space_or_control_characters(text: str) -> None:
    for term in terms(text):
        for part in term.split("-"):
            assert 0 < len(part) <= MAX_TERM_CHARS
        assert not any(c.isspace() or unicodedata.category(c) in ("Cc", "Cs") for c in term)


@given(any_text)
@example("1.234,567 ŉ ำ か\u3099 ㊀ １２．５")
def test_a_term_analysed_again_is_itself(text: str) -> None:
    for token in analyze(unicodedata.normalize("NFKC", text)):
        again = analyze(token.term)
        if token.width == 1:
            assert [t.term for t in again] == [token.term]
        else:
            assert token.term in [t.term for t in again if t.width == token.width]


@given(any_text)
def test_positions_agree_with_analyze(text: str) -> None:
    expected: dict[str, list[int]] = {}
    for token in analyze(text):
        expected.setdefault(token.term, []).append(token.position)
    positions = Positions()
    positions.add(text)
    assert {term: at for term, at in positions.terms.items() if term > "\x1f"} == expected
    assert positions.length == sum(token.width == 1 for token in analyze(text))


@given(st.lists(any_text, max_size=5), st.sampled_from([" ", "\n", "\u00a0", "\n \n"]))
def test_a_text_may_be_fed_piece_by_piece(pieces: list[str], space: str) -> None:
    whole, fed = Positions(), Positions()
    whole.add(space.join(pieces))
    for piece in pieces:
        fed.add(piece)
    assert (fed.terms, fed.length) == (whole.terms, whole.length)


@given(any_text)
def test_locate_agrees_with_analyze(text: str) -> None:
    tokens = analyze(text)
    wanted = {token.term for token in tokens[::2]}
    found, places = locate(text, wanted)
    spans = {token.position: (token.start, token.end) for token in tokens if token.width == 1}
    assert found == {term: [token.position for token in tokens if token.term == term] for term in wanted}
    for token in tokens:
        if token.term in wanted:
            for position in range(token.position, token.position + token.width):
                assert places[position] == spans[position]


@given(plain_text)
@example("が l’été Çırağan İSTANBUL й ї")
def test_composed_and_decomposed_text_gives_the_same_terms(text: str) -> None:
    expected = terms(unicodedata.normalize("NFC", text))
    assert terms(unicodedata.normalize("NFD", text)) == expected
    assert terms(unicodedata.normalize("NFKC", text)) == expected


@given(st.text(st.characters(categories=["L", "N"], exclude_characters="ŉ"), max_size=20))
@example("ﬁnal")
@example("Ｋｙｉｖ")
@example("ﾊﾝﾄﾞ")
def test_letters_of_older_encodings_are_the_letters_they_stand_for(text: str) -> None:
    expected = words(unicodedata.normalize("NFKC", text))
    if "".join(expected).isalnum() and all(len(word) < MAX_TERM_CHARS for word in expected):
        assert "".join(words(text)) == "".join(expected)


@given(plain_words)
@example("Diyarbakır ılık IŞIK İzmir")
@example("ΟΔΟΣ οδος οδοσ")
@example("Straße STRASSE ẞ")
def test_case_does_not_matter(text: str) -> None:
    expected = terms(text)
    assert terms(text.upper()) == expected
    assert terms(text.lower()) == expected
    assert terms(text.casefold()) == expected


@pytest.mark.parametrize(
    "text",
    [
        "\ud800\udfff",
        "a\ud800b",
        "x" * 10_000,
        "é" * 10_000,
        "a" + "\u0301" * 1_000 + "b",
        "1" * 10_000 + ".5",
        "1.2" * 5_000,
        "a-" * 10_000,
        "a'" * 10_000,
        "ﷺ" * 1_000,
        "ＫＹＩＶ" * 1_000,
        "👩‍👩‍👧‍👦" * 1_000,
        "שלום" * 1_000,
        "\u202e" * 1_000 + "abc",
        "習" * 10_000,
        "\x00\x01\x02",
    ],
)
def test_nothing_that_can_be_written_raises(text: str) -> None:
    positions = Positions()
    positions.add(text)
    assert positions.length == sum(token.width == 1 for token in analyze(text))


def test_the_memo_is_bounded_and_a_full_one_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyzer, "MEMO_CHUNKS", 10)
    monkeypatch.setattr(analyzer, "_memo", {})
    text = " ".join(f"word{n} Tu-{n}" for n in range(100))
    first = analyze(text)
    assert len(analyzer._memo) <= 10
    assert analyze(text) == first
    positions = Positions()
    positions.add(text)
    assert positions.length == 300


def test_a_long_chunk_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyzer, "_memo", {})
    analyze("x" * (analyzer.MAX_MEMO_CHARS + 1) + " short")
    assert list(analyzer._memo) == ["short"]
