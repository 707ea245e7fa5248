"""Writing first over the databases: reasons found, weighed, made ripe once, and what becomes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from sqlalchemy import Connection, update

from anima.errors import LeaseLost
from anima.impulse import Impulse
from anima.model import NOTHING, Arrival, Claim, Conversation, Deleted, Incoming, Speaker
from anima.steps import Acted, Began, Changed, Delivered, Ended, Outcome, Released, Say
from memory.bonds import relation
from memory.budget import Expenses
from memory.foresight import Foresight, Unlooked
from memory.impressions import Impressions
from memory.impulses import Impulses
from memory.manners import Manners
from memory.tables import conversation, impulse, manner
from persona.impression import Impression
from persona.initiative.manners import Limits
from persona.initiative.quiet import Window
from persona.nature import Nature
from tests.contracts.databases import BOTS, Store, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import HOME, MEI, place

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
GROUP = Conversation("telegram", "anima", "-100")
EXAM = "I have an exam on Wednesday"  # Wednesday is 7 January 2026, and START the Monday before
AFTER = datetime(2026, 1, 8, 0, 29, tzinfo=UTC)
MORNING = datetime(2026, 1, 8, 8, 0, tzinfo=UTC)


def london(connection: Connection, address: str) -> tzinfo | None:
    """Everybody has said that they live by UTC."""
    del connection, address
    return UTC


@dataclass
class House:
    """One process over a database: what people say, what is found in it, what is weighed."""

    store: Store
    zone_of: Callable[[Connection, str], tzinfo | None] = london
    limits: Limits = field(default_factory=Limits)
    admitted: bool = True
    turn: int = 0

    def __post_init__(self) -> None:
        self.impressions = Impressions(self.store.database, lambda _: Impression(Nature()))
        self.foresight = Foresight(self.store.database, self.zone_of)
        self.manners = Manners(self.store.database)

    @property
    def impulses(self) -> Impulses:
        """Who weighs."""
        return Impulses(
            self.store.database,
            self.store.ledgers.clock,
            self.store.ids,
            self.store.rang.extend,
            self.limits,
            admits=lambda *_: self.admitted,
            zone_of=self.zone_of,
        )

    @property
    def now(self) -> datetime:
        return self.store.now

    def until(self, at: datetime) -> None:
        """Let time pass."""
        self.store.ledgers.clock.seconds = (at - START).total_seconds()

    async def says(
        self,
        text: str,
        answer: str = "I see.",
        *,
        where: Conversation = HOME,
        who: Speaker = MEI,
        private: bool = True,
        outcome: Outcome = "answered",
    ) -> int:
        """Somebody says *text*, is answered, and it is looked at; returns the place."""
        self.turn += 10
        key = str(self.turn)
        incoming = Incoming(where, who, text, self.now, key, private)
        await self.store.ledger.hear([Arrival("telegram:anima", key, "{}", incoming)])
        (claim,) = await self.store.ledger.claim(1, BOTS)
        await self.store.ledger.write(claim, Changed("KU5.0", 0, "kokoro"))
        said = self.turn * 1000
        await self.store.ledger.write(
            claim,
            Began(self.turn, self.now, "kokoro"),
            Say(said, self.turn, answer, self.now),
            Delivered(said, f"m{said}", self.now),
            Ended(self.turn, tuple(one.id for one in claim.waiting), outcome, self.now),
            Released(),
        )
        await self.looks(claim.id)
        return claim.id

    async def looks(self, which: int) -> None:
        """What was said in that place leaves what it leaves."""
        for look in (self.impressions, self.foresight):
            while await look.catch_up(which):
                pass

    async def weighs(self, at: datetime) -> list[tuple[str, str]]:
        """What becomes of what is due then, and why."""
        self.until(at)
        return [(one.became, one.reason) for one in await self.impulses.weigh()]

    async def claims(self) -> Claim | None:
        """The place that is due, if one is."""
        claims = await self.store.ledger.claim(1, BOTS)
        return claims[0] if claims else None

    async def writes(self, claim: Claim, text: str = "How was it?") -> None:
        """What is ripe is written there."""
        assert claim.impulse
        self.turn += 10
        said = self.turn * 1000
        await self.store.ledger.write(
            claim,
            Began(self.turn, self.now, "kokoro"),
            Acted(claim.impulse.id, "said", self.turn, self.now),
            Say(said, self.turn, text, self.now),
            Delivered(said, f"m{said}", self.now),
            Ended(self.turn, (), "answered", self.now),
            Released(),
        )
        await self.looks(claim.id)

    async def states(self) -> list[tuple[str, str, str]]:
        """The reasons there are, by age."""
        return [(row.kind, row.state, row.held) for row in await self.store.rows(impulse)]


@pytest.fixture
async def house(sql_ledgers: SqlLedgers) -> House:
    """An empty database of each kind."""
    return House(await opened(sql_ledgers))


async def test_an_exam_is_asked_after(house: House) -> None:
    """From the line to the claim: when it is over, and the night is too."""
    await house.says(EXAM)

    assert [("thread", "waiting", "")] == await house.states()
    assert [] == await house.weighs(AFTER - HOUR)
    assert [("held", "quiet hours")] == await house.weighs(AFTER)
    assert [("ripe", "")] == await house.weighs(MORNING)
    claim = await house.claims()
    assert claim
    assert claim.impulse == Impulse(
        id=1,
        kind="thread",
        address=MEI.address,
        name="Mei",
        words=EXAM,
        at=START,
        due=AFTER,
        until=MORNING + HOUR / 4,
        language="zh",
    )
    assert [MEI.address] == [bond.address for bond in claim.bonds]


async def test_what_was_said_is_said_once(house: House) -> None:
    """And is a part of the talk, with its reason."""
    await house.says(EXAM)
    await house.weighs(MORNING)
    claim = await house.claims()
    assert claim

    await house.writes(claim)

    assert [("thread", "said", "")] == await house.states()
    assert [] == await house.weighs(MORNING + DAY)
    assert await house.claims() is None
    await house.says("passed!")
    assert "How was it?" in [text for text, _ in await house.store.ledgers.said()]


async def test_two_processes_make_it_ripe_once(house: House) -> None:
    """However many weigh at the same time, one claim has it, and one write takes it."""
    await house.says(EXAM)
    await house.says("My interview is on Wednesday, too", where=place("8"))
    others = [House(await house.store.another()) for _ in range(3)]
    house.until(MORNING)

    found = await asyncio.gather(*(one.impulses.weigh() for one in (house, *others)))
    claims = await asyncio.gather(*(one.store.ledger.claim(5, BOTS) for one in (house, *others)))

    assert ["ripe"] == [one.became for several in found for one in several if one.became == "ripe"]
    assert 1 == sum(one.impulse is not None for several in claims for one in several)


async def test_a_claim_that_was_taken_over_writes_nothing(house: House) -> None:
    """Whoever comes late with it has lost the lease, and nothing of theirs is kept."""
    await house.says(EXAM)
    await house.weighs(MORNING + 13 * HOUR)
    claim = await house.claims()
    assert claim
    assert claim.impulse
    await house.weighs(MORNING + 14 * HOUR)

    with pytest.raises(LeaseLost):
        await house.store.ledger.write(
            claim, Began(990, house.now), Acted(claim.impulse.id, "said", 990, house.now)
        )

    assert 1 == len(await house.store.ledgers.said())


async def test_nobody_came_to_it(house: House) -> None:
    """What is ripe and is not taken up in time is weighed again, and not said in the night."""
    await house.says(EXAM)
    late = MORNING + 13.9 * HOUR
    assert [("ripe", "")] == await house.weighs(late)
    assert [("held", "quiet hours")] == await house.weighs(late + HOUR)
    assert [("thread", "waiting", "quiet hours")] == await house.states()


@pytest.mark.parametrize("became", ["declined", "held"])
async def test_what_is_not_said(house: House, became: str) -> None:
    """A no is for good; what is held comes again, later."""
    await house.says(EXAM)
    await house.weighs(MORNING)
    claim = await house.claims()
    assert claim
    assert claim.impulse

    acted = Acted(claim.impulse.id, became, 5, house.now, "failed")  # type: ignore[arg-type]  # one of them
    await house.store.ledger.write(claim, acted, Released())

    again = await house.weighs(MORNING + HOUR)
    assert ([("ripe", "")] if became == "held" else []) == again


async def test_after_a_long_downtime_one_message_comes_and_the_rest_expires(house: House) -> None:
    """Five reasons that came due meanwhile are no five messages."""
    await house.says("My birthday is on January 20th")
    for text in (EXAM, "I have a dentist appointment on Thursday", "My interview is on Friday"):
        await house.says(text)
    await house.says("hi", "I'll tell you tomorrow.")

    became = await house.weighs(datetime(2026, 1, 20, 12, tzinfo=UTC))

    assert [("expired", "missed")] * 4 + [("ripe", "")] == sorted(became)
    states = [row.state for row in await house.store.rows(impulse)]
    assert states.count("ripe") == 1
    assert states.count("waiting") == 0


async def test_the_rest_waits_for_an_answer(house: House) -> None:
    """Never two unanswered in a row; an answer frees what waits, after the gap."""
    await house.says(EXAM)
    await house.says("hm", "I'll tell you on Thursday.")
    assert [("held", "on its way"), ("ripe", "")] == sorted(
        await house.weighs(datetime(2026, 1, 8, 10, tzinfo=UTC))
    )
    claim = await house.claims()
    assert claim
    await house.writes(claim)

    assert [("held", "unanswered")] == await house.weighs(house.now + HOUR)
    await house.says("nice!")
    assert [("held", "talking")] == await house.weighs(house.now + HOUR / 12)
    assert [("held", "too soon")] == await house.weighs(house.now + HOUR / 6)
    assert [("ripe", "")] == await house.weighs(house.now + HOUR)


async def test_who_was_ignored_once_is_left_alone_for_a_day(house: House) -> None:
    """A late answer is no answer in good time."""
    await house.says(EXAM)
    await house.weighs(MORNING)
    claim = await house.claims()
    assert claim
    await house.writes(claim)
    house.until(MORNING + 14 * HOUR - HOUR / 60)
    await house.says("sorry, busy", "I'll tell you on Friday.")

    assert [("ripe", "")] == await house.weighs(datetime(2026, 1, 9, 10, tzinfo=UTC))
    rows = await house.store.rows(impulse)
    assert rows[0].answered_at - rows[0].ended_at > 12 * HOUR


async def test_opting_out_is_for_ever(house: House) -> None:
    """Through a restart, a forgetting of reasons, and whatever is asked of the persona."""
    await house.says(EXAM)
    await house.manners.opt_out(MEI.address, house.now)
    other = House(await house.store.another(), turn=500)

    assert [("held", "opted out")] == await other.weighs(MORNING)
    assert (await other.manners.of(MEI.address)).opted_out
    await other.manners.welcome(MEI.address)
    other.until(MORNING + HOUR)
    await other.says("hello")
    assert [("ripe", "")] == await other.weighs(MORNING + 2 * HOUR)


async def test_quiet_holds_until_it_ends(house: House) -> None:
    """To the hour; and hours of ones own are kept."""
    await house.says(EXAM)
    await house.manners.quiet(MEI.address, MORNING + HOUR)
    await house.manners.hours(MEI.address, Window(60, 12 * 60))

    assert [("held", "quiet")] == await house.weighs(MORNING)
    assert [("held", "quiet hours")] == await house.weighs(MORNING + HOUR)
    assert [("ripe", "")] == await house.weighs(MORNING + 4 * HOUR)
    assert Window(60, 12 * 60) == (await house.manners.of(MEI.address)).hours


async def test_good_night_means_sleep(house: House) -> None:
    """Until their morning, or until they write again."""
    await house.manners.hours(MEI.address, Window(23 * 60, 5 * 60))
    await house.says(EXAM)
    house.until(datetime(2026, 1, 8, 4, 30, tzinfo=UTC))
    await house.says("good night", "")

    assert [("held", "asleep")] == await house.weighs(MORNING)
    await house.says("can't sleep")
    assert [("ripe", "")] == await house.weighs(MORNING + HOUR)


async def test_what_was_called_off_is_not_asked_after(house: House) -> None:
    """The thread is over, and so is the reason."""
    await house.says(EXAM)
    await house.says("the exam was cancelled")

    assert [("thread", "dropped", "over")] == await house.states()


async def test_what_was_taken_back_is_no_reason(house: House) -> None:
    """The line is gone, and what it told with it."""
    await house.says(EXAM)
    gone = Deleted(HOME, (str(house.turn),))
    await house.store.ledger.hear([Arrival("telegram:anima", "gone", "{}", gone)])

    became = await house.weighs(MORNING)

    assert became in ([("dropped", "forgotten")], [])
    assert "waiting" not in [state for _, state, _ in await house.states()]


async def test_a_group_is_written_to_where_an_admin_said_so(house: House) -> None:
    """Elsewhere nothing is even looked for."""
    where = await house.says(EXAM, where=GROUP, private=False)
    assert [] == await house.states()
    await house.manners.allow(where, allowed=True)
    await house.says(EXAM, where=GROUP, private=False)

    assert await house.manners.allows(where)
    assert [("ripe", "")] == await house.weighs(MORNING)


async def test_a_group_may_change_its_mind(house: House) -> None:
    """What was found before is held."""
    where = await house.says("hi", where=GROUP, private=False)
    await house.manners.allow(where, allowed=True)
    await house.says(EXAM, where=GROUP, private=False)
    await house.manners.allow(where, allowed=False)

    assert [("held", "group")] == await house.weighs(MORNING)


@pytest.mark.parametrize("connection", ["guest", "AbC1"])
async def test_no_reasons_where_we_are_no_member(house: House, connection: str) -> None:
    """As a guest, and in chats that are somebody's own."""
    await house.says(EXAM, where=Conversation("telegram", "anima", "7", connection))

    assert [] == await house.states()


