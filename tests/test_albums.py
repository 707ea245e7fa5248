"""An album is one message, however its parts come."""

from dataclasses import replace

import pytest

from anima.model import Incoming
from anima.pace import Pace
from tests.cast import BO, Porch, place
from tests.stage import BRISK, Stage

pytestmark = pytest.mark.jumping
ROOM = place("-100")


def album(
    stage: Stage, *texts: str, addressed: int | None = None, name: str = "9000", **facts: object
) -> list[Incoming]:
    """Somebody's pictures, sent together; in a group one of them may be *addressed* to us."""
    parts = stage.words(*texts, **facts)  # type: ignore[arg-type] # as for `words`
    return [
        replace(one, album=name, addressed=one.addressed if addressed is None else at == addressed)
        for at, one in enumerate(parts)
    ]


async def test_parts_that_come_one_by_one_are_answered_together() -> None:
    """Also where nobody lingers for more words."""
    stage = Stage()
    async with stage.attending():
        for one in album(stage, "[photo] our trip", "[photo]", "[photo]"):
            await stage.happens(one)
            await stage.clock.sleep(0.6)
        await stage.rests()

    assert ["re: [photo] our trip + [photo] + [photo]"] == stage.phone.texts
    assert ["9000"] * 3 == [one.album for one in stage.actor.scenes[0].heard]


async def test_a_long_linger_is_long_enough() -> None:
    """The wait for the album is a part of it."""
    stage = Stage(pace=Pace(linger_s=3, typing=False, poll_s=1000))
    await stage.happens(*album(stage, "[photo]", "[photo]"))
    began = stage.clock.elapsed()

    await stage.plays()

    assert 3 <= stage.phone.sent_at[0] - began < 3.5


async def test_who_sends_no_album_does_not_wait_for_one() -> None:
    """A single picture is answered at once."""
    stage = Stage()
    await stage.hears("[photo]")

    await stage.plays()

    assert [0] == [round(at) for at in stage.phone.sent_at]


@pytest.mark.parametrize("addressed", [0, 1, 2])
async def test_in_a_group_the_others_follow_the_one_that_asks(addressed: int) -> None:
    """Whichever part has the caption; the answer points at that one."""
    stage = Stage()
    parts = album(
        stage, "[photo]", "[photo]", "[photo]", addressed=addressed, where=ROOM, private=False
    )
    async with stage.attending():
        for one in parts:
            await stage.happens(one)
            await stage.clock.sleep(0.3)
        await stage.rests()

    assert ["re: [photo] + [photo] + [photo]"] == stage.phone.texts
    assert [str(addressed + 1)] == stage.phone.replies
    assert ["answered"] * 3 == stage.states


async def test_an_album_that_asks_for_nothing_is_noted() -> None:
    """In a group where nobody speaks to us."""
    stage = Stage()
    await stage.happens(*album(stage, "[photo]", "[photo]", where=ROOM, private=False, addressed=9))

    await stage.plays()

    assert [] == stage.phone.texts
    assert ["noted"] * 2 == stage.states


@pytest.mark.parametrize("private", [True, False], ids=["private", "group"])
async def test_a_part_that_comes_too_late_is_not_answered_apart(*, private: bool) -> None:
    """It is remembered; the next words are answered as ever."""
    stage = Stage()
    where = place("8") if private else ROOM
    first, late = album(stage, "[photo] look", "[photo]", where=where, private=private)
    async with stage.attending():
        await stage.happens(first)
        await stage.rests()
        await stage.happens(late)
        await stage.rests()

        await stage.hears("well?", where=where, private=private)
        await stage.rests()

    assert ["re: [photo] look", "re: well?"] == stage.phone.texts
    assert ["answered", "noted", "answered"] == stage.states


async def test_a_part_that_comes_during_the_answer_is_not_answered_apart() -> None:
    """Once the first bubble is out, it is too late to join."""
    stage = Stage()
    first, late = album(stage, "[photo] look", "[photo]")

    async def another() -> None:
        await stage.happens(late)
        await stage.clock.sleep(0.5)

    stage.actor.scripts = [["One.", another, "Two."]]  # type: ignore[list-item] # a deed
    await stage.happens(first)
    await stage.plays()

    assert ["One.", "Two."] == stage.phone.texts
    assert ["answered", "noted"] == stage.states


async def test_the_late_part_that_asks_is_answered() -> None:
    """Where the others were only noted, the caption that calls us comes in time all the same."""
    stage = Stage()
    first, late = album(stage, "[photo]", "[photo] Kokoro?", addressed=1, where=ROOM, private=False)
    async with stage.attending():
        await stage.happens(first)
        await stage.rests()

        await stage.happens(late)
        await stage.rests()

    assert ["re: [photo] Kokoro?"] == stage.phone.texts


async def test_somebody_elses_album_of_the_same_name_is_another() -> None:
    """Names are a platform's, and one of ours may not be as careful."""
    stage = Stage()
    async with stage.attending():
        await stage.happens(*album(stage, "[photo]", where=ROOM, private=False))
        await stage.rests()

        await stage.happens(*album(stage, "[photo] mine", where=ROOM, private=False, who=BO))
        await stage.rests()

    assert ["re: [photo]", "re: [photo] mine"] == stage.phone.texts


async def test_a_command_takes_the_pictures_that_came_with_it() -> None:
    """They are no talk of their own; what came after them is."""
    stage = Stage(porch=Porch())
    parts = album(stage, "/look", "[photo]", "[photo]")
    await stage.happens(*parts)
    await stage.hears("and you?")

    await stage.plays()

    assert ["did /look", "re: and you?"] == stage.phone.texts
    assert ["command", "command", "command", "answered"] == stage.states


async def test_a_command_alone_takes_nothing() -> None:
    """What has no album belongs to none."""
    stage = Stage(porch=Porch(), pace=BRISK)
    await stage.hears("/look", "[photo]")

    await stage.plays()

    assert ["did /look", "re: [photo]"] == stage.phone.texts
