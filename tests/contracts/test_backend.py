"""What every backend promises, whoever it is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from anima.errors import BackendUnavailable, Refused
from anima.model import Delta, Message, Prompt
from tests.contracts.backends import ALL, ALONE, HI, LIMITS, SERVED, SOUL, Happening, World, talk
from tests.jump import JumpClock

ANSWERS = [
    "Hello there, how was your day?",
    "你好！今天过得怎么样？我刚泡了一壶龙井茶。🍵",
    "こんにちは！今日はどんな一日でしたか？「もち」も元気です。",
    "```python\nprint('a  b')\n```\n\n\tdone ",
]

PAIR = (("user", "heard"), ("assistant", "said"))


@pytest.fixture(params=ALL)
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """Each backend in turn."""
    async with ALL[request.param]() as made:
        yield made


@pytest.fixture(params=SERVED)
async def served(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """Each backend that has a server, which can fail."""
    async with SERVED[request.param]() as made:
        yield made


def told(text: str) -> Prompt:
    """A prompt whose last words are *text*."""
    return Message("system", "Say it back."), Message("user", text)


async def heard(world: World, text: str) -> list[Delta]:
    return [delta async for delta in world.backend.stream(told(text), SOUL)]


def spoken(deltas: list[Delta]) -> str:
    return "".join(delta.text for delta in deltas)


async def failed(world: World) -> tuple[str, BackendUnavailable]:
    """The words that came before the failure, and the failure."""
    words: list[str] = []

    async def hear() -> None:
        async for delta in world.backend.stream(told("hello"), SOUL):
            words.append(delta.text)  # noqa: PERF401 # what came before the failure must stay

    with pytest.raises(BackendUnavailable) as failure:
        await hear()
    return "".join(words), failure.value


def chain(error: BaseException | None) -> list[str]:
    """The texts of *error* and of all that it came from."""
    if error is None:
        return []
    return [str(error), repr(error), *chain(error.__cause__), *chain(error.__context__)]


@pytest.mark.parametrize("answer", ANSWERS)
async def test_text_is_whole(world: World, answer: str) -> None:
    """The pieces put together are the answer, in every script and with all its white space."""
    deltas = await heard(world, answer)

    assert answer == spoken(deltas)


async def test_no_delta_is_empty(world: World) -> None:
    """Each delta brings something: a word, a thought or a count."""
    deltas = await heard(world, ANSWERS[0])

    assert all(delta.text or delta.thought or delta.usage for delta in deltas)


async def test_usage_comes_once(world: World) -> None:
    """The tokens are counted at the end, after the last word."""
    deltas = await heard(world, ANSWERS[0])

    assert [None] * (len(deltas) - 1) == [delta.usage for delta in deltas[:-1]]
    assert deltas[-1].usage is not None


async def test_closing_early(world: World) -> None:
    """Who has heard enough closes the stream, and the far side stops."""
    async with aclosing(world.backend.stream(told("one two three " * 1000), SOUL)) as deltas:
        first = await anext(deltas)

    await world.stopped()
    assert "one two three".startswith(first.text.strip())


async def test_several_at_once(world: World) -> None:
    """Streams that run at the same time do not mix."""
    texts = [f"{number} " * 30 for number in range(8)]

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(heard(world, text)) for text in texts]

    assert texts == [spoken(task.result()) for task in tasks]


async def test_one_after_the_other(world: World) -> None:
    """A backend answers again after an answer that nobody heard to its end."""
    async with aclosing(world.backend.stream(told("never mind " * 500), SOUL)) as deltas:
        await anext(deltas)

    deltas_after = await heard(world, "and now this")

    assert spoken(deltas_after) == "and now this"


async def test_probe(world: World) -> None:
    """A backend that is there has nothing to say against a probe."""
    await world.backend.probe()


@pytest.mark.parametrize("name", ALONE)
async def test_closing(name: str) -> None:
    """A single server that was closed can be closed again, and asked again."""
    async with ALL[name]() as world:
        await heard(world, "hello")
        await world.backend.aclose()  # type: ignore[attr-defined] # a server alone has it
        await world.backend.aclose()  # type: ignore[attr-defined] # as above

        assert spoken(await heard(world, "hello again")) == "hello again"


async def test_thoughts(served: World) -> None:
    """Thoughts come apart from words."""
    served.next("thinks")

    deltas = await heard(served, "hello")

    assert "they greet" == "".join(delta.thought for delta in deltas)
    assert "".join(HI) == spoken(deltas)


async def test_cancelling(served: World) -> None:
    """A task that is cancelled while its server is silent leaves the server at once."""
    served.next("silent")
    begun = asyncio.Event()

    async def hear() -> None:
        async for _ in served.backend.stream(told("hello"), SOUL):
            begun.set()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(hear())
        await begun.wait()
        task.cancel()
    await served.stopped()

    assert task.cancelled()


async def test_busy(served: World) -> None:
    """A server that is too busy is asked again, and it is noted."""
    served.next("busy")

    deltas = await heard(served, "hello")

    assert spoken(deltas) == "hello"
    assert ["backend retry"] == [event for event, _ in served.notes.noted]


async def test_busy_for_long(served: World) -> None:
    """A server that stays too busy is given up, with nothing said."""
    for _ in range(1 + LIMITS.retries):
        served.next("busy")

    words, failure = await failed(served)

    assert words == ""
    assert not failure.connection


@pytest.mark.parametrize(("happening", "connection"), [("cut", True), ("garbage", False)])
async def test_breaks_off(served: World, happening: Happening, connection: bool) -> None:
    """What comes before a break stands, the break is told, and the question is not repeated."""
    served.next(happening)

    words, failure = await failed(served)

    assert words == HI[0]
    assert connection == failure.connection
    assert 1 == len(served.prompts())


@pytest.mark.jumping
async def test_silence(served: World, clock: JumpClock) -> None:
    """A silence in mid-answer has its limit, and then the server is left."""
    served.next("silent")
    began = clock.elapsed()

    words, failure = await failed(served)
    took_s = clock.elapsed() - began
    await served.stopped()

    assert words == HI[0]
    assert failure.connection
    assert LIMITS.between_s == pytest.approx(took_s, abs=0.5)


async def test_blocked(served: World) -> None:
    """What the server's filter blocks is refused, which asking again would not change."""
    served.next("blocked")

    with pytest.raises(Refused):
        await heard(served, "something bad")

    assert 1 == len(served.prompts())


async def test_too_long(served: World) -> None:
    """A prompt that is too long is asked again at once without the older half of its talk."""
    served.next("too long")

    deltas = [delta async for delta in served.backend.stream(talk(4), SOUL)]

    system, newest = ("system", "Say it back."), ("user", "4")
    kept = [(role, f"{word} {turn}") for turn in (2, 3) for role, word in PAIR]
    assert spoken(deltas) == "4"
    assert [system, *kept, newest] == served.prompts()[-1]
    assert [("prompt trimmed", {"dropped": 4})] == served.notes.noted


async def test_too_long_as_it_is(served: World) -> None:
    """A prompt of which nothing can be left out is told to be too long."""
    served.next("too long")

    words, failure = await failed(served)

    assert words == ""
    assert not failure.connection
    assert 1 == len(served.prompts())


async def test_no_secret_is_told(served: World) -> None:
    """A server that quotes all it was sent does not bring a key into a reason or its causes."""
    served.next("tells")

    _, failure = await failed(served)

    found = " ".join(chain(failure))
    assert [] == [secret for secret in served.secrets if secret in found]
