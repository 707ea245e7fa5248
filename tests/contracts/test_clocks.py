"""By whose clock somebody lives is known to whoever thinks of them, on SQLite and PostgreSQL."""

from datetime import timedelta

from anima.steps import Clocked
from memory import clocks
from tests.contracts.databases import opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import MEI


async def test_a_clock_is_the_one_that_was_told_last(sql_ledgers: SqlLedgers) -> None:
    """Nobody has one by birth, and it can be taken back."""
    store = await opened(sql_ledgers)
    ahead = []
    for zone in ("", "Asia/Shanghai", "UTC-03:30", ""):
        step = Clocked(MEI.address, zone, START)
        await store.database.write(lambda found, step=step: clocks.take(found, step))
        told = await store.database.read(lambda found: clocks.lived_by(found, MEI.address))
        ahead.append(told and told.utcoffset(START))

    assert [None, timedelta(hours=8), -timedelta(hours=3, minutes=30), None] == ahead
