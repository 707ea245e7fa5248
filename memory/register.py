"""The register of souls: every version that was ever written down, and what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Row,
    String,
    bindparam,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)

from anima.errors import ConfigError
from anima.ports import Clock
from memory.alone import alone
from memory.database import Database
from memory.figures import Figures, figures
from memory.tables import choice, feedback, soul, turn
from memory.text import storable

_FIXED: Final = (
    "backend",
    "model",
    "adapter",
    "temperature",
    "top_p",
    "max_tokens",
    "dataset",
)
"""What makes a version what it is: the same from its first word on."""

_APART: Final = timedelta(microseconds=1)
"""Versions keep the order in which they are written, though they come at once."""

_named: Final = bindparam("which", type_=String())
_ALL: Final = select(soul).order_by(soul.c.retired_at.is_not(None), soul.c.registered_at)
_ONE: Final = select(soul).where(soul.c.name == _named)
_speaks: Final = exists().where(turn.c.soul == _named)
_SPOKEN: Final = select(_speaks)
_REFERRED: Final = select(
    or_(
        _speaks,
        exists().where(choice.c.soul == _named),
        exists().where(feedback.c.soul == _named),
    )
)
_NEW: Final = insert(soul)
_CHANGED: Final = update(soul).where(soul.c.name == _named)
_GONE: Final = delete(soul).where(soul.c.name == _named)


@dataclass(frozen=True, slots=True)
class Written:
    """A version as the settings write it. *dataset* is the hash of what it was trained on."""

    name: str
    backend: str
    model: str = ""
    adapter: str = ""
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    dataset: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Written):
    """A version in the register; one with *retired_at* speaks no more."""

    registered_at: datetime
    retired_at: datetime | None = None


class Register:
    """The versions in the database. All of it raises `LedgerUnavailable`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def enrol(self, versions: Sequence[Written]) -> None:
        """Bring the register up to *versions*, which are all that may speak from now on.

        A version that has spoken stays what it was: raises `ConfigError` with a line for each
        thing that would change, and leaves the register as it is. One that is not written any
        more is retired, or forgotten when nothing refers to it.
        """
        wanted = {one.name: one for one in map(_stored, versions)}
        _refuse([line for one in wanted.values() for line in _too_long(one)])
        now = self._clock.now()
        await self._database.write(lambda connection: _enrol(connection, wanted, now))

    async def versions(self) -> tuple[Version, ...]:
        """All of them in the order in which they came, the retired ones last."""
        return await self._database.read(
            lambda connection: tuple(map(_version, connection.execute(_ALL)))
        )

    async def version(self, name: str) -> Version | None:
        """The one of this *name*."""
        row = await self._database.read(
            lambda connection: connection.execute(_ONE, {"which": storable(name)}).first()
        )
        return _version(row) if row else None

    async def figures(self, name: str) -> Figures:
        """What the version's talk comes to."""
        return await self._database.read(lambda connection: figures(connection, storable(name)))


def _stored(one: Written) -> Written:
    """*one* as the database gives it back."""
    texts = {key: storable(value) for key, value in _columns(one).items() if isinstance(value, str)}
    return replace(one, **texts)  # type: ignore[arg-type]  # the keys are those of texts


def _columns(one: Written) -> dict[str, object]:
    return {field.name: getattr(one, field.name) for field in fields(Written)}


def _too_long(one: Written) -> Iterator[str]:
    """What a column of the register has no room for."""
    for key, value in _columns(one).items():
        kind = soul.c[key].type
        longest = kind.length if isinstance(kind, String) else None
        if longest and len(str(value)) > longest:
            yield (
                f"souls: the {key} {value!r} of {one.name[:40]!r} has {len(str(value))} characters;"
                f" there is room for {longest}"
            )


def _enrol(connection: Connection, wanted: Mapping[str, Written], now: datetime) -> None:
    alone(connection, "register of souls")
    known = {row.name: row for row in connection.execute(_ALL)}
    _refuse([line for row in known.values() for line in _changes(connection, row, wanted)])
    free = max([now, *(row.registered_at + _APART for row in known.values())])
    for one in wanted.values():
        if one.name in known:
            written = _CHANGED.values(_columns(one) | {"retired_at": None})
            connection.execute(written, {"which": one.name})
        else:
            connection.execute(_NEW, _columns(one) | {"registered_at": free})
            free += _APART
    for name in known.keys() - wanted.keys():
        _leave(connection, known[name], now)


def _changes(connection: Connection, row: Row[Any], wanted: Mapping[str, Written]) -> Iterator[str]:
    """What a version that has spoken would not be any more."""
    one = wanted.get(row.name)
    changed = [key for key in _FIXED if one and getattr(row, key) != getattr(one, key)]
    if changed and connection.execute(_SPOKEN, {"which": row.name}).scalar():
        for key in changed:
            was, would_be = _in_words(getattr(row, key)), _in_words(getattr(one, key))
            yield (
                f"souls: {row.name!r} has spoken as {key} {was} and cannot become {would_be};"
                " a version never changes: give the new one a name of its own"
            )


def _in_words(value: object) -> str:
    return "unset" if value is None else repr(value)


def _refuse(mistakes: Sequence[str]) -> None:
    if mistakes:
        raise ConfigError("\n".join(mistakes))


def _leave(connection: Connection, row: Row[Any], now: datetime) -> None:
    """It is not written any more: what refers to it must still find it."""
    if row.retired_at is not None:
        return
    if connection.execute(_REFERRED, {"which": row.name}).scalar():
        connection.execute(_CHANGED.values(retired_at=now), {"which": row.name})
    else:
        connection.execute(_GONE, {"which": row.name})


def _version(row: Row[Any]) -> Version:
    return Version(**row._mapping)  # noqa: SLF001 - its public name; the columns are the fields
