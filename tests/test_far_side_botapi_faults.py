"""What goes wrong on demand goes wrong the same way for two independent client libraries."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from typing import Literal

import pytest

from tests.far_side.botapi import BotApi, Fault, Faults, Person
from tests.far_side.botapi_clients import Aiogram, Client, PythonTelegramBot, Trouble


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture(params=[Aiogram, PythonTelegramBot])
async def client(
    request: pytest.FixtureRequest, server: BotApi, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Client]:
    # Without it, python-telegram-bot warns whenever it meets a 429.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with request.param(server.url, server.token) as made:
        yield made


@pytest.fixture(autouse=True)
def ann(server: BotApi) -> Person:
    return server.person(7, "Ann")


async def test_slow_down_names_its_seconds(server: BotApi, client: Client) -> None:
    """A 429 carries retry_after, and the next call passes."""
    server.faults.add("sendMessage", Fault.slow_down(retry_after=3))

    trouble = await client.trouble(client.say(7, "one"))
    await client.say(7, "two")

    assert Trouble("slow down", 3) == trouble
    assert ["two"] == [sent.text for sent in server.sent]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.status(403, "Forbidden: bot was kicked"), Trouble("forbidden", "bot was kicked")),
        (Fault.status(400, "Bad Request: no"), Trouble("bad request", "no")),
        (Fault.status(400, "Bad Request: up", migrate_to_chat_id=-9), Trouble("moved", -9)),
        (Fault.status(500, "Internal Server Error"), Trouble("network")),
        (Fault.garbage(), Trouble("nonsense")),
        (Fault.garbage("<html>hello</html>"), Trouble("nonsense")),
        (Fault.cut(), Trouble("network")),
        (Fault.torn(), Trouble("network")),
    ],
)
@pytest.mark.parametrize("after", [False, True])
async def test_a_call_fails_before_or_after_it_took_effect(
    server: BotApi, client: Client, fault: Fault, expected: Trouble, after: bool
) -> None:
    """Each mishap looks the same to the bot, whether or not the message arrived."""
    server.faults.add("sendMessage", fault.afterwards() if after else fault)

    trouble = await client.trouble(client.say(7, "hello"))

    assert expected == trouble
    assert int(after) == len(server.sent)


async def test_a_proxy_answers_with_its_own_page(server: BotApi, client: Client) -> None:
    """A 502 comes with HTML, which no client takes for an answer."""
    server.faults.add("sendMessage", Fault.gateway(502))

    trouble = await client.trouble(client.say(7, "hello"))

    assert trouble.kind in {"network", "nonsense"}
    assert [] == server.sent


async def test_what_hangs_goes_on_when_it_is_released(server: BotApi, client: Client) -> None:
    """A call that hangs takes no effect until it is let go."""
    server.faults.add("sendMessage", Fault.hang())

    async with asyncio.TaskGroup() as group:
        saying = group.create_task(client.say(7, "hello"))
        await server.until(lambda: server.count["sendMessage"])
        before = list(server.sent)
        server.faults.release()

    assert [] == before
    assert "hello" == saying.result().text


async def test_what_hangs_is_cut_when_the_server_stops(server: BotApi, client: Client) -> None:
    """Nothing outlives the server."""
    server.faults.add("sendMessage", Fault.hang())

    async with asyncio.TaskGroup() as group:
        saying = group.create_task(client.trouble(client.say(7, "hello")))
        await server.until(lambda: server.count["sendMessage"])
        await server.stop()

    assert Trouble("network") == saying.result()


async def test_what_is_slow_arrives_all_the_same(server: BotApi, client: Client) -> None:
    """A slow call is carried out late and answered truly."""
    server.faults.add("sendMessage", Fault.slow(0.01))

    shown = await client.say(7, "hello")

    assert ["hello"] == [sent.text for sent in server.sent]
    assert "hello" == shown.text


async def test_updates_survive_a_poll_that_failed(
    server: BotApi, client: Client, ann: Person
) -> None:
    """A batch whose answer was lost comes again with the next poll."""
    server.says(ann, ann, "hello")
    server.faults.add("getUpdates", Fault.cut().afterwards())

    lost = await client.trouble(client.poll())
    updates = await client.poll()

    assert Trouble("network") == lost
    assert [(1, "hello")] == updates


def test_a_fault_meets_as_many_calls_as_it_should() -> None:
    """Faults are used up in order, by name, by what the call says, or never."""
    faults = Faults()
    twice, mine, always = Fault.slow_down(1), Fault.cut(), Fault.hang()
    faults.add("a", twice, times=2)
    faults.add("a", mine, when=lambda params: params["chat"] == 7)
    faults.add("*", always, times=None)

    met = [faults.take("a", {"chat": chat}) for chat in (1, 2, 3, 7, 7)]
    other = faults.take("b", {})
    faults.clear()

    assert [twice, twice, always, mine, always] == met
    assert always == other
    assert faults.take("b", {}) is None


async def test_callbacks_see_a_call_at_both_moments(server: BotApi, client: Client) -> None:
    """One callback runs as the call comes in, the other once the message stands."""
    seen: list[tuple[str, int]] = []

    async def received(_: object) -> None:
        seen.append(("received", len(server.sent)))

    server.on("sendMessage", received, "received")
    server.on("sendMessage", lambda _: seen.append(("recorded", len(server.sent))))
    await client.say(7, "hello")

    assert [("received", 0), ("recorded", 1)] == seen


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["received", "recorded"])
async def test_a_bot_can_be_killed_in_the_middle_of_a_call(
    moment: Literal["received", "recorded"], server: BotApi
) -> None:
    """A callback may end the bot's process; a call that came in whole takes effect."""
    url = f"{server.url}/bot{server.token}/sendMessage?chat_id=7&text=hello"
    code = "import sys, urllib.request; urllib.request.urlopen(sys.argv[1])"
    born = asyncio.get_running_loop().create_future()

    async def kill(_: object) -> None:
        os.kill(await born, signal.SIGKILL)

    server.on("sendMessage", kill, moment)
    bot = await asyncio.create_subprocess_exec(sys.executable, "-c", code, url)
    born.set_result(bot.pid)
    ended = await bot.wait()
    await server.until(lambda: server.sent)

    assert -signal.SIGKILL == ended
    assert ["hello"] == [sent.text for sent in server.sent]


async def test_waiting_in_vain_says_what_was_seen(server: BotApi, client: Client) -> None:
    """A wait that ends without success is a failure that shows the calls."""
    await client.say(7, "hello")

    with pytest.raises(AssertionError, match=r"not within 0.01 s; calls: {'sendMessage': 1}"):
        await server.until(lambda: len(server.sent) > 1, timeout=0.01)


async def test_a_reset_leaves_the_people(server: BotApi, client: Client, ann: Person) -> None:
    """Messages, calls, updates and faults go; people and ids go on."""
    server.says(ann, ann, "one")
    await client.say(7, "two")
    server.faults.add("*", Fault.cut(), times=None)

    server.reset()
    shown = await client.say(7, "three")

    assert (0, 1, 3) == (server.pending, server.count["sendMessage"], shown.id)
