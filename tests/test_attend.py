"""One message, one turn: what is written, said and remembered on the way."""

from dataclasses import replace
from functools import partial

import pytest

from anima.model import Account, Draft
from tests.cast import ACCOUNT, ANN, BO, HOME, Script, place
from tests.stage import BRISK, Stage

pytestmark = pytest.mark.jumping


async def test_a_message_is_answered() -> None:
    """One message brings one turn, and the conversation is free again."""
    stage = Stage()
    await stage.hears("hello")

    await stage.plays()

    assert [("7", "re: hello")] == stage.phone.sent
    assert (["answered"], ["answered"]) == (stage.states, stage.outcomes)
    assert [("re: hello", "delivered", "m1")] == [
        (row.text, row.state, row.message) for row in stage.ledger.said
    ]
    assert stage.ledger.store.places[1].lease_until is None


async def test_the_shortest_way_has_four_writes() -> None:
    """After hearing there is a claim, the decision and end, the delivery and giving back."""
    stage = Stage()
    await stage.hears("hello")

    await stage.plays()

    assert [
        "claim",
        "Began+Changed+Say+Ended",
        "send re: hello",
        "Delivered+Released",
    ] == stage.diary


async def test_a_bubble_is_in_the_ledger_before_it_is_sent() -> None:
    """Each bubble is decided, then sent, then known as delivered; what follows shares a write."""
    stage = Stage()
    stage.actor.scripts = [["one", partial(stage.clock.sleep, 1), "two", "three"]]
    await stage.hears("hello")

    await stage.plays()

    assert [
        "claim",
        "Began+Changed+Say",
        "send one",
        "Delivered",
        "Say",
        "send two",
        "Say+Ended",
        "Delivered+Sending",
        "send three",
        "Delivered+Released",
    ] == stage.diary


async def test_an_account_may_come_alone() -> None:
    """An answer whose last bubble was known as such too late ends in a write of its own."""
    stage = Stage(["one", ACCOUNT])
    await stage.hears("hello")

    await stage.plays()

    assert ["one"] == stage.phone.texts
    assert ["answered"] == stage.outcomes
    assert [ACCOUNT] == [turn.ended and turn.ended.account for turn in stage.turns]


async def test_it_is_busy_while_somebody_waits() -> None:
    """And before and after that it is not."""
    stage = Stage()
    seen = [stage.attendant.busy]

    async def looks() -> None:
        seen.append(stage.attendant.busy)

    stage.actor.scripts = [[looks, "Hi."]]
    await stage.hears("hello")
    await stage.plays()

    assert [False, True, False] == [*seen, stage.attendant.busy]


