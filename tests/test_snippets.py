"""Excerpts show what matched, where it stands, and nothing else."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchidx.analysis import Positions, SentenceRules, stem_language
from searchidx.backends.matching import matches
from searchidx.query.nodes import (
    Alternative,
    And,
    AnyOf,
    Field,
    MatchAll,
    Near,
    Not,
    Or,
    Phrase,
    Prefer,
    Query,
    SameParagraph,
    SameSentence,
)
from searchidx.snippets import MAX_CHARS, make_snippets, marks_in
from searchidx.types import CleanDocument, Removed, Snippet, Span

RULES = SentenceRules()


def a(*spellings: str) -> AnyOf:
    """Ask for any of some spellings; one of several words has blanks."""
    return AnyOf(tuple(Alternative(tuple(spelling.split())) for spelling in spellings))


def document(*stretches: str, title: str = "", language: str | None = None) -> CleanDocument:
    """Make a document of which every other stretch was cut."""
    removed, at = [], 0
    for number, stretch in enumerate(stretches):
        if number % 2 and stretch:
            removed.append(Removed(start=at, end=at + len(stretch), rule="test"))
        at += len(stretch)
    return CleanDocument(
        doc_id="a",
        path="a.txt",
        raw="".join(stretches),
        body="".join(stretches[::2]),
        kind="text",
        removed=tuple(removed),
        title=title,
        language=language,
    )


def shown(snippets: Sequence[Snippet]) -> list[str]:
    """Give the texts of snippets with brackets around what is highlighted."""
    return [marked(snippet.text, snippet.highlights) for snippet in snippets]


def marked(text: str, spans: Sequence[Span]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


# ---- by hand ---------------------------------------------------------------------------------------------

TALKS, SWAP, FOX = a("talks"), a("swap"), a("fox")
FILLER = "Nothing of the kind was said by anybody who was there at that time. "


@pytest.mark.parametrize(
    ("query", "body", "expected"),
    [
        (TALKS, "The Talks’ end. More talks.", ["The [Talks]’ end. More [talks]."]),
        (a("cease-fire", "ceasefire"), "A ceasefire, a cease-fire.", ["A [ceasefire], a [cease-fire]."]),
        (a("çırağan", "ciragan"), "In Çırağan Palace", ["In [Çırağan] Palace"]),
        (Phrase((TALKS, SWAP)), "Talks, swap. The talks swap.", ["[Talks, swap]. The [talks swap]."]),
        (Phrase((TALKS, SWAP)), "Swap the talks", ["Swap the talks"]),
        (Phrase((TALKS, SWAP)), "One of the talks.\nSwap it.", ["One of the [talks.\nSwap]"]),
        (Near(TALKS, SWAP, 2), "talks or swap, no other talks", ["[talks] or [swap], no other talks"]),
        (SameSentence(TALKS, SWAP), "Talks. A swap. Swap talks.", ["Talks. A swap. [Swap] [talks]."]),
        (SameParagraph(TALKS, SWAP), "Talks.\n\nA swap.\n\nSwap. Talks.", ["[Swap]. [Talks]."]),
        (And((TALKS, Not(SWAP))), "talks, swap", ["[talks], swap"]),
        (Prefer(TALKS, SWAP), "talks, swap", ["[talks], [swap]"]),
        (Or((a("the talks"), TALKS)), "the talks", ["[the talks]"]),
        (Field("title", TALKS), "talks", ["talks"]),
        (Field("raw", TALKS), "talks", ["[talks]"]),
        (MatchAll(), "One. Two.", ["One. Two."]),
        (TALKS, "", []),
        (TALKS, " \n ", []),
        (TALKS, "\n\n Nothing here.\n\nNor here.", ["Nothing here."]),
        (AnyOf((Alternative(("talks",), 1.0, "de"),)), "talks", ["talks"]),
        (AnyOf((Alternative(("talks",), 1.0, "en"),)), "talks", ["[talks]"]),
    ],
)
def test_what_matched_is_highlighted(query: Query, body: str, expected: list[str]) -> None:
    snippets, _ = make_snippets(document(body), query, RULES)
    assert shown(snippets) == expected


def test_the_title_has_its_own_highlights() -> None:
    snippets, title = make_snippets(
        document("Fox stayed.", title="The talks, the fox"), Or((TALKS, FOX)), RULES
    )
    assert marked("The talks, the fox", title) == "The [talks], the [fox]"
    assert shown(snippets) == ["[Fox] stayed."]


def test_a_headline_that_the_body_repeats_is_not_shown_where_there_is_more() -> None:
    query, title = Or((TALKS, FOX)), "Talks with the fox"
    for body, expected in (
        (f"{title}\n\nThe talks.", ["The [talks]."]),
        (f"\n\n# {title}\n\nThe talks.", ["The [talks]."]),
        (title, ["[Talks] with the [fox]"]),
    ):
        assert shown(make_snippets(document(body, title=title), query, RULES)[0]) == expected


def test_windows_with_more_of_the_query_are_chosen_and_stand_in_the_order_of_the_text() -> None:
    paragraphs = [
        "Only talks here.",
        FILLER,
        "A swap.",
        "Talks and a swap.",
        FILLER,
        "The fox, talks, a swap.",
    ]
    query = Or((TALKS, SWAP, FOX))
    snippets, _ = make_snippets(document("\n\n".join(paragraphs)), query, RULES, limit=2)
    assert shown(snippets) == ["[Talks] and a [swap].", "The [fox], [talks], a [swap]."]
    assert [snippet.start for snippet in snippets] == sorted(snippet.start for snippet in snippets)


def test_of_a_long_sentence_the_part_around_the_first_match_is_shown() -> None:
    words = ["word"] * 200
    words[100] = "talks"
    [snippet] = make_snippets(document(" ".join(words) + "."), TALKS, RULES)[0]
    assert len(snippet.text) <= MAX_CHARS
    assert set(snippet.text.split()) == {"word", "talks"}  # whole words
    assert 0 < snippet.text.index("talks") < MAX_CHARS / 2
    assert snippet.highlights


def test_one_endless_word_is_cut() -> None:
    for text in ("x" * 5_000, "talks" + "x" * 5_000, "talks " + "x" * 5_000, "x" * 5_000 + " talks"):
        [snippet] = make_snippets(document(text), TALKS, RULES)[0]
        assert len(snippet.text) <= MAX_CHARS
        assert bool(snippet.highlights) == ("talks" in text.split())


# ---- what was cut ------------------------------------------------------------------------------------------


def test_a_match_in_text_that_was_cut_is_shown_from_the_raw_text_if_asked_for() -> None:
    cut = document("Before.\n", "Share these talks\n", "Middle.\n", "Advertisement: fox, talks\n", "After.\n")
    [snippet] = make_snippets(cut, Field("raw", TALKS), RULES)[0]
    assert (snippet.raw, shown([snippet])) == (True, ["Share these [talks]"])
    assert cut.raw[snippet.start :].startswith(snippet.text)
    [other] = make_snippets(cut, Field("raw", FOX), RULES)[0]
    assert (other.raw, shown([other])) == (True, ["Advertisement: [fox], talks"])
    assert cut.raw[other.start :].startswith(other.text)
    [lead] = make_snippets(cut, FOX, RULES)[0]
    assert (lead.raw, shown([lead])) == (False, ["Before."])


def test_a_match_in_the_body_goes_before_one_in_what_was_cut() -> None:
    [snippet] = make_snippets(document("The talks.\n", "Share these talks\n"), Field("raw", TALKS), RULES)[0]
    assert (snippet.raw, shown([snippet])) == (False, ["The [talks]."])


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_of_a_phrase_over_two_cuts_the_first_part_is_shown(end: str) -> None:
    cut = document("", f"Share the talks{end}", "Body.\n", f"swap now{end}")
    [snippet] = make_snippets(cut, Field("raw", Phrase((TALKS, SWAP))), RULES)[0]
    assert (snippet.start, shown([snippet])) == (0, ["Share the [talks]"])
    [snippet] = make_snippets(cut, Field("raw", SWAP), RULES)[0]
    assert (snippet.start, shown([snippet])) == (cut.raw.index("swap"), ["[swap] now"])


def test_a_long_phrase_is_not_cut_off() -> None:
    words = [f"someword{number}" for number in range(28)]
    phrase = Phrase(tuple(map(a, words)))
    text = FILLER.strip(". ") * 3 + " " + " ".join(words) + ". " + FILLER * 5
    [snippet] = make_snippets(document(text), phrase, RULES)[0]
    [(start, end)] = snippet.highlights
    assert snippet.text[start:end] == " ".join(words)


# ---- for any text ------------------------------------------------------------------------------------------

_WORDS = (
    "talks",
    "Talks",
    "swap",
    "cease-fire",
    "ceasefire",
    "Çırağan",
    "the",
    "of",
    "文",
    "U.S.",
    "fox’s",
    "word" * 3,
)
_ENDS = (" ", " ", " ", " ", ", ", ". ", "! ", ".\n", "\n\n", "\n", "\u2028", "\t")
_pieces = st.sampled_from([word + end for word in _WORDS for end in _ENDS])
bodies = st.lists(_pieces, max_size=12).map("".join) | st.lists(_pieces, min_size=40, max_size=120).map(
    "".join
)
documents = st.builds(
    document,
    bodies,
    bodies,
    bodies,
    title=bodies.map(lambda text: text[:60]),
    language=st.sampled_from((None, "de")),
)
groups = st.lists(
    st.sampled_from(
        ("talks", "swap", "cease-fire", "ceasefire", "cease fire", "ciragan", "fox", "文", "us", "the talks")
    ),
    min_size=1,
    max_size=3,
).map(lambda spellings: a(*spellings))
phrases = st.lists(groups, min_size=1, max_size=3).map(lambda parts: Phrase(tuple(parts)))
places = groups | phrases
pairs = st.one_of(
    st.builds(node, places, places) for node in (Near, SameSentence, SameParagraph, lambda x, y: Or((x, y)))
)
queries = st.one_of(
    places, pairs, st.builds(Field, st.sampled_from(("raw", "title")), pairs), st.builds(Not, places)
)


def spelt(query: Query) -> Iterator[Query]:
    """Yield the words and phrases of a query."""
    match query:
        case AnyOf() | Phrase():
            yield query
        case Near(left=left, right=right) | SameSentence(left, right) | SameParagraph(left, right):
            yield from spelt(left)
            yield from spelt(right)
        case Or(parts=parts):
            for part in parts:
                yield from spelt(part)
        case Field(part=part):
            yield from spelt(part)
        case _:
            return


def reads_as(text: str, query: Query) -> bool:
    """Tell whether a text by itself holds a word or phrase of a query."""
    positions = Positions()
    positions.add(text)
    return any(matches(part, lambda term, _: positions.terms.get(term, ())) for part in spelt(query))


@settings(max_examples=80)
@given(document=documents, query=queries, limit=st.integers(1, 4))
def test_snippets_are_excerpts_and_highlights_are_matches(
    document: CleanDocument, query: Query, limit: int
) -> None:
    snippets, title = make_snippets(document, query, RULES, limit=limit)
    assert len(snippets) <= limit
    end = 0
    for snippet in snippets:
        whole = document.raw if snippet.raw else document.body
        assert (
            whole[snippet.start : snippet.start + len(snippet.text)] == snippet.text == snippet.text.strip()
        )
        assert snippet.start >= end
        assert 0 < len(snippet.text) <= MAX_CHARS
        end = snippet.start + len(snippet.text)
        assert_apart(snippet.text, snippet.highlights)
        for start, stop in snippet.highlights:
            assert reads_as(snippet.text[start:stop], query)
    assert_apart(document.title, title)
    for start, stop in title:
        assert reads_as(document.title[start:stop], query)


def assert_apart(text: str, highlights: Sequence[Span]) -> None:
    end = 0
    for start, stop in highlights:
        assert end <= start < stop <= len(text)
        end = stop


@settings(max_examples=80)
@given(document=documents, query=queries)
def test_where_something_matched_something_is_highlighted(document: CleanDocument, query: Query) -> None:
    language = stem_language(document.language)
    snippets, _ = make_snippets(document, query, RULES)
    if marks_in(document.body, query, "body", RULES, language=language):
        assert all(snippet.highlights for snippet in snippets)
        assert snippets
    else:
        assert not any(snippet.highlights for snippet in snippets if not snippet.raw)
        assert bool(snippets) == bool(document.body.strip()) or snippets[0].raw
