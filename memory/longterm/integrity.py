"""Whether long-term memory is of one piece.

What is derived has its sources and is seen by nobody who does not see these, everything is found
by its words, and what is counted is there.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import Connection

from memory.database import Database
from memory.longterm import integrity_counts as counts
from memory.longterm import integrity_index as index
from memory.longterm import integrity_rows as rows
from memory.longterm.batches import batches

_WORDS: Final[Mapping[str, str]] = {
    "unindexed": "{} in the index by other words or shelves than their own",
    "baseless": "{} made of what is gone, or of what nobody may see together",
    "wide": "{} seen where one of their sources is not",
    "narrow": "{} not on the shelves where they belong",
    "unfound": "{} not found by their words",
    "sittings": "{} count their lines wrong",
    "shelves": "{} count their memories wrong",
}
"""What is wrong, after how many."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """So many have that *fault*; *mended*: it was put right."""

    fault: str
    count: int
    mended: bool = False

    def __str__(self) -> str:
        counted = self.fault in {"sittings", "shelves"}
        many = f"{self.count} {self.fault}" if counted else f"memories: {self.count} are"
        return _WORDS[self.fault].format(many) + (" (mended)" if self.mended else "")


class Integrity:
    """Looks in small portions, so that nobody waits for it for long."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def check(self, *, mend: bool = False) -> tuple[Wrong, ...]:
        """What is wrong, and put right where one is to *mend*. Raises `LedgerUnavailable`."""
        faults = Counter(unindexed=await self._index(mend=mend))
        faults += await self._rows(mend=mend)
        for name, look in (("sittings", counts.sittings), ("shelves", counts.shelves)):
            count = await self._database.read(partial(look, mend=False))
            if count and mend:
                count = await self._database.write(partial(look, mend=True), lasting=False)
            faults[name] = count
        return tuple(Wrong(fault, faults[fault], mend) for fault in _WORDS if faults[fault])

    async def _index(self, *, mend: bool) -> int:
        """It comes first: nothing can be taken out of an index that has it otherwise."""
        counted, last = await self._database.read(index.counted), 0
        suspects: list[int] = []
        while some := await self._database.read(_expected(last)):
            suspects += (each for each, count in some.items() if counted.pop(each, 0) != count)
            last = max(some)
        suspects += counted
        return sum([await self._reindex(some, mend=mend) for some in batches(suspects)])

    async def _reindex(self, ids: Sequence[int], *, mend: bool) -> int:
        count = await self._database.read(partial(index.wrong, ids=ids, mend=False))
        if count and mend:
            job = partial(index.wrong, ids=ids, mend=True)
            count = await self._database.write(job, lasting=False)
        return count

    async def _rows(self, *, mend: bool) -> Counter[str]:
        """What is wrong with the memories, in the order in which they came."""
        faults, last = Counter[str](), 0
        while True:
            last, wrong = await self._database.read(_after(last))
            if wrong and mend:
                wrong = await self._database.write(_mended(list(wrong)), lasting=False)
            faults.update(wrong.values())
            if not last:
                return faults


_Faults = Mapping[int, str]


def _after(last: int) -> Callable[[Connection], tuple[int, _Faults]]:
    return lambda connection: rows.after(connection, last)


def _expected(last: int) -> Callable[[Connection], Mapping[int, int]]:
    return lambda connection: index.expected(connection, last)


def _mended(ids: list[int]) -> Callable[[Connection], _Faults]:
    return lambda connection: rows.mend(connection, ids)
