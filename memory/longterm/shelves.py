"""The shelves that are held in the process, as many as there is room for."""

from collections.abc import Sequence
from threading import Lock

from memory.longterm.held import Held
from memory.longterm.vectors import Leg


class Shelves:
    """Holds at most *most_bytes*; what was asked for longest ago is let go first.

    Any thread may ask, and put in what it has read.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._lock = Lock()
        self._held: dict[int, Held] = {}
        self._legs: dict[int, dict[str, Leg]] = {}
        self._bytes: dict[int, int] = {}
        self._total = 0

    def held(self, shelf: int) -> Held | None:
        """A shelf as it was last read."""
        return self._held.get(shelf)

    def leg(self, shelf: int, embedder: str) -> Leg | None:
        """Its vectors as they were last read."""
        return self._legs.get(shelf, {}).get(embedder)

    def keep(
        self, shelves: Sequence[Held], legs: Sequence[Sequence[Leg]], names: Sequence[str]
    ) -> None:
        """Hold these, which have just been asked for, with the vectors of the embedders *names*."""
        with self._lock:
            self._keep(shelves, legs, names)

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
