"""How the words of documents are counted for the table of names."""

from hypothesis import given
from hypothesis import strategies as st

from searchidx.analysis import analyze
from searchidx.names.table import small_terms

LETTERS = st.characters(categories=["L", "M", "Nd"]) | st.sampled_from("'’-.") | st.sampled_from("abcxyz")


@given(st.text(alphabet=LETTERS, min_size=1, max_size=12))
def test_words_without_a_capital_are_counted_under_their_own_term(word: str) -> None:
    tokens = analyze(word)
    assert dict(small_terms({word: 2})) == ({tokens[0].term: 2} if len(tokens) == 1 else {})
