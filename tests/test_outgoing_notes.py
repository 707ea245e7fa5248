"""Voice notes reach Telegram, or the words do: never both, never neither."""

from dataclasses import replace

import pytest

from anima.errors import Gone, SlowDown, Unreachable
from anima.model import Beside, Conversation
from anima.ports import Speaks
from anima.sound import VoiceNote
from bots.telegram.outgoing import Outgoing
from tests.backend_fakes import Notes
from tests.far_side.botapi import BotApi, Fault
from tests.test_outgoing import FORUM, HERE, notes, outgoing, params, telegram

__all__ = ["notes", "outgoing", "telegram"]

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

OGG = b"OggS\0 three seconds"
NOTE = VoiceNote(OGG, 2.7, bytes([1, 2, 3]))
LONG = replace(NOTE, rest="und **mehr**")
FORBIDDEN = "Bad Request: VOICE_MESSAGES_FORBIDDEN"
WORDS = {"en": "Good night.", "zh": "晚安。", "ja": "おやすみ。"}


async def says(
    outgoing: Outgoing,
    text: str = "hm",
    note: VoiceNote = NOTE,
    *,
    where: Conversation = HERE,
    key: int = 1,
    reply_to: str = "",
    asks: bool = False,
) -> str:
    """Say it aloud."""
    beside = Beside(voice=True, note=note)
    return await outgoing.send(where, text, key=key, reply_to=reply_to, asks=asks, beside=beside)


def kinds(telegram: BotApi) -> list[tuple[str, str]]:
    """What arrived, in its order."""
    return [(one.kind, one.text) for one in telegram.sent]


@pytest.mark.parametrize("text", WORDS.values(), ids=WORDS)
async def test_a_note_goes_in_place_of_its_words(
    text: str, telegram: BotApi, outgoing: Outgoing
) -> None:
    """As it is, with its length; the id is Telegram's."""
    message = await says(outgoing, text, asks=True)

    (sent,) = telegram.sent
    assert ("voice", "", str(sent.message_id)) == (sent.kind, sent.text, message)
    assert OGG == telegram.content(sent)
    assert 3 == len(sent.buttons)
    assert ["3"] == [str(one["duration"]) for one in params(telegram, "sendVoice")]


async def test_a_note_goes_where_the_words_would(telegram: BotApi, outgoing: Outgoing) -> None:
    """To the topic, through the business connection, as an answer."""
    ann, group = telegram.person(), telegram.group(-1_000_000_000_100, "Forum")
    asked = telegram.says(group, ann, "hm?")["message"]["message_id"]

    await says(outgoing, where=replace(FORUM, thread="5"), reply_to=str(asked))

    (sent,) = telegram.sent
    assert ("voice", 5, asked) == (sent.kind, sent.thread, sent.reply_to)


@pytest.mark.parametrize(
    "reason", [FORBIDDEN, "Bad Request: not enough rights to send voice notes"]
)
async def test_who_forbids_notes_gets_words_and_is_not_asked_again(
    reason: str, telegram: BotApi, outgoing: Outgoing, notes: Notes
) -> None:
    """In that chat alone; the words have their form and their buttons."""
    assert isinstance(outgoing, Speaks)
    telegram.faults.add("sendVoice", Fault.status(400, reason))

    await says(outgoing, "**one**", asks=True)
    await says(outgoing, "two", key=2)

    assert [("text", "one"), ("text", "two")] == kinds(telegram)
    assert 1 == telegram.count["sendVoice"]
    assert (False, True) == (outgoing.speaks_in(HERE), outgoing.speaks_in(FORUM))
    assert ["note refused"] == [event for event, _ in notes.noted]
    assert 3 == len(telegram.sent[0].buttons)


@pytest.mark.parametrize(
    "fault",
    [Fault.status(400, "Bad Request: wrong file"), Fault.status(413, "Request Entity Too Large")],
    ids=["not a sound", "too large"],
)
async def test_a_note_that_is_refused_is_written(
    fault: Fault, telegram: BotApi, outgoing: Outgoing
) -> None:
    """This once; the next one is tried again."""
    telegram.faults.add("sendVoice", fault)

    await says(outgoing, "one", LONG)
    await says(outgoing, "two", key=2)

    assert [("text", "one"), ("voice", "")] == kinds(telegram)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.slow_down(9), SlowDown),
        (Fault.status(500, "Internal Server Error"), Unreachable),
        (Fault.status(403, "Forbidden: bot was blocked by the user"), Gone),
    ],
    ids=["429", "500", "blocked"],
)
async def test_what_is_no_refusal_of_the_note_is_told(
    fault: Fault, error: type[Exception], telegram: BotApi, outgoing: Outgoing
) -> None:
    """Nothing is written in its place: it may have arrived, or comes later."""
    telegram.faults.add("sendVoice", fault)

    with pytest.raises(error):
        await says(outgoing)

    assert [] == kinds(telegram)
    assert 0 == telegram.count["sendMessage"]


async def test_what_no_longer_fitted_comes_below(telegram: BotApi, outgoing: Outgoing) -> None:
    """With its form and the buttons; only the note answers."""
    ann = telegram.person()
    asked = telegram.says(ann, ann, "hm?")["message"]["message_id"]

    await says(outgoing, "all of it", LONG, reply_to=str(asked), asks=True)

    note, rest = telegram.sent
    assert [("voice", ""), ("text", "und mehr")] == kinds(telegram)
    assert (asked, None) == (note.reply_to, rest.reply_to)
    assert (0, 3) == (len(note.buttons), len(rest.buttons))


async def test_a_note_is_not_sent_twice_for_what_follows_it(
    telegram: BotApi, outgoing: Outgoing
) -> None:
    """Telegram wanted patience, or fell silent, between the two."""
    telegram.faults.add("sendMessage", Fault.status(500, "Internal Server Error"))
    with pytest.raises(Unreachable):
        await says(outgoing, "all of it", LONG)

    await says(outgoing, "all of it", LONG)

    assert [("voice", ""), ("text", "und mehr")] == kinds(telegram)


async def test_a_topic_that_is_gone_does_not_swallow_the_note(
    telegram: BotApi, outgoing: Outgoing
) -> None:
    """Without its topic it goes to the group itself."""
    telegram.faults.add("sendVoice", Fault.status(400, "Bad Request: message thread not found"))

    await says(outgoing, where=FORUM)

    assert [("voice", None)] == [(one.kind, one.thread) for one in telegram.sent]


async def test_people_see_that_we_speak(telegram: BotApi, outgoing: Outgoing) -> None:
    """And of a chat that wants patience nothing is wanted."""
    await outgoing.recording(HERE)
    await outgoing.typing(HERE)
    telegram.faults.add("sendMessage", Fault.slow_down(9))
    with pytest.raises(SlowDown):
        await outgoing.send(HERE, "hm", key=1, reply_to="")
    await outgoing.recording(HERE)

    actions = [one["action"] for one in params(telegram, "sendChatAction")]
    assert ["record_voice", "typing"] == actions


async def test_a_guest_does_not_speak(outgoing: Outgoing) -> None:
    """It has one answer, in words."""
    assert not outgoing.speaks_in(replace(HERE, connection="guest"))
