"""What a breaker does with a server that dies, and with those who ask it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from anima.errors import BackendUnavailable, Refused
from anima.model import Delta, Message, Prompt, Soul, Tool
from anima.ports import Clock
from backend.breaker import LONGEST_PAUSE_S, Breaker
from backend.limits import PROBE_S, Limits
from backend.openai_compatible import OpenAICompatible
from backend.reasons import Passing
from backend.signs import Resting
from tests.backend_fakes import NOW, Notes
from tests.far_side import replies
from tests.far_side.model import ModelServer
from tests.far_side.replies import Reply
from tests.jump import JumpClock

PROMPT = (Message("user", "hello"),)
ALONE = Soul("KU5.0", "default", model="base")
BACKED = replace(ALONE, fallback=("KU1.0",))
DEAD = Passing("the line to the server is dead", connection=True)
GOOD = replies.streamed(["Hi ", "you"])


class StillClock:
    """The port Clock: time stands still, and who sleeps sleeps on until the test moves it."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> datetime:
        return NOW

    def elapsed(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        await asyncio.Event().wait()


@dataclass
class Patient:
    """A server whose health the test decides: *ill* are its next answers, then *chronic* is."""

    ill: list[Exception | None] = field(default_factory=list)
    chronic: Exception | None = None
    mute: bool = False
    """Whether it lists its models and never says a word."""
    gone: Exception | None = None
    """What it answers to a probe."""
    after: int = 0
    """So many deltas come before the trouble."""
    asked: list[tuple[Prompt, Soul]] = field(default_factory=list)
    probed: list[float] = field(default_factory=list)
    may_probe: asyncio.Event = field(default_factory=asyncio.Event)

    async def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        self.asked.append((prompt, soul))
        trouble = self.ill.pop(0) if self.ill else self.chronic
        if self.mute:
            await asyncio.Event().wait()
        for _ in range(self.after):
            yield Delta("a")
        await asyncio.sleep(0)
        if trouble:
            raise trouble
        yield Delta("b")

    async def probe(self) -> None:
        self.probed.append(asyncio.get_running_loop().time())
        await self.may_probe.wait()
        if self.gone:
            raise self.gone

    async def aclose(self) -> None: ...

    def dies(self) -> None:
        """Be gone, for questions and for probes."""
        self.chronic = self.gone = DEAD

    def recovers(self) -> None:
        self.chronic = self.gone = None
        self.mute = False


@dataclass
class World:
    """A breaker over a patient, and what it noted."""

    patient: Patient
    clock: StillClock
    notes: Notes
    breaker: Breaker

    async def heard(self, soul: Soul = ALONE) -> str:
        return "".join([delta.text async for delta in self.breaker.stream(PROMPT, soul)])

    async def failed(self, soul: Soul = ALONE) -> BackendUnavailable:
        with pytest.raises(BackendUnavailable) as failure:
            await self.heard(soul)
        return failure.value

    async def several(self, count: int, soul: Soul = ALONE) -> list[str]:
        """What so many hear who ask at once: an answer, or the name of an error."""

        async def one() -> str:
            try:
                return await self.heard(soul)
            except BackendUnavailable as error:
                return type(error).__name__

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one()) for _ in range(count)]
        return [task.result() for task in tasks]

    def events(self) -> list[str]:
        return [event for event, _ in self.notes.noted]


def over(patient: Patient, clock: Clock, notes: Notes) -> Breaker:
    return Breaker(patient, "main", clock=clock, witness=notes)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    patient, clock, notes = Patient(), StillClock(), Notes()
    patient.may_probe.set()
    async with over(patient, clock, notes) as breaker:
        yield World(patient, clock, notes, breaker)


