"""The webhook is registered, however long that takes, and ready only then."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from anima.errors import ConfigError, Unreachable
from bots.telegram.client import client
from bots.telegram.hook import Hook
from bots.telegram.incoming import ALLOWED
from tests.backend_fakes import Notes
from tests.far_side.botapi import BotApi, Fault
from tests.jump import JumpClock
from tests.living import TOKEN

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

ADDRESS = "https://anima.example/hooks/telegram"


@asynccontextmanager
async def hooked(
    clock: JumpClock, notes: Notes, token: str = TOKEN
) -> AsyncIterator[tuple[BotApi, Hook]]:
    """Telegram, and a webhook that nobody has run yet."""
    async with BotApi(TOKEN) as telegram:
        bot = client(token, telegram.url)
        try:
            yield telegram, Hook(bot, ADDRESS, "s3cret", clock, notes)
        finally:
            await bot.session.close()


async def test_it_tells_telegram_where_we_are(clock: JumpClock) -> None:
    """Address, secret and the kinds of updates we take; then it stays."""
    notes = Notes()
    async with hooked(clock, notes) as (telegram, hook), asyncio.TaskGroup() as group:
        with pytest.raises(Unreachable, match="not registered yet"):
            await hook.probe()

        running = group.create_task(hook.run())
        known = await telegram.until(lambda: telegram.world.webhook)
        await clock.sleep(60)

        await hook.probe()
        assert not running.done()
        assert (ADDRESS, "s3cret") == (known.url, known.secret)
        assert frozenset(ALLOWED) == telegram.world.inbox.allowed
        assert [("webhook registered", {})] == notes.noted
        running.cancel()


@pytest.mark.parametrize(
    "fault",
    [Fault.gateway(502), Fault.slow_down(2), Fault.cut(), Fault.status(400, "Bad Request: bad")],
    ids=["502", "429", "cut", "400"],
)
async def test_it_tries_until_telegram_takes_it(fault: Fault, clock: JumpClock) -> None:
    """The refusal is noted once, and until the end of it we are not ready."""
    notes = Notes()
    async with hooked(clock, notes) as (telegram, hook), asyncio.TaskGroup() as group:
        telegram.faults.add("setWebhook", fault, times=8)

        running = group.create_task(hook.run())
        await telegram.until(lambda: telegram.count["setWebhook"] == 4, timeout=600)
        with pytest.raises(Unreachable):
            await hook.probe()
        await telegram.until(lambda: telegram.world.webhook, timeout=600)
        await clock.sleep(1)

        await hook.probe()
        assert ["webhook refused", "webhook registered"] == [one for one, _ in notes.noted]
        running.cancel()


async def test_a_wrong_token_ends_it(clock: JumpClock) -> None:
    """Only what waiting cannot mend is raised."""
    async with hooked(clock, Notes(), "42:WRONG") as (_, hook):
        with pytest.raises(ConfigError, match=r"telegram\.token"):
            await hook.run()
