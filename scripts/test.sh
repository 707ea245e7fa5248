#!/bin/sh
# Run all tests: most on every core at once, then those that start whole processes, which would
# wait for each other, one by one. With arguments, run what these name.
set -eu
cd "$(dirname "$0")/.."

tests() {
    .venv/bin/python -m pytest "$@"
}

[ $# -eq 0 ] || { tests "$@"; exit; }

others="not weights and not vllm and not coqui"
tests -n auto --maxprocesses=4 --dist worksteal --cov --cov-report= --cov-fail-under=0 \
    -m "not alone and $others"
tests --cov --cov-append -m "alone and $others"
