"""What we say reaches Discord: its form, its limits, its refusals, and never twice."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from anima.errors import AnimaError, Gone, SlowDown, Undelivered, Unreachable
from anima.model import Beside, Button, Conversation, Sticker
from bots.discord.account import account
from bots.discord.outgoing import LONGEST, Outgoing
from bots.gate import Gates
from tests.backend_fakes import Notes
from tests.far_side.discord import Channel, Discord, Fault, Person
from tests.jump import JumpClock

pytestmark = [pytest.mark.jumping, pytest.mark.slow]


def no(status: int, code: int, words: str) -> Fault:
    """Discord refuses, with a number of its own."""
    return Fault(code=status, description=words, parameters={"code": code})


@pytest.fixture
async def far(clock: JumpClock) -> AsyncIterator[Discord]:
    """Discord, where Ann has a server."""
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
def notes() -> Notes:
    """What the bot noted."""
    return Notes()


@pytest.fixture
async def outgoing(far: Discord, clock: JumpClock, notes: Notes) -> AsyncIterator[Outgoing]:
    """The sending side of a process that has no gateway."""
    async with account(far.token, far.api, clock, notes) as mine:
        await mine.introduced()
        yield Outgoing(mine.http, Gates(clock), notes)


def at(place: Channel) -> Conversation:
    """The conversation in a channel."""
    return Conversation("discord", "42", str(place.id))


def bodies(far: Discord) -> list[Any]:
    """What each message brought."""
    return [call.fields for call in far.calls if call.name == "create_message"]


async def test_a_bubble_gets_the_platforms_id(
    far: Discord, room: Channel, outgoing: Outgoing
) -> None:
    """Its Markdown is Discord's own, so it goes as it is, and no gateway is needed."""
    message = await outgoing.send(at(room), "Hello **you**", key=1, reply_to="")

    (sent,) = far.sent
    assert (str(sent.id), "Hello **you**", room.id) == (message, sent.text, sent.channel_id)
    assert 0 == far.count["connect"]


async def test_the_same_key_is_the_same_message(
    far: Discord, room: Channel, outgoing: Outgoing
) -> None:
    """Sent again after a crash, or because its answer was lost, it is there once."""
    key = 7_412_345_678_901_234_567
    far.faults.add("create_message", Fault.cut().afterwards())
    with pytest.raises(Unreachable):
        await outgoing.send(at(room), "Hello", key=key, reply_to="")

    first = await outgoing.send(at(room), "Hello", key=key, reply_to="")
    second = await outgoing.send(at(room), "Hello", key=key, reply_to="")

    assert first == second
    assert ["Hello"] == [one.text for one in far.messages(room)]
    assert {(str(key), True)} == {(one["nonce"], one["enforce_nonce"]) for one in bodies(far)}


async def test_an_answer_points_at_its_question_and_calls_nobody_else(
    far: Discord, ann: Person, room: Channel, outgoing: Outgoing
) -> None:
    """Whoever asked is told; what the words call is not."""
    question = far.says(ann, room, "Who?")

    words = f"@everyone {ann.mention} me"
    await outgoing.send(at(room), words, key=1, reply_to=question["id"])
    await outgoing.send(at(room), words, key=2, reply_to="")

    answer, other = bodies(far)
    assert int(question["id"]) == far.sent[0].reply_to
    assert {"parse": [], "replied_user": True} == answer["allowed_mentions"]
    assert {"parse": []} == other["allowed_mentions"]


async def test_a_question_that_is_gone_is_answered_all_the_same(
    far: Discord, ann: Person, room: Channel, outgoing: Outgoing
) -> None:
    """Only nothing is quoted then."""
    question = far.says(ann, room, "Who?")
    far.deletes(question)

    await outgoing.send(at(room), "Me.", key=1, reply_to=question["id"])

    assert ["Me."] == far.texts(room)


@pytest.mark.parametrize("text", ["word " * 900, "好" * 4100, "あいう。" * 1000, "😀" * 1500])
async def test_long_text_loses_nothing(
    text: str, far: Discord, room: Channel, outgoing: Outgoing
) -> None:
    """Each piece is taken, whatever a character counts."""
    for key, piece in enumerate(outgoing.pieces(text), 1):
        await outgoing.send(at(room), piece, key=key, reply_to="")

    assert "".join(text.split()) == "".join("".join(far.texts(room)).split())
    assert all(len(piece) <= LONGEST for piece in far.texts(room))


