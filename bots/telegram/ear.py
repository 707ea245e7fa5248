"""Raw updates become arrivals, and arrivals are in the ledger before Telegram learns of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiogram import Bot
from aiogram.exceptions import AiogramError

from anima.model import Arrival
from anima.ports import Ledger, Witness
from bots.names import Names
from bots.telegram.behalf import Behalf
from bots.telegram.incoming import Reader
from bots.telegram.presses import Presses
from bots.telegram.refusals import of_listening


class Ear:
    """Takes updates for one bot, behind which personas stand with their *names*.

    *behalf* knows of the chats that are people's own; without it none of them is heard.
    """

    def __init__(
        self,
        bot: Bot,
        names: Names,
        ledger: Ledger,
        witness: Witness,
        behalf: Behalf | None = None,
    ) -> None:
        self._bot = bot
        self._names = names
        self._ledger = ledger
        self._witness = witness
        self._presses = Presses(bot)
        self._behalf = behalf
        self._reader: Reader | None = None

    async def take(self, raws: Sequence[Any]) -> None:
        """Keep *raws*; when this returns they may be confirmed. Repeats are harmless."""
        reader = await self._introduced()
        readable = [raw if isinstance(raw, dict) else {"unreadable": raw} for raw in raws]
        found = (one for raw in readable for one in (reader.quoted(raw), reader.arrival(raw)))
        arrivals = await self._weighed(readable, [one for one in found if one])
        if arrivals:
            await self._keep(arrivals)
        await self._presses.acknowledge(raws)
        if self._behalf:
            await self._behalf.tick(arrivals)

    async def _weighed(
        self, raws: Sequence[Mapping[str, Any]], arrivals: Sequence[Arrival]
    ) -> Sequence[Arrival]:
        if self._behalf is None:
            return [
                one for one in arrivals if not (one.meaning and one.meaning.conversation.borrowed)
            ]
        await self._behalf.learn(raws)
        return await self._behalf.weigh(arrivals)

    async def _keep(self, arrivals: Sequence[Arrival]) -> None:
        count = await self._ledger.hear(arrivals)
        self._witness.note("heard", count=count)
        for one in arrivals:
            if one.meaning is None:
                self._witness.note("set aside", source=one.source, key=one.key)

    async def _introduced(self) -> Reader:
        """Who are we here? Mentions and replies cannot be told from other talk without knowing."""
        if self._reader is None:
            try:
                me = await self._bot.me()
            except AiogramError as error:
                raise of_listening(error) from error
            visits = bool(me.supports_guest_queries)
            self._reader = Reader(str(me.id), me.username or "", self._names, visits=visits)
        return self._reader
