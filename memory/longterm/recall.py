"""What comes to mind: the one way in which long-term memory is searched."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from anima.errors import EmbeddingUnavailable
from anima.ports import Embedder
from memory.database import Database
from memory.longterm import vectors
from memory.longterm.asking import Asked
from memory.longterm.bearings import Compass
from memory.longterm.held import Held, brought_up, states
from memory.longterm.hits import Hit
from memory.longterm.naming import nameless
from memory.longterm.ranking import Recalled, recalled
from memory.longterm.scope import Viewer, visible
from memory.longterm.shelves import Shelves
from memory.longterm.vectors import Leg
from memory.longterm.viewing import Party, viewer

__all__ = ["Asked", "Hit", "LongTerm", "Recalled"]

_EMBED_S: Final = 0.15
"""Longer nobody waits for the meaning of a question; then its words alone have to find."""


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
        embed_s: float = _EMBED_S,
        compass: Compass | None = None,
    ) -> None:
        self._database = database
        self._all = tuple(embedders)
        self._shelves = Shelves(cached_bytes)
        self._embed_s = embed_s
        self._compass = compass or Compass()

    async def recall(self, who: Party | Viewer, asked: Asked, limit: int = 50) -> Recalled:
        """The *limit* memories that fit best to what was *asked*, of those *who* may see them.

        Its meaning comes first, and then all the rest in one go: side by side they take as long,
        for Python runs one of them at a time.
        """
        if asked.is_nothing:
            return Recalled(abstained=True)
        meant = nameless(asked.whole, await self._names(who)) if self._embedders else ""
        meaning = [await self._meaning(one, meant) for one in self._embedders]
        helped = [one.name for one, each in zip(self._embedders, meaning, strict=True) if each]

        def found(connection: Connection) -> Recalled:
            shelves, legs = self._brought_up(connection, who)
            turned = [
                (self._compass.turned(one.name, cells), each)
                for one, cells, each in zip(self._embedders, meaning, legs, strict=True)
                if cells
            ]
            likeness = [[leg.likeness(one) for leg in each] for one, each in turned]
            usual = [self._compass.usual(name) for name in helped]
            told = _told(shelves, who.place, asked.since)
            return recalled(connection, shelves, likeness, usual, asked, limit=limit, told=told)

        return replace(await self._database.read(found), embedder="+".join(helped))

    @property
    def _embedders(self) -> Sequence[Embedder]:
        """Those that are of use; what they need is loaded only now, and not without any."""
        return self._all if self._all and vectors.can_scan() else ()

    async def warm(self, who: Party | Viewer) -> None:
        """Read what *who* may see, however long that takes, so that recalling it is quick."""
        await self._database.read(lambda found: self._brought_up(found, who))

    async def _names(self, who: Party | Viewer) -> Collection[str]:
        """Who spoke where *who* may look; it is read first where nobody looked lately."""
        found = self._shelves.names(who)
        if found is None:
            await self.warm(who)
            found = self._shelves.names(who)
        return found or ()

    async def _meaning(self, embedder: Embedder, text: str) -> bytes | None:
        """What *embedder* makes of *text*; None where it did not in time."""
        try:
            async with asyncio.timeout(self._embed_s):
                (found,) = await embedder.embed([text], asked=True)
        except (EmbeddingUnavailable, TimeoutError):
            return None
        return found

    def _brought_up(
        self, connection: Connection, who: Party | Viewer
    ) -> tuple[Sequence[Held], Sequence[Sequence[Leg]]]:
        """The shelves that *who* may see as they are now, and for each embedder their vectors."""
        seen = who if isinstance(who, Viewer) else viewer(connection, who)
        known = states(connection, visible(seen))
        held = [brought_up(connection, state, self._shelves.held(state.id)) for state in known]
        legs = [self._legs(connection, held, one.name) for one in self._embedders]
        self._shelves.keep(who, held, legs, [one.name for one in self._embedders])
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
