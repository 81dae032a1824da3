"""The table of names in ``documents.sqlite``: counts that add up, and what follows from them.

In: ``NameFacts`` of documents that come and go. Out: what ``names.table.NameIndex`` asks for. Only counts
are kept of a document, and what follows is made anew for each term that a change touches; so the table
is the same however the index came about. ``names.table.NameTable`` is the judge.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from searchidx.names.evidence import NameFacts, Spelled
from searchidx.names.table import (
    MAX_ORDINARY,
    Counts,
    Entry,
    entries_for,
    is_name,
    keys_of,
    ordinary_among,
    small_terms,
)

SLICE = 900  # variables in a statement

SCHEMA = """
create table name_counts(
    term text not null, spelling text not null, inside integer not null, first integer not null,
    primary key (term, spelling)) strict, without rowid;
create table name_small(term text primary key, small integer not null) strict, without rowid;
create table name_pairs(
    first text not null, second text not null, count integer not null,
    primary key (first, second)) strict, without rowid;
create index name_pairs_back on name_pairs(second, first);
create table name_entries(
    term text not null, units text not null, code text not null, inflected integer not null,
    primary key (term, units, code)) strict, without rowid;
create table name_keys(
    key text not null, term text not null, units text not null, code text not null,
    inflected integer not null,
    primary key (key, term, units, code)) strict, without rowid;
"""
_ADD_COUNTS = (
    "insert into name_counts values(?, ?, ?, ?) on conflict do update set"
    " inside = inside + excluded.inside, first = first + excluded.first"
)
_ADD_SMALL = "insert into name_small values(?, ?) on conflict do update set small = small + excluded.small"
_ADD_PAIRS = "insert into name_pairs values(?, ?, ?) on conflict do update set count = count + excluded.count"
_COUNTED = "select term, spelling, inside, first from name_counts"


class NamesWriter:
    """Adds up what documents tell of names, inside the transaction of the documents."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._inside: Counter[Spelled] = Counter()
        self._first: Counter[Spelled] = Counter()
        self._small: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._touched: set[str] = set()

    def add(self, facts: NameFacts) -> None:
        """Count the names of a document that comes."""
        self._inside.update(facts.inside)
        self._first.update(facts.first)
        self._small.update(facts.small)
        self._pairs.update(facts.pairs)

    def take(self, facts: NameFacts) -> None:
        """Take away the counts of a document that goes."""
        self._inside.subtract(facts.inside)
        self._first.subtract(facts.first)
        self._small.subtract(facts.small)
        self._pairs.subtract(facts.pairs)

    def flush(self) -> None:
        """Write down what was counted so far, to have the memory back."""
        run = self._database.executemany
        spelled = sorted({*self._inside, *self._first})
        inside, first = self._inside, self._first
        run(_ADD_COUNTS, ((one.term, one.spelling, inside[one], first[one]) for one in spelled))
        small = small_terms(self._small)
        run(_ADD_SMALL, sorted(small.items()))
        run(_ADD_PAIRS, ((*pair, count) for pair, count in sorted(self._pairs.items()) if count))
        self._touched.update(one.term for one in spelled)
        self._touched.update(small)
        for counter in (self._inside, self._first, self._small, self._pairs):
            counter.clear()

    def finish(self) -> None:
        """Make the entries and keys of all terms that were touched."""
        self.flush()
        run = self._database.execute
        run("delete from name_counts where inside = 0 and first = 0")
        run("delete from name_small where small = 0")
        run("delete from name_pairs where count = 0")
        touched = sorted(self._touched)
        if run("select exists(select 1 from name_entries)").fetchone()[0]:
            for table in ("name_keys", "name_entries"):
                marks = ((term,) for term in touched)
                self._database.executemany(f"delete from {table} where term = ?", marks)  # noqa: S608  # constants
            made = self._made(self._rows_of(touched), ordinary_among(len(touched)))
        else:
            made = self._made(iter(run(f"{_COUNTED} order by term").fetchall()), ordinary_among(len(touched)))
        entries = list(made)
        self._database.executemany("insert into name_entries values(?, ?, ?, ?)", entries)
        keys = sorted((key, *entry) for entry in entries for key in keys_of(entry))
        self._database.executemany("insert into name_keys values(?, ?, ?, ?, ?)", keys)

    def _rows_of(self, terms: Iterable[str]) -> Iterator[Sequence[Any]]:
        for term in terms:
            yield from self._database.execute(f"{_COUNTED} where term = ?", (term,)).fetchall()

    def _made(self, rows: Iterator[Sequence[Any]], is_ordinary: Callable[[str], bool]) -> Iterator[Entry]:
        """Give the entries of the terms that are names; ``rows`` come term by term."""
        small = "select small from name_small where term = ?"
        for term, group in groupby(rows, key=lambda row: str(row[0])):
            spelled = list(group)
            found = self._database.execute(small, (term,)).fetchone()
            counts = Counts(
                sum(row[2] for row in spelled), sum(row[3] for row in spelled), found[0] if found else 0
            )
            if is_name(term, counts, is_ordinary):
                yield from entries_for(term, [str(row[1]) for row in spelled])


