"""What the gateway told becomes arrivals, and is in the ledger before anything else happens."""

from collections.abc import Sequence

from anima.model import Arrival, Closed
from anima.ports import Ledger, Places, Witness
from bots.discord.events import Event
from bots.discord.incoming import PLATFORM, Reader


class Ear:
    """Takes events for the account *me*, as *reader* reads them."""

    def __init__(
        self, me: str, reader: Reader, ledger: Ledger, places: Places, witness: Witness
    ) -> None:
        self._me = me
        self._reader = reader
        self._ledger = ledger
        self._places = places
        self._witness = witness

    def read(self, events: Sequence[Event]) -> list[Arrival]:
        """What *events* bring. Each is read once, for it changes what is known of servers."""
        return [one for event in events for one in self._reader.arrivals(event)]

    async def keep(self, arrivals: Sequence[Arrival]) -> None:
        """Have *arrivals* for good when this returns. Raises `LedgerUnavailable`."""
        if any(isinstance(one.meaning, Closed) for one in arrivals):
            arrivals = await self._known(arrivals)
        if not arrivals:
            return
        count = await self._ledger.hear(arrivals)
        self._witness.note("heard", count=count)
        for one in arrivals:
            if one.meaning is None:
                self._witness.note("set aside", source=one.source, key=one.key)

    async def _known(self, arrivals: Sequence[Arrival]) -> list[Arrival]:
        """Without what closed where we never heard anything: a server has many channels."""
        seen = {one.conversation for one in await self._places.seen((PLATFORM, self._me))}
        return [
            one
            for one in arrivals
            if not isinstance(one.meaning, Closed) or one.meaning.conversation in seen
        ]
