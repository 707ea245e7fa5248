"""The Bot API server shows pictures, albums, files and quotes as two client libraries read them."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.far_side.botapi import BotApi, Fault, Group, Person
from tests.far_side.botapi_clients import Aiogram, Client, PythonTelegramBot, Trouble

SIZES = {90: b"\xff\xd8 small", 1280: b"\xff\xd8 large"}


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture(params=[Aiogram, PythonTelegramBot])
async def client(
    server: BotApi, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Client]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with request.param(server.url, server.token) as made:
        yield made


@pytest.fixture
def ann(server: BotApi) -> Person:
    return server.person(7, "Ann")


@pytest.fixture
def friends(server: BotApi, ann: Person) -> Group:
    return server.group(-100, "Friends", owner=ann)


async def test_a_picture_has_a_file_for_each_size(
    server: BotApi, client: Client, ann: Person
) -> None:
    """From the smallest to the largest, each to be fetched, with a caption beside."""
    server.shows(ann, ann, SIZES, "look")

    (brought,) = await client.brought()

    assert [(90, 67), (1280, 960)] == [(side, height) for _, side, height in brought.sizes]
    assert list(SIZES.values()) == [await client.fetch(name) for name, *_ in brought.sizes]
    assert ("look", "") == (brought.caption, brought.album)


async def test_the_parts_of_an_album_share_a_name(
    server: BotApi, client: Client, friends: Group, ann: Person
) -> None:
    """They are messages of their own, one of which has the caption; the next album is another."""
    server.album(friends, ann, [SIZES] * 3, "our trip", captioned=1)
    server.album(friends, ann, [SIZES] * 2)

    brought = await client.brought()

    assert ["", "our trip", "", "", ""] == [one.caption for one in brought]
    first, second = {one.album for one in brought[:3]}, {one.album for one in brought[3:]}
    assert (1, 1, set()) == (len(first), len(second), first & second)
    assert all(album.isdigit() for album in first | second)


async def test_a_file_is_told_by_name_and_kind(server: BotApi, client: Client, ann: Person) -> None:
    """And by its size."""
    server.sends(ann, ann, "# 雨".encode(), "日記.md", mime="text/markdown", caption="read this")

    (brought,) = await client.brought()

    assert ("日記.md", "text/markdown", 5) == brought.file
    assert "read this" == brought.caption


async def test_what_is_replied_to_comes_whole_and_its_part_beside(
    server: BotApi, client: Client, friends: Group, ann: Person
) -> None:
    """The position of the part counts UTF-16 units."""
    said = server.says(friends, ann, "🦊 I saw a fox")
    server.says(friends, ann, "where?", reply_to=said, quote="a fox")

    *_, brought = await client.brought()

    assert ("🦊 I saw a fox", "a fox", 9) == brought.quoted


async def test_a_reply_without_a_part_quotes_nothing(
    server: BotApi, client: Client, friends: Group, ann: Person
) -> None:
    """What is replied to comes all the same."""
    said = server.says(friends, ann, "I saw a fox")
    server.says(friends, ann, "where?", reply_to=said)

    *_, brought = await client.brought()

    assert ("I saw a fox", "", 0) == brought.quoted


async def test_a_file_that_is_too_big_is_refused(server: BotApi, client: Client) -> None:
    """Bots get no more than 20 MB."""
    huge = server.keeps(b"", "film.mp4", size=20 * 1024 * 1024 + 1)

    trouble = await client.trouble(client.fetch(huge["file_id"]))

    assert Trouble("bad request", "file is too big") == trouble
    assert 0 == server.count["file"]


async def test_a_file_can_be_lost(server: BotApi, client: Client) -> None:
    """The platform says where it was, and there is nothing."""
    file = server.keeps(b"x", "a.txt")
    server.world.files.lose(file["file_id"])

    with pytest.raises(Exception, match=r"(?i)404|not found"):
        await client.fetch(file["file_id"])

    assert {"getFile": 1, "file": 1} == server.count


async def test_faults_meet_a_download(server: BotApi, client: Client) -> None:
    """By the name `file`, with the path that is fetched; the next one goes well."""
    file = server.keeps(b"content", "a.txt")
    server.faults.add("file", Fault.hang(), when=lambda call: call["path"].endswith("a.txt"))

    async with asyncio.TaskGroup() as group:
        hanging = group.create_task(client.fetch(file["file_id"]))
        await server.until(lambda: server.count["file"])
        waits = not hanging.done()
        server.faults.release()

    assert waits
    assert b"content" == hanging.result() == await client.fetch(file["file_id"])
