"""Reads the personas again when another process was told to."""

from typing import Final, Protocol

from anima.errors import LedgerUnavailable
from anima.ports import Clock, Witness
from service.company import Company

POLL_S: Final = 15.0


class Marks(Protocol):
    """The newest word on a subject; raises `LedgerUnavailable`."""

    async def newest(self) -> int:
        """A number that rises with each `/persona reload`, in whatever process."""


class Reloading:
    """A worker that looks for new marks until it is cancelled."""

    def __init__(self, company: Company, marks: Marks, clock: Clock, witness: Witness) -> None:
        self._company = company
        self._marks = marks
        self._clock = clock
        self._witness = witness

    async def run(self) -> None:
        """Read the personas again after each new mark."""
        known: int | None = None
        while True:
            newest = await self._newest(known)
            if known is not None and newest != known:
                for line in await self._company.reload():
                    self._witness.note("persona unreadable", reason=line)
            known = newest
            await self._clock.sleep(POLL_S)

    async def _newest(self, known: int | None) -> int:
        try:
            return await self._marks.newest()
        except LedgerUnavailable:
            return known or 0
