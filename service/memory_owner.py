"""`anima memory export|import|forget`: what the owner of the house does for somebody."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, TextIO

from anima.clock import SystemClock
from anima.errors import ConfigError
from memory.address import to_url
from memory.database import Database
from memory.longterm.bringing import Bringing
from memory.longterm.carrying import Carrying, jsonl
from memory.longterm.erasing import Erasing
from memory.longterm.forgetting import Forgetting
from memory.longterm.scope import Viewer
from memory.longterm.wanted import Everything, Kind, Matching, What
from memory.schema import upgrade
from memory.shortterm import LocalTail
from service.exports import Exports
from service.finding import Finding
from service.settings import Settings

_NOWHERE: Final = 0
"""The owner asks from no place of the ledger."""


async def exported(
    settings: Settings, speaker: str, out: Path, write: TextIO, *, force: bool
) -> int:
    """Write all that is remembered of *speaker* to *out*."""
    async with _database(settings) as database:
        records = Carrying(database, SystemClock()).records([_checked(speaker)])
        lines = [one async for one in jsonl(records)]
    _save(out, "".join(lines), force=force)
    write.write(f"{len(lines) - 1} records of {speaker} in {out}\n")
    return 0


async def imported(settings: Settings, speaker: str, file: Path, write: TextIO) -> int:
    """Keep the records in *file* that are *speaker*'s; those that are there stay as they are."""
    async with _database(settings) as database:
        brought = await Bringing(database).bring(_lines(file), [_checked(speaker)])
    write.write(
        f"{brought.new} new, {brought.known} known before,"
        f" {brought.forgotten} forgotten before and left so\n"
    )
    return 0


async def forgotten(
    settings: Settings, speaker: str, text: str | None, write: TextIO, *, sure: bool
) -> int:
    """Forget what is *speaker*'s for good, or say what that would be."""
    who, clock = _checked(speaker), SystemClock()
    what: What = Matching(text) if text else Everything((who,))
    viewer = Viewer("", _NOWHERE, private=True, speakers=(who,))
    async with _database(settings) as database:
        erasing = Erasing(database)
        forgetting = Forgetting(database, clock, LocalTail(), erasing, Finding())
        if not sure:
            found = await forgetting.find(viewer, what)
            write.write(f"would be forgotten for good: {_told(found.counts)}; add --yes to do it\n")
            return 0
        receipt = await forgetting.forget(viewer, what, "owner")
        Exports(database, settings.data / "exports", clock).drop([who])
    write.write(f"forgotten for good: {_told(receipt.counts)}\n")
    write.write(f"out of reach: {', '.join(receipt.remains)}\n")
    return 0


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    async with Database(to_url(settings.database.url.get_secret_value())) as database:
        await upgrade(database)
        yield database


def _save(out: Path, text: str, *, force: bool) -> None:
    try:
        with out.open("w" if force else "x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise ConfigError(f"{out} is there already; --force writes over it") from error
    except OSError as error:
        raise ConfigError(f"{out} cannot be written: {error.strerror}") from error


def _checked(speaker: str) -> str:
    platform, _, number = speaker.partition(":")
    if not (platform and number):
        raise ConfigError(f"{speaker!r} is no speaker; one is like telegram:123")
    return speaker


def _lines(file: Path) -> Iterator[str]:
    try:
        with file.open(encoding="utf-8-sig") as stream:
            yield from stream
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not UTF-8; it is no export of ours") from error


def _told(counts: Mapping[Kind, int]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in counts.items() if count) or "nothing"
