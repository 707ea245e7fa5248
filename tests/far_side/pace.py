"""How fast a far side writes: freely, slowly, or step by step as a test allows it."""

import asyncio


class Pace:
    """Waited for before each step; at first it lets everything pass."""

    def __init__(self) -> None:
        self.delay_s = 0.0
        self._allowed = 0
        self._held = False
        self._moved = asyncio.Event()

    def hold(self) -> None:
        """From now on let nothing pass but what `step` allows."""
        self._held, self._allowed = True, 0

    def step(self, count: int = 1) -> None:
        """Let *count* more steps pass."""
        self._allowed += count
        self._tell()

    def flow(self) -> None:
        """Let everything pass again, what waits now too."""
        self._held = False
        self._tell()

    async def turn(self) -> None:
        """Wait until the next step may be taken."""
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        while self._held and not self._allowed:
            await self._moved.wait()
        self._allowed -= self._held

    def _tell(self) -> None:
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
