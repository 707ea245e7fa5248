"""The doctor at the database: can we enter, is it ours, may we write, is it safe from others."""

import asyncio
import sqlite3
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from sqlalchemy import Connection, text

import migrations
from anima.errors import LedgerUnavailable
from memory.address import to_url
from memory.database import Database
from memory.schema import current
from memory.tables import REVISION
from service.findings import Finding, ok, wrong
from service.settings import Settings

PART: Final = "database"
LOCK_S: Final = 5
"""Our own writer is never at it for so long."""

AWAY: Final = (
    ("28", "the server refuses our name or password", "put them right in database.url"),
    ("3D", "the server has no such database", "make it with createdb, or put right database.url"),
    ("53", "the server has no room for us", "raise its max_connections, or free its disk"),
    ("57", "the server is starting or stopping", "wait, and look into its log"),
)
"""Classes of PostgreSQL's errors, what they mean to us, and what to do."""


@dataclass(frozen=True, slots=True)
class State:
    """What a database says of itself."""

    version: str | None
    server: str
    writable: bool


async def database(settings: Settings) -> Sequence[Finding]:
    """Whether the ledger's database can be used, without changing anything in it."""
    url = settings.database.url.get_secret_value()
    if url.startswith("sqlite"):
        place = url.removeprefix("sqlite:///").partition("?")[0]
        return [await asyncio.to_thread(_file, Path(place))]
    return [await _server(url)]


def _file(place: Path) -> Finding:
    path = place.expanduser()
    if not path.parent.is_dir() and path.parent.exists():
        return wrong(PART, f"{str(path.parent)!r} is no folder", "put right database.url")
    if not path.exists():
        return ok(PART, f"SQLite in {str(path)!r}, made at the first start")
    try:
        version = _tried(path)
    except (sqlite3.Error, OSError) as error:
        return _sick_file(path, str(error))
    return _of_version(version, f"SQLite in {str(path)!r}") or _guarded(path, version)


def _tried(path: Path) -> str | None:
    """The version of the ledger in *path*, which we entered as a writer."""
    address = f"file:{quote(str(path))}?mode=rw"
    connection = sqlite3.connect(address, uri=True, timeout=LOCK_S, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
        if not known.fetchone():
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None
    finally:
        connection.close()  # which takes back what was begun


def _sick_file(path: Path, said: str) -> Finding:
    if "not a database" in said or "malformed" in said:
        advice = "restore a backup, or put right database.url; see docs/operate.md"
        return wrong(PART, f"{str(path)!r} is damaged or no database", advice)
    if "locked" in said:
        return wrong(PART, f"somebody holds {str(path)!r} locked", "end the other program")
    advice = "let the account that runs Anima read and write the file and its folder"
    return wrong(PART, f"cannot write to {str(path)!r}: {said}", advice)


def _guarded(path: Path, version: str | None) -> Finding:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & stat.S_IWOTH:
        what = f"everybody on this machine can write to {str(path)!r}"
        return wrong(PART, what, f"chmod 600 {path}")
    others = mode & (stat.S_IRGRP | stat.S_IROTH)
    open_to = f"others on this machine can read it: chmod 600 {path}" if others else ""
    return ok(PART, f"SQLite in {str(path)!r}, {_at(version)}", open_to)


async def _server(url: str) -> Finding:
    try:
        async with Database(to_url(url)) as opened:
            state = await opened.read(_state)
    except LedgerUnavailable as error:
        return _no_server(url, error)
    if not state.writable:
        return wrong(
            PART,
            f"{state.server} lets us read only",
            "name the primary in database.url, and let our role create tables in its schema",
        )
    finding = _of_version(state.version, state.server)
    return finding or ok(PART, f"{state.server}, {_at(state.version)}")


def _state(connection: Connection) -> State:
    row = connection.execute(
        text(
            "SELECT current_setting('server_version'), current_setting('transaction_read_only'),"
            " has_schema_privilege(current_schema(), 'CREATE')"
        )
    ).one()
    writable = row[1] == "off" and bool(row[2])
    return State(current(connection), f"PostgreSQL {str(row[0]).split()[0]}", writable)


def _no_server(url: str, error: LedgerUnavailable) -> Finding:
    code = _sqlstate(error.__cause__)
    for kind, what, advice in AWAY:
        if code.startswith(kind):
            return wrong(PART, what, advice)
    place = urlsplit(url).netloc.rpartition("@")[2]
    what = f"PostgreSQL at {place} does not answer"
    return wrong(PART, what, "start it, or put right host and port in database.url")


def _sqlstate(error: BaseException | None) -> str:
    """PostgreSQL's own code, from whichever of the layers around the driver holds it."""
    while error is not None:
        if code := getattr(error, "sqlstate", None) or getattr(error, "pgcode", None):
            return str(code)
        error = getattr(error, "orig", None) or error.__cause__
    return ""


def _of_version(version: str | None, place: str) -> Finding | None:
    """What is wrong with a *version*, if anything is: an older one is migrated at the start."""
    folder = Path(migrations.__path__[0]) / "versions"
    known = {file.name.partition("_")[0] for file in folder.glob("*.py")}
    if version is None or version in known:
        return None
    what = f"{place} is at version {version}, which this Anima ({REVISION}) does not know"
    return wrong(PART, what, "start the newer Anima that made it, or restore a backup")


def _at(version: str | None) -> str:
    if version is None:
        return "empty, set up at the first start"
    later = "" if version == REVISION else f", brought to {REVISION} at the next start"
    return f"at version {version}{later}"
