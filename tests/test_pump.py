"""Polling goes on whatever happens, and confirms nothing that is not kept."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from anima.errors import ConfigError, LedgerUnavailable, Unreachable
from anima.model import Beside, Button, Conversation, Incoming, Pressed, Rated
from bots.gate import Gates
from bots.telegram.client import client
from bots.telegram.ear import Ear
from bots.telegram.incoming import ALLOWED
from bots.telegram.outgoing import Outgoing
from bots.telegram.pump import Pump
from tests.backend_fakes import Notes
from tests.far_side.botapi import BotApi, Fault
from tests.far_side.botapi.journal import Sent
from tests.in_memory_ledger import InMemoryLedger
from tests.jump import JumpClock
from tests.living import TOKEN

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance"
WEBHOOK = "Conflict: can't use getUpdates method while webhook is active"


@dataclass(slots=True)
class Listening:
    """A pump at work, and what it hears from and writes to."""

    clock: JumpClock
    telegram: BotApi
    ledger: InMemoryLedger
    notes: Notes
    pump: Pump

    def texts(self) -> list[str]:
        """What people said, as the ledger has it."""
        meanings = [row.arrival.meaning for row in self.ledger.heard]
        return [one.text for one in meanings if isinstance(one, Incoming)]

    def troubles(self) -> list[str]:
        """The reasons that were noted, and `-` for each recovery."""
        return [
            str(facts.get("reason", "-"))
            for event, facts in self.notes.noted
            if event in {"poll failed", "poll recovered"}
        ]

    async def confirmed(self) -> None:
        """Wait until Telegram has nothing left for us."""
        await self.telegram.until(lambda: not self.telegram.pending, timeout=900)


@asynccontextmanager
async def poised(clock: JumpClock, token: str = TOKEN) -> AsyncIterator[Listening]:
    """A pump that has not begun yet."""
    async with BotApi(TOKEN) as telegram:
        bot, notes, ledger = client(token, telegram.url), Notes(), InMemoryLedger(clock)
        pump = Pump(bot, Ear(bot, lambda: {"": ("Ku",)}, ledger, notes), clock, notes)
        try:
            yield Listening(clock, telegram, ledger, notes, pump)
        finally:
            telegram.faults.clear()
            await bot.session.close()


@asynccontextmanager
async def pumping(clock: JumpClock) -> AsyncIterator[Listening]:
    """A pump at work, until left."""
    async with poised(clock) as listening, asyncio.TaskGroup() as group:
        running = group.create_task(listening.pump.run())
        await listening.telegram.until(lambda: listening.telegram.count["getUpdates"])
        yield listening
        running.cancel()


async def test_what_is_heard_is_kept_then_confirmed(clock: JumpClock) -> None:
    """The offset that confirms comes with the poll after the commit."""
    async with pumping(clock) as here:
        ann = here.telegram.person()
        kept: list[tuple[int, list[str]]] = []
        here.telegram.on(
            "getUpdates",
            lambda poll: kept.append((poll.whole("offset"), here.texts())),
            "received",
        )

        here.telegram.says(ann, ann, "one")
        await here.confirmed()
        here.telegram.says(ann, ann, "two")
        await here.confirmed()

    assert [["one"], ["one", "two"]] == [texts for offset, texts in kept if offset][:2]


async def test_the_first_poll_does_not_wait(clock: JumpClock) -> None:
    """We want to know at once whether we hear; later polls are long ones for what we take."""
    async with pumping(clock) as here:
        await here.telegram.until(lambda: here.telegram.count["getUpdates"] == 2)

        polls = [one.params for one in here.telegram.calls if one.method == "getUpdates"]

    assert ["0", "25"] == [str(one["timeout"]) for one in polls]
    assert list(ALLOWED) == polls[0].entries("allowed_updates")


@pytest.mark.parametrize(
    "fault",
    [
        Fault.status(500, "Internal Server Error"),
        Fault.gateway(502),
        Fault.slow_down(3),
        Fault.status(409, CONFLICT),
        Fault.garbage(),
        Fault.garbage("<html>"),
        Fault.garbage('{"ok":true,"result":{"no":"list"}}'),
        Fault.cut(),
        Fault.torn(),
        Fault.hang(),
    ],
    ids=["500", "502", "429", "409", "broken", "html", "no list", "cut", "torn", "hang"],
)
async def test_it_recovers_from_anything(fault: Fault, clock: JumpClock) -> None:
    """A poll that fails twice is noted once, made again, and nothing is lost."""
    async with pumping(clock) as here:
        here.telegram.faults.add("getUpdates", fault, times=2)
        ann = here.telegram.person()
        here.telegram.says(ann, ann, "one")
        here.telegram.says(ann, ann, "two")
        await here.confirmed()
        here.telegram.says(ann, ann, "three")

        await here.telegram.until(lambda: len(here.texts()) == 3, timeout=900)

        assert ["one", "two", "three"] == here.texts()
        assert 2 == len(here.troubles())
        assert "-" == here.troubles()[-1]


@pytest.mark.parametrize(
    ("refusal", "advice"), [(CONFLICT, "stop one of the two"), (WEBHOOK, "a webhook is set")]
)
async def test_a_conflict_is_noted_clearly_and_once(
    refusal: str, advice: str, clock: JumpClock
) -> None:
    """However long a second poller stays, the log has one line when it comes, one when it goes."""
    async with pumping(clock) as here:
        here.telegram.faults.add("getUpdates", Fault.status(409, refusal), times=8)
        ann = here.telegram.person()

        here.telegram.says(ann, ann, "one")
        here.telegram.says(ann, ann, "two")
        await here.confirmed()

        assert [True, False] == [advice in reason for reason in here.troubles()]
        assert ["one", "two"] == here.texts()


async def test_another_trouble_is_noted_too(clock: JumpClock) -> None:
    """When the reason changes while it fails, that is news."""
    async with pumping(clock) as here:
        here.telegram.faults.add("getUpdates", Fault.gateway(502))
        here.telegram.faults.add("getUpdates", Fault.status(409, CONFLICT))
        ann = here.telegram.person()

        here.telegram.says(ann, ann, "one")
        here.telegram.says(ann, ann, "two")
        await here.confirmed()

        assert 3 == len(here.troubles())


async def test_the_server_may_be_away_for_long(clock: JumpClock) -> None:
    """Nobody listening there at all is only a longer pause."""
    async with pumping(clock) as here:
        ann = here.telegram.person()
        await here.telegram.stop()
        await clock.sleep(300)
        here.telegram.says(ann, ann, "one")
        await here.telegram.start()

        await here.confirmed()

        assert ["one"] == here.texts()


async def test_nothing_is_confirmed_that_the_ledger_does_not_have(clock: JumpClock) -> None:
    """While the ledger is away the offset stays, and the batch is kept when it is back."""
    async with pumping(clock) as here:
        away = [LedgerUnavailable("the database did not answer")] * 3
        here.ledger.fail_next(*away)
        ann = here.telegram.person()
        polls = here.telegram.count["getUpdates"]

        here.telegram.says(ann, ann, "one")
        await here.telegram.until(lambda: here.telegram.count["getUpdates"] > polls + 1, 900)
        await here.confirmed()

        assert ["one"] == here.texts()
        assert ["the database did not answer", "-"] == here.troubles()


@pytest.mark.parametrize("token", ["42:WRONG", "43:TEST"])
async def test_a_wrong_token_ends_it(token: str, clock: JumpClock) -> None:
    """Only what waiting cannot mend is raised."""
    async with poised(clock, token) as here:
        with pytest.raises(ConfigError, match=r"telegram\.token"):
            await here.pump.run()


async def test_nonsense_is_set_aside_and_passed_by(clock: JumpClock) -> None:
    """Updates that nobody can read are kept with their text, and confirmed with the others."""
    async with pumping(clock) as here:
        ann = here.telegram.person()
        here.telegram.says(ann, ann, "one")
        for nonsense in ({"message": {"text": 5}}, "words", 17, None, [], {"message": []}):
            here.telegram.push(nonsense)
        here.telegram.says(ann, ann, "two")

        await here.confirmed()

        assert ["one", "two"] == here.texts()
        aside = [row.arrival.raw for row in here.ledger.heard if row.arrival.meaning is None]
        assert 6 == len(aside)
        assert 6 == [event for event, _ in here.notes.noted].count("set aside")


async def test_nonsense_without_any_number_is_no_busy_loop(clock: JumpClock) -> None:
    """What cannot be confirmed comes again at each poll, so those are rare then."""
    async with pumping(clock) as here:
        polls = here.telegram.count["getUpdates"]
        here.telegram.push("words")
        begun = clock.elapsed()

        await here.telegram.until(lambda: here.telegram.count["getUpdates"] > polls + 3, 900)

        assert clock.elapsed() - begun > 60
        assert 1 == len(here.ledger.heard)


async def test_kinds_of_updates_that_are_nothing_to_us_are_confirmed(clock: JumpClock) -> None:
    """A poll's answer or a reaction is passed by."""
    async with pumping(clock) as here:
        here.telegram.push({"poll_answer": {"poll_id": "1"}})

        await here.confirmed()

        assert [] == here.ledger.heard


