"""`anima persona check --talk FILE`: whether a persona stayed itself over a scripted talk."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

from pydantic import BaseModel, ConfigDict, ValidationError

from anima.errors import ConfigError
from persona.card import load
from persona.drift import Drift, Utterance, drift
from persona.thirds import Row
from service.shipped import found

_LARGEST_BYTES: Final = 10 * 1024 * 1024
_NAME: Final = 34
_NUMBER: Final = 10


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    who: str
    text: str


def check_talk(path: Path, file: Path, write: TextIO) -> int:
    """Write how steady the persona at *path* was in the talk in *file*, by thirds of it.

    Drifting is a finding and no mistake. Raises `ConfigError` for what cannot be read.
    """
    card = load(found(path))
    measured = drift(card, list(talk(file)))
    if not measured.replies:
        raise ConfigError(f'{file}: nobody answers; a line of the persona has "who": "persona"')
    write.writelines(f"{line}\n" for line in _page(card.name, measured))
    return 0


def talk(file: Path) -> Iterator[Utterance]:
    """The lines of *file*, each a JSON object with *who* and *text*. Raises `ConfigError`."""
    for number, line in enumerate(_read(file).split("\n"), 1):
        if line.strip():
            yield _understood(line, f"{file}, line {number}")


def _understood(line: str, place: str) -> Utterance:
    try:
        one = _Line.model_validate(json.loads(line))
    except (ValueError, RecursionError) as error:  # a ValidationError is a ValueError too
        broken = "no JSON" if not isinstance(error, ValidationError) else "something is missing"
        right = '{"who": "person", "text": "..."}'
        raise ConfigError(f"{place}: {broken}; a line is {right}") from error
    if one.who == "person":
        return Utterance("person", one.text)
    if one.who == "persona":
        return Utterance("persona", one.text)
    raise ConfigError(f'{place}: who is {one.who!r}; it is "person" or "persona"')


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


def _page(name: str, measured: Drift) -> Iterator[str]:
    spoken = Counter(reply.code for reply in measured.replies)
    tongues = ", ".join(f"{count} in {code}" for code, count in spoken.most_common())
    yield f"{name}: {len(measured.replies)} replies, {tongues}"
    yield ""
    yield _columns("by thirds of the talk", ("first", "middle", "last"))
    yield from (_columns(row.name, _cells(row)) for row in measured.rows)
    yield ""
    yield from (f"drift {finding}" for finding in measured.findings)
    if not measured.findings:
        yield "ok    it stayed itself"


def _cells(row: Row) -> tuple[str, ...]:
    shown = "{:.0%}" if row.share else "{:.0f}"
    return tuple("-" if third is None else shown.format(third) for third in row.thirds)


def _columns(name: str, cells: tuple[str, ...]) -> str:
    return f"{name:<{_NAME}}" + "".join(f"{cell:>{_NUMBER}}" for cell in cells)
