"""What the backend makes of servers that fail, each in its way."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from anima.errors import BackendUnavailable, Refused
from anima.model import Delta, Message, Soul
from backend.openai_compatible import Limits, OpenAICompatible
from backend.trouble import REASON_CHARS
from tests.backend_fakes import HastyClock, Notes
from tests.far_side import replies
from tests.far_side.model import ModelServer
from tests.far_side.replies import Reply
from tests.jump import JumpClock

PROMPT = (Message("user", "hello"),)
SOUL = Soul("KU5.0", "default", model="base")
KEY = "made-up-key-of-nobody-1234"
GOOD = replies.streamed(["Hi ", "you"])
SPOKEN = ["Hi ", "you", ""]


@dataclass
class World:
    """A server, backends over it, and what they leave in the house."""

    server: ModelServer
    clock: HastyClock = field(default_factory=HastyClock)
    notes: Notes = field(default_factory=Notes)
    backends: list[OpenAICompatible] = field(default_factory=list)

    def backend(self, **limits: float) -> OpenAICompatible:
        made = OpenAICompatible(
            self.server.url,
            clock=self.clock,
            witness=self.notes,
            api_key=KEY,
            limits=Limits(**limits),  # type: ignore[arg-type] # retries is a whole number
            chance=lambda: 0.5,
        )
        self.backends.append(made)
        return made

    async def heard(self, **limits: float) -> list[str]:
        backend = self.backend(**limits)
        return [delta.text async for delta in backend.stream(PROMPT, SOUL)]

    async def failed(self, **limits: float) -> tuple[list[Delta], BackendUnavailable]:
        """What came before the failure, and the failure."""
        deltas: list[Delta] = []
        backend = self.backend(**limits)

        async def hear() -> None:
            async for delta in backend.stream(PROMPT, SOUL):
                deltas.append(delta)  # noqa: PERF401 # what came before the failure must stay

        with pytest.raises(BackendUnavailable) as failure:
            await hear()
        return deltas, failure.value


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with ModelServer() as server:
        world = World(server)
        yield world
        for backend in world.backends:
            await backend.aclose()


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (replies.too_long(), "400: .*maximum context length is 1024"),
        (replies.unauthorized(), "401: Unauthorized"),
        (replies.failure(403, {"detail": "no"}), "403"),
        (replies.no_model("ku-9"), "404: .*`ku-9` does not exist"),
        (replies.error(422, "temperature", "BadRequestError"), "422"),
        (Reply([], 302, headers={"Location": "http://127.0.0.1:9/"}), "302"),
        (replies.html(404), "404: <!doctype html>"),
    ],
)
async def test_never_asked_again(world: World, reply: Reply, said: str) -> None:
    """What is our own fault is told with its reason and not tried again."""
    world.server.script(reply)

    deltas, failure = await world.failed()

    assert [] == deltas
    assert not failure.connection
    assert 1 == len(world.server.requests)
    with pytest.raises(BackendUnavailable, match=said):
        raise failure


@pytest.mark.parametrize(
    "reply",
    [
        replies.error(408, "slow", "Timeout"),
        replies.error(409, "conflict", "Conflict"),
        replies.too_many(),
        replies.busy(),
        replies.html(502),
        replies.error(500, "oops", "Internal Server Error"),
    ],
)
async def test_asked_again(world: World, reply: Reply) -> None:
    """What passes is tried again after ever longer pauses, and each time is noted."""
    world.server.script(reply, reply, GOOD)

    heard = await world.heard()

    assert SPOKEN == heard
    assert [0.5, 1.0] == world.clock.slept
    assert ["backend retry"] * 2 == [event for event, _ in world.notes.noted]


async def test_asked_often_enough(world: World) -> None:
    """After the last of the attempts the failure is told; it is the server's, not the line's."""
    world.server.otherwise = replies.busy()

    _, failure = await world.failed(retries=2)

    assert 3 == len(world.server.requests)
    assert not failure.connection
    assert "503: " in str(failure)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        ("0.25", 0.25),
        ("-3", 0.0),
        ("Mon, 05 Jan 2026 08:00:12 GMT", 12.0),
        ("Mon, 05 Jan 2026 07:00:00 GMT", 0.0),
        ("soon", 0.5),
        ("Mon, 05 Jan 2026 08:00:12 -0000", 0.5),
    ],
)
async def test_retry_after(world: World, header: str, seconds: float) -> None:
    """A server that names a time, in seconds or as a date, is given that time."""
    world.server.script(replies.too_many(header), GOOD)

    await world.heard()

    assert [seconds] == world.clock.slept


async def test_retry_after_too_long(world: World) -> None:
    """A server that asks for more time than we have is not waited for."""
    world.server.script(replies.too_many("31"))

    _, failure = await world.failed(first_s=30)

    assert [] == world.clock.slept
    assert "429" in str(failure)


async def test_nobody_there(world: World) -> None:
    """A server that is not there is a dead line, tried again as often as allowed."""
    await world.server.stop()

    _, failure = await world.failed(retries=1)

    assert failure.connection
    assert "the line to the server is dead: connection refused" == str(failure)
    assert 1 == len(world.clock.slept)


async def test_server_that_comes_up(world: World) -> None:
    """A line that dies before the first delta is tried again, whatever it had begun to say."""
    world.server.script(Reply(["cut"]), replies.broken(GOOD, b'data: {"cho', "cut", after=1), GOOD)

    assert SPOKEN == await world.heard()


@pytest.mark.parametrize(
    ("rest", "connection", "said"),
    [
        ([], False, "without a finish reason"),
        ([replies.DONE], False, "without a finish reason"),
        (["cut"], True, "line to the server is dead"),
        ([b'data: {"choices": [{"del', "cut"], True, "line to the server is dead"),
        ([b'data: {"choices": [{"del'], False, "without a finish reason"),
        ([b"data: {nonsense}\n\n"], False, "no chunk of an answer: {nonsense}"),
        ([b"data: 7\n\n"], False, "no chunk of an answer: 7"),
        ([b"data: \xff\xfe\n\n"], False, "no chunk of an answer"),
        ([b"garbage\n\n<html>\n\n"], False, "without a finish reason"),
        ([replies.event({"error": {"message": "engine died", "code": 500}})], False, "500: engine"),
        ([replies.event({"error": "engine died"})], False, "engine died"),
        ([replies.event({"object": "error", "message": "bad", "code": 400})], False, "400: bad"),
        (
            [replies.event({"code": 10013, "message": "输入内容审核不通过", "choices": []})],
            False,
            "10013: 输入",
        ),
    ],
)
async def test_breaks_off(
    world: World, rest: list[replies.Step], connection: bool, said: str
) -> None:
    """What comes before a break stands, the break is told, and the question is not repeated."""
    world.server.script(replies.broken(GOOD, *rest))

    deltas, failure = await world.failed()

    assert [Delta("Hi ")] == deltas
    assert connection == failure.connection
    assert said in str(failure)
    assert 1 == len(world.server.requests)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (replies.html(), "no answer but text/html: <!doctype html> <html>"),
        (Reply([]), "no answer but text/event-stream"),
        (Reply([b"   \n"]), "no answer but text/event-stream"),
        (Reply([b"{broken"], content_type=replies.JSON), "no chunk of an answer: {broken"),
        (Reply([b'{"choices": []}'], content_type=replies.JSON), "no answer but application/json"),
        (Reply([b'{"choices": [7]}'], content_type=replies.JSON), "no answer but"),
        (replies.failure(200, {"error": {"message": "no", "code": 1}}), "broke off with 1: no"),
        (replies.failure(200, {"code": "11200", "message": "no right"}), "11200: no right"),
    ],
)
async def test_no_answer_at_all(world: World, reply: Reply, said: str) -> None:
    """A 200 that holds no answer is told by what it holds instead."""
    world.server.script(reply)

    deltas, failure = await world.failed()

    assert [] == deltas
    assert said in str(failure)
    assert not failure.connection


async def test_badly_packed(world: World) -> None:
    """A stream that says it is packed and is not cannot be understood."""
    world.server.script(Reply([b"data: {}\n\n"], headers={"Content-Encoding": "gzip"}))

    _, failure = await world.failed()

    assert "cannot be understood" in str(failure)


@pytest.mark.parametrize("content_type", [replies.JSON, replies.EVENTS])
async def test_endless_nonsense(world: World, content_type: str) -> None:
    """A body without end is left before it fills the memory."""
    begin = b"{" if content_type == replies.JSON else b"data: "
    filler = [b" " * (1 << 20)] * 5
    world.server.script(Reply([begin, *filler, "hang"], content_type=content_type))

    await world.failed()

    await world.server.until(lambda: world.server.open == 0)


async def test_filter_ends_the_answer(world: World) -> None:
    """An answer that the server's filter ends is refused, which asking again would not change."""
    world.server.script(replies.streamed(["Hi"], finish="content_filter"))

    with pytest.raises(Refused):
        await world.heard()


