"""Which of several vLLM servers is asked, and who answers when one of them does not."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from anima.errors import BackendUnavailable, Refused
from anima.model import Message, Soul
from backend.later import Server
from backend.limits import Limits
from backend.openai_compatible import OpenAICompatible
from backend.placing import placed
from backend.replicas import FULL, Replicas
from backend.signs import Resting
from backend.vllm import Vllm
from tests.backend_fakes import NOW, Notes
from tests.far_side import replies
from tests.far_side.replies import Reply
from tests.far_side.vllm import VllmServer, adapter
from tests.jump import JumpClock

PROMPT = (Message("user", "hello"),)
BASE = Soul("KU1.0", "gpu", model="base")
URLS = [f"http://gpu-{number}:8000/v1" for number in range(3)]
ADAPTERS = [f"ku-{number}" for number in range(30)]


class StillClock:
    """The port Clock: time stands still until the test moves it, and nobody wakes by himself."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> datetime:
        return NOW

    def elapsed(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        await asyncio.Event().wait()


@dataclass
class World:
    """Three servers, one backend over them, and adapters that all of them can read."""

    servers: list[VllmServer]
    backend: Vllm
    folder: Path
    clock: StillClock
    notes: Notes

    def soul(self, name: str = "ku-5.0", rank: int = 8) -> Soul:
        path = self.folder / name
        known = path.exists()
        return Soul(name, "gpu", adapter=str(path) if known else adapter(self.folder, name, rank))

    def order(self, soul: Soul) -> list[VllmServer]:
        """The servers as the soul's adapter prefers them."""
        by_url = {server.url: server for server in self.servers}
        return [by_url[url] for url in placed(by_url, soul.model or soul.name)]

    async def heard(self, soul: Soul) -> str:
        return "".join([delta.text async for delta in self.backend.stream(PROMPT, soul)])

    async def failed(self, soul: Soul) -> BackendUnavailable:
        with pytest.raises(BackendUnavailable) as failure:
            await self.heard(soul)
        return failure.value

    async def several(self, count: int, soul: Soul) -> list[str]:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self.heard(soul)) for _ in range(count)]
        return [task.result() for task in tasks]

    def events(self) -> list[str]:
        return [event for event, _ in self.notes.noted]

    def asked(self) -> list[int]:
        """How many questions each server has got."""
        return [len(server.requests) for server in self.servers]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    clock, notes = StillClock(), Notes()

    async with AsyncExitStack() as stack:
        servers = [await stack.enter_async_context(VllmServer()) for _ in range(3)]
        urls = [server.url for server in servers]
        backend = Vllm(urls, name="gpu", clock=clock, witness=notes)
        await stack.enter_async_context(backend)
        yield World(servers, backend, tmp_path, clock, notes)


def test_place_is_kept() -> None:
    """The order of the list changes nothing, and nothing does from one run to the next."""
    places = {name: placed(URLS, name) for name in ADAPTERS}

    assert places == {name: placed(reversed(URLS), name) for name in ADAPTERS}
    assert [URLS.index(url) for url in places["ku-10"]] == [1, 2, 0]


def test_every_server_has_its_share() -> None:
    """Thirty adapters are spread over three servers with nobody left out."""
    homes = Counter(placed(URLS, name)[0] for name in ADAPTERS)

    assert set(URLS) == set(homes)
    assert min(homes.values()) >= 5


@pytest.mark.parametrize("gone", URLS)
def test_only_the_homeless_move(gone: str) -> None:
    """When a server is taken away its adapters move to both of the others, and no other moves."""
    left = [url for url in URLS if url != gone]
    before = {name: placed(URLS, name)[0] for name in ADAPTERS}

    after = {name: placed(left, name)[0] for name in ADAPTERS}

    moved = {name for name in ADAPTERS if before[name] != after[name]}
    assert {name for name in ADAPTERS if before[name] == gone} == moved
    assert set(left) == {after[name] for name in moved}


@pytest.mark.slow
async def test_adapters_live_where_they_belong(world: World) -> None:
    """Each adapter is loaded at the server that it prefers and at no other."""
    souls = [world.soul(name) for name in ADAPTERS]

    for soul in souls * 2:
        await world.heard(soul)

    for server in world.servers:
        home = [soul.name for soul in souls if world.order(soul)[0] is server]
        assert home == server.loads


