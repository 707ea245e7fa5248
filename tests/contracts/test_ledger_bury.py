"""What the ledger in SQL promises to a process that starts after another one has died."""

from memory.holder import Holder
from tests.contracts.ledgers import SqlLedgers
from tests.contracts.words import BOTS, claimed, message, place, texts
from tests.dying import dead, living


async def leased_to(sql_ledgers: SqlLedgers, holder: Holder) -> None:
    """A message that *holder* has claimed and not answered."""
    ledger = await sql_ledgers.open_as(holder)
    await ledger.hear([message("1", "hello")])
    await claimed(ledger)


async def test_the_leases_of_the_dead_are_free_at_once(sql_ledgers: SqlLedgers) -> None:
    """Nobody waits for the lease of a process of this machine that is no more."""
    await leased_to(sql_ledgers, dead())
    ledger = await sql_ledgers.open()

    buried = await ledger.bury()

    assert 1 == buried
    assert ["hello"] == texts(await claimed(ledger))


async def test_the_living_keep_their_leases(sql_ledgers: SqlLedgers) -> None:
    """A second process on this machine takes nothing away."""
    with living() as other:
        await leased_to(sql_ledgers, other)
        ledger = await sql_ledgers.open()

        buried = await ledger.bury()

        assert 0 == buried
        assert () == await ledger.claim(9, BOTS)


async def test_our_own_leases_are_kept(sql_ledgers: SqlLedgers) -> None:
    """Whoever buries the dead is alive."""
    holder = Holder.me()
    await leased_to(sql_ledgers, holder)
    ledger = await sql_ledgers.open_as(holder)

    buried = await ledger.bury()

    assert 0 == buried


async def test_other_machines_keep_their_leases(sql_ledgers: SqlLedgers) -> None:
    """Of a process elsewhere nothing is known, so its lease must run out."""
    elsewhere = dead().name.split("/")
    elsewhere[0] = "another:4026531836"
    await leased_to(sql_ledgers, Holder("/".join(elsewhere)))
    ledger = await sql_ledgers.open()

    buried = await ledger.bury()

    assert 0 == buried
    assert () == await ledger.claim(9, BOTS)


async def test_what_was_given_back_is_not_buried(sql_ledgers: SqlLedgers) -> None:
    """With nobody's lease left there is nothing to do."""
    ledger = await sql_ledgers.open_as(dead())
    await ledger.hear([message("1", "hello"), message("2", "there", place("8"))])

    buried = await (await sql_ledgers.open()).bury()

    assert 0 == buried
    assert 2 == len(await ledger.claim(9, BOTS))
