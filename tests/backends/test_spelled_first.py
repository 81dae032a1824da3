"""Where nothing but a name is asked for, the spelling that was typed comes first, on every back-end."""

from contextlib import closing

import pytest

from searchidx.analysis import SentenceRules, index_document
from searchidx.backends.base import Backend
from searchidx.names import shipped
from searchidx.query.expansion import expand_query
from searchidx.query.parser import parse
from searchidx.query.synonyms import Synonyms
from searchidx.ranking.recipe import RECIPE
from searchidx.types import CleanDocument

NAMES, FILLER = (
    shipped(),
    "the harbour was closed for a week because of the storm and nobody could leave " * 3,
)


def ranked(backend: Backend, query: str, texts: list[str], *, all_words: bool = False) -> list[str]:
    """Give the texts in the order in which a query finds them."""
    with backend.rebuild() as writer:
        for text in [*texts, *(f"{FILLER} {number}" for number in range(5))]:
            document = CleanDocument(
                doc_id=text, path="a.txt", raw=text, body=text, kind="body", language="en"
            )
            writer.put(index_document(document, SentenceRules()))
    with closing(backend.searcher()) as searcher:
        asked = expand_query(parse(query, all_words=all_words).query, searcher, NAMES, Synonyms())
        top = searcher.search(asked.query, limit=100, all_words=asked.all_words, scoring=RECIPE)
        assert all(doc.matches_all for doc in top.docs)
        return [doc.doc_id for doc in top.docs]


@pytest.mark.parametrize("all_words", [False, True])
@pytest.mark.parametrize(
    ("query", "first", "others"),
    [
        # shorter, and oftener
        ("Kiev", f"we were in Kiev and {FILLER}", ["we saw Kyiv", "we left Kyiv, our Kyiv, the old Kyiv"]),
        ("Kyiv", f"we were in Kyiv and {FILLER}", ["we saw Kiev", "we left Kiev, our Kiev, the old Kiev"]),
        ("Київ", f"we were in Київ and {FILLER}", ["we saw Kiev in Kyiv", "we saw Киев"]),
        # with and without diacritics, and the dotted capital
        ("Çırağan", f"at the Çırağan when {FILLER}", ["at Ciragan", "the Ciragan, oh the Ciragan"]),
        ("Ciragan", f"at the Ciragan when {FILLER}", ["at Çırağan", "the Çırağan, oh the Çırağan"]),
        ("Izmir", "they flew to Izmir today", ["they flew to İzmir today"]),
        ("İzmir", "they flew to İzmir today", ["they flew to Izmir today"]),
        # a name of several words is not counted at each of them
        ("Volodymyr Zelensky", "and Volodymyr Zelensky spoke", ["and Володимир Зеленський spoke"]),
        ("Ayman al-Zawahiri", "and Ayman al-Zawahiri spoke", ["then Ayman az-Zawahiri spoke"]),
        ("Osama bin Laden", "it said Osama bin Laden did", ["said Usama bin Laden did"]),
        ("zelensky", f"we met Zelensky when {FILLER}", ["we met Zelenskiy", "Zelenskyy met Zelenskiy"]),
    ],
)
def test_a_name_as_typed_comes_first(
    backend: Backend, query: str, first: str, others: list[str], *, all_words: bool
) -> None:
    found = ranked(backend, query, [*others, first], all_words=all_words)
    assert found[0] == first
    assert set(found) == {first, *others}


def test_with_other_words_what_an_article_is_about_decides(backend: Backend) -> None:
    about, aside = "drones over Kyiv: the drones of Kyiv", f"drones, said a man in Kiev, where {FILLER}"
    assert ranked(backend, "Kiev drones", [aside, about]) == [about, aside]