@pytest.mark.parametrize("status", [200, 400])
async def test_filter_refuses_the_prompt(world: World, status: int) -> None:
    """A prompt that the server's filter does not let in is refused, by status or by chunk."""
    detail = {"message": "filtered", "code": "content_filter"}
    world.server.script(replies.failure(status, {"error": detail}))

    with pytest.raises(Refused):
        await world.heard()


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param(["hang"], id="no head"),
        pytest.param([b": ping\n\n", "hang"], id="a head and a keep-alive"),
        pytest.param([replies.chunk({"role": "assistant", "content": ""}), "hang"], id="no word"),
    ],
)
@pytest.mark.jumping
async def test_first_limit(world: World, steps: list[replies.Step], clock: JumpClock) -> None:
    """The first delta has its limit, and nothing but a delta keeps it."""
    world.server.script(Reply(steps))

    deltas, failure = await world.failed(first_s=30)
    await world.server.until(lambda: world.server.cancelled == 1)

    assert [] == deltas
    assert failure.connection
    assert str(failure) == "no word in 30 s"
    assert 30 == pytest.approx(clock.elapsed())


@pytest.mark.jumping
async def test_thought_keeps_the_first_limit(world: World, clock: JumpClock) -> None:
    """A model that thinks before it speaks is not late."""
    world.server.script(Reply([replies.chunk({"reasoning": "hm"}), "hang"]))

    deltas, failure = await world.failed(first_s=3, between_s=20)

    assert [Delta(thought="hm")] == deltas
    assert str(failure) == "the server fell silent"
    assert 20 == pytest.approx(clock.elapsed())


