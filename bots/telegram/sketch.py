"""What one chat is shown of a turn that is being written, and when it is shown something else."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from anima.model import Conversation
from bots.drafts import Drafts

_GAP_S: Final = 1.0
"""More than a call a second for one chat makes Telegram ask for patience."""
_AGAIN_S: Final = 22.0
"""A draft that is not shown again vanishes after thirty seconds."""
_ALIVE_S: Final = 6.0
"""Who writes says so every four seconds; after this long nobody writes any more."""


@dataclass(slots=True, eq=False)
class Sketch:
    """*wanted* is what is to be seen: nothing, or a beginning, which is empty while we think.

    *shown* is what Telegram shows by now. What is sent meanwhile holds the *lock*, for a draft that
    arrives after its message would stand below it.
    """

    conversation: Conversation
    mark: int
    alive_at: float
    wanted: str | None = None
    shown: str | None = None
    called_at: float | None = None
    muted: bool = False
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _beginnings: Drafts = field(default_factory=Drafts)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def lives(self, now: float, mark: int) -> None:
        """Somebody writes; where that is the turn with a *mark*, people see at least that."""
        self.alive_at = now
        if mark:
            self._turn(mark)
            if self.wanted is None:
                self._want("")

    def grows(self, text: str, now: float, mark: int) -> None:
        """The newest beginning is *text*; empty: there is none any more."""
        self.alive_at = now
        self._turn(mark)
        if (wanted := self._beginnings.grows(text)) is not None:
            self._want(wanted)

    def said(self, text: str, now: float) -> None:
        """*text* was sent, and with it the draft is gone."""
        self.shown, self.called_at = None, now
        self._want(self._beginnings.sent(text))

    def drawn(self, text: str, now: float) -> None:
        """Telegram was asked to show *text*, whatever came of it."""
        self.shown, self.called_at = text, now

    def wait_s(self, now: float, closed_s: float) -> float | None:
        """How long nothing is to be shown, as things stand; None: for ever, it is over."""
        rest_s = self.alive_at + _ALIVE_S - now
        if rest_s <= 0:
            return None
        if self.wanted is None or self.muted:
            return rest_s
        called_at = self.called_at if self.called_at is not None else now - _AGAIN_S
        pause_s = _GAP_S if self.wanted != self.shown else _AGAIN_S
        return max(0.0, min(rest_s, max(called_at + pause_s - now, closed_s)))

    async def changes(self, within_s: float) -> None:
        """Wait until something else is wanted, or for *within_s*."""
        try:
            async with asyncio.timeout(within_s):
                await self._changed.wait()
        except TimeoutError:
            pass
        self._changed.clear()

    def _turn(self, mark: int) -> None:
        """Another turn writes here: what was begun before it is over, and so is its silence."""
        if mark != self.mark:
            self.mark, self.muted = mark, False
            self._beginnings = Drafts()
            self.wanted = None

    def _want(self, text: str | None) -> None:
        self.wanted = text
        self._changed.set()
