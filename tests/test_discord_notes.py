"""Voice messages reach Discord as such, else as files, else as words; and none of it twice."""

import base64
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from anima.errors import Gone, SlowDown, Unreachable
from anima.model import Beside
from anima.ports import Speaks
from anima.sound import VoiceNote
from bots.discord.account import account
from bots.discord.masks import Mask, Masks
from bots.discord.outgoing import Outgoing
from bots.gate import Gates
from tests.backend_fakes import Notes
from tests.far_side.discord import Channel, Discord, Fault, Person
from tests.jump import JumpClock
from tests.test_discord_outgoing import ann, at, bodies, far, no, notes, outgoing, room

__all__ = ["ann", "far", "notes", "outgoing", "room"]

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

OGG = b"OggS\0 three seconds"
NOTE = VoiceNote(OGG, 2.75, bytes([0, 128, 255]))
LONG = replace(NOTE, rest="und mehr")
VOICE = 1 << 13
MUTE = no(403, 50173, "You cannot send voice messages in this channel.")
BARRED = no(403, 50013, "Missing Permissions")
WORDS = {"en": "Good night.", "zh": "晚安。", "ja": "おやすみ。"}


async def says(
    outgoing: Outgoing,
    room: Channel,
    text: str = "hm",
    note: VoiceNote = NOTE,
    *,
    key: int = 1,
    reply_to: str = "",
    asks: bool = False,
) -> str:
    """Say it aloud."""
    beside = Beside(voice=True, note=note)
    return await outgoing.send(at(room), text, key=key, reply_to=reply_to, asks=asks, beside=beside)


def arrived(far: Discord, room: Channel) -> list[tuple[str, bool, list[bytes]]]:
    """What is there: words, whether it is a voice message, and files."""
    return [
        (
            one["content"],
            bool(one["flags"] & VOICE),
            [far.world.files[_path(file["url"])] for file in one["attachments"]],
        )
        for _, one in sorted(far.place(room).messages.items())
    ]


def _path(url: str) -> str:
    return "/attachments" + url.partition("/attachments")[2].partition("?")[0]


@pytest.mark.parametrize("text", WORDS.values(), ids=WORDS)
async def test_a_note_goes_in_place_of_its_words(
    text: str, far: Discord, room: Channel, outgoing: Outgoing
) -> None:
    """With its length and its levels, and under our key."""
    message = await says(outgoing, room, text, asks=True)

    (sent,) = far.sent
    assert str(sent.id) == message
    assert [("", True, [OGG])] == arrived(far, room)
    (file,) = sent.raw["attachments"]
    assert (2.75, [0, 128, 255]) == (
        file["duration_secs"],
        [*base64.b64decode(file["waveform"])],
    )
    assert ("1", True) == (bodies(far)[0]["nonce"], bodies(far)[0]["enforce_nonce"])


async def test_the_same_note_is_there_once(far: Discord, room: Channel, outgoing: Outgoing) -> None:
    """Its answer was lost, or we were; with what follows it."""
    far.faults.add("create_message", Fault.cut().afterwards())
    with pytest.raises(Unreachable):
        await says(outgoing, room, "all", LONG)

    first = await says(outgoing, room, "all", LONG)

    assert first == await says(outgoing, room, "all", LONG)
    assert [("", True, [OGG]), ("und mehr", False, [])] == arrived(far, room)


async def test_where_we_may_not_speak_the_note_is_a_file(
    far: Discord, room: Channel, outgoing: Outgoing, notes: Notes
) -> None:
    """That is remembered; what no longer fitted stands with it."""
    assert isinstance(outgoing, Speaks)
    assert outgoing.speaks_in(at(room))
    far.faults.add("create_message", MUTE)

    await says(outgoing, room, "one")
    await says(outgoing, room, "two", LONG, key=2)

    assert [("", False, [OGG]), ("und mehr", False, [OGG])] == arrived(far, room)
    assert 3 == far.count["create_message"]
    assert ["note refused"] == [event for event, _ in notes.noted]


@pytest.mark.parametrize(
    "faults",
    [
        (MUTE, BARRED),
        (MUTE, no(413, 40005, "Request entity too large")),
        (no(400, 50161, "Voice messages must have supporting metadata."), BARRED),
    ],
    ids=["barred", "too large", "not taken"],
)
async def test_where_no_file_may_be_the_words_are_written(
    faults: tuple[Fault, ...], far: Discord, room: Channel, outgoing: Outgoing
) -> None:
    """All of them, and nothing else."""
    for fault in faults:
        far.faults.add("create_message", fault)

    await says(outgoing, room, "all of it", LONG)

    assert [("all of it", False, [])] == arrived(far, room)


async def test_what_is_closed_is_closed(far: Discord, room: Channel, outgoing: Outgoing) -> None:
    """Nobody speaks, files or writes where nothing is taken."""
    far.faults.add("create_message", BARRED, times=None)

    with pytest.raises(Gone):
        await says(outgoing, room)

    assert [] == arrived(far, room)


@pytest.mark.parametrize(
    ("fault", "error"),
    [(Fault.slow_down(9), SlowDown), (Fault.cut(), Unreachable)],
    ids=["429", "cut"],
)
async def test_what_is_no_refusal_of_the_note_is_told(
    fault: Fault, error: type[Exception], far: Discord, room: Channel, outgoing: Outgoing
) -> None:
    """It may have arrived, or comes later: no words in its place."""
    far.faults.add("create_message", fault, times=None)

    with pytest.raises(error):
        await says(outgoing, room)

    assert [] == arrived(far, room)


async def test_a_note_answers_what_words_would(
    far: Discord, ann: Person, room: Channel, outgoing: Outgoing
) -> None:
    """And is heard all the same where nothing can be quoted."""
    asked = far.says(ann, room, "Who?")
    await says(outgoing, room, reply_to=asked["id"])
    far.faults.add("create_message", no(400, 160002, "Cannot reply"))
    await says(outgoing, room, key=2, reply_to=asked["id"])

    assert [int(asked["id"]), None] == [one.reply_to for one in far.sent]
    assert [True, True] == [bool(one.raw["flags"] & VOICE) for one in far.sent]


async def test_people_see_that_something_comes(
    far: Discord, room: Channel, outgoing: Outgoing
) -> None:
    """Discord knows of nobody who speaks into a telephone."""
    await outgoing.recording(at(room))

    assert 1 == far.count["typing"] or 1 == far.count["trigger_typing"]


@pytest.fixture
async def masked(far: Discord, clock: JumpClock, notes: Notes) -> AsyncIterator[Outgoing]:
    """The sending side of a persona that is not at home there."""

    async def plays(_where: object) -> Mask:
        return Mask("Ku")

    async with account(far.token, far.api, clock, notes) as mine:
        me = await mine.introduced()
        yield Outgoing(mine.http, Gates(clock), notes, Masks(mine.http, me.id, plays, 0, notes))


async def test_a_persona_behind_a_webhook_brings_a_file(
    far: Discord, room: Channel, masked: Outgoing
) -> None:
    """In its own name; a webhook has no voice."""
    await says(masked, room, "hm", LONG)

    assert [("und mehr", False, [OGG])] == arrived(far, room)
