"""When a model, or something of ours, fails: what was said stands, and the person is told."""

from dataclasses import replace
from functools import partial

import pytest

from anima.errors import BackendUnavailable, LedgerUnavailable, Refused
from anima.model import Heard
from memory.shortterm import Kept, LocalTail
from tests.cast import HOME, Porch, place
from tests.stage import BRISK, Stage

pytestmark = pytest.mark.jumping


def reference(stage: Stage, turn: int = 0) -> str:
    """The end of the turn's id, as the log has it."""
    return f"{stage.turns[turn].id:x}"[-6:]


@pytest.mark.parametrize(
    ("error", "trouble", "state", "outcome"),
    [
        (BackendUnavailable("HTTP 500"), "server", "answered", "failed"),
        (BackendUnavailable("cut", connection=True), "connection", "answered", "failed"),
        (Refused("not that"), "refused", "refused", "refused"),
    ],
)
async def test_a_model_that_fails_is_apologised_for(
    error: Exception, trouble: str, state: str, outcome: str
) -> None:
    """One polite line, whose reference finds the reason in the log; the message is dealt with."""
    stage = Stage([error])
    await stage.hears("hello")

    await stage.plays()

    assert [f"sorry ({trouble}) {reference(stage)}"] == stage.phone.texts
    assert ([state], [outcome]) == (stage.states, stage.outcomes)
    assert [
        (
            "turn failed",
            {"reason": trouble, "detail": str(error), "reference": reference(stage)},
        )
    ] == stage.witness.noted


async def test_what_was_said_before_a_failure_stands() -> None:
    """Bubbles that were decided are sent, then the line; the next message has its own turn."""
    stage = Stage(["one", "two", BackendUnavailable("cut")])

    async with stage.attending():
        await stage.hears("hello")
        await stage.rests()
        await stage.hears("go on")
        await stage.rests()

    assert ["one", "two", f"sorry (server) {reference(stage)}", "re: go on"] == stage.phone.texts
    assert (["failed", "answered"], ()) == (stage.outcomes, stage.actor.scenes[1].spoken)


async def test_what_came_before_a_failure_is_not_joined() -> None:
    """A message that comes while we are sorry waits for its own turn."""
    stage = Stage()
    stage.actor.scripts = [[BackendUnavailable("cut")]]
    stage.phone.faults = [partial(stage.hears, "go on")]
    await stage.hears("hello")

    await stage.plays()

    assert [f"sorry (server) {reference(stage)}", "re: go on"] == stage.phone.texts