async def settled() -> None:
    """Let everybody do what can be done without time passing."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_well(world: World) -> None:
    """A server that is well is asked, and nobody hears of the breaker."""
    assert await world.heard() == "b"

    assert ([], [], "") == (world.notes.noted, world.notes.told, world.breaker.away)


@pytest.mark.parametrize(
    "trouble", [DEAD, BackendUnavailable("no word in 30 s", connection=True)], ids=["line", "mute"]
)
async def test_opens_at_once(world: World, trouble: BackendUnavailable) -> None:
    """A dead line or a silence before the first word makes the server one that is away."""
    world.patient.ill = [trouble]

    failure = await world.failed()

    assert trouble is failure
    assert str(trouble) == world.breaker.away
    assert [("main", str(trouble))] == world.notes.told
    reason = {"backend": "main", "reason": str(trouble)}
    assert [("backend away", reason)] == world.notes.noted


async def test_without_a_reason(world: World) -> None:
    """A trouble without words makes a server just as much away."""
    world.patient.ill = [BackendUnavailable("", connection=True)]

    await world.failed()

    assert world.breaker.away == "it gave no reason"


async def test_somebody_else_can_be_asked(world: World) -> None:
    """While the server is away, a soul with a fallback fails at once and nothing is asked."""
    world.patient.dies()
    await world.failed()

    failure = await world.failed(BACKED)

    assert isinstance(failure, Resting)
    assert (failure.connection, str(failure)) == (True, str(DEAD))
    assert (1, 0) == (len(world.patient.asked), len(world.patient.probed))


async def test_nobody_else_can_be_asked(world: World) -> None:
    """Ten souls without a fallback share one look at the server, and then are all asked for."""
    world.patient.ill = [DEAD]
    await world.failed()

    heard = await world.several(10)

    assert ["b"] * 10 == heard
    assert 1 == len(world.patient.probed)
    assert 12 == len(world.patient.asked)  # the one that failed, one word, ten questions


async def test_still_away(world: World) -> None:
    """If the look finds nobody, all ten fail with the reason of now, and nothing was asked."""
    world.patient.dies()
    await world.failed()
    world.patient.gone = BackendUnavailable("502")

    heard = await world.several(10)

    assert ["Resting"] * 10 == heard
    assert 1 == len(world.patient.probed)
    assert 1 == len(world.patient.asked)
    assert world.breaker.away == "502"
    assert not (await world.failed()).connection


async def test_not_looked_at_too_often(world: World) -> None:
    """Within a second of the last look the next one has the same outcome without being made."""
    world.patient.dies()
    await world.failed()

    for at in (0, 0.5, 0.9, 1.0, 1.5, 2.1):
        world.clock.at = at
        await world.failed()

    assert 3 == len(world.patient.probed)


async def test_looked_at_while_well(world: World) -> None:
    """There is no reason to look at a server that is well."""
    await world.breaker.look()

    assert [] == world.patient.probed


async def test_leaving_a_look(world: World) -> None:
    """Who goes away while others wait for the same look takes nothing from them."""
    world.patient.ill = [DEAD]
    await world.failed()
    world.patient.may_probe.clear()

    async with asyncio.TaskGroup() as group:
        first, second = (group.create_task(world.heard()) for _ in range(2))
        await settled()
        first.cancel()
        await settled()
        world.patient.may_probe.set()

    assert first.cancelled()
    assert second.result() == "b"
    assert 1 == len(world.patient.probed)


async def test_told_once(world: World) -> None:
    """Ten questions that fail together are one event."""
    world.patient.dies()

    heard = await world.several(10)

    assert ["Passing"] * 10 == heard
    assert ["backend away"] == world.events()
    assert 1 == len(world.notes.told)


async def test_failures_of_an_earlier_life(world: World) -> None:
    """A failure that began before the server came back does not send it away again."""
    gate = asyncio.Event()

    class Slow(Patient):
        async def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
            if prompt == PROMPT and not self.asked:
                self.asked.append((prompt, soul))
                await gate.wait()
                raise DEAD
            async with aclosing(super().stream(prompt, soul)) as deltas:
                async for delta in deltas:
                    yield delta

    slow = Slow()
    slow.may_probe.set()
    async with over(slow, world.clock, world.notes) as breaker, asyncio.TaskGroup() as group:
        here = replace(world, patient=slow, breaker=breaker)
        first = group.create_task(here.failed())
        await settled()
        slow.ill = [DEAD]
        await here.failed()
        await here.heard()
        gate.set()
        await first

        assert breaker.away == ""
        assert [("main", str(DEAD)), ("main", "")] == world.notes.told


async def test_leaving_is_no_failure(world: World) -> None:
    """People who stop listening, before the first word or after it, do not make a server ill."""
    world.patient.mute = True
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(world.heard()) for _ in range(5)]
        await settled()
        for task in tasks:
            task.cancel()
    world.patient.mute, world.patient.after = False, 3

    async with aclosing(world.breaker.stream(PROMPT, ALONE)) as deltas:
        await anext(deltas)

    assert [] == world.notes.noted


async def test_cut_in_the_middle(world: World) -> None:
    """A server that breaks off after its first word was there, however often it does so."""
    world.patient.chronic, world.patient.after = DEAD, 1

    await world.several(5)

    assert [] == world.notes.noted


async def test_the_word(world: World) -> None:
    """The look asks for one token of the soul that failed, without tools or history."""
    world.patient.ill = [DEAD]
    soul = replace(ALONE, name="KU9", tools=(Tool("remind", ""),))
    await world.failed(soul)

    await world.heard()

    prompt, asked = world.patient.asked[1]
    assert replace(soul, max_tokens=1, tools=()) == asked
    assert [Message("user", "Hi")] == list(prompt)


@pytest.mark.parametrize("answer", [Refused("filtered"), Passing("busy")])
async def test_a_no_is_a_sign_of_life(world: World, answer: Exception) -> None:
    """A server that says no to the one word is back."""
    world.patient.ill = [DEAD, answer]
    await world.failed()

    assert await world.heard() == "b"


@pytest.mark.parametrize("answer", [DEAD, BackendUnavailable("it ended without a word")])
async def test_no_word(world: World, answer: Exception) -> None:
    """A server that lists its models and fails at the one word is still away."""
    world.patient.ill = [DEAD, answer]
    await world.failed()

    failure = await world.failed()

    assert isinstance(failure, Resting)
    assert str(answer) == world.breaker.away


async def test_probe(world: World) -> None:
    """Who asks how it is hears what the server says, and while it is away at once why."""
    await world.breaker.probe()
    world.patient.ill = [DEAD]
    await world.failed()

    with pytest.raises(Resting, match="line to the server"):
        await world.breaker.probe()

    assert 1 == len(world.patient.probed)


async def test_nothing_clings_to_a_look(world: World) -> None:
    """What is noted of the server's return is not noted as part of somebody's conversation."""
    conversation = ContextVar("conversation", default="none")
    seen: list[str] = []

    class Curious(Patient):
        async def probe(self) -> None:
            seen.append(conversation.get())

    curious = Curious(ill=[DEAD])
    conversation.set("somebody's")
    async with over(curious, world.clock, world.notes) as breaker:
        here = replace(world, patient=curious, breaker=breaker)
        await here.failed()
        await here.heard()

    assert ["none"] == seen


async def test_leaving_while_away(world: World) -> None:
    """A breaker that is left in the middle of a look leaves nothing running, and looks no more."""
    patient, others = Patient(), asyncio.all_tasks()
    patient.dies()
    async with over(patient, world.clock, world.notes) as breaker, asyncio.TaskGroup() as group:
        here = replace(world, patient=patient, breaker=breaker)
        await here.failed()
        asking = group.create_task(here.heard())
        await settled()
        asking.cancel()

    await breaker.look()

    assert others == asyncio.all_tasks()
    assert 1 == len(patient.probed)


async def test_failing_after_the_end(world: World) -> None:
    """A stream that outlives its breaker fails as itself."""
    patient = Patient()
    async with over(patient, world.clock, world.notes) as breaker:
        pass
    patient.dies()

    failure = await replace(world, patient=patient, breaker=breaker).failed()

    assert DEAD is failure


async def test_errors_of_the_body(world: World) -> None:
    """An error inside goes on as it is, not wrapped in a group."""
    with pytest.raises(ValueError, match="of the body"):
        async with over(Patient(), world.clock, world.notes):
            raise ValueError("of the body")


async def test_cancelled_body(world: World) -> None:
    """Being cancelled inside is being cancelled."""
    patient = Patient()
    patient.dies()

    async def live() -> None:
        async with over(patient, world.clock, world.notes) as breaker:
            await replace(world, patient=patient, breaker=breaker).failed()
            await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(live())
        await settled()
        task.cancel()

    assert task.cancelled()


@pytest.mark.jumping
async def test_looked_after(clock: JumpClock) -> None:
    """Without anybody asking it is looked at ever less often, and its return is seen and told."""
    patient, notes = Patient(), Notes()
    patient.dies()
    patient.may_probe.set()
    async with over(patient, clock, notes) as breaker:
        with suppress(BackendUnavailable):
            await anext(breaker.stream(PROMPT, ALONE))

        await clock.sleep(100)
        patient.recovers()
        await clock.sleep(LONGEST_PAUSE_S)

        assert [1, 3, 7, 15, 31, 61, 91, 121] == patient.probed
        assert breaker.away == ""
        assert [("main", str(DEAD)), ("main", "")] == notes.told
        assert ("backend back", {"backend": "main", "seconds": 121.0}) == notes.noted[-1]
        await clock.sleep(500)
        assert 8 == len(patient.probed)


@pytest.mark.jumping
async def test_hung_engine(clock: JumpClock) -> None:
    """A server that lists its models and is mute costs a person the short limit and no more."""
    patient, notes = Patient(), Notes()
    patient.may_probe.set()
    async with over(patient, clock, notes) as breaker:
        patient.ill = [DEAD]
        with suppress(BackendUnavailable):
            await anext(breaker.stream(PROMPT, ALONE))
        patient.mute = True
        began = clock.elapsed()

        with pytest.raises(Resting, match="no word in 5 s"):
            await anext(breaker.stream(PROMPT, ALONE))

        assert PROBE_S == pytest.approx(clock.elapsed() - began)
        assert ["backend away"] == [event for event, _ in notes.noted]


@pytest.mark.jumping
async def test_goes_again(clock: JumpClock) -> None:
    """A server that comes back and dies again is told again, and looked at by one watcher."""
    patient, notes = Patient(), Notes()
    patient.may_probe.set()
    async with over(patient, clock, notes) as breaker:
        for _ in range(2):
            patient.ill = [DEAD]
            with suppress(BackendUnavailable):
                await anext(breaker.stream(PROMPT, ALONE))
            await clock.sleep(10)

        assert [1, 11] == patient.probed
        assert ["backend away", "backend back"] * 2 == [event for event, _ in notes.noted]


# over real sockets


@dataclass
class Wire:
    """A real server behind a breaker, asked without retries."""

    server: ModelServer
    clock: StillClock
    notes: Notes
    breaker: Breaker

    async def asked(self, *answers: Reply) -> None:
        """Have the server give these answers to as many questions."""
        for answer in answers:
            self.server.script(answer)
            with suppress(BackendUnavailable, Refused):
                async for _ in self.breaker.stream(PROMPT, BACKED):
                    pass


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    clock, notes = StillClock(), Notes()
    async with ModelServer() as server:
        asked = OpenAICompatible(
            server.url,
            clock=clock,
            witness=notes,
            limits=Limits(retries=0),
        )
        async with Breaker(asked, "main", clock=clock, witness=notes) as breaker:
            yield Wire(server, clock, notes, breaker)
        await asked.aclose()


FAILURES: dict[str, Callable[[], Reply]] = {
    "503": replies.busy,
    "502 of a proxy": lambda: replies.html(502),
    "500": lambda: replies.error(500, "oops", "InternalServerError"),
    "500 in the stream": lambda: Reply([replies.event({"error": {"message": "x", "code": 500}})]),
    "error without a code": lambda: Reply([replies.event({"error": "engine died"})]),
    "nothing": lambda: Reply([]),
    "no end": lambda: replies.streamed([], finish=None, usage=False),
    "a page": replies.html,
}


@pytest.mark.parametrize("reply", FAILURES.values(), ids=FAILURES)
async def test_three_in_a_row(wire: Wire, reply: Callable[[], Reply]) -> None:
    """Three failures of the server's own in a row send it away, and two do not."""
    await wire.asked(reply(), reply())
    assert wire.breaker.away == ""

    await wire.asked(reply())

    assert wire.breaker.away


