"""What was kept gets its vectors, a few at a time, behind everything else.

A line is embedded together with those before it, which finds half again as much as alone. What
is interrupted goes on where it was, and another embedder's vectors give way to the present one's.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, and_, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from anima.errors import AnimaError
from anima.ports import Clock, Embedder
from anima.rest import rest
from memory.database import Database
from memory.longterm.asks import ends_asking
from memory.longterm.bearings import Compass
from memory.longterm.cells import CONTEXT, mixed, quantised
from memory.longterm.keeping import told
from memory.longterm.shelving import inked
from memory.longterm.tables import memory, vector

_AT_ONCE: Final = 16
"""So few that a question which comes meanwhile hardly waits."""

_REST_S: Final = 20.0
_REST_AFTER_FAILURE_S: Final = 60.0
_LOOK_BACK: Final = 1_000
"""Another process may commit a smaller id after a larger one was seen."""

_CHARACTERS: Final = 2_000
"""Of a text; more of it does not change what it is about."""

_BEFORE_IT: Final = 200
"""Of what stood before another: who takes it up takes up its end."""

_ANSWER: Final = (1.0, 0.6)
_REMARK: Final = (1.0, 1.0)
"""How much a line together with those before it counts, and how much the line alone: one that
answers a question says less by itself."""

_WAITING: Final[Select[Any]] = (
    select(memory)
    .outerjoin(
        vector, and_(vector.c.memory_id == memory.c.id, vector.c.embedder == bindparam("name"))
    )
    .where(vector.c.memory_id.is_(None), memory.c.id > bindparam("after"))
    .order_by(memory.c.id)
    .limit(_AT_ONCE)
)
_BEFORE: Final[Select[Any]] = (
    select(memory.c.name, memory.c.text)
    .where(
        memory.c.conversation_id == bindparam("place"),
        memory.c.sitting == bindparam("its"),
        memory.c.persona == bindparam("whose"),
        memory.c.kind == "line",
        memory.c.id < bindparam("which"),
    )
    .order_by(memory.c.id.desc())
    .limit(CONTEXT)
)
_THERE: Final = (
    select(memory.c.id)
    .where(memory.c.id.in_(bindparam("some", expanding=True)))
    .with_for_update(key_share=True)
)
_OLD: Final = delete(vector).where(
    vector.c.memory_id.in_(bindparam("some", expanding=True)),
    vector.c.embedder.not_in(bindparam("names", expanding=True)),
)
_NEW: Final = {
    "sqlite": sqlite.insert(vector).on_conflict_do_nothing().returning(vector.c.memory_id),
    "postgresql": postgresql.insert(vector).on_conflict_do_nothing().returning(vector.c.memory_id),
}


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A memory without a vector: its own *text*, and the same after what stood *before*.

    *answers*: that ended in a question.
    """

    id: int
    text: str
    before: str = ""
    answers: bool = False


class Inker:
    """Gives vectors to what has none, by each of *embedders*. Raises `LedgerUnavailable`.

    *compass* gets to know those that were away when it should have.
    """

    def __init__(
        self,
        database: Database,
        embedders: Sequence[Embedder],
        clock: Clock,
        compass: Compass | None = None,
    ) -> None:
        self._database = database
        self._embedders = tuple(embedders)
        self._clock = clock
        self._compass = compass
        self._more = asyncio.Event()
        self._done = dict.fromkeys((one.name for one in embedders), 0)

    def wake(self) -> None:
        """Something was kept."""
        self._more.set()

    async def run(self) -> None:
        """Work until cancelled; rest when there is nothing to do, or no embedder answers."""
        while True:
            self._more.clear()
            try:
                busy = await self.ink()
            except AnimaError:
                await self._clock.sleep(_REST_AFTER_FAILURE_S)
                continue
            if not busy:
                await rest(self._clock, _REST_S, self._more)

    async def ink(self) -> bool:
        """Give a few vectors; whether there may be more to do. Raises an `AnimaError`."""
        return any([await self._ink(one) for one in self._embedders])

    async def _ink(self, embedder: Embedder) -> bool:
        name = embedder.name
        asked = {"name": name, "after": self._done.get(name, 0)}
        waiting = await self._database.read(lambda found: _waiting(found, asked))
        if not waiting:
            self._done[name] = max(0, self._done.get(name, 0) - _LOOK_BACK)
            return False
        if self._compass:
            await self._compass.take(embedder)
        cells = await _embedded(embedder, waiting)
        names = [one.name for one in self._embedders]
        await self._database.write(
            lambda found: _write(found, embedder.name, cells, names), lasting=False
        )
        self._done[name] = waiting[-1].id
        return True


def _waiting(connection: Connection, asked: Mapping[str, object]) -> list[_Waiting]:
    return [
        _Waiting(row.id, _told(row), *_before(connection, row))
        for row in connection.execute(_WAITING, asked).all()
    ]


def _before(connection: Connection, row: Row[Any]) -> tuple[str, bool]:
    """What stood before a line, and whether that ends in a question."""
    if row.kind != "line":
        return "", False
    its = {"place": row.conversation_id, "its": row.sitting, "whose": row.persona}
    found = connection.execute(_BEFORE, its | {"which": row.id}).all()
    answers = bool(found) and ends_asking(found[0].text)
    before = (told(one.name, one.text[-_BEFORE_IT:]) for one in reversed(found))
    return "\n".join(before), answers


def _told(row: Row[Any]) -> str:
    return told(row.name, row.text)[:_CHARACTERS]


async def _embedded(
    embedder: Embedder, waiting: Sequence[_Waiting]
) -> dict[int, tuple[bytes, float]]:
    """The cells and the scale of each."""
    follow = [one for one in waiting if one.before]
    texts = [one.text for one in waiting] + [f"{one.before}\n{one.text}" for one in follow]
    vectors = await embedder.embed(texts)
    alone = {one.id: vector for one, vector in zip(waiting, vectors, strict=False)}
    together = {one.id: vector for one, vector in zip(follow, vectors[len(waiting) :], strict=True)}
    return {
        one.id: quantised(
            mixed((together[one.id], alone[one.id]), _ANSWER if one.answers else _REMARK)
            if one.before
            else mixed((alone[one.id],), (1.0,))
        )
        for one in waiting
    }


def _write(
    connection: Connection,
    embedder: str,
    cells: Mapping[int, tuple[bytes, float]],
    names: Sequence[str],
) -> None:
    """What was dropped meanwhile gets none; what another process gave one keeps that."""
    there = connection.execute(_THERE, {"some": list(cells)}).scalars().all()
    if not there:
        return
    connection.execute(_OLD, {"some": there, "names": names})
    new = _NEW[connection.dialect.name]
    rows = [
        {"memory_id": one, "embedder": embedder, "cells": cells[one][0], "scale": cells[one][1]}
        for one in there
    ]
    inked(connection, connection.execute(new, rows).scalars().all())
