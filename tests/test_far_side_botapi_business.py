"""The Bot API server is right about people's own chats, and about topics: two libraries agree."""

from collections.abc import AsyncIterator, Callable

import pytest

from tests.far_side.botapi import BotApi, Person
from tests.far_side.botapi.links import Link
from tests.far_side.botapi_clients import Aiogram, Client, Overheard, PythonTelegramBot, Trouble

DAY_S = 24 * 3600
MakeClient = Callable[[str, str], Client]


class Time:
    """A clock that stands until it is moved."""

    now = 1_760_000_000.0


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def server(time: Time) -> AsyncIterator[BotApi]:
    async with BotApi(now=lambda: time.now) as api:
        yield api


@pytest.fixture(params=[Aiogram, PythonTelegramBot])
async def client(
    request: pytest.FixtureRequest, server: BotApi, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Client]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    made: MakeClient = request.param
    async with made(server.url, server.token) as library:
        yield library


@pytest.fixture
def ann(server: BotApi) -> Person:
    return server.person(7, "Ann")


@pytest.fixture
def link(server: BotApi) -> Link:
    return server.connects(server.person(9, "Olga"))


async def test_a_connection_can_be_looked_up(server: BotApi, client: Client, link: Link) -> None:
    """Whose it is and what it allows; one that nobody made is refused."""
    whole = await client.connection("bc1")
    server.connects(link.owner, ["can_read_messages"], enabled=False)

    assert ((9, 9, True, True), (9, 9, False, False)) == (whole, await client.connection("bc1"))
    refusal = Trouble("bad request", "business_connection_invalid")
    assert refusal == await client.trouble(client.connection("bc2"))


async def test_both_sides_are_heard_and_our_echo(
    server: BotApi, client: Client, link: Link, ann: Person
) -> None:
    """What they say, change and take back, what the owner types, and what we said for them."""
    first = server.tells(link, ann, "one")
    sent = await client.stand_in("bc1", 7, "two")
    server.types(link, ann, "three")
    server.alters(link, first, "ones")
    server.takes_back(link, first)

    assert (9, "bc1") == sent
    assert [
        Overheard("connection", 9),
        Overheard("said", 7, "one"),
        Overheard("said", 9, "two", ours=True),
        Overheard("said", 9, "three"),
        Overheard("edited", 7, "ones"),
        Overheard("deleted", 1),
    ] == await client.overhears()
    assert (["two"], []) == (server.texts(ann, "bc1"), server.texts(ann))


@pytest.mark.parametrize(
    ("rights", "age_s", "chat", "words"),
    [
        ([], 0, 7, "business_connection_not_allowed"),
        (["can_reply"], DAY_S + 1, 7, "business_peer_usage_missing"),
        (["can_reply"], 0, 8, "business_peer_invalid"),
        (["can_reply"], DAY_S, 7, ""),
    ],
    ids=["no right", "too late", "another", "in time"],
)
async def test_it_writes_only_where_it_may(
    *,
    rights: list[str],
    age_s: int,
    chat: int,
    words: str,
    server: BotApi,
    client: Client,
    link: Link,
    ann: Person,
    time: Time,
) -> None:
    """By right, to whoever wrote, and within a day of it."""
    server.tells(link, ann, "one")
    server.connects(link.owner, rights)
    time.now += age_s

    trouble = await client.trouble(client.stand_in("bc1", chat, "two"))

    assert (Trouble("bad request", words) if words else Trouble("none")) == trouble
    assert ([] if words else ["two"]) == server.texts(ann, "bc1")


async def test_messages_are_ticked_as_read(
    server: BotApi, client: Client, link: Link, ann: Person
) -> None:
    """By right, and only those that are there."""
    server.tells(link, ann, "one")

    read = await client.tick("bc1", 7, 1)
    missing = await client.trouble(client.tick("bc1", 7, 5))
    server.connects(link.owner, ["can_reply"])
    forbidden = await client.trouble(client.tick("bc1", 7, 1))

    assert (True, {7: 1}) == (read, link.read)
    assert Trouble("bad request", "message not found") == missing
    assert Trouble("bad request", "business_connection_not_allowed") == forbidden


async def test_a_topic_is_there_until_it_is_deleted(
    server: BotApi, client: Client, ann: Person
) -> None:
    """After that its thread is not found."""
    forum = server.group(-1_000_000_000_123)
    topic = server.opens(forum, ann, "Trips")

    there = await client.in_topic(forum.id, topic, "one")
    server.closes(forum, topic)
    gone = await client.trouble(client.in_topic(forum.id, topic, "two"))

    assert topic == there
    assert Trouble("bad request", "message thread not found") == gone
