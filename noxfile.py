"""The tests on every supported Python; an interpreter that is absent is named and skipped.

pip install nox && nox
"""

import nox

nox.options.error_on_missing_interpreters = False
nox.options.reuse_existing_virtualenvs = True


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """Run the test-suite."""
    session.install("-e", ".[test]")
    session.run("pytest", "-n", "auto")


@nox.session(python="3.11")
def whoosh3(session: nox.Session) -> None:
    """Run the back-end contract on the maintained fork of Whoosh, the way out if 2.7.4 breaks."""
    session.install("-e", ".[test]")
    session.run("pip", "uninstall", "-y", "whoosh")
    session.install("--no-deps", "whoosh3==3.54.0")
    session.run("pytest", "tests/backends")
