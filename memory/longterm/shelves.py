"""The shelves that are held in the process, as many as there is room for."""

from collections.abc import Collection, Hashable, Sequence
from threading import Lock
from typing import Final

from memory.longterm.held import Held
from memory.longterm.vectors import Leg

_LOOKED: Final = 10_000


class Shelves:
    """Holds at most *most_bytes*; what was asked for longest ago is let go first.

    Who looked at which shelves is known of the last ten thousand.

    Any thread may ask, and put in what it has read.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._lock = Lock()
        self._held: dict[int, Held] = {}
        self._legs: dict[int, dict[str, Leg]] = {}
        self._bytes: dict[int, int] = {}
        self._total = 0
        self._looked: dict[Hashable, tuple[int, ...]] = {}

    def held(self, shelf: int) -> Held | None:
        """A shelf as it was last read."""
        return self._held.get(shelf)

    def leg(self, shelf: int, embedder: str) -> Leg | None:
        """Its vectors as they were last read."""
        return self._legs.get(shelf, {}).get(embedder)

    def names(self, who: Hashable) -> Collection[str] | None:
        """Who spoke on the shelves at which *who* looked last; None where they are not held."""
        looked = self._looked.get(who)
        held = [self.held(one) for one in looked or ()]
        if looked is None or None in held:
            return None
        return {name for one in held if one for name in one.names}

    def keep(
        self,
        who: Hashable,
        shelves: Sequence[Held],
        legs: Sequence[Sequence[Leg]],
        names: Sequence[str],
    ) -> None:
        """Hold what *who* has just asked for, with the vectors of the embedders *names*."""
        with self._lock:
            self._keep(shelves, legs, names)
            self._looked.pop(who, None)
            self._looked[who] = tuple(one.state.id for one in shelves)
            if len(self._looked) > _LOOKED:
                self._looked.pop(next(iter(self._looked)))

    def _keep(
        self, shelves: Sequence[Held], legs: Sequence[Sequence[Leg]], names: Sequence[str]
    ) -> None:
        for place, one in enumerate(shelves):
            self._let_go(one.state.id)
            mine = {name: each[place] for name, each in zip(names, legs, strict=True)}
            self._held[one.state.id], self._legs[one.state.id] = one, mine
            size = one.bytes + sum(leg.bytes for leg in mine.values())
            self._bytes[one.state.id] = size
            self._total += size
        while self._total > self._most_bytes and len(self._held) > len(shelves):
            self._let_go(next(iter(self._held)))

    def _let_go(self, shelf: int) -> None:
        self._held.pop(shelf, None)
        self._legs.pop(shelf, None)
        self._total -= self._bytes.pop(shelf, 0)
