"""A local Discord with a guild of friends, and two bots: one that writes, one that hears."""

from collections.abc import AsyncIterator

import discord
import pytest

from tests.far_side.discord import Channel, Discord, Guild, Person
from tests.far_side.discord_clients import Bot, point, running


@pytest.fixture
async def far(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Discord]:
    async with Discord() as server:
        point(server, monkeypatch)
        yield server


@pytest.fixture
def ann(far: Discord) -> Person:
    return far.person("Ann")


@pytest.fixture
def guild(far: Discord, ann: Person) -> Guild:
    return far.guild("Friends", ann)


@pytest.fixture
def general(far: Discord, guild: Guild) -> Channel:
    return far.channel(guild)


@pytest.fixture
async def bot(far: Discord, general: Channel) -> AsyncIterator[Bot]:
    async with running(Bot(far)) as client:
        assert client.get_channel(general.id)
        yield client


@pytest.fixture
async def writer(far: Discord) -> AsyncIterator[Bot]:
    """A bot that writes and has no line to the gateway."""
    async with Bot(far) as client:
        await client.login(far.token)
        yield client


@pytest.fixture
async def room(writer: Bot, general: Channel) -> discord.PartialMessageable:
    return writer.get_partial_messageable(general.id)
