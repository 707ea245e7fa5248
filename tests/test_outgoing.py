"""What we say reaches Telegram: its form, its limits, its refusals."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from anima.errors import AnimaError, Gone, Moved, SlowDown, Undelivered, Unreachable
from anima.model import Conversation, Sticker
from bots.gate import Gates
from bots.telegram.client import client
from bots.telegram.outgoing import LONGEST, Outgoing
from tests.backend_fakes import Notes
from tests.far_side.botapi import BotApi, Fault
from tests.jump import JumpClock

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

HERE = Conversation("telegram", "42", "7")
FORUM = Conversation("telegram", "42", "-1000000000100", thread="5")


@pytest.fixture
async def telegram() -> AsyncIterator[BotApi]:
    """Telegram, where Ann has started the bot and a forum has let it in."""
    async with BotApi("42:TEST") as server:
        server.person(7, "Ann")
        server.group(-1_000_000_000_100, "Forum")
        yield server


@pytest.fixture
def notes() -> Notes:
    """What the bot noted."""
    return Notes()


@pytest.fixture
async def outgoing(telegram: BotApi, clock: JumpClock, notes: Notes) -> AsyncIterator[Outgoing]:
    """The sending side of the bot."""
    bot = client("42:TEST", telegram.url)
    yield Outgoing(bot, Gates(clock), notes)
    await bot.session.close()


def params(telegram: BotApi, method: str) -> list[Any]:
    """What each call of *method* brought."""
    return [call.params for call in telegram.calls if call.method == method]


async def test_a_bubble_gets_the_platforms_id(telegram: BotApi, outgoing: Outgoing) -> None:
    """What is sent arrives, and its id is Telegram's."""
    message = await outgoing.send(HERE, "Hello *you*", key=1, reply_to="")

    sent = telegram.sent[0]
    assert (str(sent.message_id), "Hello you", 7) == (message, sent.text, sent.chat_id)
    assert ["italic"] == [one["type"] for one in sent.entities]


async def test_an_answer_points_at_its_question(telegram: BotApi, outgoing: Outgoing) -> None:
    """In a topic, and even when the question has been deleted meanwhile."""
    ann, group = telegram.person(), telegram.group(-1_000_000_000_100, "Forum")
    question = telegram.says(group, ann, "Who?")["message"]["message_id"]

    await outgoing.send(FORUM, "Me.", key=1, reply_to=str(question))
    await outgoing.send(FORUM, "Still me.", key=2, reply_to="999")

    assert [(question, 5), (None, 5)] == [(one.reply_to, one.thread) for one in telegram.sent]


async def test_a_topic_that_is_gone_does_not_swallow_the_words(
    telegram: BotApi, outgoing: Outgoing
) -> None:
    """Without its topic the message goes to the group itself."""
    telegram.faults.add("sendMessage", Fault.status(400, "Bad Request: message thread not found"))

    await outgoing.send(FORUM, "Hello", key=1, reply_to="")

    assert [("Hello", None)] == [(one.text, one.thread) for one in telegram.sent]


async def test_marks_that_telegram_dislikes_do_not_swallow_the_words(
    telegram: BotApi, outgoing: Outgoing
) -> None:
    """Without its entities the message goes as plain text."""
    complaint = Fault.status(400, "Bad Request: can't parse MessageEntity")
    telegram.faults.add("sendMessage", complaint)

    await outgoing.send(HERE, "Hello **you**", key=1, reply_to="")

    assert [("Hello you", ())] == [(one.text, one.entities) for one in telegram.sent]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("plain", "Bad Request: can't parse MessageEntity"),
        ("plain", "Bad Request: message thread not found"),
        ("**bold**", "Bad Request: something else"),
    ],
)
async def test_it_tries_nothing_simpler_where_there_is_nothing(
    text: str, complaint: str, telegram: BotApi, outgoing: Outgoing
) -> None:
    """A complaint about what was not there is a plain refusal."""
    telegram.faults.add("sendMessage", Fault.status(400, complaint))

    with pytest.raises(Undelivered):
        await outgoing.send(HERE, text, key=1, reply_to="")

    assert 1 == telegram.count["sendMessage"]


