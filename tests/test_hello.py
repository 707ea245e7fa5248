"""The bot gets to know itself, and tells what it hears in groups."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot

from anima.errors import ConfigError
from bots.telegram.client import client
from bots.telegram.hello import Hello
from tests.backend_fakes import Notes
from tests.far_side.botapi import BotApi, Fault
from tests.jump import JumpClock

pytestmark = pytest.mark.jumping


@pytest.fixture
async def telegram() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def bot(telegram: BotApi) -> AsyncIterator[Bot]:
    made = client("42:TEST", telegram.url)
    yield made
    await made.session.close()


@pytest.mark.parametrize(
    ("reads_all", "told"),
    [(True, "everything"), (False, "what is meant for it: privacy mode is on")],
)
async def test_what_it_hears_in_groups_is_told(
    reads_all: bool, told: str, telegram: BotApi, bot: Bot, clock: JumpClock
) -> None:
    """By Telegram's own word on it, once, however long Telegram is away."""
    notes = Notes()
    telegram.world.reads_all = reads_all
    telegram.faults.add("getMe", Fault.gateway(502), times=3)
    telegram.faults.add("getMe", Fault.slow_down(7))

    await Hello(bot, clock, notes).run()

    facts = {"username": "anima_test_bot", "in_groups_hears": told}
    assert [("telegram bot", facts)] == notes.noted
    assert 5 == telegram.count["getMe"]


async def test_a_wrong_token_ends_it(telegram: BotApi, clock: JumpClock) -> None:
    """It is a mistake in the settings."""
    stranger = client("43:WRONG", telegram.url)

    with pytest.raises(ConfigError, match=r"telegram\.token"):
        await Hello(stranger, clock, Notes()).run()

    await stranger.session.close()
