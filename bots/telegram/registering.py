"""Telegram is told of our commands when they have changed, while nobody waits for it."""

from collections.abc import Sequence
from typing import Final

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMyCommands, SetMyCommands

from anima.offers import Offers
from anima.pace import backoff_s
from anima.ports import Clock, Witness
from bots.telegram.menu import Sheet, sheets

_AFTER_S: Final = 5.0
"""Hearing people comes first."""
_ANSWER_S: Final = 30
_ATTEMPTS: Final = 5
_NEVER: Final = (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
"""Trying again would not help: an admin who never wrote to the bot, or another one's token."""


class Registering:
    """The port `Bot`, which hears nothing: it compares the menu once after the start, and is done.

    Whatever fails is noted, and the next start tries again.
    """

    def __init__(
        self, bot: Bot, offers: Offers, admins: Sequence[str], clock: Clock, witness: Witness
    ) -> None:
        self._bot = bot
        self._sheets = tuple(sheets(offers, admins))
        self._clock = clock
        self._witness = witness

    async def run(self) -> None:
        await self._clock.sleep(_AFTER_S)
        changed = 0
        for sheet in self._sheets:
            changed += await self._patiently(sheet)
        if changed:
            self._witness.note("menu changed", sheets=changed)

    async def _patiently(self, sheet: Sheet) -> bool:
        """Whether *sheet* was new to Telegram, which may need to be asked again."""
        trouble = ""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return await self._registered(sheet)
            except _NEVER as error:
                trouble = error.message
                break
            except TelegramRetryAfter as error:
                trouble, wait_s = error.message, float(error.retry_after)
            except AiogramError as error:
                trouble, wait_s = str(error), backoff_s(attempt)
            await self._clock.sleep(wait_s)
        self._witness.note("menu not changed", place=sheet.place, reason=trouble)
        return False

    async def _registered(self, sheet: Sheet) -> bool:
        asking = GetMyCommands(scope=sheet.scope, language_code=sheet.language or None)
        known = await self._bot(asking, request_timeout=_ANSWER_S)
        if tuple((one.command, one.description) for one in known) == sheet.commands:
            return False
        telling = SetMyCommands(
            commands=sheet.telegrams(), scope=sheet.scope, language_code=sheet.language or None
        )
        await self._bot(telling, request_timeout=_ANSWER_S)
        return True
