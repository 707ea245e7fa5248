"""What comes to mind: the one way in which long-term memory is searched."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection

from anima.errors import EmbeddingUnavailable
from anima.ports import Embedder
from memory.database import Database
from memory.longterm import vectors
from memory.longterm.asking import Asked
from memory.longterm.fusing import Fusion
from memory.longterm.held import Held, brought_up, states
from memory.longterm.hits import Hit, read
from memory.longterm.lexical import Lexical, search
from memory.longterm.scope import Viewer, visible
from memory.longterm.shelves import Shelves
from memory.longterm.vectors import Leg
from memory.longterm.weighing import weighed
from memory.longterm.when import time_asked

__all__ = ["Asked", "Hit", "LongTerm", "Recalled"]

_EMBED_S: Final = 0.15
"""Longer nobody waits for the meaning of a question; then its words alone have to find."""

_SPARE: Final = 15
"""More are read than are wanted: some will be told by another, or rise."""

_MANY: Final = 20_000
"""More memories are not ranked on the loop, on which everybody else waits."""

_FOLLOWED: Final = 12
"""Of so many the line that followed is read, too; there is never room for more."""

_COVER: Final = 0.6
"""Who shares less than that with a question shares what everybody says."""

_NEAR: Final = 0.22
"""What has to do with a question is no less near to it in meaning. Measured in three languages:
what has was 0.3 and more away from the mean, what has not 0.2 at most."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was found, the best first, with the help of which *embedder*; none: by words alone.

    *abstained*: nothing fits, and nothing is better than something. *after* has the line that
    followed, for each line that was found and had one.
    """

    hits: tuple[Hit, ...] = ()
    embedder: str = ""
    abstained: bool = False
    after: dict[int, Hit] = field(default_factory=dict)


_Shelves = tuple[Sequence[Held], Sequence[Sequence[Leg]]]
"""Shelves, and for each embedder their vectors."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """What one reading of the database found."""

    shelves: Sequence[Held]
    legs: Sequence[Sequence[Leg]]
    lexical: Lexical


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
    ) -> None:
        self._database = database
        self._embedders = tuple(embedders)
        self._shelves = Shelves(cached_bytes)
        self._embed_s = embed_s

    async def recall(self, viewer: Viewer, asked: Asked, limit: int = 50) -> Recalled:
        """The *limit* memories that fit best to what was *asked*, of those *viewer* may see."""
        if asked.is_nothing:
            return Recalled(abstained=True)
        keys = visible(viewer)
        async with asyncio.TaskGroup() as group:
            meaning = group.create_task(self._meaning(asked))
            looked = await self._database.read(lambda found: self._look(found, keys, asked))
        if not any(len(one) for one in looked.shelves):
            return Recalled(abstained=True)
        meant = meaning.result()
        fused: list[tuple[int, float]] | None
        if sum(len(one) for one in looked.shelves) > _MANY:
            fused = await asyncio.to_thread(_fused, looked, meant, asked, limit + _SPARE)
        else:
            fused = _fused(looked, meant, asked, limit + _SPARE)
        names = (one.name for one, each in zip(self._embedders, meant, strict=True) if each)
        used = "+".join(names)
        if not fused:
            return Recalled(embedder=used, abstained=True)
        best, after = await self._database.read(
            lambda found: _told(found, looked.shelves, dict(fused), asked, limit)
        )
        return Recalled(best, used, abstained=False, after=after)

    async def warm(self, viewer: Viewer) -> None:
        """Read what *viewer* may see, however long that takes, so that recalling it is quick."""
        keys = visible(viewer)
        await self._database.read(lambda found: self._brought_up(found, keys))

    async def _meaning(self, asked: Asked) -> Sequence[bytes | None]:
        """What each embedder makes of it; None where it did not in time."""
        return [await self._by(one, asked.whole) for one in self._embedders]

    async def _by(self, embedder: Embedder, text: str) -> bytes | None:
        if not vectors.can_scan():
            return None
        try:
            async with asyncio.timeout(self._embed_s):
                (found,) = await embedder.embed([text], asked=True)
        except (EmbeddingUnavailable, TimeoutError):
            return None
        return found

    def _look(self, connection: Connection, keys: frozenset[int], asked: Asked) -> _Looked:
        held, legs = self._brought_up(connection, keys)
        return _Looked(held, legs, search(connection, held, asked.whole))

    def _brought_up(self, connection: Connection, keys: frozenset[int]) -> _Shelves:
        known = states(connection, keys)
        held = [brought_up(connection, state, self._shelves.held(state.id)) for state in known]
        legs = [self._legs(connection, held, one) for one in self._embedders]
        self._shelves.keep(held, legs, [one.name for one in self._embedders])
        return held, legs

    def _legs(
        self, connection: Connection, held: Sequence[Held], embedder: Embedder
    ) -> Sequence[Leg]:
        if not vectors.can_scan():
            return ()
        name = embedder.name
        return [
            vectors.legged(connection, one, name, self._shelves.leg(one.state.id, name))
            for one in held
        ]


def _told(
    connection: Connection,
    shelves: Sequence[Held],
    scores: Mapping[int, float],
    asked: Asked,
    limit: int,
) -> tuple[tuple[Hit, ...], dict[int, Hit]]:
    """The best of those that have *scores*, and the lines that followed the very best."""
    after = _followers(shelves, list(scores)[:_FOLLOWED])
    ids = list(dict.fromkeys((*scores, *after.values())))
    found = read(connection, [one.state.id for one in shelves], ids)
    best = weighed(found, scores, asked.text, asked.at)[:limit]
    following = {
        number: found.hit(after[number], 0.0)
        for number, _ in best
        if after.get(number) in found.memories
    }
    return tuple(found.hit(number, score) for number, score in best), following


def _fused(
    looked: _Looked, meaning: Sequence[bytes | None], asked: Asked, most: int
) -> list[tuple[int, float]] | None:
    """The best with their scores; None when nothing fits."""
    likeness: list[list[Any]] = [
        [leg.likeness(vectors.as_vector(cells)) for leg in legs]
        for cells, legs in zip(meaning, looked.legs, strict=True)
        if cells is not None and legs
    ]
    fusion = Fusion(looked.shelves, looked.lexical, likeness)
    within = time_asked(asked.text, asked.at)
    fits = looked.lexical.cover >= _COVER or fusion.nearness >= _NEAR or within is not None
    if not (fits or asked.anyway):
        return None
    span = within and (within[0].timestamp(), within[1].timestamp())
    return fusion.ranked(asked.text, span, most) or None


def _followers(shelves: Sequence[Held], ids: Sequence[int]) -> dict[int, int]:
    """The line after each of *ids*, where there is one in the same sitting."""
    found: dict[int, int] = {}
    for shelf in shelves:
        for number in ids:
            place = shelf.place(number)
            if place is not None and shelf.after[place] >= 0:
                found[number] = shelf.ids[shelf.after[place]]
    return found
