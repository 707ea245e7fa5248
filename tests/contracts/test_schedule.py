"""What is on the schedule is said when it is due, once, whoever sees it first."""

import asyncio
from datetime import timedelta, timezone
from typing import Any

import pytest

from anima.model import Closed, Line, Renamed
from anima.steps import Delivered, Released
from memory.schedule import LEASE, LONG_LEASE, Job, Next, Schedule, Wanted
from memory.tables import conversation, said, schedule, turn
from tests.contracts.databases import Store, later, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import BOTS, HOME, MEI, arrival, place

NEVER = Next()


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An empty database of each kind."""
    return await opened(sql_ledgers)


@pytest.fixture
def jobs(store: Store) -> Schedule:
    """Its schedule."""
    return over(store)


def over(store: Store) -> Schedule:
    """The schedule as the process of *store* sees it."""
    return Schedule(store.database, store.ledgers.clock, store.ids, store.rang.extend)


def tea(where: int, seconds: float = 60, text: str = "tea", **more: Any) -> Wanted:
    """Somebody wants to think of it."""
    return Wanted(where, later(seconds), text, "en", **{"by": MEI.address, **more})


async def due(store: Store, jobs: Schedule, seconds: float = 60) -> Job:
    """The one that is due after so many seconds; it is ours now."""
    store.ledgers.clock.seconds = seconds
    (one,) = await jobs.claim(9, BOTS)
    return one


async def states(store: Store) -> list[str]:
    """What became of each."""
    return [row.state for row in await store.rows(schedule)]


async def test_a_job_waits_until_it_is_due(store: Store, jobs: Schedule) -> None:
    """It is found from its second on, with all that is needed to say it."""
    here = await store.talk(1, "remind me", "Yes.")
    wanted = Wanted(here, later(60), "喝茶", "zh-hans", MEI.address, zone="Asia/Shanghai")

    number = await jobs.add(wanted)

    store.ledgers.clock.seconds = 59
    assert () == await jobs.claim(9, BOTS)
    one = await due(store, jobs)
    assert number > 0
    expected = Job(
        number,
        here,
        later(60),
        "喝茶",
        "zh-hans",
        MEI.address,
        zone="Asia/Shanghai",
        asked_in=here,
        attempts=1,
    )
    assert expected == one


async def test_the_first_ones_come_first(store: Store, jobs: Schedule) -> None:
    """They are told in the order of their times, no more than wanted; the next one is known."""
    here = await store.talk(1, "remind me", "Yes.")
    assert await jobs.next_due(BOTS) is None
    for seconds in (30, 10, 20):
        await jobs.add(tea(here, seconds, f"{seconds}"))

    assert later(10) == await jobs.next_due(BOTS)
    store.ledgers.clock.seconds = 60
    told = await jobs.claim(2, BOTS)

    assert ["10", "20"] == [one.text for one in told]
    assert later(30) == await jobs.next_due(BOTS)


async def test_what_no_bot_of_ours_can_say_is_left_to_others(store: Store, jobs: Schedule) -> None:
    """A process without that account neither takes it nor waits for it."""
    await jobs.add(tea(await store.talk(1, "remind me", "Yes.")))
    store.ledgers.clock.seconds = 60

    assert () == await jobs.claim(9, [("discord", "anima")])
    assert () == await jobs.claim(9, [])
    assert await jobs.next_due([("discord", "anima")]) is None
    assert 1 == len(await jobs.claim(9, BOTS))


async def test_the_same_is_added_once(store: Store, jobs: Schedule) -> None:
    """The same words for the same moment change nothing, in whichever zone, also when told."""
    here = await store.talk(1, "remind me", "Yes.")
    there = await store.talk(2, "remind me", "Yes.", where=place("8"))
    tokyo = later(60).astimezone(timezone(timedelta(hours=9)))

    added = [
        await jobs.add(tea(here, 60, "Tea")),
        await jobs.add(Wanted(here, tokyo, " tea", "en")),
        await jobs.add(tea(here, 61, "Tea")),
        await jobs.add(tea(there, 60, "Tea")),
        await jobs.add(tea(here, 60, "Tea", deed="say")),
    ]

    assert [True, False, True, True, True] == [bool(number) for number in added]
    store.ledgers.clock.seconds = 60
    await jobs.say((await jobs.claim(1, BOTS))[0], ["Tea!"], NEVER)
    assert not await jobs.add(tea(here, 60, "Tea"))


async def test_what_comes_again_is_the_same_by_its_cron(store: Store, jobs: Schedule) -> None:
    """Not by its next time, which changes; in another zone it is another one."""
    here = await store.talk(1, "remind me", "Yes.")

    added = [
        await jobs.add(tea(here, seconds, cron="0 8 * * *", zone=zone))
        for seconds, zone in ((60, "Asia/Tokyo"), (90, "Asia/Tokyo"), (90, "Europe/Berlin"))
    ]

    assert [True, False, True] == [bool(number) for number in added]


async def test_a_job_is_said_in_its_place(store: Store, jobs: Schedule) -> None:
    """Its lines are ready to be sent there, whoever claims it is woken, and it waits no more."""
    here = await store.talk(1, "remind me", "Yes.")
    await jobs.add(tea(here))
    store.rang.clear()

    told = await jobs.say(await due(store, jobs), ["You wanted tea.", "Now!"], NEVER)

    assert (True, [here], ["told"]) == (told, store.rang, await states(store))
    assert await jobs.next_due(BOTS) is None
    (claim,) = await store.ledger.claim(1, BOTS)
    assert ["You wanted tea.", "Now!"] == [one.text for one in claim.unsent]


async def test_what_was_said_on_schedule_is_a_part_of_the_talk(
    store: Store, jobs: Schedule
) -> None:
    """Delivered, it stands in the history like any line of ours; its turn is no soul's."""
    here = await store.talk(1, "remind me", "Yes.")
    await jobs.add(tea(here))
    await jobs.say(await due(store, jobs), ["You wanted tea."], NEVER)
    (claim,) = await store.ledger.claim(1, BOTS)

    sent = Delivered(claim.unsent[0].id, "m1", later(61))
    await store.ledger.write(claim, sent, Released())

    tail = await store.ledger.tail(claim, 9)
    assert ["remind me", "Yes.", "You wanted tea."] == [line.text for line in tail]
    assert Line(None, "You wanted tea.", later(60)) == tail[-1]
    row = (await store.rows(turn))[-1]
    assert ("answered", "", "", later(60)) == (row.outcome, row.soul, row.revision, row.ended_at)
    assert () == await store.ledger.claim(1, BOTS)


