"""CHARX files: a zip with `card.json` and the files that belong to it."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from anima.errors import ConfigError

CARD: Final = "card.json"
MOST_FILES: Final = 2000
LARGEST_BYTES: Final = 128 * 1024 * 1024
"""Of all files together, unpacked. A zip says of itself how large it is, and may lie."""

_WHEN: Final = (1980, 1, 1, 0, 0, 0)  # the same files make the same zip
_WRONG: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


def unpacked(content: bytes) -> dict[str, bytes]:
    """By path, the files in the CHARX *content*. Raises `ConfigError`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _files(packed)
    except _WRONG as error:  # RuntimeError: one that is locked by a password
        reason = str(error).strip() or "it ends too early"
        raise ConfigError(f"broken CHARX: {reason[:1].lower()}{reason[1:]}") from error


def packed(files: Mapping[str, bytes]) -> bytes:
    """The CHARX of *files*."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files.items():
            archive.writestr(zipfile.ZipInfo(name, _WHEN), file, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _files(archive: zipfile.ZipFile) -> dict[str, bytes]:
    inside = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(inside) > MOST_FILES:
        raise ConfigError(f"{len(inside)} files in one card; {MOST_FILES} are the most")
    files: dict[str, bytes] = {}
    left = LARGEST_BYTES
    for entry in inside:
        if not _stays(entry.filename):
            raise ConfigError(f"its file {entry.filename!r} would leave the folder")
        with archive.open(entry) as file:
            files[entry.filename] = file.read(left + 1)
        left -= len(files[entry.filename])
        if left < 0:
            raise ConfigError(f"larger than {LARGEST_BYTES >> 20} MiB when it is unpacked")
    if CARD not in files:
        raise ConfigError(f"no character card: it has no {CARD}")
    return files


def _stays(name: str) -> bool:
    """Whether *name* is a path below the folder that it is unpacked to, on any system."""
    path = PurePosixPath(name)
    strange = any(character in name for character in "\\:\0")
    return not (strange or path.is_absolute() or ".." in path.parts or not path.parts)
