"""What one open page has seen of its transcript, and what it is told when there is more."""

from typing import Final

from anima.errors import LedgerUnavailable
from anima.model import Conversation, Entry
from anima.ports import Transcript
from bots.web import frames
from bots.web.tabs import Tab

PAGE: Final = 100
"""Lines read at once; a page that was away for long gets them one lot after the other."""

RECENT: Final = 50
"""Lines before those that it missed whose state it is told again."""

_LATE: Final = 60_000 << 20
"""A minute in ids: so much later than its id was made a line may be committed, and overtaken."""


class Watch:
    """Tells *tab* each line once, and of its own lines what became of them."""

    def __init__(
        self, tab: Tab, transcript: Transcript, conversation: Conversation, after: int
    ) -> None:
        self._tab = tab
        self._transcript = transcript
        self._conversation = conversation
        self._after = after
        self._begun = False

    async def look(self) -> None:
        """Tell what is new. While the database is away nothing is, and later it is told."""
        try:
            if not self._begun:
                await self._begin()
            await self._go_on()
        except LedgerUnavailable:
            return
        self._tab.catch_up()

    async def _begin(self) -> None:
        """What the page has must not be told again, but may have changed since it was told."""
        seen = await self._transcript.before(self._conversation, self._after + 1, RECENT)
        self._tab.states |= {one.id: one.state for one in seen}
        if heard := [one for one in seen if not one.ours]:
            self._tab.put(frames.marks(*heard))
        self._begun = True

    async def _go_on(self) -> None:
        after = self._floor()
        while True:
            lines = await self._transcript.since(self._conversation, after, PAGE)
            for entry in lines:
                self._tell(entry)
            if len(lines) < PAGE:
                break
            after = lines[-1].id
            await self._tab.emptied()
        self._forget()

    def _tell(self, entry: Entry) -> None:
        known = self._tab.states.get(entry.id)
        if known is None:
            self._tab.tell(entry)
        elif known != entry.state:
            self._tab.mark(entry)

    def _floor(self) -> int:
        """From here on something may have changed: a line that waits, one that comes late."""
        states = self._tab.states
        late = max(max(states, default=0) - _LATE, min(states, default=1) - 1)
        return min([late, *(one - 1 for one, state in states.items() if state == "waiting")])

    def _forget(self) -> None:
        floor = self._floor()
        for one in [one for one in self._tab.states if one <= floor]:
            del self._tab.states[one]
