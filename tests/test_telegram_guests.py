"""What Telegram's newer updates mean: a pressed stop, and a mention where the bot is no member."""

from typing import Any

import pytest

from anima.errors import Undelivered
from anima.model import Conversation, Incoming, Speaker, Stopped
from bots.telegram.client import client
from bots.telegram.guests import Guests
from bots.telegram.incoming import ALLOWED, Reader
from tests.far_side.botapi import BotApi, Group

ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "ja"}
BOB = {"id": 8, "is_bot": False, "first_name": "Bob"}
OTHERS = {"id": -200, "type": "group", "title": "Others"}
WITH_BOB = {"id": 8, "type": "private", "first_name": "Bob"}


def reader(*, visits: bool = True) -> Reader:
    """The reader of bot 42."""
    return Reader("42", "anima_bot", dict, visits=visits)


def mention(**more: Any) -> dict[str, Any]:
    """Ann calls the bot where it is no member."""
    message = {"message_id": 3, "date": 1_760_000_000, "chat": OTHERS, "from": ANN}
    said = {"text": "@anima_bot いつ？", "guest_query_id": "77"}
    return {"update_id": 1, "guest_message": message | said | more}


def understood(raw: dict[str, Any], *, visits: bool = True) -> Any:
    """What *raw* means, None where it is nothing to us."""
    arrival = reader(visits=visits).arrival(raw)
    return arrival and arrival.meaning


def quoted(raw: dict[str, Any], *, visits: bool = True) -> Any:
    """What is quoted in *raw*."""
    arrival = reader(visits=visits).quoted(raw)
    return arrival and arrival.meaning


def before(**more: Any) -> dict[str, Any]:
    """What Bob had written there."""
    message = {"message_id": 2, "date": 1_759_999_999, "chat": OTHERS, "from": BOB, "text": "五時"}
    return message | more


def test_they_are_asked_for() -> None:
    """Telegram brings only what a bot names."""
    assert {"guest_message", "stopped_message_generation"} <= set(ALLOWED)


@pytest.mark.parametrize(("topic", "thread"), [({}, ""), ({"message_thread_id": 3}, "3")])
def test_a_stop_names_the_draft_and_its_place(topic: dict[str, int], thread: str) -> None:
    """The turn's mark is the draft's id, and a topic is a place of its own."""
    stop = {"chat": {"id": 7, "type": "private"}, "draft_id": 5} | topic

    arrival = reader().arrival({"update_id": 9, "stopped_message_generation": stop})

    assert arrival
    assert Stopped(Conversation("telegram", "42", "7", thread=thread), 5) == arrival.meaning
    assert ("telegram:42", "9:7:5") == (arrival.source, arrival.key)


def test_a_stop_that_makes_no_sense_is_set_aside() -> None:
    """With its raw text, as everything that cannot be understood."""
    arrival = reader().arrival({"update_id": 9, "stopped_message_generation": {"draft_id": 5}})

    assert arrival
    assert arrival.meaning is None


def test_a_mention_is_a_message_in_a_place_of_its_own() -> None:
    """Named by the query that answers it, said to us, and never in private."""
    meaning = understood(mention(reply_to_message=before()))

    assert isinstance(meaning, Incoming)
    assert Conversation("telegram", "42", "-200", "guest") == meaning.conversation
    assert (Speaker("telegram", "7", "Ann", "ja"), "@anima_bot いつ？", "guest:77") == (
        meaning.speaker,
        meaning.text,
        meaning.message,
    )
    assert (False, True, "2", "Others") == (
        meaning.private,
        meaning.addressed,
        meaning.reply_to,
        meaning.title,
    )


def test_what_it_answers_comes_before_it() -> None:
    """As a line of who wrote it, in the same place, said to nobody of us."""
    meaning = quoted(mention(reply_to_message=before()))

    assert isinstance(meaning, Incoming)
    assert ("Bob", "五時", "2") == (meaning.speaker.name, meaning.text, meaning.message)
    assert Conversation("telegram", "42", "-200", "guest") == meaning.conversation
    assert (False, False) == (meaning.private, meaning.addressed)


def test_what_is_quoted_twice_is_one_line() -> None:
    """Two mentions may answer the same message."""
    first = reader().quoted(mention(reply_to_message=before()))
    again = mention(reply_to_message=before(), message_id=5) | {"update_id": 2}
    second = reader().quoted(again)

    assert first
    assert second
    assert first.key == second.key


def test_the_chat_of_two_others_is_named_by_who_called_us_too() -> None:
    """In a private chat; in a topic of a group it is the topic."""
    private = understood(mention(chat=WITH_BOB))
    topic = understood(
        mention(
            chat={"id": -1_000_000_000_300, "type": "supergroup", "title": "Forum"},
            message_thread_id=5,
            is_topic_message=True,
        )
    )

    assert Conversation("telegram", "42", "8", "guest", "7") == private.conversation
    assert not private.private
    assert "5" == topic.conversation.thread


@pytest.mark.parametrize(
    "more",
    [
        {"guest_query_id": ""},
        {"guest_query_id": None},
        {"guest_query_id": "7" * 59},
        {"text": " "},
        {"from": ANN | {"is_bot": True}},
    ],
)
def test_what_cannot_be_answered_is_nothing_to_us(more: dict[str, Any]) -> None:
    """Without a query, without words, or from a bot."""
    assert understood(mention(**more)) is None


@pytest.mark.parametrize(
    "raw",
    [
        mention(),
        mention(reply_to_message=before(text="")),
        mention(reply_to_message=before(**{"from": BOB | {"is_bot": True}})),
        mention(reply_to_message={"message_id": "two"}),
        {"update_id": 1, "message": before(reply_to_message=before())},
    ],
)
def test_where_nothing_is_quoted_there_is_no_line(raw: dict[str, Any]) -> None:
    """Nor of a bot, nor out of an update that makes no sense or is another one."""
    assert quoted(raw) is None


def test_without_the_switch_a_mention_is_nothing_to_us() -> None:
    """A bot that may not be a guest is told of none."""
    raw = mention(reply_to_message=before())

    assert (None, None) == (understood(raw, visits=False), quoted(raw, visits=False))


async def test_a_guest_says_nothing_unasked() -> None:
    """There is no call for it, so none is made."""
    async with BotApi("42:TEST") as telegram:
        bot = client("42:TEST", telegram.url)
        with pytest.raises(Undelivered):
            await Guests(bot).answer("", "Hello!", 1)
        await bot.session.close()

        assert [] == telegram.calls


async def test_an_answer_has_the_name_that_telegram_gives_it() -> None:
    """And when it has been given before, the question's own."""
    async with BotApi("42:TEST") as telegram:
        ann = telegram.person(7, "Ann")
        asked = telegram.mentions(Group(-200, "Others"), ann, "@anima_test_bot hi")
        question = f"guest:{asked['guest_message']['guest_query_id']}"
        bot = client("42:TEST", telegram.url)
        names = [await Guests(bot).answer(question, "**Hello!**", 1) for _ in range(2)]
        await bot.session.close()

        assert list(telegram.world.inline) == names[:1]
        assert question == names[1]
        assert ["Hello!"] == [sent.text for sent in telegram.sent]
