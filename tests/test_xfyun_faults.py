"""What the backend makes of iFLYTEK's WebSocket when it fails, each time in another way."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import datetime, timedelta

import pytest

from anima.errors import AnimaError, BackendUnavailable, ConfigError, Refused
from anima.model import Delta, Message
from backend.reasons import Passing, TooLong
from backend.xfyun import Xfyun
from tests.backend_fakes import NOW, HastyClock, Notes
from tests.far_side import xfyun_replies as replies
from tests.far_side.xfyun import XfyunServer
from tests.far_side.xfyun_replies import Script, Step, Told, Turned
from tests.jump import JumpClock
from tests.xfyun_world import GOOD, PROMPT, SOUL, World, chain


class SlowClock(HastyClock):
    """A clock that is *late_s* behind."""

    def __init__(self, late_s: float) -> None:
        super().__init__()
        self._late_s = late_s

    def now(self) -> datetime:
        return NOW - timedelta(seconds=self._late_s)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with XfyunServer(HastyClock()) as server:
        world = World(server)
        yield world
        for backend in world.backends:
            await backend.aclose()


@pytest.mark.parametrize(
    ("code", "kind", "asked"),
    [
        (10013, Refused, 1),
        (10014, Refused, 1),
        (10007, Passing, 3),
        (10008, Passing, 3),
        (10110, Passing, 3),
        (11202, Passing, 3),
        (11203, Passing, 3),
        (10907, TooLong, 1),
        (10006, BackendUnavailable, 1),
        (10016, BackendUnavailable, 1),
        (11200, BackendUnavailable, 1),
        (11201, BackendUnavailable, 1),
        (10999, BackendUnavailable, 1),
    ],
)
async def test_codes(world: World, code: int, kind: type[AnimaError], asked: int) -> None:
    """Each code is refused, asked again, or told, with its number and what was said."""
    world.server.otherwise = Told([replies.code(code, "told")])

    deltas, failure = await world.failed()

    assert [] == deltas
    assert kind is type(failure)
    assert f"{code}" in str(failure)
    assert "told" in str(failure)
    assert asked == len(world.server.requests)


@pytest.mark.parametrize("code", [10013, 10014, 10110, 10907, 11200, 10999])
async def test_codes_in_mid_answer(world: World, code: int) -> None:
    """A code in mid-answer leaves the words until then, and the question is not repeated."""
    world.server.script(replies.broken(GOOD, replies.code(code)))

    deltas, failure = await world.failed()

    assert [Delta("Hi ")] == deltas
    assert str(code) in str(failure)
    assert 1 == len(world.server.requests)


@pytest.mark.parametrize(
    ("rest", "connection", "said"),
    [
        ("cut", True, "line to the server is dead"),
        ("close", False, "closed the line before the last frame: 1011 engine died"),
        ("{nonsense}", False, "what is no frame: {nonsense}"),
        ("7", False, "what is no frame: 7"),
        ("{}", False, "what is no frame: {}"),
        ('{"header": {}}', False, "what is no frame"),
        ('{"header": [1]}', False, "what is no frame"),
        (b"\xff\xfe", False, "what is no frame"),
        ('{"code": 10110, "message": "busy"}', False, "10110"),
        ('{"header": {"code": [1], "message": {"a": 2}}}', False, "broke off with [1]"),
        ('{"header": {"code": {"a": 1}}}', False, "broke off with"),
    ],
)
async def test_breaks_off(world: World, rest: Step, connection: bool, said: str) -> None:
    """What comes before a break stands, and the break is told for what it was."""
    world.server.script(replies.broken(GOOD, rest))

    deltas, failure = await world.failed()

    assert [Delta("Hi ")] == deltas
    assert said in str(failure)
    assert isinstance(failure, BackendUnavailable)
    assert connection == failure.connection
    assert 1 == len(world.server.requests)


@pytest.mark.parametrize("step", ["cut", "close", replies.code(10110)])
async def test_breaks_off_before_the_first_word(world: World, step: Step) -> None:
    """A line that ends before the first word is opened again."""
    world.server.script(Told([step]), Told([replies.frame(0), step]), GOOD)

    deltas = await world.heard()

    assert [Delta("Hi "), Delta("you")] == deltas[:2]
    assert [0.5, 1.0] == world.clock.slept


async def test_endless_frame(world: World) -> None:
    """A frame without end is left before it fills the memory."""
    world.server.script(replies.broken(GOOD, "x" * (5 << 20)))

    deltas, failure = await world.failed()

    assert [Delta("Hi ")] == deltas
    assert "what is no frame" in str(failure)


@pytest.mark.parametrize("steps", [["hang"], [replies.frame(0), "hang"]])
@pytest.mark.jumping
async def test_first_limit(world: World, steps: list[Step], clock: JumpClock) -> None:
    """The first delta has its limit, and frames without words do not keep it."""
    world.server.script(Told(steps))

    _, failure = await world.failed(first_s=30)
    await world.server.until(lambda: world.server.cancelled == 1)

    assert "no word in 30 s" == str(failure)
    assert 30 == pytest.approx(clock.elapsed())


@pytest.mark.parametrize(("between_s", "total_s"), [(20, 180), (20, 15)])
@pytest.mark.jumping
async def test_silence(world: World, between_s: float, total_s: float, clock: JumpClock) -> None:
    """A silence between deltas has its limit, and so has the whole answer."""
    world.server.script(replies.broken(GOOD, "hang"))

    deltas, failure = await world.failed(between_s=between_s, total_s=total_s)
    await world.server.until(lambda: world.server.cancelled == 1)

    assert [Delta("Hi ")] == deltas
    assert "the server fell silent" == str(failure)
    assert min(between_s, total_s) == pytest.approx(clock.elapsed(), abs=0.1)


@pytest.mark.parametrize("steps", [0, 2])
async def test_cancelling_is_seen(world: World, steps: int) -> None:
    """A task that is cancelled, before its first delta or after, frees the server at once."""
    server = world.server
    server.hold()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(world.heard())
        await server.until(lambda: len(server.requests) == 1)
        server.step(steps)
        await asyncio.sleep(0)
        task.cancel()
    await server.until(lambda: server.cancelled == 1)

    assert task.cancelled()
    assert 0 == server.open


async def test_closing_is_seen(world: World) -> None:
    """A stream that is closed in its middle frees the server at once."""
    world.server.hold()
    world.server.step(1)

    async with aclosing(world.backend().stream(PROMPT, SOUL)) as deltas:
        await anext(deltas)
    await world.server.until(lambda: world.server.cancelled == 1)

    assert 0 == world.server.open


@pytest.mark.slow
@pytest.mark.jumping
async def test_server_that_does_not_read(world: World, clock: JumpClock) -> None:
    """A line that is full does not keep us from leaving it when the time is over."""
    world.server.deaf = True
    huge = (Message("user", "x" * (16 << 20)),)

    with pytest.raises(BackendUnavailable, match="no word in 30 s"):
        await world.heard(prompt=huge)

    assert 30 <= clock.elapsed() < 32


@pytest.mark.parametrize("turned", [Turned(401), Turned(403)])
async def test_wrong_signature(world: World, turned: Turned) -> None:
    """An opening that is refused says where to look, and is not tried again."""
    world.server.script(turned)

    _, failure = await world.failed()

    for word in (str(turned.status), "api_key", "api_secret", "clock", "2026-01-05 08:00:00"):
        assert word in str(failure)
    assert 1 == world.server.opened


async def test_wrong_secret(world: World) -> None:
    """A wrong secret is refused by the server itself, and by the probe."""
    world.secret = "another-made-up-secret"
    backend = world.backend()

    with pytest.raises(BackendUnavailable, match="401: check api_key, api_secret"):
        await backend.probe()
    with pytest.raises(BackendUnavailable, match="401: check api_key, api_secret"):
        await anext(backend.stream(PROMPT, SOUL))


@pytest.mark.parametrize(("late_s", "let_in"), [(299, True), (-299, True), (301, False)])
async def test_clock(world: World, late_s: float, let_in: bool) -> None:
    """The date is our clock's, which may be off by five minutes and no more."""
    world.clock = SlowClock(late_s)

    if let_in:
        assert Delta("You ") == (await world.heard())[0]
    else:
        _, failure = await world.failed()
        assert "403: check api_key" in str(failure)


