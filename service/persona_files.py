"""A persona's folder on disk: written whole or not at all, and read with all that lies in it."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final

from anima.errors import ConfigError
from persona.charcard import CharCard
from persona.charcard_export import folded
from persona.charcard_file import is_card, opened
from persona.charcard_folder import unfolded
from persona.folder import read

AVATAR: Final = "avatar.png"
BESIDE: Final = "charx"
"""The folder for the files that a CHARX brought besides its card, under their own paths."""

READABLE: Final = 0o755  # a temporary folder is its maker's alone


def contents(card: CharCard) -> dict[str, bytes]:
    """By path, the files of the folder for *card*."""
    files = {path: text.encode() for path, text in unfolded(card).items()}
    if card.picture:
        files[AVATAR] = card.picture
    return files | {f"{BESIDE}/{path}": content for path, content in card.files.items()}


def card_of(path: Path) -> CharCard:
    """The character card that the persona at *path* makes. Raises `ConfigError`."""
    if is_card(path) and not path.is_dir():
        return opened(path)
    folder = read(path)
    if folder.mistakes:
        raise ConfigError("\n".join(folder.mistakes))
    try:
        avatar = path / AVATAR
        picture = avatar.read_bytes() if avatar.is_file() else b""
        return folded(folder.texts, picture, _beside(path / BESIDE))
    except OSError as error:
        raise ConfigError(f"{error.filename} cannot be read: {_reason(error)}") from error


def _beside(folder: Path) -> dict[str, bytes]:
    inside = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in inside}


def put_folder(folder: Path, files: Mapping[str, bytes], *, force: bool) -> Path | None:
    """Make *folder* out of *files*; what was there is kept beside it, under the name returned.

    Raises `ConfigError`, and then nothing has changed. Without *force* nothing is replaced.
    """
    replaces = folder.exists() and any(folder.iterdir()) if folder.is_dir() else folder.exists()
    if replaces and not force:
        raise ConfigError(f"{folder} is there already; name another with --to, or use --force")
    staged: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        for path, content in files.items():
            _write(staged / path, content)
        staged.chmod(READABLE)
        return _moved_in(staged, folder, replaces=replaces)
    except OSError as error:
        raise ConfigError(f"{folder} cannot be written: {_reason(error)}") from error
    finally:
        if staged is not None:
            shutil.rmtree(staged, ignore_errors=True)


def put_file(file: Path, content: bytes, *, force: bool) -> None:
    """Make *file* whole or not at all. Raises `ConfigError`."""
    if file.exists() and not force:
        raise ConfigError(f"{file} is there already; name another, or use --force")
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        _write(draft, content)
        draft.replace(file)
    except OSError as error:
        raise ConfigError(f"{file} cannot be written: {_reason(error)}") from error
    finally:
        with suppress(OSError):
            draft.unlink()


def _moved_in(staged: Path, folder: Path, *, replaces: bool) -> Path | None:
    if not replaces:
        staged.replace(folder)
        return None
    kept = next(place for place in _kept(folder) if not place.exists())
    folder.rename(kept)
    try:
        staged.rename(folder)
    except OSError:
        kept.rename(folder)
        raise
    return kept


def _kept(folder: Path) -> Iterator[Path]:
    yield folder.with_name(f"{folder.name}.old")
    yield from (folder.with_name(f"{folder.name}.old{number}") for number in count(2))


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as new:
        new.write(content)
        new.flush()
        os.fsync(new.fileno())


def _reason(error: OSError) -> str:
    return (error.strerror or "unusable").lower()
