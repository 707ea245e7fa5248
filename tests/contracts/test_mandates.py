"""What is kept of the chats in which we write for somebody, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest

from anima.mandate import Entrusted, Mandate, Written
from anima.model import Conversation, Incoming, Speaker
from anima.steps import Began, Ended, Released, Represented
from memory.longterm.consenting import Consents
from memory.longterm.viewing import Views
from memory.mandates import SqlMandates
from memory.tables import conversation
from tests.contracts.databases import opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.lived_in import KOKORO, House
from tests.contracts.words import MEI, arrival, place

ANN = Speaker("telegram", "9", "Ann")
BOB = Speaker("telegram", "8", "Bob")
MANDATE = Mandate("telegram", "anima", "bc1", ANN, "9", True, frozenset({"can_reply"}))
WITH_MEI = Conversation("telegram", "anima", MEI.id, "bc1")
WITH_LI = Conversation("telegram", "anima", "6", "bc1")
LATER = START + timedelta(minutes=30)


@pytest.fixture
async def house(sql_ledgers: SqlLedgers) -> House:
    """An empty house over each kind of database."""
    return House(await opened(sql_ledgers))


@pytest.fixture
def mandates(house: House) -> SqlMandates:
    """What it keeps."""
    return SqlMandates(house.store.database)


async def represents(house: House, chat: str, *, answers: bool) -> None:
    """Ann says from her chat with the bot where it writes for her."""
    await house.hear(ANN, "/business", place("9"))
    (claim,) = await house.store.ledger.claim(1, (("telegram", "anima"),))
    step = Represented("telegram", "anima", "bc1", chat, answers, ANN.address, START)
    turn = house.keys
    ended = Ended(turn, tuple(one.id for one in claim.waiting), "command", START)
    await house.store.ledger.write(claim, Began(turn, START), step, ended, Released())


async def test_a_mandate_is_kept_as_the_platform_tells_it(mandates: SqlMandates) -> None:
    """What it says last counts; nobody knows one that was never told of."""
    await mandates.keep(MANDATE)
    told = await mandates.of("anima", "bc1")
    changed = replace(MANDATE, enabled=False, rights=frozenset(), owner=replace(ANN, name="安"))
    await mandates.keep(changed)

    assert (MANDATE, changed) == (told, await mandates.of("anima", "bc1"))
    assert [None, None] == [await mandates.of("anima", "bc2"), await mandates.of("else", "bc1")]


async def test_a_chat_stands_as_those_in_it_wrote(mandates: SqlMandates) -> None:
    """Who wrote last, by what name, and how long the owner has the word; repeats are harmless."""
    written = (
        Written(WITH_MEI, "Mei", START),
        Written(WITH_MEI, "Mei", START + timedelta(seconds=1), silent_until=LATER),
        Written(WITH_MEI, "小梅", START - timedelta(seconds=9)),
        Written(WITH_MEI, "小梅", START, silent_until=LATER - timedelta(seconds=9)),
        Written(WITH_LI, "Li", START),
    )
    for _ in range(2):
        stands = await mandates.listen(written)

    mei = Entrusted(WITH_MEI, "小梅", silent_until=LATER, heard_at=START)
    assert [mei, Entrusted(WITH_LI, "Li", heard_at=START)] == [*stands[3:]]
    assert [mei, Entrusted(place("5"))] == [
        await mandates.chat(WITH_MEI),
        await mandates.chat(place("5")),
    ]


async def test_everybodys_chats_are_listed_or_one_owners(mandates: SqlMandates) -> None:
    """The newest talk comes first; of others' chats an owner learns nothing."""
    await mandates.keep(MANDATE)
    await mandates.keep(replace(MANDATE, id="bc2", owner=BOB))
    theirs = replace(WITH_MEI, connection="bc2")
    await mandates.listen([Written(WITH_MEI, "Mei", START), Written(WITH_LI, "Li", LATER)])
    await mandates.listen([Written(theirs, "Mei", START)])

    def names(found: object) -> list[tuple[str, list[str]]]:
        return [(one.owner.name, [chat.name for chat in chats]) for one, chats in found]  # type: ignore[attr-defined]

    assert [("Ann", ["Li", "Mei"]), ("Bob", ["Mei"])] == names(await mandates.all())
    assert [("Ann", ["Li", "Mei"])] == names(await mandates.all(ANN.address))
    assert [] == names(await mandates.all(MEI.address))


async def test_one_may_be_silenced_or_all(house: House, mandates: SqlMandates) -> None:
    """The switch stays when the platform tells anew; switching a chat on ends a silence there."""
    await mandates.keep(MANDATE)
    await mandates.listen([Written(WITH_MEI, "Mei", START, silent_until=LATER)])

    await represents(house, MEI.id, answers=False)
    silenced = await mandates.chat(WITH_MEI)
    await represents(house, MEI.id, answers=True)
    await represents(house, "", answers=False)
    await mandates.keep(MANDATE)

    off = await mandates.of("anima", "bc1")
    chat = await mandates.chat(WITH_MEI)
    audited = await house.store.ledgers.audit()
    assert (False, True, None) == (silenced.answers, chat.answers, chat.silent_until)
    assert off == replace(MANDATE, answers=False)
    assert [
        (ANN.address, "business", MEI.id, "on", "off"),
        (ANN.address, "business", MEI.id, "off", "on"),
        (ANN.address, "business", "everywhere", "on", "off"),
    ] == audited


async def test_in_a_borrowed_chat_only_what_was_said_there_is_known(house: House) -> None:
    """Its owner reads along: neither a wish nor what somebody said elsewhere reaches it."""
    alone = await house.talk(1, "I love jazz", "So do I.")
    said = Incoming(WITH_MEI, MEI, "hello Ann", house.store.now, "b1")
    await house.store.ledger.hear([arrival("b1", said)])
    borrowed = await house.answer(2, "Hello!")
    await Consents(house.store.database, house.store.ledgers.clock).wish(MEI.address)

    views = Views(house.store.database)
    there = await views.of(KOKORO, borrowed, [MEI.address])
    here = await views.of(KOKORO, alone, [MEI.address])

    assert (borrowed, True, (), ()) == (there.place, there.private, there.speakers, there.together)
    assert ((MEI.address,), ()) == (here.speakers, here.together)
    rows = await house.store.rows(conversation)
    assert ["", "bc1"] == [row.connection for row in rows]


def test_a_mandate_tells_what_is_in_its_way() -> None:
    """It may be off, give no right to reply, or be switched off by its owner."""
    obstacles = [
        replace(MANDATE, enabled=False).obstacle,
        replace(MANDATE, rights=frozenset({"can_read_messages"})).obstacle,
        replace(MANDATE, answers=False).obstacle,
        MANDATE.obstacle,
    ]

    assert [
        "the business connection is off",
        "the business connection gives no right to reply",
        "/business is off",
        "",
    ] == obstacles


def test_a_chat_tells_what_is_in_its_way() -> None:
    """It may be switched off, its owner may write there, or nobody else has for a day."""
    fresh = Entrusted(WITH_MEI, heard_at=START)

    assert "" == fresh.obstacle(START + timedelta(hours=24))
    assert ["nobody else has written there for 24 hours"] * 2 == [
        Entrusted(WITH_MEI).obstacle(START),
        fresh.obstacle(START + timedelta(hours=24, seconds=1)),
    ]
    assert "/business is off in this chat" == replace(fresh, answers=False).obstacle(START)
    silent = replace(fresh, silent_until=LATER)
    assert ["the owner of the chat writes there", ""] == [
        silent.obstacle(START),
        silent.obstacle(LATER),
    ]