async def test_of_many_that_see_it_due_one_has_it(store: Store, jobs: Schedule) -> None:
    """Of two processes that claim at once each job goes to one, which alone may say it."""
    here = await store.talk(1, "remind me", "Yes.")
    for number in range(6):
        await jobs.add(tea(here, 60, f"tea {number}"))
    other = over(await store.another())
    store.ledgers.clock.seconds = 60
    store.rang.clear()

    async with asyncio.TaskGroup() as group:
        claims = [group.create_task(each.claim(4, BOTS)) for each in (jobs, other) * 3]
    held = [one for task in claims for one in task.result()]
    async with asyncio.TaskGroup() as group:
        told = [
            group.create_task(each.say(one, [one.text], NEVER))
            for one in held
            for each in (jobs, other)
        ]

    assert 6 == len({one.id for one in held}) == len(held)
    assert 6 == [task.result() for task in told].count(True)
    assert 6 == len([row for row in await store.rows(said) if row.text.startswith("tea ")])
    assert [here] * 6 == store.rang


@pytest.mark.parametrize(("deed", "lease"), [("remind", LEASE), ("do", LONG_LEASE)])
async def test_whoever_dies_with_a_job_leaves_it_to_others(
    store: Store, jobs: Schedule, deed: Any, lease: timedelta
) -> None:
    """When the lease has run out, which is longer where a model looks for words."""
    await jobs.add(tea(await store.talk(1, "remind me", "Yes."), deed=deed))
    first = await due(store, jobs)
    other = over(await store.another())

    assert () == await other.claim(9, BOTS)
    assert later(60) + lease == await other.next_due(BOTS)
    second = await due(store, other, 60 + lease.total_seconds())
    late = await jobs.say(first, ["too late"], NEVER)

    assert (first.id, 2) == (second.id, second.attempts)
    assert not late
    assert await other.say(second, ["Tea!"], NEVER)
    assert ["Yes.", "Tea!"] == [row.text for row in await store.rows(said)]


