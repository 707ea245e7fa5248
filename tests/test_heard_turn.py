"""What people say aloud is understood before it is answered, once, and in nobody else's way."""

from dataclasses import replace
from typing import Any

import pytest

from anima.model import Incoming
from tests.cast import BO, place
from tests.sounds import VOICE, Secretary
from tests.stage import Stage

pytestmark = pytest.mark.jumping


async def speaks(stage: Stage, **facts: Any) -> None:
    """Somebody sends a voice message."""
    (one,) = stage.words("[voice message]", **facts)
    await stage.happens(replace(one, attachments=(VOICE,)))


async def test_the_words_are_answered_and_kept() -> None:
    """In the scene, in the ledger and in what is at hand; we type meanwhile."""
    stage = Stage(ears=Secretary({1: "hello"}, takes_s=9))
    await speaks(stage)

    await stage.plays()

    assert ["re: [voice message] hello"] == stage.phone.texts
    assert ["[voice message] hello", "re: [voice message] hello"] == stage.transcript
    assert stage.transcript == await stage.remembered()
    assert [0, 4, 8] == stage.phone.typed_at
    assert ["clear"] == [one.sound for one in stage.actor.scenes[0].heard[0].attachments]


async def test_nobody_else_waits_for_our_ears() -> None:
    """Another conversation is answered meanwhile."""
    stage = Stage(ears=Secretary({1: "hello"}, takes_s=9))
    await speaks(stage)
    await stage.hears("quick", where=place("8"))

    await stage.plays()

    assert ["re: quick", "re: [voice message] hello"] == stage.phone.texts
    assert [0, 9] == stage.phone.sent_at


async def test_what_nobody_could_hear_is_answered_as_what_it_is() -> None:
    """Once tried, it is not tried again in this turn; nothing is written for it."""
    secretary = Secretary({})

    async def more() -> None:
        await stage.hears("there?")
        await stage.clock.sleep(1)

    stage = Stage([more, "never said"], ears=secretary)
    await speaks(stage)
    await stage.plays()

    assert ["re: [voice message] + there?"] == stage.phone.texts
    assert [1] == secretary.listened
    assert "Transcribed" not in stage.diary


async def test_what_is_said_while_we_listen_joins() -> None:
    """It is one turn, and nothing is listened to twice."""
    secretary = Secretary({1: "hello", 2: "again"}, takes_s=5)
    stage = Stage(ears=secretary)
    await speaks(stage)

    async with stage.attending():
        await stage.clock.sleep(2)
        await speaks(stage)
        await stage.rests()

    assert ["re: [voice message] hello + [voice message] again"] == stage.phone.texts
    assert [1, 2] == secretary.listened


async def test_a_crash_after_listening_does_not_listen_again() -> None:
    """Who takes over reads what was heard."""

    async def dies() -> None:
        stage.dies()
        await stage.life.step()

    stage = Stage([dies], ears=Secretary({1: "hello"}))
    await speaks(stage)
    async with stage.attending():
        await stage.life.over.wait()
    later = stage.beside(ears=(secretary := Secretary({1: "twice"})))
    await later.clock.sleep(30)

    await later.plays()

    assert ["re: [voice message] hello"] == later.phone.texts
    assert [] == secretary.listened


@pytest.mark.parametrize(
    "facts",
    [{"who": BO}, {"private": False, "addressed": False}, {"addressed": False}],
    ids=["a stranger", "a group that asks nobody", "a chat that its owner took over"],
)
async def test_nothing_is_listened_to_that_is_not_answered(facts: dict[str, Any]) -> None:
    """Neither fetched nor written down."""
    secretary = Secretary({1: "secret"})
    stage = Stage(ears=secretary)
    stage.porch.strangers = {"Bo"}
    await speaks(stage, **facts)

    await stage.plays()

    assert [] == secretary.listened
    assert all(isinstance(row.arrival.meaning, Incoming) for row in stage.ledger.heard)
    assert ["[voice message]"] == [row.text for row in stage.ledger.heard]
