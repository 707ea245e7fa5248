"""A package client as ours calls it, that takes wheels from a folder and checks their hashes.

`python package_client.py WHEELS uv|pip [OPTIONS] --target|--dest FOLDER --requirement PINS`. It
writes each package that it was asked for into `WHEELS/asked`. It is started as a process, and
imports nothing of ours.
"""

import hashlib
import sys
import zipfile
from pathlib import Path


def main(wheels: Path, kind: str, folder: Path, pins: Path) -> int:
    """Do what the client does."""
    package, _, rest = pins.read_text().partition("==")
    version, _, sha256 = rest.strip().partition(" --hash=sha256:")
    with (wheels / "asked").open("a") as opened:
        opened.write(f"{package}\n")
    file = wheels / f"{package}-{version}-py3-none-any.whl"
    if not file.exists():
        sys.stderr.write(f"downloading\nno {package} at https://example.org/simple\n")
        return 1
    if hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
        sys.stderr.write("hash mismatch\n")
        return 1
    folder.mkdir(parents=True)
    if kind == "uv":
        zipfile.ZipFile(file).extractall(folder)
    else:
        (folder / file.name).write_bytes(file.read_bytes())
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[-3]), Path(sys.argv[-1])))
