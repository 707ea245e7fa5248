"""Where the bot may write in somebody's place, and what it hears there."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram import Bot

from anima.errors import Gone, SlowDown, Undelivered, Unreachable
from anima.mandate import Entrusted, Mandate
from anima.model import Arrival, Conversation, Deleted, Edited, Incoming, Meaning, Speaker
from bots.gate import Gates
from bots.telegram.behalf import Behalf
from bots.telegram.client import client
from bots.telegram.ear import Ear
from bots.telegram.outgoing import Outgoing
from tests.backend_fakes import Notes
from tests.far_side.botapi import BotApi, Fault, Person
from tests.in_memory_ledger import InMemoryLedger
from tests.jump import JumpClock
from tests.mandate_book import Book

pytestmark = pytest.mark.jumping

OLGA = Speaker("telegram", "9", "Olga")
ANN = Speaker("telegram", "7", "Ann")
THERE = Conversation("telegram", "42", "7", "bc1")


@dataclass
class World:
    """A bot, a server, and what was noted."""

    telegram: BotApi
    bot: Bot
    clock: JumpClock
    book: Book = field(default_factory=Book)
    notes: Notes = field(default_factory=Notes)
    honours: Callable[[str], bool] = lambda address: address == OLGA.address

    @property
    def behalf(self) -> Behalf:
        """One that knows nothing but what is in the book."""
        return Behalf(self.bot, self.book, self.honours, self.clock, self.notes, takeover_s=1800)

    @property
    def owner(self) -> Person:
        return self.telegram.person(9, "Olga")

    def at(self) -> datetime:
        """Now, in whole seconds."""
        return datetime.fromtimestamp(self.telegram.world.at(), UTC)

    def said(self, text: str, who: Speaker = ANN, where: Conversation = THERE) -> Arrival:
        """Somebody says it there."""
        return arrival(Incoming(where, who, text, self.at(), "3", title="Ann"))


def arrival(meaning: Meaning | None) -> Arrival:
    """Something happened."""
    return Arrival("telegram:42", "1", "{}", meaning)


@pytest.fixture
async def world(clock: JumpClock) -> AsyncIterator[World]:
    async with BotApi(now=lambda: clock.now().timestamp()) as telegram:
        bot = client("42:TEST", telegram.url)
        yield World(telegram, bot, clock)
        await bot.session.close()


def told(link: dict[str, Any]) -> list[dict[str, Any]]:
    """The update that brings it."""
    return [{"update_id": 1}, {"update_id": 2, "business_connection": link}]


async def test_what_it_is_told_of_connections_is_kept(world: World) -> None:
    """In our own words, with the rights that are given; nonsense is left to be set aside."""
    link = world.telegram.connects(world.owner)
    shown = link.shown(1) | {"rights": {"can_reply": True, "can_read_messages": False}}
    shown["user"] |= {"last_name": "Ivanova"}

    await world.behalf.learn(told(shown))
    await world.behalf.learn(told({"id": "bc2"}))

    owner = replace(OLGA, name="Olga Ivanova")
    mandate = Mandate("telegram", "42", "bc1", owner, "9", True, frozenset({"can_reply"}))
    assert {"bc1": mandate} == world.book.given


async def test_an_owner_without_a_name_is_called_by_number(world: World) -> None:
    """Somebody has to be named to the persona."""
    link = world.telegram.connects(Person(9, ""))

    await world.behalf.learn(told(link.shown(1)))

    assert "9" == world.book.given["bc1"].owner.name


async def test_what_others_say_there_is_said_to_us(world: World) -> None:
    """And what the owner says is not, nor what is said while the word is theirs."""
    world.telegram.connects(world.owner)
    plain = arrival(Incoming(replace(THERE, connection=""), ANN, "hi", world.at(), "4"))
    aside = arrival(None)
    arrivals = [
        world.said("one"),
        plain,
        world.said("two", OLGA),
        world.said("three"),
        aside,
        arrival(Deleted(THERE, ("3",))),
        arrival(Edited(THERE, "3", "won")),
    ]

    weighed = await world.behalf.weigh(arrivals)

    assert [plain, aside, *arrivals[5:]] == [weighed[1], *weighed[4:]]
    heard = [one.meaning for one in weighed if isinstance(one.meaning, Incoming)]
    assert [("one", True), ("hi", True), ("two", False), ("three", False)] == [
        (one.text, one.addressed) for one in heard
    ]
    assert ["Olga", "", "Olga", "Olga"] == [one.title for one in heard]
    assert "Ann" == world.book.chats[THERE].name
    assert 1 == world.telegram.count["getBusinessConnection"]


async def test_a_chat_that_is_switched_off_is_not_heard(world: World) -> None:
    """Nothing of it is kept, not even what was rewritten; deletions are honoured all the same."""
    world.telegram.connects(world.owner)
    world.book.chats[THERE] = Entrusted(THERE, answers=False)
    gone = arrival(Deleted(THERE, ("3",)))

    weighed = await world.behalf.weigh(
        [world.said("one"), arrival(Edited(THERE, "3", "won")), gone]
    )

    assert [gone] == weighed


async def test_an_unknown_connection_is_asked_for_once(world: World) -> None:
    """Where Telegram does not know it either it is nothing to us, until we are told of it."""
    behalf = world.behalf
    for _ in range(2):
        assert [] == await behalf.weigh([world.said("one")])
    asked = world.telegram.count["getBusinessConnection"]

    link = world.telegram.connects(world.owner)
    await behalf.learn(told(link.shown(1)))

    assert 1 == asked
    assert 1 == len(await behalf.weigh([world.said("two")]))
    assert 1 == [event for event, _ in world.notes.noted].count("business ignored")


@pytest.mark.parametrize(
    ("fault", "error"),
    [(Fault.gateway(502), Unreachable), (Fault.slow_down(7), SlowDown)],
    ids=["away", "tired"],
)
async def test_while_telegram_does_not_tell_the_updates_wait(
    fault: Fault, error: type[Exception], world: World
) -> None:
    """Nobody's message is lost because a connection could not be looked up."""
    world.telegram.connects(world.owner)
    world.telegram.faults.add("getBusinessConnection", fault)

    with pytest.raises(error):
        await world.behalf.weigh([world.said("one")])

    assert 1 == len(await world.behalf.weigh([world.said("one")]))


