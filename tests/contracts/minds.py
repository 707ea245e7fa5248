"""A database with long-term memory over it, and talks of long ago in a line."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from anima.model import Conversation
from anima.ports import Embedder, Vector
from backend.embedding.hashed import Hashed
from memory.longterm.asking import Asked
from memory.longterm.dropping import drop
from memory.longterm.inking import Inker
from memory.longterm.keeping import keep
from memory.longterm.kept import Saying
from memory.longterm.recall import LongTerm, Recalled
from memory.longterm.scope import Origin, Viewer
from tests.contracts.databases import Store, opened
from tests.contracts.ledgers import SqlLedgers

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
MEI = "telegram:1"
LI = "telegram:2"


@dataclass
class Named:
    """Another embedder's name over the hashed one, and what it was given.

    It may be *broken*, or *far*, which can only be awaited.
    """

    name: str
    broken: Exception | None = None
    far: bool = False
    given: list[str] = field(default_factory=list)

    @property
    def dim(self) -> int:
        return Hashed.dim

    async def prepare(self) -> None:
        """It always is."""

    @property
    def now(self) -> Callable[[str], Vector] | None:
        return None if self.far else self._now

    async def embed(self, texts: Sequence[str], *, asked: bool = False) -> Sequence[Vector]:
        self._take(texts)
        return await Hashed().embed(texts, asked=asked)

    def _now(self, text: str) -> Vector:
        self._take([text])
        return Hashed().now(text)

    def _take(self, texts: Sequence[str]) -> None:
        if self.broken:
            raise self.broken
        self.given += texts


@dataclass
class Mind:
    """What one process knows."""

    store: Store
    embedders: Sequence[Embedder]
    longterm: LongTerm
    inker: Inker
    places: list[int] = field(default_factory=list)
    minutes: int = 0

    async def place(self) -> int:
        """Another conversation."""
        number = len(self.places) + 1
        where = Conversation("telegram", "anima", "", str(number), "")
        self.places.append(await self.store.talk(number, "hello", where=where))
        return self.places[-1]

    def saying(
        self,
        place: int,
        text: str,
        *,
        who: str = MEI,
        name: str = "Mei",
        private: bool = True,
        persona: str = "kokoro",
        at: datetime | None = None,
        **more: Any,
    ) -> Saying:
        """A minute after the last one somebody says *text*."""
        self.minutes += 1
        when = at or NOON + timedelta(minutes=self.minutes)
        return Saying(Origin(persona, place, private, who), name, text, when, **more)

    async def keep(self, *sayings: Saying) -> list[int]:
        """Keep them, all new."""
        kept = await self.store.database.write(lambda found: keep(found, sayings))
        return [one or 0 for one in kept]

    async def says(self, place: int, *texts: str, **how: Any) -> list[int]:
        """Somebody says *texts*, one after the other."""
        return await self.keep(*(self.saying(place, text, **how) for text in texts))

    async def drop(self, *ids: int) -> None:
        """Drop them."""
        await self.store.database.write(lambda found: drop(found, ids))

    async def ink(self) -> None:
        """Give vectors to all that has none."""
        while await self.inker.ink():
            pass

    async def asks(
        self, viewer: Viewer | int, text: str, limit: int = 50, before: str = "", days: float = 1
    ) -> Recalled:
        """Ask, as somebody alone with Kokoro where *viewer* is a place."""
        if isinstance(viewer, int):
            viewer = Viewer("kokoro", viewer, private=True, speakers=(MEI,))
        asked = Asked(text, before, at=NOON + timedelta(days=days))
        return await self.longterm.recall(viewer, asked, limit)

    async def finds(self, viewer: Viewer | int, text: str, **how: Any) -> list[int]:
        """The ids that come to mind."""
        return [one.id for one in (await self.asks(viewer, text, **how)).hits]


async def minded(ledgers: SqlLedgers, embedders: Iterable[Embedder] = (), **how: Any) -> Mind:
    """A process over the database of *ledgers*."""
    store = await opened(ledgers)
    legs = tuple(embedders)
    inker = Inker(store.database, legs, store.ledgers.clock)
    return Mind(store, legs, LongTerm(store.database, legs, **how), inker)
