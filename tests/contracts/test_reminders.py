"""Reminders are said when they are due, once, whoever sees it first."""

import asyncio
from datetime import timedelta, timezone

import pytest

from anima.model import Closed, Line, Renamed
from anima.steps import Delivered, Released
from memory.reminders import Reminder, Reminders
from memory.tables import conversation, reminder, said, turn
from tests.contracts.databases import Store, later, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import BOTS, HOME, arrival, place


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An empty database of each kind."""
    return await opened(sql_ledgers)


@pytest.fixture
def reminders(store: Store) -> Reminders:
    """Its reminders."""
    return over(store)


def over(store: Store) -> Reminders:
    """The reminders as the process of *store* sees them."""
    return Reminders(store.database, store.ledgers.clock, store.ids, store.rang.extend)


async def only(reminders: Reminders) -> Reminder:
    """The one that is due in the end."""
    (one,) = await reminders.due(later(10**6), 9)
    return one


async def states(store: Store) -> list[str]:
    """What became of each."""
    return [row.state for row in await store.rows(reminder)]


async def test_a_reminder_waits_until_it_is_due(store: Store, reminders: Reminders) -> None:
    """It is found from its second on, with all that is needed to say it."""
    here = await store.talk(1, "remind me", "Yes.")

    added = await reminders.add(here, later(60), "喝茶", "zh-hans")

    assert added
    assert () == await reminders.due(later(59), 9)
    (one,) = await reminders.due(later(60), 9)
    assert (here, later(60), "喝茶", "zh-hans") == (one.place, one.due, one.text, one.language)


async def test_the_first_ones_come_first(store: Store, reminders: Reminders) -> None:
    """They are told in the order of their times, no more than wanted; the next one is known."""
    here = await store.talk(1, "remind me", "Yes.")
    assert await reminders.next_due() is None
    for seconds in (30, 10, 20):
        await reminders.add(here, later(seconds), f"{seconds}", "en")

    told = await reminders.due(later(60), 2)

    assert ["10", "20"] == [one.text for one in told]
    assert later(10) == await reminders.next_due()
    await reminders.tell(told[0], "Ten!")
    assert later(20) == await reminders.next_due()


async def test_the_same_is_added_once(store: Store, reminders: Reminders) -> None:
    """The same words for the same moment change nothing, in whichever zone, also when told."""
    here = await store.talk(1, "remind me", "Yes.")
    there = await store.talk(2, "remind me", "Yes.", where=place("8"))
    tokyo = later(60).astimezone(timezone(timedelta(hours=9)))

    added = [
        await reminders.add(here, later(60), "Tea", "en"),
        await reminders.add(here, tokyo, " tea", "en"),
        await reminders.add(here, later(61), "Tea", "en"),
        await reminders.add(there, later(60), "Tea", "en"),
    ]

    assert [True, False, True, True] == added
    await reminders.tell((await reminders.due(later(60), 1))[0], "Tea!")
    assert not await reminders.add(here, later(60), "Tea", "en")


async def test_a_reminder_is_said_in_its_place(store: Store, reminders: Reminders) -> None:
    """Its line is ready to be sent there, whoever claims it is woken, and it waits no more."""
    here = await store.talk(1, "remind me", "Yes.")
    await reminders.add(here, later(60), "tea", "en")
    store.rang.clear()

    told = await reminders.tell(await only(reminders), "You wanted tea.")

    assert (True, [here], ["told"]) == (told, store.rang, await states(store))
    assert () == await reminders.due(later(60), 9)
    (claim,) = await store.ledger.claim(1, BOTS)
    assert ["You wanted tea."] == [one.text for one in claim.unsent]


async def test_what_we_reminded_of_is_a_part_of_the_talk(
    store: Store, reminders: Reminders
) -> None:
    """Delivered, it stands in the history like any line of ours; its turn is no soul's."""
    here = await store.talk(1, "remind me", "Yes.")
    await reminders.add(here, later(60), "tea", "en")
    store.ledgers.clock.advance(60)
    await reminders.tell(await only(reminders), "You wanted tea.")
    (claim,) = await store.ledger.claim(1, BOTS)

    sent = Delivered(claim.unsent[0].id, "m1", later(61))
    await store.ledger.write(claim, sent, Released())

    tail = await store.ledger.tail(claim, 9)
    assert ["remind me", "Yes.", "You wanted tea."] == [line.text for line in tail]
    assert Line(None, "You wanted tea.", later(60)) == tail[-1]
    row = (await store.rows(turn))[-1]
    assert ("answered", "", "", later(60)) == (row.outcome, row.soul, row.revision, row.ended_at)
    assert () == await store.ledger.claim(1, BOTS)


