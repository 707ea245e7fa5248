"""What is said to many: each person once, so many a second, whoever does it and dies over it."""

import asyncio

import pytest

from anima.model import Closed, Conversation, Incoming, Speaker
from anima.steps import Began, Delivered, Ended, Failed, Released
from memory.audience import Audience, Place
from memory.broadcasts import AT_ONCE, Broadcasts, Report
from memory.manners import Manners
from memory.tables import broadcast, broadcast_to, said
from tests.contracts.databases import Store, later, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import BOTS, HOME, MEI, arrival, place

BO = Speaker("telegram", "8", "Bo", "en")
KIM = Speaker("telegram", "9", "Kim", "en")
WORDS = "We move on Friday."


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An empty database of each kind."""
    return await opened(sql_ledgers)


def told(report: Report) -> str:
    return f"{report.reached} {report.lost} {report.open} of {report.all}"


def over(store: Store) -> Broadcasts:
    """The broadcasts as the process of *store* sees them."""
    return Broadcasts(store.database, store.ledgers.clock, store.ids, store.rang.extend, told)


async def places(store: Store, count: int) -> list[int]:
    """So many private talks, the first of them the owner's."""
    first = await store.talk(1, "hello", "Hi.")
    rest = [
        await store.talk(number, "hello", "Hi.", where=place(f"{number + 100}"))
        for number in range(2, count + 1)
    ]
    return [first, *rest]


async def deliver(store: Store, *, fails: bool = False) -> int:
    """All that is to be sent arrives, or does not; how much that was."""
    claims = await store.ledger.claim(99, BOTS)
    for claim in claims:
        steps = [
            Failed(one.id, "no") if fails else Delivered(one.id, f"m{one.id}", store.now)
            for one in claim.unsent
        ]
        await store.ledger.write(claim, *steps, Released())
    return sum(len(claim.unsent) for claim in claims)


@pytest.mark.slow
async def test_so_many_a_second(store: Store) -> None:
    """The next ones wait for the next second, in whatever process; then it is reported."""
    owner, *others = await places(store, AT_ONCE + 6)
    one, other = over(store), over(await store.another())
    await one.begin(77, others, WORDS, by=MEI.address, asked_in=owner, language="en")

    first = [await one.go_on(BOTS), await other.go_on(BOTS)]
    known = len([row for row in await store.rows(said) if row.text == WORDS])
    store.ledgers.clock.advance(1)
    second = [await other.go_on(BOTS), await one.go_on(BOTS)]
    sent = await deliver(store)
    store.ledgers.clock.advance(1)
    last = [await one.go_on(BOTS), await other.go_on(BOTS)]

    assert (["said", "nothing"], AT_ONCE) == (first, known)
    assert (["said", "nothing"], AT_ONCE + 5) == (second, sent)
    assert ["reported", "nothing"] == last
    lines = [(row.conversation_id, row.text) for row in await store.rows(said)]
    assert (owner, "25 0 0 of 25") == lines[-1]
    assert sorted(others) == sorted(where for where, text in lines if text == WORDS)
    assert await one.next_at() is None


async def test_two_processes_tell_each_once(store: Store) -> None:
    """Also when both look at the same moment."""
    owner, *others = await places(store, 6)
    one, other = over(store), over(await store.another())
    await one.begin(77, others, WORDS, by=MEI.address, asked_in=owner, language="en")

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(each.go_on(BOTS)) for each in (one, other) * 3]

    assert ["nothing"] * 5 + ["said"] == sorted(task.result() for task in tasks)
    assert 5 == [row.text for row in await store.rows(said)].count(WORDS)


async def test_the_same_turn_asks_once(store: Store) -> None:
    """One that is done again after a crash begins nothing anew."""
    owner, *others = await places(store, 3)
    for _ in range(2):
        await over(store).begin(77, others, WORDS, by="", asked_in=owner, language="en")

    assert (1, 2) == (len(await store.rows(broadcast)), len(await store.rows(broadcast_to)))


