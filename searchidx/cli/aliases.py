"""``searchidx aliases``: which names mean the same, who says so, and what the corpus proposes."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import click

from searchidx.answers import to_json
from searchidx.cli.options import index_option, json_option, open_index, settings_with
from searchidx.cli.screen import printable, write_line
from searchidx.errors import NoIndexError, UsageError
from searchidx.names import AliasTable, name_terms, shipped, with_user_file
from searchidx.names.aliases import BULK_FILE, CURATED_FILE
from searchidx.names.bulk import NameFile
from searchidx.names.faults import faults
from searchidx.names.learned import Proposal, State, dump, load, merged, with_learned
from searchidx.search import alias_files, learned_file
from searchidx.store import durable
from searchidx.store.generations import IndexFolder

learned_option = click.option(
    "--learned",
    metavar="FILE",
    help="The file of learned names (default: beside the index, or the settings).",
)


@click.group("aliases")
def aliases_command() -> None:
    """List, check and learn the names that mean the same."""


@aliases_command.command("list")
@click.argument("words", nargs=-1)
@index_option
@learned_option
@json_option
def list_command(words: tuple[str, ...], index_folder: str | None, learned: str | None, as_json: bool) -> int:
    """List the groups of names with where they come from.

    With WORDS: the groups that this name stands in, those of the bulk data too; without: your own, the
    learned and the curated ones, and how many there are in bulk.
    """
    user = _user_table(index_folder, learned)
    if words:
        shown = list(_groups_of(name_terms(" ".join(words)), user))
    else:
        shown = [*user.groups, *_shipped(NameFile(CURATED_FILE))]
    for *names, source in shown:
        if as_json:
            write_line(to_json({"names": names, "source": source}))
        else:
            write_line(f"{printable(', '.join(names))}  ({printable(source)})")
    if not words and not as_json:
        facts = NameFile(BULK_FILE).facts
        sources = ", ".join(facts["sources"])
        write_line(
            f"and {facts['groups']:,} groups from {sources}; see one with: searchidx aliases list NAME"
        )
    return 0 if shown else 1


@aliases_command.command("check")
@click.argument("file", required=False)
@index_option
def check_command(file: str | None, index_folder: str | None) -> int:
    """Check an alias file (default: those in use): bad lines, contradictions and circles."""
    if file:
        table = with_user_file(AliasTable(), Path(file))
    else:
        table = AliasTable()
        for path in _files(index_folder):
            with_user_file(table, path)
    found = [*table.problems, *faults(table)]
    for problem in found:
        write_line(printable(problem))
    if not found:
        count = len(table.groups)
        write_line(f"{count} group{'' if count == 1 else 's'} of names, no fault found")
    return 1 if found else 0


@aliases_command.command("learn")
@index_option
@learned_option
@json_option
def learn_command(index_folder: str | None, learned: str | None, as_json: bool) -> int:
    """Look in the indexed articles for names that mean the same, and propose them for review."""
    from searchidx.learning import learn

    path = _learned_file(index_folder, learned)
    before = load(path)
    with open_index(index_folder) as index:
        proposals = merged(before, learn(index))
    durable.write_atomically(path, dump(proposals))
    known = {one.id for one in before}
    new = [one for one in proposals if one.id not in known]
    _show(new, as_json=as_json)
    if not as_json:
        waiting = sum(one.state == "proposed" for one in proposals)
        write_line(f"{len(new)} new, {waiting} to review: searchidx aliases review")
    return 0 if new else 1


@aliases_command.command("review")
@click.option("--accept", multiple=True, metavar="ID", help="Take these for the same; `sure`: all sure ones.")
@click.option("--reject", multiple=True, metavar="ID", help="Never propose these again.")
@index_option
@learned_option
@json_option
def review_command(
    accept: tuple[str, ...],
    reject: tuple[str, ...],
    index_folder: str | None,
    learned: str | None,
    as_json: bool,
) -> int:
    """Show what was learned and decide about it; on a terminal it asks one by one."""
    path = _learned_file(index_folder, learned)
    proposals = load(path)
    wanted = {**_chosen(accept, proposals, "accepted"), **_chosen(reject, proposals, "rejected")}
    if not wanted and not as_json and sys.stdin.isatty() and sys.stdout.isatty():
        wanted = _ask(one for one in proposals if one.state == "proposed")
    elif not wanted:
        _show(proposals, as_json=as_json)
        return 0 if proposals else 1
    decided = [replace(one, state=wanted.get(one.id, one.state)) for one in proposals]
    durable.write_atomically(path, dump(decided))
    _show((one for one in decided if one.id in wanted), as_json=as_json)
    return 0


def _chosen(ids: tuple[str, ...], proposals: list[Proposal], state: State) -> dict[str, State]:
    chosen: dict[str, State] = {}
    for one in ids:
        if one == "sure" and state == "accepted":
            chosen |= {p.id: state for p in proposals if p.is_sure and p.state == "proposed"}
        elif any(p.id == one for p in proposals):
            chosen[one] = state
        else:
            raise UsageError(f"there is no learned name {one!r}; see them with: searchidx aliases review")
    return chosen


def _ask(proposals: Iterable[Proposal]) -> dict[str, State]:
    """Ask about each proposal; what was decided before the user leaves off counts."""
    chosen: dict[str, State] = {}
    answers: dict[str, State] = {"y": "accepted", "n": "rejected"}
    for one in proposals:
        _show([one], as_json=False)
        answer = click.prompt("the same? [y]es, [n]o, [l]ater, [q]uit", default="l", show_default=False)
        if answer[:1] == "q":
            break
        if answer[:1] in answers:
            chosen[one.id] = answers[answer[:1]]
    return chosen


def _show(proposals: Iterable[Proposal], *, as_json: bool) -> None:
    for one in proposals:
        if as_json:
            write_line(to_json(asdict(one) | {"sure": one.is_sure}))
            continue
        count = f"{one.documents} document{'' if one.documents == 1 else 's'}"
        write_line(
            f"{one.id}  {one.state}  {printable(' = '.join(one.names))}  ({count}, {', '.join(one.patterns)})"
        )
        if one.doubt:
            write_line(f"  in doubt: {printable(one.doubt)}")
        for evidence in one.evidence:
            write_line(f"  {printable(evidence.doc_id)}: {printable(evidence.sentence)}")


def _groups_of(name: tuple[str, ...], user: AliasTable) -> Iterator[tuple[str, ...]]:
    for *names, source in user.groups:
        if name in map(name_terms, names):
            yield (*names, source)
    for file, _ in shipped().files:
        for group in file.of(" ".join(name).replace("-", "")):
            yield (*(" ".join(one.terms) for one in group.names), group.source)


def _shipped(file: NameFile) -> Iterator[tuple[str, ...]]:
    for group in file.groups():
        yield (*(" ".join(one.terms) for one in group.names), group.source)


def _learned_file(index_folder: str | None, learned: str | None) -> Path:
    settings = settings_with(index_folder)
    return Path(learned) if learned else learned_file(settings, Path(settings.index))


def _user_table(index_folder: str | None, learned: str | None) -> AliasTable:
    table = AliasTable()
    for path in _files(index_folder):
        with_user_file(table, path)
    return with_learned(table, _learned_file(index_folder, learned))


def _files(index_folder: str | None) -> list[Path]:
    """Give the user's alias files in use, also where there is no index yet."""
    settings = settings_with(index_folder)
    try:
        with IndexFolder(Path(settings.index)).open() as generation:
            roots = generation.facts.get("roots")
    except NoIndexError:
        roots = [str(Path(settings.corpus).absolute())]
    return alias_files(settings, roots)
