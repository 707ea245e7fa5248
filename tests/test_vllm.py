"""What happens between us and one vLLM server before a soul's adapter speaks."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession

from anima.errors import BackendUnavailable, ConfigError
from anima.model import Message, Soul
from backend.adapters import REFUSED_S
from backend.limits import Limits
from backend.signs import AdapterRefused, Resting
from backend.vllm import Vllm
from tests.backend_fakes import NOW, Notes
from tests.far_side import replies, vllm
from tests.far_side.replies import Reply
from tests.far_side.vllm import VllmServer, adapter
from tests.jump import JumpClock

PROMPT = (Message("user", "hello"),)
BASE = Soul("KU1.0", "gpu", model="base")
KEY = "made-up-key-of-nobody-1234"


class StillClock:
    """The port Clock: time stands still until the test moves it; pauses are over at once."""

    def __init__(self) -> None:
        self.at = 0.0
        self.forever = False

    def now(self) -> datetime:
        return NOW

    def elapsed(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        """Nobody wakes who looks after a server that is away; the others wait for nothing."""
        await (asyncio.sleep(0) if seconds < 1 else asyncio.Event().wait())


@dataclass
class World:
    """A server, a backend over it, and souls whose adapters lie in a folder."""

    server: VllmServer
    backend: Vllm
    folder: Path
    clock: StillClock
    notes: Notes
    told: list[tuple[str, str]] = field(default_factory=list)

    def soul(self, name: str = "ku-5.0", rank: int = 8) -> Soul:
        path = self.folder / name
        return Soul(name, "gpu", adapter=str(path) if path.exists() else self.made(name, rank))

    def made(self, name: str, rank: int) -> str:
        return adapter(self.folder, name, rank)

    async def heard(self, soul: Soul) -> str:
        return "".join([delta.text async for delta in self.backend.stream(PROMPT, soul)])

    async def failed(self, soul: Soul) -> BackendUnavailable:
        with pytest.raises(BackendUnavailable) as failure:
            await self.heard(soul)
        return failure.value

    async def several(self, count: int, soul: Soul) -> list[str]:
        """What so many hear who ask at once: an answer, or the words of an error."""

        async def one() -> str:
            try:
                return await self.heard(soul)
            except BackendUnavailable as error:
                return str(error)

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one()) for _ in range(count)]
        return [task.result() for task in tasks]

    def events(self) -> list[str]:
        return [event for event, _ in self.notes.noted]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    clock, notes = StillClock(), Notes()
    async with VllmServer(key=KEY) as server:
        limits = Limits(retries=0)
        backend = Vllm(
            [server.url], name="gpu", clock=clock, witness=notes, api_key=KEY, limits=limits
        )
        async with backend:
            yield World(server, backend, tmp_path, clock, notes)


async def test_base_soul(world: World) -> None:
    """A soul without an adapter is asked for and nothing else is."""
    assert await world.heard(BASE) == "base heard: hello"

    assert (0, []) == (world.server.asked_models, world.server.asked_loads)


async def test_first_use(world: World) -> None:
    """An adapter is loaded under the soul's name before it first speaks, and then never again."""
    soul = world.soul()

    heard = [await world.heard(soul) for _ in range(3)]

    assert ["ku-5.0 heard: hello"] * 3 == heard
    assert [{"lora_name": "ku-5.0", "lora_path": soul.adapter}] == world.server.asked_loads
    assert 1 == world.server.asked_models
    assert [] == world.notes.noted


async def test_name_at_the_server(world: World) -> None:
    """A soul that names its model is loaded and asked for under that name."""
    soul = replace(world.soul(), model="ku-5-0-rank8")

    assert await world.heard(soul) == "ku-5-0-rank8 heard: hello"

    assert ["ku-5-0-rank8"] == world.server.loads


@pytest.mark.slow
async def test_fifty_at_once(world: World) -> None:
    """Fifty who ask for the same new adapter at once have it loaded once."""
    heard = await world.several(50, world.soul())

    assert ["ku-5.0 heard: hello"] * 50 == heard
    assert 1 == len(world.server.asked_loads)
    assert 1 == world.server.asked_models


async def test_two_adapters_at_once(world: World) -> None:
    """A load that takes its time holds up nobody who wants another adapter."""
    there = world.soul("there")
    await world.heard(there)
    world.server.may_load.clear()

    async with asyncio.TaskGroup() as group:
        slow = group.create_task(world.heard(world.soul("new")))
        await world.server.until(lambda: len(world.server.asked_loads) == 2)
        heard = await world.heard(there)
        world.server.may_load.set()

    assert heard == "there heard: hello"
    assert slow.result() == "new heard: hello"


async def test_listed(world: World) -> None:
    """An adapter that the server was started with is not loaded."""
    soul = world.soul()
    world.server.adapters["ku-5.0"] = soul.adapter

    await world.heard(soul)

    assert [] == world.server.asked_loads
    assert [] == world.notes.noted