class NamesReader:
    """Answers a ``NameIndex``'s questions; ``rows`` runs a query and gives all rows."""

    def __init__(self, rows: Callable[[str, Sequence[Any]], list[Any]]) -> None:
        self._rows = rows

    def names_like(self, keys: Collection[str]) -> Sequence[Entry]:
        """Give the entries that have one of some loose keys, in order."""
        found = self._among("select term, units, code, inflected from name_keys where key in", keys)
        return sorted(map(Entry._make, set(found)))

    def names_beside(self, terms: Collection[str], keys: Collection[str]) -> Sequence[tuple[str, str]]:
        """Give the pairs of names side by side, one of some terms and one with one of some keys, in order."""
        marks, wanted = ",".join("?" * len(keys)), sorted(keys)
        like = f"exists(select 1 from name_keys where key in ({marks}) and term ="  # noqa: S608  # constants
        found: set[tuple[str, str]] = set()
        for start in range(0, len(terms), SLICE - len(wanted)):
            part = sorted(terms)[start : start + SLICE - len(wanted)]
            some = ",".join("?" * len(part))
            for one, other in (("first", "second"), ("second", "first")):
                select = f"select first, second from name_pairs where {one} in ({some}) and {like} {other})"  # noqa: S608
                found.update((first, second) for first, second in self._rows(select, (*part, *wanted)))
        return sorted(found)

    def ordinary_beside(self, terms: Collection[str]) -> Sequence[tuple[str, str]]:
        """Give pairs of some terms and a word with a capital that is no name by itself, commonest first."""
        found: set[tuple[int, str, str]] = set()
        for start in range(0, len(terms), SLICE):
            part = sorted(terms)[start : start + SLICE]
            some = ",".join("?" * len(part))
            for one, other in (("first", "second"), ("second", "first")):
                select = (
                    f"select -count, first, second from name_pairs where {one} in ({some})"  # noqa: S608
                    f" and not exists(select 1 from name_entries where term = {other})"
                    f" order by 1, 2, 3 limit {MAX_ORDINARY}"
                )
                found.update(map(tuple, self._rows(select, part)))
        return [(first, second) for _, first, second in sorted(found)[:MAX_ORDINARY]]

    def names_split(self, term: str) -> Sequence[tuple[str, str]]:
        """Give the pairs of names side by side that are a term when written together."""
        starts = [term[:at] for at in range(1, len(term))]
        marks = ",".join("?" * len(starts))
        select = f"select first, second from name_pairs where first in ({marks}) and first || second = ?"  # noqa: S608
        ends = f" and second in ({marks})"
        found = self._rows(select + ends, (*starts, term, *(term[at:] for at in range(1, len(term)))))
        return sorted((first, second) for first, second in found)

    def name_entries(self, terms: Collection[str]) -> Sequence[Entry]:
        """Give the entries of some terms, in order."""
        found = self._among("select term, units, code, inflected from name_entries where term in", terms)
        return sorted(map(Entry._make, found))

    def name_counts(self, term: str) -> Counts:
        """Give how a term is written; zeros for one that is never written with a capital."""
        [(inside, first)] = self._rows(
            "select coalesce(sum(inside), 0), coalesce(sum(first), 0) from name_counts where term = ?",
            (term,),
        )
        if not inside + first:
            return Counts(0, 0, 0)
        small = self._rows("select small from name_small where term = ?", (term,))
        return Counts(inside, first, small[0][0] if small else 0)

    def _among(self, select: str, values: Collection[str]) -> list[Any]:
        found: list[Any] = []
        every = sorted(values)
        for start in range(0, len(every), SLICE):
            part = every[start : start + SLICE]
            found += self._rows(f"{select} ({','.join('?' * len(part))})", part)
        return found
