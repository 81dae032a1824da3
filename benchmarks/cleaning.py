"""Clean the same pages and texts with searchidx and with its peers, in turn, in one run.

    pip install -e ".[bench]"
    python benchmarks/cleaning.py --html FOLDER… --lines FILE [--limit N] [--write-docs]

--html: folders that each hold html/<id>.html and a gold.jsonl of {"id", "body"}. --lines: flattened
pages, JSONL (or .xz) of {"site", "variant", "lines", "labs"}, a label for each line: c content, x chrome,
others are not scored. --limit: at most so many pages of each folder and variant, spread evenly.

What is measured. Pages: F1 of word 4-grams (multisets; precision and recall averaged over the pages, as
in article-extraction-benchmark), pages that came out empty. Texts: F1 of content by words (token F1) and
of content and chrome by lines, pooled. For peers that take HTML only, a line is wrapped as a paragraph, and
is kept if a paragraph of their answer equals it. Each variant is a collection of its own for us, as the
pages of a site are. Speed: processor time of the calls in this one process, start-up and imports left out;
quoted as documents a second against ours (above 1 is faster). How it can be wrong: gold texts differ in
whether captions and decks belong to the body, so 1.0 is out of reach; labels were derived from the gold.

Prints a line of JSON. A peer that is not installed is left out.
"""

import argparse
import html
import json
import logging
import lzma
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import children
from children import machine, write_docs

from searchidx.clean import clean_document
from searchidx.clean.parallel import collect
from searchidx.types import Document

WORD = re.compile(r"\w+")
Peer = Callable[[str], str]  # a page -> its article


def peers() -> dict[str, Peer]:
    """Give the peers that are installed."""
    logging.disable(logging.CRITICAL)
    found: dict[str, Peer] = {
        "keep all": lambda page: re.sub(r"(?s)<(script|style).*?</\1>|<[^>]*>", "\n", page)
    }
    try:
        import justext

        words = justext.get_stoplist("English")
        found["jusText"] = lambda page: "\n".join(
            paragraph.text for paragraph in justext.justext(page, words) if not paragraph.is_boilerplate
        )
    except ImportError:
        pass
    try:
        from boilerpy3 import extractors

        extractor = extractors.ArticleExtractor(raise_on_failure=False)
        found["boilerpy3"] = extractor.get_content
    except ImportError:
        pass
    import trafilatura

    found["trafilatura"] = lambda page: (
        trafilatura.extract(page, favor_precision=True, include_comments=False) or ""
    )
    return found


def answer(peer: Peer, page: str) -> str:
    """Ask a peer; one that raises has no answer."""
    try:
        return html.unescape(peer(page))
    except Exception:
        return ""


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def page_figures(golds: Sequence[str], given: Sequence[str], seconds: float) -> dict[str, float]:
    """Score pages by their shingles."""
    precisions, recalls = [], []
    for gold, text in zip(golds, given, strict=True):
        wanted, found = shingles(gold), shingles(text)
        shared = (wanted & found).total()
        if found:
            precisions.append(shared / found.total())
        if wanted:
            recalls.append(shared / wanted.total())
    return {
        "f1": f1(fmean(precisions or [0.0]), fmean(recalls or [0.0])),
        "empty": sum(not text.strip() for text in given),
        "per_s": len(golds) / seconds,
    }


def line_figures(
    pages: Sequence[dict[str, Any]], kept: Sequence[Sequence[bool]], seconds: float
) -> dict[str, float]:
    """Score texts by their lines and words."""
    lines: Counter[tuple[str, bool]] = Counter()
    words: Counter[tuple[str, bool]] = Counter()
    for page, fates in zip(pages, kept, strict=True):
        for line, label, stays in zip(page["lines"], page["labs"], fates, strict=True):
            if label in "cx":
                lines[label, stays] += 1
                words[label, stays] += len(WORD.findall(line))

    def score(counts: Counter[tuple[str, bool]], label: str, other: str, stays: bool) -> float:
        right = counts[label, stays]
        total = 2 * right + counts[other, stays] + counts[label, not stays]
        return 2 * right / total if total else 0.0

    return {
        "token_f1": score(words, "c", "x", True),
        "content_f1": score(lines, "c", "x", True),
        "chrome_f1": score(lines, "x", "c", False),
        "per_s": len(pages) / seconds,
    }


def timed(function: Callable[[], Any]) -> tuple[Any, float]:
    began = time.process_time()
    return function(), max(time.process_time() - began, 1e-9)


