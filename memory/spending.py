"""What people cost us, counted from the ledger's own rows, and whether they were told so."""

from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, exists, func, select

from memory.database import Database
from memory.same import same
from memory.tables import conversation, heard, said, turn

_tokens = func.coalesce(func.sum(turn.c.prompt_tokens + turn.c.completion_tokens), 0)
_theirs = (
    select(heard.c.turn_id)
    .join(conversation, conversation.c.id == heard.c.conversation_id)
    .where(
        heard.c.speaker_id == bindparam("number"),
        heard.c.turn_id >= bindparam("since"),
        heard.c.state == "answered",
        conversation.c.platform == bindparam("platform"),
    )
)
_OF: Final = select(_tokens).where(turn.c.id.in_(_theirs))
_ALL: Final = select(_tokens).where(turn.c.id >= bindparam("since"))
_TOLD: Final = select(
    exists(
        select(said.c.id)
        .join(turn, turn.c.id == said.c.turn_id)
        .where(
            said.c.conversation_id == bindparam("place"),
            said.c.turn_id >= bindparam("since"),
            turn.c.reason == bindparam("why"),
            turn.c.outcome == "refused",
        )
    )
)
_TOLD_THEM: Final = select(
    exists(
        select(heard.c.id)
        .join(turn, turn.c.id == heard.c.turn_id)
        .join(
            said, (said.c.turn_id == turn.c.id) & (said.c.conversation_id == turn.c.conversation_id)
        )
        .join(conversation, conversation.c.id == heard.c.conversation_id)
        .where(
            heard.c.speaker_id == bindparam("number"),
            heard.c.turn_id >= bindparam("since"),
            heard.c.state == "refused",
            conversation.c.platform == bindparam("platform"),
            turn.c.reason == bindparam("why"),
        )
    )
)


class Spending:
    """The accounts of turns from a first one, *since*, on. Raises `LedgerUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, address: str, since: int) -> int:
        """The tokens of the turns in which we answered *address*, as whichever speaker."""
        return await self._sum(_OF, address, {"since": since})

    async def all(self, since: int) -> int:
        """The tokens of all turns."""
        return await self._one(_ALL, {"since": since})

    async def told_here(self, place: int, reason: str, since: int) -> bool:
        """Whether *place* was told that it is too much for this *reason*."""
        return bool(await self._one(_TOLD, {"place": place, "why": reason, "since": since}))

    async def told(self, address: str, reason: str, since: int) -> bool:
        """Whether *address* was told so, wherever and as whichever speaker that was."""
        return bool(await self._sum(_TOLD_THEM, address, {"why": reason, "since": since}))

    async def _sum(self, statement: Select[Any], address: str, asked: dict[str, object]) -> int:
        def job(connection: Connection) -> int:
            each = ({**asked, **_named(one)} for one in same(connection, address))
            return sum(int(connection.execute(statement, one).scalar_one()) for one in each)

        return await self._database.read(job)

    async def _one(self, statement: Select[Any], asked: dict[str, object]) -> int:
        def job(connection: Connection) -> int:
            return int(connection.execute(statement, asked).scalar_one())

        return await self._database.read(job)


def _named(address: str) -> dict[str, object]:
    platform, _, number = address.partition(":")
    return {"platform": platform, "number": number}