@pytest.mark.slow
async def test_base_goes_where_is_room(world: World) -> None:
    """A soul without an adapter is asked at the server with the fewest of our streams."""
    for server in world.servers:
        server.hold()

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(world.heard(BASE)) for _ in range(9)]
        for server in world.servers:
            await server.until(lambda server=server: server.open == 3)  # type: ignore[misc] # bound now
        for server in world.servers:
            server.flow()

    assert ["base heard: hello"] * 9 == [task.result() for task in tasks]


async def test_base_alone_stays(world: World) -> None:
    """With nothing else to do the servers are not asked in turns: the prefix is warm at one."""
    for _ in range(6):
        await world.heard(BASE)

    assert [0, 0, 6] == sorted(world.asked())


@pytest.mark.slow
async def test_fifty_first_uses(world: World) -> None:
    """Fifty who ask for a new adapter at once fill one server, then the next; each loads once."""
    soul = world.soul()
    for server in world.servers:
        server.may_load.clear()
    first, second, third = world.order(soul)

    async with asyncio.TaskGroup() as group:
        asking = group.create_task(world.several(50, soul))
        await second.until(lambda: len(second.asked_loads) == 1)
        for server in world.servers:
            server.may_load.set()

    assert ["ku-5.0 heard: hello"] * 50 == asking.result()
    assert [FULL + 1, 50 - FULL - 1, 0] == [len(one.requests) for one in (first, second, third)]
    assert [1, 1, 0] == [len(one.asked_loads) for one in (first, second, third)]


@pytest.mark.slow
async def test_all_are_full(world: World) -> None:
    """When every server has more than enough, all get the same."""
    soul = world.soul()
    for server in world.servers:
        server.hold()

    async with asyncio.TaskGroup() as group:
        asking = group.create_task(world.several(120, soul))
        for server in world.servers:
            await server.until(lambda server=server: server.open == 40)  # type: ignore[misc] # bound now
        for server in world.servers:
            server.flow()

    assert 120 == len(asking.result())


@pytest.mark.slow
async def test_server_that_is_gone(world: World) -> None:
    """The next in the adapter's order answers, loads it, and keeps it until the first is back."""
    soul = world.soul()
    first, second, third = world.order(soul)
    await world.heard(soul)
    await first.stop()

    heard = [await world.heard(soul) for _ in range(3)]

    assert ["ku-5.0 heard: hello"] * 3 == heard
    assert [1, 1, 0] == [len(one.loads) for one in (first, second, third)]
    assert [1, 3, 0] == [len(one.requests) for one in (first, second, third)]
    place = first.url.removeprefix("http://").removesuffix("/v1")
    assert [f"gpu at {place}"] == [name for name, _ in world.notes.told]
    assert ["backend away"] == world.events()
    assert world.backend.away == ""


@pytest.mark.slow
@pytest.mark.jumping
async def test_comes_back_to_its_place(tmp_path: Path, clock: JumpClock) -> None:
    """A server that is back is found without being asked, and gets its adapters again."""
    notes = Notes()
    async with VllmServer() as one, VllmServer() as other:
        urls = [one.url, other.url]
        by_url = {one.url: one, other.url: other}
        first, second = (by_url[url] for url in placed(urls, "a"))
        soul = Soul("a", "gpu", adapter=adapter(tmp_path, "a"), fallback=("KU1.0",))
        async with Vllm(urls, name="gpu", clock=clock, witness=notes) as backend:
            await first.stop()
            await _whole(backend, soul)
            first.adapters.clear()
            await first.start()
            await clock.sleep(2)

            heard = await _whole(backend, soul)

    assert heard == "a heard: hello"
    assert (2, 1) == (len(first.requests), len(second.requests))  # the word, then the question
    assert ["backend away", "backend back"] == [event for event, _ in notes.noted]


@pytest.mark.slow
@pytest.mark.jumping
async def test_hung_engine(tmp_path: Path, clock: JumpClock) -> None:
    """An engine that is mute while its server lists models costs one limit, and then nothing."""
    notes = Notes()
    async with VllmServer() as one, VllmServer() as other:
        urls = [one.url, other.url]
        by_url = {one.url: one, other.url: other}
        first, second = (by_url[url] for url in placed(urls, "a"))
        first.otherwise = Reply(["hang"])
        soul = Soul("a", "gpu", adapter=adapter(tmp_path, "a"))
        limits = Limits(first_s=10)
        async with Vllm(urls, name="gpu", clock=clock, witness=notes, limits=limits) as backend:
            waited = []
            for _ in range(3):
                began = clock.elapsed()
                await _whole(backend, soul)
                waited.append(clock.elapsed() - began)

    assert [10, 0, 0] == pytest.approx(waited, abs=0.01)
    assert 3 == len(second.requests)


