"""Ends private talks that have rested, and erases what an earlier process left to be erased."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

from anima.errors import LedgerUnavailable
from anima.ports import Clock, Witness

_POLL_S: Final = 60.0


class Hushing(Protocol):
    """Knows which private talks are over; raises `LedgerUnavailable`."""

    async def lapsed(self, now: datetime) -> Sequence[int]: ...


class Erasing(Protocol):
    """Erases what is owed; raises `LedgerUnavailable`."""

    async def resume(self) -> bool: ...


class Lapsing:
    """A worker. Any number of processes may run one."""

    def __init__(self, hushing: Hushing, erasing: Erasing, clock: Clock, witness: Witness) -> None:
        self._hushing = hushing
        self._erasing = erasing
        self._clock = clock
        self._witness = witness

    async def run(self) -> None:
        """Look once a minute, until cancelled."""
        while True:
            try:
                await self._look()
            except LedgerUnavailable as error:
                self._witness.note("could not erase", reason=str(error))
            await self._clock.sleep(_POLL_S)

    async def _look(self) -> None:
        if over := await self._hushing.lapsed(self._clock.now()):
            self._witness.note("private talks over", count=len(over))
        if await self._erasing.resume():
            self._witness.note("what was forgotten is erased")