@pytest.mark.parametrize(("between_s", "total_s"), [(20, 180), (20, 15)])
@pytest.mark.jumping
async def test_silence(world: World, between_s: float, total_s: float, clock: JumpClock) -> None:
    """A silence between deltas has its limit, and so has the whole answer."""
    world.server.script(replies.broken(GOOD, "hang"))

    deltas, failure = await world.failed(between_s=between_s, total_s=total_s)
    await world.server.until(lambda: world.server.cancelled == 1)

    assert [Delta("Hi ")] == deltas
    assert failure.connection
    assert min(between_s, total_s) == pytest.approx(clock.elapsed())


@pytest.mark.slow
@pytest.mark.jumping
async def test_total(world: World, clock: JumpClock) -> None:
    """An answer that goes on and on, each delta in time, is left when its whole time is over."""
    world.server.delay_s = 7
    world.server.script(replies.streamed("abcdefghijkl", opening=replies.ABSENT))

    deltas, _ = await world.failed(first_s=10, between_s=10, total_s=36)

    assert "abcde" == "".join(delta.text for delta in deltas)
    assert 36 == pytest.approx(clock.elapsed())


@pytest.mark.slow
@pytest.mark.jumping
async def test_keep_alives_are_no_deltas(world: World, clock: JumpClock) -> None:
    """A server that only keeps the line alive has fallen silent all the same."""
    world.server.delay_s = 8
    world.server.script(replies.broken(GOOD, *[b": ping\n\n"] * 4))

    deltas, failure = await world.failed(between_s=20)

    assert [Delta("Hi ")] == deltas
    assert str(failure) == "the server fell silent"
    assert 16 + 20 == pytest.approx(clock.elapsed())


