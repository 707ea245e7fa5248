"""Telegram's patience: a tired chat waits alone, two tired ones mean the bot."""

import pytest

from bots.gate import Gates
from tests.jump import JumpClock

pytestmark = pytest.mark.jumping


async def test_nobody_waits_at_first(clock: JumpClock) -> None:
    """As long as Telegram has not complained, everything may be sent."""
    gates = Gates(clock)

    assert 0 == gates.closed_s("1")


async def test_a_tired_chat_waits_alone(clock: JumpClock) -> None:
    """The chat waits for as long as it was told, less what has passed; others do not."""
    gates = Gates(clock)
    gates.close("1", 5)
    await clock.sleep(2)

    waits = [gates.closed_s(chat) for chat in ("1", "2")]
    await clock.sleep(3)

    assert [3, 0] == waits
    assert 0 == gates.closed_s("1")


async def test_two_tired_chats_mean_the_bot(clock: JumpClock) -> None:
    """Everybody waits for as long as both are closed, and each of the two for its own time."""
    gates = Gates(clock)
    gates.close("1", 5)
    gates.close("2", 30)

    waits = [gates.closed_s(chat) for chat in ("1", "2", "3")]
    await clock.sleep(6)

    assert [5, 30, 5] == waits
    assert [0, 24, 0] == [gates.closed_s(chat) for chat in ("1", "2", "3")]


async def test_one_after_the_other_does_not_mean_the_bot(clock: JumpClock) -> None:
    """A second chat is no reason when the first one's time is over."""
    gates = Gates(clock)
    gates.close("1", 5)
    await clock.sleep(6)
    gates.close("2", 5)

    assert 0 == gates.closed_s("3")


async def test_the_same_chat_twice_does_not_mean_the_bot(clock: JumpClock) -> None:
    """However often one chat is told to wait, the others go on."""
    gates = Gates(clock)
    gates.close("1", 5)
    gates.close("1", 9)

    assert [9, 0] == [gates.closed_s(chat) for chat in ("1", "2")]


async def test_the_longest_wait_of_the_bot_counts(clock: JumpClock) -> None:
    """A shorter wait that is noticed later does not open the bot's gate early."""
    gates = Gates(clock)
    for chat, seconds in (("1", 60), ("2", 40), ("3", 1)):
        gates.close(chat, seconds)

    assert 40 == gates.closed_s("4")


@pytest.mark.slow
async def test_it_does_not_grow_without_end(clock: JumpClock) -> None:
    """Thousands of chats told to wait at once are not all remembered; the bot's gate is."""
    gates = Gates(clock)

    for chat in range(3000):
        gates.close(str(chat), 60)

    assert 60 == gates.closed_s("somebody else")
    assert len(gates._until) <= 1000