@pytest.mark.parametrize(
    "between", [GOOD, replies.too_long(), replies.too_many(), replies.whole("Hi")]
)
async def test_not_in_a_row(wire: Wire, between: Reply) -> None:
    """An answer in between, if only a no, shows that the server is alive."""
    busy = replies.busy()

    await wire.asked(busy, busy, between, busy, busy)

    assert wire.breaker.away == ""


@pytest.mark.parametrize(
    "reply",
    [
        replies.too_long(),
        replies.unauthorized(),
        replies.no_model("x"),
        replies.too_many("9"),
        replies.error(408, "slow", "Timeout"),
        replies.failure(400, {"error": {"message": "no", "code": "content_filter"}}),
        replies.streamed(["Hi"], finish="content_filter"),
        Reply([replies.event({"error": {"message": "no", "code": 400}})]),
        replies.broken(GOOD, "cut"),
        replies.broken(GOOD, replies.event({"error": {"message": "x", "code": 500}})),
    ],
)
async def test_no_reason_to_go(wire: Wire, reply: Reply) -> None:
    """What is about the question, about the hour or after the first word sends nobody away."""
    await wire.asked(*[reply] * 4)

    assert wire.breaker.away == ""
    assert [] == wire.notes.noted


async def test_ten_in_flight(wire: Wire) -> None:
    """When the server dies under ten conversations, each fails once, and all is told once."""
    wire.server.hold()

    async def one() -> BackendUnavailable:
        with pytest.raises(BackendUnavailable) as failure:
            async for _ in wire.breaker.stream(PROMPT, BACKED):
                pass
        return failure.value

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one()) for _ in range(10)]
        await wire.server.until(lambda: wire.server.open == 10)
        await wire.server.stop()
    after = await one()

    assert all(task.result().connection for task in tasks)
    assert isinstance(after, Resting)
    assert ["backend away"] == [event for event, _ in wire.notes.noted]


