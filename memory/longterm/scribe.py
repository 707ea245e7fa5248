"""How talk becomes memory: off the reply path, turn by turn, each turn once.

Which turn was looked at last stands in its place's own row, and moves in the transaction that
keeps what was said in it. So whoever is killed has kept both or neither.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, Row, bindparam, exists, func, or_, select, update

from memory.database import Database
from memory.longterm.facts import Finds, Found, found_in, learn
from memory.longterm.hushing import hushed
from memory.longterm.keeping import keep
from memory.longterm.kept import Saying
from memory.longterm.lines import sayings_of
from memory.tables import UNSENT, conversation, heard, said, turn

TURNS: Final = 20
"""Looked at in one go; what is left comes next."""

_ENDLESS: Final = 2**63 - 1
_PLACE: Final = select(conversation).where(conversation.c.id == bindparam("place"))
_OPEN: Final = select(func.min(turn.c.id)).where(
    turn.c.conversation_id == bindparam("place"), turn.c.outcome.is_(None)
)
_UNSETTLED: Final = select(func.min(said.c.turn_id)).where(
    said.c.conversation_id == bindparam("place"), said.c.state.in_(UNSENT)
)


def _touched(column: Any, place: Any) -> Any:
    """The next turns that a line of one side belongs to, by an index alone."""
    border = bindparam("border", type_=BigInteger())
    mark = bindparam("mark", type_=BigInteger())
    turns = (
        select(column)
        .where(place == bindparam("place"), column > mark, column < border)
        .distinct()
        .order_by(column)
        .limit(TURNS)
        .subquery()
    )
    return select(turns.c.turn_id)


_NEXT: Final = (
    _touched(heard.c.turn_id, heard.c.conversation_id)
    .union(_touched(said.c.turn_id, said.c.conversation_id))
    .order_by("turn_id")
    .limit(TURNS)
)
_MARK: Final = (
    update(conversation)
    .where(conversation.c.id == bindparam("place"))
    .values(kept_turn=bindparam("up_to"))
)
_looked_at: Final = func.coalesce(conversation.c.kept_turn, 0)
_BEHIND: Final = (
    select(conversation.c.id)
    .where(
        or_(
            exists().where(
                heard.c.conversation_id == conversation.c.id, heard.c.turn_id > _looked_at
            ),
            exists().where(
                said.c.conversation_id == conversation.c.id, said.c.turn_id > _looked_at
            ),
        )
    )
    .order_by(conversation.c.id)
)


class Scribe:
    """Catches up with places. *finds* tells the facts in a line, where there is one who can."""

    def __init__(self, database: Database, finds: Finds | None = None) -> None:
        self._database = database
        self._finds = finds

    async def catch_up(self, place: int) -> bool:
        """Keep what was said in *place* since it was looked at; whether there may be more.

        It stops before a turn that is not over, or of which a bubble may still arrive. Raises
        `LedgerUnavailable`.
        """
        found = await self._found(place)
        return await self._database.write(lambda seen: catch_up(seen, place, found), lasting=False)

    async def behind(self) -> Sequence[int]:
        """The places that have turns which nobody has looked at. Raises `LedgerUnavailable`."""
        return await self._database.read(
            lambda connection: connection.execute(_BEHIND).scalars().all()
        )

    async def _found(self, place: int) -> Mapping[str, Found]:
        """The facts in what comes next, by digest: beside the loop, for it may take a while."""
        finds = self._finds
        if finds is None:
            return {}
        _, sayings = await self._database.read(lambda connection: _next(connection, place))
        return await asyncio.to_thread(found_in, sayings, finds)


def catch_up(connection: Connection, place: int, found: Mapping[str, Found]) -> bool:
    """Keep what comes next in *place*, with what was *found* in it; whether there may be more."""
    connection.execute(_PLACE.with_for_update(), {"place": place})
    turns, sayings = _next(connection, place)
    if not turns:
        return False
    ids = keep(connection, sayings)
    learn(connection, sayings, ids, found)
    connection.execute(_MARK, {"place": place, "up_to": turns[-1]})
    return len(turns) == TURNS


def _next(connection: Connection, place: int) -> tuple[Sequence[int], Sequence[Saying]]:
    """The next turns of *place* to be looked at, and the lines of those that may be remembered."""
    here: Row[Any] = connection.execute(_PLACE, {"place": place}).one()
    limits = {"place": place, "mark": here.kept_turn or 0, "border": _border(connection, place)}
    turns = connection.execute(_NEXT, limits).scalars().all()
    if not turns:
        return (), ()
    quiet = hushed(connection, place)
    told = [one for one in turns if not any(hush.covers(one) for hush in quiet)]
    return turns, sayings_of(connection, here, told)


def _border(connection: Connection, place: int) -> int:
    """The first turn of which something may still come."""
    first = (connection.execute(one, {"place": place}).scalar() for one in (_OPEN, _UNSETTLED))
    return min((one for one in first if one is not None), default=_ENDLESS)
