"""Raw updates become arrivals, and arrivals are in the ledger before Telegram learns of it."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.methods import AnswerCallbackQuery

from anima.model import Arrival
from anima.ports import Ledger, Witness
from bots.telegram.called import Names
from bots.telegram.incoming import Reader
from bots.telegram.rating import thanks
from bots.telegram.refusals import of_listening

_THANKS_S: Final = 3


class Ear:
    """Takes updates for one bot, behind which personas stand with their *names*."""

    def __init__(self, bot: Bot, names: Names, ledger: Ledger, witness: Witness) -> None:
        self._bot = bot
        self._names = names
        self._ledger = ledger
        self._witness = witness
        self._reader: Reader | None = None

    async def take(self, raws: Sequence[Any]) -> None:
        """Keep *raws*; when this returns they may be confirmed. Repeats are harmless."""
        reader = await self._introduced()
        readable = (raw if isinstance(raw, dict) else {"unreadable": raw} for raw in raws)
        arrivals = [one for raw in readable if (one := reader.arrival(raw))]
        if arrivals:
            await self._keep(arrivals)
        await self._thank(raws)

    async def _keep(self, arrivals: Sequence[Arrival]) -> None:
        count = await self._ledger.hear(arrivals)
        self._witness.note("heard", count=count)
        for one in arrivals:
            if one.meaning is None:
                self._witness.note("set aside", source=one.source, key=one.key)

    async def _thank(self, raws: Sequence[Any]) -> None:
        """Who pressed a button sees it turn until we say that we know; nothing depends on it."""
        async with asyncio.TaskGroup() as group:
            for raw in raws:
                if isinstance(query := isinstance(raw, dict) and raw.get("callback_query"), dict):
                    group.create_task(self._answer(query))

    async def _answer(self, query: dict[str, Any]) -> None:
        person = query.get("from")
        language = person.get("language_code") if isinstance(person, dict) else ""
        answer = AnswerCallbackQuery(
            callback_query_id=str(query.get("id")), text=thanks(str(language or ""))
        )
        with suppress(AiogramError):
            await self._bot(answer, request_timeout=_THANKS_S)

    async def _introduced(self) -> Reader:
        """Who are we here? Mentions and replies cannot be told from other talk without knowing."""
        if self._reader is None:
            try:
                me = await self._bot.me()
            except AiogramError as error:
                raise of_listening(error) from error
            self._reader = Reader(str(me.id), me.username or "", self._names)
        return self._reader
