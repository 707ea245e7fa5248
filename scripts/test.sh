#!/bin/sh
# Run the quick tests on every core at once; in CI, or with `--all`, then all others: the slow ones
# beside each other, and those that start whole processes, which would wait for each other, two at
# a time. What is covered is measured over the quick ones, which take twice as long by it. With other
# arguments, run what these name.
set -eu
cd "$(dirname "$0")/.."

tests() {
    .venv/bin/python -m pytest "$@"
}

# one more than there are cores, for every other test waits for a line or a disk now and then
beside() {
    tests -n "$(($(nproc 2>/dev/null || echo 2) + 1))" --maxprocesses=5 --dist worksteal "$@"
}

all=${1:-}
case ${CI:-} in '' | 0 | false) ;; *) [ $# -gt 0 ] || all=--all ;; esac

others="not weights and not vllm and not coqui and not voices"
if [ "$all" = --all ]; then
    beside --cov -m "not slow and not alone and $others"
    beside -m "slow and not alone and $others"
    tests -n auto --maxprocesses=2 --dist worksteal tests/alone
elif [ $# -gt 0 ]; then
    tests "$@"
else
    beside -m "not slow and not alone and $others"
    echo "left out: what is slow, and what starts whole processes; make test ARGS=--all runs it too"
fi
