"""Flatten pages in the ways that people do, so that the model learns what they leave behind.

In: a page. Out: its text, by the name of the tool. Tools that are not installed are left out; lynx
and w3m are programs, the others packages (the extra ``train``).
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator

from searchidx.clean.flatten import flatten

TIMEOUT_S = 20
WIDE = "10000"  # columns: no line is broken


def flatteners() -> dict[str, Callable[[str], str]]:
    """Give the tools that are there, by name."""
    found: dict[str, Callable[[str], str]] = {"plain": flatten}
    for name, make in (
        ("bs4", _bs4),
        ("inscriptis", _inscriptis),
        ("html2text", _html2text),
        ("resiliparse", _resiliparse),
    ):
        try:
            found[name] = make()
        except ImportError:
            continue
    for name, command in _programs():
        found[name] = _running(command)
    return found


def _bs4() -> Callable[[str], str]:
    from bs4 import BeautifulSoup

    def run(page: str) -> str:
        soup = BeautifulSoup(page, "lxml")
        for node in soup(["script", "style", "noscript", "template"]):
            node.decompose()
        return soup.get_text("\n")

    return run


def _inscriptis() -> Callable[[str], str]:
    from inscriptis import get_text

    return lambda page: str(get_text(page))


def _html2text() -> Callable[[str], str]:
    from html2text import HTML2Text

    def run(page: str) -> str:
        tool = HTML2Text(bodywidth=0)
        tool.ignore_links = True
        tool.ignore_images = True
        return str(tool.handle(page))

    return run


def _resiliparse() -> Callable[[str], str]:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda page: str(extract_plain_text(page))


def _programs() -> Iterator[tuple[str, list[str]]]:
    if path := shutil.which("lynx"):
        charset = ["-assume_charset=utf-8", "-display_charset=utf-8"]
        yield "lynx", [path, "-stdin", "-dump", "-nolist", f"-width={WIDE}", *charset]
    if path := shutil.which("w3m"):
        yield "w3m", [path, "-dump", "-T", "text/html", "-cols", WIDE, "-I", "UTF-8", "-O", "UTF-8"]


def _running(command: list[str]) -> Callable[[str], str]:
    def run(page: str) -> str:
        done = subprocess.run(  # noqa: S603  (the command is ours, the page goes to its stdin)
            command,
            input=page.encode("utf-8", "replace"),
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
        )
        return done.stdout.decode("utf-8", "replace")

    return run