async def test_of_many_that_see_it_due_one_says_it(store: Store, reminders: Reminders) -> None:
    """Two processes that tell it at once tell it once, and only one of them rings."""
    here = await store.talk(1, "remind me", "Yes.")
    await reminders.add(here, later(60), "tea", "en")
    one = await only(reminders)
    both = (reminders, over(await store.another()))
    store.rang.clear()

    async with asyncio.TaskGroup() as group:
        told = [group.create_task(each.tell(one, "Tea!")) for each in both * 2]

    assert [False, False, False, True] == sorted(task.result() for task in told)
    assert ([here], 1) == (store.rang, [row.text for row in await store.rows(said)].count("Tea!"))


async def test_a_place_that_shut_us_out_is_told_nothing(store: Store, reminders: Reminders) -> None:
    """The reminder is done with in silence, so that nobody tries for ever."""
    here = await store.talk(1, "remind me", "Yes.")
    await reminders.add(here, later(60), "tea", "en")
    await store.ledger.hear([arrival("close", Closed(HOME, closed=True))])
    store.rang.clear()

    told = await reminders.tell(await only(reminders), "Tea!")

    assert (False, [], ["told"]) == (told, store.rang, await states(store))
    assert ["Yes."] == [row.text for row in await store.rows(said)]
    assert [None] == [row.ready_at for row in await store.rows(conversation)]


async def test_a_place_that_is_held_is_told_after_its_turn(
    store: Store, reminders: Reminders
) -> None:
    """Who holds it goes on undisturbed; giving it back makes it due for the reminder."""
    here = await store.talk(1, "remind me", "Yes.")
    await reminders.add(here, later(60), "tea", "en")
    await store.heard("hello?")
    (claim,) = await store.ledger.claim(1, BOTS)

    await reminders.tell(await only(reminders), "Tea!")

    assert () == await store.ledger.claim(1, BOTS)
    assert {here} == await store.ledger.renew([claim])
    await store.ledger.write(claim, Released())
    (claim,) = await store.ledger.claim(1, BOTS)
    assert ["Tea!"] == [one.text for one in claim.unsent]


async def test_a_reminder_moves_with_its_place(store: Store, reminders: Reminders) -> None:
    """One that was read before its place became another is told in that other one."""
    here = await store.talk(1, "remind me", "Yes.")
    there = await store.talk(2, "hello", "Hi.", where=place("-100"))
    await reminders.add(here, later(60), "tea", "en")
    stale = await only(reminders)
    await store.ledger.hear([arrival("moved", Renamed(HOME, "-100"))])

    told = await reminders.tell(stale, "Tea!")

    assert told
    assert [there] == [row.conversation_id for row in await store.rows(said) if row.text == "Tea!"]


async def test_nothing_is_said_of_a_reminder_that_is_gone(
    store: Store, reminders: Reminders
) -> None:
    """One that the database does not hold any more is not told."""
    here = await store.talk(1, "remind me", "Yes.")

    assert not await reminders.tell(Reminder(99, here, START, "tea", "en"), "Tea!")
    assert ["Yes."] == [row.text for row in await store.rows(said)]


async def test_a_reminder_is_kept_as_the_database_can(store: Store, reminders: Reminders) -> None:
    """What no database stores is left out, and of a long language its beginning is kept."""
    here = await store.talk(1, "remind me", "Yes.")

    await reminders.add(here, later(60), "t\0ea", "zh-hans-cn-x-very-long")

    one = await only(reminders)
    assert ("tea", "zh-hans-cn-x-ver") == (one.text, one.language)
    await reminders.tell(one, "T\0ea!")
    assert "Tea!" == (await store.rows(said))[-1].text