async def test_code_that_is_cut_is_closed_and_opened_again(outgoing: Outgoing) -> None:
    """In the language that it is in."""
    code = "\n".join(f"print({number})" for number in range(400))

    found = outgoing.pieces(f"Look:\n```python\n{code}\n```\nDone.")

    inner = [piece for piece in found if "print" in piece]
    assert len(inner) > 1
    assert all(piece.count("```") == 2 for piece in inner)
    assert all(piece.startswith("```python\n") for piece in inner[1:])


async def test_buttons_come_with_it(far: Discord, room: Channel, outgoing: Outgoing) -> None:
    """What can be said by them, and how one likes it, in the language of the words."""
    buttons = tuple(Button(f"B{number}", "x") for number in range(6))

    await outgoing.send(
        at(room), "你好呀，今天怎么样？", key=9, reply_to="", asks=True, beside=Beside(buttons)
    )

    rows = [[one["custom_id"] for one in row["components"]] for row in bodies(far)[0]["components"]]
    said = [f"say:9:{number}" for number in range(6)]
    assert [said[:5], said[5:], ["rate:9:good", "rate:9:bad", "rate:9:unlike"]] == rows
    assert "不像我" == bodies(far)[0]["components"][2]["components"][2]["label"]


async def test_more_buttons_than_discord_takes_are_cut(
    far: Discord, room: Channel, outgoing: Outgoing
) -> None:
    """The words and the first ones arrive, with short labels."""
    buttons = tuple(Button("B" * 99, "x") for _ in range(40))

    await outgoing.send(at(room), "Choose", key=9, reply_to="", asks=True, beside=Beside(buttons))

    labels = [one["label"] for row in bodies(far)[0]["components"] for one in row["components"]]
    assert 23 == len(labels)
    assert ("B" * 79 + "…", 80) == (labels[0], len(labels[0]))


async def test_a_file_comes_with_its_words(
    far: Discord, room: Channel, outgoing: Outgoing, tmp_path: Path
) -> None:
    """In one message, under the name that people call it by."""
    (tmp_path / "x1").write_bytes(b"all of it")

    beside = Beside(document=tmp_path / "x1", name="memory.md")
    await outgoing.send(at(room), "Here.", key=1, reply_to="", beside=beside)

    (shown,) = far.messages(room)
    assert ("Here.", ("memory.md",)) == (shown.text, shown.files)


async def test_a_sticker_stands_for_its_words(
    far: Discord, room: Channel, outgoing: Outgoing, tmp_path: Path
) -> None:
    """As a picture."""
    (tmp_path / "wave.webp").write_bytes(b"RIFF")

    sticker = Sticker("wave", tmp_path / "wave.webp", "👋")
    await outgoing.send(at(room), ":wave:", key=1, reply_to="", sticker=sticker)

    (shown,) = far.messages(room)
    assert ("", ("wave.webp",)) == (shown.text, shown.files)


@pytest.mark.parametrize("gone", [True, False])
async def test_a_file_that_cannot_be_sent_costs_nobody_the_words(  # noqa: PLR0917 - fixtures
    gone: bool,
    far: Discord,
    room: Channel,
    outgoing: Outgoing,
    notes: Notes,
    tmp_path: Path,
) -> None:
    """It may be gone, or too large; it is noted."""
    if not gone:
        (tmp_path / "x").write_bytes(b"x")
        far.faults.add("create_message", no(413, 40005, "Request entity too large"))

    beside = Beside(document=tmp_path / "x")
    await outgoing.send(at(room), "Here.", key=1, reply_to="", beside=beside)

    assert ["Here."] == far.texts(room)
    assert ["file lost"] == [event for event, _ in notes.noted]


