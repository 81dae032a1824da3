"""Tell when the article of a page came out.

In: what the page says in its address, its metadata, its time elements and beside its headline. Out: an
ISO date and where it is from, or None twice. Only a date of publication counts: never that of a
change, of the visit, of another article. Sources that agree confirm each other. What machines are told
is often in the time of Greenwich, so among dates of one moment that of the place is taken.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from searchidx.clean.dates import read_date, read_machine_date, read_url_date
from searchidx.clean.html_blocks import Block, Box
from searchidx.clean.html_boxes import HOLDER_BITS
from searchidx.clean.linked_data import Node, texts

Tree = Any  # an element of lxml, which comes without types
Found = tuple[str | None, str | None]
METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "og:publish_date",
    "article:first_published_time", "parsely-pub-date", "sailthru.date", "datepublished", "pubdate",
    "publishdate", "publish_date", "publish-date", "published-date", "pub_date", "published",
    "publication_date", "article:published", "article.published", "cxenseparse:recs:publishtime",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "date", "citation_publication_date",
    "citation_online_date", "citation_date",
)  # fmt: skip
CHANGED_METAS = ("article:modified_time", "og:updated_time", "last-modified", "lastmod")
# Words beside dates that do not tell when the article came out.
OTHER = re.compile(
    r"updat|modif|review|edit(?!or)|current|next|event|start|deadline|©|copyright|until|\bfrom\b|verif|check|expire|"
    r"оновлен|обновлен|изменен|змінен|aktualisiert|geändert|mis à jour|actualizado|aggiornat|atualizad|"
    r"zaktualizowan|aktualizac|güncelle|bijgewerkt",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"\b(?:publish|posted|publi(?:é|ée|cado|cada|cação)\b|veröffentlicht|pubblicat|opublikowan|gepubliceerd|"
    r"опубликован|опублікован|yayın)",
    re.IGNORECASE,
)
DATE_NAMES = frozenset({
    "date", "dateline", "published", "publish", "pubdate", "timestamp", "time", "datetime", "posted",
    "datum", "fecha",
})  # fmt: skip
STAMP_CHARS = 90
LABELLED_CHARS = 60  # of a stamp that says it is one, wherever it stands
LABEL_CHARS = 40  # of the block before, such as "Published"
BARE_LABEL_CHARS = 16  # of one that says nothing else
CLOSE = 2  # blocks above the headline that need no name if one box holds both …
COMMON_LEVELS = 4  # … at most so many levels up
ABOVE, BELOW = 8, 14  # blocks around the headline among which a stamp stands
APART = HOLDER_BITS["nav"] | HOLDER_BITS["footer"]
RELATED_LEVELS = 6
ONE_DAY = timedelta(days=1)
DAY_CHARS = len("2025-06-02")


def find_page_date(
    tree: Tree,
    blocks: Sequence[Block],
    *,
    url: str,
    metas: Mapping[str, str],
    article: Node,
    title_at: int,
    starts_at: int,
) -> Found:
    """Give the date of publication and how it is known.

    ``title_at`` is the number of the headline's block, or -1, ``starts_at`` that of the article's first.
    """
    seen = list(_read_stamps(blocks, title_at, starts_at))
    times = list(_read_times(tree))
    in_url = read_url_date(url)
    machine = list(_read_machine(metas, article))
    if in_url:
        agreed = next((found for found in machine if found[0].startswith(in_url)), None)
        return agreed or (in_url, "url")
    if machine:
        value, known_from = machine[0]
        return (
            _in_local_time(value, times, seen)
            or _before_last_change(value, _read_changes(metas, article), times, seen)
            or (value, known_from)
        )
    for value, marked, _ in times:
        if marked:
            return value, "time"
    first = next((value for value, _, alone in times if alone), None)
    if first and seen and first[:10] not in seen:
        return None, None  # one of them is the date of something else, and nothing says which
    if first:
        return first, "time"
    return (seen[0], "stamp") if seen else (None, None)


def _read_machine(metas: Mapping[str, str], article: Node) -> Iterator[tuple[str, str]]:
    for value in texts(article.get("datePublished")):
        if found := read_machine_date(value):
            yield found, "json-ld"
    for key in METAS:
        if key in metas and (found := read_machine_date(metas[key])):
            yield found, "meta"


def _in_local_time(value: str, times: Sequence[tuple[str, bool, bool]], seen: Sequence[str]) -> Found | None:
    """Give the same moment as the page shows it, where its day differs from that in Greenwich."""
    moment = _moment(value)
    if moment is None or moment.utcoffset() != timedelta(0):
        return None
    for other, _, _ in times:
        shown = _moment(other)
        if shown is not None and shown == moment and shown.utcoffset() != moment.utcoffset():
            return other, "time"
    if seen and abs(date.fromisoformat(seen[0]) - moment.date()) == ONE_DAY:
        return seen[0], "stamp"
    return None


def _before_last_change(
    value: str, changes: Sequence[str], times: Sequence[tuple[str, bool, bool]], seen: Sequence[str]
) -> Found | None:
    """Give the earlier day that readers see, where machines are told of the last change alone.

    Many systems give one moment for both, that at which a page was last stored.
    """
    if not changes or value[:DAY_CHARS] < max(changes)[:DAY_CHARS]:
        return None
    shown = next(((other, "time") for other, marked, alone in times if marked or alone), None)
    found = shown or ((seen[0], "stamp") if seen else None)
    return found if found and _day(found[0]) < _day(value) - ONE_DAY else None


def _read_changes(metas: Mapping[str, str], article: Node) -> list[str]:
    values = (*texts(article.get("dateModified")), *(metas[key] for key in CHANGED_METAS if key in metas))
    return [found for value in values if (found := read_machine_date(value))]


def _day(value: str) -> date:
    return date.fromisoformat(value[:DAY_CHARS])


def _moment(value: str) -> datetime | None:
    if len(value) <= DAY_CHARS:
        return None
    found = datetime.fromisoformat(value)
    return found if found.tzinfo else None


def _read_times(tree: Tree) -> Iterator[tuple[str, bool, bool]]:
    """Yield the times of elements: value, whether marked as publication, whether the first and in place."""
    nodes = [node for _, node in zip(range(20), tree.iter("time"), strict=False)]
    nodes += [
        node
        for _, node in zip(range(5), tree.iterfind('.//*[@itemprop="datePublished"]'), strict=False)
        if node.tag not in ("time", "meta")
    ]
    for number, node in enumerate(nodes):
        words = " ".join(node.itertext())[:STAMP_CHARS]
        value = node.get("datetime") or node.get("content") or words
        names = " ".join(filter(None, (node.get("itemprop"), node.get("class"))))
        if OTHER.search(names) or OTHER.search(words) or OTHER.search(_before(node)):
            continue
        if found := read_machine_date(value) or read_date(value):
            marked = node.get("itemprop") == "datePublished" or node.get("pubdate") is not None
            yield found, marked, number == 0 and _is_in_article(node)


def _before(node: Tree) -> str:
    """Give the words just before an element."""
    previous = node.getprevious()
    if previous is not None:
        return (
            ((previous.text or "") + (previous.tail or ""))[-STAMP_CHARS:]
            if isinstance(previous.tag, str)
            else ""
        )
    parent = node.getparent()
    return (parent.text or "")[-STAMP_CHARS:] if parent is not None else ""


def _is_in_article(node: Tree) -> bool:
    return bool(node.xpath("boolean(preceding::h1 or ancestor::article or not(//h1))"))


def _read_stamps(blocks: Sequence[Block], title_at: int, starts_at: int) -> Iterator[str]:
    """Yield the dates that stand by themselves, the surest first."""
    around: list[str] = []
    labelled: list[str] = []
    beside: list[str] = []  # labelled, at the headline
    below = range(title_at + 1, max(starts_at + 2, title_at + BELOW)) if title_at >= 0 else range(starts_at)
    for at, block in enumerate(blocks):
        text = block.text
        if len(text) > STAMP_CHARS or not any(map(str.isdigit, text)):
            continue
        if other := OTHER.search(text):
            text = text[: other.start()]  # "2 June 2025, updated 3 June 2025"
        label = blocks[at - 1].text if at and at - 1 != title_at else ""
        is_labelled = (len(text) <= LABELLED_CHARS and PUBLISHED.search(text)) or (
            len(label) <= BARE_LABEL_CHARS and PUBLISHED.match(label)
        )
        is_near = at in below or _is_just_above(blocks, at, title_at)
        if not (is_near or is_labelled) or _is_apart(block.box):
            continue
        label = label if len(label) <= LABEL_CHARS else ""
        if OTHER.search(label) and not is_labelled:
            continue
        if found := read_date(text):
            is_labelled = is_labelled or PUBLISHED.search(label)
            (beside if is_labelled and is_near else labelled if is_labelled else around).append(found)
    yield from beside
    yield from labelled if len(set(labelled)) == 1 else ()
    yield from around


def _is_just_above(blocks: Sequence[Block], at: int, title_at: int) -> bool:
    """Tell whether a block above the headline belongs to it: by its name, or by a box around both.

    The clock of the page stands there as well, but apart.
    """
    if not title_at - ABOVE <= at < title_at:
        return False
    box = blocks[at].box
    if _is_date_box(box):
        return True
    return at >= title_at - CLOSE and not _boxes_around(box).isdisjoint(_boxes_around(blocks[title_at].box))


def _boxes_around(box: Box | None) -> set[int]:
    found = set()
    for _ in range(COMMON_LEVELS):
        if box is None or box.tag == "body":
            break
        found.add(id(box))
        box = box.parent
    return found


def _is_date_box(box: Box) -> bool:
    return not DATE_NAMES.isdisjoint(box.names) or (
        box.parent is not None and not DATE_NAMES.isdisjoint(box.parent.names)
    )


def _is_apart(box: Box) -> bool:
    """Tell whether a box lies in the menus of the page or among links to other articles."""
    one: Box | None = box
    for _ in range(RELATED_LEVELS):
        if one is None:
            break
        if "related" in one.names:
            return True
        one = one.parent
    return bool(box.holders & APART)
