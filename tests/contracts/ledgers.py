"""The same ledger in three forms, each opened by as many processes as a test wants."""

from collections.abc import Callable, Collection
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import Table, select

from anima.ports import Ledger
from memory import schema
from memory.address import to_url
from memory.database import Database
from memory.holder import Holder
from memory.ledger import SqlLedger
from memory.tables import audit, feedback, heard, said
from tests.in_memory_ledger import InMemoryLedger

LEASE_S = 20.0
START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
Rows = list[tuple[str, str]]


@dataclass
class HandClock:
    """A clock that moves when a test moves it; threads and sockets want an ordinary loop."""

    seconds: float = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def elapsed(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds


class Ledgers(Protocol):
    """One store. *rang* collects the places that rang, in whichever process."""

    clock: HandClock
    rang: list[int]

    async def open(self) -> Ledger:
        """Another process over the same store."""

    async def heard(self) -> Rows:
        """What arrived, as text and state."""

    async def said(self) -> Rows:
        """What we decided to say, as text and state."""

    async def audit(self) -> list[tuple[str, ...]]:
        """What the house did: by whom, which deed, on what, from what to what."""

    async def feedback(self) -> list[tuple[int, str, str, str]]:
        """What people think: of which turn, who, how they like it, and whose answer it was."""


@dataclass
class SqlLedgers:
    """Over a database; what is opened is closed with *stack*."""

    url: str
    stack: AsyncExitStack
    clock: HandClock = field(default_factory=HandClock)
    rang: list[int] = field(default_factory=list)
    databases: list[Database] = field(default_factory=list)

    async def open(self) -> SqlLedger:
        return await self.open_as(Holder.me())

    async def open_as(self, holder: Holder, lease_s: float = LEASE_S) -> SqlLedger:
        """A process with this name."""
        database = await self.stack.enter_async_context(Database(to_url(self.url)))
        if not self.databases:
            await schema.upgrade(database)
        self.databases.append(database)
        return SqlLedger(database, self.clock, holder, lease_s=lease_s, rang=ringing(self.rang))

    async def heard(self) -> Rows:
        return await self._states(heard)

    async def said(self) -> Rows:
        return await self._states(said)

    async def audit(self) -> list[tuple[str, ...]]:
        columns = ("by", "deed", "subject", "before", "after")
        wanted = select(*(audit.c[name] for name in columns)).order_by(audit.c.id)
        return await self.databases[0].read(
            lambda connection: [tuple(row) for row in connection.execute(wanted)]
        )

    async def feedback(self) -> list[tuple[int, str, str, str]]:
        columns = feedback.c.turn_id, feedback.c.speaker, feedback.c.verdict, feedback.c.soul
        wanted = select(*columns).order_by(feedback.c.turn_id, feedback.c.speaker)
        return await self.databases[0].read(
            lambda connection: [tuple(row) for row in connection.execute(wanted)]
        )

    async def _states(self, table: Table) -> Rows:
        wanted = select(table.c.text, table.c.state).order_by(table.c.id)
        return await self.databases[0].read(
            lambda connection: [(text, state) for text, state in connection.execute(wanted)]
        )


@dataclass
class MemoryLedgers:
    """Over one store in dictionaries."""

    clock: HandClock = field(default_factory=HandClock)
    rang: list[int] = field(default_factory=list)
    _ledger: InMemoryLedger = field(init=False)

    def __post_init__(self) -> None:
        self._ledger = InMemoryLedger(self.clock, LEASE_S, ringing(self.rang))

    async def open(self) -> InMemoryLedger:
        return self._ledger.another()

    async def heard(self) -> Rows:
        return [(row.text, row.state) for row in self._ledger.heard]

    async def said(self) -> Rows:
        return [(row.text, row.state) for row in self._ledger.said]

    async def audit(self) -> list[tuple[str, ...]]:
        rows = self._ledger.store.audit
        return [(row.by, row.deed, row.subject, row.before, row.after) for row in rows]

    async def feedback(self) -> list[tuple[int, str, str, str]]:
        rows = sorted(self._ledger.store.feedback.items())
        return [(turn, who, row.verdict, row.soul) for (turn, who), row in rows]


def ringing(rang: list[int]) -> Callable[[Collection[int]], None]:
    """A bell that writes down where it rang."""
    return lambda places: rang.extend(sorted(places))
