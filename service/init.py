"""`anima init`: five questions, and a commented `anima.toml` that answers them."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final, TextIO

from anima.errors import ConfigError
from service.questions import Questions
from service.written import written

OURS_ALONE: Final = 0o600
"""The file holds a token: nobody else on this machine reads it."""


def init(file: Path, read: TextIO, write: TextIO, *, force: bool = False) -> int:
    """Ask, and write *file* when the last answer is there. Raises `ConfigError`.

    What is there already stays, unless *force* or the person says otherwise.
    """
    if not file.absolute().parent.is_dir():
        raise ConfigError(f"{file}: there is no folder {str(file.parent)!r}; make it first")
    questions = Questions(read, write)
    replaces = file.exists()
    if replaces and not force and not questions.agreed(f"{file} is there. Write over it?"):
        raise ConfigError(f"{file} is left as it was; name another file, or use --force")
    text = written(questions.asked())
    _put(file, text, replaces=replaces)
    write.write(f"\n{file} is written. Next: anima doctor, then anima run\n")
    return 0


def _put(file: Path, text: str, *, replaces: bool) -> None:
    """Make *file* whole or not at all; one that somebody else made meanwhile stays."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with open(draft, "x", encoding="utf-8", opener=_private) as new:
            new.write(text)
            new.flush()
            os.fsync(new.fileno())
        if replaces:
            draft.replace(file)
        else:
            os.link(draft, file)
    except OSError as error:
        reason = (error.strerror or "unwritable").lower()
        raise ConfigError(f"{file}: cannot be written: {reason}") from error
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, OURS_ALONE)
