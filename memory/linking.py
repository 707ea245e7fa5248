"""Two speakers become one person: a code asked for by one of them is brought by the other."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import Connection

from anima.ids import Ids
from anima.ports import Clock
from memory import link_codes
from memory.acquaintance import language_of
from memory.alone import alone
from memory.database import Database
from memory.joining import HOLDS, Tried, bring, going, issue, join, note, without
from memory.same import Side, leave, sides
from memory.text import storable
from memory.unasked import Unasked

__all__ = ["HOLDS", "Change", "Links", "Parted", "Tried"]

Change = Literal["linked", "parted"]
Told = Callable[[Change, str, Sequence[Side]], str]
"""What a speaker is told in a language when the link with those others has changed."""

_MOST_TOLD: Final = 20
"""Nobody is at home on more platforms; who would be is told nothing there."""


@dataclass(frozen=True, slots=True)
class Parted:
    """Who is *gone* from somebody; where nobody is, who *stays* one person with them."""

    gone: tuple[Side, ...] = ()
    stays: tuple[Side, ...] = ()


class Links:
    """The links in the database. *told* are the words for those whom a change concerns.

    They are said in the same transaction, and *rang* learns where. Raises `LedgerUnavailable`.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: Ids,
        rang: Callable[[Collection[int]], None],
        told: Told,
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._rang = rang
        self._told = told

    async def others(self, who: str) -> tuple[Side, ...]:
        """Who else is one person with *who*."""
        return await self._database.read(lambda found: without(sides(found, who), who))

    async def code(self, side: Side) -> str:
        """A new code for *side*; whichever it had before is good for nothing now."""
        code, now = link_codes.fresh(), self._clock.now()
        await self._database.write(lambda found: issue(found, side, code, now))
        return code

    async def bring(self, side: Side, code: str, *, sure: bool) -> Tried:
        """*side* brings a *code* of somebody else; they become one person where it is *sure*."""
        change = self._change()
        tried = await self._database.write(lambda found: change.bring(found, side, code, sure=sure))
        self._rang(change.rang)
        return tried

    async def part(self, who: str, platform: str = "") -> Parted:
        """*who*, or their other sides on *platform*, are persons of their own again."""
        change = self._change()
        parted = await self._database.write(lambda found: change.part(found, who, platform))
        self._rang(change.rang)
        return parted

    def _change(self) -> "_Change":
        ids = [(self._ids.next(), self._ids.next()) for _ in range(_MOST_TOLD)]
        return _Change(self._clock.now(), self._told, ids)


@dataclass(slots=True)
class _Change:
    """What one transaction does, in a thread and perhaps anew from the start.

    *ids* are of what is said because of it, *rang* the places in which that is.
    """

    at: datetime
    words: Told
    ids: Sequence[tuple[int, int]]
    rang: list[int] = field(default_factory=list)

    def bring(self, connection: Connection, side: Side, code: str, *, sure: bool) -> Tried:
        self.rang.clear()
        tried = bring(connection, side, code, self.at)
        if tried.result != "found" or not sure:
            return tried
        mine = sides(connection, side.address) or (side,)
        beside = without(mine, side.address)
        told = [*((one, mine) for one in tried.sides), *((one, tried.sides) for one in beside)]
        self._say(connection, "linked", told)
        join(connection, side, tried.sides, self.at)
        return Tried("linked", (*beside, *tried.sides))

    def part(self, connection: Connection, who: str, platform: str) -> Parted:
        self.rang.clear()
        alone(connection, "link")
        everyone = sides(connection, who)
        others = without(everyone, who)
        goes = going(everyone, who, platform)
        if not goes:
            return Parted(stays=others)
        gone = {one.address for one in goes}
        told = [
            (one, without(everyone, one.address) if one.address in gone else goes) for one in others
        ]
        self._say(connection, "parted", told)
        leave(connection, gone)
        names = " ".join(one.address for one in everyone)
        note(connection, who, "unlink", " ".join(sorted(gone)), names, "", self.at)
        return Parted(others if who in gone else goes)

    def _say(
        self, connection: Connection, change: Change, told: Sequence[tuple[Side, Sequence[Side]]]
    ) -> None:
        """Tell each side that its link with others has changed; places in order, as everybody."""
        in_order = sorted(told, key=lambda both: both[0].place)
        for (turn, said), (one, others) in zip(self.ids, in_order, strict=False):
            text = self.words(change, language_of(connection, one.where), others)
            notice = Unasked(turn, said, storable(text), "notice", self.at)
            if notice.put(connection, one.place):
                self.rang.append(one.place)
