"""What a person installs: the core packages and nothing of ours for development."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.bench.contender import ROOT

_PINS: Final = ROOT / "requirements" / "core.txt"
_VENV: Final = ROOT / ".venv" / "bench"


def python() -> Path:
    """The Python of an environment with the core packages alone; made when it is not there."""
    stamp = _VENV / "installed"
    if not stamp.exists() or stamp.stat().st_mtime < _PINS.stat().st_mtime:
        _make()
        stamp.touch()
    return _python()


def _python() -> Path:
    return _VENV / "bin" / "python"


def _make() -> None:
    uv = ROOT / ".venv" / "bin" / "uv"
    pins = ["--no-deps", "--require-hashes", "-r", str(_PINS)]
    if uv.exists():
        _run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, _VENV)
        _run(uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", _python(), *pins)
    else:
        _run(sys.executable, "-m", "venv", "--clear", _VENV)
        _run(_python(), "-m", "pip", "install", "-qq", *pins)


def _run(*words: str | Path) -> None:
    subprocess.run([str(word) for word in words], check=True, cwd=ROOT)
