"""The programs at hand that can fetch a package."""

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ALWAYS = ("--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes")
"""One file of ours, as it is, and only if it is the very one: no code of a package ever runs."""


@dataclass(frozen=True, slots=True)
class PackageClient:
    """*command* puts what a list of pins names into a folder, as wheels or *unpacked*."""

    command: tuple[str, ...]
    unpacked: bool

    def line(self, pins: Path, folder: Path) -> tuple[str, ...]:
        """The whole command line."""
        return (*self.command, str(folder), "--requirement", str(pins))


def at_hand() -> tuple[PackageClient, ...]:
    """First uv, if installed, then pip, of this environment or of the Python that made it."""
    uv = Path(sys.executable).with_name("uv")
    found = str(uv) if os.access(uv, os.X_OK) else shutil.which("uv")
    host = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    pythons = dict.fromkeys((sys.executable, str(host)))
    with_uv = () if found is None else (_uv(found),)
    return (*with_uv, *(_pip(python) for python in pythons if Path(python).exists()))


def _uv(program: str) -> PackageClient:
    aside = ("--no-cache", "--python", sys.executable)
    return PackageClient((program, "pip", "install", *ALWAYS, *aside, "--target"), unpacked=True)


def _pip(python: str) -> PackageClient:
    aside = ("--no-cache-dir", "--disable-pip-version-check", "--no-input")
    command: Sequence[str] = (python, "-m", "pip", "download", *ALWAYS, *aside, "--dest")
    return PackageClient(tuple(command), unpacked=False)