async def test_a_closed_place_is_left_alone(house: House) -> None:
    """As is a person whom the house does not admit any more."""
    here = await house.says(EXAM)
    house.admitted = False
    assert [("held", "stranger")] == await house.weighs(MORNING)
    house.admitted = True
    shut = update(conversation).where(conversation.c.id == here).values(closed_at=house.now)
    await house.store.database.write(lambda found: found.execute(shut))

    assert [("held", "closed")] == await house.weighs(MORNING + 2 * HOUR)


async def test_where_the_zone_is_unknown_it_writes_in_the_afternoon(
    sql_ledgers: SqlLedgers,
) -> None:
    """From noon to eight, whatever clock that is."""
    house = House(await opened(sql_ledgers), zone_of=lambda *_: None)
    await house.says(EXAM)

    assert [("held", "quiet hours")] == await house.weighs(MORNING)
    assert [("ripe", "")] == await house.weighs(MORNING + 4 * HOUR)


@pytest.mark.slow
async def test_the_zone_is_guessed_and_asked_about_once(sql_ledgers: SqlLedgers) -> None:
    """By the hours in which they write; the question is a message like the others."""
    house = House(await opened(sql_ledgers), zone_of=lambda *_: None)
    first = START.replace(hour=0)
    for day in range(8):
        for hour in (7, 9, 12, 14, 18, 22):  # in Tokyo
            house.until(first + day * DAY + (hour - 9 + 24) * HOUR)
            await house.says("hm")
    house.until(datetime(2026, 1, 19, 1, tzinfo=UTC))
    await house.says(EXAM)
    asked: list[tuple[str, int]] = []

    def question(language: str, minutes: int, now: datetime) -> tuple[str, object]:
        del now
        asked.append((language, minutes))
        return "What time is it there?", NOTHING

    impulses = house.impulses
    impulses._question = question  # type: ignore[assignment]
    house.until(datetime(2026, 1, 22, 4, tzinfo=UTC))
    (one,) = await impulses.weigh()

    assert (one.became, one.kind) == ("said", "zone")
    assert [("zh", minutes) for minutes in (480, 540, 600)].count(asked[0])
    assert ("What time is it there?", "ready") in await house.store.ledgers.said()
    (row,) = await house.store.rows(manner)
    assert row.asked_at == house.now


