"""Says to many what an owner wants to be said, a few each second, and reports."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final, Protocol

from anima.errors import LedgerUnavailable
from anima.ports import BotName, Channel, Clock, Witness
from memory.broadcasts import Progress
from service.bell import Bell

_POLL_S: Final = 30.0
"""Another process may have been told of one, which does not ring here."""
_LEAST_S: Final = 0.2


class Waiting(Protocol):
    """What is to be said to many; all of it raises `LedgerUnavailable`."""

    async def next_at(self) -> datetime | None: ...

    async def go_on(self, bots: Collection[BotName]) -> Progress: ...


class Broadcasting:
    """A worker. Any number of processes may run one: each second of a broadcast is one's."""

    def __init__(
        self,
        broadcasts: Waiting,
        channels: Mapping[BotName, Channel],
        clock: Clock,
        witness: Witness,
        bell: Bell,
    ) -> None:
        self._broadcasts = broadcasts
        self._channels = channels
        self._clock = clock
        self._witness = witness
        self._bell = bell

    async def run(self) -> None:
        """Say what is to be said, until cancelled."""
        while True:
            self._bell.forget()
            try:
                pause_s = await self._round()
            except LedgerUnavailable as error:
                self._witness.note("broadcast waits for the database", reason=str(error))
                pause_s = _POLL_S
            await self._bell.within(self._clock, pause_s)

    async def _round(self) -> float:
        progress = await self._broadcasts.go_on(tuple(self._channels))
        if progress == "reported":
            self._witness.note("broadcast over")
        following = await self._broadcasts.next_at()
        if following is None:
            return _POLL_S
        pause_s = (following - self._clock.now()).total_seconds()
        return min(max(pause_s, _LEAST_S), _POLL_S)