async def test_server_that_is_started_again(wire: Wire) -> None:
    """Who has nobody else to ask is answered as soon as the server is there again."""
    await wire.server.stop()
    await wire.asked(GOOD)
    await wire.server.start()

    heard = [delta.text async for delta in wire.breaker.stream(PROMPT, ALONE)]

    assert "You said: hello" == "".join(heard)
    assert ["backend away", "backend back"] == [event for event, _ in wire.notes.noted]
    assert [1, 1024] == [asked.body["max_tokens"] for asked in wire.server.requests]


@pytest.mark.jumping
async def test_mute_server(clock: JumpClock) -> None:
    """A server that takes questions and is silent costs the whole limit once, then nothing."""
    notes = Notes()
    async with ModelServer() as server:
        asked = OpenAICompatible(server.url, clock=clock, witness=notes, limits=Limits(retries=0))
        server.otherwise = Reply(["hang"])
        async with Breaker(asked, "main", clock=clock, witness=notes) as breaker:
            waited = []
            for _ in range(3):
                began = clock.elapsed()
                with suppress(BackendUnavailable):
                    await anext(breaker.stream(PROMPT, BACKED))
                waited.append(clock.elapsed() - began)
        await asked.aclose()

    assert [30, 0, 0] == pytest.approx(waited)
