"""Drafts, their stop button, and guests at the Bot API server, by two independent libraries."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest

from tests.far_side.botapi import BotApi, Draft, Fault, Group, Person
from tests.far_side.botapi_clients import Aiogram, Client, PythonTelegramBot, Trouble

MakeClient = Callable[[str, str], Client]


@dataclass
class Time:
    """The server's time."""

    seconds: float = 1_760_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def server(time: Time) -> AsyncIterator[BotApi]:
    async with BotApi(now=time) as api:
        yield api


@pytest.fixture(params=[Aiogram, PythonTelegramBot])
async def client(
    server: BotApi, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Client]:
    # Without it, python-telegram-bot warns whenever it meets a 429.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    made: MakeClient = request.param
    async with made(server.url, server.token) as one:
        yield one


@pytest.fixture
def ann(server: BotApi) -> Person:
    return server.person(7, "Ann")


async def test_a_draft_is_seen_and_is_no_message(
    server: BotApi, client: Client, ann: Person
) -> None:
    """It changes with each call, an empty one shows that the bot thinks, and nothing was sent."""
    seen = []
    for text in ("", "Wel", "Well then"):
        assert await client.draft(7, 5, text)
        seen.append(server.sees(ann))

    assert [Draft(5, text, can_stop=True) for text in ("", "Wel", "Well then")] == seen
    assert [] == server.sent


async def test_a_message_takes_its_place(server: BotApi, client: Client, ann: Person) -> None:
    """What is sent ends the draft."""
    await client.draft(7, 5, "Wel")

    await client.say(7, "Well then")

    assert server.sees(ann) is None


async def test_a_draft_vanishes(server: BotApi, client: Client, ann: Person, time: Time) -> None:
    """After thirty seconds it is gone, unless it was shown again."""
    await client.draft(7, 5, "Wel")
    time.seconds += 29
    await client.draft(7, 5, "Wel")
    time.seconds += 29
    kept = server.sees(ann)
    time.seconds += 1

    assert kept
    assert (5, None) == (kept.id, server.sees(ann))


async def test_each_topic_has_its_own(server: BotApi, client: Client, ann: Person) -> None:
    """A draft in a topic is seen there and nowhere else, and so is the stop."""
    await client.draft(7, 5, "Here", thread=3)

    seen = [server.sees(ann, thread) for thread in (0, 3)]
    server.stops(ann, 3)

    assert [None, Draft(5, "Here", can_stop=True)] == seen
    assert [(7, 5, 3)] == await client.stops()


@pytest.mark.usefixtures("ann")
async def test_what_is_no_draft_is_refused(server: BotApi, client: Client) -> None:
    """A group has none, none has the id zero, and none is longer than a message."""
    server.group(-100, "Friends")

    troubles = [
        await client.trouble(client.draft(-100, 5, "x")),
        await client.trouble(client.draft(7, 0, "x")),
        await client.trouble(client.draft(7, 5, "👋" * 2049)),
    ]

    assert [
        Trouble("bad request", "drafts can be sent only to private chats"),
        Trouble("bad request", "draft_id must be non-zero"),
        Trouble("bad request", "message is too long"),
    ] == troubles


@pytest.mark.usefixtures("ann")
async def test_patience_may_be_asked_for(server: BotApi, client: Client) -> None:
    """A draft is refused like a message where the platform is tired."""
    server.faults.add("sendMessageDraft", Fault.slow_down(50))

    assert Trouble("slow down", 50) == await client.trouble(client.draft(7, 5, "x"))


async def test_who_sees_a_draft_may_stop_it(server: BotApi, client: Client, ann: Person) -> None:
    """The bot is told which draft; where none is seen there is nothing to press."""
    before = server.stops(ann)
    await client.draft(7, 5, "Wel")

    server.stops(ann)

    assert before is None
    assert [(7, 5, 0)] == await client.stops()
    assert server.sees(ann)


SPENT = "query is too old and response timeout expired or query id is invalid"


@pytest.fixture
def others(ann: Person) -> Group:
    """A group that has not let the bot in."""
    return Group(-200, "Others", owner=ann.id)


async def asked(server: BotApi, client: Client, others: Group, ann: Person) -> str:
    """The name of a question that the bot was asked there."""
    bob = server.person(8, "Bob")
    quoted = server.written(others, bob, "The train is at five.")
    server.mentions(others, ann, "@anima_test_bot when?", quoted=quoted)
    ((query, text, before),) = await client.calls()
    assert ("@anima_test_bot when?", "The train is at five.") == (text, before)
    return query


async def test_a_guest_is_told_one_message_and_what_it_answers(
    server: BotApi, client: Client, others: Group, ann: Person
) -> None:
    """It may answer by the query's name, and write in no other way."""
    query = await asked(server, client, others, ann)

    inline = await client.visit(query, "At five.", [("bold", 3, 4)])
    trouble = await client.trouble(client.say(others.id, "At five!"))

    (sent,) = server.sent
    assert inline
    assert (others.id, "At five.", "guest") == (sent.chat_id, sent.text, sent.kind)
    assert ["bold"] == [one["type"] for one in sent.entities]
    assert Trouble("bad request", "chat not found") == trouble


async def test_a_guest_answers_once(
    server: BotApi, client: Client, others: Group, ann: Person
) -> None:
    """The second answer is refused, and so is one to what nobody asked."""
    query = await asked(server, client, others, ann)
    await client.visit(query, "At five.")

    troubles = [await client.trouble(client.visit(one, "At six.")) for one in (query, "77")]

    assert [Trouble("bad request", SPENT)] * 2 == troubles
    assert ["At five."] == server.texts(others)


async def test_a_guests_answer_can_be_edited(
    server: BotApi, client: Client, others: Group, ann: Person
) -> None:
    """By its inline name; the same text again, and an unknown name, are refused."""
    inline = await client.visit(await asked(server, client, others, ann), "At five.")

    edited = await client.rewrite(inline, "At six.")
    troubles = [
        await client.trouble(client.rewrite(inline, "At six.")),
        await client.trouble(client.rewrite("inline-9", "At six.")),
    ]

    assert (True, "At six.") == (edited, server.world.inline[inline]["text"])
    assert ["bad request", "bad request"] == [one.kind for one in troubles]


@pytest.mark.parametrize("text", ["", "👋" * 2049])
async def test_a_guests_answer_has_a_messages_limits(
    server: BotApi, client: Client, others: Group, ann: Person, text: str
) -> None:
    """An empty text and one that is too long are refused, and the question stays open."""
    query = await asked(server, client, others, ann)

    trouble = await client.trouble(client.visit(query, text))

    assert "bad request" == trouble.kind
    assert await client.visit(query, "At five.")
