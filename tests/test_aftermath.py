"""Who looks at what was said: off the reply path, each place once a lull, and after trouble."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from anima.errors import LedgerUnavailable
from service.aftermath import Aftermath
from tests.inside import living_inside
from tests.jump import JumpClock
from tests.test_service_souls import Talk

pytestmark = pytest.mark.jumping


class Album:
    """Keeps the places that were looked at; *troubles* come first, *more* is left of each."""

    def __init__(self, *troubles: Exception, more: int = 0, late: Sequence[int] = ()) -> None:
        self.seen: list[int] = []
        self.late = late
        self.troubles = list(troubles)
        self.more = more

    async def behind(self) -> Sequence[int]:
        return self.late

    async def catch_up(self, place: int) -> bool:
        if self.troubles:
            raise self.troubles.pop(0)
        self.seen.append(place)
        self.more -= 1
        return self.more >= 0


async def looked(album: Album, clock: JumpClock, *places: int, again: int = 0) -> list[int]:
    """What is looked at within a minute when somebody talked in *places*."""
    aftermath = Aftermath([album], album, clock)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(aftermath.run())
        for place in places:
            aftermath.talked(place)
        await clock.sleep(60)
        for _ in range(again):
            aftermath.talked(places[0])
        await clock.sleep(60)
        running.cancel()
    return album.seen


async def test_a_place_is_looked_at_once_a_lull(clock: JumpClock) -> None:
    """However many turns there were; and again when it has talked again."""
    assert [1, 2, 1] == await looked(Album(), clock, 1, 2, 1, 1, again=3)


async def test_who_was_behind_at_the_start_is_caught_up_with(clock: JumpClock) -> None:
    """Before those that talk now, and once."""
    assert [5, 1, 7] == await looked(Album(late=[5, 1]), clock, 1, 7)


async def test_everybody_has_a_look_of_their_own(clock: JumpClock) -> None:
    """One that has more to see is asked again, and the others with it."""
    one, other = Album(), Album(more=1)
    aftermath = Aftermath([one, other], Album(), clock)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(aftermath.run())
        aftermath.talked(1)
        await clock.sleep(60)
        running.cancel()

    assert ([1, 1], [1, 1]) == (one.seen, other.seen)


async def test_what_is_left_comes_next(clock: JumpClock) -> None:
    """A place with more turns than one look takes is looked at until it is done."""
    assert [1, 1, 1] == await looked(Album(more=2), clock, 1)


async def test_trouble_is_waited_out(clock: JumpClock) -> None:
    """A database that is away is asked again later, and nothing was forgotten."""
    album = Album(LedgerUnavailable("away"), LedgerUnavailable("away"))

    assert [7] == await looked(album, clock, 7)


async def test_a_crowd_is_bounded(clock: JumpClock) -> None:
    """Beyond a thousand places one waits for its next turn."""
    assert 1000 == len(await looked(Album(), clock, *range(1001)))


@pytest.mark.slow
async def test_a_talk_leaves_its_mark_on_the_next_prompt(tmp_path: Path) -> None:
    """What was sad is felt, who has come before is known, and what lies ahead is asked after."""
    async with living_inside(tmp_path, access={"admins": ["telegram:9"]}) as inside:
        ann = Talk(inside, inside.person())
        await ann.says("hello")
        first = str(inside.model.requests[-1].body)
        for text in ("I'm so sad, everything is terrible", "明日手術なんです、怖い"):
            await ann.says(text)
        await inside.clock.sleep(30)
        await ann.says("good morning")

        newest = str(inside.model.requests[-1].body["messages"][-1]["content"])
        group = inside.telegram.group(-100, "Friends")
        inside.telegram.says(group, ann.person, "Kokoro, are you there?")
        await inside.gets(group, 1)
        among = str(inside.model.requests[-1].body["messages"][-1]["content"])

    assert "‹now› Between you: a stranger; these are their first words to you" in first
    assert "‹now› You feel: " in newest
    assert "‹now› Between you: still a stranger; you met today" in newest
    assert "‹now› Ahead of them: “明日手術なんです" in newest
    assert "手術" not in among
    assert "met today" not in among


@pytest.mark.slow
async def test_the_owner_is_told_of_as_such(tmp_path: Path) -> None:
    """An admin of the house is the one to whom the persona belongs."""
    async with living_inside(tmp_path, access={"admins": ["telegram:7"]}) as inside:
        await Talk(inside, inside.person()).says("hello")

        asked = str(inside.model.requests[-1].body)

    assert "Between you: the one you belong to; these are their first words to you" in asked
