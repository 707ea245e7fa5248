"""The Bot API server pushes updates like the real one: in order, with the secret, until taken."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Update
from aiohttp import web

from tests.far_side.botapi import BotApi, Person


class Ear:
    """A bot's webhook: answers what it is told to, and keeps what it heard."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, int]] = []
        self.statuses: list[int] = []
        self.url = ""

    async def answer(self, request: web.BaseRequest) -> web.Response:
        update = Update.model_validate(await request.json())
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        self.heard.append((secret, update.update_id))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
async def ear() -> AsyncIterator[Ear]:
    ear = Ear()
    runner = web.ServerRunner(web.Server(ear.answer), shutdown_timeout=0.01)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    ear.url = f"http://127.0.0.1:{site.port}/hooks/telegram"
    yield ear
    await runner.cleanup()


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def bot(server: BotApi) -> AsyncIterator[Bot]:
    api = TelegramAPIServer.from_base(server.url)
    async with Bot(server.token, session=AiohttpSession(api=api)) as made:
        yield made


@pytest.fixture
def ann(server: BotApi) -> Person:
    return server.person(7, "Ann")


async def test_updates_are_pushed_with_the_secret(
    server: BotApi, bot: Bot, ear: Ear, ann: Person
) -> None:
    """What waited and what comes later arrives in order, each with the secret header."""
    server.says(ann, ann, "before")
    await bot.set_webhook(ear.url, secret_token="s3cret")

    server.says(ann, ann, "after")
    await server.until(lambda: not server.pending)

    assert [("s3cret", 1), ("s3cret", 2)] == ear.heard


async def test_what_is_not_taken_comes_again_before_the_next(
    server: BotApi, bot: Bot, ear: Ear, ann: Person
) -> None:
    """Anything but a 2xx is a failure: the same update is pushed again, and order is kept."""
    ear.statuses += [500, 401, 200]
    await bot.set_webhook(ear.url)

    server.says(ann, ann, "one")
    server.says(ann, ann, "two")
    await server.until(lambda: not server.pending)
    hook = await bot.get_webhook_info()

    assert [("", 1), ("", 1), ("", 1), ("", 2)] == ear.heard
    assert "Wrong response from the webhook: 401 Unauthorized" == hook.last_error_message


async def test_a_webhook_that_is_away_loses_nothing(
    server: BotApi, bot: Bot, ann: Person, free_port: int
) -> None:
    """While nobody listens at the address the update waits, and then it is polled."""
    await bot.set_webhook(f"http://127.0.0.1:{free_port}/nobody")
    server.says(ann, ann, "one")

    await server.until(lambda: server.world.mishap)
    hook = await bot.get_webhook_info()
    await bot.delete_webhook()
    updates = await bot.get_updates()

    assert ("Connection failed: ClientConnectorError", 1) == (
        hook.last_error_message,
        hook.pending_update_count,
    )
    assert [1] == [update.update_id for update in updates]


async def test_an_update_can_be_pushed_once_more(
    server: BotApi, bot: Bot, ear: Ear, ann: Person
) -> None:
    """The platform may deliver an update again that was taken before."""
    await bot.set_webhook(ear.url)
    said = server.says(ann, ann, "one")
    await server.until(lambda: not server.pending)

    server.again(said)
    await server.until(lambda: not server.pending)

    assert [("", 1), ("", 1)] == ear.heard


async def test_what_waits_can_be_dropped(server: BotApi, bot: Bot, ear: Ear, ann: Person) -> None:
    """A new webhook may begin with nothing."""
    server.says(ann, ann, "old")

    await bot.set_webhook(ear.url, drop_pending_updates=True)
    server.says(ann, ann, "new")
    await server.until(lambda: not server.pending)

    assert [("", 2)] == ear.heard