async def test_listed_from_elsewhere(world: World) -> None:
    """An adapter that the server has from another path is used, and the owner is told once."""
    soul = world.soul()
    world.server.adapters["ku-5.0"] = "/srv/ku5"

    heard = await world.heard(soul)
    await world.server.restart()
    world.server.adapters["ku-5.0"] = "/srv/ku5"
    await world.heard(soul)

    assert heard == "ku-5.0 heard: hello"
    reason = f"it was loaded from /srv/ku5, and not from {soul.adapter}"
    told = {"soul": "ku-5.0", "backend": "gpu", "reason": reason}
    assert [("adapter from elsewhere", told)] == world.notes.noted


@pytest.mark.parametrize(
    "card", [{"id": "ku-5.0"}, {"id": "ku-5.0", "root": None, "parent": "base"}]
)
async def test_scant_list(world: World, card: dict[str, object]) -> None:
    """A list that says no more than names is good enough."""
    soul = world.soul()
    world.server.adapters["ku-5.0"] = soul.adapter
    world.server.models_reply = replies.failure(200, {"data": [card]})

    await world.heard(soul)

    assert [] == world.server.asked_loads
    assert [] == world.notes.noted


@pytest.mark.parametrize(
    "reply",
    [
        replies.html(),
        replies.failure(200, []),
        replies.failure(200, {}),
        replies.failure(200, {"data": None}),
        replies.failure(200, {"data": ["a"]}),
    ],
)
async def test_unreadable_list(world: World, reply: Reply) -> None:
    """A list that cannot be read keeps nothing from being loaded."""
    world.server.models_reply = reply

    await world.heard(world.soul())

    assert ["ku-5.0"] == world.server.loads


async def test_somebody_else_was_faster(world: World) -> None:
    """An adapter that another process of ours has loaded meanwhile is as good as our own."""
    soul = world.soul()
    world.server.models_reply = replies.failure(200, {"data": []})
    world.server.adapters["ku-5.0"] = soul.adapter

    assert await world.heard(soul) == "ku-5.0 heard: hello"

    assert 1 == len(world.server.asked_loads)


async def refused_path(world: World) -> Soul:
    return Soul("ku-9", "gpu", adapter=str(world.folder / "nowhere"))


async def refused_rank(world: World) -> Soul:
    return world.soul("ku-9", rank=64)


async def refused_runtime(world: World) -> Soul:
    await world.server.stop()
    world.server.updating = False
    await world.server.start()
    return world.soul("ku-9")


async def refused_key(world: World) -> Soul:
    world.server.key = "another"
    return world.soul("ku-9")


async def refused_key_of_loading(world: World) -> Soul:
    world.server.load_reply = replies.unauthorized()
    return world.soul("ku-9")


async def refused_name(world: World) -> Soul:
    return replace(world.soul("ku-9"), model="base")


async def refused_by_an_older_one(world: World) -> Soul:
    text = f"LoRA rank 64 is greater than max_lora_rank 16, said {KEY}."
    world.server.load_reply = replies.error(400, text, "BadRequestError")
    return world.soul("ku-9")


REFUSALS = {
    "path": (refused_path, "404: Loading lora ku-9 failed: No adapter found for .*nowhere"),
    "rank": (refused_rank, "500: .*LoRA rank 64 is greater than max_lora_rank 16"),
    "runtime": (refused_runtime, "start vLLM .* VLLM_ALLOW_RUNTIME_LORA_UPDATING=1"),
    "key": (refused_key, "it refused the key, with 401"),
    "key of loading": (refused_key_of_loading, "it refused the key, with 401"),
    "name": (refused_name, "'base': a base model has this name; give souls.model"),
    "older": (refused_by_an_older_one, "400: LoRA rank 64 is greater"),
}


@pytest.mark.parametrize(("refusing", "said"), REFUSALS.values(), ids=REFUSALS)
async def test_refused(world: World, refusing: Callable[[World], object], said: str) -> None:
    """A refused adapter is one clear line, without the key, told to the owner once."""
    soul = await refusing(world)  # type: ignore[misc] # each is a coroutine

    failures = [await world.failed(soul) for _ in range(3)]

    assert [AdapterRefused] * 3 == [type(failure) for failure in failures]
    reason = str(failures[0])
    with pytest.raises(AdapterRefused, match=f"gpu does not take the adapter .*{said}"):
        raise failures[0]
    assert "\n" not in reason
    assert KEY not in reason
    assert [reason] * 3 == [str(failure) for failure in failures]
    told = {"soul": "ku-9", "backend": "gpu", "reason": reason}
    assert [("adapter refused", told)] == world.notes.noted
    assert [] == world.server.requests
    assert world.backend.away == ""


