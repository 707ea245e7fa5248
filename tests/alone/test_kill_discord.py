"""Killed between a bubble and its receipt, it is on Discord exactly once."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.far_side.discord import Call, Discord, Fault, Person
from tests.far_side.model import ModelServer
from tests.living import Living, Nursery, quick
from tests.talk import paragraphs, tale

pytestmark = pytest.mark.slow

PROMPT_S = 20.0


def settings(far: Discord, model: ModelServer) -> str:
    """An `anima.toml` for these far sides."""
    return quick(f'[discord]\ntoken = "{far.token}"\napi_base = "{far.api}"', model.url)


@dataclass
class Talk:
    """Both far sides and the process between them."""

    far: Discord
    model: ModelServer
    anima: Living
    told: list[str] = field(default_factory=list)

    def tell(self, person: Person, name: str) -> None:
        """*person* writes about *name*, for which there will be three paragraphs."""
        self.told.append(name)
        self.far.says(person, person, f"Tell me about {name}")

    def stands(self, person: Person) -> list[str]:
        """Each paragraph that stands there, as often as it does."""
        texts = [one.text for one in self.far.messages(person) if one.author == "Anima"]
        return [paragraph for text in texts for paragraph in text.split("\n\n")]

    async def answered(self, person: Person) -> None:
        """Wait until all of it is there."""
        wanted = {one for name in self.told for one in paragraphs(name)}
        await self.far.sees(lambda: wanted <= set(self.stands(person)), timeout=PROMPT_S)

    def kills_at(self, number: int, moment: str, then: Callable[[], object]) -> asyncio.Event:
        """Kill it when the *number*th bubble from now on comes in, or has taken effect."""
        killed, left = asyncio.Event(), [number]

        def seen(_call: Call) -> None:
            left[0] -= 1
            if left[0] == 0:
                self.anima.kill()
                then()
                killed.set()

        self.far.on("create_message", seen, moment)  # type: ignore[arg-type]  # one of the two
        return killed


@asynccontextmanager
async def talking(folder: Path, born: Nursery) -> AsyncIterator[Talk]:
    """A talk with a process that has been started."""
    async with Discord() as far, ModelServer() as model:
        model.otherwise = tale
        anima = Living(folder, born, settings(far, model)).start()
        try:
            yield Talk(far, model, anima)
        finally:
            anima.kill()
            print(anima.log)  # noqa: T201 - shown when the test fails


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("moment", ["received", "recorded", "lost"])
async def test_killed_while_sending_it_has_said_everything_once(
    number: int, moment: str, tmp_path: Path, born: Nursery
) -> None:
    """Whether the bubble was on its way, was there already, or never arrived."""
    async with talking(tmp_path, born) as talk:
        ann = talk.far.person("Ann")
        await talk.far.sees(lambda: talk.far.connected, timeout=PROMPT_S)
        lose = moment == "lost"

        def then() -> None:
            if lose:
                talk.far.faults.add("create_message", Fault.cut())

        killed = talk.kills_at(number, "received" if lose else moment, then)
        talk.tell(ann, "rain")
        await asyncio.wait_for(killed.wait(), PROMPT_S)

        talk.anima.start()
        await talk.answered(ann)
        talk.tell(ann, "snow")
        await talk.answered(ann)

        assert [*paragraphs("rain"), *paragraphs("snow")] == talk.stands(ann)


async def test_what_was_said_while_it_was_dead_is_answered(tmp_path: Path, born: Nursery) -> None:
    """A new session tells nothing of it, so it is fetched; in the place where we talked."""
    async with talking(tmp_path, born) as talk:
        ann = talk.far.person("Ann")
        await talk.far.sees(lambda: talk.far.connected, timeout=PROMPT_S)
        talk.tell(ann, "rain")
        await talk.answered(ann)

        talk.anima.kill()
        talk.tell(ann, "hail")
        talk.tell(ann, "snow")
        talk.anima.start()
        await talk.answered(ann)

        assert 6 + 3 == len(talk.stands(ann))


async def test_its_token_is_in_no_line_of_its_log(tmp_path: Path, born: Nursery) -> None:
    """Not even where all is logged."""
    async with talking(tmp_path, born) as talk:
        talk.anima.kill()
        talk.anima.start(ANIMA_LOG="debug")
        ann = talk.far.person("Ann")
        await talk.far.sees(lambda: talk.far.connected, timeout=PROMPT_S)
        talk.tell(ann, "rain")
        await talk.answered(ann)
        talk.far.drop_gateway()
        talk.tell(ann, "snow")
        await talk.answered(ann)

        assert re.search("discord", talk.anima.log)
        assert talk.far.token not in talk.anima.log
