"""Several personas over one attendant: each has its own talk."""

import pytest

from anima.model import Bubble
from tests.cast import ACCOUNT, Actor
from tests.stage import Stage

pytestmark = pytest.mark.jumping


def stage_with_harrow() -> tuple[Stage, Actor]:
    """A stage on which Harrow can play, too."""
    stage, harrow = Stage(), Actor()
    stage.troupe.joins("harrow", harrow)
    return stage, harrow


def remembered(actor: Actor) -> list[list[str]]:
    """What stood before, scene by scene."""
    return [[line.text for line in scene.lines] for scene in actor.scenes]


async def test_who_is_chosen_plays_and_begins_afresh() -> None:
    """The new one reads nothing of the old one's talk, and neither does the old one afterwards."""
    stage, harrow = stage_with_harrow()

    async with stage.attending():
        for text in ("hello", "/persona harrow", "who are you?", "/persona kokoro", "and you?"):
            await stage.hears(text)
            await stage.rests()

    assert [[]] == remembered(harrow)
    assert [[], []] == remembered(stage.actor)
    assert ["harrow"] == [scene.persona for scene in harrow.scenes]


async def test_who_plays_outlives_the_process() -> None:
    """Another process lets the same one play, and goes on with that one's talk."""
    stage, _ = stage_with_harrow()
    async with stage.attending():
        for text in ("/persona harrow", "hello"):
            await stage.hears(text)
            await stage.rests()
    await stage.clock.sleep(1)
    other, harrow = stage.beside(), Actor()
    other.troupe.joins("harrow", harrow)

    await other.hears("and now?")
    await other.plays()

    assert [["hello", "re: hello"]] == remembered(harrow)


async def test_who_is_not_there_any_more_is_nobodys_choice() -> None:
    """Taken out of the house, it leaves the place to whoever is at home, who begins afresh."""
    stage, _ = stage_with_harrow()
    async with stage.attending():
        for text in ("/persona harrow", "hello"):
            await stage.hears(text)
            await stage.rests()
    await stage.clock.sleep(1)
    other = stage.beside()

    await other.hears("and now?")
    await other.plays()

    assert [[]] == remembered(other.actor)
    assert ["kokoro"] == [scene.persona for scene in other.actor.scenes]


async def test_an_ordinary_talk_names_its_persona_once() -> None:
    """The first turn says whose talk it is, and nothing is put away for that."""
    stage = Stage([Bubble("Hi.", ACCOUNT)])

    async with stage.attending():
        for text in ("hello", "and now?"):
            await stage.hears(text)
            await stage.rests()

    assert [[], ["hello", "Hi."]] == remembered(stage.actor)
    assert ["kokoro", "kokoro"] == [turn.persona for turn in stage.turns]