@pytest.mark.slow
async def test_refused_to_fifty(world: World) -> None:
    """A refusal is shared by all who wait for it, and is no reason to leave the others alone."""
    said = await world.several(50, await refused_rank(world))

    assert 1 == len(set(said))
    assert 1 == len(world.server.asked_loads)
    assert await world.heard(BASE) == "base heard: hello"


async def test_refusal_is_questioned(world: World) -> None:
    """After a minute the server is asked again, and the same refusal is not told again."""
    soul = await refused_path(world)
    await world.failed(soul)
    world.clock.at = REFUSED_S - 0.1
    await world.failed(soul)
    assert 1 == len(world.server.asked_loads)

    world.clock.at = REFUSED_S
    await world.failed(soul)
    world.made("nowhere", 8)
    world.clock.at = 2 * REFUSED_S

    assert await world.heard(soul) == "ku-9 heard: hello"
    assert 3 == len(world.server.asked_loads)
    assert ["adapter refused"] == world.events()


@pytest.mark.parametrize(
    "reply", [replies.busy(), vllm.engine_dead(), replies.too_many(), replies.html(502)]
)
async def test_not_able_to_load(world: World, reply: Reply) -> None:
    """A server that fails while it loads has refused nothing and is asked again by the next."""
    world.server.load_reply = reply
    failure = await world.failed(world.soul())
    world.server.load_reply = None

    heard = await world.heard(world.soul())

    assert not isinstance(failure, AdapterRefused)
    assert heard == "ku-5.0 heard: hello"
    assert [] == world.notes.noted


async def test_dying_while_loading(world: World) -> None:
    """An engine that is dead for loading is as dead as one that is for speaking."""
    world.server.load_reply = vllm.engine_dead()
    soul = replace(world.soul(), fallback=("KU1.0",))

    for _ in range(3):
        await world.failed(soul)

    assert isinstance(await world.failed(soul), Resting)
    assert ["backend away"] == world.events()


async def test_no_list(world: World) -> None:
    """A server that fails to list its models is asked for nothing more."""
    world.server.models_reply = replies.busy()

    failure = await world.failed(world.soul())

    assert "503" in str(failure)
    assert [] == world.server.asked_loads


async def test_killed_while_loading(world: World) -> None:
    """When the server dies under a load, all who wait for it know at once."""
    world.server.may_load.clear()

    async with asyncio.TaskGroup() as group:
        asking = group.create_task(world.several(20, replace(world.soul(), fallback=("KU1.0",))))
        await world.server.until(lambda: len(world.server.asked_loads) == 1)
        await world.server.stop()

    said = asking.result()
    assert all("line to the server is dead" in line for line in said)
    assert 1 == len(world.server.asked_loads)
    assert ["backend away"] == world.events()


async def test_leaving_while_loading(world: World) -> None:
    """Who goes away while others wait for the same adapter takes nothing from them."""
    world.server.may_load.clear()
    soul = world.soul()

    async with asyncio.TaskGroup() as group:
        first, second = (group.create_task(world.heard(soul)) for _ in range(2))
        await world.server.until(lambda: len(world.server.asked_loads) == 1)
        first.cancel()
        world.server.may_load.set()

    assert first.cancelled()
    assert second.result() == "ku-5.0 heard: hello"


@pytest.mark.jumping
async def test_load_without_end(tmp_path: Path, clock: JumpClock) -> None:
    """A load that does not end has the limit of a first word, and sends the server away."""
    notes = Notes()
    async with VllmServer() as server:
        server.may_load.clear()
        backend = Vllm([server.url], name="gpu", clock=clock, witness=notes)
        soul = Soul("a", "gpu", adapter=adapter(tmp_path, "a"), fallback=("KU1.0",))
        async with backend:
            waited = []
            for _ in range(2):
                began = clock.elapsed()
                with pytest.raises(BackendUnavailable, match="no adapter in 30 s"):
                    await anext(backend.stream(PROMPT, soul))
                waited.append(clock.elapsed() - began)

    assert [30, 0] == pytest.approx(waited)
    assert ["backend away"] == [event for event, _ in notes.noted]


async def test_lost_in_a_restart(world: World) -> None:
    """Adapters that a restarted server has forgotten are loaded again before anybody notices."""
    soul = world.soul()
    await world.heard(soul)
    await world.server.restart()

    heard = await world.heard(soul)

    assert heard == "ku-5.0 heard: hello"
    assert ["ku-5.0", "ku-5.0"] == world.server.loads
    assert "backend away" not in world.events()


@pytest.mark.slow
async def test_lost_for_fifty(world: World) -> None:
    """However many find an adapter gone, it is loaded once."""
    soul = world.soul()
    await world.heard(soul)
    world.server.adapters.clear()

    heard = await world.several(50, soul)

    assert ["ku-5.0 heard: hello"] * 50 == heard
    assert ["ku-5.0", "ku-5.0"] == world.server.loads


