"""Groups: whose words are answered, when the avatar speaks up, and why it does not."""

from dataclasses import replace
from functools import partial

import pytest

from anima.errors import BackendUnavailable, Refused
from anima.model import Conversation, Decision, Draft, Scene
from anima.pace import Pace
from tests.cast import ACCOUNT, ANN, BO, HOME, Script
from tests.stage import BRISK, Stage

pytestmark = pytest.mark.jumping

LINGERING = replace(BRISK, linger_s=1.2)
CY = replace(BO, id="3", name="Cy")


def heard(stage: Stage) -> list[list[str]]:
    """What each scene was about."""
    return [[one.text for one in scene.heard] for scene in stage.actor.scenes]


def before(stage: Stage) -> list[list[str]]:
    """What each scene knows besides."""
    return [[one.text for one in scene.lines] for scene in stage.actor.scenes]


def reasons(stage: Stage) -> list[str]:
    """Why it spoke or not, a reason for each turn."""
    return [turn.ended.reason if turn.ended else "?" for turn in stage.turns]


async def lively(*scripts: Script, dial: int = 3, pace: Pace = BRISK) -> Stage:
    """A group in which the avatar may speak up."""
    stage = Stage(pace=pace)
    await stage.hears("hi", private=False, addressed=False)
    await stage.plays()
    await stage.clock.sleep(1)
    stage.ledger.store.places[1].dial = dial
    return Stage(*scripts, store=stage.ledger.store, pace=pace)


@pytest.mark.parametrize(("ponders", "said"), [(True, ["re: who knows?"]), (False, [])])
async def test_where_the_rules_cannot_tell_somebody_is_asked(
    said: list[str], *, ponders: bool
) -> None:
    """The persona ponders once, about that very scene, and its word counts."""
    stage = await lively()
    stage.actor.ponders = ponders
    stage.actor.weighs = lambda _scene, _dial: Decision(speaks=False, reason="unsure", sure=False)

    await stage.hears("who knows?", private=False, addressed=False)
    await stage.plays()

    assert [["who knows?"]] == [[one.text for one in scene.heard] for scene in stage.actor.pondered]
    assert said == stage.phone.texts
    assert "pondered" == reasons(stage)[-1]


async def test_anothers_words_are_known_and_not_answered() -> None:
    """What Bo says while Ann asks is a part of the scene, in its place in the talk."""
    stage = Stage(pace=LINGERING)

    async with stage.attending():
        await stage.hears("avatar, what shall we eat?", private=False)
        await stage.hears("I want sushi", who=BO, private=False, addressed=False)
        await stage.clock.sleep(0.5)
        await stage.hears("well?", private=False, addressed=False)
        await stage.rests()

    assert [["avatar, what shall we eat?", "well?"]] == heard(stage)
    assert [["I want sushi"]] == before(stage)
    assert ["answered", "noted", "answered"] == stage.states
    assert ["avatar, what shall we eat?", "I want sushi", "well?"] == stage.transcript[:3]
    assert stage.transcript == await stage.remembered()


async def test_two_who_ask_at_once_are_answered_one_by_one() -> None:
    """Each in a turn about them alone, in the order of asking, and each reply is to them."""
    stage = Stage(pace=LINGERING)
    await stage.happens(
        *stage.words("avatar, one?", private=False),
        replace(stage.words("avatar, two?", who=BO, private=False)[0], message="2"),
        replace(stage.words("please", private=False, addressed=False)[0], message="3"),
    )

    await stage.plays()

    assert [["avatar, one?", "please"], ["avatar, two?"]] == heard(stage)
    assert ["re: avatar, one? + please", "re: avatar, two?"] == stage.phone.texts
    assert ["1", "2"] == stage.phone.replies


async def test_anothers_chatter_does_not_keep_the_asker_waiting() -> None:
    """The quiet time is that of who asked."""
    stage = Stage(pace=LINGERING)

    async with stage.attending():
        await stage.hears("avatar?", private=False)
        for _ in range(4):
            await stage.clock.sleep(0.5)
            await stage.hears("bla", who=BO, private=False, addressed=False)
        await stage.rests()

    began = stage.actor.scenes[0].now
    assert 1.2 == (began - stage.actor.scenes[0].heard[0].at).total_seconds()


async def test_a_stranger_who_asks_between_is_refused_alone() -> None:
    """What others said without asking stays a part of the talk, and who asks is answered."""
    stage = Stage()
    stage.porch.strangers.add("Bo")
    await stage.happens(
        *stage.words("nice day", private=False, addressed=False, who=CY),
        *stage.words("avatar, obey me", private=False, who=BO),
        *stage.words("avatar, hello", private=False),
    )

    await stage.plays()

    assert ["I do not know you.", "re: avatar, hello"] == stage.phone.texts
    assert ["noted", "refused", "answered"] == stage.states
    assert ["stranger", "dial 1"] == reasons(stage)
    assert ["nice day", "I do not know you.", "avatar, hello"] == stage.transcript[:3]
    assert stage.transcript == await stage.remembered()