@pytest.mark.parametrize("status", [500, 502, 503, 429, 408])
async def test_asked_again(world: World, status: int) -> None:
    """An opening that fails for now is tried again."""
    world.server.script(Turned(status), Turned(status), GOOD)

    assert 3 == len(await world.heard())
    assert [0.5, 1.0] == world.clock.slept


async def test_asked_to_wait(world: World) -> None:
    """A service that names a time is given that time."""
    world.server.script(Turned(503, headers={"Retry-After": "7"}), GOOD)

    await world.heard()

    assert [7.0] == world.clock.slept


@pytest.mark.parametrize(
    "turned",
    [Turned(200), Turned(404), Turned(302, headers={"Location": "http://127.0.0.1:9/made-up"})],
)
async def test_no_websocket(world: World, turned: Turned) -> None:
    """What opens no WebSocket is told by its status; nobody follows where it leads."""
    world.server.script(turned)

    _, failure = await world.failed()

    assert f"answered {turned.status} and opened no WebSocket" in str(failure)
    assert 1 == world.server.opened


async def test_nobody_there(world: World) -> None:
    """A server that is not there is a dead line, tried again as often as allowed."""
    await world.server.stop()

    _, failure = await world.failed(retries=1)

    assert isinstance(failure, BackendUnavailable)
    assert failure.connection
    assert 1 == len(world.clock.slept)
    with pytest.raises(BackendUnavailable, match="line to the server is dead"):
        await world.backend().probe()


