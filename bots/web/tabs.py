"""The open tabs of all guests, and how something gets to those of one of them."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from anima.model import Entry
from bots.web import frames

LONGEST: Final = 256
"""Frames that wait for a slow reader; it comes back for the rest, and finds it in the ledger."""
MOST_OF_ONE: Final = 12
"""Tabs of one guest; the oldest makes room."""
MOST: Final = 400
"""Tabs of all; the server has room for some more connections than that."""


class Tab:
    """What waits to be sent to one open page.

    *caught_up*: it has seen all up to now. *states* are those of the newest lines that it knows.
    """

    def __init__(self) -> None:
        self.caught_up = False
        self.states: dict[int, str] = {}
        self.closed = False
        self._early: deque[Entry] = deque(maxlen=LONGEST)
        self._frames: deque[str] = deque()
        self._changed = asyncio.Event()
        self._empty = asyncio.Event()

    def put(self, frame: str) -> None:
        """Send *frame* after the others; one who does not keep up is sent away."""
        self._frames.append(frame)
        if len(self._frames) > LONGEST:
            self._frames.clear()
            self.close()
        self._changed.set()

    def hear(self, entry: Entry) -> None:
        """Send a new line, or keep it until the page has all that came before."""
        if not self.caught_up:
            self._early.append(entry)
        elif entry.id not in self.states:
            self.tell(entry)

    def catch_up(self) -> None:
        """The page has all that the ledger had; what came meanwhile may not be among it."""
        self.caught_up = True
        while self._early:
            self.hear(self._early.popleft())

    def tell(self, entry: Entry) -> None:
        """Send a line that the page has not seen."""
        self.states[entry.id] = entry.state
        self.put(frames.line(entry))

    def mark(self, entry: Entry) -> None:
        """Send what became of a line that the page has."""
        self.states[entry.id] = entry.state
        self.put(frames.marks(entry))

    def close(self) -> None:
        """Send what waits, and nothing more."""
        self.closed = True
        self._changed.set()

    async def taken(self) -> str:
        """All that waits, as soon as there is something; nothing when the tab is closed."""
        while not (self._frames or self.closed):
            self._empty.set()
            self._changed.clear()
            await self._changed.wait()
        frames = "".join(self._frames)
        self._frames.clear()
        return frames

    async def emptied(self) -> None:
        """Wait until all has been taken."""
        self._empty.clear()
        self._changed.set()
        await self._empty.wait()


class Tabs:
    """The open tabs of each guest."""

    def __init__(self) -> None:
        self._open: dict[str, list[Tab]] = {}
        self._closed = False

    @contextmanager
    def opened(self, guest: str) -> Iterator[Tab]:
        """A new tab of *guest*, open while entered; closed at once where there is no room."""
        tab = Tab()
        if self._closed or sum(map(len, self._open.values())) >= MOST:
            tab.close()
        theirs = self._open.setdefault(guest, [])
        theirs.append(tab)
        if len(theirs) > MOST_OF_ONE:
            theirs[0].close()
        try:
            yield tab
        finally:
            theirs.remove(tab)
            if not theirs:
                self._open.pop(guest, None)

    def show(self, guest: str, frame: str) -> None:
        """Send *frame* to the tabs of *guest*."""
        for tab in self._open.get(guest, ()):
            if tab.caught_up:
                tab.put(frame)

    def tell(self, guest: str, entry: Entry) -> None:
        """Send a new line to the tabs of *guest*, to each when it is so far."""
        for tab in self._open.get(guest, ()):
            tab.hear(entry)

    def close(self) -> None:
        """Let all streams end, and begin none; the pages come back by themselves."""
        self._closed = True
        for theirs in self._open.values():
            for tab in theirs:
                tab.close()
