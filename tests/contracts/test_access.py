"""The door's book over both databases: who is in, who is out, and which codes still open it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anima.ids import first_of
from anima.model import Account, Arrival, Conversation, Incoming, Speaker, Usage
from anima.steps import Began, Ended, Knocked, Released, Say
from memory.admitting import GUESSES, Admissions, Person
from memory.days import Chronicle, Days
from memory.holder import Holder
from memory.knocking import Knocks, Room
from memory.ledger import SqlLedger
from memory.spending import Spending
from memory.standing import Counted
from memory.tables import access, audit, heard, ticket
from memory.visitors import Visitors
from tests.contracts.databases import Store, later, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import BOTS, MEI, place

TOM = Speaker("telegram", "6", "Tom", "en")
MEI_HERSELF = Person(MEI.address, MEI.name)
ANN = "telegram:1"
FIRST = first_of(START)
"""The first turn id of the tests' day."""


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An empty database of each kind."""
    return await opened(sql_ledgers)


def book(store: Store) -> Admissions:
    """The door's book in the process of *store*."""
    clock, rang = store.ledgers.clock, store.rang.extend
    return Admissions(
        store.database, clock, store.ids, rang, lambda name, language: f"{name} {language}"
    )


async def knocks(store: Store, ticket: str = "", who: Speaker = MEI, minutes: int = 60) -> int:
    """*who* speaks at home and is told that we do not know them; returns the place."""
    await store.heard("hello", who=who)
    (claim,) = await store.ledger.claim(1, BOTS)
    until = store.now + timedelta(minutes=minutes)
    knocked = Knocked(who.address, who.name, "zh", store.now, ticket, until)
    turn = store.ids.next()
    dealt = tuple(one.id for one in claim.waiting)
    ended = Ended(turn, dealt, "refused", store.now, reason="stranger")
    await store.ledger.write(claim, Began(turn, store.now), knocked, ended, Released())
    return claim.id


async def standings(store: Store, who: Speaker = MEI) -> list[str]:
    """How *who* stands with those who claim what they say now."""
    await store.heard("me again", who=who)
    return [one.standing for claim in await store.ledger.claim(9, BOTS) for one in claim.waiting]


async def deeds(store: Store) -> list[tuple[str, str, str, str, str]]:
    """The audit."""
    rows = await store.rows(audit)
    return [(row.by, row.deed, row.subject, row.before, row.after) for row in rows]


async def test_who_knocked_was_told(store: Store) -> None:
    """The next claim knows it, in whatever process; of somebody else it knows nothing."""
    await knocks(store)
    other = await store.another()

    assert ["told"] == await standings(other)
    (row,) = await store.rows(access)
    assert ("telegram:5", "Mei", "zh") == (row.speaker, row.name, row.language)


async def test_nothing_is_known_of_others(store: Store) -> None:
    """Who never knocked stands nowhere, also under the same number elsewhere."""
    await book(store).ban(Person("discord:5"), "", ANN, 0)

    assert [""] == await standings(store)


async def test_who_is_let_in_is_told_where_they_knocked(store: Store) -> None:
    """In their language, once, by whoever claims the place next; and it is written down."""
    here = await knocks(store)
    store.rang.clear()

    rulings = [await book(store).allow(MEI_HERSELF, ANN, here) for _ in range(2)]

    assert ["done", "already"] == rulings
    assert [here] == store.rang
    (claim,) = await store.ledger.claim(1, BOTS)
    assert ["Mei zh"] == [one.text for one in claim.unsent]
    assert [(ANN, "allow", "telegram:5", "", "allowed")] == await deeds(store)


async def test_who_never_knocked_is_let_in_without_a_word(store: Store) -> None:
    """There is nowhere to tell it; they stand allowed when they come."""
    assert "done" == await book(store).allow(MEI_HERSELF, ANN, 0)
    assert [] == store.rang
    assert ["allowed"] == await standings(store)


