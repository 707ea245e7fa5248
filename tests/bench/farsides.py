"""Telegram and the model as one bot meets them, and people who wait there for their answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from time import monotonic
from typing import Any, Final

from tests.far_side import replies
from tests.far_side.botapi import BotApi, Person
from tests.far_side.model import ModelServer

TOKEN: Final = "42:AAHtestTokenTestTokenTestTokenTest00"
TOKENS: Final = 80
"""An answer has so many, in a chunk each."""
PATIENCE_S: Final = 60.0
_WORDS: Final = tuple(f"word{number} " for number in range(TOKENS))


class FarSides:
    """Both servers of one bot, with one clock for both.

    *handed* are the times at which an update was given to the bot, *asked* those of its questions.
    """

    def __init__(self, bot: BotApi, model: ModelServer) -> None:
        self.bot = bot
        self.model = model
        self.handed: list[float] = []
        self.asked: list[float] = []
        self._last = ""
        self._answers: dict[int, asyncio.Event] = {}
        bot.on("getUpdates", self._polled)
        bot.on("sendMessage", self._sent)
        model.otherwise = replies.streamed(_WORDS)
        model.on_request = self._asked

    async def exchange(self, person: Person, text: str) -> None:
        """*person* says *text* and has the whole answer when this returns."""
        answered, self._last = asyncio.Event(), text
        self._answers[person.id] = answered
        self.bot.says(person, person, text)
        async with asyncio.timeout(PATIENCE_S):
            await answered.wait()

    async def first_poll(self) -> None:
        """Wait until the bot asks for updates."""
        await self.bot.until(lambda: self.bot.count["getUpdates"], PATIENCE_S)

    def forget(self) -> None:
        """What was seen so far fills only our own memory."""
        self.bot.world.journal.clear()
        self.model.requests.clear()
        self.handed.clear()
        self.asked.clear()

    def _polled(self, _: Any) -> None:
        if self.bot.pending:
            self.handed.append(monotonic())

    def _asked(self, question: Any) -> None:
        """Memory asks as well, when it likes, and nobody waits for that."""
        if question["messages"][-1]["content"].endswith(self._last):
            self.asked.append(monotonic())

    def _sent(self, params: Any) -> None:
        """An answer may come in several bubbles; with its last word it is whole."""
        if params.text("text").rstrip().endswith(_WORDS[-1].strip()):
            self._answers[int(params.text("chat_id"))].set()


@asynccontextmanager
async def far_sides() -> AsyncIterator[FarSides]:
    """Both servers, listening on loopback while entered."""
    async with AsyncExitStack() as stack:
        bot = await stack.enter_async_context(BotApi(TOKEN))
        model = await stack.enter_async_context(ModelServer())
        yield FarSides(bot, model)
