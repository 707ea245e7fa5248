#!/bin/sh
# Install exact versions into .venv: install.sh [core|test|check]... ; core brings the project.
# uv takes a second for what takes pip a quarter of a minute; where uv cannot run, pip does it.
set -eu
cd "$(dirname "$0")/.."
host=${PYTHON:-python3}
here=.venv/bin/python

fail() {
    echo "$1" >&2
    exit 1
}

"$host" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "Anima needs Python 3.11 or newer; name one: make install PYTHON=python3.12"

if ! "$here" -c '' 2>/dev/null; then
    echo "making .venv"
    "$host" -m venv --clear --without-pip .venv
fi

# the pip at hand can install into .venv; one that is too old or missing is put into .venv itself
pip() {
    if "$host" -m pip --python "$here" --version >/dev/null 2>&1; then
        "$host" -m pip --python "$here" --disable-pip-version-check "$@"
    else
        "$here" -m pip --version >/dev/null 2>&1 || "$here" -m ensurepip >/dev/null
        "$here" -m pip --disable-pip-version-check "$@"
    fi
}

install() {
    .venv/bin/uv pip install --quiet --compile-bytecode --python "$here" --no-deps "$@" 2>/dev/null ||
        pip install -qq --no-cache-dir --no-deps "$@"
}

[ .venv/bin/uv -nt requirements/uv.txt ] ||
    pip install -qq --no-cache-dir --no-deps --require-hashes -r requirements/uv.txt ||
    echo "uv is not to be had; pip takes a little longer"

for set in "$@"; do
    echo "installing $set"
    install --require-hashes -r "requirements/$set.txt"
    if [ "$set" = core ]; then
        install --require-hashes -r requirements/build.txt
        install --no-build-isolation --editable .
    fi
    touch ".venv/$set.installed"
done
