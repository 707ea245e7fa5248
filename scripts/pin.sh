#!/bin/sh
# Write the exact versions and hashes of all that pyproject.toml asks for into requirements/.
# Versions that still fit are kept; `scripts/pin.sh --upgrade` takes the newest of each.
set -eu
cd "$(dirname "$0")/.."
uv=${UV:-.venv/bin/uv}

pin() {
    out=$1
    shift
    echo "pin requirements/$out"
    # neither a header nor an index is written: a file of pins names no host
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
        --output-file "requirements/$out" "$@" >/dev/null
}

pin core.txt "$@" pyproject.toml
for group in test browser check build ears; do
    pin "$group.txt" "$@" --group "$group" --constraint requirements/core.txt
done
echo uv | pin uv.txt "$@" -
# an extra alone, as install.sh adds it to what is there
extra() {
    name=$1
    shift
    .venv/bin/python -c 'import sys, tomllib
project = tomllib.load(open("pyproject.toml", "rb"))["project"]
print(*project["optional-dependencies"][sys.argv[1]], sep="\n")' "$name" |
        pin "$name.txt" "$@" --constraint requirements/core.txt -
}
extra builtin "$@"
extra voice "$@"
extra voice-builtin "$@"
extra whisper "$@"
# the hub client that it wishes for is of no use: files are read from the disk
extra tokenizers "$@" --no-deps
# what it needs is numpy, which the core has
extra second "$@" --no-deps

if grep -n -e '://' -e '^-' requirements/*.txt; then
    echo "an address or an option stands in requirements/" >&2
    exit 1
fi