async def _whole(backend: Vllm, soul: Soul) -> str:
    return "".join([delta.text async for delta in backend.stream(PROMPT, soul)])


@pytest.mark.slow
async def test_killed_while_loading(world: World) -> None:
    """A server that dies under a load leaves its fifty to the next, which loads once."""
    soul = world.soul()
    first, second, _ = world.order(soul)
    first.may_load.clear()

    async with asyncio.TaskGroup() as group:
        asking = group.create_task(world.several(30, soul))
        await first.until(lambda: len(first.asked_loads) == 1)
        await first.stop()

    assert ["ku-5.0 heard: hello"] * 30 == asking.result()
    assert 1 == len(second.loads)
    assert ["backend away"] == world.events()


async def test_ten_in_flight(world: World) -> None:
    """Of ten conversations under which a server dies those that have no word yet lose nothing."""
    soul = world.soul()
    first, second, _ = world.order(soul)
    await world.heard(soul)
    first.hold()

    async with asyncio.TaskGroup() as group:
        asking = group.create_task(world.several(10, soul))
        await first.until(lambda: first.open == 10)
        await first.stop()

    assert ["ku-5.0 heard: hello"] * 10 == asking.result()
    assert 10 == len(second.requests)
    assert ["backend away"] == world.events()


async def test_cut_in_the_middle(world: World) -> None:
    """An answer that breaks off after its first word is an error, and is not begun elsewhere."""
    soul = world.soul()
    first, *others = world.order(soul)
    first.script(replies.broken(replies.streamed(["Hi ", "you"]), "cut"))

    with pytest.raises(BackendUnavailable, match="line to the server is dead"):
        await world.heard(soul)

    assert [1, 0, 0] == [len(one.requests) for one in (first, *others)]
    assert [] == world.notes.noted


async def test_stale_line(world: World) -> None:
    """A line that the server dropped between two answers sends nobody away or elsewhere."""
    soul = world.soul()
    first = world.order(soul)[0]
    await world.heard(soul)
    first.script(Reply(["cut"]))

    heard = await world.heard(soul)

    assert heard == "ku-5.0 heard: hello"
    assert 3 == len(first.requests)
    assert [] == world.notes.noted


@pytest.mark.parametrize(
    "reply",
    [
        replies.busy(),
        replies.too_many("9"),
        replies.error(500, "oops", "InternalServerError"),
        replies.html(),
        Reply([replies.event({"error": {"message": "x", "code": 500}})]),
    ],
)
async def test_busy_server(world: World, reply: Reply) -> None:
    """What passes is not waited for where another server can be asked at once."""
    soul = world.soul()
    first, second, _ = world.order(soul)
    first.script(reply)

    heard = await world.heard(soul)

    assert heard == "ku-5.0 heard: hello"
    assert (1, 1) == (len(first.requests), len(second.requests))
    assert world.notes.told == []


@pytest.mark.parametrize(
    "reply",
    [
        replies.error(400, "1 validation error", "Bad Request"),
        replies.unauthorized(),
        replies.failure(400, {"error": {"message": "no", "code": "content_filter"}}),
    ],
)
async def test_no_of_the_first(world: World, reply: Reply) -> None:
    """What one server says no to the others would not like better."""
    world.order(BASE)[0].script(reply)

    with pytest.raises((BackendUnavailable, Refused)):
        await world.heard(BASE)

    assert 1 == sum(world.asked())


async def test_too_long_is_trimmed_at_one(world: World) -> None:
    """A prompt that is too long is not carried from server to server."""
    for server in world.servers:
        server.otherwise = replies.too_long()

    await world.failed(BASE)

    assert [0, 0] == sorted(world.asked())[:2]


async def test_adapter_refused_by_one(world: World) -> None:
    """A server that cannot take an adapter is passed by for that adapter only."""
    soul, wide = world.soul(), world.soul("wide", rank=64)
    first, second, third = world.order(wide)
    second.max_lora_rank = third.max_lora_rank = 64

    heard = [await world.heard(wide) for _ in range(2)]

    assert ["wide heard: hello"] * 2 == heard
    assert 1 == len(first.asked_loads)
    assert 2 == len(second.requests)
    assert ["adapter refused"] == world.events()
    assert await world.heard(soul) == "ku-5.0 heard: hello"


