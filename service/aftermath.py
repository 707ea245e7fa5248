"""Looks at what was said, when nobody waits for it: what is remembered, moods, bonds, plans."""

import asyncio
from collections.abc import Sequence
from typing import Final, Protocol

from anima.errors import LedgerUnavailable
from anima.model import Claim, Line
from anima.ports import Clock, Memory

LULL_S: Final = 0.5
"""A talk goes on for a while; what it leaves behind is looked at a little later, all at once."""
_AGAIN_S: Final = 15.0
_MOST: Final = 1000
"""Places that wait to be looked at; one beyond that is caught up with when it talks again."""


class Catching(Protocol):
    """Catches up with a place; raises `LedgerUnavailable`."""

    async def catch_up(self, place: int) -> bool: ...


class Behind(Protocol):
    """Knows who was not caught up with yet; raises `LedgerUnavailable`."""

    async def behind(self) -> Sequence[int]: ...


class EitherBehind:
    """Knows whom one or the other was not done with."""

    def __init__(self, *several: Behind) -> None:
        self._several = several

    async def behind(self) -> Sequence[int]:
        """All of their places, each once."""
        found = [await one.behind() for one in self._several]
        return tuple(dict.fromkeys(place for places in found for place in places))


class Aftermath:
    """A worker. What it does not get done is done with the next turn of that place.

    *looks* have each a look of their own. Places that were *behind* at the start come first.
    """

    def __init__(self, looks: Sequence[Catching], behind: Behind, clock: Clock) -> None:
        self._looks = looks
        self._behind = behind
        self._clock = clock
        self._places: dict[int, None] = {}
        self._rung = asyncio.Event()
        self._started = False

    def talked(self, place: int) -> None:
        """Something was said in *place*."""
        if len(self._places) < _MOST:
            self._places[place] = None
        self._rung.set()

    async def run(self) -> None:
        """Catch up with every place that talked, until cancelled."""
        self._rung.set()
        while True:
            await self._rung.wait()
            self._rung.clear()
            await self._clock.sleep(LULL_S)
            try:
                await self._start()
                await self._catch_up()
            except LedgerUnavailable:
                await self._clock.sleep(_AGAIN_S)
                self._rung.set()

    async def _start(self) -> None:
        if not self._started:
            self._places = dict.fromkeys(await self._behind.behind()) | self._places
            self._started = True

    async def _catch_up(self) -> None:
        while self._places:
            place = next(iter(self._places))
            more = [await look.catch_up(place) for look in self._looks]
            del self._places[place]
            if any(more):
                self._places[place] = None


class Overheard:
    """The port `Memory` over *memory*; *aftermath* learns where something was said."""

    def __init__(self, memory: Memory, aftermath: Aftermath) -> None:
        self._memory = memory
        self._aftermath = aftermath

    async def recall(self, claim: Claim) -> tuple[Line, ...]:
        return await self._memory.recall(claim)

    async def remember(self, claim: Claim, lines: Sequence[Line]) -> None:
        await self._memory.remember(claim, lines)
        self._aftermath.talked(claim.id)

    async def archive(self, claim: Claim) -> None:
        await self._memory.archive(claim)