async def test_where_nobody_asked_it_is_silent_and_does_not_even_look() -> None:
    """At the usual dial no talk is read and nobody is asked whether there is something to say."""
    stage = Stage()
    await stage.hears("help!", private=False, addressed=False)

    await stage.plays()

    assert ([], []) == (stage.actor.scenes, stage.actor.weighed)
    assert (["silent"], ["unasked"]) == (stage.outcomes, reasons(stage))


async def test_at_a_higher_dial_it_speaks_up_when_it_has_something_to_say() -> None:
    """The scene says that nobody asked, and the line points at nobody's message."""
    stage = await lively()
    await stage.hears("help!", who=BO, private=False, addressed=False)

    await stage.plays()

    (scene,) = stage.actor.scenes
    assert (["help!"], ["hi"], True) == (heard(stage)[0], before(stage)[0], scene.unasked)
    assert (["re: help!"], [""]) == (stage.phone.texts, stage.phone.replies)
    assert (["silent", "answered"], "dial 3") == (stage.outcomes, reasons(stage)[-1])
    assert stage.transcript == await stage.remembered()


async def test_it_keeps_silent_when_it_has_nothing_to_say() -> None:
    """The words are noted, with the reason, and the log has no words of anybody."""
    stage = await lively()
    stage.actor.weighs = lambda _scene, _dial: Decision(speaks=False, reason="topic secret")
    await stage.hears("lunch?", "anyone?", who=BO, private=False, addressed=False)

    await stage.plays()

    assert ([], ["silent", "silent"]) == (stage.phone.texts, stage.outcomes)
    assert "topic secret" == reasons(stage)[-1]
    assert [("noted", {"count": 2, "reason": "topic"})] == stage.witness.noted
    assert ["hi", "lunch?", "anyone?"] == stage.transcript == await stage.remembered()


async def test_it_waits_until_they_have_finished_before_it_decides() -> None:
    """Nobody is interrupted, and who gets an answer from a friend needs none of ours."""
    stage = await lively(pace=LINGERING)
    seen: list[list[str]] = []

    def weighs(scene: Scene, dial: int) -> Decision:
        seen.append([line.text for line in scene.lines] + [one.text for one in scene.heard])
        return Decision(scene.heard[-1].text.endswith("!"), f"{dial}")

    stage.actor.weighs = weighs

    async with stage.attending():
        await stage.hears("when is the train!", who=BO, private=False, addressed=False)
        await stage.clock.sleep(0.5)
        await stage.hears("at five", who=CY, private=False, addressed=False)
        await stage.rests()

    assert [["hi", "when is the train!", "at five"]] == seen
    assert [] == stage.phone.texts


async def test_what_is_said_while_it_thinks_may_make_its_line_needless() -> None:
    """A friend's answer stops the model; nothing was said, and both lines are known."""
    stage = await lively()
    stage.actor.scripts = [[partial(stage.clock.sleep, 5), "never"]]

    async with stage.attending():
        await stage.hears("when is the train!", who=BO, private=False, addressed=False)
        await stage.clock.sleep(2)
        await stage.hears("at five", who=CY, private=False, addressed=False)
        await stage.rests()

    assert ([], 1) == (stage.phone.texts, stage.actor.closed)
    assert ["silent", "silent"] == stage.outcomes
    assert ["hi", "when is the train!", "at five"] == stage.transcript


async def test_who_asks_while_it_thinks_is_answered() -> None:
    """The turn becomes theirs; what was about to be said unasked is not."""
    stage = await lively()
    stage.actor.scripts = [[partial(stage.clock.sleep, 5), "never"]]

    async with stage.attending():
        await stage.hears("when is the train!", who=BO, private=False, addressed=False)
        await stage.clock.sleep(2)
        await stage.hears("avatar, you know it", who=CY, private=False)
        await stage.rests()

    assert ["re: avatar, you know it"] == stage.phone.texts
    assert ["hi", "when is the train!"] == before(stage)[-1]
    assert ["noted", "noted", "answered"] == stage.states


async def test_a_stranger_who_asks_while_it_thinks_is_refused() -> None:
    """They do not get what nobody asked for, nor an answer."""
    stage = await lively()
    stage.porch.strangers.add("Cy")
    stage.actor.scripts = [[partial(stage.clock.sleep, 5), "never"]]

    async with stage.attending():
        await stage.hears("when is the train!", who=BO, private=False, addressed=False)
        await stage.clock.sleep(2)
        await stage.hears("avatar, obey", who=CY, private=False)
        await stage.rests()

    assert ["I do not know you."] == stage.phone.texts
    assert ["noted", "noted", "refused"] == stage.states


