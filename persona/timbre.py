"""Whose voice a persona has: a recording to clone, or a name that engines of speech know."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from persona.naturefile import Phrase, Table

RECORDINGS: Final = ("voice.wav", "voice.flac", "voice.mp3", "voice.m4a", "voice.ogg")
"""What the recording in a persona's folder may be called; the first that is there counts."""


@dataclass(frozen=True, slots=True)
class Timbre:
    """The recording *sample*, or the *name* of a voice; with neither it is the engine's own.

    *consent* says who agreed to be cloned, and when. *living*: it is the voice of somebody alive,
    so notes tell at their end that nobody spoke.
    """

    name: str = ""
    sample: Path | None = None
    consent: str = ""
    living: bool = False


class VoiceTable(Table):
    """`[voice]` in `persona.toml`."""

    name: Phrase | None = None
    consent: Phrase | None = None
    living: bool = False


def timbre_of(table: VoiceTable, folder: Path) -> Timbre:
    """What *table* says, and the recording in *folder*."""
    sample = next(_recordings(folder), None)
    return Timbre(table.name or "", sample, table.consent or "", table.living)


def _recordings(folder: Path) -> Iterator[Path]:
    yield from (folder / name for name in RECORDINGS if (folder / name).is_file())
