"""Drafts and their stop button at the Bot API server, by two independent client libraries."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest

from tests.far_side.botapi import BotApi, Draft, Fault, Person
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
