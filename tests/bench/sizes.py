"""How big we are: the core packages and the wheel."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.bench.contender import ROOT
from tests.bench.table import table

_MOST_PACKAGES: Final = 60
_MOST_MB: Final = 250
_MB: Final = 1 << 20
_NOT_OURS: Final = ("pip-", "setuptools-")
"""What a virtual environment may bring by itself."""


def sizes(python: Path) -> str:
    """A table about the environment that *python* belongs to, and the wheel."""
    count, size = packages(python.parent.parent)
    return table(
        ("size", "is", "bar"),
        [
            ("core packages", str(count), f"≤ {_MOST_PACKAGES}"),
            ("core install, MB", f"{size / _MB:.0f}", f"≤ {_MOST_MB}"),
            ("wheel, kB", f"{wheel_bytes() / 1000:.0f}", ""),
        ],
    )


def packages(venv: Path) -> tuple[int, int]:
    """How many packages *venv* holds, and how many bytes with all that is compiled."""
    known = list(venv.glob("lib/python*/site-packages/*.dist-info"))
    counted = [one for one in known if not one.name.startswith(_NOT_OURS)]
    return len(counted), sum(_bytes(venv))


def wheel_bytes() -> int:
    """The size of the wheel that this tree makes."""
    with TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
        subprocess.run(build, check=True, cwd=ROOT, capture_output=True)
        return sum(wheel.stat().st_size for wheel in Path(folder).glob("*.whl"))


def _bytes(folder: Path) -> Iterator[int]:
    return (file.stat().st_size for file in folder.rglob("*") if file.is_file())
