"""Read the dates that people give with a document."""

from datetime import date, datetime


def iso(written: str) -> str | None:
    """Return an ISO 8601 date, or date and time, in its long form; None if it is none.

    Dates in words and in other orders are for ``clean`` to find.

    >>> iso("2025-06-02"), iso("20250602T101500Z"), iso("2 June 2025")
    ('2025-06-02', '2025-06-02T10:15:00+00:00', None)
    """
    written = written.strip().replace(" +", "+").replace(" -", "-")  # Jekyll: "10:15:00 +0200"
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(written).isoformat(timespec="seconds")
    except ValueError:
        return None
