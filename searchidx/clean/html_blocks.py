"""Cut the tree of a page into blocks of text: what a reader would call a paragraph, an item, a heading.

In: a tree of lxml. Out: ``Block``s in the order of the page, each in the ``Box`` (the element) that
holds it. The tree is walked once, without recursion; nothing is judged here.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree

Tree = Any  # an element of lxml, which comes without types

SILENT = frozenset({
    "script", "style", "noscript", "template", "svg", "head", "iframe", "select", "textarea", "object",
    "audio", "video", "canvas", "math", "map", "datalist", "input", "progress", "meter", "embed",
})  # fmt: skip
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "mark", "q", "ruby", "rt", "rp", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr", "nobr", "label", "img", "picture", "source", "center",
})  # fmt: skip
CELLS = frozenset({"td", "th"})  # a row of a table is one block, unless its cells hold paragraphs
STRONG = frozenset({"b", "strong"})
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
NAME_WORD = re.compile(r"[a-z]{2,20}")
NAME_CHARS = 200  # of a class attribute; generated ones may be endless


@dataclass(slots=True, eq=False)
class Box:
    """An element that is no mere part of a line, with what it was called."""

    tag: str
    parent: "Box | None"
    depth: int
    names: tuple[str, ...]  # the words of its class and id
    is_hidden: bool
    blocks: int = 0  # directly in it
    mass: float = 0.0  # of running text directly in it …
    mass_inside: float = 0.0  # … and however deep
    chars: int = 0
    link_chars: int = 0
    far: int = 0  # families of the names of it and of all around
    holders: int = 0  # kinds of elements that it and those around are
    to_best: int | None = None  # levels to the best box: up to a common one, and down again
    home: "Box | None" = None  # the outermost article element around
    facts: list[float] | None = field(default=None, repr=False)

    @property
    def signature(self) -> tuple[str, tuple[str, ...]]:
        """Tell the kind of box: siblings in a list of teasers share it."""
        return self.tag, self.names


@dataclass(slots=True, eq=False)
class Block:
    """A run of text between two ends of boxes."""

    text: str
    box: Box
    link_chars: int
    links: int
    strong_chars: int
    has_time: bool


def cut_blocks(tree: Tree) -> list[Block]:
    """Give the blocks of a page that hold a letter or a digit."""
    return _Cutter().cut(tree)


class _Cutter:
    """The state of one walk."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.box = Box("", None, 0, (), False)
        self.pieces: list[str] = []
        self.link = self.links = self.strong = self.in_link = self.in_strong = 0
        self.breaks = 0
        self.has_time = False

    def cut(self, tree: Tree) -> list[Block]:
        """Walk the tree."""
        walk = etree.iterwalk(tree, events=("start", "end"))
        for event, node in walk:
            tag = node.tag
            if event == "start":
                if not isinstance(tag, str) or tag in SILENT:
                    walk.skip_subtree()
                    continue
                self._enter(tag, node)
                if node.text:
                    self._add(node.text)
            else:
                if isinstance(tag, str) and tag not in SILENT:
                    self._leave(tag)
                if node.tail:
                    self._add(node.tail)
        self._flush()
        return self.blocks

    def _enter(self, tag: str, node: Tree) -> None:
        if tag == "br":
            self.breaks += 1
            if self.breaks > 1:
                self._flush()
            else:
                self.pieces.append("\n")
        elif tag == "a":
            self.in_link += 1
            self.links += 1
        elif tag in CELLS:
            if self.pieces and not self.pieces[-1].isspace():
                self.pieces.append(" | ")
        elif tag in INLINE or "-" in tag:
            self.in_strong += tag in STRONG
            self.has_time |= tag == "time"
        else:
            self._flush()
            parent = self.box
            self.box = Box(tag, parent, parent.depth + 1, _names(node), parent.is_hidden or _is_hidden(node))

    def _leave(self, tag: str) -> None:
        if tag == "a":
            self.in_link -= 1
        elif tag == "br" or tag in CELLS:
            pass
        elif tag in INLINE or "-" in tag:
            self.in_strong -= tag in STRONG
        else:
            self._flush()
            if self.box.parent is not None:
                self.box = self.box.parent

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        if not text.isspace():
            self.breaks = 0
            if self.in_link:
                self.link += len(text.strip())
            if self.in_strong:
                self.strong += len(text.strip())

    def _flush(self) -> None:
        if self.pieces:
            text = _tidy("".join(self.pieces))
            if any(map(str.isalnum, text)):
                self.blocks.append(Block(text, self.box, self.link, self.links, self.strong, self.has_time))
            self.pieces.clear()
        self.link = self.links = self.strong = self.breaks = 0
        self.has_time = False


def _tidy(text: str) -> str:
    """Fold white space; a line break that the page asks for stays.

    A line feed in the source of a page is a space: the walk marks its own breaks.
    """
    return " ".join(text.split())


def _names(node: Tree) -> tuple[str, ...]:
    """Give the words of an element's class, id and role."""
    get = node.get
    words = (get("class") or "", get("id") or "", get("role") or "", get("itemprop") or "")
    return _split_names(words) if any(words) else ()


@lru_cache(maxsize=20_000)
def _split_names(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(NAME_WORD.findall(CAMEL.sub(" ", " ".join(words)[:NAME_CHARS]).lower()))


def _is_hidden(node: Tree) -> bool:
    style = node.get("style")
    return (
        node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or (style is not None and HIDDEN.search(style[:NAME_CHARS]) is not None)
    )
