"""The gateway of the local Discord goes wrong as the real one does, and discord.py recovers."""

import asyncio
import json
from typing import Any

import aiohttp
import discord
import pytest

from tests.far_side.discord import Channel, Discord, Fault, Person
from tests.far_side.discord_clients import Bot, running


@pytest.mark.parametrize("code", [0, 1006, 4000, 4009])
async def test_what_was_missed_is_told_again(
    far: Discord, bot: Bot, ann: Person, general: Channel, code: int
) -> None:
    """After a dropped line the session goes on where the bot was, and loses nothing."""
    far.says(ann, general, "before")
    await far.sees(lambda: bot.texts == ["before"])

    far.drop_gateway(code=code if code != 1006 else 0)
    far.says(ann, general, "meanwhile")
    await far.sees(lambda: bot.all("resumed"))
    far.says(ann, general, "after")
    await far.sees(lambda: len(bot.texts) == 3)

    assert ["before", "meanwhile", "after"] == bot.texts
    assert (1, 1) == (far.identified, far.resumed)


async def test_a_session_that_is_gone_begins_afresh(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """A session that cannot be resumed is begun anew, and what came between is lost."""
    far.drop_gateway(resumable=False)
    far.says(ann, general, "lost")
    await far.sees(lambda: len(bot.all("ready")) == 2)
    far.says(ann, general, "after")
    await far.sees(lambda: bot.texts)

    assert ["after"] == bot.texts
    assert (2, 0) == (far.identified, far.resumed)


async def test_the_gateway_may_ask_to_reconnect(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """After op 7 the bot comes back and goes on."""
    far.asks_to_reconnect()
    far.says(ann, general, "meanwhile")
    await far.sees(lambda: bot.texts)

    assert ["meanwhile"] == bot.texts
    assert (1, 1) == (far.identified, far.resumed)


@pytest.mark.parametrize(("resumable", "counts"), [(True, (1, 1)), (False, (2, 0))])
async def test_the_gateway_may_invalidate_a_session(
    far: Discord, bot: Bot, resumable: bool, counts: tuple[int, int]
) -> None:
    """After op 9 the bot goes on if it may, or begins afresh."""
    event, times = ("resumed", 1) if resumable else ("ready", 2)

    far.invalidates(resumable=resumable)
    await far.sees(lambda: len(bot.all(event)) == times)

    assert counts == (far.identified, far.resumed)


async def test_a_silent_gateway_is_left(far: Discord, general: Channel, ann: Person) -> None:
    """When nothing comes any more the bot hangs up by itself, and is told all when it is back."""
    far.line.heartbeat_s = 0.03
    async with running(Bot(far, heartbeat_timeout=0.1)) as bot:
        await far.sees(lambda: far.line.lines[0].beats > 1)
        far.silence()
        far.says(ann, general, "is anybody there?")
        await far.sees(lambda: bot.all("disconnect"))
        far.speaks()
        await far.sees(lambda: bot.texts)

        assert ["is anybody there?"] == bot.texts
        assert far.resumed


async def test_a_wrong_token_ends_the_bot(far: Discord) -> None:
    """Close code 4004 is one that the library does not come back from."""
    bot = Bot(far)

    async with bot:
        await bot.login(far.token)
        far.world.token = "another"
        with pytest.raises(discord.ConnectionClosed) as closed:
            await bot.connect()

    assert 4004 == closed.value.code


async def test_intents_that_were_not_granted_end_the_bot(far: Discord) -> None:
    """Asking for a privileged intent that the application has not is close code 4014."""
    far.line.allowed &= ~discord.Intents(members=True).value
    bot = Bot(far)

    async with bot:
        with pytest.raises(discord.PrivilegedIntentsRequired) as refused:
            await bot.start(far.token)

    assert refused.value.shard_id is None


async def test_text_is_told_to_whom_it_is_said(far: Discord, general: Channel, ann: Person) -> None:
    """Without the intent for content a bot reads what is private or calls for it, and no more."""
    intents = discord.Intents.default()
    async with running(Bot(far, intents)) as bot:
        far.says(ann, general, "not for you", attachments={"a.txt": b"x"})
        far.says(ann, general, f"for you {far.me.mention}")
        far.says(ann, ann, "in private")
        messages = await far.sees(lambda: bot.all("message")[2:] and bot.all("message"))

        assert ["", f"for you {far.me.mention}", "in private"] == bot.texts
        assert [] == messages[0].attachments


async def test_what_was_not_asked_for_is_not_told(
    far: Discord, general: Channel, ann: Person
) -> None:
    """Events of intents that the bot has not do not reach it."""
    intents = discord.Intents(guilds=True, guild_messages=True)
    async with running(Bot(far, intents)) as bot:
        said = far.says(ann, general, "one")
        far.reacts(ann, said, "👍")
        far.says(ann, ann, "private")
        far.types(ann, general)
        far.says(ann, general, "two")
        await far.sees(lambda: len(bot.all("message")) == 2)

        assert [] == bot.all("raw_reaction_add") + bot.all("raw_typing")
        assert ["Anima"] == [one.display_name for one in bot.guilds[0].members]


@pytest.mark.parametrize("frame", ["", "{", '{"op": 0, "t": "MESSAGE_CREATE", "s": 9, "d": 7}'])
async def test_nonsense_ends_the_library(far: Discord, bot: Bot, frame: str) -> None:
    """An event that cannot be read leaves `start` with an exception: who uses it must supervise."""
    ended = bot.started

    far.garbles(frame)
    await asyncio.wait([ended])

    assert isinstance(ended.exception(), (KeyError, ValueError, TypeError))


async def test_shards_share_the_guilds(far: Discord, ann: Person) -> None:
    """Each guild is told to its own shard, and what is private to the first."""
    far.shards = 2
    first, second = far.guild("Even", ann, id=2 << 22), far.guild("Odd", ann, id=3 << 22)
    here, there = far.channel(first), far.channel(second)
    async with (
        running(Bot(far, shard_id=0, shard_count=2)) as zero,
        running(Bot(far, shard_id=1, shard_count=2)) as one,
    ):
        for place in (here, there, ann):
            far.says(ann, place, "hello")
        await far.sees(lambda: len(zero.texts) == 2 and len(one.texts) == 1)

        assert [["Even"], ["Odd"]] == [[each.name for each in bot.guilds] for bot in (zero, one)]


async def test_a_connection_may_be_refused(far: Discord) -> None:
    """A gateway that answers with a page of its proxy is no gateway."""
    bot = Bot(far)
    async with bot:
        await bot.login(far.token)
        far.faults.add("connect", Fault.gateway(502))

        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await bot.connect(reconnect=False)

    assert 502 == refused.value.status


async def test_the_gateways_address_can_be_asked_for(far: Discord, bot: Bot) -> None:
    """The address, and the number of shards that the platform would like."""
    shards, address, limit = await bot.http.get_bot_gateway()

    assert (1, far.gateway) == (shards, address)
    assert 1 == limit["max_concurrency"]


@pytest.mark.jumping
async def test_a_stopped_platform_comes_back(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """Stopped and started on the same port it still knows its sessions."""
    await far.stop()
    await far.start()
    far.drop_gateway()
    far.says(ann, general, "meanwhile")
    await far.sees(lambda: bot.texts)

    assert ["meanwhile"] == bot.texts


async def test_members_can_be_asked_for(bot: Bot, ann: Person) -> None:
    """Op 8 is answered with the people of a guild."""
    guild = bot.guilds[0]

    found = await guild.query_members(user_ids=[ann.id])

    assert ["Ann"] == [one.display_name for one in found]


@pytest.mark.parametrize(("code", "kept"), [(1000, False), (1001, False), (4000, True)])
async def test_who_says_goodbye_cannot_go_on(far: Discord, code: int, kept: bool) -> None:
    """A session that was ended properly is gone; one that broke off waits for its bot."""
    async with aiohttp.ClientSession() as http, http.ws_connect(far.gateway) as socket:
        await socket.send_json({"op": 2, "d": {"token": far.token, "intents": 0}})
        await far.sees(lambda: far.connected)
        await socket.close(code=code)
        await far.sees(lambda: not far.line.lines)

    assert [] == far.connected
    assert kept is ("session-1" in far.world.sessions.all)


@pytest.mark.parametrize(
    ("frames", "code"),
    [
        (["{"], 4002),
        (["[]"], 4003),
        ([{"op": 8, "d": {}}], 4003),
        ([{"op": 2, "d": {"token": "TOKEN"}}, {"op": 99, "d": {}}], 4001),
        ([{"op": 2, "d": {"token": "TOKEN"}}, {"op": 2, "d": {"token": "TOKEN"}}], 4005),
        ([{"op": 2, "d": {"token": "TOKEN", "shard": [2, 2]}}], 4010),
        ([{"op": 6, "d": {"token": "wrong", "session_id": "session-1", "seq": 1}}], 4004),
    ],
)
async def test_who_breaks_the_protocol_is_hung_up_on(
    far: Discord, frames: list[Any], code: int
) -> None:
    """Each mistake has a close code of its own."""
    async with aiohttp.ClientSession() as http, http.ws_connect(far.gateway) as socket:
        hello = await socket.receive_json()
        for frame in frames:
            text = frame if isinstance(frame, str) else json.dumps(frame)
            await socket.send_str(text.replace("TOKEN", far.token))
        async for _ in socket:
            """Whatever it says before it hangs up."""

    assert (10, 41250) == (hello["op"], hello["d"]["heartbeat_interval"])
    assert code == socket.close_code


async def test_an_unknown_session_is_invalid(far: Discord) -> None:
    """Who resumes what never was is told so by op 9, and may identify on the same line."""
    async with aiohttp.ClientSession() as http, http.ws_connect(far.gateway) as socket:
        await socket.receive_json()
        resume = {"token": far.token, "session_id": "none", "seq": 3}
        await socket.send_json({"op": 6, "d": resume})
        invalid = await socket.receive_json()
        await socket.send_json({"op": 2, "d": {"token": far.token, "intents": 0}})
        ready = await socket.receive_json()

    assert (9, False) == (invalid["op"], invalid["d"])
    assert ("READY", 1) == (ready["t"], ready["s"])
    assert far.gateway == ready["d"]["resume_gateway_url"]


async def test_events_of_any_kind_can_be_told(far: Discord, bot: Bot) -> None:
    """A test may make up an event that nothing here makes."""
    body = {"guild_id": str(bot.guilds[0].id), "emojis": []}

    far.dispatches("GUILD_EMOJIS_UPDATE", body)
    await far.sees(lambda: bot.all("guild_emojis_update"))

    assert list(bot.guilds) == bot.all("guild_emojis_update")
