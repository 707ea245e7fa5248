"""The worker that sleeps: in the lulls it distils what was said, and once a day looks after it."""

from collections.abc import Sequence
from datetime import date
from typing import Final, Protocol

from anima.errors import LedgerUnavailable
from anima.ports import Clock, Witness

LULL_S: Final = 30.0
"""How long it waits when there is nothing to do, or when somebody waits for an answer."""
_BREATH_S: Final = 0.1
"""Between two steps, so that a long catching-up is in nobody's way."""
_AGAIN_S: Final = 60.0


class Steps(Protocol):
    """Does one thing, and tells whether there was one to do; raises `LedgerUnavailable`."""

    async def step(self) -> bool: ...


class Checks(Protocol):
    """Looks for what is wrong, each in words, and puts it right; raises `LedgerUnavailable`."""

    async def check(self, *, mend: bool = False) -> Sequence[object]: ...


class Sleeping:
    """A worker. Cut off anywhere, it goes on there at the next start."""

    def __init__(self, sleep: Steps, integrity: Checks, clock: Clock, witness: Witness) -> None:
        self._sleep = sleep
        self._integrity = integrity
        self._clock = clock
        self._witness = witness
        self._checked = clock.now().date()

    async def run(self) -> None:
        """Sleep until cancelled."""
        while True:
            await self._clock.sleep(LULL_S)
            try:
                await self._rest()
            except LedgerUnavailable:
                await self._clock.sleep(_AGAIN_S)

    async def _rest(self) -> None:
        while await self._sleep.step():
            await self._clock.sleep(_BREATH_S)
        today = self._clock.now().date()
        if today != self._checked:
            await self._check(today)

    async def _check(self, today: date) -> None:
        """Not on the day of the start: many are started again more often than that."""
        for wrong in await self._integrity.check(mend=True):
            self._witness.note("memory mended", what=str(wrong))
        self._checked = today