async def test_adapter_refused_by_all(world: World) -> None:
    """An adapter that nobody takes is one line with each server's reason, noted once for each."""
    soul = world.soul("wide", rank=64)

    failures = [str(await world.failed(soul)) for _ in range(3)]

    assert 3 == failures[0].count("LoRA rank 64 is greater than max_lora_rank 16")
    assert 1 == len(set(failures))
    assert "\n" not in failures[0]
    assert ["adapter refused"] * 3 == world.events()
    assert [1, 1, 1] == [len(server.asked_loads) for server in world.servers]


@pytest.mark.slow
async def test_all_are_away(world: World) -> None:
    """With all away a soul with a fallback is told why, of each, and nothing is asked."""
    for server in world.servers:
        await server.stop()
    soul = replace(world.soul(), fallback=("KU1.0",))

    first = await world.failed(soul)
    then = await world.failed(soul)

    assert not isinstance(first, Resting)
    assert isinstance(then, Resting)
    assert then.connection
    assert 3 == str(then).count("line to the server is dead")
    assert all(f":{server.port}" in str(then) for server in world.servers)
    assert "\n" not in str(then)
    assert world.backend.away
    assert ["backend away"] * 3 == world.events()


@pytest.mark.slow
async def test_one_of_all_comes_back(world: World) -> None:
    """With all away a soul without a fallback has all looked at, and is answered by who is back."""
    soul = world.soul()
    for server in world.servers:
        await server.stop()
    await world.failed(soul)
    last = world.order(soul)[-1]
    await last.start()

    heard = await world.heard(soul)

    assert heard == "ku-5.0 heard: hello"
    assert ["ku-5.0"] == last.loads


@pytest.mark.slow
async def test_two_away_and_one_busy(world: World) -> None:
    """The reasons of those that rest and of the one that was asked stand in one line."""
    soul = replace(world.soul(), fallback=("KU1.0",))
    first, second, third = world.order(soul)
    await first.stop()
    await second.stop()
    await world.heard(soul)
    third.script(replies.busy())

    failure = await world.failed(soul)

    assert not isinstance(failure, Resting)
    assert not failure.connection
    assert 2 == str(failure).count("line to the server is dead")
    assert "503" in str(failure)


async def test_probe(world: World) -> None:
    """One server that is well is enough, and without one all are told."""
    await world.servers[0].stop()
    await world.servers[1].stop()
    await world.backend.probe()
    await world.servers[2].stop()

    with pytest.raises(BackendUnavailable) as failure:
        await world.backend.probe()

    assert 3 == str(failure.value).count("line to the server is dead")


@pytest.mark.slow
async def test_closing_is_seen(world: World) -> None:
    """A stream that is closed in its middle frees its server and its place."""
    soul = world.soul()
    first = world.order(soul)[0]
    first.hold()
    first.step(3)
    async with aclosing(world.backend.stream(PROMPT, soul)) as deltas:
        await anext(deltas)
    await first.until(lambda: first.cancelled == 1)
    first.flow()

    heard = await world.several(FULL, soul)

    assert FULL == len(heard)
    assert FULL + 1 == len(first.requests)


async def test_same_server_twice(world: World) -> None:
    """A server that is listed twice, or with a slash at its end, is one."""
    server = world.servers[0]
    notes = Notes()
    await server.stop()
    urls = [server.url, f"{server.url}/"]
    limits = Limits(retries=0)
    async with Vllm(urls, name="gpu", clock=world.clock, witness=notes, limits=limits) as backend:
        with suppress(BackendUnavailable):
            await anext(backend.stream(PROMPT, BASE))

    assert ["gpu"] == [facts["backend"] for event, facts in notes.noted if event == "backend away"]


async def test_no_password_in_a_name(world: World) -> None:
    """Servers are named by their host, port and path, and never by what opens them."""
    built: list[str] = []

    def build(_url: str, name: str) -> Server:
        built.append(name)
        return OpenAICompatible(world.servers[0].url, clock=world.clock, witness=world.notes)

    urls = ["http://me:made-up@gpu-1:8000/v1", "https://gpu-1:8000/other/v1/", "http://gpu-2"]
    backend = Replicas(urls, build, name="gpu", clock=world.clock, witness=world.notes)
    async with backend:
        await backend.prepare()

    assert ["gpu at gpu-1:8000", "gpu at gpu-1:8000/other", "gpu at gpu-2"] == built
