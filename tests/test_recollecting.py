"""What could not come to mind in time is read ahead, so that it does the next time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from anima.errors import LedgerUnavailable
from anima.model import Line, Scene
from memory.longterm.asking import Asked
from memory.longterm.hits import Detail, Hit
from memory.longterm.recall import Recalled
from memory.longterm.viewing import Party
from service.recollecting import Recollecting
from tests.cast import Notebook
from tests.persona_fakes import ANN, NOW, SOUL, heard, scene

pytestmark = pytest.mark.jumping

HOUR = timedelta(hours=1)
MISO = Hit(
    7, "line", 1.0, "t:5", "Ann", "My cat is Miso", datetime(2026, 1, 1, tzinfo=UTC), True, 1
)


class Shelves:
    """Takes seconds for what it has not read yet; *fails* as many times when it reads ahead."""

    def __init__(self, found: tuple[Hit, ...] = (MISO,), *, fails: int = 0) -> None:
        self.found = found
        self.warmed: list[Party] = []
        self.asked: list[Asked] = []
        self._read: set[Party] = set()
        self._fails = fails

    async def recall(self, who: Party, asked: Asked, limit: int = 50) -> Recalled:
        await asyncio.sleep(0 if who in self._read else 3)
        self.asked.append(asked)
        return Recalled(self.found)

    async def warm(self, who: Party) -> None:
        self.warmed.append(who)
        await asyncio.sleep(3)
        if self._fails:
            self._fails -= 1
            raise LedgerUnavailable("the disk is away")
        self._read.add(who)


@asynccontextmanager
async def running(shelves: Shelves, seen: Notebook) -> AsyncIterator[Recollecting]:
    """Recollecting, with what it does beside."""
    recollecting = Recollecting(shelves, seen)
    async with asyncio.TaskGroup() as group:
        beside = group.create_task(recollecting.run())
        yield recollecting
        beside.cancel()


def asks(place: int = 4) -> Scene:
    """Somebody wants to know something, somewhere."""
    return replace(scene(heard("What is my cat called?")), place=place)


async def test_what_took_too_long_comes_to_mind_the_next_time() -> None:
    """The first one waits half a second and goes without."""
    shelves, seen = Shelves(), Notebook()
    async with running(shelves, seen) as recollecting:
        first = await recollecting.recollect(asks())
        await asyncio.sleep(4)
        second = await recollecting.recollect(asks())

    assert ((), [7]) == (first, [one.id for one in second])
    assert 1 == seen.count("nothing came to mind")
    assert 1 == len(shelves.warmed)


async def test_what_stands_in_the_talk_is_not_looked_for() -> None:
    """From its first line on; where it has none yet, from what was just heard on."""
    shelves = Shelves()
    recollecting = Recollecting(shelves, Notebook())
    await shelves.warm(Party("", 4, (ANN.address,)))
    begun = replace(asks(), lines=(Line(ANN, "hi", NOW - HOUR), Line(None, "hello", NOW)))

    for each in (begun, asks()):
        await recollecting.recollect(each)

    assert [NOW - HOUR, asks().heard[0].at] == [one.since for one in shelves.asked]
    assert ["hello", ""] == [one.before for one in shelves.asked]
    assert [ANN.name] * 2 == [one.by for one in shelves.asked]


@pytest.mark.parametrize(
    ("context", "question", "told"),
    [
        (2_048, "Where do I live?", [7]),
        (2_048, "Where did I live before?", [7, 9]),
        (32_768, "Where do I live?", [7, 9]),
    ],
)
async def test_a_small_mind_is_not_told_what_is_over(
    context: int, question: str, told: list[int]
) -> None:
    """It would take it for true; unless the past is asked."""
    home = Detail("", "lives_in", "oslo", "", None, NOW, *(False, False), 0.6, current=False)
    oslo = MISO._replace(id=9, kind="fact", text="Ann lives in Oslo", fact=home)
    shelves = Shelves((oslo, MISO))
    recollecting = Recollecting(shelves, Notebook())
    await shelves.warm(Party("", 4, (ANN.address,)))
    soul = replace(SOUL, context=context)

    found = await recollecting.recollect(replace(scene(heard(question)), place=4, souls=(soul,)))

    assert told == [one.id for one in found]


async def test_a_place_is_read_once_however_many_ask() -> None:
    """And each place in its turn."""
    shelves = Shelves()
    async with running(shelves, Notebook()) as recollecting:
        await asyncio.gather(*(recollecting.recollect(asks(place)) for place in (4, 4, 5)))
        await asyncio.sleep(9)

    assert [4, 5] == [one.place for one in shelves.warmed]


async def test_a_disk_that_is_away_ends_nothing() -> None:
    """It is noted, and who asks again starts it again."""
    shelves, seen = Shelves(fails=1), Notebook()
    async with running(shelves, seen) as recollecting:
        for _ in range(2):
            await recollecting.recollect(asks())
            await asyncio.sleep(4)
        third = await recollecting.recollect(asks())

    assert [7] == [one.id for one in third]
    assert 1 == seen.count("memory not read ahead")