async def test_who_cannot_be_reached_is_counted(store: Store) -> None:
    """One shut us out meanwhile, one fails, one is not reached in ten minutes."""
    owner, *others = await places(store, 4)
    await over(store).begin(77, others, WORDS, by="", asked_in=owner, language="en")
    await store.ledger.hear([arrival("close", Closed(place("102"), closed=True))])
    await over(store).go_on(BOTS)
    (claim, _) = await store.ledger.claim(2, BOTS)
    await store.ledger.write(claim, Failed(claim.unsent[0].id, "no"), Released())
    store.ledgers.clock.advance(1)

    waits = await over(store).go_on(BOTS)
    store.ledgers.clock.advance(600)
    over_now = await over(store).go_on(BOTS)

    assert ("waits", "reported") == (waits, over_now)
    assert "0 2 1 of 3" == (await store.rows(said))[-1].text


async def test_what_is_said_where_it_was_asked_for_is_not_reported(store: Store) -> None:
    """Who asked has read it."""
    (owner,) = await places(store, 1)
    await over(store).begin(77, [owner], WORDS, by="", asked_in=owner, language="en")

    await over(store).go_on(BOTS)
    await deliver(store)
    store.ledgers.clock.advance(1)
    progress = await over(store).go_on(BOTS)

    assert ("reported", WORDS) == (progress, (await store.rows(said))[-1].text)


async def speaks(
    store: Store, number: int, who: Speaker, where: Conversation, **more: object
) -> int:
    """*who* says something in *where*, and it is answered."""
    message = Incoming(where, who, "hello", START, f"m{number}", **more)  # type: ignore[arg-type] # what a test wants
    await store.ledger.hear([arrival(f"k{number}", message)])
    (claim,) = await store.ledger.claim(1, BOTS)
    heard = tuple(one.id for one in claim.waiting)
    ended = Ended(number, heard, "answered", START)
    await store.ledger.write(claim, Began(number, START), ended, Released())
    return claim.id


async def test_everyone_is_each_person_once(store: Store) -> None:
    """No group, no borrowed chat, nobody who is unwilling, not the one who asks."""
    mei = await speaks(store, 1, MEI, HOME)
    bo = await speaks(store, 2, BO, place("8"))
    await speaks(store, 3, KIM, place("9"))
    await speaks(store, 4, KIM, place("-100"), private=False, title="Friends")
    await speaks(
        store, 5, Speaker("telegram", "10", "Lu"), Conversation("telegram", "anima", "10", "biz")
    )
    audience, manners = Audience(store.database), Manners(store.database)
    assert 3 == len(await audience.everyone(START, BOTS, 0))

    await manners.opt_out(KIM.address, START)

    assert (mei, bo) == await audience.everyone(START, BOTS, 0)
    assert (bo,) == await audience.everyone(START, BOTS, mei)
    assert () == await audience.everyone(START, [("discord", "x")], 0)
    await manners.quiet(BO.address, later(60))
    assert (mei,) == await audience.everyone(START, BOTS, 0)
    assert (mei, bo) == await audience.everyone(later(61), BOTS, 0)


async def test_places_by_name_and_address(store: Store) -> None:
    """A group by its title, somebody by their name, anything by its address."""
    bo = await speaks(store, 2, BO, place("8"))
    group = await speaks(store, 4, KIM, place("-100"), private=False, title="Friends")
    audience = Audience(store.database)

    found = [await audience.meant(word, BOTS) for word in ("bo", "FRIENDS", "telegram:-100", "x")]

    friends = Place(group, "telegram:-100", "Friends")
    assert [(Place(bo, "telegram:8", "Bo"),), (friends,), (friends,), ()] == found
    assert {bo: "Bo"} == await audience.names([bo], BOTS)
    assert later(0) == START