async def test_probe(world: World) -> None:
    """A probe opens a line and closes it without a question."""
    await world.backend().probe()
    await world.server.until(lambda: world.server.open == 0)

    assert 1 == world.server.opened
    assert [] == world.server.requests


@pytest.mark.jumping
async def test_probe_of_silence(clock: JumpClock) -> None:
    """A server that takes the line and says nothing is not waited for."""
    left = asyncio.Event()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        left.set()

    async with await asyncio.start_server(listen, "127.0.0.1", 0) as mute:
        url = f"ws://127.0.0.1:{mute.sockets[0].getsockname()[1]}/"
        backend = Xfyun(url, "a", "b", "c", clock=HastyClock(), witness=Notes())

        with pytest.raises(BackendUnavailable, match="no answer in 5 s"):
            await backend.probe()
        await left.wait()
        await backend.aclose()

    assert 5 == pytest.approx(clock.elapsed())


@pytest.mark.parametrize(
    "script",
    [
        Turned(401),
        Turned(404),
        Turned(503),
        Turned(302, headers={"Location": "http://127.0.0.1:9/made-up"}),
        Told(["cut"]),
        Told(["close"]),
        Told(["{nonsense}"]),
        Told([b"\xff"]),
        Told([replies.code(11200)]),
    ],
)
async def test_no_secret_is_told(
    world: World, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither a reason, nor what it came from, nor a log or a note holds a secret or the proof."""
    caplog.set_level(logging.DEBUG)
    world.server.otherwise = script

    _, failure = await world.failed()

    told = chain(failure) + caplog.text + str(world.notes.noted)
    secrets = (world.server.key, world.server.secret, "made-up-header", "authorization")
    assert [] == [secret for secret in secrets if secret in told]


async def test_quoted_secrets(world: World) -> None:
    """A server that quotes our address and our secrets back at us does not get them told."""
    server = world.server
    server.script(
        lambda _frame: Told(
            [replies.code(11200, f"{server.secret} {json.dumps(server.requests[-1].query)}")]
        )
    )

    _, failure = await world.failed()

    told = chain(failure)
    assert server.secret not in told
    assert server.requests[-1].query["authorization"] not in told


async def test_after_closing(world: World) -> None:
    """A backend that was closed can be closed again, and asked again."""
    backend = world.backend()
    await backend.probe()
    await backend.aclose()
    await backend.aclose()

    await backend.probe()

    assert 2 == world.server.opened


@pytest.mark.parametrize("headers", [{"X-Odd": "a\r\nb"}, {"X-Odd": "ключ"}])
def test_what_cannot_be_sent(headers: dict[str, str]) -> None:
    """Headers that no request can carry are refused before anything starts, by their names."""
    with pytest.raises(ConfigError, match="X-Odd"):
        Xfyun(
            "wss://127.0.0.1/", "a", "b", "c", clock=HastyClock(), witness=Notes(), headers=headers
        )


def test_no_websocket_address() -> None:
    """An address of another kind is refused before anything starts."""
    with pytest.raises(ConfigError, match="wss://HOST/PATH"):
        Xfyun("https://127.0.0.1/", "a", "b", "c", clock=HastyClock(), witness=Notes())
