"""`anima memory rank`: how well memory finds, measured with what it is made of and nothing else."""

import gc
import json
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Final

from sqlalchemy import Connection

from anima.errors import ConfigError, EmbeddingUnavailable
from anima.model import Conversation
from anima.ports import Embedder, Witness
from memory.address import to_url
from memory.database import Database
from memory.longterm.asking import Asked
from memory.longterm.bearings import Compass
from memory.longterm.facts import Finds, found_in, learn
from memory.longterm.inking import Inker
from memory.longterm.keeping import keep
from memory.longterm.kept import Saying
from memory.longterm.recall import Hit, LongTerm
from memory.longterm.scope import Origin, Viewer
from memory.place import placed
from memory.schema import upgrade
from persona.language import guess
from service.embedders import embedders_of
from service.finding import Finding
from service.memory_lines import CorpusLine, Question, lines
from service.memory_story import PERSONA, StoryClock, speaker_of
from service.settings import Settings

MOST: Final = 50
_AT_ONCE: Final = 2000
_CACHED: Final = 2**30
"""Nothing that was read ahead is let go before the last question."""


@dataclass(frozen=True, slots=True)
class Store:
    """A fresh store, and what searches it."""

    database: Database
    longterm: LongTerm
    inking: Inker

    async def inks(self) -> None:
        """Give all that was kept its vectors."""
        while await self.inking.ink():
            pass


@asynccontextmanager
async def stores(settings: Settings, witness: Witness) -> AsyncIterator["Stores"]:
    """Makes one store after another, with the embedders of *settings*."""
    clock = StoryClock()
    async with embedders_of(settings, witness) as embedders:
        compass = Compass()
        for one in embedders:
            try:
                await compass.take(one)
            except EmbeddingUnavailable as error:
                raise ConfigError(f"memory.embeddings: {error}") from error
        with tempfile.TemporaryDirectory(prefix="anima-rank-") as folder:
            yield Stores(Path(folder), embedders, clock, compass)


@dataclass(slots=True)
class Stores:
    """Opens fresh stores in *folder*; *clock* shows the time that is told."""

    folder: Path
    embedders: Sequence[Embedder]
    clock: StoryClock
    compass: Compass
    _count: int = 0

    @asynccontextmanager
    async def fresh(self) -> AsyncIterator[Store]:
        """An empty one."""
        self._count += 1
        file = self.folder / f"{self._count}.db"
        async with Database(to_url(f"sqlite:///{file.as_posix()}")) as database:
            await upgrade(database)
            inking = Inker(database, self.embedders, self.clock)
            longterm = LongTerm(
                database, self.embedders, cached_bytes=_CACHED, embed_s=60, compass=self.compass
            )
            yield Store(database, longterm, inking)
        file.unlink()


async def ranked(
    settings: Settings, witness: Witness, corpus: Path, questions: Path, out: Path
) -> int:
    """Keep the lines of *corpus*, and write for each of *questions* what was found; how many."""
    asked = list(lines(questions, Question))
    async with stores(settings, witness) as made, made.fresh() as store:
        scopes = await _kept(store, lines(corpus, CorpusLine))
        await store.inks()
        for sample in {one.sample_id for one in asked} & scopes.keys():
            await store.longterm.warm(scopes[sample].viewer)
        gc.collect()
        gc.freeze()  # as the service does once it is loaded
        with out.open("w", encoding="utf-8") as stream:
            for question in asked:
                stream.write(json.dumps(await _answer(store, scopes, question)) + "\n")
    return len(asked)


@dataclass(slots=True)
class _Scope:
    """One sample: where it lies, what its lines are called outside, and when the last was said."""

    place: int
    last: datetime
    names: dict[int, str] = field(default_factory=dict)

    @property
    def viewer(self) -> Viewer:
        """Who is alone there."""
        return Viewer(PERSONA, self.place, private=True)


async def _kept(store: Store, corpus: Iterator[CorpusLine]) -> dict[str, _Scope]:
    scopes: dict[str, _Scope] = {}
    keeping = partial(_keep, scopes=scopes, finds=Finding())
    while some := list(islice(corpus, _AT_ONCE)):
        await store.database.write(partial(keeping, some=some))
    return scopes


def _keep(
    connection: Connection, some: Sequence[CorpusLine], scopes: dict[str, _Scope], finds: Finds
) -> None:
    for line in some:
        scope = scopes.get(line.sample_id)
        if scope is None:
            where = Conversation(PERSONA, PERSONA, line.sample_id)
            place: int = placed(connection, where, private=True, title="").id
            scope = scopes[line.sample_id] = _Scope(place, line.time)
        scope.last = max(scope.last, line.time)
    sayings = [_saying(line, scopes[line.sample_id].place) for line in some]
    ids = keep(connection, sayings)
    learn(connection, sayings, ids, found_in(sayings, finds))
    for line, kept in zip(some, ids, strict=True):
        if kept is not None:
            scopes[line.sample_id].names[kept] = line.id


def _saying(line: CorpusLine, place: int) -> Saying:
    speaker = speaker_of(f"{line.sample_id}/{line.speaker}")
    origin = Origin(PERSONA, place, private=True, speaker=speaker.address)
    return Saying(origin, line.speaker, line.whole, line.time, guess(line.whole))


async def _answer(
    store: Store, scopes: Mapping[str, _Scope], question: Question
) -> dict[str, object]:
    """What was found, the best first, and how long it took."""
    scope = scopes.get(question.sample_id)
    found: list[str] = []
    began = perf_counter()
    if scope is not None:
        recalled = await store.longterm.recall(
            scope.viewer, Asked(question.question, at=scope.last, anyway=True), MOST
        )
        found = told(recalled.hits, scope.names)
    ms = (perf_counter() - began) * 1000
    told_ = {"sample_id": question.sample_id, "qid": question.qid}
    return told_ | {"ranked": found, "ms": round(ms, 3)}


def told(hits: Iterable[Hit], names: Mapping[int, str]) -> list[str]:
    """The lines that *hits* are or come from, by their outside *names*, each once."""
    lines_ = (line for hit in hits for line in hit.lines)
    return list(dict.fromkeys(names[line] for line in lines_ if line in names))[:MOST]
