"""Files of Telegram's people: where they lie is asked for, then they are fetched, within bounds."""

import asyncio
from contextlib import aclosing
from typing import Final

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramRetryAfter
from aiogram.types import File
from aiohttp import ClientError, ClientResponseError

from anima.errors import SlowDown, Unfetched, Unreachable
from anima.model import Attachment, Conversation

MOST_BYTES: Final = 20_000_000
"""Telegram gives bots no larger ones."""
WITHIN_S: Final = 10
"""Somebody waits for an answer meanwhile."""
_CHUNK_BYTES: Final = 64 * 1024
_GONE: Final = frozenset({403, 404, 410})


class Fetching:
    """The port `Fetches` for one *bot*. No reason holds an address: the token is a part of it."""

    def __init__(self, bot: Bot, within_s: float = WITHIN_S) -> None:
        self._bot = bot
        self._within_s = within_s

    async def fetch(self, conversation: Conversation, attachment: Attachment) -> bytes:
        del conversation  # a file's id is the bot's own, wherever it was sent
        if attachment.size_bytes > MOST_BYTES:
            raise Unfetched("the file is too large")
        try:
            async with asyncio.timeout(self._within_s):
                return await self._downloaded(await self._found(attachment.reference))
        except TimeoutError:
            raise Unreachable(f"the file did not come in {self._within_s:g} s") from None

    async def _found(self, reference: str) -> File:
        try:
            return await self._bot.get_file(reference)
        except TelegramRetryAfter as error:
            raise SlowDown(error.retry_after) from error
        except TelegramBadRequest as error:
            raise Unfetched(error.message) from error
        except AiogramError as error:
            raise Unreachable(f"where the file is was not told: {type(error).__name__}") from error

    async def _downloaded(self, file: File) -> bytes:
        api, path = self._bot.session.api, file.file_path
        if not path:
            raise Unfetched("the file lies nowhere")
        content = bytearray()
        stream = self._bot.session.stream_content(
            api.file_url(self._bot.token, path),
            timeout=int(self._within_s) + 1,
            chunk_size=_CHUNK_BYTES,
        )
        try:
            async with aclosing(stream) as chunks:
                async for chunk in chunks:
                    content += chunk
                    if len(content) > MOST_BYTES:
                        raise Unfetched("the file is too large")
        except ClientResponseError as error:
            # what aiohttp says of it has the address
            kind = Unfetched if error.status in _GONE else Unreachable
            raise kind(f"the file was answered with {error.status}") from None
        except (ClientError, OSError) as error:
            raise Unreachable(f"the file was lost: {type(error).__name__}") from None
        return bytes(content)
