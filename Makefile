# Two commands do all: `make demo` installs and answers a query on seeds/, `make test` installs and passes the tests.
# Each has its own virtual environment and nothing is installed outside of it.

PYTHON ?= python3
DEMO := .venv-demo
TEST := .venv-test

.PHONY: demo test lint clean

demo: $(DEMO)/.installed
	$(DEMO)/bin/searchidx reindex seeds --index index
	$(DEMO)/bin/searchidx query --index index -n 3 "prisoner exchange"

test: $(TEST)/.installed
	$(TEST)/bin/python -m pytest -n auto

lint: $(TEST)/.installed
	$(TEST)/bin/ruff check .
	$(TEST)/bin/ruff format --check .
	$(TEST)/bin/mypy
	$(TEST)/bin/lint-imports

$(DEMO)/.installed: pyproject.toml
	$(PYTHON) -m venv $(DEMO)
	$(DEMO)/bin/pip install --quiet ".[flask]"
	touch $@

$(TEST)/.installed: pyproject.toml
	$(PYTHON) -m venv $(TEST)
	$(TEST)/bin/pip install --quiet --editable ".[dev]"
	touch $@

clean:
	rm -rf $(DEMO) $(TEST) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
