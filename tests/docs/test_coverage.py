"""Nothing is missing from the documents, and nothing in them leads nowhere."""

import builtins
import dataclasses
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from docs_blocks import ROOT, UPDATE_HINT

import searchidx
from searchidx.cli import group
from searchidx.config import Settings
from searchidx.flask.settings import DEFAULTS

COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
ALL = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
SOURCES = sorted((ROOT / "searchidx").rglob("*.py"))


def _commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(command)
    yield name, command
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found, child
            yield from _commands(found, f"{name} {child}")


@pytest.mark.parametrize(("name", "command"), list(_commands(group, "searchidx")))
def test_a_command_and_its_options_stand_in_the_documents(name: str, command: click.Command) -> None:
    heading = f"$ {name} --help\n"
    assert heading in COMMANDS, (
        f"add a console block for {name} --help to docs/commands.md; then {UPDATE_HINT}"
    )
    shown = COMMANDS.partition(heading)[2].partition("```")[0]
    for parameter in command.get_params(click.Context(command)):
        if isinstance(parameter, click.Option):
            assert all(option in shown for option in parameter.opts), (parameter.name, UPDATE_HINT)


@pytest.mark.parametrize("setting", dataclasses.fields(Settings), ids=lambda setting: setting.name)
def test_a_setting_stands_in_the_documents_with_its_default(setting: "dataclasses.Field[object]") -> None:
    default = f"`{setting.default}`" if setting.default != "" else "none"
    row = rf"^\| `{setting.name}` \| `SEARCHIDX_{setting.name.upper()}` \| {re.escape(default)} \|"
    assert re.search(row, COMMANDS, re.MULTILINE), f"docs/commands.md lacks the row {row}"


@pytest.mark.parametrize("name", list(DEFAULTS))
def test_a_setting_of_the_page_stands_in_the_documents(name: str) -> None:
    assert f"| `{name}` |" in COMMANDS


def test_every_exit_code_stands_in_the_documents() -> None:
    from searchidx import errors

    codes = {
        error.exit_code
        for error in vars(errors).values()
        if isinstance(error, type) and hasattr(error, "exit_code")
    }
    for code in codes | {0, 1, 130}:
        assert f"| {code} |" in COMMANDS


@pytest.mark.parametrize("name", searchidx.__all__)
def test_a_public_name_says_what_it_is(name: str) -> None:
    assert getattr(searchidx, name).__doc__


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", _prose(path)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        assert file.exists(), f"{path.name} links to {target}"
        if anchor:
            assert anchor in _anchors(file), f"{path.name} links to {target}"


def _prose(path: Path) -> str:
    """Give a document without its blocks, which hold the links of articles."""
    return re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def _anchors(path: Path) -> set[str]:
    """Give the anchors that GitHub makes of headings."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_changelog_has_a_place_for_what_is_not_released() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## Unreleased$", text, re.MULTILINE)
    for kind in re.findall(r"^### (.+)$", text, re.MULTILINE):
        assert kind in ("Added", "Changed", "Fixed", "Removed"), kind


def test_the_notice_names_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["flask"]]
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8").lower()
    for requirement in needed:
        name = re.split(r"[<>=\[ ]", requirement)[0].lower()
        assert re.search(rf"^  {re.escape(name)} ", notice, re.MULTILINE), f"NOTICE says nothing of {name}"


# ---- ARCHITECTURE.md -------------------------------------------------------------------------------

ARCHITECTURE = ROOT / "ARCHITECTURE.md"


def test_the_architecture_names_only_what_is_there() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    modules = {path.name for path in SOURCES}
    for name in set(re.findall(r"`([^`\n]+)`", _prose(ARCHITECTURE))):
        if re.fullmatch(r"\w+\.py", name):
            assert name in modules, f"there is no {name}"
        elif re.fullmatch(r"[\w./-]+/|[\w./-]+\.(?:py|toml)", name):
            assert any((ROOT / folder / name).exists() for folder in (".", "searchidx")), (
                f"there is no {name}"
            )
        elif re.fullmatch(r"[A-Z]\w+|\w+\(\)", name):
            word = name.removesuffix("()")
            assert hasattr(builtins, word) or re.search(rf"\b{word}\b", code), f"nothing is called {name}"


def test_every_room_stands_in_the_architecture() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    for path in sorted((ROOT / "searchidx").iterdir()):
        if path.is_dir() and (path / "__init__.py").exists():
            assert re.search(rf"^### `{path.name}/`", text, re.MULTILINE), (
                f"ARCHITECTURE.md has no room {path.name}/"
            )
        elif path.suffix == ".py" and not path.name.startswith("_"):
            assert f"`{path.name}`" in text, f"ARCHITECTURE.md does not name {path.name}"


def test_the_architecture_is_short() -> None:
    assert len(ARCHITECTURE.read_text(encoding="utf-8").splitlines()) <= 200


def test_nobody_refreshes_a_searcher_or_unpickles() -> None:
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        if path.parent.name == "processes":  # talks to its own children over their own sockets, keeps nothing
            text = text.replace("import pickle\n", "")
        assert not re.search(r"\.refresh\(|\bimport (?:c?[pP]ickle|marshal|shelve)\b", text), path