async def test_the_probe_tells_whether_we_hear(clock: JumpClock) -> None:
    """Not before the first answer, not while polls fail, and not after a long silence."""
    async with poised(clock) as here:
        with pytest.raises(Unreachable, match="not connected yet"):
            await here.pump.probe()
        here.telegram.faults.add("getUpdates", Fault.gateway(502), times=3)
        async with asyncio.TaskGroup() as group:
            running = group.create_task(here.pump.run())
            await here.telegram.until(lambda: here.telegram.count["getUpdates"] == 2)
            with pytest.raises(Unreachable):
                await here.pump.probe()
            await here.telegram.until(lambda: here.telegram.count["getUpdates"] == 5, 900)
            await here.pump.probe()
            here.telegram.faults.add("getUpdates", Fault.hang(), times=None)
            running.cancel()

        await clock.sleep(91)

        with pytest.raises(Unreachable, match="no poll was answered for"):
            await here.pump.probe()


async def test_a_pressed_button_is_answered(clock: JumpClock) -> None:
    """Once the rating is kept, its button stops turning, with thanks in the person's language."""
    async with pumping(clock) as here:
        lin = here.telegram.person(8, "Lin", "zh-hans")
        message = here.telegram.says(lin, lin, "hello")["message"]
        here.telegram.presses(lin, message, "rate:77:good")
        here.telegram.presses(lin, message, "something else")

        await here.telegram.until(lambda: here.telegram.count["answerCallbackQuery"] == 2)

        answers = [one for one in here.telegram.calls if one.method == "answerCallbackQuery"]
        kept = [row.arrival.meaning for row in here.ledger.heard]
    assert ["谢谢！", "谢谢！"] == [one.params.text("text") for one in answers]
    assert [Incoming, Rated] == [type(one) for one in kept]