async def test_a_stranger_moves_it_to_nothing() -> None:
    """What somebody says with whom it does not talk is no reason to speak up."""
    stage = await lively()
    stage.porch.strangers.add("Bo")
    await stage.hears("help!", who=BO, private=False, addressed=False)

    await stage.plays()

    assert ([], "stranger") == (stage.phone.texts, reasons(stage)[-1])


@pytest.mark.parametrize("error", [BackendUnavailable("gone"), Refused("no")])
async def test_who_was_not_asked_owes_no_excuse(error: Exception) -> None:
    """When the model fails nobody hears of it but the log, and the words stay known."""
    stage = await lively([error])
    await stage.hears("help!", who=BO, private=False, addressed=False)

    await stage.plays()

    assert ([], ["silent", "failed"]) == (stage.phone.texts, stage.outcomes)
    assert 1 == stage.witness.count("turn failed")
    assert ["hi", "help!"] == stage.transcript == await stage.remembered()


async def test_a_line_of_its_own_that_breaks_is_let_go() -> None:
    """A fault of ours ends the turn, without a word to those who did not ask."""
    stage = await lively([RuntimeError("a bug")])
    await stage.hears("help!", who=BO, private=False, addressed=False)

    await stage.plays()

    assert ([], ["silent", "failed"]) == (stage.phone.texts, stage.outcomes)
    assert ["turn broke"] == stage.witness.broken


async def test_it_may_think_better_of_it() -> None:
    """A model that says nothing after all is silent, for the reason that moved it."""
    stage = await lively([Draft("hm"), ACCOUNT])
    await stage.hears("help!", who=BO, private=False, addressed=False)

    await stage.plays()

    assert ([], "silent", "dial 3") == (stage.phone.texts, stage.outcomes[-1], reasons(stage)[-1])


async def test_what_it_had_begun_unasked_is_ended_after_a_crash() -> None:
    """Half a line is worse than none: the next process goes on, whatever the rules are then."""
    stage = await lively()
    stage.actor.scripts = [["one", partial(stage.clock.sleep, 100), "two"]]
    await stage.hears("help!", who=BO, private=False, addressed=False)
    async with stage.attending():
        await stage.clock.sleep(5)
        stage.dies()
    await stage.clock.sleep(100)
    stage.ledger.store.places[1].dial = 0
    later = stage.beside(["one", "two"])

    await later.plays()

    assert (["one"], ["two"]) == (stage.phone.texts, later.phone.texts)
    assert "resumed" == reasons(later)[-1]


async def test_a_new_soul_takes_over_only_when_it_speaks() -> None:
    """What is kept silent at is still remembered by the one whose talk it is."""
    stage = await lively()
    await stage.hears("avatar?", private=False)
    await stage.plays()
    await stage.clock.sleep(1)
    stage = stage.beside()
    stage.souls.first = "KU2.0"
    await stage.hears("lunch", who=BO, private=False, addressed=False)

    await stage.plays()

    assert "KU1.0" == stage.ledger.store.places[1].soul
    assert ["hi", "avatar?", "re: avatar?", "lunch"] == stage.transcript


async def test_the_dial_is_turned_by_a_command_and_holds_here_only() -> None:
    """From the next message on, in this group and no other."""
    stage = Stage()
    other = Conversation("telegram", "anima", "8")

    async with stage.attending():
        await stage.hears("/talk 4", private=False)
        await stage.rests()
        for where in (HOME, other):
            await stage.hears("help!", who=BO, where=where, private=False, addressed=False)
            await stage.rests()

    assert [("7", "dial 4"), ("7", "re: help!")] == stage.phone.sent


async def test_in_private_nobody_weighs_a_dial() -> None:
    """Whatever it says, who writes to us alone is answered, and what is not for us is not."""
    stage = Stage()
    await stage.hears("psst!", addressed=False)
    await stage.plays()
    await stage.clock.sleep(1)
    stage.ledger.store.places[1].dial = 5
    stage = stage.beside()
    await stage.hears("psst!", addressed=False)

    await stage.plays()

    assert ([], ["unasked", "unasked"]) == (stage.phone.texts, reasons(stage))


async def test_a_chosen_language_is_known_with_the_next_message() -> None:
    """In any conversation of the same person; nobody else's changes."""
    stage = Stage()

    async with stage.attending():
        for text, who in (("/language ja", ANN), ("hello", ANN), ("hello", BO)):
            await stage.hears(text, who=who, private=False)
            await stage.rests()

    assert ["ja", ""] == [scene.heard[0].tongue for scene in stage.actor.scenes]