async def test_a_persona_that_breaks_harms_nobody_else() -> None:
    """A bug becomes an entry in the log and a polite line; other conversations go on."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 1), ValueError("a bug")]]
    await stage.hears("hello")
    await stage.hears("hello", where=place("8"))

    await stage.plays()

    assert [("8", "re: hello"), ("7", f"sorry (server) {reference(stage)}")] == stage.phone.sent
    assert ["turn broke"] == stage.witness.broken
    assert (["answered", "answered"], {"failed", "answered"}) == (
        stage.states,
        set(stage.outcomes),
    )


@pytest.mark.parametrize("typing", [True, False])
async def test_what_was_said_before_a_bug_stands(typing: bool) -> None:
    """The bubbles go first, then the line, in one turn; the next one begins with a clean slate."""
    stage = Stage(["one", "two", "three", ValueError("a bug")], pace=replace(BRISK, typing=typing))

    async with stage.attending():
        await stage.hears("hello")
        await stage.rests()
        await stage.hears("go on")
        await stage.rests()

    sorry = f"sorry (server) {reference(stage)}"
    assert ["one", "two", "three", sorry, "re: go on"] == stage.phone.texts
    assert "Failed" not in stage.diary
    assert (["failed", "answered"], ()) == (stage.outcomes, stage.actor.scenes[1].spoken)
    assert ["hello", "one", "two", "three", sorry, "go on", "re: go on"] == stage.transcript


async def test_a_bug_deals_with_all_that_the_turn_was_about() -> None:
    """Who joined the turn that broke is dealt with, and who came too late gets a turn."""
    stage = Stage()
    stage.actor.scripts = [
        [partial(stage.clock.sleep, 5)],
        ["one", partial(stage.hears, "three"), partial(stage.clock.sleep, 1), ValueError("a bug")],
    ]

    async with stage.attending():
        await stage.hears("one")
        await stage.clock.sleep(1)
        await stage.hears("two")
        await stage.clock.sleep(5)

        assert ["one", f"sorry (server) {reference(stage)}", "re: three"] == stage.phone.texts

    assert ["answered", "answered", "answered"] == stage.states
    assert ["failed", "answered"] == stage.outcomes


class LooseBoard(Porch):
    """A house in which one breaks a leg at every command."""

    def commands(self, heard: Heard) -> bool:
        raise KeyError(heard.text)


async def test_a_house_that_breaks_is_apologised_for() -> None:
    """A bug before there is a turn brings the line as well, for all that waited."""
    stage = Stage(porch=LooseBoard())
    await stage.hears("hello", "you")

    await stage.plays()

    assert [f"sorry (server) {reference(stage)}"] == stage.phone.texts
    assert (["answered", "answered"], ["failed"]) == (stage.states, stage.outcomes)


async def test_a_bubble_that_cannot_be_sent_is_given_up() -> None:
    """A channel that breaks at one bubble sends the others, and the line; nothing goes round."""
    stage = Stage(["one", "two", "three"])
    stage.phone.faults = [None, ValueError("a bug")]
    await stage.hears("hello")

    await stage.plays()

    sorry = f"sorry (server) {reference(stage, 1)}"
    assert ["one", "three", sorry] == stage.phone.texts
    assert ["delivered", "failed", "delivered", "delivered"] == [
        row.state for row in stage.ledger.said
    ]
    assert (["answered"], ["turn broke"]) == (stage.states, stage.witness.broken)


async def test_a_channel_that_breaks_while_we_speak_ends_the_turn() -> None:
    """The turn that was under way ends with the line, and no other is opened for it."""
    stage = Stage()
    stage.actor.scripts = [["one", partial(stage.clock.sleep, 5), "two"]]
    stage.phone.faults = [ValueError("a bug")]
    await stage.hears("hello")

    await stage.plays()

    assert [f"sorry (server) {reference(stage)}"] == stage.phone.texts
    assert (["failed"], ["answered"]) == (stage.outcomes, stage.states)


async def test_a_broken_bubble_of_an_earlier_visit_is_given_up() -> None:
    """What was left over and breaks fails, and those who wait are answered."""
    stage = Stage(["one", "two"])
    stage.phone.faults = [partial(stage.clock.sleep, 1000)]
    await stage.hears("hello")
    async with stage.attending():
        await stage.clock.sleep(1)
        stage.dies()
    await stage.clock.sleep(30)
    later = stage.beside()
    later.phone.faults = [ValueError("a bug")]
    await later.hears("and?")

    await later.plays()

    assert ["two", "re: and?"] == later.phone.texts
    assert (["answered", "answered"], ["turn broke"]) == (stage.states, later.witness.broken)


async def test_even_the_apology_may_break() -> None:
    """Nothing crashes: the message waits for the lease to end, and others are attended to."""
    stage = Stage([ValueError("a bug")])
    stage.phone.faults = [ValueError("another bug")]

    async with stage.attending():
        await stage.hears("hello")
        await stage.rests()
        await stage.hears("hello", where=place("8"))
        await stage.rests()

    assert ["turn broke", "turn broke"] == stage.witness.broken
    assert [("8", "re: hello")] == stage.phone.sent


async def test_an_apology_that_broke_is_not_repeated_for_ever() -> None:
    """A channel that breaks at everything is tried again when the lease is over, then left."""
    stage = Stage([ValueError("a bug")])
    stage.phone.faults = [ValueError("another bug")] * 9
    await stage.hears("hello")

    async with stage.attending():
        for _ in range(9):
            await stage.clock.sleep(30)
            stage.bells.wake()

    assert ([], ["failed"]) == (stage.phone.texts, stage.outcomes)
    assert ["failed"] == [row.state for row in stage.ledger.said]
    assert (3, 7) == (len(stage.witness.broken), len(stage.phone.faults))


class Leaky(LocalTail):
    """A cache with a bug."""

    async def put(self, conversation_id: int, kept: Kept) -> None:
        raise KeyError(conversation_id)


async def test_a_bug_after_the_turn_owes_nothing() -> None:
    """When all was said and given back, the log is told and nobody else."""
    stage = Stage(["one"], tail=Leaky())
    await stage.hears("hello")

    await stage.plays()

    assert (["one"], ["answered"]) == (stage.phone.texts, stage.outcomes)
    assert ["turn broke"] == stage.witness.broken


async def lose(stage: Stage) -> None:
    """The next thing that is asked of the ledger fails."""
    stage.ledger.fail_next(LedgerUnavailable("gone"))


async def test_a_ledger_that_is_away_is_no_bug() -> None:
    """A turn whose write fails is left for later, and nobody is told of it."""
    stage = Stage()
    stage.actor.scripts = [[partial(lose, stage), "one"]]
    await stage.hears("hello")

    async with stage.attending():
        await stage.clock.sleep(1)
        assert ([], []) == (stage.phone.texts, stage.witness.broken)
        await stage.clock.sleep(20)
        stage.bells.wake()
        await stage.rests()

    assert ["re: hello"] == stage.phone.texts
    assert HOME == stage.actor.scenes[1].conversation
