"""Files that people send on Telegram, fetched with a real client from a real server."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot

from anima.errors import AnimaError, SlowDown, Unfetched, Unreachable
from anima.model import Attachment, Conversation
from bots.telegram.client import client
from bots.telegram.fetching import MOST_BYTES, Fetching
from tests.far_side.botapi import BotApi, Fault
from tests.living import TOKEN

HOME = Conversation("telegram", "42", "7")


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi(TOKEN) as api:
        yield api


@pytest.fixture
async def bot(server: BotApi) -> AsyncIterator[Bot]:
    bot = client(TOKEN, server.url)
    yield bot
    await bot.session.close()


def kept(server: BotApi, content: bytes = b"\xff\xd8", size: int | None = None) -> Attachment:
    """A picture on Telegram's servers."""
    return Attachment("photo", server.keeps(content, "p.jpg", size)["file_id"])


async def refused(bot: Bot, attachment: Attachment, within_s: float = 9) -> AnimaError:
    """Why *attachment* is not to be had."""
    with pytest.raises(AnimaError) as wrong:
        await Fetching(bot, within_s).fetch(HOME, attachment)
    return wrong.value


async def test_a_file_comes_whole(server: BotApi, bot: Bot) -> None:
    """Byte by byte, in as many pieces as it takes."""
    content = bytes(range(256)) * 4000

    assert content == await Fetching(bot).fetch(HOME, kept(server, content))


async def test_several_come_at_once(server: BotApi, bot: Bot) -> None:
    """One client fetches them beside each other."""
    files = [kept(server, bytes([n]) * 9) for n in range(4)]

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(Fetching(bot).fetch(HOME, one)) for one in files]

    assert [bytes([n]) * 9 for n in range(4)] == [task.result() for task in tasks]


async def test_one_that_is_too_large_is_not_asked_for(server: BotApi, bot: Bot) -> None:
    """Where its message told its size."""
    huge = Attachment("video", "f", size_bytes=MOST_BYTES + 1)

    assert isinstance(await refused(bot, huge), Unfetched)
    assert not server.calls


async def test_one_that_telegram_finds_too_large(server: BotApi, bot: Bot) -> None:
    """Where nobody knew before."""
    trouble = await refused(bot, kept(server, size=30_000_000))

    assert isinstance(trouble, Unfetched)
    assert "too big" in str(trouble)


@pytest.mark.slow
async def test_one_that_does_not_end_is_given_up(server: BotApi, bot: Bot) -> None:
    """Whatever a server says of its size, no more is taken than a bot is given."""
    endless = kept(server, b"x" * (MOST_BYTES + 1), size=9)

    assert isinstance(await refused(bot, endless), Unfetched)


async def test_one_that_nobody_knows(bot: Bot) -> None:
    """An id of another bot is no use."""
    assert isinstance(await refused(bot, Attachment("photo", "of somebody else")), Unfetched)


async def test_one_that_is_lost(server: BotApi, bot: Bot) -> None:
    """Telegram knows it and has it no more."""
    lost = kept(server)
    server.world.files.lose(lost.reference)

    assert isinstance(await refused(bot, lost), Unfetched)


async def test_one_that_lies_nowhere(server: BotApi, bot: Bot) -> None:
    """Telegram may know a file and not tell a way to it."""
    nowhere = '{"ok":true,"result":{"file_id":"f","file_unique_id":"u"}}'
    server.faults.add("getFile", Fault.garbage(nowhere))

    assert isinstance(await refused(bot, kept(server)), Unfetched)


@pytest.mark.parametrize("method", ["getFile", "file"])
@pytest.mark.parametrize(
    "fault",
    [Fault.status(500, "Internal Server Error"), Fault.gateway(502), Fault.cut(), Fault.torn()],
    ids=["500", "502", "cut", "torn"],
)
async def test_what_may_pass(server: BotApi, bot: Bot, method: str, fault: Fault) -> None:
    """It is not to be had now, which no reason tells with the token in it."""
    one = kept(server)
    server.faults.add(method, fault, times=None)  # a line that was cut is dialled again

    trouble = await refused(bot, one)

    server.faults.clear()
    assert isinstance(trouble, Unreachable)
    assert TOKEN not in f"{trouble} {trouble.__cause__}"
    assert "127.0.0.1" not in str(trouble)
    assert b"\xff\xd8" == await Fetching(bot).fetch(HOME, one)


async def test_it_waits_when_it_is_asked_to(server: BotApi, bot: Bot) -> None:
    """A tired Telegram says for how long."""
    server.faults.add("getFile", Fault.slow_down(7))

    trouble = await refused(bot, kept(server))

    assert isinstance(trouble, SlowDown)
    assert 7 == trouble.retry_after


@pytest.mark.parametrize("method", ["getFile", "file"])
async def test_nobody_waits_for_a_slow_file(server: BotApi, bot: Bot, method: str) -> None:
    """After some time the answer goes on without it."""
    server.faults.add(method, Fault.hang())

    trouble = await refused(bot, kept(server), within_s=0.05)

    assert isinstance(trouble, Unreachable)
    server.faults.release()


async def test_who_stops_meanwhile_is_let_go(server: BotApi, bot: Bot) -> None:
    """Nothing is left running."""
    server.faults.add("file", Fault.hang())
    fetching = asyncio.create_task(Fetching(bot).fetch(HOME, kept(server)))
    await server.until(lambda: server.count["file"])

    fetching.cancel()

    with pytest.raises(asyncio.CancelledError):
        await fetching
    server.faults.release()