async def test_a_code_lets_in_whom_it_was_given_to(store: Store) -> None:
    """Once an admin says it; said again it changes nothing, and is no error."""
    here = await knocks(store, "digest")

    first = await book(store).confirm("digest", ANN, here)
    again = await book(await store.another()).confirm("digest", ANN, here)

    assert (MEI_HERSELF, "done") == first
    assert (MEI_HERSELF, "already") == again


@pytest.mark.parametrize("digest", ["another", ""])
async def test_no_other_code_lets_anybody_in(store: Store, digest: str) -> None:
    """One that nobody got is none."""
    await knocks(store, "digest")

    assert None is await book(store).confirm(digest, ANN, 0)


async def test_a_code_is_over_after_its_hour(store: Store) -> None:
    """To the second; and it is no invitation meanwhile."""
    await knocks(store, "digest")
    brought = await book(store).redeem("digest", TOM)
    store.ledgers.clock.advance(3600)

    assert not brought
    assert None is await book(store).confirm("digest", ANN, 0)


async def test_the_room_at_the_door_is_counted(store: Store) -> None:
    """Others' open codes here, one's own of a day, and whether one of them still waits."""
    here = await knocks(store, "mei")
    await knocks(store, "tom", TOM, minutes=90)
    door = Knocks(store.database)

    before = [await door.room(here, one.address, store.now) for one in (MEI, TOM)]
    store.ledgers.clock.advance(3600)
    after = [await door.room(here, one.address, store.now) for one in (MEI, TOM)]
    elsewhere = await door.room(here + 1, MEI.address, store.now)

    assert [Room(1, 1, waits=True), Room(1, 1, waits=True)] == before
    assert [Room(1, 1, waits=False), Room(0, 1, waits=True)] == after
    assert Room(0, 1, waits=False) == elsewhere


async def test_codes_that_are_long_over_are_thrown_away(store: Store) -> None:
    """With the next one that is given, so that there are never many."""
    await knocks(store, "old")
    store.ledgers.clock.advance(2 * 24 * 3600)

    await knocks(store, "new")

    assert ["new"] == [row.digest for row in await store.rows(ticket)]


async def test_who_is_banned_is_not_even_waited_for(store: Store) -> None:
    """What they say is kept and refused, rings nobody, and no claim finds it, in any process."""
    here = await store.talk(1, "hello", "Hi.")
    other = await store.another()
    await book(store).ban(MEI_HERSELF, "rude", ANN, here)
    store.rang.clear()

    await other.heard("why?")

    assert [] == store.rang
    assert () == await other.ledger.claim(9, BOTS)
    assert ("why?", "refused") == [(row.text, row.state) for row in await store.rows(heard)][-1]


async def test_what_waits_when_somebody_is_banned_is_known_as_theirs(store: Store) -> None:
    """Whoever claims it then, or looks again, sees how they stand."""
    await store.heard("hello")
    await book(store).ban(MEI_HERSELF, "", ANN, 0)

    (claim,) = await store.ledger.claim(1, BOTS)

    assert ["banned"] == [one.standing for one in claim.waiting]
    assert ["banned"] == [one.standing for one in await store.ledger.waiting(claim)]


async def test_a_ban_ends(store: Store) -> None:
    """Who was in before is in again; all of it is written down, and once."""
    door = book(store)
    await door.allow(MEI_HERSELF, ANN, 0)
    bans = [await door.ban(MEI_HERSELF, "rude", ANN, 0) for _ in range(2)]
    kept_out = await door.allow(MEI_HERSELF, ANN, 0)
    ends = [await door.unban(MEI_HERSELF, ANN, 0) for _ in range(2)]

    assert (["done", "already"], "banned", ["done", "already"]) == (bans, kept_out, ends)
    assert ["allowed"] == await standings(store)
    assert [
        (ANN, "allow", "telegram:5", "", "allowed"),
        (ANN, "ban", "telegram:5", "allowed", "rude"),
        (ANN, "unban", "telegram:5", "banned", ""),
    ] == await deeds(store)


async def test_nobody_unknown_is_unbanned(store: Store) -> None:
    """There is nothing to end, and nothing to write down."""
    assert "already" == await book(store).unban(Person("telegram:404"), ANN, 0)
    assert [] == await store.rows(access)


