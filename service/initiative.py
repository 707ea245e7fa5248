"""Writes first where there is a reason and manners allow it: weighs all that is due."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Protocol

from anima.errors import LedgerUnavailable
from anima.ports import Clock, Witness
from memory.impulses import Weighed
from persona.initiative.manners import Limits
from service.settings_manners import Initiative as Settings

POLL_S: Final = 60.0
"""Nobody expects it to the second."""


def limits_of(settings: Settings) -> Limits:
    """What the owner allows."""
    gap = timedelta(seconds=settings.min_gap_s)
    return Limits(settings.enabled, settings.per_day, gap, settings.calls_per_day)


class Weighs(Protocol):
    """Weighs what is due; raises `LedgerUnavailable`."""

    async def weigh(self) -> Sequence[Weighed]: ...


class Initiative:
    """A worker. Any number of processes may run one: what is ripe is so once."""

    def __init__(self, impulses: Weighs, clock: Clock, witness: Witness) -> None:
        self._impulses = impulses
        self._clock = clock
        self._witness = witness
        self._away = False
        self._told: dict[int, str] = {}

    async def run(self) -> None:
        """Weigh what is due, until cancelled."""
        while True:
            await self.round()
            await self._clock.sleep(POLL_S)

    async def round(self) -> Sequence[Weighed]:
        """Weigh once; what became of each is told when it changes."""
        try:
            weighed = await self._impulses.weigh()
        except LedgerUnavailable as error:
            if not self._away:
                self._witness.note("initiative waits for the database", reason=str(error))
            self._away = True
            return ()
        if self._away:
            self._witness.note("initiative goes on")
        self._away = False
        for one in weighed:
            self._tell(one)
        return weighed

    def _tell(self, one: Weighed) -> None:
        news = f"{one.became} {one.reason}"
        if self._told.get(one.id) != news:
            facts = {"impulse": one.id, "kind": one.kind, "reason": one.reason}
            self._witness.note(f"initiative {one.became}", **facts)
        if one.became == "held":
            self._told[one.id] = news
        else:
            self._told.pop(one.id, None)