async def test_what_comes_again_is_due_again(store: Store, jobs: Schedule) -> None:
    """At its next time, as if nobody had tried before; what was missed is added up."""
    await jobs.add(tea(await store.talk(1, "remind me", "Yes."), cron="* * * * *"))

    told = [
        await jobs.say(await due(store, jobs, seconds), ["Tea!"], Next(later(seconds + 60), 2))
        for seconds in (60, 120)
    ]

    assert [True, True] == told
    one = await due(store, jobs, 180)
    assert (later(180), 1, 4) == (one.due, one.attempts, one.missed)
    assert ["waiting"] == await states(store)


async def test_the_same_time_of_a_cron_is_said_once(store: Store, jobs: Schedule) -> None:
    """A process that held an earlier time has nothing to say of the next one."""
    await jobs.add(tea(await store.talk(1, "remind me", "Yes."), cron="* * * * *"))
    first = await due(store, jobs)
    await jobs.say(first, ["Tea!"], Next(later(120)))
    await due(store, jobs, 120)

    again = await jobs.say(first, ["Tea!"], Next(later(180)))

    assert not again
    assert ["Yes.", "Tea!"] == [row.text for row in await store.rows(said)]


async def test_who_has_nothing_to_say_lets_it_pass(store: Store, jobs: Schedule) -> None:
    """Silence is an answer, too: it is done with, or comes again at its time."""
    here = await store.talk(1, "remind me", "Yes.")
    await jobs.add(tea(here, deed="do"))
    store.rang.clear()

    told = await jobs.say(await due(store, jobs), [], NEVER)

    assert (False, [], ["told"]) == (told, store.rang, await states(store))
    assert ["Yes."] == [row.text for row in await store.rows(said)]


async def test_a_job_is_tried_again_later(store: Store, jobs: Schedule) -> None:
    """By nobody before, and then by whoever comes."""
    await jobs.add(tea(await store.talk(1, "remind me", "Yes.")))
    one = await due(store, jobs)

    await jobs.postpone(one, later(200))

    assert later(200) == await jobs.next_due(BOTS)
    store.ledgers.clock.seconds = 199
    assert () == await jobs.claim(9, BOTS)
    again = await due(store, jobs, 200)
    assert (later(60), 2) == (again.due, again.attempts)


async def test_what_was_missed_is_told_in_one_line(store: Store, jobs: Schedule) -> None:
    """To who asked, where they asked; one is done with, one comes again."""
    here = await store.talk(1, "remind me", "Yes.")
    there = await store.talk(2, "hello", "Hi.", where=place("8"))
    await jobs.add(tea(there, asked_in=here))
    await jobs.add(tea(here, 61, "pills", cron="* * * * *"))
    store.ledgers.clock.seconds = 99
    both = await jobs.claim(9, BOTS)
    store.rang.clear()

    gone = list(zip(both, (Next(missed=1), Next(later(120), 4)), strict=True))
    told = await jobs.miss(gone, "Missed: tea, pills.")
    again = await jobs.miss(gone, "Missed: tea, pills.")

    assert (True, False, [here]) == (told, again, store.rang)
    rows = await store.rows(schedule)
    assert [("missed", 1), ("waiting", 4)] == [(row.state, row.missed) for row in rows]
    lines = [(row.conversation_id, row.text) for row in await store.rows(said)]
    assert [(here, "Missed: tea, pills.")] == lines[2:]


async def test_a_place_that_shut_us_out_is_told_nothing(store: Store, jobs: Schedule) -> None:
    """The job is done with in silence, so that nobody tries for ever."""
    here = await store.talk(1, "remind me", "Yes.")
    await jobs.add(tea(here))
    await store.ledger.hear([arrival("close", Closed(HOME, closed=True))])
    store.rang.clear()

    told = await jobs.say(await due(store, jobs), ["Tea!"], NEVER)

    assert (False, [], ["told"]) == (told, store.rang, await states(store))
    assert ["Yes."] == [row.text for row in await store.rows(said)]
    assert [None] == [row.ready_at for row in await store.rows(conversation)]


