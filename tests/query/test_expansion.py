"""What the words of a query become, in an index that holds some words and not others."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_vocabulary import index_of, index_of_languages

from searchidx.backends.memory import MemorySearcher
from searchidx.names import AliasTable, shipped
from searchidx.query import loose
from searchidx.query.expansion import FORM_WEIGHT, Expanded, expand_query
from searchidx.query.nodes import (
    Alternative,
    And,
    AnyOf,
    Exact,
    Field,
    Fuzzy,
    MatchNone,
    Near,
    Not,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Query,
    SameParagraph,
    SameSentence,
    Term,
)
from searchidx.query.parser import parse
from searchidx.query.synonyms import shipped_synonyms
from searchidx.ranking.recipe import RECIPE

NAMES = shipped()
SYNONYMS = shipped_synonyms()


def expand(
    query: str, vocabulary: MemorySearcher, *, aliases: AliasTable = NAMES, variants: bool = True
) -> Expanded:
    return expand_query(parse(query).query, vocabulary, aliases, SYNONYMS, variants=variants)


def groups(query: Query) -> Iterator[AnyOf]:
    """Yield the groups of terms in a tree, wherever they stand."""
    match query:
        case AnyOf():
            yield query
        case Phrase(parts) | And(parts) | Or(parts):
            for part in parts:
                yield from groups(part)
        case Near(left, right) | SameSentence(left, right) | SameParagraph(left, right) | Prefer(left, right):
            yield from groups(left)
            yield from groups(right)
        case Not(part) | Field(_, part):
            yield from groups(part)
        case _:
            assert not isinstance(query, Term | Exact | Prefix | Fuzzy), "not expanded"


def searched(query: Query) -> list[list[str]]:
    """Give the terms of each group of a tree."""
    return [[" ".join(a.terms) for a in group.alternatives] for group in groups(query)]


def scored(query: str, texts: list[str], **options: bool) -> list[list[str]]:
    return searched(expand(query, index_of(texts), **options).query)


def strict(query: str, texts: list[str], **options: bool) -> list[list[str]]:
    return searched(expand(query, index_of(texts), **options).all_words)


def added(query: str, vocabulary: MemorySearcher, **options: bool) -> dict[str, list[tuple[str, str]]]:
    expansions = expand(query, vocabulary, **options).expansions
    return {
        expansion.term: [(other.term, other.kind) for other in expansion.added] for expansion in expansions
    }


# ---- forms ----


def test_a_word_is_searched_in_its_forms_that_the_index_holds() -> None:
    texts = ["prisoner of war", "the prisoners came", "imprisoned"]
    [group] = groups(expand("prisoners", index_of(texts)).query)
    assert group.alternatives[:2] == (
        Alternative(("prisoners",)),
        Alternative(("prisoner",), FORM_WEIGHT, "en"),
    )
    assert ["imprisoned"] not in [list(a.terms) for a in group.alternatives]


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("ceasefire", "cease-fire"),
        ("cease-fire", "ceasefire"),
        ("Tu95", "Tu-95"),
        ("A-50", "A50"),
        ("F-16", "F-16s"),
        ("defence", "defense"),
        ("organise", "organization"),
        ("Ciragan", "Çırağan"),
        ("U.S.", "US"),
    ],
)
def test_a_word_written_in_another_way_is_found(asked: str, written: str) -> None:
    expanded = expand(asked, index_of([written]), variants=False)
    for tree in (expanded.query, expanded.all_words):
        assert index_of([written]).search(tree, limit=1, scoring=RECIPE).total == 1


def test_forms_of_a_language_count_in_documents_of_that_language_only() -> None:
    vocabulary = index_of_languages(("art arts", "en"), ("art arten", "de"))
    [group] = groups(expand("art", vocabulary, variants=False).query)
    assert group.alternatives == (
        Alternative(("art",)),
        Alternative(("arten",), FORM_WEIGHT, "de"),
        Alternative(("arts",), FORM_WEIGHT, "en"),
    )


def test_a_code_has_no_forms_and_its_parts_are_not_searched_apart() -> None:
    assert scored("A-50", ["A 50", "A-5"]) == [["a-50"]]
    assert scored("cease-fire", ["cease fire"]) == [["cease-fire", "cease fire"]]


def test_a_word_of_many_parts_is_a_phrase_of_them() -> None:
    assert scored("a1-b1-c1-d1-e1", ["x"]) == [["a1"], ["b1"], ["c1"], ["d1"], ["e1"]]
    assert isinstance(expand("foo.bar", index_of(["x"])).query, Phrase)
    assert scored("foo.bars", ["foo bar"]) == [["foo"], ["bars", "bar"]]


def test_a_part_of_a_word_of_several_terms_brings_no_names() -> None:
    texts = ["Kiev", "kyiv post", "习近平"]
    assert scored("kyiv.post", texts) == [["kyiv"], ["post"], ["kyiv post"]]  # preferred
    assert scored("习近平", [*texts, "Xi Jinping"])[:1] == [["习 近 平", "xi jinping"]]


def test_an_expansion_names_writings_that_differ_in_a_hyphen_but_no_mere_forms() -> None:
    assert added("ceasefire", index_of(["cease-fires", "cease-fire"])) == {
        "ceasefire": [("cease-fire", "fold")]
    }
    assert added("talk", index_of(["talks"])) == {}


# ---- stop words and repeated words ----


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("the talks in Istanbul", ["talks", "istanbul"]),
        ("what didn’t they say", ["say"]),
        ("to be or not to be", ["to", "be", "or", "not"]),
        ("the", ["the"]),
        ("US may strike", ["us", "may", "strike"]),
        ("the =the", ["the"]),
    ],
)
def test_words_that_carry_only_grammar_are_dropped_while_others_remain(query: str, kept: list[str]) -> None:
    expanded = expand(query, index_of(["x"]), variants=False)
    for tree in (expanded.query, expanded.all_words):
        assert list(dict.fromkeys(terms[0] for terms in searched(tree))) == kept


@pytest.mark.parametrize(
    "query", ["the AND talks", "+the talks", '"the talks"', "the OR talks", "the /s talks"]
)
def test_they_are_kept_where_somebody_asks_for_them(query: str) -> None:
    assert ["the"] in scored(query, ["x"])
    assert ["the"] in strict(query, ["x"])


@pytest.mark.parametrize(
    ("query", "boost"), [("talks", 1.0), ("talks talks", 1.5), ("talks talks talks", 1.8)]
)
def test_a_repeated_word_counts_once_with_more_weight(query: str, boost: float) -> None:
    [group] = groups(expand(query, index_of(["talks"])).query)
    assert group.boost == pytest.approx(boost)


# ---- synonyms ----


def test_a_synonym_helps_to_rank_but_is_no_match_for_all_words() -> None:
    texts = ["prisoner swap", "prisoner exchange"]
    expanded = expand("prisoner exchange", index_of(texts))
    assert searched(expanded.query)[1] == ["exchange", "swap"]
    assert searched(expanded.all_words)[1] == ["exchange"]
    found = index_of(texts).search(expanded.query, limit=9, all_words=expanded.all_words, scoring=RECIPE)
    assert [(doc.doc_id, doc.matches_all) for doc in found.docs] == [
        ("prisoner exchange", True),
        ("prisoner swap", False),
    ]


@pytest.mark.parametrize(
    ("query", "has_synonym"),
    [
        ("exchange", True),
        ("exchange prisoner", True),
        ("exchange OR prisoner", True),
        ("title:exchange", True),
        ("exchange since:2025", True),  # a filter does not change how the rest is ranked
        ("prisoner exchange source:x", True),
        ("exchange -prisoner", True),
        ("+prisoner exchange", True),
        ("+exchange prisoner", False),
        ("+exchange", False),
        ("+exchange since:2025", False),
        ("+(exchange prisoner)", False),
        ("+title:exchange", False),
        ("exchange AND prisoner", False),
        ('"exchange prisoner"', False),
        ("exchange /s prisoner", False),
        ("exchange NEAR/5 prisoner", False),
        ("=exchange", False),
        ("exchang*", False),
        ("exchange~", False),
        ("byline:exchange", False),
        ("source:exchange", False),
        ("prisoner -exchange", False),
    ],
)
def test_a_synonym_stands_only_where_a_word_is_wished_for(query: str, *, has_synonym: bool) -> None:
    vocabulary = index_of(["swap exchange prisoner"], meta={"byline": "swap exchange"})
    expanded = expand(query, vocabulary)
    assert any("swap" in terms for terms in searched(expanded.query)) is has_synonym
    assert not any("swap" in terms for terms in searched(expanded.all_words))


def test_a_synonym_is_searched_in_its_forms_and_shown_once() -> None:
    vocabulary = index_of(["swap", "swapped", "swaps"])
    [group] = groups(expand("exchanges", vocabulary).query)
    weights = {a.terms[0]: a.weight for a in group.alternatives}
    assert weights["swap"] == SYNONYMS.weight
    assert weights["swapped"] == pytest.approx(SYNONYMS.weight * FORM_WEIGHT)
    assert added("exchanges", vocabulary) == {"exchanges": [("swap", "synonym")]}
    assert added("exchanges", index_of(["swaps"])) == {"exchanges": [("swaps", "synonym")]}
    assert added("exchanges", index_of(["x"])) == {}


# ---- names ----


@pytest.mark.parametrize("query", ["NOT Kyiv", "talks -Kyiv", 'talks -"in Kyiv"', "talks -(Kyiv OR talks)"])
def test_what_is_left_out_has_forms_but_no_other_names(query: str) -> None:
    assert "kiev" not in {term for terms in scored(query, ["Kyiv Kiev talks"]) for term in terms}


def test_what_is_left_out_has_forms() -> None:
    assert scored("x -talk", ["talks"]) == [["x"], ["talk", "talks"]]


def test_without_variants_there_are_only_forms() -> None:
    texts = ["Kyiv Kiev exchange exchanges swap"]
    assert scored("Kyiv exchange", texts, variants=False) == [["kyiv"], ["exchange", "exchanges"]]
    assert added("Kyiv exchange", index_of(texts), variants=False) == {}


@pytest.mark.parametrize("query", ["=Kyiv", "=kyiv", '="Kyiv"'])
def test_an_exact_word_has_neither_forms_nor_names(query: str) -> None:
    assert scored(query, ["Kyiv Kiev kyivs"]) == [["kyiv"]]
    assert added(query, index_of(["Kyiv Kiev kyivs"])) == {}


def test_an_exact_word_of_nothing_matches_nothing() -> None:
    assert expand_query(Exact("…"), index_of(["x"]), NAMES, SYNONYMS).query == MatchNone()
    assert expand_query(Term("…"), index_of(["x"]), NAMES, SYNONYMS).query == MatchNone()


def test_a_name_in_a_phrase_is_replaced_as_a_whole() -> None:
    texts = ["operation pavutyna", "operation spider web"]
    assert scored('"operation spider’s web"', texts)[-1] == ["pavutyna"]
    assert added('"operation spider’s web"', index_of(texts)) == {"spider’s web": [("pavutyna", "alias")]}
    assert scored('"operation pavutyna"', texts)[-1] == ["pavutyna", "spider web"]


def test_a_form_that_is_also_another_name_counts_once() -> None:
    aliases = AliasTable()
    aliases.read_lines(["drone, drones"], "aliases.txt")
    [group] = groups(expand("drone", index_of(["drones"]), aliases=aliases).query)
    assert group.alternatives == (Alternative(("drone",)), Alternative(("drones",), FORM_WEIGHT))


# ---- fields ----


@pytest.mark.parametrize("name", ["source", "language"])
def test_the_name_of_a_site_or_a_language_is_taken_as_it_is(name: str) -> None:
    vocabulary = index_of(["Kyiv Kiev talks talk"], meta={"source": "Kiev"})
    for query in (f"{name}:Kyiv", f"{name}:talks", f'{name}:"kyiv talks"'):
        expanded = expand(query, vocabulary)
        for tree in (expanded.query, expanded.all_words):
            assert isinstance(tree, Field)
            assert all(len(terms) == 1 for terms in searched(tree))
        assert expanded.expansions == ()


def test_the_words_of_a_site_are_all_asked_for() -> None:
    expanded = expand("source:(kyiv post)", index_of(["x"]))
    assert isinstance(expanded.query, Field)
    assert isinstance(expanded.query.part, Or)
    assert isinstance(expanded.all_words, Field)
    assert isinstance(expanded.all_words.part, And)


@pytest.mark.parametrize("query", ["byline:kie*", "byline:kiew~", "byline:Kyiv"])
def test_terms_of_a_field_are_looked_up_in_that_field(query: str) -> None:
    vocabulary = index_of(["kie"], meta={"byline": "Kiev"})
    tree = expand(query, vocabulary).query
    assert "kiev" in searched(tree)[0]
    assert vocabulary.search(tree, limit=1, scoring=RECIPE).total == 1
    assert "kiev" not in {term for terms in scored(query, ["kiev"]) for term in terms}


def test_terms_of_a_site_are_looked_up_there_too() -> None:
    vocabulary = index_of(["x"], meta={"source": "dniprolamplighter.example"})
    assert vocabulary.search(expand("source:dnipro*", vocabulary).query, limit=1, scoring=RECIPE).total == 1


# ---- prefixes and fuzzy words ----


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tal*", ["talk", "talked", "talks"]),
        ("TÁL*", ["talk", "talked", "talks"]),
        ("tu-9*", ["tu-95"]),
        ("share*", ["share"]),  # also what was cut: in:raw looks there
    ],
)
def test_a_prefix_gives_the_terms_that_begin_so(query: str, expected: list[str]) -> None:
    vocabulary = index_of(["talk talks talked Tu-95 walk"], cut="Share")
    assert searched(expand(query, vocabulary).query) == [expected]


@pytest.mark.parametrize("query", [Prefix("ـــ"), Prefix("xyz"), Fuzzy("ـــ"), Fuzzy("xyzzy")])
def test_where_nothing_begins_so_or_is_near_nothing_matches(query: Query) -> None:
    assert expand_query(query, index_of(["talks on peace"]), NAMES, SYNONYMS).query == MatchNone()


def test_of_too_many_words_the_most_frequent_are_used_and_a_warning_says_so_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loose, "MAX_PREFIX_TERMS", 2)
    vocabulary = index_of(["tale talk", "talk talc", "tall talc"])
    for query in ("tal*", "x -tal*", '"x tal*"', "title:tal*", "tal* tal*"):
        expanded = expand(query, vocabulary)
        assert ["talc", "talk"] in searched(expanded.query)
        assert expanded.warnings == ("tal* matched 4 words; the 2 most frequent are used",)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("istambul~", ["istanbul"]),
        ("istnbul~1", ["istanbul"]),
        ("itsanbul~1", ["istanbul"]),  # two letters swapped
        ("isnbul~1", None),
        ("isnbul~2", ["istanbul"]),
        ("kstanbul~2", None),  # the first letter must be right
        ("tu96~", ["tu95"]),
    ],
)
def test_a_fuzzy_word_gives_terms_that_differ_by_a_letter_or_two(
    query: str, expected: list[str] | None
) -> None:
    tree = expand(query, index_of(["Istanbul Tu95"])).query
    assert (searched(tree)[0] if expected else tree) == (expected or MatchNone())


def test_of_many_similar_terms_the_nearest_and_then_the_commonest_are_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loose, "MAX_FUZZY_TERMS", 2)
    vocabulary = index_of(["taxes", "talis talxx", "talxx tolls"])
    assert searched(expand("talks~2", vocabulary).query) == [["talis", "talxx"]]


def test_only_so_many_fuzzy_words_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loose, "MAX_FUZZY_WORDS", 1)
    vocabulary = index_of(["talks peace"])
    expanded = expand("talkz~ peacx~ -peacz~", vocabulary)
    assert searched(expanded.query) == [["talks"], ["peacx"], ["peacz"]]
    assert expanded.warnings == ("only the first 1 words with ~ are searched loosely",)


# ---- anything ----


@given(st.text("abKyiv -+\"'()~*=:/sp.AND習é", max_size=40) | st.text(max_size=40))
def test_any_query_becomes_a_tree_of_terms_and_adds_only_what_the_index_holds(text: str) -> None:
    vocabulary = index_of(["Kyiv Kiev exchange swap cease-fire 習近平 Xi Jinping"])
    expanded = expand(text, vocabulary)
    list(groups(expanded.query))
    list(groups(expanded.all_words))
    for one in expanded.expansions:
        for other in one.added:
            assert all(vocabulary.doc_frequency("body", term) for term in other.term.split())
            assert 0 < other.weight <= 1
    for tree in (expanded.query, expanded.all_words):
        vocabulary.search(tree, limit=1, scoring=RECIPE)
