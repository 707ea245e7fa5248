#!/bin/sh
# Install a real vLLM into .venv-vllm and make a tiny model for it; both only where they are missing.
# vllm.sh --pin writes requirements/vllm.txt anew.
set -eu
cd "$(dirname "$0")/.."
uv=${UV:-.venv/bin/uv}
room=.venv-vllm
here=$room/bin/python

fail() {
    echo "$1" >&2
    exit 1
}

# torch has its own file; the others are built for CUDA or needed by no model of ours, and break it
left_out="torch torchaudio torchcodec torchvision triton"

pin() {
    echo "$left_out" | tr ' ' '\n' >"$room/left_out"
    "$uv" pip compile --quiet --python-version 3.11 --python-platform linux --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade \
        --excludes "$room/left_out" --output-file requirements/vllm.txt requirements/vllm.in >/dev/null
}

install() {
    echo "making $room"
    "${PYTHON:-python3}" -m venv --clear "$room"
    echo "installing torch"
    "$here" -m pip install -qq --disable-pip-version-check --no-cache-dir --no-deps \
        -r requirements/vllm-torch.txt ||
        fail "pip finds no torch without CUDA; say in its configuration where one is"
    echo "installing vLLM"
    "$uv" pip install --quiet --python "$here" --no-deps --require-hashes -r requirements/vllm.txt \
        2>/dev/null ||
        "$here" -m pip install -qq --disable-pip-version-check --no-cache-dir --no-deps \
            --require-hashes -r requirements/vllm.txt
    touch "$room/installed"
}

if [ "${1:-}" = --pin ]; then
    mkdir -p "$room"
    pin
    exit
fi

[ "$room/installed" -nt requirements/vllm.txt ] &&
    [ "$room/installed" -nt requirements/vllm-torch.txt ] || install
[ "$room/tiny/made" -nt scripts/tiny_model.py ] && [ "$room/tiny/made" -nt "$room/installed" ] || {
    "$here" scripts/tiny_model.py "$room/tiny"
    touch "$room/tiny/made"
}
echo "starting vLLM takes half a minute or a whole one"
