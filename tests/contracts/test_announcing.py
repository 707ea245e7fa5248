"""The house tells its owner what has changed, once, where the owner is."""

import asyncio

import pytest

from anima.model import Closed, Conversation
from anima.steps import Delivered, Released
from memory.announcing import Announcer
from memory.audited import Audit, Audited
from memory.tables import audit, conversation, said, turn
from tests.contracts.databases import Store, later, opened
from tests.contracts.ledgers import LEASE_S, START, SqlLedgers
from tests.contracts.words import BOTS, HOME, arrival, place

AWAY = {"subject": "backend ku", "state": "away"}
BACK = {"subject": "backend ku", "state": "back"}


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An empty database of each kind."""
    return await opened(sql_ledgers)


def announcer(store: Store) -> Announcer:
    """One who speaks for the house in the process of *store*."""
    return Announcer(store.database, store.ledgers.clock, store.ids, store.rang.extend)


async def unsent(store: Store) -> list[str]:
    """What is to be said wherever something is due."""
    claims = await store.ledger.claim(9, BOTS)
    return [bubble.text for claim in claims for bubble in claim.unsent]


async def test_a_notice_is_ready_to_be_sent(store: Store) -> None:
    """Whoever claims the place next finds the bubble, and is woken for it."""
    here = await store.talk(1, "hello", "Hi.")
    store.rang.clear()

    told = await announcer(store).announce(HOME, "ku is away.", **AWAY)

    assert told
    assert [here] == store.rang
    (claim,) = await store.ledger.claim(1, BOTS)
    assert (here, None, ()) == (claim.id, claim.turn, claim.waiting)
    assert [("ku is away.", "ready")] == [(one.text, one.state) for one in claim.unsent]


async def test_a_notice_is_over_when_it_is_sent(store: Store) -> None:
    """Delivered and given back, nothing is left to do in the place."""
    await announcer(store).announce(HOME, "ku is away.", **AWAY)
    (claim,) = await store.ledger.claim(1, BOTS)

    sent = Delivered(claim.unsent[0].id, "m1", START)
    await store.ledger.write(claim, sent, Released())

    assert () == await store.ledger.claim(1, BOTS)
    (row,) = await store.rows(conversation)
    assert (None, False) == (row.ready_at, row.unfinished)


async def test_a_notice_is_a_turn_of_its_own(store: Store) -> None:
    """It speaks for no soul, is over at once, and is no part of the talk."""
    here = await store.talk(1, "hello", "Hi.")
    store.ledgers.clock.advance(60)

    await announcer(store).announce(HOME, "ku is away.", **AWAY)

    row = (await store.rows(turn))[-1]
    assert (here, "notice", "", "") == (row.conversation_id, row.outcome, row.soul, row.revision)
    assert (later(60), later(60)) == (row.began_at, row.ended_at)
    (claim,) = await store.ledger.claim(1, BOTS)
    await store.ledger.write(claim, Delivered(claim.unsent[0].id, "m", START), Released())
    assert ["hello", "Hi."] == [line.text for line in await store.ledger.tail(claim, 9)]


async def test_a_place_that_was_not_known_is_made(store: Store) -> None:
    """The owner is told where nobody spoke yet, and other bots of theirs are left alone."""
    owner = Conversation("telegram", "anima", "99", connection="c", thread="t")

    told = await announcer(store).announce(owner, "ku is away.", **AWAY)

    assert told
    (claim,) = await store.ledger.claim(9, BOTS)
    assert (owner, True, ["ku is away."]) == (
        claim.conversation,
        claim.private,
        [bubble.text for bubble in claim.unsent],
    )


@pytest.mark.parametrize("private", [True, False])
async def test_a_known_place_stays_what_it_is(store: Store, *, private: bool) -> None:
    """What a place is held for counts only until somebody speaks there."""
    await store.talk(1, "hello", "Hi.")

    await announcer(store).announce(HOME, "ku is away.", **AWAY, private=private)
    await announcer(store).announce(place("8"), "ku is away.", **AWAY, private=private)

    assert [True, private] == [row.private for row in await store.rows(conversation)]


async def test_the_same_state_is_told_once(store: Store) -> None:
    """Only a change is told, and each change is."""
    speaks = announcer(store)

    told = [await speaks.announce(HOME, "…", **state) for state in (AWAY, AWAY, BACK, BACK, AWAY)]

    assert [True, False, True, False, True] == told
    assert 3 == len(await unsent(store))


async def test_each_subject_and_each_place_is_told_of_itself(store: Store) -> None:
    """Another backend, and another owner, have not been told yet."""
    speaks = announcer(store)

    told = [
        await speaks.announce(HOME, "1", **AWAY),
        await speaks.announce(HOME, "2", subject="backend gpu", state="away"),
        await speaks.announce(place("8"), "3", **AWAY),
    ]

    assert [True] * 3 == told
    assert ["1", "2", "3"] == sorted(await unsent(store))


async def test_many_that_see_it_at_once_tell_it_once(store: Store) -> None:
    """Of several processes that see the same fact one tells it, and only that one rings."""
    await store.talk(1, "hello", "Hi.")
    processes = [store, await store.another(), await store.another()]
    speaks = [announcer(each) for each in processes]
    for each in processes:
        await each.rows(audit)
    store.rang.clear()

    async with asyncio.TaskGroup() as group:
        told = [group.create_task(one.announce(HOME, "ku is away.", **AWAY)) for one in speaks * 2]

    assert 1 == sum(task.result() for task in told)
    assert 1 == len(store.rang)
    assert ["ku is away."] == await unsent(store)


async def test_it_is_written_down(store: Store) -> None:
    """The audit knows what was told, and what had been told before."""
    for text, state in (("gone", AWAY), ("here", BACK)):
        await announcer(store).announce(HOME, text, **state)
        store.ledgers.clock.advance(60)
    (row,) = await store.rows(conversation)

    told = await Audit(store.database).newest(9)

    assert (
        Audited(later(60), "house", "notice", row.id, "backend ku", "away", "back"),
        Audited(START, "house", "notice", row.id, "backend ku", "", "away"),
    ) == told


async def test_the_audit_tells_no_more_than_wanted(store: Store) -> None:
    """The newest deeds are told, those for everywhere without a place."""
    for number in range(3):
        row = {"at": later(number), "by": "telegram:1", "before": "KU5.0", "after": "KU6.0"}
        await store.add(audit, deed="model use", subject="everywhere", **row)

    told = await Audit(store.database).newest(2)

    assert [(later(2), None), (later(1), None)] == [(one.at, one.place) for one in told]
    assert () == await Audit(store.database).newest(0)


async def test_a_place_that_shut_us_out_is_left_alone(store: Store) -> None:
    """Nothing is said there and nothing noted; it is told after they let us in again."""
    await store.talk(1, "hello", "Hi.")
    await store.ledger.hear([arrival("close", Closed(HOME, closed=True))])
    store.rang.clear()

    told = await announcer(store).announce(HOME, "ku is away.", **AWAY)

    assert (False, [], 1) == (told, store.rang, len(await store.rows(turn)))
    assert () == await Audit(store.database).newest(9)
    await store.ledger.hear([arrival("open", Closed(HOME, closed=False))])
    assert await announcer(store).announce(HOME, "ku is away.", **AWAY)


async def test_a_place_that_is_held_is_told_after_its_turn(store: Store) -> None:
    """Who holds it goes on undisturbed; giving it back makes it due for the notice."""
    await store.heard("hello")
    (claim,) = await store.ledger.claim(1, BOTS)

    await announcer(store).announce(HOME, "ku is away.", **AWAY)

    assert [] == await unsent(store)
    assert {claim.id} == await store.ledger.renew([claim])
    await store.ledger.write(claim, Released())
    assert ["ku is away."] == await unsent(store)


async def test_a_holder_that_dies_does_not_take_the_notice_along(store: Store) -> None:
    """When its lease is over the next one finds both what waited and the notice."""
    await store.heard("hello")
    await store.ledger.claim(1, BOTS)
    await announcer(store).announce(HOME, "ku is away.", **AWAY)
    store.ledgers.clock.advance(LEASE_S + 1)

    (claim,) = await store.ledger.claim(1, BOTS)

    assert (["hello"], ["ku is away."]) == (
        [one.text for one in claim.waiting],
        [one.text for one in claim.unsent],
    )


async def test_a_bubble_that_waits_longer_does_not_hold_the_notice_up(store: Store) -> None:
    """A place that was due later is due now."""
    await store.talk(1, "hello", "Hi.")
    await store.database.write(
        lambda found: found.execute(conversation.update().values(ready_at=later(900)))
    )

    await announcer(store).announce(HOME, "ku is away.", **AWAY)

    assert ["ku is away."] == await unsent(store)


async def test_a_notice_is_kept_as_the_database_can(store: Store) -> None:
    """What no database stores is left out of the words and of the subject."""
    odd = {"subject": "backend k\0u", "state": "away\0"}

    told = [await announcer(store).announce(HOME, "ku\0 is away.", **odd) for _ in range(2)]

    assert [True, False] == told
    assert ["ku is away."] == [row.text for row in await store.rows(said)]
