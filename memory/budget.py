"""What models were asked for when nobody waited: one account, kept across restarts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from anima.ports import Clock
from memory.database import Database
from memory.tables import spending

_KEPT: Final = timedelta(days=60)
_sqlite = sqlite.insert(spending)
_postgresql = postgresql.insert(spending)
_KEY: Final = ("day", "speaker", "purpose")
_SPEND: Final = {
    "sqlite": _sqlite.on_conflict_do_update(
        index_elements=_KEY,
        set_={
            "calls": spending.c.calls + _sqlite.excluded.calls,
            "tokens": spending.c.tokens + _sqlite.excluded.tokens,
        },
    ),
    "postgresql": _postgresql.on_conflict_do_update(
        index_elements=_KEY,
        set_={
            "calls": spending.c.calls + _postgresql.excluded.calls,
            "tokens": spending.c.tokens + _postgresql.excluded.tokens,
        },
    ),
}
_CALLS: Final = select(func.coalesce(func.sum(spending.c.calls), 0)).where(
    spending.c.day == bindparam("day"),
    spending.c.speaker.in_(bindparam("people", expanding=True)),
)
_DAY: Final = (
    select(spending)
    .where(spending.c.day == bindparam("day"))
    .order_by(spending.c.calls.desc(), spending.c.speaker, spending.c.purpose)
)
_OLD: Final = delete(spending).where(spending.c.day < bindparam("day"))


@dataclass(frozen=True, slots=True)
class Spent:
    """What one *purpose* cost for *speaker* on a day; nobody's in particular: empty."""

    speaker: str
    purpose: str
    calls: int
    tokens: int


def spend(  # noqa: PLR0917 - a row
    connection: Connection, now: datetime, speaker: str, purpose: str, calls: int, tokens: int
) -> None:
    """Count it on the day of *now*."""
    row = {"day": f"{now:%Y-%m-%d}", "speaker": speaker, "purpose": purpose}
    counted = {**row, "calls": calls, "tokens": tokens}
    connection.execute(_SPEND[connection.dialect.name], counted)


def calls(connection: Connection, now: datetime, people: tuple[str, ...]) -> int:
    """How often models were asked for *people* on the day of *now*."""
    asked = {"day": f"{now:%Y-%m-%d}", "people": list(people)}
    return int(connection.execute(_CALLS, asked).scalar_one())


class Expenses:
    """What was spent, over all processes and all that nobody waits for.

    All of it raises `LedgerUnavailable`.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def spend(self, speaker: str, purpose: str, *, calls: int = 1, tokens: int = 0) -> None:
        """Count *calls* that were made for *speaker*; empty: for nobody in particular."""
        now = self._clock.now()
        await self._database.write(
            lambda found: _spend_and_tidy(found, now, Spent(speaker, purpose, calls, tokens)),
            lasting=False,
        )

    async def today(self) -> tuple[Spent, ...]:
        """All that was spent today (UTC), the dearest first; what `/stats` tells."""
        day = {"day": f"{self._clock.now():%Y-%m-%d}"}
        return await self._database.read(
            lambda found: tuple(
                Spent(row.speaker, row.purpose, row.calls, row.tokens)
                for row in found.execute(_DAY, day)
            )
        )


def _spend_and_tidy(connection: Connection, now: datetime, one: Spent) -> None:
    spend(connection, now, one.speaker, one.purpose, one.calls, one.tokens)
    connection.execute(_OLD, {"day": f"{now - _KEPT:%Y-%m-%d}"})
