"""Words as they come on Telegram: what is seen when, and what is never asked of the platform."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest

from anima.errors import SlowDown, Undelivered
from anima.model import Conversation
from bots.gate import Gates
from bots.telegram.client import client
from bots.telegram.drafting import Drafting
from bots.telegram.outgoing import Outgoing
from tests.backend_fakes import Notes
from tests.far_side.botapi import BotApi, Draft, Fault
from tests.jump import JumpClock

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

HERE = Conversation("telegram", "42", "7")
MARK = 2**31 - 1


@dataclass
class Drawn:
    """A bot that draws, the server it draws at, and when it called it."""

    telegram: BotApi
    outgoing: Outgoing
    clock: JumpClock
    notes: Notes

    @property
    def seen(self) -> str | None:
        """What Ann sees of the message that is being written."""
        draft = self.telegram.sees(self.telegram.person())
        return draft.text if draft else None

    @property
    def shown(self) -> list[str]:
        """The text of each draft that was sent."""
        calls = self.telegram.calls
        return [one.params.text("text") for one in calls if one.method == "sendMessageDraft"]

    async def writes(self, text: str, rest_s: float = 0, mark: int = MARK) -> None:
        """The next bubble begins with *text*; then so many seconds go by."""
        await self.outgoing.draft(HERE, text, mark=mark)
        await self.clock.sleep(rest_s)

    async def thinks(self, seconds: int, mark: int = MARK) -> None:
        """The turn goes on for so long, and says so every four seconds."""
        for _ in range(0, seconds, 4):
            await self.outgoing.typing(HERE, mark=mark)
            await self.clock.sleep(4)


@asynccontextmanager
async def drawing(clock: JumpClock) -> AsyncIterator[Drawn]:
    """A bot that draws, while entered."""
    async with BotApi("42:TEST", now=lambda: clock.now().timestamp()) as telegram:
        telegram.person(7, "Ann")
        telegram.group(-100, "Friends")
        bot = client("42:TEST", telegram.url)
        gates = Gates(clock)
        notes = Notes()
        drafting = Drafting(bot, gates, clock, notes)
        async with asyncio.TaskGroup() as group:
            running = group.create_task(drafting.run())
            yield Drawn(telegram, Outgoing(bot, gates, notes, drafting), clock, notes)
            running.cancel()
        await bot.session.close()


@pytest.fixture
async def drawn(clock: JumpClock) -> AsyncIterator[Drawn]:
    """A bot that draws."""
    async with drawing(clock) as one:
        yield one


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Once **upon** a ti", "Once upon a ti"),
        ("从前**有一座**山", "从前有一座山"),
        ("むかし**むかし**、", "むかしむかし、"),
    ],
)
async def test_words_are_shown_with_their_looks(drawn: Drawn, text: str, plain: str) -> None:
    """As the message will look, with a button to stop it."""
    await drawn.writes(text, 0.5)

    draft = drawn.telegram.sees(drawn.telegram.person())
    assert draft
    assert (plain, MARK, True) == (draft.text, draft.id, draft.can_stop)
    assert ["bold"] == [one["type"] for one in draft.entities]
    assert [] == drawn.telegram.sent


async def test_an_unfinished_mark_stays_as_it_is(drawn: Drawn) -> None:
    """Nobody knows yet whether it is one."""
    await drawn.writes("Once **upon a", 0.5)

    assert "Once **upon a" == drawn.seen


async def test_there_is_a_second_between_two_drafts(drawn: Drawn) -> None:
    """Whatever comes meanwhile is left out, and the newest words are not."""
    for count in range(1, 26):
        await drawn.writes("word " * count, 0.1)
    await drawn.clock.sleep(2)

    assert 4 >= len(drawn.shown)
    assert ("word " * 25).strip() == drawn.seen


async def test_while_it_thinks_the_draft_does_not_vanish(drawn: Drawn) -> None:
    """An empty one shows that it thinks, again before thirty seconds are over, and not oftener."""
    await drawn.thinks(60)

    assert "" == drawn.seen
    assert ["", "", ""] == drawn.shown
    assert 0 == drawn.telegram.count["sendChatAction"]


async def test_what_nobody_writes_any_more_vanishes(drawn: Drawn) -> None:
    """A turn that ended without a word, or died, leaves nothing on the screen."""
    await drawn.thinks(12)

    await drawn.clock.sleep(40)

    assert (None, [""]) == (drawn.seen, drawn.shown)


async def test_the_message_takes_the_place_of_its_draft(drawn: Drawn) -> None:
    """And no draft comes after it, though the turn had just said that it writes."""
    await drawn.writes("Well", 1.5)
    await drawn.writes("Well then")
    await drawn.outgoing.typing(HERE, mark=MARK)

    await drawn.outgoing.send(HERE, "Well then.", key=1, reply_to="")
    await drawn.clock.sleep(5)

    assert (None, "sendMessage") == (drawn.seen, drawn.telegram.calls[-1].method)
    assert ["Well then."] == [one.text for one in drawn.telegram.sent]


async def test_between_two_bubbles_it_is_seen_thinking(drawn: Drawn) -> None:
    """As long as the turn goes on there is something to stop."""
    await drawn.writes("One", 1)
    await drawn.outgoing.send(HERE, "One.", key=1, reply_to="")

    await drawn.thinks(4)

    assert "" == drawn.seen


async def test_the_next_bubble_is_shown_when_the_one_before_it_has_left(drawn: Drawn) -> None:
    """A model writes faster than a person would: what is shown is the next one to be sent."""
    await drawn.writes("One", 1.5)
    await drawn.writes("One is")
    await drawn.writes("Two", 1.5)
    first = drawn.seen

    await drawn.outgoing.send(HERE, "One is.", key=1, reply_to="")
    await drawn.clock.sleep(1.5)

    assert ("One is", "Two") == (first, drawn.seen)


async def test_a_bubble_that_waits_keeps_its_draft(drawn: Drawn) -> None:
    """While the pace lets it wait, whoever sends says so, and the words stay on the screen."""
    await drawn.writes("One", 1)

    await drawn.thinks(40, mark=0)

    assert "One" == drawn.seen
    assert 0 == drawn.telegram.count["sendChatAction"]


async def test_a_message_waits_for_the_draft_before_it(drawn: Drawn) -> None:
    """A draft that arrived after its message would stay below it for half a minute."""
    order: list[str] = []
    drawn.telegram.on("sendMessage", lambda _: order.append("message"), "received")
    drawn.telegram.on("sendMessageDraft", lambda _: drawn.clock.sleep(2), "received")
    drawn.telegram.on("sendMessageDraft", lambda _: order.append("draft"))
    await drawn.writes("Well", 0.5)

    await drawn.outgoing.send(HERE, "Well then.", key=1, reply_to="")

    assert ["draft", "message"] == order
    assert drawn.seen is None


async def test_a_draft_that_hangs_holds_the_message_up_for_seconds_only(drawn: Drawn) -> None:
    """Nobody waits for long for what is only shown."""
    drawn.telegram.faults.add("sendMessageDraft", Fault.hang())
    await drawn.writes("Well", 0.5)
    began = drawn.clock.elapsed()

    await drawn.outgoing.send(HERE, "Well then.", key=1, reply_to="")

    assert drawn.clock.elapsed() - began <= 5
    assert ["Well then."] == [one.text for one in drawn.telegram.sent]


async def test_asked_for_patience_it_shows_nothing_more(drawn: Drawn) -> None:
    """No frame and no other call is spent on that turn; the message waits as long as was asked."""
    drawn.telegram.faults.add("sendMessageDraft", Fault.slow_down(9))
    await drawn.writes("Well", 1.5)
    await drawn.writes("Well then", 1.5)
    await drawn.thinks(4)

    with pytest.raises(SlowDown) as early:
        await drawn.outgoing.send(HERE, "Well then.", key=1, reply_to="")
    await drawn.thinks(4)
    calls = [one.method for one in drawn.telegram.calls]
    await drawn.outgoing.send(HERE, "Well then.", key=1, reply_to="")

    assert 0 < early.value.retry_after < 9
    assert ["sendMessageDraft"] == calls
    assert [("slowed down", {"seconds": 9})] == drawn.notes.noted
    assert ["Well then."] == [one.text for one in drawn.telegram.sent]


async def test_the_next_turn_draws_again(drawn: Drawn) -> None:
    """Patience was for the one; and what that had begun is forgotten."""
    drawn.telegram.faults.add("sendMessageDraft", Fault.slow_down(2))
    await drawn.writes("Well", 3)

    await drawn.writes("Now", 1, mark=5)

    assert Draft(5, "Now", can_stop=True) == drawn.telegram.sees(drawn.telegram.person())


async def test_while_messages_are_slowed_down_nothing_is_drawn(drawn: Drawn) -> None:
    """One gate for all kinds of calls."""
    drawn.telegram.faults.add("sendMessage", Fault.slow_down(4))
    with pytest.raises(SlowDown):
        await drawn.outgoing.send(HERE, "One.", key=1, reply_to="")

    await drawn.writes("Two", 3)
    early = drawn.seen
    await drawn.clock.sleep(1.5)

    assert (None, "Two") == (early, drawn.seen)


@pytest.mark.parametrize(
    "fault",
    [
        Fault.status(400, "Bad Request: message thread not found"),
        Fault.status(403, "Forbidden: bot was blocked by the user"),
    ],
)
async def test_a_draft_that_is_not_wanted_is_let_go(drawn: Drawn, fault: Fault) -> None:
    """Nothing takes its place, and the turn asks no more."""
    drawn.telegram.faults.add("sendMessageDraft", fault)

    await drawn.writes("Well", 1.5)
    await drawn.writes("Well then", 1.5)

    assert 1 == len(drawn.telegram.calls)


@pytest.mark.parametrize("fault", [Fault.gateway(502), Fault.cut(), Fault.garbage()])
async def test_a_lost_frame_is_followed_by_the_next(drawn: Drawn, fault: Fault) -> None:
    """As frames are; nobody repeats it."""
    drawn.telegram.faults.add("sendMessageDraft", fault)

    await drawn.writes("Well", 1.5)
    lost = drawn.seen
    await drawn.writes("Well then", 1.5)

    assert (None, "Well then") == (lost, drawn.seen)
    assert 2 == len(drawn.telegram.calls)


async def test_of_a_long_text_the_end_is_shown(drawn: Drawn) -> None:
    """As much as Telegram takes, in its own units, and no half of a letter."""
    await drawn.writes("a" + "🎻" * 3000 + "!", 1)

    assert "🎻" * 2047 + "!" == drawn.seen


async def test_a_beginning_may_be_taken_back(drawn: Drawn) -> None:
    """What comes in its place is shown, and until then that it thinks."""
    await drawn.writes("As an", 1.5)
    await drawn.writes("", 1.5)
    thinking = drawn.seen
    await drawn.writes("Oh", 1.5)

    assert ("", "Oh") == (thinking, drawn.seen)


async def test_a_topic_is_named(drawn: Drawn) -> None:
    """A private chat may have topics, and the draft goes to its own."""
    await drawn.outgoing.draft(replace(HERE, thread="3"), "Here", mark=MARK)
    await drawn.clock.sleep(0.5)

    assert drawn.seen is None
    assert Draft(MARK, "Here", can_stop=True) == drawn.telegram.sees(drawn.telegram.person(), 3)


@pytest.mark.parametrize(
    "where",
    [
        replace(HERE, chat="-100"),
        replace(HERE, connection="b1"),
        replace(HERE, chat="-100", thread="3"),
    ],
)
async def test_elsewhere_there_are_bubbles(drawn: Drawn, where: Conversation) -> None:
    """In groups and through an account it is seen typing, and nothing is drawn."""
    await drawn.outgoing.typing(where, mark=MARK)
    await drawn.clock.sleep(1)

    assert (True, False) == (drawn.outgoing.drafts_in(HERE), drawn.outgoing.drafts_in(where))
    assert ["sendChatAction"] == [one.method for one in drawn.telegram.calls]


async def test_where_no_turn_writes_it_is_seen_typing(drawn: Drawn) -> None:
    """A command has nothing to be stopped; and neither has a bubble that nobody saw begin."""
    await drawn.outgoing.typing(HERE)

    assert ["sendChatAction"] == [one.method for one in drawn.telegram.calls]


async def test_a_message_that_is_refused_is_no_harm_to_the_next(drawn: Drawn) -> None:
    """The draft stays until something takes its place."""
    await drawn.writes("One", 1)
    drawn.telegram.faults.add("sendMessage", Fault.status(400, "Bad Request: something else"))

    with pytest.raises(Undelivered):
        await drawn.outgoing.send(HERE, "One.", key=1, reply_to="")
    await drawn.outgoing.send(HERE, "Two.", key=2, reply_to="")
    await drawn.clock.sleep(2)

    assert (["Two."], None) == ([one.text for one in drawn.telegram.sent], drawn.seen)
