"""What people do to a bot while it is measured."""

import asyncio
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any, Final

from tests.bench.farsides import TOKENS, FarSides
from tests.far_side.botapi import Person

ANN: Final = Person(7, "Ann")
_THINKING_S: Final = 0.04
_CROWD: Final = 1_000
_QUEUE: Final = 10_000


async def talk(far: FarSides, messages: int) -> float:
    """One chat, each message sent when the answer to the last has come. Seconds a message."""
    began = monotonic()
    for number in range(messages):
        await far.exchange(ANN, f"and what about number {number}?")
    return (monotonic() - began) / messages


async def think_and_talk(far: FarSides, messages: int, pause_s: float = _THINKING_S) -> list[float]:
    """The same with a moment between; seconds from update in hand to request, a message each.

    Nobody answers in no time, and what is written down about the last message is done by then.
    """
    far.forget()
    for number in range(messages):
        await asyncio.sleep(pause_s)
        await far.exchange(ANN, f"let me think about {number}")
    return [asked - handed for handed, asked in zip(far.handed, far.asked, strict=True)]


async def crowd(far: FarSides, chats: int, messages: int) -> float:
    """Many chats at once, each like `talk`. Messages answered in a second."""

    async def one(person: Person) -> None:
        for number in range(messages):
            await far.exchange(person, f"number {number}")

    seconds = await _all(one(person) for person in _people(_CROWD, chats))
    return chats * messages / seconds


async def queue(far: FarSides, chats: int, number: int) -> float:
    """Many *chats* ask at once for the first time. Seconds until everybody has an answer.

    Each *number* brings other people.
    """
    people = _people(_QUEUE * (number + 1), chats)
    return await _all(far.exchange(person, "hello?") for person in people)


@contextmanager
def slow_model(far: FarSides, answer_s: float) -> Iterator[None]:
    """While entered, an answer takes *answer_s* seconds and comes word by word.

    A model that writes as fast as it can is read in a few large pieces.
    """
    far.model.delay_s = answer_s / TOKENS
    try:
        yield
    finally:
        far.model.delay_s = 0.0


def _people(first: int, count: int) -> Iterable[Person]:
    return (Person(first + number, f"Person {number}") for number in range(count))


async def _all(deeds: Iterable[Coroutine[Any, Any, None]]) -> float:
    began = monotonic()
    async with asyncio.TaskGroup() as group:
        for deed in deeds:
            group.create_task(deed)
    return monotonic() - began