async def test_lost_for_good(world: World) -> None:
    """An adapter that the server does not know right after it took it is asked for twice."""
    soul = world.soul()
    world.server.otherwise = replies.no_model("ku-5.0")

    failure = await world.failed(soul)

    assert "404" in str(failure)
    assert 2 == len(world.server.requests)


async def test_unknown_base(world: World) -> None:
    """A base model that the server does not know is an ordinary error."""
    failure = await world.failed(replace(BASE, model="other"))

    assert "`other` does not exist" in str(failure)
    assert 1 == len(world.server.requests)
    assert [] == world.server.asked_loads


async def test_cut_in_the_middle(world: World) -> None:
    """An answer that breaks off is not begun anew, whatever it breaks off with."""
    good = replies.streamed(["Hi ", "you"])
    for trouble in ("cut", replies.event({"error": {"message": "lost", "code": 404}})):
        world.server.script(replies.broken(good, trouble))
        heard: list[str] = []

        async def hear(soul: Soul, heard: list[str]) -> None:
            async for delta in world.backend.stream(PROMPT, soul):
                heard.append(delta.text)  # noqa: PERF401 # what came before the cut must stay

        with pytest.raises(BackendUnavailable):
            await hear(world.soul(), heard)

        assert ["Hi "] == heard
    assert 2 == len(world.server.requests)
    assert 1 == len(world.server.loads)


async def test_another_server_by_now(world: World) -> None:
    """What a server refused before it went away is asked again when it is back."""
    soul = await refused_runtime(world)
    await world.failed(soul)
    await world.server.stop()
    await world.failed(replace(BASE, fallback=("KU9",)))
    world.server.updating = True
    await world.server.start()

    heard = await world.heard(soul)

    assert heard == "ku-9 heard: hello"
    assert ["adapter refused", "backend away", "backend back"] == world.events()


async def test_adapter_comes_back_with_the_server(world: World) -> None:
    """The one word that shows that a server is back is the soul's own, adapter and all."""
    soul = world.soul()
    await world.server.stop()
    await world.failed(soul)
    await world.server.start()

    await world.heard(soul)

    asked = [(one.body["model"], one.body["max_tokens"]) for one in world.server.requests]
    assert [("ku-5.0", 1), ("ku-5.0", 1024)] == asked
    assert ["ku-5.0"] == world.server.loads


async def test_probe(world: World) -> None:
    """A server that is there has nothing to say against a probe; a dead one is told."""
    await world.backend.probe()
    await world.server.stop()

    with pytest.raises(BackendUnavailable, match="line to the server is dead"):
        await world.backend.probe()


async def test_what_goes_out(world: World) -> None:
    """Headers and body of the settings go out with questions, and the headers with loads."""
    seen: list[str] = []
    notes = Notes()
    world.server.on_request = lambda body: seen.append(json.dumps(body))
    async with Vllm(
        [world.server.url],
        name="gpu",
        clock=world.clock,
        witness=notes,
        headers={"Authorization": f"Bearer {KEY}"},
        body={"top_k": 7},
    ) as backend:
        await backend.prepare()
        heard = [delta.text async for delta in backend.stream(PROMPT, world.soul())]

    assert "ku-5.0 heard: hello" == "".join(heard)
    assert '"top_k": 7' in seen[0]


async def test_what_cannot_be_sent() -> None:
    """Settings that no request can carry are refused when the backend is made ready."""
    backend = Vllm(
        ["http://127.0.0.1:9/v1"], name="gpu", clock=StillClock(), witness=Notes(), api_key="k\n"
    )

    with pytest.raises(ConfigError, match="api_key"):
        await backend.prepare()


async def test_real_routes(world: World) -> None:
    """The far side answers as vLLM does: unloading, unknown routes, a list with all its keys."""
    head = {"Authorization": f"Bearer {KEY}"}
    async with ClientSession(headers=head) as client:
        path = world.made("x", 8)
        base = world.server.url
        load = {"lora_name": "x", "lora_path": path}

        loaded = await client.post(f"{base}/load_lora_adapter", json=load)
        again = await client.post(f"{base}/load_lora_adapter", json=load)
        cards = (await (await client.get(f"{base}/models")).json())["data"]
        gone = await client.post(f"{base}/unload_lora_adapter", json={"lora_name": "x"})
        twice = await client.post(f"{base}/unload_lora_adapter", json={"lora_name": "x"})
        odd = await client.get(f"{base}/nothing")

        assert "Success: LoRA adapter 'x' added successfully." == await loaded.text()
        assert [None, "base"] == [card["parent"] for card in cards]
        assert [400, 200, 404, 404] == [each.status for each in (again, gone, twice, odd)]
        assert {"detail": "Not Found"} == await odd.json()
