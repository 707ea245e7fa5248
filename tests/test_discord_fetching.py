"""Files that people send on Discord, fetched with a real client from a real server."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest

from anima.errors import AnimaError, SlowDown, Unfetched, Unreachable
from anima.model import Attachment, Conversation
from bots.discord.account import Account, account
from bots.discord.attached import Source, attachments
from bots.discord.fetching import MOST_BYTES, Fetching, downloads
from tests.backend_fakes import Notes
from tests.far_side.discord import Channel, Discord, Fault
from tests.jump import JumpClock
from tests.pictures import png

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

FOX = png(640, 480)


def no(status: int, code: int, words: str) -> Fault:
    """Discord refuses, with a number of its own."""
    return Fault(code=status, description=words, parameters={"code": code})


@pytest.fixture
async def far(clock: JumpClock) -> AsyncIterator[Discord]:
    async with Discord(now=lambda: clock.now().timestamp()) as server:
        yield server


@pytest.fixture
async def mine(far: Discord, clock: JumpClock) -> AsyncIterator[Account]:
    async with account(far.token, far.api, clock, Notes()) as mine:
        await mine.introduced()
        yield mine


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with downloads() as session:
        yield session


@pytest.fixture
def fetching(far: Discord, mine: Account, session: aiohttp.ClientSession) -> Fetching:
    return Fetching(mine.http, session, far.api)


@pytest.fixture
async def room(far: Discord) -> Channel:
    return far.channel(far.guild("Friends", far.person("Ann")), "general")


def shown(far: Discord, room: Channel, *contents: bytes, kind: str = "png") -> list[Attachment]:
    """Pictures, or other files, that Ann shows in the channel."""
    (ann,) = (one for one in far.world.people.values() if one.name == "Ann")
    files = {f"p{n}.{kind}": content for n, content in enumerate(contents)}
    return list(attachments(far.says(ann, room, "look", attachments=files)))


def at(room: Channel) -> Conversation:
    return Conversation("discord", "42", str(room.id))


async def refused(fetching: Fetching, room: Channel, attachment: Attachment) -> AnimaError:
    """Why *attachment* is not to be had."""
    with pytest.raises(AnimaError) as wrong:
        await fetching.fetch(at(room), attachment)
    return wrong.value


def lying(at_: str) -> Attachment:
    """A picture that lies elsewhere."""
    return Attachment("photo", Source("1", "2", at_).kept())


async def test_files_come_whole(far: Discord, room: Channel, fetching: Fetching) -> None:
    """Byte by byte, several beside each other; nobody is told who we are."""
    content = bytes(range(256)) * 4000
    files = shown(far, room, content, FOX)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(fetching.fetch(at(room), one)) for one in files]

    assert [content, FOX] == [task.result() for task in tasks]
    assert 0 == far.count["get_channel_message"]


async def test_an_address_that_ran_out_is_asked_for_once(
    far: Discord, room: Channel, fetching: Fetching
) -> None:
    """They are good for a day; the message knows the new one."""
    one, other = shown(far, room, FOX, b"other")
    far.expires()

    assert (FOX, b"other") == (
        await fetching.fetch(at(room), one),
        await fetching.fetch(at(room), other),
    )
    assert 2 == far.count["get_channel_message"]


async def test_a_file_that_is_gone_is_not_asked_for_for_ever(
    far: Discord, room: Channel, fetching: Fetching
) -> None:
    """One look at its message, and no more."""
    (one,) = shown(far, room, FOX)
    far.faults.add("file", Fault.status(403, "Forbidden"), times=None)

    assert isinstance(await refused(fetching, room, one), Unfetched)
    assert (2, 1) == (far.count["file"], far.count["get_channel_message"])


async def test_what_was_taken_out_of_its_message_is_gone(
    far: Discord, room: Channel, fetching: Fetching
) -> None:
    """Or with its message."""
    first, second = (shown(far, room, FOX)[0] for _ in range(2))
    kept = [Source.of(one.reference) for one in (first, second)]
    far.expires()
    numbers = [int(one.message) for one in kept if one]
    room.messages[numbers[0]]["attachments"] = []
    del room.messages[numbers[1]]

    assert "not in its message" in str(await refused(fetching, room, first))
    assert isinstance(await refused(fetching, room, second), Unfetched)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (no(403, 50001, "Missing Access"), Unfetched),
        (Fault.status(429, retry_after=30), SlowDown),
        (Fault.garbage('"no"'), Unreachable),
        (Fault.garbage("[1"), Unreachable),
        (Fault.cut(), Unreachable),
    ],
    ids=["may not", "tired", "strange", "broken", "cut"],
)
async def test_troubles_of_asking_are_told(
    fault: Fault,
    error: type[AnimaError],
    far: Discord,
    room: Channel,
    fetching: Fetching,
) -> None:
    """Each as one of our own."""
    (one,) = shown(far, room, FOX)
    far.expires()
    far.faults.add("get_channel_message", fault, times=None)

    assert error is type(await refused(fetching, room, one))


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.status(410, "Gone"), Unfetched),
        (Fault(code=302, headers={"Location": "http://127.0.0.1:9/secret"}), Unfetched),
        (Fault.status(500, "Oh"), Unreachable),
        (Fault.gateway(502), Unreachable),
        (Fault.status(206, "Part"), Unreachable),
        (Fault.cut(), Unreachable),
        (Fault.torn(), Unreachable),
        (Fault.hang(), Unreachable),
    ],
    ids=["gone", "elsewhere", "500", "502", "half", "cut", "torn", "never"],
)
async def test_troubles_of_fetching_are_told(
    fault: Fault, error: type[AnimaError], far: Discord, room: Channel, fetching: Fetching
) -> None:
    """Within a time of our own, and nothing that is told has the address."""
    (one,) = shown(far, room, FOX)
    far.faults.add("file", fault, times=None)

    found = await refused(fetching, room, one)

    assert error is type(found)
    assert not any(part in str(found) for part in ("127.0.0.1", "attachments", "ex="))
    far.faults.clear()


async def test_a_redirect_is_not_followed(far: Discord, room: Channel, fetching: Fetching) -> None:
    """Not even to another file of theirs."""
    one, other = shown(far, room, FOX, b"other")
    where = Source.of(other.reference)
    assert where is not None
    far.faults.add("file", Fault(code=307, body=b"", headers={"Location": where.address}))

    assert isinstance(await refused(fetching, room, one), Unfetched)
    assert 1 == far.count["file"]


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://localhost:1/x",
        "http://cdn.discordapp.com/attachments/1/2/a.png",
        "https://cdn.discordapp.com.evil.example/a.png",
        "https://evil.example/cdn.discordapp.com/a.png",
        "https://cdn.discordapp.com@evil.example/a.png",
        "https://discord.com/api/v10/users/@me",
        "file:///etc/passwd",
        "/attachments/1/2/a.png",
        "http://[",
    ],
)
async def test_nothing_is_fetched_from_elsewhere(
    address: str, room: Channel, fetching: Fetching
) -> None:
    """Whatever a message names: only where Discord itself keeps files."""
    assert "the file lies elsewhere" == str(await refused(fetching, room, lying(address)))


async def test_another_port_of_the_same_host_is_elsewhere(
    far: Discord, room: Channel, fetching: Fetching
) -> None:
    """What stands for Discord is one server, and not its machine."""
    address = far.url.rpartition(":")[0] + ":1/attachments/a"

    assert "the file lies elsewhere" == str(await refused(fetching, room, lying(address)))


async def test_where_an_address_is_renewed_to_counts_as_well(
    far: Discord, room: Channel, fetching: Fetching
) -> None:
    """It is looked at as the first one was."""
    (one,) = shown(far, room, FOX)
    where = Source.of(one.reference)
    assert where is not None
    far.expires()
    room.messages[int(where.message)]["attachments"][0]["url"] = "http://10.0.0.1/x"

    assert "the file lies elsewhere" == str(await refused(fetching, room, one))


async def test_what_is_too_large_is_left(far: Discord, room: Channel, fetching: Fetching) -> None:
    """It is not asked for where its size is known, and let go where it turns out to be."""
    (one,) = shown(far, room, bytes(MOST_BYTES + 1), kind="pdf")

    told = [str(await refused(fetching, room, each)) for each in (one, replace(one, size_bytes=0))]

    assert ["the file is too large"] * 2 == told
    assert 1 == far.count["file"]


async def test_what_lies_nowhere_is_not_to_be_had(room: Channel, fetching: Fetching) -> None:
    """Such as a sticker."""
    assert "nowhere" in str(await refused(fetching, room, Attachment("sticker", name="Wave")))
