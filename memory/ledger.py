"""The ledger in SQL: every word heard and said, durable before anybody is told."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta

from sqlalchemy import Connection, bindparam, update

from anima.model import Arrival, Claim, Conversation, Heard, Line
from anima.ports import BotName, Clock
from anima.steps import Step
from memory import claiming, reading, stopping, writing
from memory.database import Database
from memory.hearing import Hearing
from memory.holder import Holder
from memory.standing import COUNTED, Counted
from memory.tables import conversation

_KNOWN_PLACES = 20_000
"""About 5 MB; a place beyond that is looked up again."""

_FREE = (
    update(conversation)
    .where(conversation.c.holder == bindparam("by"))
    .values(holder=None, lease_until=None)
)


class SqlLedger:
    """The port `Ledger` over a `Database`. *rang* learns where somebody waits, after the commit.

    *counted*: how far turns of the last minute are counted.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        holder: Holder,
        *,
        lease_s: float,
        rang: Callable[[Collection[int]], None],
        counted: Counted = COUNTED,
    ) -> None:
        self._database = database
        self._clock = clock
        self._holder = holder
        self._lease = timedelta(seconds=lease_s)
        self._rang = rang
        self._counted = counted
        self._known: OrderedDict[Conversation, int] = OrderedDict()

    async def hear(self, arrivals: Sequence[Arrival]) -> int:
        now = self._clock.now()

        def job(connection: Connection) -> Hearing:
            hearing = Hearing(connection, now, self._known)
            hearing.take(arrivals)
            return hearing

        hearing = await self._database.write(job)
        self._learn(hearing.found)
        self._rang(hearing.rang)
        return hearing.new

    async def claim(self, limit: int, bots: Collection[BotName]) -> tuple[Claim, ...]:
        now = self._clock.now()
        until = now + self._lease
        lease = claiming.Lease(self._holder.name, tuple(bots), limit, now, until, self._counted)
        return await self._database.write(
            lambda connection: claiming.claim(connection, lease), lasting=False
        )

    async def waiting(self, claim: Claim) -> tuple[Heard, ...]:
        counts = self._counted.asked(self._clock.now())
        return await self._database.read(
            lambda connection: claiming.waiting(connection, claim.id, counts)
        )

    async def stopped(self, claim: Claim, mark: int) -> bool:
        return await self._database.read(
            lambda connection: stopping.stopped(connection, claim.id, mark)
        )

    async def write(self, claim: Claim, *steps: Step) -> None:
        now = self._clock.now()
        await self._database.write(lambda connection: writing.write(connection, claim, steps, now))

    async def renew(self, claims: Collection[Claim]) -> frozenset[int]:
        until = self._clock.now() + self._lease
        return await self._database.write(
            lambda connection: claiming.renew(connection, claims, until), lasting=False
        )

    async def tail(self, claim: Claim, limit: int) -> tuple[Line, ...]:
        return await self._database.read(
            lambda connection: reading.tail(connection, claim.id, limit)
        )

    async def bury(self) -> int:
        """Free at once what processes of this machine held that are no more; how many places."""

        def job(connection: Connection) -> int:
            held = claiming.holders(connection)
            dead = [name for name in held if self._holder.outlived(name)]
            return sum(connection.execute(_FREE, {"by": name}).rowcount for name in dead)

        return await self._database.write(job)

    def _learn(self, found: dict[Conversation, int]) -> None:
        self._known |= found
        while len(self._known) > _KNOWN_PLACES:
            self._known.popitem(last=False)
