"""The match: both bots are measured in turns, so that a noisy machine is fair to both."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

from tests.bench import loads, measures
from tests.bench.contender import BOTH, Contender
from tests.bench.farsides import FarSides, far_sides
from tests.bench.measures import Results
from tests.bench.process import Running, running

_SETTLED_S: Final = 0.5
"""What is still done after the first poll or the last answer belongs to it."""
_WARM_UP: Final = 25
"""Messages until both remember as much as they ever do."""
_CHATS: Final = 40
_WAITING: Final = 300
_SLOW_S: Final = 2.0
_WORD_BY_WORD_S: Final = 0.16
"""Two milliseconds a word is as fast as models are and as slow as a loop can tell apart."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often each measure is taken, and over how many messages."""

    starts: int = 4
    talks: int = 8
    words: int = 3
    talk: int = 25
    thinks: int = 4
    crowds: int = 4
    crowd: int = 10
    queues: int = 3


QUICK: Final = Rounds(starts=1, talks=3, words=1, talk=25, thinks=1, crowds=1, crowd=5, queues=1)


@dataclass(frozen=True, slots=True)
class Player:
    """A bot on the field, with its own far sides."""

    name: str
    far: FarSides
    bot: Running


Told = Callable[[str], None]


async def match(python: Path, rounds: Rounds, told: Told) -> Results:
    """Measure everything; *told* hears what is being done."""
    results = Results()
    for contender in BOTH:
        await _warm(python, contender)
    for number in range(rounds.starts):
        told(f"starts, round {number + 1} of {rounds.starts}")
        for contender in BOTH:
            await _starts(python, contender, results)
    async with AsyncExitStack() as stack:
        players = [await stack.enter_async_context(_player(python, one)) for one in BOTH]
        await _play(players, rounds, results, told)
    return results


async def _play(players: list[Player], rounds: Rounds, results: Results, told: Told) -> None:
    async def alternately(
        what: str, times: int, take: Callable[[Player, Results], Awaitable[None]]
    ) -> None:
        for number in range(times):
            told(f"{what}, round {number + 1} of {times}")
            for player in players:
                await take(player, results)
                player.far.forget()

    async def talk(player: Player, results: Results) -> None:
        cost, took = await _talk(player, rounds.talk)
        results.add(measures.PROCESSOR, player.name, cost)
        results.add(measures.WALL, player.name, took)

    async def words(player: Player, results: Results) -> None:
        with loads.slow_model(player.far, _WORD_BY_WORD_S):
            cost, _ = await _talk(player, rounds.talk)
        results.add(measures.WORDS, player.name, cost)

    async def think(player: Player, results: Results) -> None:
        added = await loads.think_and_talk(player.far, rounds.talk)
        results.add(measures.ADDED, player.name, median(added) * 1000)

    async def crowd(player: Player, results: Results) -> None:
        rate = await loads.crowd(player.far, _CHATS, rounds.crowd)
        results.add(measures.RATE, player.name, rate)

    await alternately("a talk", rounds.talks, talk)
    await alternately("a talk word by word", rounds.words, words)
    await alternately("a talk with pauses", rounds.thinks, think)
    await alternately("memory", 1, _memory)
    await alternately(f"{_CHATS} chats", rounds.crowds, crowd)
    await alternately(f"{_WAITING} waiting chats", rounds.queues, _queue)


async def _talk(player: Player, messages: int) -> tuple[float, float]:
    """Milliseconds of processor time and on the clock, a message."""
    before = player.bot.processor_s()
    seconds = await loads.talk(player.far, messages)
    cost = (player.bot.processor_s() - before) / messages
    return cost * 1000, seconds * 1000


async def _memory(player: Player, results: Results) -> None:
    await asyncio.sleep(_SETTLED_S)
    results.add(measures.MEMORY, player.name, player.bot.resident_mb())


async def _queue(player: Player, results: Results) -> None:
    with loads.slow_model(player.far, _SLOW_S):
        seconds = await loads.queue(player.far, _WAITING)
    results.add(measures.QUEUE, player.name, seconds)


async def _starts(python: Path, contender: Contender, results: Results) -> None:
    """A first start on an empty folder and a second one, each until the first poll."""
    with _folder() as folder:
        for measure in (measures.FIRST_START, measures.START):
            async with _started(python, contender, Path(folder)) as (bot, far):
                await far.first_poll()
                results.add(measure, contender.name, monotonic() - bot.started_at)
                await asyncio.sleep(_SETTLED_S)
                if measure is measures.START:
                    results.add(measures.FRESH_MEMORY, contender.name, bot.resident_mb())


async def _warm(python: Path, contender: Contender) -> None:
    """Once for nothing: the files are in the system's cache then, and compiled."""
    with _folder() as folder:
        async with _started(python, contender, Path(folder)) as (_, far):
            await far.first_poll()


@asynccontextmanager
async def _player(python: Path, contender: Contender) -> AsyncIterator[Player]:
    with _folder() as folder:
        async with _started(python, contender, Path(folder)) as (bot, far):
            await far.first_poll()
            await loads.talk(far, _WARM_UP)
            far.forget()
            yield Player(contender.name, far, bot)


@asynccontextmanager
async def _started(
    python: Path, contender: Contender, folder: Path
) -> AsyncIterator[tuple[Running, FarSides]]:
    async with far_sides() as far:
        words = contender.prepared(far, folder)
        async with running(python, words, folder) as bot:
            yield bot, far


def _folder() -> TemporaryDirectory[str]:
    """On a disk, for `/tmp` may be memory, where writing for good costs nothing."""
    return TemporaryDirectory(prefix="anima-bench-", dir="/var/tmp")
