"""A backend that is built when it is first needed."""

import asyncio

import pytest

from anima.errors import ConfigError
from anima.model import Message, Prompt, Soul
from anima.ports import Backend
from backend.later import Later, Server
from backend.scripted import Scripted

PROMPT: Prompt = (Message("user", "hello"),)
SOUL = Soul("KU1.0", "default")


class Workshop:
    """Builds scripted backends and counts them."""

    def __init__(self) -> None:
        self.built: list[Scripted] = []

    def build(self) -> Scripted:
        self.built.append(Scripted(["你好", "again"]))
        return self.built[-1]


async def answer(backend: Backend) -> str:
    """All that *backend* says to the prompt."""
    return "".join([delta.text async for delta in backend.stream(PROMPT, SOUL)])


async def test_it_is_built_by_the_first_question_and_only_once() -> None:
    """Two questions at once and a third one later are answered by one backend."""
    workshop = Workshop()
    later = Later(workshop.build)
    assert [] == workshop.built

    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(answer(later)) for _ in range(2)]

    assert {"你好", "again"} == {one.result() for one in asked}
    assert 1 == len(workshop.built)


async def test_it_can_be_built_before_anybody_asks() -> None:
    """Who prepares it spares the first person the wait."""
    workshop = Workshop()
    later = Later(workshop.build)

    server = await later.built()
    await later.probe()

    assert [server] == workshop.built
    assert "你好" == await answer(later)


async def test_what_was_never_needed_is_closed_without_building_it() -> None:
    """Closing costs nothing then, and closes the backend otherwise."""
    workshop = Workshop()
    later = Later(workshop.build)

    await later.aclose()
    assert [] == workshop.built
    await later.built()
    await later.aclose()

    assert 1 == len(workshop.built)


async def test_a_mistake_in_the_settings_rises() -> None:
    """What cannot be built says why to whoever prepares it."""

    def build() -> Server:
        raise ConfigError("the backend's key holds what no HTTP header can carry")

    with pytest.raises(ConfigError, match="no HTTP header"):
        await Later(build).built()
