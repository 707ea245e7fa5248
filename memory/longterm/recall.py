"""What comes to mind: the one way in which long-term memory is searched."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from anima.ports import Embedder
from memory.database import Database
from memory.longterm import vectors
from memory.longterm.asking import Asked
from memory.longterm.bearings import Compass
from memory.longterm.held import Held, brought_up, states
from memory.longterm.hits import Hit
from memory.longterm.meaning import EMBED_S, meaning
from memory.longterm.naming import nameless
from memory.longterm.ranking import Recalled, recalled
from memory.longterm.scope import Viewer, visible
from memory.longterm.shelves import Shelves
from memory.longterm.vectors import Leg
from memory.longterm.viewing import Party, viewer

__all__ = ["Asked", "Hit", "LongTerm", "Recalled"]


class LongTerm:
    """Searches what a viewer may see. Up to *cached_bytes* of it are held in the process.

    Raises `LedgerUnavailable`; what embedders raise costs their help and nothing else.
    """

    def __init__(
        self,
        database: Database,
        embedders: Sequence[Embedder] = (),
        *,
        cached_bytes: int = 256 * 2**20,
        embed_s: float = EMBED_S,
        compass: Compass | None = None,
    ) -> None:
        self._database = database
        self._all = tuple(embedders)
        self._shelves = Shelves(cached_bytes)
        self._embed_s = embed_s
        self._compass = compass or Compass()

    async def recall(self, who: Party | Viewer, asked: Asked, limit: int = 50) -> Recalled:
        """The *limit* memories that fit best to what was *asked*, of those *who* may see them.

        All is done one after the other in one job: side by side it takes as long, for Python runs
        one thing at a time.
        """
        if asked.is_nothing:
            return Recalled(abstained=True)
        embedders = await self._of_use()
        text = nameless(asked.whole, await self._names(who)) if embedders else ""
        apart = self._database.apart
        meant = await meaning(text, embedders, apart=apart, within_s=self._embed_s)

        def found(connection: Connection) -> Recalled:
            shelves, legs = self._brought_up(connection, who, embedders)
            each = zip(embedders, legs, strict=True)
            helped = [(one.name, cells, leg) for one, leg in each if (cells := meant.by(one))]
            turned = [(self._compass.turned(name, cells), leg) for name, cells, leg in helped]
            likeness = [[one.likeness(vector) for one in leg] for vector, leg in turned]
            usual = [self._compass.usual(name) for name, *_ in helped]
            told = _told(shelves, who.place, asked.since)
            best = recalled(connection, shelves, likeness, usual, asked, limit=limit, told=told)
            return replace(best, embedder="+".join(name for name, *_ in helped))

        return await self._database.read(found)

    async def _of_use(self) -> Sequence[Embedder]:
        """Those that help; what they need is loaded only now, and not without any."""
        return self._all if self._all and await vectors.can_scan() else ()

    async def warm(self, who: Party | Viewer) -> None:
        """Read what *who* may see, however long that takes, so that recalling it is quick."""
        embedders = await self._of_use()
        await self._database.read(lambda found: self._brought_up(found, who, embedders))

    async def _names(self, who: Party | Viewer) -> Collection[str]:
        """Who spoke where *who* may look; it is read first where nobody looked lately."""
        found = self._shelves.names(who)
        if found is None:
            await self.warm(who)
            found = self._shelves.names(who)
        return found or ()

    def _brought_up(
        self, connection: Connection, who: Party | Viewer, embedders: Sequence[Embedder]
    ) -> tuple[Sequence[Held], Sequence[Sequence[Leg]]]:
        """The shelves that *who* may see as they are now, and for each embedder their vectors."""
        seen = who if isinstance(who, Viewer) else viewer(connection, who)
        known = states(connection, visible(seen))
        held = [brought_up(connection, state, self._shelves.held(state.id)) for state in known]
        legs = [self._legs(connection, held, one.name) for one in embedders]
        self._shelves.keep(who, held, legs, [one.name for one in embedders])
        return held, legs

    def _legs(self, connection: Connection, held: Sequence[Held], name: str) -> Sequence[Leg]:
        return [
            vectors.legged(connection, one, name, self._shelves.leg(one.state.id, name))
            for one in held
        ]


def _told(shelves: Sequence[Held], place: int, since: datetime | None) -> Collection[int]:
    """What was said in *place* since then."""
    if since is None:
        return ()
    return frozenset(one for shelf in shelves for one in shelf.lines(place, since.timestamp()))
