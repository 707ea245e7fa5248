"""Reactions to messages, sent with a real client to a Discord on loopback."""

from collections.abc import AsyncIterator

import pytest

from anima.errors import SlowDown, Unreachable
from anima.model import INTERACTION, Conversation
from anima.ports import Reacts
from bots.discord.account import account
from bots.discord.answering import Answering
from bots.discord.interaction_answers import Answers
from bots.discord.interaction_wire import InteractionWire
from bots.discord.masks import Mask, Masks
from bots.discord.outgoing import Outgoing
from bots.gate import Gates
from persona.reactions import FACES
from tests.backend_fakes import Notes
from tests.far_side.discord import Channel, Discord, Fault
from tests.jump import JumpClock

pytestmark = [pytest.mark.jumping, pytest.mark.slow]


def no(status: int, code: int, words: str) -> Fault:
    """Discord refuses, with a number of its own."""
    return Fault(code=status, description=words, parameters={"code": code})


@pytest.fixture
async def far(clock: JumpClock) -> AsyncIterator[Discord]:
    async with Discord(now=lambda: clock.now().timestamp()) as server:
        yield server


@pytest.fixture
async def room(far: Discord) -> Channel:
    return far.channel(far.guild("Friends", far.person("Ann")), "general")


@pytest.fixture
async def message(far: Discord, room: Channel) -> str:
    (ann,) = (one for one in far.world.people.values() if one.name == "Ann")
    return str(far.says(ann, room, "look")["id"])


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
async def outgoing(far: Discord, clock: JumpClock, notes: Notes) -> AsyncIterator[Outgoing]:
    async with account(far.token, far.api, clock, notes) as mine:
        await mine.introduced()
        yield Outgoing(mine.http, Gates(clock), notes)


def at(room: Channel) -> Conversation:
    return Conversation("discord", "42", str(room.id))


def faces(room: Channel) -> dict[str, list[int]]:
    """Who reacted how, in the channel."""
    return {emoji: people for (_, emoji), people in room.reactions.items() if people}


@pytest.mark.parametrize("face", ["❤", "🔥", "🤷‍♂", "👨‍💻"])
async def test_a_face_stands_on_a_message(
    room: Channel, outgoing: Outgoing, message: str, face: str
) -> None:
    """Once however often it is asked for."""
    assert [True, True] == [await outgoing.react(at(room), message, face) for _ in range(2)]
    assert {face: [42]} == faces(room)
    assert isinstance(outgoing, Reacts)


async def test_a_face_that_is_known_in_colour_only_is_asked_for_so(
    far: Discord, room: Channel, outgoing: Outgoing, message: str
) -> None:
    """Discord tells some apart by a sign that nobody sees."""
    assert "❤" in FACES
    unknown = no(400, 10014, "Unknown Emoji")
    far.faults.add("create_reaction", unknown)

    assert await outgoing.react(at(room), message, "❤")
    assert {"❤\ufe0f": [42]} == faces(room)


@pytest.mark.parametrize(
    ("status", "code"),
    [(403, 50013), (404, 10008), (403, 90001), (400, 10014)],
    ids=["may not", "gone", "blocked", "unknown"],
)
async def test_a_no_costs_a_note(  # noqa: PLR0917 - fixtures
    status: int,
    code: int,
    far: Discord,
    room: Channel,
    outgoing: Outgoing,
    message: str,
    notes: Notes,
) -> None:
    """It closes no place: whoever may not react may still speak there."""
    far.faults.add("create_reaction", no(status, code, "No."), times=2)

    assert not await outgoing.react(at(room), message, "🔥")
    assert [("not reacted", {"reason": "No."})] == notes.noted
    assert await outgoing.send(at(room), "🔥", key=1, reply_to="")


async def test_other_troubles_are_those_of_sending(
    far: Discord, room: Channel, outgoing: Outgoing, message: str
) -> None:
    """Whoever delivers knows what to do."""
    far.faults.add("create_reaction", Fault.hang())
    with pytest.raises(Unreachable):
        await outgoing.react(at(room), message, "🔥")
    far.faults.clear()
    far.refuses("create_reaction", 7)

    for _ in range(2):
        with pytest.raises(SlowDown):
            await outgoing.react(at(room), message, "🔥")

    assert 2 == far.count["create_reaction"]


async def test_nobody_reacts_in_anothers_name(
    far: Discord, room: Channel, message: str, clock: JumpClock, notes: Notes
) -> None:
    """Where a persona speaks by a webhook, the face is for it to say."""
    plays = [Mask("Harrow"), None]

    async def playing(_: Conversation) -> Mask | None:
        return plays.pop(0)

    async with account(far.token, far.api, clock, notes) as mine:
        await mine.introduced()
        masks = Masks(mine.http, "42", playing, 1, notes)
        outgoing = Outgoing(mine.http, Gates(clock), notes, masks)

        found = [await outgoing.react(at(room), message, "🔥") for _ in range(2)]

    assert [False, True] == found


async def test_what_was_asked_by_a_command_has_no_message(
    far: Discord, room: Channel, message: str, clock: JumpClock, notes: Notes
) -> None:
    """All else is passed on, to a channel that can."""

    async def raw(_: str) -> str:
        return ""

    async with account(far.token, far.api, clock, notes) as mine:
        await mine.introduced()
        wire = InteractionWire(mine.http)
        answers = Answers(wire, "42", raw, clock, notes)  # type: ignore[arg-type]  # not asked
        channel = Answering(Outgoing(mine.http, Gates(clock), notes), answers, notes)

        found = [await channel.react(at(room), to, "🔥") for to in (f"{INTERACTION}1", message)]

    assert [False, True] == found
    assert 1 == far.count["create_reaction"]
