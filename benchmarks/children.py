"""Run a command as a child and say what it cost; write figures into the documents.

In: a command line. Out: wall time, processor time and peak memory of that process alone, as the kernel
counts them (``wait4``). Whatever else runs on the machine is in the wall time, and partly in the
processor time.
"""

import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "engines.md"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a child took."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end, its output thrown away; an exit code other than 0 and 1 is an error."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("SEARCHIDX_")}
    began = time.perf_counter()
    child = subprocess.Popen(
        command, cwd=folder, env=settings | dict(environment or {}), stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(child.pid, 0)
    wall_s = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: exit code {child.returncode}")
    return Cost(wall_s, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def medians(costs: Sequence[Cost]) -> Cost:
    """Give the middle of each figure."""
    return Cost(
        median(cost.wall_s for cost in costs),
        median(cost.cpu_s for cost in costs),
        median(cost.peak_mb for cost in costs),
    )


def machine() -> str:
    """Say what the figures were taken on, as far as it matters for a ratio."""
    return f"{platform.system()}, Python {sys.version.split()[0]}, {os.cpu_count()} processors"


def write_docs(name: str, table: str, document: Path | None = None) -> None:
    """Put a table between the marks that a benchmark has in a document, docs/engines.md by default."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    path = document or DOCUMENT
    text = path.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f"{path} has no place for {name}")
    path.write_text(pattern.sub(lambda _: f"{begin}\n{table}\n{end}", text), encoding="utf-8")
