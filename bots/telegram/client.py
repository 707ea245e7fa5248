"""aiogram as the typed client of one bot, at any Bot API server."""

from typing import Any, Final

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import Response, SendChatAction, SendMessage, TelegramMethod
from aiogram.types import Message, Update

ANSWERS: Final = (Response[list[Any]], Response[Message], Response[bool], Response[Message | bool])
"""The types of all answers we get. aiogram names them anew for each call, and pydantic builds them
anew, for 0.3 ms, unless somebody holds on to them.
"""


class GetRawUpdates(TelegramMethod[list[Any]]):
    """`getUpdates` as it came, so that one update nobody can parse does not spoil its batch."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


_FIRST: Final = (*ANSWERS, Update, SendMessage, SendChatAction)
"""What the first message needs. To build it takes a fifth of a second."""


def client(token: str, api_base: str) -> Bot:
    """A client that owns a session; close it by `bot.session.close()`."""
    for one in _FIRST:
        one.model_rebuild()
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api_base)))
