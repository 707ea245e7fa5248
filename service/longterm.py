"""Long-term memory as one part of the house: what writes it, what finds it, what forgets it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from anima.errors import EmbeddingUnavailable
from anima.ids import Ids
from anima.model import Soul
from anima.ports import Backend, Bot, Clock, Embedder, Recollects, Witness
from memory.budget import Expenses
from memory.database import Database
from memory.linking import Links
from memory.longterm.bearings import Compass
from memory.longterm.consenting import Consents
from memory.longterm.erasing import Erasing
from memory.longterm.forgetting import Forgetting
from memory.longterm.hushing import Drops, Hushing
from memory.longterm.inking import Inker
from memory.longterm.integrity import Integrity
from memory.longterm.knowing import Knowing
from memory.longterm.lately import Lately
from memory.longterm.recall import LongTerm
from memory.longterm.scope import Viewer
from memory.longterm.scribe import Scribe
from memory.longterm.sleeping import Sleep
from memory.longterm.viewing import Views
from memory.longterm.wanted import Found, Receipt, What
from service.commands.link import told
from service.commands.memory import Memories
from service.deeds import Finds
from service.distilling import Budget, Distilling
from service.exports import Exports
from service.finding import Finding
from service.lapsing import Lapsing
from service.recollecting import Recollecting
from service.settings import Settings
from service.sleeping import Sleeping
from service.speaking import Tidying


@dataclass(frozen=True, slots=True)
class Oblivion:
    """Forgets in the database, in what was written down of it for people, and in sounds."""

    forgetting: Forgetting
    archives: Exports
    sounds: Tidying

    async def find(self, viewer: Viewer, what: What) -> Found:
        """What would go."""
        return await self.forgetting.find(viewer, what)

    async def forget(
        self, viewer: Viewer, what: What, by: str, asked: Sequence[int] = ()
    ) -> Receipt:
        """Forget it for good."""
        receipt = await self.forgetting.forget(viewer, what, by, asked)
        self.archives.drop(viewer.speakers)
        await self.sounds.forget()
        return receipt


@dataclass(frozen=True, slots=True)
class Remembrance:
    """What commands ask, what a turn asks, and *workers* that run beside."""

    memories: Memories
    recollects: Recollects
    finds: Finds
    workers: Sequence[Bot]
    _scribe: Scribe
    _finding: Finding
    _inking: Inker
    _compass: Compass
    _embedders: Sequence[Embedder]
    _witness: Witness

    async def catch_up(self, place: int) -> bool:
        """Keep what was said in *place*; whether there may be more. Raises `LedgerUnavailable`."""
        more = await self._scribe.catch_up(place)
        self._inking.wake()
        return more

    async def behind(self) -> Sequence[int]:
        """The places in which something was said that is not kept yet."""
        return await self._scribe.behind()

    async def prepare(self) -> None:
        """Load what is large, while nobody waits for it."""
        for one in self._embedders:
            try:
                await self._compass.take(one)
            except EmbeddingUnavailable as error:
                self._witness.note("embeddings away", embedder=one.name, reason=str(error))
        await self._finding.prepare()  # an answer needs the others first


def remembrance(
    database: Database,
    clock: Clock,
    witness: Witness,
    *,
    tail: Drops,
    embedders: Sequence[Embedder],
    cached_mb: int,
    exports: Path,
    sounds: Tidying,
    ids: Ids,
    rang: Callable[[Collection[int]], None],
) -> Remembrance:
    """All of it over *database*. *tail* is the cache of short-term memory.

    *rang* learns where something is to be said because somebody was linked.
    """
    erasing = Erasing(database)
    hushing = Hushing(database, clock, tail, erasing)
    archives = Exports(database, exports, clock)
    finding = Finding()
    forgetting = Forgetting(database, clock, tail, erasing, finding)
    compass = Compass()
    inking = Inker(database, embedders, clock, compass)
    longterm = LongTerm(database, embedders, cached_bytes=cached_mb * 2**20, compass=compass)
    recollects = Recollecting(longterm, witness)
    memories = Memories(
        views=Views(database),
        knows=Knowing(database),
        forgets=Oblivion(forgetting, archives, sounds),
        lately=Lately(database),
        hushing=hushing,
        consents=Consents(database, clock),
        exports=archives,
        links=Links(database, clock, ids, rang, told),
    )
    return Remembrance(
        memories=memories,
        recollects=recollects,
        finds=recollects.find,
        workers=(Lapsing(hushing, erasing, clock, witness), inking, recollects),
        _scribe=Scribe(database, finding),
        _finding=finding,
        _inking=inking,
        _compass=compass,
        _embedders=embedders,
        _witness=witness,
    )


def sleep_of(
    settings: Settings,
    database: Database,
    clock: Clock,
    witness: Witness,
    *,
    backend: Backend,
    souls: Sequence[Soul],
    called: Callable[[str], str],
    busy: Callable[[], bool],
) -> Sleeping:
    """The worker that distils what was said. *called*: what people call a persona."""
    known = {soul.name: soul for soul in souls}
    distils = Distilling(
        backend,
        lambda name: known.get(name, souls[0]),
        clock,
        witness,
        busy=busy,
        budget=Budget(clock, calls=settings.memory.distil_calls),
        spends=Expenses(database, clock),
    )
    wanted = distils if settings.memory.distil else None
    sleep = Sleep(database, clock, busy=busy, called=called, distils=wanted)
    return Sleeping(sleep, Integrity(database), clock, witness)
