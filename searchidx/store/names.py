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
from searchidx.names.nearest import Bucket, Entry, buckets_of, nearest
from searchidx.names.table import (
    MAX_ORDINARY,
    Counts,
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
    keys text not null,
    primary key (term, units, code)) strict, without rowid;
create index name_cases on name_entries(units) where inflected;
create table name_keys(
    key text not null, code text not null, lines text not null, sounds blob not null,
    primary key (key, code)) strict;
"""
_ADD_COUNTS = (
    "insert into name_counts values(?, ?, ?, ?) on conflict do update set"
    " inside = inside + excluded.inside, first = first + excluded.first"
)
_ADD_SMALL = "insert into name_small values(?, ?) on conflict do update set small = small + excluded.small"
_ADD_PAIRS = "insert into name_pairs values(?, ?, ?) on conflict do update set count = count + excluded.count"
_COUNTED = "select term, spelling, inside, first from name_counts"
_ENTRIES_OF = "select term, units, code, inflected from name_entries where term = ?"


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
        if not run("select exists(select 1 from name_entries)").fetchone()[0]:
            rows = iter(run(f"{_COUNTED} order by term").fetchall())
            entries = list(self._made(rows, ordinary_among(len(touched))))
            self._put(entries)
            self._database.executemany("insert into name_keys values(?, ?, ?, ?)", buckets_of(entries))
            return
        known = {entry for term in touched for entry in _entries(run(_ENTRIES_OF, (term,)))}
        made = {*self._made(self._rows_of(touched), ordinary_among(len(touched)))}
        gone, come = known - made, made - known
        marks = ((entry.term, entry.units, entry.code) for entry in sorted(gone))
        self._database.executemany("delete from name_entries where (term, units, code) = (?, ?, ?)", marks)
        self._put(sorted(come))
        self._change(gone, come)

    def _put(self, entries: Iterable[Entry]) -> None:
        values = ((*entry, f" {' '.join(keys_of(entry))} ") for entry in entries)
        self._database.executemany("insert into name_entries values(?, ?, ?, ?, ?)", values)

    def _change(self, gone: Iterable[Entry], come: Iterable[Entry]) -> None:
        """Change the buckets of the entries that went and came."""
        changes: dict[tuple[str, str], tuple[list[Entry], list[Entry]]] = {}
        for which, entries in enumerate((gone, come)):
            for entry in entries:
                for key in keys_of(entry):
                    changes.setdefault((key, entry.code), ([], []))[which].append(entry)
        run = self._database.execute
        for place, change in sorted(changes.items()):
            found = run("select * from name_keys where (key, code) = (?, ?)", place).fetchone()
            run("delete from name_keys where (key, code) = (?, ?)", place)
            bucket = Bucket(*(found or (*place, "", b""))).changed(*change)
            if bucket.lines:
                run("insert into name_keys values(?, ?, ?, ?)", bucket)

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

    def names_like(self, readings: Sequence[Entry], limit: int) -> Sequence[Entry]:
        """Give the entries that share a loose key with some readings of a name, in order."""
        keys = {key for reading in readings for key in keys_of(reading)}
        found = self._among("select key, code, lines, sounds from name_keys where key in", keys)
        return nearest(readings, sorted(map(Bucket._make, found), key=lambda one: one[:2]), limit)

    def names_cased(self, units: Collection[str]) -> Sequence[Entry]:
        """Give the entries that may be cases of names of which the units are given, in order."""
        select = "select term, units, code, inflected from name_entries where inflected and units in"
        return sorted(_entries(self._among(select, units)))

    def names_beside(self, terms: Collection[str], keys: Collection[str]) -> Sequence[tuple[str, str]]:
        """Give the pairs of names side by side, one of some terms and one with one of some keys, in order."""
        if not keys:
            return []
        wanted = [f" {key} " for key in sorted(keys)]
        has_key = " or ".join(["instr(keys, ?)"] * len(wanted))
        found: set[tuple[str, str]] = set()
        for start in range(0, len(terms), SLICE - len(wanted)):
            part = sorted(terms)[start : start + SLICE - len(wanted)]
            some = ",".join("?" * len(part))
            for one, other in (("first", "second"), ("second", "first")):
                select = (
                    f"select first, second from name_pairs where {one} in ({some})"  # noqa: S608  # constants
                    f" and exists(select 1 from name_entries where term = {other} and ({has_key}))"
                )
                found.update((first, second) for first, second in self._rows(select, (*part, *wanted)))
        return sorted(found)

    def names_next_to(self, terms: Collection[str], limit: int) -> Sequence[tuple[str, str]]:
        """Give pairs of some terms and a name beside them, commonest first, at most so many."""
        return self._next_to(terms, "exists", limit)

    def ordinary_beside(self, terms: Collection[str]) -> Sequence[tuple[str, str]]:
        """Give pairs of some terms and a word with a capital that is no name by itself, commonest first."""
        return self._next_to(terms, "not exists", MAX_ORDINARY)

    def _next_to(self, terms: Collection[str], exists: str, limit: int) -> Sequence[tuple[str, str]]:
        found: set[tuple[int, str, str]] = set()
        for start in range(0, len(terms), SLICE):
            part = sorted(terms)[start : start + SLICE]
            some = ",".join("?" * len(part))
            for one, other in (("first", "second"), ("second", "first")):
                select = (
                    f"select -count, first, second from name_pairs where {one} in ({some})"  # noqa: S608
                    f" and {exists}(select 1 from name_entries where term = {other})"
                    f" order by 1, 2, 3 limit {limit}"
                )
                found.update(map(tuple, self._rows(select, part)))
        return [(first, second) for _, first, second in sorted(found)[:limit]]

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
        return sorted(_entries(found))

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


def _entries(rows: Iterable[Sequence[Any]]) -> Iterator[Entry]:
    return (Entry(term, units, code, bool(inflected)) for term, units, code, inflected in rows)
