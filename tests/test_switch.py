"""Another soul takes over: what it remembers, and what outlives a crash."""

from functools import partial

import pytest

from anima.errors import BackendUnavailable, SlowDown
from anima.model import Account, Beside, Bubble, Button, Choice, Pressed
from anima.steps import Chose
from tests.cast import ACCOUNT, HOME, NOON, place
from tests.stage import BRISK, Stage

pytestmark = pytest.mark.jumping

LATER = place("8")


def remembered(stage: Stage) -> list[list[str]]:
    """What stood before, scene by scene."""
    return [[line.text for line in scene.lines] for scene in stage.actor.scenes]


def speaking(stage: Stage) -> list[str]:
    """Who was asked, scene by scene."""
    return [scene.souls[0].name for scene in stage.actor.scenes]


async def everywhere(stage: Stage, soul: str) -> None:
    """Somebody in another conversation wants *soul* everywhere."""
    await stage.hears("/other", where=LATER)
    claim = (await stage.ledger.another().claim(1, [(HOME.platform, HOME.bot)]))[0]
    chosen = Chose(Choice(10**9, soul, here=False), "telegram:1", "KU1.0", NOON)
    await stage.ledger.another().write(claim, chosen)


async def test_a_switch_starts_afresh() -> None:
    """The new soul reads nothing of what the old one said, also not the command."""
    stage = Stage()

    async with stage.attending():
        for text in ("hello", "how are you?", "/soul KU2.0", "who are you?", "and now?"):
            await stage.hears(text)
            await stage.rests()

    assert [
        [],
        ["hello", "re: hello"],
        [],
        ["who are you?", "re: who are you?"],
    ] == remembered(stage)
    assert ["KU1.0", "KU1.0", "KU2.0", "KU2.0"] == speaking(stage)
    assert ["who are you?", "re: who are you?", "and now?", "re: and now?"] == stage.transcript


async def test_a_switch_outlives_the_process() -> None:
    """Another process knows who speaks, and what of the talk is its own."""
    stage = Stage()
    async with stage.attending():
        for text in ("hello", "/soul KU2.0"):
            await stage.hears(text)
            await stage.rests()

    await stage.clock.sleep(1)
    other = stage.beside()
    await other.hears("who are you?")
    await other.plays()

    assert ([[]], ["KU2.0"]) == (remembered(other), speaking(other))


async def test_a_switch_everywhere_starts_afresh_where_it_is_noticed() -> None:
    """A conversation learns of it with its next message, and begins anew with that."""
    stage = Stage()
    await stage.hears("hello")
    await stage.plays()
    await everywhere(stage, "KU2.0")

    again = stage.beside(tail=stage.tail)
    async with again.attending():
        for text in ("who are you?", "and now?"):
            await again.hears(text)
            await again.rests()

    assert [[], ["who are you?", "re: who are you?"]] == remembered(again)
    assert ["KU2.0", "KU2.0"] == speaking(again)


async def test_what_is_kept_at_hand_is_what_the_ledger_tells() -> None:
    """After a switch the cache holds what the new soul was told, and no command."""
    stage = Stage()
    async with stage.attending():
        for text in ("hello", "/soul KU2.0", "who are you?", "/help"):
            await stage.hears(text)
            await stage.rests()

    assert ["who are you?", "re: who are you?"] == stage.transcript
    assert stage.transcript == await stage.remembered()


async def test_an_answer_of_the_persona_is_talk() -> None:
    """A greeting is remembered, unlike what the house says of itself."""
    stage = Stage()
    async with stage.attending():
        for text in ("/hello", "/help", "how are you?"):
            await stage.hears(text)
            await stage.rests()

    assert [["/hello", "did /hello"]] == remembered(stage)
    assert ["answered", "command", "answered"] == stage.outcomes


async def test_a_command_that_takes_long_shows_that_we_are_at_it() -> None:
    """A comparison asks models; whoever waits for it sees us typing after a moment."""
    stage = Stage()
    stage.porch.obeying = partial(stage.clock.sleep, 10)
    await stage.hears("/compare")

    await stage.plays()

    assert [2.5, 6.5] == stage.phone.typed_at
    assert ["did /compare"] == stage.phone.texts


async def test_a_command_cut_off_is_obeyed_once() -> None:
    """Nothing of a command lasts before its answer does: after a crash it is simply done again."""
    stage = Stage()
    stage.porch.obeying = partial(stage.clock.sleep, 100)
    await stage.hears("/soul KU2.0")
    async with stage.attending():
        await stage.clock.sleep(1)
        stage.dies()
    await stage.clock.sleep(BRISK.lease_s)

    heir = stage.beside()
    async with heir.attending():
        await heir.rests()
        await heir.hears("hello")
        await heir.rests()

    assert (["now KU2.0", "re: hello"], ["KU2.0"]) == (heir.phone.texts, speaking(heir))
    assert 1 == len(heir.ledger.store.choices)


async def test_buttons_hang_under_the_last_piece() -> None:
    """Where the persona asks how people like an answer, only its end does."""
    stage = Stage([Bubble("one"), Bubble("two|three", ACCOUNT, asks=True)])
    await stage.hears("hello")

    await stage.plays()

    assert (["one", "two", "three"], ["three"]) == (stage.phone.texts, stage.phone.asking)


async def test_what_a_command_brings_comes_with_the_last_piece() -> None:
    """Its buttons hang under the end of its answer, and a press is the next command."""
    stage = Stage()
    await stage.hears("/sure")
    brought = Beside((Button("Yes", "/soul KU2.0"),))

    async with stage.attending():
        await stage.rests()
        saids = [row.words for row in stage.ledger.said]
        await stage.happens(Pressed(saids[-1].id, 0, *stage.words("")))
        await stage.rests()

    assert [Beside(), brought, Beside()] == stage.phone.besides
    assert [Beside(), brought] == [one.beside for one in saids]
    assert ["sure?", "really?", "now KU2.0"] == stage.phone.texts


async def test_what_comes_with_a_bubble_survives_a_crash() -> None:
    """Who takes over sends the buttons with the words."""
    brought = Beside((Button("Yes", "/yes"),))
    stage = Stage([Bubble("one", ACCOUNT, beside=brought)])
    stage.phone.faults = [SlowDown(30)]
    await stage.hears("hello")
    async with stage.attending():
        await stage.clock.sleep(1)
        stage.dies()
    heir = stage.beside()

    await heir.clock.sleep(30)
    await heir.plays()

    assert (["one"], [brought]) == (heir.phone.texts, heir.phone.besides)


async def test_a_failed_turn_is_the_souls_own() -> None:
    """Whose turn it was is known although nothing was said."""
    stage = Stage([BackendUnavailable("away")])
    await stage.hears("hello")

    await stage.plays()

    (ended,) = (turn.ended for turn in stage.turns)
    assert ended is not None
    assert ("failed", Account("KU1.0", revision="")) == (ended.outcome, ended.account)
