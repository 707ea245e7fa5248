"""Secrets in the settings: how they are read and kept from being shown."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, SecretStr

FROM_FILE = "file:"

LONGEST_BYTES = 65536
"""No key is longer; a `file:` that names a disk image is a mistake."""


def from_file(value: object) -> object:
    """What `file:/path` names, without the newline at its end; anything else as it is.

    Raises `ValueError` when the file cannot be read.
    """
    if not isinstance(value, str) or not value.startswith(FROM_FILE):
        return value
    path = Path(value.removeprefix(FROM_FILE))
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        raise ValueError(f"cannot read {str(path)!r}: {reason}") from error
    return _text(path, content)


def _text(path: Path, content: bytes) -> str:
    if len(content) > LONGEST_BYTES:
        raise ValueError(f"{str(path)!r} is longer than {LONGEST_BYTES} bytes; that is no secret")
    try:
        return content.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise ValueError(f"{str(path)!r} is not UTF-8; save it as plain text") from error


def _printable(value: SecretStr) -> SecretStr:
    if any(not char.isprintable() for char in value.get_secret_value()):
        raise ValueError("has a line break or a control character; put one line there")
    return value


Secret = Annotated[
    SecretStr,
    BeforeValidator(from_file),
    AfterValidator(lambda value: SecretStr(value.get_secret_value().strip())),
    AfterValidator(_printable),
]
"""A text that is never shown; `file:/path` reads it from there."""