@pytest.mark.parametrize(
    ("fault", "refusal"),
    [
        (Fault.slow_down(3), SlowDown),
        (Fault.status(400, "Bad Request: x", migrate_to_chat_id=-1_000_000_000_777), Moved),
        (Fault.status(403, "Forbidden: bot was blocked by the user"), Gone),
        (Fault.status(400, "Bad Request: chat not found"), Gone),
        (Fault.status(400, "Bad Request: message is too long"), Undelivered),
        (Fault.status(413, "Request Entity Too Large"), Undelivered),
        (Fault.status(500, "Internal Server Error"), Unreachable),
        (Fault.gateway(503), Unreachable),
        (Fault.garbage(), Unreachable),
        (Fault.garbage('{"ok":true,"result":{"message":"no"}}'), Unreachable),
        (Fault.cut(), Unreachable),
        (Fault.torn(), Unreachable),
        (Fault.hang(), Unreachable),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
async def test_a_refusal_comes_in_our_words(
    fault: Fault, refusal: type[AnimaError], telegram: BotApi, outgoing: Outgoing
) -> None:
    """Whatever Telegram answers, or does not, is one of our errors, and the next call works."""
    telegram.faults.add("sendMessage", fault)

    with pytest.raises(refusal):
        await outgoing.send(HERE, "Hello", key=1, reply_to="")

    telegram.faults.clear()
    other = Conversation("telegram", "42", FORUM.chat)
    assert await outgoing.send(other, "Hello", key=2, reply_to="")


async def test_a_closed_gate_makes_no_call(
    telegram: BotApi, outgoing: Outgoing, clock: JumpClock
) -> None:
    """Told to wait, it asks for nothing until the time is over, typing included."""
    telegram.faults.add("sendMessage", Fault.slow_down(3))
    with pytest.raises(SlowDown):
        await outgoing.send(HERE, "Hello", key=1, reply_to="")

    with pytest.raises(SlowDown) as again:
        await outgoing.send(HERE, "Hello", key=1, reply_to="")
    await outgoing.typing(HERE)
    calls = len(telegram.calls)
    await clock.sleep(3)
    await outgoing.send(HERE, "Hello", key=1, reply_to="")

    assert 0 < again.value.retry_after <= 3
    assert 1 == calls
    assert ["Hello"] == [one.text for one in telegram.sent]


async def test_typing_is_shown_where_we_write(telegram: BotApi, outgoing: Outgoing) -> None:
    """The indicator goes to the same topic."""
    await outgoing.typing(FORUM)

    shown = params(telegram, "sendChatAction")[0]
    assert ("typing", "5") == (shown["action"], str(shown["message_thread_id"]))


@pytest.mark.parametrize(
    "fault", [Fault.gateway(500), Fault.cut(), Fault.status(403, "Forbidden: blocked")]
)
async def test_typing_that_fails_is_of_no_interest(
    fault: Fault, telegram: BotApi, outgoing: Outgoing
) -> None:
    """Nobody hears of it."""
    telegram.faults.add("sendChatAction", fault)

    await outgoing.typing(HERE)

    assert 1 == telegram.count["sendChatAction"]


async def test_typing_that_is_slowed_down_closes_the_gate(
    telegram: BotApi, outgoing: Outgoing
) -> None:
    """Telegram is as tired of the chat as it would be of messages."""
    telegram.faults.add("sendChatAction", Fault.slow_down(9))

    await outgoing.typing(HERE)

    with pytest.raises(SlowDown):
        await outgoing.send(HERE, "Hello", key=1, reply_to="")


async def test_a_business_connection_is_named(telegram: BotApi, outgoing: Outgoing) -> None:
    """Who writes in somebody's place shows so through their account."""
    through = Conversation("telegram", "42", "7", connection="b1")

    await outgoing.typing(through)

    assert "b1" == params(telegram, "sendChatAction")[0]["business_connection_id"]


async def test_pieces_fit_and_lose_nothing(outgoing: Outgoing) -> None:
    """A text is cut by the units that Telegram counts; drafts are not shown there."""
    text = "🎻 " * 3000

    pieces = outgoing.pieces(text)

    assert "".join(text.split()) == "".join("".join(pieces).split())
    assert max(len(piece.encode("utf-16-le")) // 2 for piece in pieces) <= LONGEST
    assert not outgoing.drafts_in(HERE)
    await outgoing.draft(HERE, "H", mark=1)


@pytest.mark.parametrize(
    ("text", "unlike"), [("Yes.", "Not like me"), ("好的。", "不像我"), ("はい。", "私らしくない")]
)
async def test_an_answer_can_be_rated(
    telegram: BotApi, outgoing: Outgoing, text: str, unlike: str
) -> None:
    """Where the persona asks, three buttons name the bubble, in the answer's language."""
    await outgoing.send(HERE, text, key=2**62, reply_to="", asks=True)

    assert [
        ("👍", f"rate:{2**62}:good"),
        ("👎", f"rate:{2**62}:bad"),
        (unlike, f"rate:{2**62}:unlike"),
    ] == [(one["text"], one["callback_data"]) for one in telegram.sent[0].buttons]


async def test_buttons_never_cost_the_words(telegram: BotApi, outgoing: Outgoing) -> None:
    """Where Telegram will not have the buttons, the text goes out without them."""
    complaint = Fault.status(400, "Bad Request: BUTTON_DATA_INVALID")
    telegram.faults.add("sendMessage", complaint)

    await outgoing.send(HERE, "Yes.", key=1, reply_to="", asks=True)

    assert ["Yes."] == [one.text for one in telegram.sent]
    assert () == telegram.sent[0].buttons


def picture(folder: Path, content: bytes = b"RIFF0000WEBPVP8 ") -> Sticker:
    """A sticker in a file."""
    file = folder / "抱抱.webp"
    file.write_bytes(content)
    return Sticker("抱抱", file, "🤗")


async def test_a_sticker_is_uploaded_once(
    telegram: BotApi, outgoing: Outgoing, tmp_path: Path
) -> None:
    """The file goes up with the first one; the next is called by Telegram's name of it."""
    hug = picture(tmp_path)

    first = await outgoing.send(HERE, "🤗", key=1, reply_to="", sticker=hug)
    await outgoing.send(HERE, "🤗", key=2, reply_to="", sticker=hug)

    assert ["sticker", "sticker"] == [one.kind for one in telegram.sent]
    assert str(telegram.sent[0].message_id) == first
    assert telegram.sent[0].file_id == params(telegram, "sendSticker")[1]["sticker"]


async def test_a_sticker_that_cannot_be_sent_is_said(
    telegram: BotApi, outgoing: Outgoing, tmp_path: Path
) -> None:
    """What Telegram refuses, or what is gone from the disk, becomes the face that stands for it."""
    broken = picture(tmp_path, b"no picture")

    await outgoing.send(HERE, "🤗", key=1, reply_to="", sticker=broken)
    broken.file.unlink()
    await outgoing.send(HERE, "🤗", key=2, reply_to="", sticker=broken)

    assert [("text", "🤗")] * 2 == [(one.kind, one.text) for one in telegram.sent]


async def test_a_sticker_waits_as_words_do(
    telegram: BotApi, outgoing: Outgoing, tmp_path: Path
) -> None:
    """Patience that Telegram asks for is not taken for a refusal of the picture."""
    telegram.faults.add("sendSticker", Fault.slow_down(3))

    with pytest.raises(SlowDown):
        await outgoing.send(HERE, "🤗", key=1, reply_to="", sticker=picture(tmp_path))

    assert [] == telegram.sent
