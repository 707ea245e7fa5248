#!/bin/sh
# Bring what the browser tests need: Debian's chromium, a CJK font, and what drives them.
# With --install, or in CI, it installs the browser or fails; else it only uses one that is there.
set -eu
cd "$(dirname "$0")/.."

must=${1:-}
case ${CI:-} in '' | 0 | false) ;; *) must=--install ;; esac

fail() {
    echo "$1" >&2
    exit 1
}

here() {
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null
}

# as root, or as one who may become root without being asked
apt() {
    as_root=
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    DEBIAN_FRONTEND=noninteractive $as_root apt-get "$@" >/dev/null 2>&1
}

packages="chromium fonts-noto-cjk"
if ! here && [ "$must" = --install ]; then
    echo "installing $packages"
    # shellcheck disable=SC2086 # two words
    apt install -y --no-install-recommends $packages ||
        { apt update && apt install -y --no-install-recommends $packages; } ||
        fail "no browser could be installed; as root: apt-get install -y $packages"
fi

here || exit 0
[ .venv/browser.installed -nt requirements/browser.txt ] ||
    PYTHON=${PYTHON:-python3} scripts/install.sh browser ||
    [ "$must" != --install ] || fail "what drives the browser could not be installed"
