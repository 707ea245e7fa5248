"""What tells a worker that there is something to do before it would look again."""

import asyncio

from anima.ports import Clock
from anima.rest import rest


class Bell:
    """Rings when there is something new, which may be due before anybody looks again."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """There is something."""
        self._rung.set()

    def forget(self) -> None:
        """From now on it rings anew."""
        self._rung.clear()

    async def within(self, clock: Clock, seconds: float) -> None:
        """Wait until it rings, or for so long."""
        await rest(clock, seconds, self._rung)
