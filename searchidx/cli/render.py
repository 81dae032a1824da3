"""Draw results for a person at a terminal."""

from collections.abc import Iterator, Sequence
from datetime import date

from searchidx.cli.overview import render_facets, render_timeline
from searchidx.cli.screen import Screen, printable
from searchidx.markdown import shown
from searchidx.timeline import make_timeline
from searchidx.types import Expansion, Heading, Hit, ReindexReport, Results

MAX_SHOWN_SPELLINGS = 8
MAX_SHOWN_COPIES = 3
INDENT = " " * 5  # of all lines of a hit but the first, which has its number there


def render_results(results: Results, screen: Screen, *, timeline: bool = False) -> Iterator[str]:
    """Yield the lines of an answer; ``timeline``: when the hits were published, instead of the hits."""
    for warning in results.warnings:
        yield screen.style(f"note: {printable(warning)}", "yellow")
    yield screen.style(_counts(results), "bold")
    for expansion in results.expansions:
        added = f"also searched for {printable(expansion.term)}: {_spellings(expansion)}"
        yield from (screen.style(line, "dim") for line in screen.hanging(added, "", "  "))
    if results.suggestion:
        yield f"did you mean: {printable(results.suggestion)}"
    if timeline and results.facets:
        yield from render_timeline(make_timeline(results.facets), screen)
    elif results.facets:
        yield from render_facets(results.facets, screen)
    for hit in results.hits:
        is_part = not hit.matches_all and results.total_all_words > 0
        yield ""
        yield from _render_hit(hit, screen, mark="some of the words" if is_part else "")
    if relaxed := results.relaxed:
        yield screen.style(f"{printable(relaxed.note)}: {printable(relaxed.interpreted)}", "yellow")
        for hit in relaxed.hits:
            yield ""
            yield from _render_hit(hit, screen, mark=relaxed.mark)


def render_similar(results: Results, screen: Screen) -> Iterator[str]:
    """Yield the lines of an answer to ``searchidx similar``."""
    for warning in results.warnings:
        yield screen.style(f"note: {printable(warning)}", "yellow")
    if results.interpreted:
        words = printable(results.interpreted.replace(" OR ", ", "))
        for line in screen.wrapped(f"compared by: {words}", ""):
            yield screen.style(line, "dim")
    for hit in results.hits:
        yield ""
        yield from _render_hit(hit, screen, mark="")


def _counts(results: Results) -> str:
    took = f"{results.took_ms:.0f} ms" if results.took_ms >= 1 else "under 1 ms"
    if not results.total:
        return f"nothing found ({took})"
    if results.total_all_words == results.total:
        found = f"{results.total:,} found"
    else:
        some = results.total - results.total_all_words
        found = f"{results.total_all_words:,} match all words, {some:,} match some"
    if results.total_folded is not None and results.total_folded < results.total:
        found += f"; {results.total_folded:,} with near-copies folded"
    return f"{found} ({took})"


def _spellings(expansion: Expansion) -> str:
    shown = [printable(added.term) for added in expansion.added[:MAX_SHOWN_SPELLINGS]]
    more = len(expansion.added) - len(shown)
    kinds = "synonym" if all(added.kind == "synonym" for added in expansion.added) else ""
    return ", ".join(shown) + (f" and {more} more" if more else "") + (f" ({kinds})" if kinds else "")


def _render_hit(hit: Hit, screen: Screen, *, mark: str) -> Iterator[str]:
    title = screen.marked(hit.title or "(no title)", hit.title_highlights)
    for line in screen.hanging(title, f"{hit.rank:>3}. ", INDENT):
        yield line[: len(INDENT)] + screen.finish(line[len(INDENT) :], base="bold")
    facts = [hit.source or hit.path, _day(hit.published), ", ".join(hit.byline[:3])]
    facts.append(mark)
    for line in screen.hanging(printable(" · ".join(fact for fact in facts if fact)), INDENT, INDENT):
        yield screen.style(line, "dim")
    for snippet in hit.snippets:
        text = screen.marked(*shown(snippet.text, snippet.highlights, hit.path))
        text = f"[cut text] {text}" if snippet.raw else text
        for line in screen.wrapped(text, INDENT):
            yield screen.finish(line)
    if hit.similar:
        yield from (
            screen.style(line, "dim") for line in screen.hanging(_similar(hit.similar), INDENT, INDENT)
        )
    yield INDENT + screen.style(f"searchidx show {_quoted(hit.doc_id)}", "dim")


def _similar(copies: Sequence[Heading]) -> str:
    """Say how many near-copies stand under a hit, and where they were published."""
    places = list(dict.fromkeys(printable(copy.source or copy.doc_id) for copy in copies))
    more = len(places) - MAX_SHOWN_COPIES
    named = ", ".join(places[:MAX_SHOWN_COPIES]) + (f" and {more} more" if more > 0 else "")
    return f"+{len(copies):,} similar: {named} (--expand shows them)"


def _day(published: str | None) -> str:
    """Write a day as people do.

    >>> _day("2025-06-02T10:00:00+03:00")
    '2 June 2025'
    """
    if not published:
        return ""
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return published
    return f"{day.day} {day:%B %Y}"


def _quoted(doc_id: str) -> str:
    import shlex

    return shlex.quote(printable(doc_id))


def render_report(report: ReindexReport, screen: Screen, *, most: int = 20) -> Iterator[str]:
    """Yield the lines that tell what a reindex did."""
    changes = [f"{count:,} {what}" for what, count in _changes(report) if count]
    yield (
        screen.style(f"{report.documents:,} articles", "bold")
        + (f" ({', '.join(changes)})" if changes else " (nothing changed)")
        + f", {report.generation}, {report.took_ms / 1000:.1f} s"
    )
    if report.lines_total:
        yield (
            f"{report.lines_removed:,} of {report.lines_total:,} lines left out as site furniture; "
            "to see which: searchidx clean --explain FILE"
        )
        kinds = {"rules": "by rules", "repeated": "repeated on other pages", "model": "by the model"}
        counts = ((report.lines_removed_by.get(kind, 0), words) for kind, words in kinds.items())
        if shown := ", ".join(f"{count:,} {words}" for count, words in counts if count):
            yield f"  of these {shown}"
    if report.skipped:
        yield screen.style(f"{len(report.skipped):,} skipped:", "yellow")
        for skipped in report.skipped[:most]:
            place = f"{skipped.path}:{skipped.line}" if skipped.line else skipped.path
            yield f"  {printable(place)}: {printable(skipped.reason)}"
        if len(report.skipped) > most:
            yield f"  … and {len(report.skipped) - most:,} more; --json lists all"


def _changes(report: ReindexReport) -> tuple[tuple[str, int], ...]:
    return (("added", report.added), ("changed", report.changed), ("removed", report.removed))
