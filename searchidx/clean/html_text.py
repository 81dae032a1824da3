"""Choose the blocks of the article and write them as text.

In: the blocks of a page and how likely each is article. Out: paragraphs apart by an empty line, the
items of a list and the rows of a table each on a line. The page sets its own bar: where all is
uncertain, less is asked, since a paragraph lost can't be found again.
"""

from collections.abc import Sequence

from searchidx.clean.evidence import Evidence, is_repeated
from searchidx.clean.html_blocks import Block, Box
from searchidx.clean.html_features import NAMES
from searchidx.clean.html_looks import HEADS
from searchidx.clean.lexicon import FAMILIES, name_bits
from searchidx.clean.lines import level

# The bar is this share of the mean of what is likely, within limits; tuned on sites held out from the model.
SHARE_OF_MEAN = 0.57
LOWEST, HIGHEST = 0.2, 0.5
LIKELY = 0.3
TELLING_WORDS = 10  # of blocks that set the bar
COPY_CHARS = 25  # shorter ones may be said twice
CAPTION_REACH = 4  # blocks back, in which a caption was told already
CAPTIONS = frozenset({"figure", "figcaption"})
PLEA = 1 << FAMILIES.index("plea")
PLEA_LEVELS = 5
MOST_OF_PAGE = 0.5
PLEAS = ("donat", "contribut", "support", "subscri", "$", "€", "£", "spende", "don ", "journalis", "newsroom")
NEAR_COOKIE, NEAR_MODAL, HIDDEN = (NAMES.index(name) for name in ("near_cookie", "near_modal", "hidden"))


def choose_blocks(
    blocks: Sequence[Block],
    rows: Sequence[Sequence[float]],
    likely: Sequence[float],
    *,
    source: str = "",
    evidence: Evidence | None = None,
) -> list[Block]:
    """Give the blocks of the article, each text once."""
    bar = find_bar(blocks, likely)
    chosen: list[Block] = []
    seen: set[str] = set()
    pleas = _find_pleas(blocks)
    for block, row, share in zip(blocks, rows, likely, strict=True):
        if (
            share < bar
            or id(_plea_box(block.box)) in pleas
            or _is_consent(block, row)
            or (evidence and _is_repeated(block, source, evidence))
        ):
            continue
        if len(block.text) >= COPY_CHARS and block.text in seen:
            continue
        if _is_caption(block.box) and any(block.text in other.text for other in chosen[-CAPTION_REACH:]):
            continue
        seen.add(block.text)
        chosen.append(block)
    return chosen


def find_bar(blocks: Sequence[Block], likely: Sequence[float]) -> float:
    """Give how likely a block of this page must be."""
    weights = [
        (share, block.text.count(" ") + 1)
        for block, share in zip(blocks, likely, strict=True)
        if share >= LIKELY
    ]
    telling = [(share, words) for share, words in weights if words >= TELLING_WORDS]
    total = sum(words for _, words in telling)
    mean = sum(share * words for share, words in telling) / total if total else 0.0
    return min(HIGHEST, max(LOWEST, SHARE_OF_MEAN * mean))


def _is_consent(block: Block, row: Sequence[float]) -> bool:
    """Tell whether a block stands in a box about cookies: in an article, nothing lies over the page."""
    return bool(row[NEAR_COOKIE]) and (bool(row[NEAR_MODAL] or row[HIDDEN]) or "cookie" in block.text.lower())


def _find_pleas(blocks: Sequence[Block]) -> set[int]:
    """Give the boxes, by identity, that are named for support and ask for it, unless they hold the page."""
    found = set()
    page_chars = sum(len(block.text) for block in blocks)
    for block in blocks:
        box = _plea_box(block.box)
        if box is None or box.chars > MOST_OF_PAGE * page_chars:
            continue
        words = block.text.lower()
        if sum(word in words for word in PLEAS) > 1:
            found.add(id(box))
    return found


def _plea_box(box: Box | None) -> Box | None:
    """Give the outermost of the boxes close around that is named for support."""
    found = None
    for _ in range(PLEA_LEVELS):
        if box is None:
            break
        if name_bits(box.names) & PLEA:
            found = box
        box = box.parent
    return found


def _is_repeated(block: Block, source: str, evidence: Evidence) -> bool:
    """Tell whether a block is chrome of the site, but neither running text nor a heading."""
    if block.box.tag in HEADS:
        return False
    line = level(block.text)
    return is_repeated(line, evidence.seen(line, source))


def _is_caption(box: Box) -> bool:
    return box.tag in CAPTIONS or (box.parent is not None and box.parent.tag in CAPTIONS)


def write_text(blocks: Sequence[Block]) -> str:
    """Write blocks as text.

    An item begins with "- ", a row of a table stands between bars.
    """
    pieces: list[str] = []
    before = ""
    items: set[int] = set()
    for block in blocks:
        mark, text = "", block.text
        item = _item_of(block.box)
        if block.box.tag == "tr" and " | " in text:
            mark, text = "| ", f"| {text} |"
        elif item is not None and id(item) not in items:
            items.add(id(item))
            mark, text = "- ", f"- {text}"
        if pieces:
            pieces.append("\n" if mark and mark == before else "\n\n")
        pieces.append(text)
        before = mark
    return "".join(pieces)


def _item_of(box: Box | None) -> Box | None:
    for _ in range(3):
        if box is None or box.tag == "li":
            return box
        box = box.parent
    return None
