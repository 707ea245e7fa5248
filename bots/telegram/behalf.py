"""Writing in people's own chats, in their place: where we may, and when they write themselves."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNotFound,
)
from aiogram.methods import ReadBusinessMessage
from pydantic import ValidationError

from anima.mandate import Entrusted, Mandate, Mandates, Written
from anima.model import Arrival, Conversation, Edited, Incoming, Pressed, Rated
from anima.ports import Clock, Witness
from bots.telegram.connected import Connected, GetRawConnection
from bots.telegram.refusals import of_listening

_PATIENCE_S: Final = 3
_MOST_IGNORED: Final = 1_000
"""Connections that we remember to be nothing to us; beyond that one is noted twice."""

Honours = Callable[[str], bool]
"""Whether we write for the owner with this address."""


class Behalf:
    """Knows for one *bot* by whose leave it writes; an owner's line silences it for *takeover_s*.

    All of it raises `LedgerUnavailable`.
    """

    def __init__(
        self,
        bot: Bot,
        mandates: Mandates,
        honours: Honours,
        clock: Clock,
        witness: Witness,
        *,
        takeover_s: float,
    ) -> None:
        self._bot = bot
        self._mandates = mandates
        self._honours = honours
        self._takeover = timedelta(seconds=takeover_s)
        self._clock = clock
        self._witness = witness
        self._ignored: dict[str, None] = {}

    async def learn(self, raws: Sequence[Mapping[str, Any]]) -> None:
        """Keep what *raws* tell of connections."""
        for raw in raws:
            if told := raw.get("business_connection"):
                with suppress(ValidationError):  # it is set aside
                    mandate = Connected.model_validate(told).mandate(str(self._bot.id))
                    self._ignored.pop(mandate.id, None)
                    await self._keep(mandate)

    async def weigh(self, arrivals: Sequence[Arrival]) -> Sequence[Arrival]:
        """*arrivals* without those of chats that are no matter of ours.

        What an owner writes, and what is said while the word is theirs, is not said to us. Raises
        `Unreachable` or `SlowDown` when Telegram does not tell of a connection.
        """
        named = {where.connection for one in arrivals if (where := _borrowed(one))}
        given = {name: await self._usable(name) for name in named}
        kept = [one for one in arrivals if await self._matters(one, given)]
        written = [self._written(*pair) for one in kept if (pair := _message(one, given))]
        stands = iter(await self._mandates.listen(written) if written else ())
        return [
            weighed for one in kept if (weighed := self._weighed(one, _message(one, given), stands))
        ]

    async def tick(self, arrivals: Sequence[Arrival]) -> None:
        """Show who wrote that it was read, where we may and will answer; nothing depends on it."""
        newest = {
            one.meaning.conversation: one.meaning.message
            for one in arrivals
            if _borrowed(one) and isinstance(one.meaning, Incoming) and one.meaning.addressed
        }
        async with asyncio.TaskGroup() as group:
            for where, message in newest.items():
                mandate = await self._usable(where.connection)
                if mandate and "can_read_messages" in mandate.rights:
                    group.create_task(self._read(where, message))

    async def obstacle(self, where: Conversation) -> str:
        """Why nothing may be written there now; empty if we may."""
        mandate = await self._mandates.of(where.bot, where.connection)
        if mandate is None or not self._honours(mandate.owner.address):
            return "no business connection of ours"
        chat = await self._mandates.chat(where)
        return mandate.obstacle or chat.obstacle(self._clock.now())

    async def _usable(self, connection: str) -> Mandate | None:
        """By whose leave, if it is any of ours and in force; asked of Telegram if unknown."""
        if connection in self._ignored:
            return None
        mandate = await self._mandates.of(str(self._bot.id), connection)
        mandate = mandate or await self._asked(connection)
        if mandate is None or not self._honoured(mandate):
            return None
        return None if mandate.obstacle else mandate

    async def _asked(self, connection: str) -> Mandate | None:
        try:
            told = await self._bot(GetRawConnection(business_connection_id=connection))
            mandate = Connected.model_validate(told).mandate(str(self._bot.id))
        except (TelegramBadRequest, TelegramForbiddenError, TelegramNotFound, ValidationError):
            self._ignore(connection, "telegram does not know it")
            return None
        except AiogramError as error:
            raise of_listening(error) from error
        await self._keep(mandate)
        return mandate

    async def _keep(self, mandate: Mandate) -> None:
        if self._honoured(mandate):
            await self._mandates.keep(mandate)
            self._witness.note("business connection", enabled=mandate.enabled, id=mandate.id)

    def _honoured(self, mandate: Mandate) -> bool:
        honoured = self._honours(mandate.owner.address)
        if not honoured:
            self._ignore(mandate.id, "not of anybody for whom we write")
        return honoured

    def _ignore(self, connection: str, reason: str) -> None:
        self._witness.note("business ignored", id=connection, reason=reason)
        self._ignored[connection] = None
        if len(self._ignored) > _MOST_IGNORED:
            del self._ignored[next(iter(self._ignored))]

    async def _matters(self, one: Arrival, given: Mapping[str, Mandate | None]) -> bool:
        where = _borrowed(one)
        if where is None:
            return True
        if given[where.connection] is None:
            return False
        if isinstance(one.meaning, Edited | Rated | Pressed):
            return (await self._mandates.chat(where)).answers
        return True

    def _written(self, said: Incoming, mandate: Mandate) -> Written:
        theirs = said.speaker.id == mandate.owner.id
        until = said.at + self._takeover if theirs else None
        return Written(said.conversation, said.title, said.at, until)

    def _weighed(
        self, one: Arrival, message: "_Message | None", stands: Iterator[Entrusted]
    ) -> Arrival | None:
        if message is None:
            return one
        chat, (said, mandate) = next(stands), message
        if not chat.answers:
            return None
        addressed = said.speaker.id != mandate.owner.id and not chat.silent(said.at)
        return replace(one, meaning=replace(said, addressed=addressed, title=mandate.owner.name))

    async def _read(self, where: Conversation, message: str) -> None:
        read = ReadBusinessMessage(
            business_connection_id=where.connection,
            chat_id=int(where.chat),
            message_id=int(message),
        )
        with suppress(AiogramError):
            await self._bot(read, request_timeout=_PATIENCE_S)


_Message = tuple[Incoming, Mandate]


def _borrowed(one: Arrival) -> Conversation | None:
    """The chat in which it happened, where that is somebody's own."""
    where = one.meaning.conversation if one.meaning else None
    return where if where and where.borrowed else None


def _message(one: Arrival, given: Mapping[str, Mandate | None]) -> _Message | None:
    """What was said in a chat that is somebody's own, and by whose leave we are there."""
    where = _borrowed(one)
    mandate = given[where.connection] if where else None
    return (one.meaning, mandate) if mandate and isinstance(one.meaning, Incoming) else None