async def test_the_turn_knows_what_it_cost() -> None:
    """The soul, the revision and the time to the first word are kept with the turn."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 2.5), "one", "two"]]
    await stage.hears("hello")

    await stage.plays()

    (turn,) = stage.turns
    assert turn.ended is not None
    assert (Account("KU5.0", "r1"), 2.5) == (turn.ended.account, turn.ended.first_s)
    assert {"turn": turn.id, "bubbles": 2, "first_s": 2.5, "seconds": 2.5} == dict(
        stage.witness.noted
    )["turn answered"]


async def test_what_was_said_and_heard_is_remembered() -> None:
    """The next turn knows all of the one before, from the cache as well as from the ledger."""
    stage = Stage()
    await stage.hears("hello")

    async with stage.attending():
        await stage.rests()
        await stage.hears("again")
        await stage.rests()

    first, second = stage.actor.scenes
    assert ((), ["hello", "re: hello"]) == (first.lines, [line.text for line in second.lines])
    assert [ANN, None] == [line.speaker for line in second.lines]
    assert ["hello", "re: hello", "again", "re: again"] == stage.transcript
    assert stage.transcript == await stage.remembered()


async def test_the_scene_tells_where_we_are() -> None:
    """The persona knows the place, who is there, and the time."""
    stage = Stage()
    await stage.hears("hello", where=place("-100"), private=False)

    await stage.plays()

    (scene,) = stage.actor.scenes
    assert (place("-100"), False, stage.clock.now().date()) == (
        scene.conversation,
        scene.private,
        scene.now.date(),
    )
    assert ("hello", ANN, 0, False) == (
        scene.heard[0].text,
        scene.heard[0].speaker,
        scene.missed,
        scene.drafts,
    )


async def test_a_long_bubble_is_cut_for_the_platform() -> None:
    """What the platform takes in pieces is sent in pieces, each with a key of its own."""
    stage = Stage(["one|two", "three"])
    await stage.hears("hello")

    await stage.plays()

    assert ["one", "two", "three"] == stage.phone.texts
    assert [row.words.id for row in stage.ledger.said] == stage.phone.keys


async def test_an_answer_in_a_group_points_at_what_it_answers() -> None:
    """The first bubble replies to the last message that addressed us; in private none does."""
    group, private = Stage(["one", "two"]), Stage()
    await group.hears("hey you", private=False)
    await group.hears("what?", who=BO, private=False, addressed=False)
    await private.hears("hello")

    await group.plays()
    await private.plays()

    assert (["1", ""], [""]) == (group.phone.replies, private.phone.replies)


async def test_drafts_are_shown_where_there_is_a_place_for_them() -> None:
    """A draft goes to the channel as it comes, and into no ledger."""
    stage = Stage([Draft("o"), Draft("on"), "one"])
    stage.phone.drafts = True
    await stage.hears("hello")

    await stage.plays()

    assert ["o", "on"] == stage.phone.drafted
    assert ["one"] == [row.text for row in stage.ledger.said]
    assert stage.actor.scenes[0].drafts


async def test_drafts_are_a_matter_of_the_conversation() -> None:
    """A platform may show words as they come in one place, and in another whole bubbles only."""
    stage = Stage()
    stage.phone.drafts = True
    await stage.hears("hello")
    await stage.hears("hello", where=replace(HOME, connection="business"))

    await stage.plays()

    shown = {scene.conversation.connection: scene.drafts for scene in stage.actor.scenes}
    assert {"": True, "business": False} == shown


async def test_typing_is_shown_at_once_and_again() -> None:
    """While the model works the indicator never goes out, where bubbles come as if typed."""
    stage = Stage(pace=replace(BRISK, typing=True))
    stage.actor.scripts = [[partial(stage.clock.sleep, 9), "one"]]
    await stage.hears("hello")

    await stage.plays()

    assert [0, 4, 8] == stage.phone.typed_at


async def test_a_quick_answer_needs_no_indicator() -> None:
    """Without a play at typing the indicator comes after some seconds, or never."""
    quick, slow = Stage(), Stage()
    quick.actor.scripts = [[partial(quick.clock.sleep, 2.4), "one"]]
    slow.actor.scripts = [[partial(slow.clock.sleep, 6), "one"]]
    await quick.hears("hello")
    await slow.hears("hello")

    await slow.plays()
    began = quick.clock.elapsed()
    await quick.plays()

    assert ([2.5], []) == (slow.phone.typed_at, quick.phone.typed_at)
    assert 2.4 == pytest.approx(quick.phone.sent_at[0] - began)


async def test_bubbles_come_at_the_pace_of_somebody_who_types() -> None:
    """The first leaves at once; each later one after the time that writing it takes."""
    pace = replace(BRISK, typing=True)
    stage = Stage(["one", "x" * 40, "好" * 10], pace=pace)
    stage.phone.takes_s = 0
    await stage.hears("hello")

    await stage.plays()

    assert [0, 2.0, 3.6] == [round(at, 6) for at in stage.phone.sent_at]
    assert [0, 0, 2.0] == [round(at, 6) for at in stage.phone.typed_at]
    assert [pace.writing_s("x" * 40), pace.writing_s("好" * 10)] == [2.0, 1.6]


async def test_the_time_of_a_slow_model_counts_as_writing() -> None:
    """A bubble that took long to come is not held back any longer."""
    stage = Stage(pace=replace(BRISK, typing=True))

    def bubble(text: str, after_s: float) -> Script:
        return [partial(stage.clock.sleep, after_s), text]

    stage.actor.scripts = [["one", *bubble("x" * 40, 1.5), "y", *bubble("z", 9)]]
    stage.phone.takes_s = 0
    await stage.hears("hello")

    await stage.plays()

    assert [0, 2.0, 2.44, 10.5] == [round(at, 6) for at in stage.phone.sent_at]


async def test_a_group_that_talks_among_itself_is_listened_to() -> None:
    """What is not for us gets no answer, and is known when somebody asks us."""
    stage = Stage()
    await stage.hears("nice day", "isn't it", private=False, addressed=False)

    async with stage.attending():
        await stage.rests()
        await stage.hears("avatar, agree?", private=False)
        await stage.rests()

    assert ["re: avatar, agree?"] == stage.phone.texts
    assert ["noted", "noted", "answered"] == stage.states
    noted = [facts for event, facts in stage.witness.noted if event == "noted"]
    assert [{"count": 2, "reason": "unasked"}] == noted
    (scene,) = stage.actor.scenes
    assert ["nice day", "isn't it"] == [line.text for line in scene.lines]
    assert stage.transcript == await stage.remembered()
