# What people and CI call. It needs python3 (3.11 or newer), pip and make, nothing else.
# Another Python: make run PYTHON=python3.13. More arguments: make run ARGS="--config my.toml"

PYTHON ?= python3
ARGS ?=
INSTALL := PYTHON=$(PYTHON) scripts/install.sh

.PHONY: install run test check bench pin

install: .venv/core.installed

run: .venv/core.installed
	@exec .venv/bin/anima run $(ARGS)

test: .venv/core.installed .venv/test.installed
	@.venv/bin/python -m pytest --cov $(ARGS)

check: .venv/core.installed .venv/check.installed
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/ruff check --quiet .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo

bench: .venv/core.installed .venv/test.installed
	@.venv/bin/python -m tests.bench $(ARGS)

pin: .venv/core.installed
	@scripts/pin.sh --upgrade

.venv/core.installed: pyproject.toml requirements/core.txt requirements/build.txt requirements/uv.txt
	@$(INSTALL) core

.venv/%.installed: requirements/%.txt | .venv/core.installed
	@$(INSTALL) $*
