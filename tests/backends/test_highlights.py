"""What is highlighted is what matched: read again by itself, every mark answers the query that was typed.

Random articles and random typed queries in every form of the language, on every back-end. The oracle
analyses whole texts and finds matches in them; the program looks up a few terms.
"""

import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

import pytest
from random_cases import RULES, Dice

from searchidx.analysis import Positions, analyze, body_positions, index_document, stem_language
from searchidx.backends import Backend
from searchidx.backends.matching import Lookup, matches
from searchidx.names import shipped
from searchidx.query.expansion import expand_query
from searchidx.query.nodes import (
    Alternative,
    And,
    AnyOf,
    Field,
    MatchNone,
    Near,
    Or,
    Phrase,
    Prefer,
    Query,
    SameParagraph,
    SameSentence,
)
from searchidx.query.parser import parse
from searchidx.query.synonyms import shipped_synonyms
from searchidx.ranking.recipe import RECIPE
from searchidx.snippets import joined, make_snippets, marks_in
from searchidx.types import CleanDocument, Removed, Snippet, Span

COLLECTIONS, QUERIES, BYTES = 25, 25, 1_600

_WORDS = (
    """
    talks|talk|talking|exchange|swap|prisoner|prisoners|cease-fire|ceasefire|fire|Kyiv|Kiev|Київ|Kyiv’s|Zelenskyy
    Zelenskiy|Зеленский|Spiderweb|Spider’s Web|перемирие|перемирия|Çırağan|Ciragan|Tu-95|12,000|U.S.|l’art|art
    文字|of|the
""".strip()
    .replace("\n    ", "|")
    .split("|")
)
_ENDS = (" ", " ", " ", " ", " ", " ", ", ", ". ", ".\n", "\n\n", "! ", " — ", "/", "…")
_TYPED = (
    """
    talks|talk|exchange|prisoner|ceasefire|cease-fire|fire|Kiev|Zelensky|зеленський|перемирие|ciragan|Tu95|Tu-95
    12000|US|art|文|lacking|Spiderweb|of|the
""".strip()
    .replace("\n    ", "|")
    .split("|")
)
_LANGUAGES = (None, "en", "ru", "uk", "de")


def random_article(dice: Dice, name: str) -> CleanDocument:
    """Make an article of which the second of three stretches was cut."""
    stretches = [_text(dice, 25), _text(dice, 4), _text(dice, 25)]
    end = len(stretches[0]) + len(stretches[1])
    cut = Removed(start=len(stretches[0]), end=end, rule="random")
    return CleanDocument(
        doc_id=name,
        path=name,
        raw="".join(stretches),
        body=stretches[0] + stretches[2],
        kind="text",
        removed=(cut,) if stretches[1] else (),
        title=_text(dice, 5),
        language=dice.one_of(_LANGUAGES),
        published=dice.one_of((None, "2025-06-02")),
    )


def _text(dice: Dice, most: int) -> str:
    return "".join(dice.some(lambda dice: dice.one_of(_WORDS) + dice.one_of(_ENDS), most=most))


# ---- what is typed -----------------------------------------------------------------------------------


def typed_word(dice: Dice) -> str:
    word = dice.one_of(_TYPED)
    match dice.up_to(7):
        case 1:
            return f"={word}"
        case 2:
            return f"{word[:3]}*"
        case 3:
            return f"{word}~"
        case _:
            return word


def typed_place(dice: Dice, depth: int = 0) -> str:
    """Type what has a place in a text."""
    match dice.up_to(7 if depth < 2 else 2):
        case 3 | 4:
            return f'"{" ".join(dice.some(typed_word, least=2, most=3))}"'
        case 5:
            return f"({typed_place(dice, depth + 1)} OR {typed_place(dice, depth + 1)})"
        case 6:
            sides = typed_place(dice, depth + 1), typed_place(dice, depth + 1)
            return f"({sides[0]} {dice.one_of(('NEAR/3', 'NEAR', '/s', '/p'))} {sides[1]})"
        case _:
            return typed_word(dice)


def typed_query(dice: Dice) -> str:
    parts = []
    for place in dice.some(typed_place, least=1, most=3):
        signs = (
            "",
            "",
            "",
            "+",
            "-",
            "NOT ",
            "title:",
            "in:raw ",
            "in:raw ",
            "since:2025-06 ",
            "language:en ",
        )
        parts.append(dice.one_of(signs) + place)
    return dice.one_of((" ", " ", " AND ", " OR ")).join(parts)


# ---- the oracle --------------------------------------------------------------------------------------


def positive(query: Query, field: str, fields: Sequence[str] = ("title", "body")) -> Iterator[Query]:
    """Yield the parts that a document may match in a field; nothing of what it must not hold."""
    match query:
        case AnyOf() | Phrase() | Near() | SameSentence() | SameParagraph():
            if field in fields:
                yield query
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from positive(part, field, fields)
        case Prefer(must=must, should=should):
            yield from positive(must, field, fields)
            yield from positive(should, field, fields)
        case Field(name=name, part=part):
            yield from positive(part, field, ("title", "body", "raw") if name == "raw" else (name,))
        case _:
            return


def units(query: Query) -> Iterator[Query]:
    """Yield what is one mark: a word with all its spellings, or a phrase as a whole."""
    match query:
        case AnyOf() | Phrase():
            yield query
        case Near(left=left, right=right) | SameSentence(left, right) | SameParagraph(left, right):
            yield from units(left)
            yield from units(right)
        case Or(parts=parts):
            for part in parts:
                yield from units(part)
        case _:
            assert query == MatchNone()


