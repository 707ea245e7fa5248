"""The yardstick: an ordinary bot of aiogram and openai, streaming, with nothing durable."""

import asyncio
import sys
from collections import defaultdict
from pathlib import Path

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletionMessageParam, ChatCompletionSystemMessageParam

TOKEN, TELEGRAM, MODEL, SYSTEM = sys.argv[1:]
LAST_TEN_TURNS = 20

bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(TELEGRAM)))
model = AsyncOpenAI(base_url=MODEL, api_key="none")
system = ChatCompletionSystemMessageParam(
    role="system", content=Path(SYSTEM).read_text(encoding="utf-8")
)
talks: dict[int, list[ChatCompletionMessageParam]] = defaultdict(list)
dispatcher = Dispatcher()


@dispatcher.message()
async def answer(message: Message) -> None:
    """Ask the model with the last ten turns, and send what it said."""
    talk = talks[message.chat.id]
    talk.append({"role": "user", "content": message.text or ""})
    talk[:] = talk[-LAST_TEN_TURNS:]
    said = ""
    async for chunk in await model.chat.completions.create(
        model="base", messages=[system, *talk], stream=True
    ):
        if chunk.choices:
            said += chunk.choices[0].delta.content or ""
    talk.append({"role": "assistant", "content": said})
    await message.answer(said)


asyncio.run(dispatcher.start_polling(bot))
