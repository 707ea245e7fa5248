"""Whoever has read enough may stop an answer; it ends between two of its pieces."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from anima.errors import LedgerUnavailable
from anima.model import Claim
from anima.ports import Ledger

_LOOK_S = 2.0
"""Another process may have heard it, whose bell we do not hear."""


@dataclass(slots=True)
class Stopping:
    """Knows whether the turn with this *mark* was *asked* to stop.

    What is being said is not cut off: it would be unknown whether it was.
    """

    claim: Claim
    ledger: Ledger
    mark: int
    asked: bool = False
    _saying: bool = False

    async def look(self) -> bool:
        """Whether somebody asked for it by now. A ledger that is away says nothing of it."""
        try:
            self.asked = self.asked or await self.ledger.stopped(self.claim, self.mark)
        except LedgerUnavailable:
            return False
        return self.asked

    async def watch(self, bell: asyncio.Event, speaking: asyncio.Task[None]) -> None:
        """Let *speaking* end once somebody asks for it; the *bell* rings for that, too."""
        while not await self._heard(bell):
            pass
        if not self._saying:
            speaking.cancel()

    @contextmanager
    def saying(self) -> Iterator[None]:
        """What is done meanwhile is done to its end."""
        self._saying = True
        try:
            yield
        finally:
            self._saying = False

    async def _heard(self, bell: asyncio.Event) -> bool:
        try:
            async with asyncio.timeout(_LOOK_S):
                await bell.wait()
        except TimeoutError:
            pass
        return await self.look()
