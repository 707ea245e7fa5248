"""The sounds of what we said, kept for a while: for who sends them again, and for the page."""

import asyncio
import json
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from os import O_CREAT, O_TRUNC, O_WRONLY, fdopen
from os import open as opened
from pathlib import Path
from typing import Any, Final

from anima.ids import decided_at
from anima.ports import Clock
from anima.sound import VoiceNote

_SOUND: Final = ".ogg"
_FACTS: Final = ".json"
_HALF: Final = ".half"


class Shelf:
    """Notes in *folder*, each under the id of its bubble, for *keep_s*. Nobody else reads them."""

    def __init__(self, folder: Path, keep_s: float, clock: Clock) -> None:
        self._folder = folder
        self._keep = timedelta(seconds=keep_s)
        self._clock = clock

    def file(self, said: int) -> Path:
        """Where the sound of the bubble *said* lies, if it does."""
        return self._folder / f"{said}{_SOUND}"

    async def put(self, said: int, note: VoiceNote) -> None:
        """Keep *note*. Raises `OSError` where there is no room for it."""
        await asyncio.to_thread(self._write, said, note)

    async def kept(self, said: int) -> VoiceNote | None:
        """The note of the bubble *said*, as long as it is whole and not too old."""
        return (
            None if decided_at(said) < self._oldest else await asyncio.to_thread(self._read, said)
        )

    async def ids(self) -> Collection[int]:
        """The bubbles of which there is anything."""
        return await asyncio.to_thread(lambda: frozenset(map(_id, self._files())))

    async def drop(self, ids: Collection[int]) -> None:
        """Take away all that there is of them."""
        await asyncio.to_thread(self._drop, ids)

    async def tidy(self) -> None:
        """Take away what has lain there for long enough."""
        await asyncio.to_thread(self._tidy, self._oldest)

    def _write(self, said: int, note: VoiceNote) -> None:
        facts = {"duration_s": note.duration_s, "waveform": note.waveform.hex(), "rest": note.rest}
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # who finds the facts finds the sound
        _put(self.file(said), note.ogg)
        _put(self._facts(said), json.dumps(facts, ensure_ascii=False).encode())

    def _read(self, said: int) -> VoiceNote | None:
        try:
            facts: dict[str, Any] = json.loads(self._facts(said).read_bytes())
            ogg = self.file(said).read_bytes()
        except (OSError, ValueError):
            return None
        waveform = bytes.fromhex(facts["waveform"])
        return VoiceNote(ogg, facts["duration_s"], waveform, facts["rest"])

    def _drop(self, ids: Collection[int]) -> None:
        for said in ids:
            self._facts(said).unlink(missing_ok=True)
            self.file(said).unlink(missing_ok=True)

    def _tidy(self, oldest: datetime) -> None:
        for file in self._files():
            if decided_at(_id(file)) < oldest:
                file.unlink(missing_ok=True)

    @property
    def _oldest(self) -> datetime:
        """Of what was decided before that, nothing is kept."""
        return self._clock.now() - self._keep

    def _facts(self, said: int) -> Path:
        return self._folder / f"{said}{_FACTS}"

    def _files(self) -> Iterator[Path]:
        for file in self._folder.glob("*.*"):
            if file.suffix in {_SOUND, _FACTS, _HALF} and _id(file):
                yield file


def _id(file: Path) -> int:
    name = file.name.partition(".")[0]
    return int(name) if name.isascii() and name.isdigit() else 0


def _put(file: Path, content: bytes) -> None:
    """All of it or nothing, for nobody else's eyes."""
    half = file.with_name(f"{file.name}{_HALF}")
    with fdopen(opened(half, O_CREAT | O_WRONLY | O_TRUNC, 0o600), "wb") as stream:
        stream.write(content)
    half.replace(file)