async def test_whoever_owns_the_house_by_now_is_pardoned(store: Store) -> None:
    """An old ban would keep them from ever ending it; others stay banned."""
    door = book(store)
    for person in (MEI_HERSELF, Person(TOM.address, TOM.name)):
        await door.ban(person, "", ANN, 0)

    counts = [await door.pardon(owners) for owners in ([], [MEI.address, ANN], [MEI.address])]

    assert [0, 1, 0] == counts
    assert [""] != await standings(store)
    assert ("house", "unban", "telegram:5", "banned", "admin") == (await deeds(store))[-1]


async def test_an_invitation_lets_in_the_first_who_brings_it(store: Store) -> None:
    """They may bring it again; nobody else may, and it is no pairing code."""
    door = book(store)
    await door.invite("gift", later(3600), ANN, await store.talk(1, "hello"))

    brought = [await door.redeem("gift", one) for one in (MEI, TOM, MEI)]

    assert [True, False, True] == brought
    assert None is await door.confirm("gift", ANN, 0)
    assert (ANN, "allow", "telegram:5", "", "invitation") == (await deeds(store))[-1]


async def test_an_invitation_ends(store: Store) -> None:
    """Whoever comes later comes in vain."""
    door = book(store)
    await door.invite("gift", later(3600), ANN, await store.talk(1, "hello"))
    store.ledgers.clock.advance(3600)

    assert not await door.redeem("gift", MEI)


async def test_guesses_are_limited(store: Store) -> None:
    """After a few wrong ones even the right code is not looked at, for an hour; others' are."""
    door = book(store)
    await door.invite("gift", later(9 * 3600), ANN, await store.talk(1, "hello"))

    guesses = [await door.redeem(f"wrong {count}", MEI) for count in range(GUESSES)]
    right = await door.redeem("gift", MEI)
    store.ledgers.clock.advance(3600)
    after = await door.redeem("gift", MEI)

    assert [False] * GUESSES == guesses
    assert None is right
    assert after


async def test_people_are_listed(store: Store) -> None:
    """Each in the one list where they belong, the newest first, a page at a time."""
    await knocks(store)
    store.ledgers.clock.advance(1)
    await knocks(store, who=TOM)
    door, seen = book(store), Visitors(store.database)
    await door.ban(Person("telegram:9", "Vera"), "spam", ANN, 0)

    waiting = await seen.those("waiting", 9)
    second = await seen.those("waiting", 1, 1)
    await door.allow(MEI_HERSELF, ANN, 0)

    assert ["Tom", "Mei"] == [one.name for one, _ in waiting]
    assert ["Mei"] == [one.name for one, _ in second]
    assert ["Tom"] == [one.name for one, _ in await seen.those("waiting", 9)]
    assert ((MEI_HERSELF, ""),) == await seen.those("allowed", 9)
    assert ((Person("telegram:9", "Vera"), "spam"),) == await seen.those("banned", 9)


async def test_people_are_known_by_what_they_are_called(store: Store) -> None:
    """Whether they spoke or knocked; two of one name are both told."""
    await store.talk(1, "hello", "Hi.")
    await knocks(store, who=Speaker("telegram", "66", "mei", "en"))
    await knocks(store, who=TOM)
    seen = Visitors(store.database)

    found = {name: await seen.named(name) for name in ("Tom", "@tom", "MEI", "Nobody", " ")}

    assert found["Tom"] == found["@tom"] == (Person("telegram:6", "Tom"),)
    assert ["telegram:5", "telegram:66"] == [one.address for one in found["MEI"]]
    assert () == found["Nobody"] == found[" "]
    assert Person("telegram:6", "Tom") == await seen.addressed("telegram:6")
    assert Person("telegram:404") == await seen.addressed("telegram:404")
    assert Person("discord:6") == await seen.addressed("discord:6")


