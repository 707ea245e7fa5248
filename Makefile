# What people and CI call. It needs python3 (3.11 or newer), pip and make, nothing else.
# Another Python: make run PYTHON=python3.13. More arguments: make run ARGS="--config my.toml"

PYTHON ?= python3
ARGS ?=
# to compile everything anew at each start takes ten seconds
unexport PYTHONDONTWRITEBYTECODE
INSTALL := PYTHON=$(PYTHON) scripts/install.sh

.PHONY: install run test browser pictures test-weights test-vllm test-voices test-coqui check bench pin

install: .venv/core.installed

run: .venv/core.installed
	@[ .venv/builtin.installed -nt requirements/builtin.txt ] || $(INSTALL) builtin 2>/dev/null || \
		echo "the built-in model's server cannot be installed here; without another model a stand-in answers"
	@exec .venv/bin/anima run $(ARGS)

# in CI (CI=true) a browser is installed where there is none; elsewhere it is used if it is there
test: .venv/core.installed .venv/test.installed .venv/tokenizers.installed
	@scripts/browser.sh
	@scripts/test.sh $(ARGS)

browser: .venv/core.installed .venv/test.installed
	@scripts/browser.sh --install
	@.venv/bin/python -m pytest tests/browser $(ARGS)

pictures: .venv/core.installed .venv/test.installed
	@scripts/browser.sh --install
	@.venv/bin/python -m scripts.picture

test-weights: .venv/core.installed .venv/test.installed .venv/builtin.installed
	@.venv/bin/python -m pytest -m weights $(ARGS)

# a real vLLM on the processor (Linux): 2 GB in .venv-vllm, a tiny model made on the spot
test-vllm: .venv/core.installed .venv/test.installed
	@PYTHON=$(PYTHON) scripts/vllm.sh
	@.venv/bin/python -m pytest -m vllm tests/vllm $(ARGS)

# the builtin voices and faster-whisper, over the whole way: 1 GB in .venv
test-voices: .venv/core.installed .venv/test.installed .venv/voice-builtin.installed \
		.venv/whisper.installed .venv/ears.installed
	@.venv/bin/python -m pytest -m voices tests/voices $(ARGS)

# a real coqui-tts on the processor: 2 GB in .venv-coqui, a tiny XTTS made on the spot
test-coqui: .venv/core.installed .venv/test.installed
	@PYTHON=$(PYTHON) scripts/coqui.sh
	@.venv/bin/python -m pytest -m coqui tests/coqui $(ARGS)

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
