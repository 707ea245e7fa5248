"""How the local Discord limits, fails and stumbles, and what discord.py makes of it."""

import asyncio

import aiohttp
import discord
import pytest

from tests.far_side.discord import Call, Discord, Fault

Room = discord.PartialMessageable


@pytest.mark.jumping
async def test_a_call_that_comes_too_soon_waits(far: Discord, room: Room) -> None:
    """A 429 is slept through by the library, once for the call and once for everything."""
    far.refuses("create_message", 2.5)
    far.refuses("create_message", 1.5, everywhere=True)
    begun = asyncio.get_running_loop().time()

    await room.send("at last")

    assert 4.0 <= asyncio.get_running_loop().time() - begun
    assert (3, ["at last"]) == (far.count["create_message"], [one.text for one in far.sent])


@pytest.mark.jumping
async def test_a_bucket_is_told_of_and_kept_to(far: Discord, room: Room) -> None:
    """The library reads from the headers what is left, and waits before it is refused."""
    far.limit("create_message", 2, per_s=5)
    begun = asyncio.get_running_loop().time()

    for text in ("one", "two", "three"):
        await room.send(text)

    assert 5.0 <= asyncio.get_running_loop().time() - begun
    assert (3, 3) == (far.count["create_message"], len(far.sent))


async def test_a_full_bucket_refuses(far: Discord, room: Room) -> None:
    """Who does not keep to a bucket gets a 429 with all that it should know."""
    far.limit("create_message", 1, per_s=60)
    headers = {"Authorization": f"Bot {far.token}"}
    url = f"{far.api}/channels/{room.id}/messages"
    async with aiohttp.ClientSession(headers=headers) as http:
        await (await http.post(url, json={"content": "one"})).read()
        answer = await http.post(url, json={"content": "two"})
        body = await answer.json()

    assert 429 == answer.status
    assert "application/json" == answer.headers["Content-Type"]
    assert ("0", "1.1 google") == (answer.headers["X-RateLimit-Remaining"], answer.headers["Via"])
    assert (False, True) == (body["global"], 0 < body["retry_after"] <= 60)


@pytest.mark.jumping
@pytest.mark.parametrize("fault", [Fault.status(500, "no"), Fault.gateway(502)])
async def test_a_server_that_fails_is_asked_again(far: Discord, room: Room, fault: Fault) -> None:
    """The library tries a POST again with its nonce: what took effect is not said twice."""
    far.faults.add("create_message", fault.afterwards())

    await room.send("once", nonce="out-1")

    assert (2, ["once"]) == (far.count["create_message"], [one.text for one in far.sent])


async def test_a_line_may_be_cut(far: Discord, room: Room) -> None:
    """A connection that ends without an answer is an error of the connection."""
    far.faults.add("create_message", Fault.cut())

    with pytest.raises(aiohttp.ClientError):
        await room.send("lost")

    assert [] == far.sent


async def test_garbage_is_no_message(far: Discord, room: Room) -> None:
    """An answer that is no JSON makes the library stumble, once it took effect or before."""
    far.faults.add("create_message", Fault.garbage("<html>", "text/html").afterwards())

    with pytest.raises(TypeError):
        await room.send("said")

    assert ["said"] == [one.text for one in far.sent]


async def test_a_bot_forgets_for_a_new_round(far: Discord, room: Room) -> None:
    """After `reset` calls, sent messages, faults and limits are forgotten; messages stay."""
    told: list[str] = []
    far.on("create_message", lambda call: told.append(call.fields["content"]), "received")
    far.on("create_message", yielding, "recorded")
    await room.send("one")
    far.limit("create_message", 1, per_s=60)
    far.faults.add("create_message", Fault.cut(), times=None)

    far.reset()
    await room.send("two")
    await room.send("three")

    assert ["one"] == told
    assert (["two", "three"], 2) == ([one.text for one in far.sent], far.count["create_message"])
    assert ["create_message"] * 2 == [call.name for call in far.calls]
    with pytest.raises(AssertionError, match="not within"):
        await far.sees(lambda: False, timeout=0.01)


async def yielding(_call: Call) -> None:
    """A callback may wait."""
    await asyncio.sleep(0)
