"""The terminal is a platform like the others."""

import io
import threading

import pytest

from anima.clock import SystemClock
from anima.errors import Gone
from anima.ids import Ids
from anima.model import Conversation, Incoming
from bots.console import NAME, Console
from tests.in_memory_ledger import InMemoryLedger

HERE = Conversation(*NAME, chat="ann")


def terminal(typed: str = "") -> tuple[Console, InMemoryLedger, io.StringIO]:
    """A console at which somebody has *typed*, what it heard and what it shows."""
    clock, shown = SystemClock(), io.StringIO()
    ledger = InMemoryLedger(clock)
    console = Console(io.StringIO(typed), shown, "ann", ledger, clock, Ids(clock))
    return console, ledger, shown


async def test_each_line_is_a_message() -> None:
    """Lines are heard in order until the input ends; empty ones are nothing."""
    console, ledger, _ = terminal("one\n\n  \n two \nthree")

    await console.run()

    heard = [row.arrival.meaning for row in ledger.heard]
    assert ["one", "two", "three"] == [one.text for one in heard if isinstance(one, Incoming)]
    assert {HERE} == {one.conversation for one in heard if one}


async def test_the_same_line_twice_is_two_messages() -> None:
    """Nobody repeats an update here."""
    console, ledger, _ = terminal("yes\nyes\n")

    await console.run()

    assert 2 == len(ledger.heard)


async def test_an_answer_is_a_line() -> None:
    """What is said is shown, each bubble on a line of its own, in one piece."""
    console, _, shown = terminal()

    keys = [await console.send(HERE, text, key=n, reply_to="") for n, text in ((1, "a"), (2, "b"))]

    assert "a\nb\n" == shown.getvalue()
    assert ["1", "2"] == keys
    assert ("a\n\nb",) == console.pieces("a\n\nb")


async def test_words_appear_as_they_come() -> None:
    """Drafts are shown at once, and the bubble adds only what is missing."""
    console, _, shown = terminal()
    for draft in ("Hel", "Hello", "Hello wor"):
        await console.draft(HERE, draft)

    await console.send(HERE, "Hello world.", key=1, reply_to="")
    await console.send(HERE, "Hello again.", key=2, reply_to="")

    assert console.drafts is True
    assert "Hello world.\nHello again.\n" == shown.getvalue()


async def test_a_draft_that_was_taken_back_does_not_spoil_the_bubble() -> None:
    """When a bubble begins in another way, it is shown whole on a line of its own."""
    console, _, shown = terminal()
    await console.draft(HERE, "Hello")
    await console.draft(HERE, "Good morning")
    await console.send(HERE, "Good morning.", key=1, reply_to="")

    await console.draft(HERE, "A long")
    await console.send(HERE, "Sorry.", key=2, reply_to="")

    assert "Hello\nGood morning.\nA long\nSorry.\n" == shown.getvalue()


class Broken(io.StringIO):
    """A stream that nobody reads."""

    def flush(self) -> None:
        raise BrokenPipeError


async def test_when_nobody_reads_any_more_the_talk_is_over() -> None:
    """A reader who left has closed the place, and what is typed after that is not heard."""
    clock, keys = SystemClock(), _Keys()
    ledger = InMemoryLedger(clock)
    console = Console(keys, Broken(), "ann", ledger, clock, Ids(clock))

    with pytest.raises(Gone):
        await console.send(HERE, "Hello", key=1, reply_to="")
    await console.run()
    keys.released.set()

    assert [] == ledger.heard


class _Keys(io.StringIO):
    """Somebody who thinks for long before typing."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def __next__(self) -> str:
        self.released.wait()
        raise StopIteration


async def test_it_needs_no_typing_indicator() -> None:
    """The terminal shows words instead."""
    console, _, shown = terminal()

    await console.typing(HERE)

    assert "" == shown.getvalue()


@pytest.mark.parametrize("typed", ["", "\n\n\n"])
async def test_nothing_typed_is_the_end(typed: str) -> None:
    """An empty input ends the talk without a word."""
    console, ledger, shown = terminal(typed)

    await console.run()

    assert [] == ledger.heard
    assert "" == shown.getvalue()
