"""How a server is asked, whatever it speaks."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import dataclass, field

import pytest

from anima.errors import BackendUnavailable, Refused
from anima.model import Delta, Message, Prompt, Usage
from backend.asking import TRIMS, Asking
from backend.limits import Limits
from backend.reasons import Passing, TooLong
from tests.backend_fakes import HastyClock, Notes
from tests.jump import JumpClock

Happens = Delta | Exception | float | None
"""What `next` does: give a delta, fail, take so many seconds, or end."""

HI, YOU = Delta("Hi "), Delta("you")
COUNTS = Delta(usage=Usage(3, 2))


@dataclass
class Spoken:
    """The port Answering from a list; *rest* comes while it is heard out."""

    happenings: Iterator[Happens]
    rest: tuple[Delta, ...] = ()
    farewell: Exception | float | None = None
    closed: int = 0
    waited: asyncio.Event = field(default_factory=asyncio.Event)

    async def next(self) -> Delta | None:
        happening = next(self.happenings)
        if isinstance(happening, float):
            self.waited.set()
            await asyncio.sleep(happening)
            return await self.next()
        if isinstance(happening, Exception):
            raise happening
        return happening

    async def hear_out(self) -> None:
        if isinstance(self.farewell, Exception):
            raise self.farewell
        await asyncio.sleep(self.farewell or 0)

    def left(self) -> tuple[Delta, ...]:
        return self.rest

    async def close(self) -> None:
        self.closed += 1


def spoken(*happenings: Happens) -> Spoken:
    return Spoken(iter(happenings))


@dataclass
class World:
    """Answers to be given in turn, or errors in their place, and the prompts that were asked."""

    answers: deque[Spoken | Exception]
    limits: Limits = field(default_factory=Limits)
    clock: HastyClock = field(default_factory=HastyClock)
    notes: Notes = field(default_factory=Notes)
    prompts: list[Prompt] = field(default_factory=list)

    async def ask(self, prompt: Prompt) -> Spoken:
        self.prompts.append(prompt)
        answer = self.answers.popleft()
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def heard(self, prompt: Prompt = ()) -> list[Delta]:
        asking = Asking(self.limits, self.clock, self.notes, lambda: 0.5)
        async with aclosing(asking.deltas(prompt, self.ask)) as deltas:
            return [delta async for delta in deltas]


def world(*answers: Spoken | Exception, **limits: float) -> World:
    return World(deque(answers), Limits(**limits))  # type: ignore[arg-type] # retries is whole


def talk(turns: int) -> Prompt:
    pairs = [(Message("user", f"u{n}"), Message("assistant", f"a{n}")) for n in range(turns)]
    return *(message for pair in pairs for message in pair), Message("user", "newest")


async def test_answer() -> None:
    """All deltas are given out, then what was left over, and the answer is closed once."""
    answer = spoken(HI, YOU, None)
    answer.rest = (COUNTS,)

    deltas = await world(answer).heard()

    assert [HI, YOU, COUNTS] == deltas
    assert 1 == answer.closed


async def test_empty_answer() -> None:
    """An answer that is whole before its first delta is one without words."""
    answer = spoken(None)

    assert [] == await world(answer).heard()
    assert 1 == answer.closed


@pytest.mark.parametrize("fails_with", [Passing("busy"), Passing("gone", connection=True)])
async def test_asked_again(fails_with: Passing) -> None:
    """What may pass is asked again, whether the question failed or the wait for the first word."""
    failed = spoken(fails_with)
    here = world(fails_with, failed, spoken(HI, None))

    deltas = await here.heard()

    assert [HI] == deltas
    assert [0.5, 1.0] == here.clock.slept
    assert 1 == failed.closed


@pytest.mark.parametrize("fails_with", [BackendUnavailable("broken"), Refused("blocked")])
async def test_asked_once(fails_with: Exception) -> None:
    """What will not pass is told at once, and what was open is closed."""
    failed = spoken(fails_with)
    here = world(failed, spoken(HI, None))

    with pytest.raises(type(fails_with)):
        await here.heard()

    assert 1 == len(here.prompts) == failed.closed


async def test_never_after_the_first_word() -> None:
    """After its first delta nothing is asked again, whatever happens."""
    failed = spoken(HI, Passing("busy"))
    here = world(failed, spoken(HI, None))

    with pytest.raises(Passing):
        await here.heard()

    assert 1 == len(here.prompts) == failed.closed


async def test_too_long_after_the_first_word() -> None:
    """A prompt that is found too long in mid-answer is a failure like any other."""
    here = world(spoken(HI, TooLong("too long")), spoken(HI, None))

    with pytest.raises(TooLong):
        await here.heard(talk(3))

    assert 1 == len(here.prompts)


async def test_trimmed() -> None:
    """A prompt that is too long is asked again at once, shorter each time, and it is noted."""
    here = world(TooLong("too long"), spoken(TooLong("still")), spoken(HI, None))

    deltas = await here.heard(talk(8))

    assert [HI] == deltas
    assert [17, 9, 5] == [len(prompt) for prompt in here.prompts]
    assert [] == here.clock.slept
    expected = [("prompt trimmed", {"dropped": 8}), ("prompt trimmed", {"dropped": 4})]
    assert expected == here.notes.noted


async def test_trimmed_often_enough() -> None:
    """A prompt that stays too long is given up after some cuts, though there is more to cut."""
    here = world(*[TooLong("too long") for _ in range(TRIMS + 2)])

    with pytest.raises(TooLong):
        await here.heard(talk(500))

    assert 1 + TRIMS == len(here.prompts)


async def test_nothing_to_trim() -> None:
    """A prompt of which nothing can go is not asked again."""
    here = world(TooLong("too long"), spoken(HI, None))

    with pytest.raises(TooLong):
        await here.heard(talk(0))

    assert 1 == len(here.prompts)


async def test_trimmed_and_busy() -> None:
    """What was trimmed stays trimmed when it is asked again, and cuts are no attempts."""
    busy = Passing("busy")
    here = world(busy, TooLong("too long"), busy, spoken(HI, None), retries=2)

    deltas = await here.heard(talk(4))

    assert [HI] == deltas
    assert [9, 9, 5, 5] == [len(prompt) for prompt in here.prompts]
    assert [0.5, 1.0] == here.clock.slept


@pytest.mark.parametrize("farewell", [BackendUnavailable("gone"), Refused("late"), 60.0])
@pytest.mark.jumping
async def test_farewell(farewell: Exception | float, clock: JumpClock) -> None:
    """A whole answer is whole, however its farewell fails or fails to come."""
    answer = spoken(HI, None)
    answer.farewell = farewell

    assert [HI] == await world(answer).heard()
    assert clock.elapsed() <= 1.1


@pytest.mark.parametrize(
    ("happenings", "limits", "seconds", "said"),
    [
        ((99.0, HI), {}, 30, "no word in 30 s"),
        ((99.0, HI), {"total_s": 7}, 7, "no word in 7 s"),
        ((HI, 99.0), {}, 20, "fell silent"),
        ((HI, 10.0, HI, 10.0, HI, 10.0), {"total_s": 25}, 25, "fell silent"),
    ],
)
@pytest.mark.jumping
async def test_limits(
    happenings: tuple[Happens, ...],
    limits: dict[str, float],
    seconds: float,
    said: str,
    clock: JumpClock,
) -> None:
    """The first word, the silence between two, and the whole answer have their limits."""
    answer = spoken(*happenings)

    with pytest.raises(BackendUnavailable, match=said) as failure:
        await world(answer, **limits).heard()

    assert failure.value.connection
    assert seconds == pytest.approx(clock.elapsed())
    assert 1 == answer.closed


@pytest.mark.parametrize("happenings", [(99.0,), (HI, 99.0)])
async def test_cancelled(happenings: tuple[Happens, ...]) -> None:
    """Whoever is cancelled, before the first word or after it, hangs up."""
    answer = spoken(*happenings)
    here = world(answer)

    async with asyncio.TaskGroup() as group:
        task = group.create_task(here.heard())
        await answer.waited.wait()
        task.cancel()

    assert task.cancelled()
    assert 1 == answer.closed
