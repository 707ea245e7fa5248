"""The doctor at home: versions, persona, the folder for data, and Redis."""

import asyncio
import platform
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from anima.errors import ConfigError, Unavailable
from anima.ports import Clock
from memory.redis_tail import RedisTail
from persona.card import load
from service.findings import Finding, off, ok, wrong
from service.persona_hints import hints
from service.settings import Settings
from service.shipped import found

OLDEST_SQLITE: Final = (3, 35)
"""The first that gives back what a write changed."""

MEGABYTE: Final = 1024 * 1024
SCARCE_BYTES: Final = 200 * MEGABYTE
FULL_BYTES: Final = 20 * MEGABYTE
"""Below this a busy week, or one migration, does not fit any more."""


class Unheard:
    """The port Witness for a trial: the doctor tells what it finds himself."""

    def note(self, event: str, **facts: object) -> None:
        """Nobody wants to know."""

    def broke(self, event: str, **facts: object) -> None:
        """Nobody wants to know."""

    @contextmanager
    def about(self, **_facts: object) -> Iterator[None]:
        yield


async def versions() -> Sequence[Finding]:
    """Which Anima, Python and SQLite this is."""
    try:
        ours = version("anima")
    except PackageNotFoundError:
        ours = "not installed"
    found_here = (
        f"anima {ours}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        return [wrong("versions", found_here, "SQLite 3.35 or newer is needed; update Python")]
    return [ok("versions", found_here)]


async def persona(settings: Settings) -> Sequence[Finding]:
    """Whether each persona can be read, and how deep it is."""
    others = [(f"persona {name}", player.path) for name, player in settings.personas.items()]
    return [await _persona(*one) for one in (("persona", settings.persona), *others)]


async def _persona(title: str, path: Path) -> Finding:
    try:
        card = await asyncio.to_thread(load, found(path))
    except ConfigError as error:
        advice = "put it right, or set persona; anima persona check tells more"
        return wrong(title, str(error), advice)
    missing = hints(card)
    more = f"{len(missing)} hints to make it deeper: anima persona check" if missing else ""
    return ok(title, f"{card.name}, {', '.join(card.languages)}", more)


async def data_folder(folder: Path, free: Callable[[Path], int] | None = None) -> Sequence[Finding]:
    """Whether we may write there, and whether there is room."""
    return [await asyncio.to_thread(_data_folder, folder, free or _free)]


def _data_folder(folder: Path, free: Callable[[Path], int]) -> Finding:
    place = _nearest(folder)
    try:
        with tempfile.TemporaryFile(dir=place):
            room = free(place)
    except OSError as error:
        reason = (error.strerror or "unusable").lower()
        advice = (
            f"give the account that runs Anima the right to write to {str(place)!r}, or set data"
        )
        return wrong("data", f"cannot write to {str(folder)!r}: {reason}", advice)
    left = f"{room // MEGABYTE} MB free"
    if room < FULL_BYTES:
        return wrong("data", f"{str(folder)!r} has only {left}", "make room on that disk")
    scarce = "that is little, make room soon" if room < SCARCE_BYTES else ""
    state = "is there" if place == folder else "is made at the first start"
    return ok("data", f"{str(folder)!r} {state}, {left}", scarce)


def _nearest(folder: Path) -> Path:
    """*folder*, or what is there of the way to it."""
    return next(place for place in (folder, *folder.parents, Path.cwd()) if place.exists())


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


async def redis(settings: Settings, clock: Clock) -> Sequence[Finding]:
    """Whether Redis answers, where one is set."""
    url = settings.redis.url.get_secret_value()
    if not url:
        return [off("redis", "short-term memory is kept in the process")]
    try:
        tail = RedisTail(url, settings.redis.prefix, 1, Unheard(), clock)
    except ValueError:
        return [wrong("redis", "redis.url is no address", "write it like redis://host:6379/0")]
    try:
        await tail.probe()
    except Unavailable as error:
        return [_no_redis(str(error.__cause__ or error).lower())]
    finally:
        await tail.aclose()
    return [ok("redis", "answers")]


def _no_redis(said: str) -> Finding:
    if any(word in said for word in ("auth", "wrongpass", "password")):
        return wrong("redis", "the server refuses our password", "put right redis.url")
    if "database" in said or "index" in said:
        return wrong("redis", "the server has no such database", "put right the end of redis.url")
    return wrong("redis", "the server does not answer", "start it, or put right redis.url")