def lookup_in(positions: Positions, document: CleanDocument) -> Lookup:
    spoken = stem_language(document.language)

    def lookup(term: str, language: str) -> Sequence[int]:
        return positions.terms.get(term, ()) if language in ("", spoken) else ()

    return lookup


def is_answer(text: str, parts: Sequence[Query], document: CleanDocument) -> bool:
    """Tell whether a text, by itself, is made of whole words and phrases of a query."""
    positions = Positions()
    positions.add(text)
    lookup = lookup_in(positions, document)
    covered: set[int] = set()
    for part in parts:
        for unit in units(part):
            for match in matches(unit, lookup):
                covered.update(range(match.start, match.end))
    return bool(positions.length) and covered == set(range(positions.length))


def expected_marks(
    text: str, parts: Sequence[Query], positions: Positions, document: CleanDocument
) -> tuple[Span, ...]:
    """Give what must be marked in a text."""
    places = {token.position: (token.start, token.end) for token in analyze(text) if token.width == 1}
    lookup = lookup_in(positions, document)
    spans = [
        (places[start][0], places[end - 1][1])
        for part in parts
        for match in matches(part, lookup)
        for start, end in match.marks
    ]
    return joined(spans)


# ---- the property ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_highlight_reads_as_a_match_and_every_match_is_highlighted(
    rivals: Callable[[], tuple[Backend, Backend]],
) -> None:
    seen: Counter[str] = Counter()
    chance = random.Random(20)
    for _ in range(COLLECTIONS):
        dice = Dice(chance.randbytes(BYTES))
        articles = [random_article(dice, str(number)) for number in range(4)]
        queries = [typed_query(dice) for _ in range(QUERIES)]
        backends = rivals()
        for backend in backends:
            with backend.rebuild() as writer:
                for article in articles:
                    writer.put(index_document(article, RULES))
        for query in queries:
            shown = [answers_of(backend, query, seen) for backend in backends]
            assert shown[0] == shown[1], query
    assert min(seen[kind] for kind in ("body", "title", "raw", "none", "phrase")) > 10, seen


def answers_of(backend: Backend, query: str, seen: Counter[str]) -> object:
    """Ask a back-end, look at all that is highlighted, and give it back."""
    parsed = parse(query)
    assert parse(parsed.interpreted).query == parsed.query
    with closing(backend.searcher()) as searcher:
        expanded = expand_query(parsed.query, searcher, shipped(), shipped_synonyms())
        top = searcher.search(expanded.query, limit=100, all_words=expanded.all_words, scoring=RECIPE)
        documents = searcher.fetch([doc.doc_id for doc in top.docs])
        given = [make_snippets(document, expanded.query, RULES, limit=50) for document in documents]
    for document, (snippets, title) in zip(documents, given, strict=True):
        check_title(document, expanded.query, title, seen)
        check_body(document, expanded.query, snippets, seen)
    return [(document.doc_id, *shown) for document, shown in zip(documents, given, strict=True)]


def check_title(document: CleanDocument, query: Query, marks: Sequence[Span], seen: Counter[str]) -> None:
    parts = list(positive(query, "title"))
    positions = Positions()
    positions.add(document.title)
    assert marks == expected_marks(document.title, parts, positions, document)
    for start, end in marks:
        seen["title"] += 1
        assert is_answer(document.title[start:end], parts, document)


def check_body(
    document: CleanDocument, query: Query, snippets: Sequence[Snippet], seen: Counter[str]
) -> None:
    parts = list(positive(query, "body"))
    expected = expected_marks(document.body, parts, body_positions(document.body, RULES), document)
    language = stem_language(document.language)
    marks = marks_in(document.body, query, "body", RULES, language=language)
    assert joined([(mark.start, mark.end) for mark in marks]) == expected  # as ``show`` marks a document
    raw_parts = list(positive(query, "raw"))
    for snippet in snippets:
        whole = document.raw if snippet.raw else document.body
        assert whole[snippet.start : snippet.start + len(snippet.text)] == snippet.text
        for start, end in snippet.highlights:
            text = snippet.text[start:end]
            if snippet.raw:
                seen["raw"] += 1
                assert is_answer(text, raw_parts, document)
                continue
            seen["phrase" if len(analyze(text)) > 1 else "body"] += 1
            assert is_answer(text, parts, document), text
            at = bisect_left(expected, (snippet.start + start, snippet.start + end))
            assert expected[at] == (snippet.start + start, snippet.start + end)
    seen["none"] += not expected
    if expected:
        assert any(snippet.highlights and not snippet.raw for snippet in snippets)
    else:
        assert not any(snippet.highlights for snippet in snippets if not snippet.raw)


def test_the_oracle_refuses_a_lone_word_of_a_phrase() -> None:
    document = CleanDocument(doc_id="a", path="a", raw="", body="", kind="text")
    talks, fire = (AnyOf((Alternative((word,)),)) for word in ("talks", "fire"))
    assert is_answer("talks fire", [Phrase((talks, fire))], document)
    assert not is_answer("talks", [Phrase((talks, fire))], document)
    assert not is_answer("the talks", [talks], document)
    assert not is_answer("", [talks], document)
