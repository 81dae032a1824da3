"""Build an index with searchidx and with stock Whoosh: the same articles, in turn, in one run.

    python benchmarks/indexing.py [--documents 5000] [--rounds 3] [--corpus DIR] [--write-docs]

What is measured: ``searchidx reindex`` of an empty index, against a program that puts the same articles
into Whoosh as its manual shows: ordinary TEXT fields with positions, stemmed words as text (by the same
stemmer, each word stemmed once), the body stored. Both are child processes that read the same files and
end with the index on the disk. Reported are medians over the rounds of processor time, wall time and
peak memory, the size of the indexes, and ratios: above 1 means that Whoosh takes more.

How it can be wrong: the articles are made up (see corpus.py), so the vocabulary is a guess; --corpus
takes real ones, JSONL with "body" or "text". They count as clean for both sides: cleaning is not
measured. The two indexes are not the same. Ours has sentence starts, compounds, a table of forms and
the documents compressed, is checked and synced; Whoosh's has stems, pickled documents and no sync.
Whoosh gets 512 MB for its pool, where its default is 128, and one process, although it can use two.
Ratios change with the number of articles: quote it.

Prints one JSON line.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from children import Cost, machine, medians, run, write_docs
from corpus import write

WHOOSH_LIMIT_MB = 512
FILE_ARTICLES = 100


def read(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the articles of a folder of JSONL files."""
    for path in sorted(folder.rglob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                article = json.loads(line)
                yield {
                    "id": str(article.get("id", f"{path}:{number}")),
                    "title": article.get("title") or "",
                    "body": article.get("body") or article.get("text") or "",
                }


def build_with_whoosh(corpus: Path, index: Path) -> None:
    """Put a corpus into a stock Whoosh index; runs as a child of its own."""
    import re
    import warnings

    from Stemmer import Stemmer

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from whoosh.fields import ID, STORED, TEXT, Schema
        from whoosh.index import create_in

    stem = Stemmer("english").stemWord
    known: dict[str, str] = {}
    word = re.compile(r"\w+")

    def stemmed(text: str) -> str:
        words = word.findall(text.lower())
        for each in words:
            if each not in known:
                known[each] = stem(each)
        return " ".join(known[each] for each in words)

    schema = Schema(id=ID(unique=True, stored=True), title=TEXT(), body=TEXT(), text=STORED())
    writer = create_in(str(index), schema).writer(limitmb=WHOOSH_LIMIT_MB)
    for article in read(corpus):
        writer.add_document(
            id=article["id"],
            title=stemmed(article["title"]),
            body=stemmed(article["body"]),
            text=article["body"],
        )
    writer.commit()


def as_clean(corpus: Path, target: Path) -> None:
    """Copy a corpus so that its texts count as clean, which is what Whoosh is given, too."""
    for number, article in enumerate(read(corpus)):
        # A file of over 20 MB would be skipped.
        with (target / f"{number // FILE_ARTICLES:05}.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(article, ensure_ascii=False) + "\n")


def size_mb(folder: Path) -> float:
    """Give the size of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def compare(corpus: Path, work: Path, rounds: int) -> dict[str, tuple[Cost, float]]:
    """Build both indexes in turn, ``rounds`` times; give medians and the size in megabytes."""
    costs: dict[str, list[Cost]] = {"searchidx": [], "whoosh": []}
    sizes: dict[str, float] = {}
    for number in range(rounds):
        # Who goes first changes from round to round: the second finds the files in memory.
        for name in sorted(costs, reverse=bool(number % 2)):
            index = work / f"{name}-{number}"
            index.mkdir(mode=0o700)
            command = {
                "searchidx": ["-m", "searchidx", "reindex", str(corpus), "--index", str(index), "--quiet"],
                "whoosh": [__file__, "--build-with-whoosh", str(corpus), str(index)],
            }[name]
            costs[name].append(run([sys.executable, *command], work))
            sizes[name] = size_mb(index)
    return {name: (medians(several), sizes[name]) for name, several in costs.items()}


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--corpus", type=Path, help="a folder of JSONL files instead of made-up articles")
    parser.add_argument("--write-docs", action="store_true", help="put the table into docs/engines.md")
    parser.add_argument("--build-with-whoosh", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build_with_whoosh:
        build_with_whoosh(*options.build_with_whoosh)
        return
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        corpus = work / "corpus"
        corpus.mkdir()
        if options.corpus:
            as_clean(options.corpus, corpus)
        else:
            write(corpus, options.documents)
        documents = sum(1 for _ in read(corpus))
        text_mb = size_mb(corpus)
        result = compare(corpus, work, options.rounds)
    (ours, our_size), (theirs, their_size) = result["searchidx"], result["whoosh"]
    figures = {
        "benchmark": "indexing",
        "documents": documents,
        "text_mb": round(text_mb, 1),
        "rounds": options.rounds,
        "made_up": options.corpus is None,
        "cpu_s": {"searchidx": round(ours.cpu_s, 2), "whoosh": round(theirs.cpu_s, 2)},
        "wall_s": {"searchidx": round(ours.wall_s, 2), "whoosh": round(theirs.wall_s, 2)},
        "peak_mb": {"searchidx": round(ours.peak_mb), "whoosh": round(theirs.peak_mb)},
        "size_mb": {"searchidx": round(our_size, 1), "whoosh": round(their_size, 1)},
        "ratio": {
            "cpu": round(theirs.cpu_s / ours.cpu_s, 2),
            "wall": round(theirs.wall_s / ours.wall_s, 2),
            "peak": round(theirs.peak_mb / ours.peak_mb, 2),
            "size": round(their_size / our_size, 2),
        },
        "machine": machine(),
        "measures": "reindex of an empty index against stock Whoosh 2.7.4 over the same files; medians",
        "can_be_wrong": "made-up words unless --corpus; the indexes hold different things; see the docstring",
    }
    print(json.dumps(figures))
    if options.write_docs:
        write_docs("indexing.py", table(figures))


def table(figures: dict[str, object]) -> str:
    """Draw the ratios for the document."""
    ratio = figures["ratio"]
    assert isinstance(ratio, dict)
    made = "made-up articles" if figures["made_up"] else "articles"
    rows = (
        ("processor time", "cpu"),
        ("wall time", "wall"),
        ("peak memory", "peak"),
        ("size of the index", "size"),
    )
    lines = [
        f"{figures['documents']:,} {made}, {figures['text_mb']} MB;",
        f"{figures['rounds']} rounds in turn, medians; {figures['machine']}.",
        "",
        "| Stock Whoosh takes | times what searchidx takes |",
        "|---|---|",
        *(f"| {title} | {ratio[name]:.1f} |" for title, name in rows),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