async def test_a_form_that_discord_dislikes_does_not_swallow_the_words(
    far: Discord, ann: Person, room: Channel, outgoing: Outgoing
) -> None:
    """Without its buttons and its quote the message goes as plain text."""
    question = far.says(ann, room, "Who?")
    far.faults.add("create_message", no(400, 50035, "Invalid Form Body"))

    beside = Beside((Button("Yes", "yes"),))
    await outgoing.send(at(room), "Me?", key=1, reply_to=question["id"], beside=beside)

    assert [("Me?", None)] == [(one.text, one.reply_to) for one in far.sent]
    assert "components" not in bodies(far)[1]


@pytest.mark.parametrize(
    ("fault", "refusal"),
    [
        (no(403, 50007, "Cannot send messages to this user"), Gone),
        (no(404, 10003, "Unknown Channel"), Gone),
        (no(403, 50001, "Missing Access"), Gone),
        (no(403, 50013, "Missing Permissions"), Gone),
        (no(400, 50035, "Invalid Form Body"), Undelivered),
        (Fault.status(401, "401: Unauthorized"), Unreachable),
        (Fault.gateway(503), Unreachable),
        (Fault.garbage(), Unreachable),
        (Fault.garbage("<html>"), Unreachable),
        (Fault.garbage("{}"), Unreachable),
        (Fault.cut(), Unreachable),
        (Fault.hang(), Unreachable),
    ],
)
async def test_refusals_say_what_to_do(
    fault: Fault, refusal: type[AnimaError], far: Discord, room: Channel, outgoing: Outgoing
) -> None:
    """Each as one of our own errors, within a time of our own."""
    far.faults.add("create_message", fault)

    with pytest.raises(refusal):
        await outgoing.send(at(room), "Hello", key=1, reply_to="")

    far.faults.clear()


async def test_a_long_wait_is_the_outboxs(
    far: Discord, room: Channel, outgoing: Outgoing, clock: JumpClock
) -> None:
    """We are told at once for how long, and Discord is not asked again meanwhile."""
    far.refuses("create_message", 7.5)
    began = clock.elapsed()

    with pytest.raises(SlowDown) as first:
        await outgoing.send(at(room), "Hello", key=1, reply_to="")
    with pytest.raises(SlowDown):
        await outgoing.send(at(room), "Hello", key=1, reply_to="")

    assert (7.5, 1) == (first.value.retry_after, far.count["create_message"])
    assert clock.elapsed() - began < 1
    await clock.sleep(7.6)
    await outgoing.send(at(room), "Hello", key=1, reply_to="")
    assert ["Hello"] == far.texts(room)


async def test_a_short_wait_is_nobodys(far: Discord, room: Channel, outgoing: Outgoing) -> None:
    """Less than a second is sat out."""
    far.refuses("create_message", 0.5)

    await outgoing.send(at(room), "Hello", key=1, reply_to="")

    assert (["Hello"], 2) == (far.texts(room), far.count["create_message"])


async def test_a_proxy_may_slow_us_down_as_well(
    far: Discord, room: Channel, outgoing: Outgoing
) -> None:
    """Its page is no JSON, and the header alone says how long."""
    page = Fault(code=429, body=b"<html>", content_type="text/html", headers={"Retry-After": "9"})
    far.faults.add("create_message", page)

    with pytest.raises(SlowDown) as refused:
        await outgoing.send(at(room), "Hello", key=1, reply_to="")

    assert 9 == refused.value.retry_after


async def test_typing_shows_and_its_failures_interest_nobody(
    far: Discord, room: Channel, outgoing: Outgoing
) -> None:
    """Whether it is refused, too much, or lost."""
    await outgoing.typing(at(room))
    for fault in (no(403, 50001, "Missing Access"), Fault.cut()):
        far.faults.add("trigger_typing", fault)
        await outgoing.typing(at(room))
    far.refuses("trigger_typing", 5)
    await outgoing.typing(at(room))
    await outgoing.typing(at(room))

    assert 4 == far.count["trigger_typing"]


async def test_it_shows_no_words_as_they_come(
    far: Discord, room: Channel, outgoing: Outgoing
) -> None:
    """Discord has no drafts."""
    await outgoing.draft(at(room), "Hel", mark=1)

    assert not outgoing.drafts_in(at(room))
    assert [] == far.sent
