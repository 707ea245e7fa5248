"""The match: both bots are measured in turns, so that a noisy machine is fair to both."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

from tests.bench import loads, measures
from tests.bench.contender import BOTH, Contender
from tests.bench.farsides import FarSides, far_sides
from tests.bench.measures import Measure, Results
from tests.bench.process import Running, running

_SETTLED_S: Final = 0.3
"""What is still done after the last answer belongs to it."""
_LOADED_S: Final = 3.0
"""What is still loaded after the first poll belongs to the start."""
_WARM_UP: Final = 25
"""Messages until both remember as much as they ever do."""
_CHATS: Final = 40
_WAITING: Final = 300
_SLOW_S: Final = 2.0
_WORD_BY_WORD_S: Final = 0.16
"""Two milliseconds a word is as fast as models are and as slow as a loop can tell apart."""


_TALK: Final = 25
"""Messages in one round; half a second for each bot, so that noise meets both."""
_WORDS: Final = 6
_THINK: Final = 15
_IN_A_CROWD: Final = 6

Taken = Sequence[tuple[Measure, float]]
"""What one round brought."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often each measure is taken."""

    talks: int = 10
    words: int = 4
    thinks: int = 5
    crowds: int = 5
    queues: int = 4
    starts: int = 4


QUICK: Final = Rounds(talks=3, words=1, thinks=1, crowds=1, queues=1, starts=0)


@dataclass(frozen=True, slots=True)
class Home:
    """Where a bot lives: its *folder* stays while it is stopped and started."""

    python: Path
    contender: Contender
    folder: str


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
    with ExitStack() as folders:
        homes = [Home(python, one, folders.enter_context(folder())) for one in BOTH]
        told("both are started")
        async with AsyncExitStack() as stack:
            players = [await stack.enter_async_context(player(home, results)) for home in homes]
            await _play(players, rounds, results, told)
        for home in homes:
            await _start(home, measures.START, results)
    for number in range(rounds.starts):
        told(f"starts, round {number + 1} of {rounds.starts}")
        await _starts(python, results)
    return results


async def _play(players: list[Player], rounds: Rounds, results: Results, told: Told) -> None:
    for what, times, take in (
        ("a talk", rounds.talks, _talk),
        ("a talk word by word", rounds.words, _words),
        ("a talk with pauses", rounds.thinks, _think),
        ("memory", 1, _memory),
        (f"{_CHATS} chats", rounds.crowds, _crowd),
        (f"{_WAITING} waiting chats", rounds.queues, _queue),
    ):
        for number in range(times):
            told(f"{what}, round {number + 1} of {times}")
            for player in players:
                for measure, value in await take(player, number):
                    results.add(measure, player.name, value)
                player.far.forget()


async def _talk(player: Player, _: int) -> Taken:
    cost, took = await _cost(player, _TALK)
    return (measures.PROCESSOR, cost), (measures.WALL, took)


async def _words(player: Player, _: int) -> Taken:
    with loads.slow_model(player.far, _WORD_BY_WORD_S):
        cost, _took = await _cost(player, _WORDS)
    return ((measures.WORDS, cost),)


async def _cost(player: Player, messages: int) -> tuple[float, float]:
    """Milliseconds of processor time and on the clock, a message."""
    before = player.bot.processor_s()
    seconds = await loads.talk(player.far, messages)
    cost = (player.bot.processor_s() - before) / messages
    return cost * 1000, seconds * 1000


async def _think(player: Player, _: int) -> Taken:
    added = await loads.think_and_talk(player.far, _THINK)
    return ((measures.ADDED, median(added) * 1000),)


async def _memory(player: Player, _: int) -> Taken:
    await asyncio.sleep(_SETTLED_S)
    return ((measures.MEMORY, player.bot.resident_mb()),)


async def _crowd(player: Player, _: int) -> Taken:
    return ((measures.RATE, await loads.crowd(player.far, _CHATS, _IN_A_CROWD)),)


async def _queue(player: Player, number: int) -> Taken:
    with loads.slow_model(player.far, _SLOW_S):
        return ((measures.QUEUE, await loads.queue(player.far, _WAITING, number)),)


async def _starts(python: Path, results: Results) -> None:
    """Both by turns: a first start on an empty folder and a second one."""
    for contender in BOTH:
        with folder() as place:
            home = Home(python, contender, place)
            for measure in (measures.FIRST_START, measures.START):
                await _start(home, measure, results)


async def _start(home: Home, measure: Measure, results: Results) -> None:
    async with _started(home, measure, results):
        pass


@asynccontextmanager
async def player(home: Home, results: Results) -> AsyncIterator[Player]:
    async with _started(home, measures.FIRST_START, results) as (bot, far):
        await loads.talk(far, _WARM_UP)
        far.forget()
        yield Player(home.contender.name, far, bot)


@asynccontextmanager
async def _started(
    home: Home, measure: Measure, results: Results
) -> AsyncIterator[tuple[Running, FarSides]]:
    """The bot at work; how long it took to its first poll is one more *measure*."""
    name, folder = home.contender.name, Path(home.folder)
    async with far_sides() as far:
        words = home.contender.prepared(far, folder)
        async with running(home.python, words, folder) as bot:
            await far.first_poll()
            results.add(measure, name, monotonic() - bot.started_at)
            results.add(measures.START_COST, name, bot.processor_s())
            await asyncio.sleep(_LOADED_S)
            results.add(measures.FRESH_MEMORY, name, bot.resident_mb())
            yield bot, far


def folder() -> TemporaryDirectory[str]:
    """On a disk, for `/tmp` may be memory, where writing for good costs nothing."""
    return TemporaryDirectory(prefix="anima-bench-", dir="/var/tmp")
