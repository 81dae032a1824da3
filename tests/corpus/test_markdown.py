"""What is lifted out of the front matter of a Markdown file."""

import pytest

from searchidx.corpus import parse
from searchidx.types import Document, Skipped


def document(text: str) -> Document:
    [item] = parse(text.encode(), path="a.md", file_format="md")
    assert isinstance(item, Document), item
    return item


FULL = """---
title: "Talks: day 2"
Date: 2025-06-02 10:15:00 +0300
author: 'A. Writer'
source: The Example
url: https://news.example/talks
lang: en
# a remark
categories: [war, peace]
tags:
- talks
  - "istanbul"
nested:
  key: value
---
# Talks

They met.
"""


def test_front_matter_becomes_fields() -> None:
    assert document(FULL) == Document(
        doc_id="a.md",
        path="a.md",
        content="# Talks\n\nThey met.\n",
        kind="text",
        title="Talks: day 2",
        published="2025-06-02T10:15:00+03:00",
        byline=("A. Writer",),
        source="The Example",
        url="https://news.example/talks",
        language="en",
        meta={"categories": ["war", "peace"], "tags": ["talks", "istanbul"], "nested": []},
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("authors: [A. Writer, 'B. Writer']", ("A. Writer", "B. Writer")),
        ("authors:\n  - A. Writer\n  - B. Writer", ("A. Writer", "B. Writer")),
        ("byline: A. Writer and B. Writer", ("A. Writer and B. Writer",)),
        ("author: ''", ()),
    ],
)
def test_authors_may_be_written_in_several_ways(written: str, expected: tuple[str, ...]) -> None:
    assert document(f"---\n{written}\n---\nThey met.").byline == expected


def test_a_date_that_can_not_be_read_is_kept_aside() -> None:
    found = document("---\ndate: last Monday\n---\nThey met.")
    assert (found.published, found.meta) == (None, {"published_unreadable": "last Monday"})


@pytest.mark.parametrize(
    "text",
    [
        "They met.\n",
        "---\nThey met.\n---\nAnd left.\n",
        "---\ntitle: never closed\n",
        "\n---\ntitle: not at the top\n---\n",
        "---\ntitle: too far" + "\n" * 20_000 + "---\n",
        "----\ntitle: a line drawn\n----\n",
    ],
)
def test_what_is_no_front_matter_stays_in_the_text(text: str) -> None:
    found = document(text)
    assert (found.content, found.title, found.meta) == (text, "", {})


def test_front_matter_alone_is_a_document_if_it_has_a_title() -> None:
    found = document("---\ntitle: Talks\n...")
    assert (found.title, found.content) == ("Talks", "")
    [item] = parse(b"---\nsource: The Example\n---\n\n", path="a.md", file_format="md")
    assert isinstance(item, Skipped)


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("[Home](/) [News](/news)\n\nTalks end in *Vilnius*\n=====\n\n# Later\n", "Talks end in Vilnius"),
        ("# Talks end\n\nUnderlined\n===\n", "Talks end"),
        ("Talks end\n==\n", ""),
        ("\n=====\nTalks end\n", ""),
        ("Talks end ===\n", ""),
    ],
)
def test_the_first_heading_of_the_first_level_is_the_title(content: str, title: str) -> None:
    assert document(content).title == title
