"""Hearing from Telegram by webhook: Telegram calls us, and is told 200 after the commit."""

import asyncio

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.methods import SetWebhook

from anima.errors import SlowDown, Unavailable, Unreachable
from anima.pace import backoff_s
from anima.ports import Clock, Witness
from bots.telegram.incoming import ALLOWED
from bots.telegram.refusals import of_listening

_LONGEST_BACKOFF = 6


class Hook:
    """The port `Bot` by webhook: registers the address, then leaves the listening to the web."""

    def __init__(self, bot: Bot, address: str, secret: str, clock: Clock, witness: Witness) -> None:
        self._bot = bot
        self._address = address
        self._secret = secret
        self._clock = clock
        self._witness = witness
        self._trouble = "the webhook is not registered yet"

    async def run(self) -> None:
        """Register, however long it takes, and stay. Raises `ConfigError` for a bad token."""
        attempt = 0
        while self._trouble:
            attempt += 1
            try:
                await self._register()
            except (SlowDown, Unavailable) as error:
                if str(error) != self._trouble:
                    self._witness.note("webhook refused", reason=str(error))
                self._trouble = str(error)
                await self._clock.sleep(backoff_s(min(attempt, _LONGEST_BACKOFF)))
        self._witness.note("webhook registered")
        await asyncio.Event().wait()

    async def probe(self) -> None:
        """Raise `Unreachable` until Telegram knows our address."""
        if self._trouble:
            raise Unreachable(self._trouble)

    async def _register(self) -> None:
        hook = SetWebhook(
            url=self._address, secret_token=self._secret, allowed_updates=list(ALLOWED)
        )
        try:
            await self._bot(hook)
        except AiogramError as error:
            raise of_listening(error) from error
        self._trouble = ""
