"""`anima persona check --talk FILE`: whether a persona stayed itself over a scripted talk."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

from anima.errors import ConfigError
from persona.card import load
from persona.drift import Drift, Utterance, drift
from persona.thirds import Row
from service.shipped import found
from service.talk_file import TalkLine, lines

_NAME: Final = 34
_NUMBER: Final = 10


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
    return (Utterance(line.who, line.text) for _, line in lines(file, TalkLine))


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
