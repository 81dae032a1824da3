"""Draw how all hits divide: by source, language and date, and as bars along the time."""

from collections.abc import Iterator, Sequence

from searchidx.cli.screen import Screen, printable
from searchidx.timeline import Bucket, Step, Timeline
from searchidx.types import Counts, Facets

MAX_SHOWN = 8  # values of each kind
MAX_CHARS = 60  # of a value
MAX_MONTHS = 12  # more are told by year
MAX_EMPTY = 3  # bars that are not there, drawn one by one; a longer gap takes one line
MIN_BAR = 8  # characters, on however narrow a screen
BAR = "█"


def render_facets(facets: Facets, screen: Screen) -> Iterator[str]:
    """Yield lines that count all hits by source, language and date."""
    months, years = facets.by(7), facets.by(4)
    by_month = len(months) <= MAX_MONTHS
    undated: Counts = (("", facets.undated),) if facets.undated else ()
    dated = ("by month", months[::-1] + undated) if by_month else ("by year", years[::-1] + undated)
    rows = (
        ("by source", facets.sources, "unknown"),
        ("by language", facets.languages, "unknown"),
        (*dated, "undated"),
    )
    for label, counts, unknown in rows:
        named = [(value, count) for value, count in counts if value]
        shown = [f"{_short(printable(value))} {count:,}" for value, count in named[:MAX_SHOWN]]
        if len(named) > MAX_SHOWN:
            shown.append(f"{len(named) - MAX_SHOWN:,} more")
        shown += [f"{unknown} {count:,}" for value, count in counts if not value]
        if shown:
            head, *others = screen.wrapped(" · ".join(shown), " " * 13)
            yield f"{label:<13}{head.strip()}"
            yield from others


def _short(text: str) -> str:
    return text if len(text) <= MAX_CHARS else f"{text[: MAX_CHARS - 1]}…"


def render_timeline(timeline: Timeline, screen: Screen) -> Iterator[str]:
    """Yield a bar for each step from the first to the last, and the number of undated hits."""
    most = max((bucket.count for bucket in timeline.buckets), default=0)
    counts = max(len(f"{most:,}"), 1)
    labels = len(_label(timeline.buckets[0], timeline.step)) if timeline.buckets else 0
    width = max(MIN_BAR, min(screen.width, 110) - labels - counts - 4)
    if timeline.buckets:
        yield f"published, by {timeline.step}" + (" (from Monday)" if timeline.step == "week" else "")
    for run in _runs(timeline.buckets):
        if len(run) > MAX_EMPTY and not run[0].count:
            yield screen.style(f"{'…':>{labels}}  none in {len(run):,} {timeline.step}s", "dim")
            continue
        for bucket in run:
            bar = BAR * max(bool(bucket.count), round(width * bucket.count / most))
            line = f"{_label(bucket, timeline.step)}  {bucket.count:>{counts},}  "
            yield (line + screen.style(bar, "yellow")).rstrip()
    if timeline.undated:
        yield f"undated: {timeline.undated:,}"


def _label(bucket: Bucket, step: Step) -> str:
    """Name a bucket by its first day, as far as its step goes.

    >>> from datetime import date
    >>> _label(Bucket(date(2025, 6, 1), date(2025, 6, 30), 5), "month")
    '2025-06'
    """
    chars = {"day": 10, "week": 10, "month": 7, "year": 4}
    return bucket.start.isoformat()[: chars[step]]


def _runs(buckets: Sequence[Bucket]) -> Iterator[list[Bucket]]:
    """Divide buckets into runs that are empty and runs that are not."""
    run: list[Bucket] = []
    for bucket in buckets:
        if run and bool(run[0].count) != bool(bucket.count):
            yield run
            run = []
        run.append(bucket)
    if run:
        yield run