async def test_what_was_said_by_a_button_is_said_once(clock: JumpClock) -> None:
    """The press is kept and answered without a word; then the button is gone, a rating stays."""
    async with pumping(clock) as here:
        ann = here.telegram.person(7, "Ann")
        message = await asking(here, "7")
        here.telegram.presses(ann, message, "say:77:0")

        await here.telegram.until(lambda: here.telegram.count["editMessageReplyMarkup"])

        (answer,) = [one for one in here.telegram.calls if one.method == "answerCallbackQuery"]
        (kept,) = [row.arrival.meaning for row in here.ledger.heard]
        left = here.telegram.world.places.at(7).messages[message.message_id]
    assert "" == answer.params.text("text")
    assert isinstance(kept, Pressed)
    assert [["rate:77:good", "rate:77:bad", "rate:77:unlike"]] == [
        [one["callback_data"] for one in row] for row in left["reply_markup"]["inline_keyboard"]
    ]


async def test_in_a_group_the_buttons_stay(clock: JumpClock) -> None:
    """Whoever presses without being allowed to takes nothing from who may."""
    async with pumping(clock) as here:
        ann = here.telegram.person(7, "Ann")
        here.telegram.group(-100, "Friends")
        here.telegram.presses(ann, await asking(here, "-100"), "say:77:0")

        await here.telegram.until(lambda: here.telegram.count["answerCallbackQuery"])
        await here.confirmed()

        kept = [row.arrival.meaning for row in here.ledger.heard]
    assert [Pressed] == [type(one) for one in kept]
    assert 0 == here.telegram.count["editMessageReplyMarkup"]


async def test_buttons_that_cannot_be_taken_away_stop_nothing(clock: JumpClock) -> None:
    """Perhaps the message is gone; what was said by it counts."""
    async with pumping(clock) as here:
        ann = here.telegram.person(7, "Ann")
        message = await asking(here, "7")
        here.telegram.faults.add("editMessageReplyMarkup", Fault.status(400), times=None)
        here.telegram.presses(ann, message, "say:77:0")
        here.telegram.says(ann, ann, "still there?")

        await here.confirmed()

        kept = [row.arrival.meaning for row in here.ledger.heard]
    assert [Pressed, Incoming] == [type(one) for one in kept]


async def asking(here: Listening, chat: str) -> Sent:
    """A bubble of ours that asks something, and how it is liked."""
    bot = client(TOKEN, here.telegram.url)
    place = Conversation("telegram", "42", chat)
    asks = Beside((Button("Yes", "/yes"),))
    outgoing = Outgoing(bot, Gates(here.clock), here.notes)
    await outgoing.send(place, "Sure?", key=77, reply_to="", asks=True, beside=asks)
    await bot.session.close()
    return here.telegram.sent[-1]


async def test_a_button_that_cannot_be_answered_stops_nothing(clock: JumpClock) -> None:
    """Telegram forgets a press after a while; what it said is kept all the same."""
    async with pumping(clock) as here:
        ann = here.telegram.person(7, "Ann")
        message = here.telegram.says(ann, ann, "hello")["message"]
        here.telegram.faults.add("answerCallbackQuery", Fault.status(400), times=None)
        here.telegram.presses(ann, message, "rate:77:bad")
        here.telegram.says(ann, ann, "still there?")

        await here.confirmed()

        kept = [row.arrival.meaning for row in here.ledger.heard]
    assert [Incoming, Rated, Incoming] == [type(one) for one in kept]
