"""Several personas on one server: each under its own name, and nothing said twice."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from anima.errors import SlowDown, Unreachable
from anima.ids import Ids, decided_at
from anima.model import Beside, Button, Conversation
from bots.discord.account import account
from bots.discord.masks import Mask, Masks
from bots.discord.outgoing import Outgoing
from bots.gate import Gates
from tests.backend_fakes import Notes
from tests.far_side.discord import Channel, Discord, Fault, Person
from tests.jump import JumpClock

pytestmark = [pytest.mark.jumping, pytest.mark.slow]


class Stage:
    """Who plays where."""

    def __init__(self) -> None:
        self.masks: dict[str, Mask] = {}

    async def __call__(self, conversation: Conversation) -> Mask | None:
        return self.masks.get(conversation.chat)


@pytest.fixture
async def far(clock: JumpClock) -> AsyncIterator[Discord]:
    """Discord, on the clock of the test."""
    async with Discord(now=lambda: clock.now().timestamp()) as server:
        yield server


@pytest.fixture
async def ann(far: Discord) -> Person:
    """Somebody to talk with."""
    return far.person("Ann")


@pytest.fixture
async def room(far: Discord, ann: Person) -> Channel:
    """A channel on her server."""
    return far.channel(far.guild("Friends", ann), "general")


@pytest.fixture
def stage(room: Channel) -> Stage:
    """Harrow plays in the channel."""
    found = Stage()
    found.masks[str(room.id)] = Mask("Harrow 哈罗")
    return found


@pytest.fixture
def notes() -> Notes:
    """What the bot noted."""
    return Notes()


@pytest.fixture
async def ids(clock: JumpClock) -> Ids:
    """What gives bubbles their keys."""
    return Ids(clock)


@pytest.fixture
async def outgoing(
    far: Discord, clock: JumpClock, notes: Notes, stage: Stage, ids: Ids
) -> AsyncIterator[Outgoing]:
    """The sending side, of a process that begins now."""
    async with account(far.token, far.api, clock, notes) as mine:
        me = await mine.introduced()
        masks = Masks(mine.http, me.id, stage, ids.next(), notes)
        yield Outgoing(mine.http, Gates(clock), notes, masks)


def at(place: Channel) -> Conversation:
    """The conversation in a channel."""
    return Conversation("discord", "42", str(place.id))


async def test_who_is_at_home_speaks_as_the_account(
    far: Discord, room: Channel, stage: Stage, outgoing: Outgoing, ids: Ids
) -> None:
    """No webhook is made for it."""
    stage.masks.clear()

    await outgoing.send(at(room), "Hello", key=ids.next(), reply_to="")

    assert [("Anima", "Hello")] == [(one.author, one.text) for one in far.messages(room)]
    assert 0 == far.count["create_webhook"]


async def test_another_persona_speaks_under_its_own_name(
    far: Discord, room: Channel, outgoing: Outgoing, ids: Ids
) -> None:
    """One webhook serves all it says there, and its answer's id is known."""
    first = await outgoing.send(at(room), "Evening.", key=ids.next(), reply_to="")
    await outgoing.send(at(room), "@everyone, sit down.", key=ids.next(), reply_to="")

    shown = far.messages(room)
    assert ["Harrow 哈罗"] * 2 == [one.author for one in shown]
    assert str(shown[0].id) == first
    assert (1, 1) == (far.count["create_webhook"], far.count["get_channel"])
    (call, _) = [one for one in far.calls if one.name == "execute_webhook"]
    assert {"parse": []} == call.fields["allowed_mentions"]


async def test_a_webhook_that_is_there_already_is_used(  # noqa: PLR0917 - fixtures
    far: Discord, room: Channel, outgoing: Outgoing, clock: JumpClock, stage: Stage, ids: Ids
) -> None:
    """After a restart, and by every worker."""
    await outgoing.send(at(room), "Evening.", key=ids.next(), reply_to="")

    async with account(far.token, far.api, clock, Notes()) as mine:
        await mine.introduced()
        masks = Masks(mine.http, "42", stage, ids.next(), Notes())
        again = Outgoing(mine.http, Gates(clock), Notes(), masks)
        await again.send(at(room), "Still here.", key=ids.next(), reply_to="")

    assert 1 == far.count["create_webhook"]
    assert ["Harrow 哈罗"] * 2 == [one.author for one in far.messages(room)]


async def test_in_a_thread_it_speaks_by_the_webhook_of_the_channel(  # noqa: PLR0917 - fixtures
    far: Discord, ann: Person, room: Channel, stage: Stage, outgoing: Outgoing, ids: Ids
) -> None:
    """Threads have none of their own."""
    thread = far.thread(ann, room, "Soup")
    stage.masks[str(thread.id)] = Mask("Harrow 哈罗")

    await outgoing.send(at(thread), "Soup it is.", key=ids.next(), reply_to="")

    assert ["Harrow 哈罗"] == [one.author for one in far.messages(thread)]
    assert [] == far.messages(room)


