"""One real database with a ledger over it, and whole exchanges in a line."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Table, insert, select

from anima.ids import Ids
from anima.model import Account, Arrival, Claim, Conversation, Incoming, Speaker
from anima.steps import Began, Delivered, Ended, Outcome, Released, Say
from memory.database import Database
from memory.ledger import SqlLedger
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import BOTS, HOME, MEI

SAID = 10_000
"""The bubbles of turn 7 are 10007, 20007 and so on."""


@dataclass
class Store:
    """A database that one process has opened; *rang* is shared by all of its processes."""

    ledgers: SqlLedgers
    ledger: SqlLedger
    database: Database
    ids: Ids
    spoken: int = 0

    @property
    def rang(self) -> list[int]:
        """The places that rang."""
        return self.ledgers.rang

    @property
    def now(self) -> datetime:
        """What the clock of the tests shows."""
        return self.ledgers.clock.now()

    async def another(self) -> "Store":
        """A second process over the same database."""
        return await opened(self.ledgers)

    async def heard(self, text: str, where: Conversation = HOME, who: Speaker = MEI) -> None:
        """Somebody says *text*."""
        opened = self.ledgers.databases.index(self.database)
        self.spoken += 1
        key = f"{self.spoken} of {opened}"
        await self.ledger.hear([Arrival("telegram:anima", key, text, _said(text, where, who, key))])

    async def talk(
        self,
        turn: int,
        text: str,
        *answers: str,
        where: Conversation = HOME,
        **how: Any,
    ) -> int:
        """Somebody says *text*, *answers* arrive in *turn*; returns the place."""
        await self.heard(text, where)
        (claim,) = await self.ledger.claim(1, BOTS)
        return await self.goes_on(claim, turn, *answers, **how)

    async def goes_on(
        self,
        claim: Claim,
        turn: int,
        *answers: str,
        outcome: Outcome = "answered",
        account: Account | None = None,
        first_s: float | None = None,
        at: datetime = START,
        persona: str = "",
    ) -> int:
        """*persona* answers what waits there with *answers*; returns the place."""
        bubbles = [
            step
            for said, words in ((turn + n * SAID, words) for n, words in enumerate(answers, 1))
            for step in (Say(said, turn, words, at), Delivered(said, f"m{said}", at))
        ]
        dealt = tuple(one.id for one in claim.waiting)
        ended = Ended(turn, dealt, outcome, at, account=account, first_s=first_s)
        await self.ledger.write(claim, Began(turn, at, persona), *bubbles, ended, Released())
        return claim.id

    async def speaks(self, soul: str, turn: int = 1, **how: Any) -> int:
        """A turn in which *soul* is the one who answers."""
        return await self.talk(turn, "hello", "Hi.", account=Account(soul, "r1"), **how)

    async def rows(self, table: Table) -> list[Row[Any]]:
        """All of a table, by age."""
        wanted = select(table).order_by(*table.primary_key)
        return await self.database.read(lambda connection: list(connection.execute(wanted).all()))

    async def add(self, table: Table, **row: object) -> None:
        """One row more."""
        await self.database.write(lambda connection: connection.execute(insert(table), row))


async def opened(ledgers: SqlLedgers) -> Store:
    """A process over the database of *ledgers*."""
    ledger = await ledgers.open()
    return Store(ledgers, ledger, ledgers.databases[-1], Ids(ledgers.clock))


def later(seconds: float) -> datetime:
    """A moment of the tests."""
    return START + timedelta(seconds=seconds)


def _said(text: str, where: Conversation, who: Speaker, key: str) -> Incoming:
    return Incoming(where, who, text, START, key)
