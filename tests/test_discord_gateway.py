"""Discord is heard whatever happens, in order, and nothing that was told is lost."""

from collections.abc import AsyncIterator

import pytest

from anima.model import Incoming
from tests.discord_side import listening
from tests.far_side.discord import Discord
from tests.jump import JumpClock

pytestmark = [pytest.mark.jumping, pytest.mark.slow]


@pytest.fixture
async def far(clock: JumpClock) -> AsyncIterator[Discord]:
    """Discord, on the clock of the test."""
    async with Discord(now=lambda: clock.now().timestamp()) as server:
        yield server


async def test_what_people_say_is_heard(clock: JumpClock, far: Discord) -> None:
    """In private and in a channel."""
    ann = far.person("Ann")
    guild = far.guild("Friends", ann)
    general = far.channel(guild, "general")
    async with listening(clock, far) as bot:
        far.says(ann, ann, "hello")
        far.says(ann, general, f"{far.me.mention} and here?")

        await bot.hears("hello", "and here?")

    private, public = bot.meanings
    assert isinstance(private, Incoming)
    assert isinstance(public, Incoming)
    assert (True, True, "") == (private.private, private.addressed, private.title)
    assert (False, True, "#general · Friends") == (public.private, public.addressed, public.title)