async def test_it_brings_its_picture_buttons_and_files(  # noqa: PLR0917 - fixtures
    far: Discord, room: Channel, stage: Stage, outgoing: Outgoing, ids: Ids, tmp_path: Path
) -> None:
    """As the account does."""
    (tmp_path / "me.png").write_bytes(b"PNG")
    (tmp_path / "x").write_bytes(b"all of it")
    stage.masks[str(room.id)] = Mask("Harrow", tmp_path / "me.png")

    beside = Beside((Button("Yes", "yes"),), tmp_path / "x", "memory.md")
    await outgoing.send(at(room), "Here.", key=ids.next(), reply_to="", beside=beside)

    (made,) = [one for one in far.calls if one.name == "create_webhook"]
    assert "data:image/png;base64,UE5H" == made.fields["avatar"]
    (shown,) = far.messages(room)
    assert ("Here.", ("memory.md",)) == (shown.text, shown.files)
    assert far.sent[0].raw["components"]


async def test_a_picture_that_is_gone_is_none(  # noqa: PLR0917 - fixtures
    far: Discord, room: Channel, stage: Stage, outgoing: Outgoing, ids: Ids, tmp_path: Path
) -> None:
    """The name is what matters."""
    stage.masks[str(room.id)] = Mask("Harrow", tmp_path / "gone.png")

    await outgoing.send(at(room), "Here.", key=ids.next(), reply_to="")

    assert ["Harrow"] == [one.author for one in far.messages(room)]


@pytest.mark.parametrize("name", ["get_channel_webhooks", "create_webhook", "execute_webhook"])
async def test_where_it_may_have_no_webhook_it_speaks_as_the_account(  # noqa: PLR0917 - fixtures
    name: str, far: Discord, room: Channel, outgoing: Outgoing, notes: Notes, ids: Ids
) -> None:
    """The words come first, and nobody is asked again and again."""
    no = Fault(code=403, description="Missing Permissions", parameters={"code": 50013})
    far.faults.add(name, no, times=None)

    for text in ("Evening.", "Morning."):
        await outgoing.send(at(room), text, key=ids.next(), reply_to="")

    assert ["Anima"] * 2 == [one.author for one in far.messages(room)]
    assert (1, ["no webhook"]) == (far.count[name], [event for event, _ in notes.noted])


async def test_a_webhook_that_was_removed_is_made_again(
    far: Discord, room: Channel, outgoing: Outgoing, ids: Ids
) -> None:
    """The bubble in between is said by the account."""
    await outgoing.send(at(room), "one", key=ids.next(), reply_to="")
    far.world.webhooks.clear()

    for text in ("two", "three"):
        await outgoing.send(at(room), text, key=ids.next(), reply_to="")

    said = [(one.author, one.text) for one in far.messages(room)]
    assert [("Harrow 哈罗", "one"), ("Anima", "two"), ("Harrow 哈罗", "three")] == said


@pytest.mark.parametrize("arrived", [True, False])
async def test_what_may_have_been_said_is_not_said_twice(
    far: Discord, room: Channel, outgoing: Outgoing, ids: Ids, *, arrived: bool
) -> None:
    """A webhook knows no key, so the last lines are looked through for it."""
    await outgoing.send(at(room), "Yes.", key=ids.next(), reply_to="")
    key = ids.next()
    far.faults.add("execute_webhook", Fault.cut().afterwards() if arrived else Fault.cut())
    with pytest.raises(Unreachable):
        await outgoing.send(at(room), "Yes.", key=key, reply_to="")

    message = await outgoing.send(at(room), "Yes.", key=key, reply_to="")

    shown = far.messages(room)
    assert (2, message) == (len(shown), str(shown[1].id))
    assert 1 == far.count["get_channel_messages"]


async def test_what_another_process_may_have_said_is_looked_for(  # noqa: PLR0917 - fixtures
    far: Discord, room: Channel, stage: Stage, clock: JumpClock, outgoing: Outgoing, ids: Ids
) -> None:
    """It died in between; what was decided before we began may be there."""
    key = ids.next()
    await outgoing.send(at(room), "Yes.", key=key, reply_to="")

    async with account(far.token, far.api, clock, Notes()) as mine:
        await mine.introduced()
        masks = Masks(mine.http, "42", stage, ids.next(), Notes())
        again = Outgoing(mine.http, Gates(clock), Notes(), masks)
        await again.send(at(room), "Yes.", key=key, reply_to="")

    assert 1 == len(far.messages(room))


async def test_a_webhook_is_slowed_down_like_the_account(
    far: Discord, room: Channel, outgoing: Outgoing, ids: Ids
) -> None:
    """The outbox waits."""
    far.refuses("execute_webhook", 5)

    with pytest.raises(SlowDown):
        await outgoing.send(at(room), "Evening.", key=ids.next(), reply_to="")

    assert [] == far.messages(room)


async def test_a_key_tells_when_it_was_given(clock: JumpClock, ids: Ids) -> None:
    """To the millisecond."""
    before = clock.now()

    assert before == decided_at(ids.next())
