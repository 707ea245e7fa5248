"""Private talks know each other where somebody wishes so, on SQLite and on PostgreSQL."""

import pytest

from memory.longterm.consenting import Consents, together
from tests.contracts.databases import opened
from tests.contracts.ledgers import SqlLedgers
from tests.contracts.lived_in import KOKORO, ROOM, TOM, House
from tests.contracts.words import MEI, place

WHO = MEI.address


@pytest.fixture
async def house(sql_ledgers: SqlLedgers) -> House:
    """An empty house over each kind of database."""
    return House(await opened(sql_ledgers))


@pytest.fixture
def consents(house: House) -> Consents:
    """Its wishes."""
    return Consents(house.store.database, house.store.ledgers.clock)


async def beside(house: House, here: int, *speakers: str, persona: str = KOKORO) -> tuple[int, ...]:
    """What *here* knows beside itself."""
    return await house.store.database.read(
        lambda connection: together(connection, persona, here, speakers)
    )


async def test_places_are_apart_until_somebody_wishes(house: House, consents: Consents) -> None:
    """And they are apart again when the wish is taken back; groups have no part in it."""
    here = await house.talk(1, "hello", "Hi.")
    there = await house.talk(2, "hello there", "Hi.", where=place("8"))
    await house.talk(3, "hello all", "Hi.", where=ROOM)

    before = await beside(house, here, WHO)
    await consents.wish(WHO)
    await consents.wish(WHO)
    wished = await beside(house, here, WHO), await consents.wishes(WHO)
    taken_back = [await consents.take_back(WHO), await consents.take_back(WHO)]

    assert () == before
    assert ((there,), True) == wished
    assert [True, False] == taken_back
    assert () == await beside(house, here, WHO)


async def test_a_wish_is_for_nobody_else(house: House, consents: Consents) -> None:
    """Nor does another persona learn anything by it."""
    here = await house.talk(1, "hello", "Hi.")
    await house.talk(2, "Tom here", "Hi.", who=TOM)
    await house.talk(3, "hello there", "Hi.", where=place("8"))

    await consents.wish(TOM.address)
    await consents.wish(WHO)

    assert () == await beside(house, here, TOM.address, persona="harrow")
    assert 1 == len(await beside(house, here, WHO))
    assert () == await beside(house, here)


async def test_a_place_with_somebody_else_in_it_is_not_theirs(
    house: House, consents: Consents
) -> None:
    """A business connection has two people in what its platform calls private."""
    here = await house.talk(1, "hello", "Hi.")
    await house.talk(2, "hello there", "Hi.", where=place("8"))
    await house.talk(3, "I am here, too", "Hi.", who=TOM, where=place("8"))

    await consents.wish(WHO)

    assert () == await beside(house, here, WHO)
