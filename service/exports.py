"""Writes down for somebody what is remembered of them: an archive that people and programs read."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterable
from datetime import UTC, timedelta
from hashlib import sha256
from os import O_CREAT, O_TRUNC, O_WRONLY, fdopen
from os import open as opened
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from anima.ports import Clock
from memory.database import Database
from memory.longterm.carried import Record
from memory.longterm.carrying import Carrying, jsonl
from memory.longterm.readable import markdown
from memory.longterm.scope import Viewer
from service.commands.exporting import Exported
from service.commands.words import Language

NAME: Final = "anima-memory.zip"
_KEPT: Final = timedelta(days=1)
"""Longer an archive that was sent lies nowhere of ours."""


class Exports:
    """Writes archives into *folder*. Raises `LedgerUnavailable`."""

    def __init__(self, database: Database, folder: Path, clock: Clock) -> None:
        self._carrying = Carrying(database, clock)
        self._folder = folder
        self._clock = clock

    async def export(self, viewer: Viewer, turn: int, language: Language) -> Exported:
        """All that is remembered of who asks; its name tells whose it is only to us."""
        self._tidy()
        speakers = viewer.speakers
        count = Counter[str]()
        lines = "".join([one async for one in jsonl(_counted(self._records(speakers), count))])
        page = "".join([one async for one in markdown(self._records(speakers), language, UTC)])
        file = self._folder / f"{turn}-{_whose(speakers)}.zip"
        await asyncio.to_thread(_write, file, {"memory.jsonl": lines, "memory.md": page})
        return Exported(file, NAME, lines=count["line"], facts=count["fact"])

    def drop(self, speakers: Collection[str]) -> None:
        """Take away all archives that have anything of *speakers*."""
        for one in speakers:
            for file in self._folder.glob(f"*-{_whose([one])}*.zip"):
                file.unlink(missing_ok=True)

    def _records(self, speakers: Collection[str]) -> AsyncIterator[Record]:
        return self._carrying.records(tuple(speakers))

    def _tidy(self) -> None:
        oldest = (self._clock.now() - _KEPT).timestamp()
        for file in self._folder.glob("*.zip"):
            if file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)


async def _counted(records: AsyncIterator[Record], count: Counter[str]) -> AsyncIterator[Record]:
    async for one in records:
        count[one.kind] += 1
        yield one


def _whose(speakers: Iterable[str]) -> str:
    """Each of *speakers* is found in it."""
    return "-".join(sha256(one.encode()).hexdigest()[:16] for one in sorted(speakers))


def _write(file: Path, parts: dict[str, str]) -> None:
    """An archive of *parts*, for nobody else's eyes."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (
        fdopen(opened(file, O_CREAT | O_WRONLY | O_TRUNC, 0o600), "wb") as stream,
        ZipFile(stream, "w", ZIP_DEFLATED) as archive,
    ):
        for name, text in parts.items():
            archive.writestr(name, text)
