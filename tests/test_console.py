"""The terminal is a platform like the others."""

import io
import threading
from pathlib import Path

import pytest

from anima.clock import SystemClock
from anima.errors import Gone
from anima.ids import Ids
from anima.model import Beside, Button, Conversation, Incoming, Meaning, Pressed
from anima.sound import VoiceNote
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

    assert console.drafts_in(HERE)
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


ASKING = Beside((Button("Yes", "/yes"), Button("いいえ", "/no")))


async def test_what_comes_with_an_answer_stands_below_it() -> None:
    """Buttons have numbers, and of a file it is shown where it lies."""
    console, _, shown = terminal()

    await console.send(HERE, "Sure?", key=1, reply_to="", beside=ASKING)
    file = Beside(document=Path("data/exports/1.zip"), name="Mei.zip")
    await console.send(HERE, "Here.", key=2, reply_to="", beside=file)

    assert "Sure?\n[1] Yes  [2] いいえ\nHere.\ndata/exports/1.zip\n" == shown.getvalue()


def meant(meaning: Meaning | None) -> tuple[int, int] | str:
    """A pressed button, or words."""
    if isinstance(meaning, Pressed):
        return meaning.said, meaning.which
    assert isinstance(meaning, Incoming)
    return meaning.text


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("2\n", [(7, 1)]),
        (" 1 \n1\n", [(7, 0), "1"]),
        ("\n2\n", [(7, 1)]),
        ("why?\n1\n", ["why?", "1"]),
        ("3\n1\n", ["3", "1"]),
        ("0\n", ["0"]),
        ("-1\n", ["-1"]),
        ("２\n", ["２"]),
        ("02\n", ["02"]),
    ],
)
async def test_the_number_of_a_button_presses_it(
    typed: str, heard: list[tuple[int, int] | str]
) -> None:
    """Only right after it was asked; a number in the midst of a talk is a number."""
    console, ledger, _ = terminal(typed)
    await console.send(HERE, "Sure?", key=7, reply_to="", beside=ASKING)

    await console.run()

    assert heard == [meant(row.arrival.meaning) for row in ledger.heard]


async def test_the_newest_buttons_are_pressed() -> None:
    """What was asked last is what is answered."""
    console, ledger, _ = terminal("1\n")
    for key in (7, 8):
        await console.send(HERE, "Sure?", key=key, reply_to="", beside=ASKING)
    await console.send(HERE, "Well?", key=9, reply_to="")

    await console.run()

    assert [(8, 0)] == [meant(row.arrival.meaning) for row in ledger.heard]


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


async def test_what_is_said_aloud_is_marked() -> None:
    """With its length, before its words; a terminal plays nothing."""
    console, _, shown = terminal()
    assert console.speaks_in(HERE)
    await console.recording(HERE)

    for key, seconds in enumerate((0.2, 2.6, 75.0)):
        note = VoiceNote(b"OggS", seconds, b"")
        beside = Beside(voice=True, note=note)
        await console.send(HERE, "晚安", key=key, reply_to="", beside=beside)

    assert "[voice 0:01] 晚安\n[voice 0:03] 晚安\n[voice 1:15] 晚安\n" == shown.getvalue()
