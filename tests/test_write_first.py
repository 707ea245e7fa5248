"""Writing first, from the claim to the chat: said, declined, held back, or too late."""

import asyncio
from datetime import timedelta

import pytest

from anima.errors import BackendUnavailable
from anima.impulse import Impulse
from anima.model import Account, Said
from anima.turn import INITIATIVE, INTERRUPTED, STRANGER
from anima.visit import TOO_LATE
from tests.cast import ANN, HOME, Script
from tests.in_memory_rows import Place, SaidRow, TurnRow
from tests.jump import START
from tests.stage import Stage

pytestmark = pytest.mark.jumping

DAY = timedelta(days=1)
LATER = START + timedelta(minutes=10)
EXAM = Impulse(
    5, "thread", ANN.address, ANN.name, "exam on Friday", START - DAY, START, LATER, tongue="ja"
)


def impelled(*scripts: Script, impulse: Impulse = EXAM) -> Stage:
    """A process that finds a reason to write in an otherwise silent place."""
    stage = Stage(*scripts)
    stage.ledger.store.places[1] = Place(1, HOME, ready_at=START)
    stage.ledger.store.impulses[1] = impulse
    return stage


def became(stage: Stage) -> list[tuple[str, str]]:
    """What became of the impulses, and why."""
    return [(one.became, one.reason) for one in stage.ledger.store.acted]


async def test_it_writes_first_for_a_reason() -> None:
    """The persona is told the reason and nothing was heard; what it says is a part of the talk."""
    stage = impelled(["How was it?"])

    await stage.plays()

    (scene,) = stage.actor.scenes
    assert ((), EXAM, False) == (scene.heard, scene.impulse, scene.unasked)
    assert ["How was it?"] == stage.phone.texts == stage.transcript
    assert ["How was it?"] == await stage.remembered()
    assert [("said", "")] == became(stage)
    (turn,) = stage.turns
    assert turn.ended
    assert f"{INITIATIVE} thread" == turn.ended.reason


async def test_what_it_comes_from_calls_memories_up() -> None:
    """As if the person had just said it again."""
    stage = impelled(["How was it?"])

    await stage.plays()

    (asked,) = stage.longterm.asked
    (heard,) = asked.heard
    assert ("exam on Friday", ANN.address, "ja") == (
        heard.text,
        heard.speaker.address,
        heard.tongue,
    )


async def test_it_is_written_in_the_write_that_begins_to_speak() -> None:
    """So that a crash can neither lose the reason nor have it said twice."""
    stage = impelled(["One.", "Two."])

    await stage.plays()

    first = next(entry for entry in stage.diary if "Say" in entry)
    assert "Acted" in first
    assert 1 == len(became(stage))


async def test_an_answer_to_it_knows_what_it_answers() -> None:
    """The next turn has our line in mind."""
    stage = impelled(["How was it?"], ["Great!"])
    async with stage.attending():
        await stage.rests()
        await stage.hears("passed!")
        await stage.rests()

    assert ["How was it?"] == [line.text for line in stage.actor.scenes[1].lines]
    assert ["How was it?", "passed!", "Great!"] == stage.transcript


async def test_a_model_may_decline() -> None:
    """Then nobody hears anything, not even that somebody typed."""
    stage = impelled([Account("KU1.0", "r1")])

    await stage.plays()

    assert ([], []) == (stage.phone.texts, stage.transcript)
    assert ["silent"] == stage.outcomes
    assert ("declined", "silent") == became(stage)[-1]
    assert "typing" not in " ".join(stage.diary)


async def test_nobody_is_told_that_a_model_is_away() -> None:
    """They did not ask; the impulse waits."""
    stage = impelled([BackendUnavailable("away")])

    await stage.plays()

    assert [] == stage.phone.texts
    assert ["failed"] == stage.outcomes
    assert ("held", "failed") == became(stage)[-1]


async def test_who_writes_while_we_think_is_answered_instead() -> None:
    """Never into a running talk: what was thought is dropped, unsaid."""
    stage = impelled([lambda: asyncio.sleep(5), "How was it?"], ["Hello!"])
    async with stage.attending():
        await stage.clock.sleep(1)
        await stage.hears("hi")
        await stage.clock.sleep(10)

    assert ["Hello!"] == stage.phone.texts
    assert [("held", INTERRUPTED)] == became(stage)


async def test_who_wrote_before_the_claim_is_answered_instead() -> None:
    """The talk that has just begun goes first."""
    stage = impelled(["Hello!"])
    await stage.hears("hi")

    await stage.plays()

    assert ["Hello!"] == stage.phone.texts
    assert [("held", INTERRUPTED)] == became(stage)


async def test_what_is_claimed_too_late_is_not_said() -> None:
    """After a long downtime nobody is woken."""
    stage = impelled(["How was it?"], impulse=EXAM)
    await stage.clock.sleep(3600)

    await stage.plays()

    assert ([], []) == (stage.phone.texts, stage.actor.scenes)
    assert [("held", TOO_LATE)] == became(stage)


async def test_who_is_not_admitted_any_more_is_not_written_to() -> None:
    """The door is asked again at the last moment."""
    stage = impelled(["How was it?"])
    stage.porch.strangers.add(ANN.name)

    await stage.plays()

    assert [] == stage.phone.texts
    assert [("held", STRANGER)] == became(stage)


async def test_another_soul_begins_anew_by_writing_first() -> None:
    """What another version remembers is not told to it, and is not recalled later either."""
    stage = impelled(["Hi again."])
    stage.ledger.store.places[1].soul = "KU0"

    await stage.plays()

    (scene,) = stage.actor.scenes
    assert () == scene.lines
    assert "KU1.0" == stage.ledger.store.places[1].soul


async def test_what_was_left_unsent_is_not_sent_in_the_night() -> None:
    """A bubble that nobody asked for fails when its time is over, and an asked one is sent."""
    stage = Stage()
    stage.ledger.store.places[1] = Place(1, HOME, ready_at=START)
    _unsent(stage, 1, "How was it?", until=True)
    _unsent(stage, 2, "an answer", until=False)
    await stage.clock.sleep(3600)

    await stage.plays()

    assert ["an answer"] == stage.phone.texts
    assert [("How was it?", "failed", TOO_LATE), ("an answer", "delivered", "")] == [
        (row.text, row.state, row.reason) for row in stage.ledger.said
    ]


def _unsent(stage: Stage, id_: int, text: str, *, until: bool) -> None:
    store = stage.ledger.store
    store.turns[id_] = TurnRow(id_, 1, START, outcome="answered")
    words = Said(id_, id_, text, until=LATER if until else None)
    store.said[id_] = SaidRow(1, words, START)
