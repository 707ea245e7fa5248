"""What becomes of a pressed button on the screen; nothing depends on it."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.methods import AnswerCallbackQuery, EditMessageReplyMarkup, TelegramMethod

from bots.buttons import pressed
from bots.rating import thanks
from bots.telegram.keyboard import used

_PATIENCE_S: Final = 3


class Presses:
    """Acknowledges the presses that reach one *bot*, once they are kept."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def acknowledge(self, raws: Sequence[Any]) -> None:
        """Whoever pressed a button sees it turn until we say that we know."""
        async with asyncio.TaskGroup() as group:
            for raw in raws:
                query = _fields(raw).get("callback_query")
                if isinstance(query, dict):
                    group.create_task(self._try(_answer(query)))
                    if edit := _without_buttons(query):
                        group.create_task(self._try(edit))

    async def _try(self, method: TelegramMethod[Any]) -> None:
        with suppress(AiogramError):
            await self._bot(method, request_timeout=_PATIENCE_S)


def _answer(query: Mapping[str, Any]) -> AnswerCallbackQuery:
    """A rating is thanked for; what a button says is answered by words."""
    language = str(_fields(query.get("from")).get("language_code") or "")
    text = None if pressed(str(query.get("data"))) else thanks(language)
    return AnswerCallbackQuery(callback_query_id=str(query.get("id")), text=text)


def _without_buttons(query: Mapping[str, Any]) -> EditMessageReplyMarkup | None:
    """The message without what has been said by it.

    In a group the buttons stay: who may not press them must not take them from who may.
    """
    message = _fields(query.get("message"))
    chat, number = _fields(message.get("chat")), message.get("message_id")
    if chat.get("type") != "private" or not isinstance(number, int):
        return None
    if not pressed(str(query.get("data"))):
        return None
    return EditMessageReplyMarkup(
        chat_id=str(chat.get("id")),
        message_id=number,
        business_connection_id=message.get("business_connection_id"),
        reply_markup=used(message.get("reply_markup")),
    )


def _fields(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
