"""Files on Telegram, with the words that they come with."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.methods import SendDocument, SendMessage
from aiogram.types import BufferedInputFile, Message

from anima.model import Beside
from anima.ports import Witness
from bots.telegram.simpler import Sendable
from bots.text import utf16_len

LONGEST_CAPTION: Final = 1024
"""UTF-16 units below a file."""
_MOST_AHEAD: Final = 100

Send = Callable[[Sendable], Awaitable[Message]]
"""Raises what aiogram raises."""


class Documents:
    """Sends files by *send*; that one cannot be sent costs nobody the words, and is noted."""

    def __init__(self, send: Send, witness: Witness) -> None:
        self._send = send
        self._witness = witness
        self._ahead: dict[int, str] = {}

    async def send(self, message: SendMessage, key: int, beside: Beside) -> str:
        """Send the file with the words of *message*; the id of what says them, or nothing.

        Words that are too long for a caption go ahead, once, with the buttons. Raises what aiogram
        raises for a chat that takes no message at all.
        """
        try:
            file = await _read(beside)
        except OSError as error:
            self._lost(key, str(error))
            return self._ahead.pop(key, "")
        if utf16_len(message.text) > LONGEST_CAPTION:
            return await self._follow(message, key, file)
        try:
            return str((await self._send(_captioned(message, file))).message_id)
        except (TelegramBadRequest, TelegramEntityTooLarge) as error:
            self._lost(key, error.message)
            return ""

    async def _follow(self, message: SendMessage, key: int, file: BufferedInputFile) -> str:
        """Send the words, unless they went before the file was held up, and then the *file*."""
        if key not in self._ahead:
            said = str((await self._send(message)).message_id)
            self._remember(key, said)
        try:
            await self._send(_bare(message, file))
        except (TelegramBadRequest, TelegramEntityTooLarge) as error:
            self._lost(key, error.message)
        return self._ahead.pop(key)

    def _remember(self, key: int, said: str) -> None:
        self._ahead[key] = said
        if len(self._ahead) > _MOST_AHEAD:  # what nobody came back for
            del self._ahead[next(iter(self._ahead))]

    def _lost(self, key: int, reason: str) -> None:
        self._witness.note("file lost", said=key, reason=reason)


async def _read(beside: Beside) -> BufferedInputFile:
    if beside.document is None:
        raise FileNotFoundError("there is no file")
    return BufferedInputFile(await asyncio.to_thread(beside.document.read_bytes), beside.called)


def _captioned(message: SendMessage, file: BufferedInputFile) -> SendDocument:
    return _bare(message, file).model_copy(
        update={
            "caption": message.text,
            "caption_entities": message.entities,
            "reply_parameters": message.reply_parameters,
            "reply_markup": message.reply_markup,
        }
    )


def _bare(message: SendMessage, file: BufferedInputFile) -> SendDocument:
    return SendDocument(
        chat_id=message.chat_id,
        document=file,
        message_thread_id=message.message_thread_id,
        business_connection_id=message.business_connection_id,
        disable_content_type_detection=True,
    )