@pytest.mark.slow
@pytest.mark.jumping
async def test_only_waiting_counts(world: World, clock: JumpClock) -> None:
    """A caller who takes time over each delta does not use up the server's."""
    world.server.script(GOOD)
    backend = world.backend(between_s=20, total_s=30)
    heard = []

    async for delta in backend.stream(PROMPT, SOUL):
        heard.append(delta.text)
        await clock.sleep(100)

    assert SPOKEN == heard


async def test_key_stays_here(world: World) -> None:
    """A server that gives our key away in its error does not bring it into our log."""
    said = f"Incorrect API key provided: {KEY}. " + "x" * 1000
    world.server.otherwise = replies.error(500, said, "invalid_request_error")

    _, failure = await world.failed(retries=1)

    told = [str(failure), *(str(facts["reason"]) for _, facts in world.notes.noted)]
    assert 2 == len(told)
    assert all(KEY not in reason and "Incorrect API key" in reason for reason in told)
    assert all(len(reason) < REASON_CHARS + 50 for reason in told)


@pytest.mark.parametrize(
    "body", [{"data": []}, {"object": "list"}, [], {"data": [{"object": "model"}]}, "base"]
)
async def test_no_model_named(world: World, body: object) -> None:
    """A soul without a model's name cannot speak where the server names none."""
    world.server.models_reply = replies.failure(200, body)
    backend = world.backend()

    with pytest.raises(BackendUnavailable, match="names no model"):
        await anext(backend.stream(PROMPT, Soul("KU5.0", "default")))


async def test_model_is_asked_for_with_patience(world: World) -> None:
    """Asking for the model's name is tried again like the question itself."""
    world.server.models_reply = replies.busy()
    backend = world.backend(retries=1)

    with pytest.raises(BackendUnavailable, match="503"):
        await anext(backend.stream(PROMPT, Soul("KU5.0", "default")))

    assert 2 == world.server.asked_models


@pytest.mark.parametrize("reply", [replies.failure(404, {"detail": "Not Found"}), replies.html()])
async def test_probe_reaches(world: World, reply: Reply) -> None:
    """A server that answers anything is there, also one that lists no models."""
    world.server.models_reply = reply

    await world.backend().probe()

    assert 1 == world.server.asked_models


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (replies.unauthorized(), "refused the key, with 401"),
        (replies.failure(403, {}), "refused the key, with 403"),
        (replies.busy(), "503"),
    ],
)
async def test_probe_is_refused(world: World, reply: Reply, said: str) -> None:
    """A server that fails or does not take our key is told for what it is."""
    world.server.models_reply = reply

    with pytest.raises(BackendUnavailable, match=said):
        await world.backend().probe()


@pytest.mark.jumping
async def test_probe_of_a_silent_server(world: World, clock: JumpClock) -> None:
    """A server that takes the question and says nothing is given up after five seconds."""
    world.server.models_reply = Reply(["hang"])

    with pytest.raises(BackendUnavailable, match="no answer in 5 s"):
        await world.backend().probe()

    assert 5 == pytest.approx(clock.elapsed())


async def test_probe_of_nobody(world: World) -> None:
    """A server that is not there is a dead line."""
    await world.server.stop()

    with pytest.raises(BackendUnavailable) as failure:
        await world.backend().probe()

    assert failure.value.connection