async def test_ignored_connections_are_forgotten_in_time(world: World) -> None:
    """However many strangers connect our bot, what we remember of it is bounded."""
    behalf = world.behalf
    for number in range(1001):
        link = world.telegram.connects(Person(1, "Eve"), id=f"e{number}").shown(1)
        await behalf.learn(told(link))

    await behalf.weigh([world.said("one", where=replace(THERE, connection="e0"))])
    await behalf.weigh([world.said("one", where=replace(THERE, connection="e1000"))])

    assert 1 == world.telegram.count["getBusinessConnection"]
    assert {} == world.book.given


async def test_what_is_answered_is_ticked_as_read(world: World) -> None:
    """The newest in each chat, and only by leave; that it fails is of no interest to anybody."""
    ann = world.telegram.person(7, "Ann")
    link = world.telegram.connects(world.owner)
    for text in ("one", "two", "three"):
        world.telegram.tells(link, ann, text)
    behalf = world.behalf
    weighed = await behalf.weigh([world.said("one"), world.said("three"), arrival(None)])
    world.telegram.faults.add("readBusinessMessage", Fault.status(400, "Bad Request: no"))

    for _ in range(2):
        await behalf.tick(weighed)

    assert ({7: 3}, 2) == (link.read, world.telegram.count["readBusinessMessage"])
    world.book.given["bc1"] = replace(world.book.given["bc1"], rights=frozenset({"can_reply"}))
    await behalf.tick(weighed)
    assert 2 == world.telegram.count["readBusinessMessage"]


async def test_nothing_is_sent_where_it_may_not_be(world: World) -> None:
    """The reason is told, and Telegram is not asked; a rating is never asked there."""
    ann = world.telegram.person(7, "Ann")
    link = world.telegram.connects(world.owner)
    world.telegram.tells(link, ann, "hello")
    outgoing = Outgoing(world.bot, Gates(world.clock), world.notes, behalf=world.behalf)

    async def refused() -> str:
        with pytest.raises(Undelivered) as no:
            await outgoing.send(THERE, "Hi", key=1, reply_to="", asks=True)
        return str(no.value)

    unknown = await refused()
    await world.behalf.weigh([world.said("hello")])
    await outgoing.send(THERE, "Hi", key=1, reply_to="", asks=True)
    world.book.chats[THERE] = Entrusted(THERE)
    silent = await refused()
    world.book.given["bc1"] = replace(world.book.given["bc1"], enabled=False)
    off = await refused()
    world.honours = lambda address: address == ""
    outgoing = Outgoing(world.bot, Gates(world.clock), world.notes, behalf=world.behalf)

    assert "no business connection of ours" == unknown == await refused()
    assert "nobody else has written there for 24 hours" == silent
    assert "the business connection is off" == off
    assert [("Hi", "bc1", ())] == [
        (one.text, one.connection, one.buttons) for one in world.telegram.sent
    ]


async def test_without_a_word_on_it_nothing_is_sent_there(world: World) -> None:
    """A channel that knows of no mandates writes in nobody's name."""
    outgoing = Outgoing(world.bot, Gates(world.clock), world.notes)

    with pytest.raises(Undelivered, match=r"telegram\.business is off"):
        await outgoing.send(THERE, "Hi", key=1, reply_to="")


async def test_telegrams_no_closes_the_chat(world: World) -> None:
    """A connection that ended meanwhile is a place that is closed to us."""
    world.telegram.connects(world.owner)
    await world.behalf.weigh([world.said("hello")])
    del world.telegram.world.links.known["bc1"]
    outgoing = Outgoing(world.bot, Gates(world.clock), world.notes, behalf=world.behalf)

    with pytest.raises(Gone):
        await outgoing.send(THERE, "Hi", key=1, reply_to="")


async def test_an_ear_without_a_word_on_it_hears_nobodys_chats(world: World) -> None:
    """What happens in people's own chats is not kept."""
    ledger = InMemoryLedger(world.clock)
    ann = world.telegram.person(7, "Ann")
    link = world.telegram.connects(world.owner)
    ear = Ear(world.bot, dict, ledger, world.notes)

    await ear.take([world.telegram.tells(link, ann, "one"), world.telegram.says(ann, ann, "two")])

    assert ["two"] == [row.text for row in ledger.heard]