async def test_habits_become_reasons(house: House) -> None:
    """Good mornings on three days, and a silence among friends."""
    for day in range(3):
        house.until(START + day * DAY)
        await house.says("good morning!")

    kinds = [kind for kind, _, _ in await house.states()]
    assert ["morning"] == kinds
    assert [("ripe", "")] == await house.weighs(START + 3 * DAY + HOUR / 2)


async def test_who_was_up_first_needs_no_good_morning(house: House) -> None:
    """What they have said already is not said to them."""
    for day in range(4):
        house.until(START + day * DAY)
        await house.says("good morning!")

    assert [("morning", "dropped", "met"), ("morning", "waiting", "")] == await house.states()


async def test_friends_are_missed_after_their_last_word(house: House) -> None:
    """Each word puts it off; who is hardly known is not missed."""
    await house.says("hi")
    assert [] == await house.states()
    near = update(relation).values(closeness=0.9)
    await house.store.database.write(lambda found: found.execute(near))
    await house.says("hi again")
    house.until(START + DAY)
    await house.says("hello")

    assert [("silence", "waiting", "")] == await house.states()
    (row,) = await house.store.rows(impulse)
    assert START + 4 * DAY == row.due


async def test_days_of_the_year_come_again(house: House) -> None:
    """When one is over the next is kept, whether it was spoken of or missed."""
    await house.says("My birthday is on January 8th")
    assert [("ripe", "")] == await house.weighs(datetime(2026, 1, 8, 10, tzinfo=UTC))
    claim = await house.claims()
    assert claim
    assert claim.impulse
    assert "01-08 birthday" == claim.impulse.occasion
    await house.writes(claim, "Happy birthday!")

    assert [("occasion", "said", ""), ("occasion", "waiting", "")] == await house.states()
    await house.says("thanks!")
    assert [("expired", "missed")] == await house.weighs(datetime(2027, 3, 1, tzinfo=UTC))
    assert datetime(2028, 1, 8, 9, 30, tzinfo=UTC) == (await house.store.rows(impulse))[-1].due