async def test_a_place_that_is_held_is_told_after_its_turn(store: Store, jobs: Schedule) -> None:
    """Who holds it goes on undisturbed; giving it back makes it due for the job's line."""
    here = await store.talk(1, "remind me", "Yes.")
    await jobs.add(tea(here))
    await store.heard("hello?")
    (claim,) = await store.ledger.claim(1, BOTS)

    await jobs.say(await due(store, jobs, 61), ["Tea!"], NEVER)

    store.ledgers.clock.seconds = 5
    assert () == await store.ledger.claim(1, BOTS)
    assert {here} == await store.ledger.renew([claim])
    await store.ledger.write(claim, Released())
    store.ledgers.clock.seconds = 62
    (claim,) = await store.ledger.claim(1, BOTS)
    assert ["Tea!"] == [one.text for one in claim.unsent]


async def test_a_job_moves_with_its_place(store: Store, jobs: Schedule) -> None:
    """One that was read before its place became another is said in that other one."""
    here = await store.talk(1, "remind me", "Yes.")
    there = await store.talk(2, "hello", "Hi.", where=place("-100"))
    await jobs.add(tea(here))
    stale = await due(store, jobs)
    await store.ledger.hear([arrival("moved", Renamed(HOME, "-100"))])

    told = await jobs.say(stale, ["Tea!"], NEVER)

    assert told
    assert [there] == [row.conversation_id for row in await store.rows(said) if row.text == "Tea!"]
    assert [there] == [row.asked_in for row in await store.rows(schedule)]


async def test_nothing_is_said_of_a_job_that_is_gone(store: Store, jobs: Schedule) -> None:
    """One that the database does not hold any more is not said."""
    here = await store.talk(1, "remind me", "Yes.")

    assert not await jobs.say(Job(99, here, START, "tea", "en"), ["Tea!"], NEVER)
    assert ["Yes."] == [row.text for row in await store.rows(said)]


async def test_a_job_is_kept_as_the_database_can(store: Store, jobs: Schedule) -> None:
    """What no database stores is left out, and of a long language its beginning is kept."""
    here = await store.talk(1, "remind me", "Yes.")

    await jobs.add(Wanted(here, later(60), "t\0ea", "zh-hans-cn-x-very-long"))

    one = await due(store, jobs)
    assert ("tea", "zh-hans-cn-x-ver") == (one.text, one.language)
    await jobs.say(one, ["T\0ea!"], NEVER)
    assert "Tea!" == (await store.rows(said))[-1].text


async def test_everybody_sees_and_takes_back_what_they_asked_for(
    store: Store, jobs: Schedule
) -> None:
    """Nobody else's; an owner may see and take back all of it."""
    here = await store.talk(1, "remind me", "Yes.")
    mine = [await jobs.add(tea(here, seconds)) for seconds in (90, 60)]
    theirs = await jobs.add(tea(here, 70, by="telegram:99"))

    assert mine[::-1] == [one.id for one in await jobs.listed(MEI.address, 9)]
    assert [mine[1]] == [one.id for one in await jobs.listed(MEI.address, 1)]
    assert [mine[1], theirs, mine[0]] == [one.id for one in await jobs.all(9)]
    assert 2 == await jobs.count(MEI.address)
    gone = [
        await jobs.remove(theirs, MEI.address),
        await jobs.remove(mine[0], MEI.address),
        await jobs.remove(mine[0], MEI.address),
        await jobs.remove(theirs),
    ]

    assert [None, mine[0], None, theirs] == [one and one.id for one in gone]
    assert [mine[1]] == [one.id for one in await jobs.all(9)]


async def test_one_that_is_taken_back_while_it_is_said(store: Store, jobs: Schedule) -> None:
    """It is not said."""
    await jobs.add(tea(await store.talk(1, "remind me", "Yes.")))
    one = await due(store, jobs)

    await jobs.remove(one.id)

    assert not await jobs.say(one, ["Tea!"], NEVER)
    assert () == await jobs.all(9)


async def test_who_was_told_by_which_clock_we_go(store: Store, jobs: Schedule) -> None:
    """Only one that goes by a clock tells it."""
    here = await store.talk(1, "remind me", "Yes.")
    await jobs.add(tea(here))

    before = await jobs.knows_clock(MEI.address)
    await jobs.add(tea(here, 61, zone="UTC"))

    assert (False, True) == (before, await jobs.knows_clock(MEI.address))
