"""Stickers on Telegram: uploaded once, and called by Telegram's own name of them after that."""

import asyncio
from pathlib import Path
from typing import Final

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendMessage, SendSticker
from aiogram.types import BufferedInputFile, InputFile

from anima.model import Sticker

_ANSWER_S: Final = 30
_Version = tuple[Path, int]


class Pictures:
    """Sends stickers for one *bot*."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._uploaded: dict[_Version, str] = {}

    async def send(self, message: SendMessage, sticker: Sticker) -> str:
        """Send *sticker* where *message* would have gone; its id, or nothing where it cannot be.

        Raises what aiogram raises for a chat that takes no message at all.
        """
        try:
            version = (sticker.file, sticker.file.stat().st_mtime_ns)
            sent = await self._bot(
                _sticker(message, sticker, await self._picture(version)), request_timeout=_ANSWER_S
            )
        except (TelegramBadRequest, OSError):
            return ""  # the words that stand for it are better than nothing
        if sent.sticker:
            self._uploaded[version] = sent.sticker.file_id
        return str(sent.message_id)

    async def _picture(self, version: _Version) -> str | InputFile:
        known = self._uploaded.get(version)
        if known:
            return known
        file, _ = version
        return BufferedInputFile(await asyncio.to_thread(file.read_bytes), file.name)


def _sticker(message: SendMessage, sticker: Sticker, picture: str | InputFile) -> SendSticker:
    known = isinstance(picture, str)
    return SendSticker(
        chat_id=message.chat_id,
        sticker=picture,
        emoji=None if known else sticker.face or None,
        message_thread_id=message.message_thread_id,
        business_connection_id=message.business_connection_id,
        reply_parameters=message.reply_parameters,
        reply_markup=message.reply_markup,
    )
