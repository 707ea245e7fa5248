"""A talk as a file: JSON Lines, an object for each line that was said."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from anima.errors import ConfigError

_LARGEST_BYTES: Final = 10 * 1024 * 1024
_SHOWN: Final = 60
_RIGHT: Final = '{"who": "person", "text": "..."}'


class TalkLine(BaseModel):
    """A line, and who said it."""

    model_config = ConfigDict(extra="ignore", strict=True)

    who: Literal["person", "persona"]
    text: str


L = TypeVar("L", bound=TalkLine)


def lines(file: Path, kind: type[L]) -> Iterator[tuple[str, L]]:
    """The lines of *file* as *kind* reads them, each with its place. Raises `ConfigError`."""
    for number, line in enumerate(_read(file).split("\n"), 1):
        if line.strip():
            place = f"{file}, line {number}"
            yield place, _understood(line, place, kind)


def _understood(line: str, place: str, kind: type[L]) -> L:
    try:
        return kind.model_validate(json.loads(line))
    except ValidationError as error:
        raise ConfigError(f"{place}: {_mistake(error)}") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{place}: no JSON; a line is {_RIGHT}") from error


def _mistake(error: ValidationError) -> str:
    """The first of what is wrong with a line."""
    first = error.errors()[0]
    key, given = ".".join(map(str, first["loc"])), first["input"]
    shown = repr(given)[:_SHOWN]
    if key == "who" and isinstance(given, str):
        return f'who is {shown}; it is "person" or "persona"'
    if key in {"", "who", "text"}:
        return f"something is missing; a line is {_RIGHT}"
    return f"{key} is {shown}; {first['msg'].removeprefix('Value error, ').lower()}"


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}") from error
    if len(content) > _LARGEST_BYTES:
        raise ConfigError(f"{file} is larger than {_LARGEST_BYTES // 1024 // 1024} MiB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ConfigError(f"{file}, line {line}: not UTF-8; save the file as UTF-8") from error
