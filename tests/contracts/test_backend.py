"""What every backend promises, whoever it is."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass

import pytest

from anima.model import Delta, Message, Prompt, Soul
from backend.openai_compatible import OpenAICompatible
from backend.scripted import Scripted
from tests.backend_fakes import HastyClock, Notes
from tests.far_side.model import ModelServer

SOUL = Soul("KU5.0", "default", model="base")

ANSWERS = [
    "Hello there, how was your day?",
    "你好！今天过得怎么样？我刚泡了一壶龙井茶。🍵",
    "こんにちは！今日はどんな一日でしたか？「もち」も元気です。",
    "```python\nprint('a  b')\n```\n\n\tdone ",
]


@dataclass
class World:
    """A backend, how to make it echo its last line, and how to see that nothing runs."""

    backend: OpenAICompatible | Scripted
    stopped: Callable[[], Awaitable[None]]
    """Returns when the far side has stopped writing what was closed early."""


def told(text: str) -> Prompt:
    """A prompt whose last words are *text*."""
    return Message("system", "Say it back."), Message("user", text)


def repeat(prompt: Prompt) -> str:
    return prompt[-1].content


@pytest.fixture
async def scripted() -> World:
    backend = Scripted(repeat, piece=3)

    async def stopped() -> None:
        assert backend.open == 0

    return World(backend, stopped)


@pytest.fixture
async def served() -> AsyncIterator[World]:
    async with ModelServer() as server:
        server.otherwise = lambda body: str(body["messages"][-1]["content"])
        backend = OpenAICompatible(server.url, clock=HastyClock(), witness=Notes())
        yield World(backend, lambda: server.until(lambda: server.open == 0))
        await backend.aclose()


@pytest.fixture(params=["scripted", "served"])
def world(request: pytest.FixtureRequest) -> World:
    found: World = request.getfixturevalue(request.param)
    return found


async def heard(world: World, text: str) -> list[Delta]:
    return [delta async for delta in world.backend.stream(told(text), SOUL)]


def spoken(deltas: list[Delta]) -> str:
    return "".join(delta.text for delta in deltas)


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