async def test_a_reply_tells_who_is_meant(store: Store) -> None:
    """Who wrote it, or whom we answered with it; only where it was."""
    here = await store.talk(1, "hello", "Hi.")
    (row,) = await store.rows(heard)
    seen = Visitors(store.database)

    told = [
        await seen.replied_to(where, message)
        for where, message in (
            (here, row.message),
            (here, "m10001"),
            (here, "m404"),
            (here, ""),
            (here + 1, row.message),
        )
    ]

    assert [MEI_HERSELF, MEI_HERSELF, None, None, None] == told


async def spends(store: Store, turn: int, tokens: int, **how: Any) -> int:
    """A turn of that price."""
    account = Account("ku", "r1", Usage(tokens, 1))
    return await store.talk(turn, "hello", "Hi.", account=account, **how)


async def test_tokens_of_a_day_are_counted(store: Store) -> None:
    """Each person's by themselves and all together, from the first turn of the day on."""
    await spends(store, FIRST - 1, 500)
    await spends(store, FIRST, 10)
    await store.heard("me, too", who=TOM)
    (claim,) = await store.ledger.claim(1, BOTS)
    account = Account("ku", "r1", Usage(20, 1))
    await store.goes_on(claim, FIRST + 1, "Hi.", account=account)
    spending = Spending((await store.another()).database)

    found = [await spending.of(one, FIRST) for one in (MEI.address, TOM.address, "discord:5")]

    assert [11, 21, 0] == found
    assert 32 == await spending.all(FIRST)
    assert 533 == await spending.all(FIRST - 1)


async def test_it_is_known_whether_somebody_was_told(store: Store) -> None:
    """By what was said for that reason, to them or there; a silence told nobody anything."""
    spending = Spending(store.database)
    here = 0
    for number, words in ((1, ()), (2, ("Too much.",))):
        await store.heard("hello")
        (claim,) = await store.ledger.claim(1, BOTS)
        here, turn = claim.id, FIRST + number
        says = [Say(turn * 2 % 10_000_019, turn, text, START) for text in words]
        dealt = tuple(one.id for one in claim.waiting)
        ended = Ended(turn, dealt, "refused", START, reason="limit person")
        await store.ledger.write(claim, Began(turn, START), *says, ended, Released())

    told = [
        await spending.told(who, why, since)
        for who, why, since in (
            (MEI.address, "limit person", FIRST),
            (MEI.address, "limit person", FIRST + 3),
            (MEI.address, "limit day", FIRST),
            (TOM.address, "limit person", FIRST),
        )
    ]
    told_here = [
        await spending.told_here(where, why, FIRST)
        for where, why in (
            (here, "limit person"),
            (here, "limit group"),
            (here + 1, "limit person"),
        )
    ]

    assert [True, False, False, False] == told
    assert [True, False, False] == told_here


async def test_turns_of_the_last_minute_come_with_a_message(store: Store) -> None:
    """A person's wherever they were, in whatever process; older ones, silence and others' not."""
    other = await store.another()
    await store.talk(first_of(later(-61)), "long ago", "Hi.")
    await store.talk(FIRST, "one", "Hi.")
    await other.talk(FIRST + 1, "two", "Hi.", where=place("elsewhere"))
    await store.talk(FIRST + 2, "aside", outcome="silent")
    await store.talk(FIRST + 3, "/help", "Help.", outcome="command")

    await other.heard("now")
    await other.heard("now", who=TOM)
    (claim,) = await other.ledger.claim(1, BOTS)

    assert [(3, 0), (0, 0)] == [(one.lately, one.crowd) for one in claim.waiting]
    assert claim.waiting == await other.ledger.waiting(claim)


@pytest.mark.parametrize(("person", "expected"), [(0, 0), (1, 1), (2, 2), (9, 3)])
async def test_nothing_is_counted_beyond_its_limit(
    store: Store, person: int, expected: int
) -> None:
    """Who has no limit, and said thousands of things, is claimed as quickly as others."""
    counted = Counted(person, 0)
    ledger = SqlLedger(
        store.database,
        store.ledgers.clock,
        Holder.me(),
        lease_s=20,
        rang=store.rang.extend,
        counted=counted,
    )
    for number in range(3):
        await store.talk(FIRST + number, "one", "Hi.")
    await store.heard("now")

    (claim,) = await ledger.claim(1, BOTS)

    assert [expected] == [one.lately for one in claim.waiting]
    assert claim.waiting == await ledger.waiting(claim)


