#!/bin/sh
# Install coqui-tts into .venv-coqui and make a tiny XTTS for it; both only where they are missing.
set -eu
cd "$(dirname "$0")/.."
room=.venv-coqui
here=$room/bin/python

pip() {
    "$here" -m pip install -qq --disable-pip-version-check --no-cache-dir "$@"
}

install() {
    echo "making $room: two gigabytes, some minutes"
    "${PYTHON:-python3}" -m venv --clear "$room"
    pip -r requirements/vllm-torch.txt || {
        echo "pip finds no torch without CUDA; say in its configuration where one is" >&2
        exit 1
    }
    pip -r requirements/coqui.in
    pip --no-deps torchaudio torchcodec
    # their only builds may be for CUDA: then torchaudio goes without its library, and soundfile reads
    "$here" -c 'import torchaudio' 2>/dev/null || {
        audio=$("$here" -c 'import importlib.util as u; print(u.find_spec("torchaudio").submodule_search_locations[0])')
        rm -f "$audio"/lib/*.so
        cat >>"$audio/__init__.py" <<'PY'

def load(path, *_, **__):
    import soundfile
    import torch

    levels, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return torch.from_numpy(levels.T.copy()), rate
PY
    }
    touch "$room/installed"
}

[ "$room/installed" -nt requirements/coqui.in ] || install
[ "$room/tiny/made" -nt scripts/tiny_xtts.py ] && [ "$room/tiny/made" -nt "$room/installed" ] || {
    "$here" scripts/tiny_xtts.py "$room/tiny"
    touch "$room/tiny/made"
}