def spread(rows: list[Any], limit: int | None) -> list[Any]:
    return rows[:: max(1, len(rows) // limit)][:limit] if limit else rows


def measure_pages(folder: Path, limit: int | None) -> dict[str, dict[str, float]]:
    """Clean the pages of a folder with all."""
    gold = spread([json.loads(line) for line in (folder / "gold.jsonl").open(encoding="utf-8")], limit)
    pages = [(folder / "html" / f"{row['id']}.html").read_text("utf-8", "replace") for row in gold]
    bodies = [row["body"] for row in gold]
    clean_document(Document(doc_id="", path="", content=pages[0], kind="html"))  # loads the models
    figures = {}
    for name, peer in peers().items():
        given, seconds = timed(lambda peer=peer: [answer(peer, page) for page in pages])
        figures[name] = page_figures(bodies, given, seconds)
    ours = [Document(doc_id="", path=str(at), content=page, kind="html") for at, page in enumerate(pages)]
    given, seconds = timed(lambda: [clean_document(one).body for one in ours])
    return figures | {"searchidx": page_figures(bodies, given, seconds)}


def kept_by(peer: Peer, lines: Sequence[str]) -> list[bool]:
    page = "<html><body>" + "".join(f"<p>{html.escape(line)}</p>" for line in lines) + "</body></html>"
    found = {" ".join(line.split()) for line in answer(peer, page).splitlines()}
    return [" ".join(line.split()) in found for line in lines]


def kept_by_us(pages: Sequence[dict[str, Any]]) -> list[list[bool]]:
    documents = [
        Document(
            doc_id=str(at), path=str(at), source=page["site"], content="\n".join(page["lines"]), kind="text"
        )
        for at, page in enumerate(pages)
    ]
    evidence = collect(documents)
    kept = []
    for page, document in zip(pages, documents, strict=True):
        starts = {cut.start: cut.end for cut in clean_document(document, evidence=evidence).removed}
        fates, at, gone_to = [], 0, 0
        for line in page["lines"]:
            gone_to = max(gone_to, starts.get(at, 0))
            fates.append(gone_to <= at)
            at += len(line) + 1
        kept.append(fates)
    return kept


def measure_lines(file: Path, limit: int | None) -> dict[str, dict[str, float]]:
    """Clean flattened pages with all, each variant by itself."""
    variants: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with (lzma.open if file.suffix == ".xz" else open)(file, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            variants[row["variant"]].append(row)
    groups = [spread(pages, limit) for pages in variants.values()]
    every = [page for pages in groups for page in pages]
    kept_by_us(every[:1])
    figures = {}
    for name, peer in peers().items():
        kept, seconds = timed(lambda peer=peer: [kept_by(peer, page["lines"]) for page in every])
        figures[name] = line_figures(every, kept, seconds)
    figures["keep all"] |= line_figures(every, [[True] * len(page["lines"]) for page in every], 1e-9)
    kept, seconds = timed(lambda: [fates for pages in groups for fates in kept_by_us(pages)])
    return figures | {"searchidx": line_figures(every, kept, seconds)}


def table(texts: dict[str, dict[str, float]], pages: dict[str, dict[str, dict[str, float]]]) -> str:
    """Draw the figures."""
    heads = ["", "token F1", "content F1", "chrome F1", "texts/s"]
    heads += [head for name in pages for head in (f"{name}: F1", "empty", "pages/s")]
    rows = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    for who in dict.fromkeys([*texts, *(who for figures in pages.values() for who in figures)]):
        row = [f"**{who}**" if who == "searchidx" else who]
        row += _cells(texts, who, ("token_f1", "content_f1", "chrome_f1"))
        for figures in pages.values():
            row += _cells(figures, who, ("f1", "empty"))
        rows.append(row)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cells(figures: dict[str, dict[str, float]], who: str, keys: Iterable[str]) -> list[str]:
    if who not in figures:
        return ["–"] * (len(tuple(keys)) + 1)
    cells = [f"{value:.3f}" if isinstance(value := figures[who][key], float) else str(value) for key in keys]
    speed = figures[who]["per_s"] / figures["searchidx"]["per_s"]
    return [*cells, "–" if who == "keep all" else f"{speed:.2f}×"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--html", nargs="*", type=Path, default=[])
    parser.add_argument("--lines", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--write-docs", action="store_true")
    asked = parser.parse_args()
    texts = measure_lines(asked.lines, asked.limit) if asked.lines else {}
    pages = {folder.name: measure_pages(folder, asked.limit) for folder in asked.html}
    print(json.dumps({"machine": machine(), "texts": texts, "pages": pages}))
    if asked.write_docs:
        children.DOCUMENT = children.DOCUMENT.with_name("cleaning.md")
        some = f", at most {asked.limit} of each set and variant" if asked.limit else ""
        write_docs("benchmarks/cleaning.py", f"{table(texts, pages)}\n\nTaken on {machine()}{some}.")


if __name__ == "__main__":
    main()
