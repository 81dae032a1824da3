"""What is shown of Markdown has no signs, and its marks stand where they stood."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx import Index
from searchidx.markdown import shown, without_signs

MARKED_UP = """# Talks end in Vilnius

The **Lavra Gate** stays *closed*, says [the _city_ hall](https://example.org/a_b_c).

![](/lamp.jpg)
- `gate.open` is __false__
"""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("# Talks end", "Talks end"),
        ("###### Talks #end", "Talks #end"),
        ("####### seven, #tag and a # b", "####### seven, #tag and a # b"),
        ("**bold**, __bold__, ***both***", "bold, bold, both"),
        ("*one* and _one_", "one and one"),
        ("**The first sentence.", "The first sentence."),  # an excerpt ends where a sentence does
        ("and the last.**", "and the last."),
        ("**“Quoted”** (**x**)", "“Quoted” (x)"),
        ("2 * 3 * 4 and 2*3*4 and 5** and A*", "2 * 3 * 4 and 2*3*4 and 5 and A*"),
        ("a_snake_case_name and __init__.py", "a_snake_case_name and init.py"),
        ("[Home](/) | [**News**](/news \"x\")", "Home | [News](/news \"x\")"),
        ("![lamp](/lamp.jpg) a [b] (c)", "lamp a [b] (c)"),
        ("`code`", "code"),
        ("* * *", "* * *"),
        ("-----", "-----"),
        ("Talks end\n=====\n\na == b === c", "Talks end\n\n\na == b === c"),
        ("", ""),
    ],
)  # fmt: skip
def test_signs_are_left_out_and_nothing_else(written: str, read: str) -> None:
    assert without_signs(written)[0] == read


@given(st.text("#*_`[]()! ab\n", max_size=60), st.data())
def test_a_range_holds_what_it_held_without_signs(text: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(ends, ends).map(lambda pair: (min(pair), max(pair)))))
    kept, moved = without_signs(text, spans)
    assert [letter for letter in kept if letter in "ab\n"] == [letter for letter in text if letter in "ab\n"]
    for (start, end), (now, then) in zip(spans, moved, strict=True):
        assert 0 <= now <= then <= len(kept)
        letters = [letter for letter in text[start:end] if letter in "ab\n"]
        assert [letter for letter in kept[now:then] if letter in "ab\n"] == letters


@pytest.mark.parametrize(
    "odd", ["[" * 100_000, "*a" * 50_000, "**" * 50_000, "_a_" * 30_000, "`" * 99_999, "](" * 9_999]
)
def test_hostile_text_takes_no_longer_than_other(odd: str) -> None:
    assert len(without_signs(odd)[0]) <= len(odd)


def test_only_markdown_loses_its_signs() -> None:
    assert shown("**a**", [(2, 3)], "x/y.MD.gz") == ("a", [(0, 1)])
    assert shown("**a**", [(2, 3)], "x/y.md.txt") == ("**a**", [(2, 3)])


def test_the_page_shows_no_signs_and_json_keeps_them(tmp_path: Path) -> None:
    flask = pytest.importorskip("flask")
    from searchidx.flask import SearchIdx
    from searchidx.flask.shared import close_all

    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.md").write_text(MARKED_UP, "utf-8")
    with Index.build(tmp_path / "seeds", tmp_path / "index") as index:
        [hit] = index.search('"Lavra Gate"').hits
        [snippet] = hit.snippets
        assert "**Lavra Gate**" in snippet.text
        assert [snippet.text[a:b] for a, b in snippet.highlights] == ["Lavra Gate"]
    app = flask.Flask(__name__)
    app.config["SEARCHIDX_INDEX"] = str(tmp_path / "index")
    SearchIdx(app, url_prefix="")
    client = app.test_client()
    for address in ("/?q=%22Lavra+Gate%22", "/document?id=a.md&q=%22Lavra+Gate%22"):
        page = client.get(address).get_data(as_text=True)
        assert "Lavra Gate</mark>" in page
        assert "**" not in page
        assert "the city hall." in page
    close_all()