async def test_a_group_counts_what_we_said_in_it(store: Store) -> None:
    """Whoever it was said to; two bubbles are one turn, and what was never said is none."""
    room = place("-100")
    keys = iter(range(100))

    async def speaks(turn: int, *answers: str, who: Speaker = MEI) -> None:
        await group_hears(store, room, who, f"k{next(keys)}")
        (claim,) = await store.ledger.claim(1, BOTS)
        await store.goes_on(claim, turn, *answers)

    await speaks(first_of(later(-61)), "long ago")
    await speaks(FIRST + 1, "Hi.", "And you?")
    await speaks(FIRST + 2, "Hello.", who=TOM)
    await speaks(FIRST + 3)
    await group_hears(store, room, TOM, "last")
    (claim,) = await store.ledger.claim(1, BOTS)

    assert [2] == [one.crowd for one in claim.waiting]


async def group_hears(store: Store, room: Conversation, who: Speaker, key: str) -> None:
    """*who* says something in the group *room*."""
    said = Incoming(room, who, "hello", START, key, private=False)
    await store.ledger.hear([Arrival("telegram:anima", key, "{}", said)])


_Turns = st.lists(
    st.tuples(
        st.integers(-90, 0),
        st.sampled_from([MEI, TOM]),
        st.sampled_from(["answered", "silent", "refused", "command", "failed"]),
    ),
    max_size=8,
)


@pytest.mark.slow
@given(turns=_Turns)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_counting_agrees_with_a_plain_count(
    sql_ledgers: SqlLedgers, turns: Sequence[tuple[int, Speaker, str]]
) -> None:
    """Whatever was said when by whom and ended how; each example in places of its own."""
    store = await opened(sql_ledgers)
    run = store.ids.next()
    alias = {one: Speaker("telegram", f"{one.id}-{run}", one.name) for one in (MEI, TOM)}
    for number, (second, who, outcome) in enumerate(turns):
        where = place(f"{run}-{number}")
        await store.heard("hello", where, alias[who])
        (claim,) = await store.ledger.claim(1, BOTS)
        turn = first_of(later(second)) + run % 1000 * 10 + number
        await store.goes_on(claim, turn, outcome=outcome)  # type: ignore[arg-type]  # sampled
    counted = ("answered", "command", "failed")
    expected = {
        one: sum(who is one and second >= -60 and how in counted for second, who, how in turns)
        for one in (MEI, TOM)
    }

    for one in (MEI, TOM):
        await store.heard("now", place(f"{run}-{one.id}"), alias[one])
    claims = await store.ledger.claim(9, BOTS)
    actual = {one.speaker.name: one.lately for claim in claims for one in claim.waiting}
    for claim in claims:
        dealt = tuple(one.id for one in claim.waiting)
        turn = store.ids.next()
        ended = Ended(turn, dealt, "expired", START)
        await store.ledger.write(claim, Began(turn, START), ended, Released())

    assert {one.name: count for one, count in expected.items()} == actual


async def test_the_days_are_counted(store: Store) -> None:
    """People, places, turns by how they ended, tokens, and the median wait; older turns not."""
    await spends(store, FIRST - 1, 500)
    await spends(store, FIRST, 10, first_s=1.0)
    await spends(store, FIRST + 1, 20, first_s=3.0, where=place("other"))
    await store.heard("me, too", where=place("third"), who=TOM)
    (claim,) = await store.ledger.claim(1, BOTS)
    await store.goes_on(claim, FIRST + 2, outcome="failed")
    chronicle = Chronicle(store.database)

    found = await chronicle.since(START)
    newest = await chronicle.since(START, most=1)

    turns = {"answered": 2, "failed": 1}
    assert Days(2, 3, turns, prompt=30, completion=2, first_s=2.0) == found
    assert ({"failed": 1}, False) == (newest.turns, newest.whole)
    assert Days() == await chronicle.since(later(24 * 3600))