async def test_the_same_is_kept_once(house: House) -> None:
    """However often they tell it, and however often it is looked at."""
    here = await house.says(EXAM)
    await house.says(EXAM)
    await house.looks(here)

    assert [("thread", "waiting", "")] == await house.states()


async def test_what_was_not_looked_at_is_known(house: House) -> None:
    """After a crash it is caught up with."""
    unlooked = Unlooked(house.store.database, house.store.ledgers.clock)
    here = await house.says("hi")
    assert () == await unlooked.behind()
    await house.store.talk(500, EXAM, "I see.")

    assert (here,) == await unlooked.behind()
    house.until(START + 3 * DAY)
    assert () == await unlooked.behind()


async def test_what_it_costs_is_counted_and_bounded(house: House) -> None:
    """By person and in all, and a new process knows it."""
    house.limits = Limits(calls_per_day=1)
    await house.says(EXAM)
    await house.weighs(MORNING)
    assert [("ripe", "")] != await house.weighs(MORNING + HOUR)
    assert [("thread", "waiting", "budget")] == await house.states()
    other = await house.store.another()
    budget = Expenses(other.database, other.ledgers.clock)

    await budget.spend("", "distilling", calls=2, tokens=900)
    assert [("", "distilling", 2, 900), (MEI.address, "initiative", 1, 0)] == [
        (one.speaker, one.purpose, one.calls, one.tokens) for one in await budget.today()
    ]
    house.until(MORNING + DAY)
    assert () == await budget.today()
