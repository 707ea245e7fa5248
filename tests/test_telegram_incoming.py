"""Raw updates as Telegram sends them, and what we understand of them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anima.model import (
    Arrival,
    Closed,
    Conversation,
    Deleted,
    Edited,
    Incoming,
    Pressed,
    Rated,
    Renamed,
    Speaker,
    Verdict,
)
from bots.telegram.incoming import ALLOWED, Reader

NAMES = {"": ("Kokoro", "小心", "こころ"), "harrow": ("Harrow", "哈罗")}
READER = Reader("42", "kokoro_bot", lambda: NAMES)
LIN = {"id": 7, "is_bot": False, "first_name": "林", "last_name": "月", "language_code": "zh-hans"}
PRIVATE = {"id": 7, "type": "private", "first_name": "林"}
GROUP = {"id": -1001, "type": "supergroup", "title": "深夜食堂", "is_forum": True}
US = {"id": 42, "is_bot": True, "first_name": "Kokoro", "username": "kokoro_bot"}
DATE = 1_790_000_000


def update(kind: str = "message", chat: dict[str, Any] = PRIVATE, **fields: Any) -> dict[str, Any]:
    """An update with one message in it."""
    message = {"message_id": 5, "date": DATE, "chat": chat, "from": LIN, **fields}
    return {"update_id": 900, kind: message}


def in_group(text: str, **fields: Any) -> dict[str, Any]:
    """A message in a group."""
    return update(chat=GROUP, text=text, **fields)


def heard(raw: dict[str, Any]) -> Incoming:
    """What a message means."""
    arrival = READER.arrival(raw)
    assert arrival is not None
    assert isinstance(arrival.meaning, Incoming)
    return arrival.meaning


def moved(was: str, now: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    """An update about our own membership."""

    def member(status: str) -> dict[str, Any]:
        rights = {"can_manage_chat": True, "a_right_of_next_year": True}
        return {"status": status, "user": US, **(rights if status == "administrator" else {})}

    change = {"chat": chat, "from": LIN, "date": DATE}
    change |= {"old_chat_member": member(was), "new_chat_member": member(now)}
    return {"update_id": 901, "my_chat_member": change}


def test_private_message() -> None:
    """A private message is understood in full, and kept as it came."""
    raw = update(text="在吗？😀", something_new={"x": [1]})

    arrival = READER.arrival(raw)

    place = Conversation("telegram", "42", "7")
    speaker = Speaker("telegram", "7", "林 月", "zh-hans")
    at = datetime.fromtimestamp(DATE, UTC)
    meaning = Incoming(place, speaker, "在吗？😀", at, "5")
    assert arrival == Arrival("telegram:42", "900:7:5", arrival.raw, meaning)
    assert raw == json.loads(arrival.raw)
    assert "在吗" in arrival.raw


def test_allowed() -> None:
    """We ask Telegram for what we read and for nothing else."""
    assert {
        "message",
        "edited_message",
        "my_chat_member",
        "callback_query",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "guest_message",
        "stopped_message_generation",
        "message_reaction",
    } == set(ALLOWED)


def reacted(before: Sequence[str], now: Sequence[str], **more: Any) -> dict[str, Any]:
    """Lin has other faces under message 5 than before."""
    faces = [[{"type": "emoji", "emoji": one} for one in those] for those in (before, now)]
    change = {"chat": PRIVATE, "message_id": 5, "user": LIN, "date": DATE}
    change |= {"old_reaction": faces[0], "new_reaction": faces[1]}
    return {"update_id": 902, "message_reaction": change | more}


@pytest.mark.parametrize(
    ("before", "now", "verdict", "withdrawn"),
    [
        ((), ("👍",), "good", False),
        (("👍",), ("👎",), "bad", False),
        (("❤",), ("❤", "👎🏽"), "bad", False),
        (("👍",), (), "good", True),
        (("👎",), ("❤",), "bad", True),
    ],
)
def test_thumbs_are_verdicts(
    before: Sequence[str], now: Sequence[str], verdict: Verdict, *, withdrawn: bool
) -> None:
    """The newest counts, and one that is taken back is none."""
    arrival = READER.arrival(reacted(before, now))

    place, lin = Conversation("telegram", "42", "7"), Speaker("telegram", "7", "林 月", "zh-hans")
    rated = Rated(place, lin, 0, verdict, message="5", withdrawn=withdrawn)
    assert arrival is not None
    assert ("902:7:5", rated) == (arrival.key, arrival.meaning)


@pytest.mark.parametrize(
    "other",
    [
        reacted((), ("❤",)),
        reacted(("👍",), ("👍", "❤")),
        reacted((), ("👍",), user={**LIN, "is_bot": True}),
        reacted((), ("👍",), user=None, actor_chat=PRIVATE),
    ],
)
def test_other_faces_are_none_of_ours(other: dict[str, Any]) -> None:
    """What is no thumb, what has not changed, and nobody's."""
    assert READER.arrival(other) is None


def test_reply() -> None:
    """A reply names the message it answers."""
    quoted = {"message_id": 3, "date": DATE, "chat": PRIVATE, "from": US, "text": "おはよう"}

    assert "3" == heard(update(text="うん", reply_to_message=quoted)).reply_to


def test_topic_is_a_conversation_of_its_own() -> None:
    """A topic is the thread, and its opening message is not what people reply to."""
    opening = {"message_id": 77, "date": DATE, "chat": GROUP, "from": US}
    opening |= {"forum_topic_created": {"name": "t", "icon_color": 1}}
    topic = {"message_thread_id": 77, "is_topic_message": True, "reply_to_message": opening}

    meaning = heard(in_group("大家好", **topic))

    assert Conversation("telegram", "42", "-1001", thread="77") == meaning.conversation
    assert ("", False, False, "深夜食堂") == (
        meaning.reply_to,
        meaning.addressed,
        meaning.private,
        meaning.title,
    )


def test_topic_opening_without_its_content() -> None:
    """The opening of a topic is known by its id alone as well."""
    opening = {"message_id": 77, "date": DATE, "chat": GROUP, "from": US}
    topic = {"message_thread_id": 77, "is_topic_message": True, "reply_to_message": opening}

    assert not heard(in_group("hi", **topic)).addressed


def test_thread_of_replies_is_no_topic() -> None:
    """A chain of replies in an ordinary group does not become a conversation of its own."""
    assert "" == heard(in_group("hi", message_thread_id=12)).conversation.thread


def test_business_connection_is_another_place() -> None:
    """The same chat through a business connection is another conversation, named by its guest."""
    meaning = heard(update("business_message", text="hi", business_connection_id="bc1"))

    assert ("bc1", "林") == (meaning.conversation.connection, meaning.title)


def test_an_edit_in_a_borrowed_chat() -> None:
    """It is one like any other, of the message there."""
    raw = update("edited_business_message", text="hi!", business_connection_id="bc1")

    arrival = READER.arrival(raw)

    assert arrival is not None
    assert Edited(Conversation("telegram", "42", "7", "bc1"), "5", "hi!") == arrival.meaning


def test_what_was_taken_back() -> None:
    """Deletions name the chat and its messages."""
    gone = {"business_connection_id": "bc1", "chat": PRIVATE, "message_ids": [5, 6]}

    arrival = READER.arrival({"update_id": 902, "deleted_business_messages": gone})

    assert arrival is not None
    assert "902:7:5,6" == arrival.key
    assert Deleted(Conversation("telegram", "42", "7", "bc1"), ("5", "6")) == arrival.meaning


@pytest.mark.parametrize("mark", [{"sender_business_bot": US}, {"is_from_offline": True}])
def test_echoes_and_answering_machines_say_nothing(mark: dict[str, Any]) -> None:
    """What we wrote there ourselves comes back to us, and so does what nobody typed."""
    raw = update("business_message", text="hi", business_connection_id="bc1", **mark)

    assert READER.arrival(raw) is None


def test_a_connection_is_nothing_that_was_said() -> None:
    """It is kept elsewhere; one that cannot be understood is set aside."""
    link = {"id": "bc1", "user": LIN, "user_chat_id": 7, "date": DATE, "is_enabled": True}

    broken = READER.arrival({"update_id": 904, "business_connection": {"id": "bc1"}})

    assert READER.arrival({"update_id": 903, "business_connection": link}) is None
    assert broken is not None
    assert broken.meaning is None


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"sticker": {"emoji": "🥺"}}, "[sticker: 🥺]"),
        ({"sticker": {"emoji": "🥺", "set_name": "Cats"}}, "[sticker: 🥺 · Cats]"),
        ({"sticker": {}}, "[sticker]"),
        ({"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]}, "[photo]"),
        ({"voice": {"duration": 3}}, "[voice message]"),
        ({"video": {"duration": 3, "width": 1, "height": 1}}, "[video]"),
        ({"video_note": {"duration": 3, "length": 1}}, "[video message]"),
        ({"document": {"file_name": "简历.pdf"}}, "[file: 简历.pdf]"),
        ({"document": {}}, "[file]"),
        ({"audio": {"duration": 3, "title": "夜に駆ける"}}, "[audio: 夜に駆ける]"),
        ({"audio": {"duration": 3, "file_name": "a.mp3"}}, "[audio: a.mp3]"),
        ({"animation": {"duration": 1, "width": 1, "height": 1}, "document": {}}, "[GIF]"),
        ({"location": {"latitude": 52.5163, "longitude": 13.4049}}, "[location: 52.52, 13.40]"),
        ({"contact": {"phone_number": "123", "first_name": "x"}}, "[contact: x]"),
        (
            {"contact": {"phone_number": "123", "first_name": "花", "last_name": "子"}},
            "[contact: 花 子]",
        ),
        ({"dice": {"emoji": "🎲", "value": 4}}, "🎲"),
        ({"voice": {"duration": 3}, "caption": "听听"}, "[voice message] 听听"),
        ({"text": "/start@Kokoro_Bot now"}, "/start now"),
        ({"text": "/start@kokoro_bot"}, "/start"),
        ({"text": "/start@other_bot x"}, "/start@other_bot x"),
        ({"text": "/etc/hosts@kokoro_bot"}, "/etc/hosts@kokoro_bot"),
        ({"text": " 嗯 \n"}, " 嗯 \n"),
        ({"text": "a\0b\ud83dc"}, "ab\ufffdc"),
    ],
)
def test_text(fields: dict[str, Any], text: str) -> None:
    """What is no text becomes some words in brackets, and commands are bare."""
    for name in ("sticker", "voice", "video", "video_note", "document", "audio", "animation"):
        if name in fields:
            fields[name] |= {"file_id": "f", "file_unique_id": "u"}
    if "sticker" in fields:
        kind = {"type": "regular", "is_animated": False, "is_video": False}
        fields["sticker"] |= kind | {"width": 1, "height": 1}

    assert text == heard(update(**fields)).text


def test_poll() -> None:
    """A poll is heard as its question."""
    poll = {"id": "1", "question": "吃什么？", "options": [], "total_voter_count": 0}
    poll |= dict.fromkeys(
        (
            *("is_closed", "is_anonymous", "allows_multiple_answers", "allows_revoting"),
            *("members_only",),
        ),
        False,
    ) | {"type": "regular"}

    assert "[poll: 吃什么？]" == heard(update(poll=poll)).text


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"text": "  \n\t"},
        {"text": "　"},
        {"text": "\0"},
        {},
        {"new_chat_title": "x"},
        {"new_chat_members": [LIN]},
        {"pinned_message": {"message_id": 1, "date": 0, "chat": PRIVATE}},
        {"migrate_from_chat_id": -5},
        {"text": "beep", "from": {"id": 8, "is_bot": True, "first_name": "other"}},
        {"text": "our own", "from": US},
        {"text": "nobody", "from": None},
        {"text": "news", "chat": {"id": -100, "type": "channel", "title": "news"}},
    ],
)
@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_nothing_to_us(kind: str, fields: dict[str, Any]) -> None:
    """Blank messages, service messages, bots and channels are left alone."""
    assert READER.arrival(update(kind, **fields)) is None


@pytest.mark.parametrize(
    "kind", ["inline_query", "message_reaction_count", "channel_post", "something_of_next_year"]
)
def test_other_updates(kind: str) -> None:
    """Updates that we did not ask for are dropped unread, however broken."""
    assert READER.arrival({"update_id": 1, kind: {"id": []}}) is None


def mention(text: str, marked: str = "@kokoro_bot", **fields: Any) -> list[dict[str, Any]]:
    """The entity over *marked*, counted in UTF-16 units."""
    before = text[: text.index(marked)].encode("utf-16-le")
    length = len(marked.encode("utf-16-le")) // 2
    return [{"type": "mention", "offset": len(before) // 2, "length": length, **fields}]


@pytest.mark.parametrize(
    "text",
    [
        "@kokoro_bot 在吗",
        "😀👨‍👩‍👧 @kokoro_bot 在吗",
        "😀@Kokoro_Bot",
    ],
)
def test_mention_addresses_us(text: str) -> None:
    """A mention of us counts wherever it stands, behind emoji too, and stays in the text."""
    marked = text[text.index("@") :].split(maxsplit=1)[0]

    meaning = heard(in_group(text, entities=mention(text, marked)))

    assert (text, True) == (meaning.text, meaning.addressed)


def test_mention_in_a_caption() -> None:
    """A mention in a caption counts, and the picture is heard before it."""
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    caption = "🎂 @kokoro_bot 看"
    fields = {"photo": photo, "caption": caption, "caption_entities": mention(caption)}

    meaning = heard(update(chat=GROUP, **fields))

    assert ("[photo] 🎂 @kokoro_bot 看", True) == (meaning.text, meaning.addressed)


def test_mention_by_id() -> None:
    """A mention without a username counts by the id it carries."""
    entities = mention("嘿 小K", "小K", type="text_mention", user=US)

    assert heard(in_group("嘿 小K", entities=entities)).addressed


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("@other_bot hi", mention("@other_bot hi", "@other_bot")),
        ("@kokoro_bot2 hi", mention("@kokoro_bot2 hi", "@kokoro_bot2")),
        ("me@kokoro_bot", []),
        ("x", [{"type": "mention", "offset": 900, "length": 5}]),
        ("x", [{"type": "mention", "offset": -1, "length": 5}]),
        ("小K", mention("小K", "小K", type="text_mention", user=LIN)),
    ],
)
def test_other_mentions(text: str, entities: list[dict[str, Any]]) -> None:
    """Other names, other bots and nonsense do not address us."""
    assert not heard(in_group(text, entities=entities)).addressed


@pytest.mark.parametrize(
    ("text", "addressed"),
    [
        ("/help", True),
        ("/help please", True),
        ("/help@kokoro_bot", True),
        ("/help@KOKORO_BOT x", True),
        ("/help@other_bot", False),
        ("/help@other_bot Kokoro", False),
        ("please /help", False),
        ("/ help", False),
        ("/usr/bin", False),
        ("Kokoro, you there?", True),
        ("hey kokoro!", True),
        ("你好Kokoro呀", True),
        ("kokoros", False),
        ("xKokoro", False),
        ("kokoro_bot", False),
        ("今天小心在吗", True),
        ("ねえこころちゃん", True),
        ("nobody in particular", False),
    ],
)
def test_names_and_commands(text: str, *, addressed: bool) -> None:
    """In a group our names as words, and commands for all or for us, address us."""
    meaning = heard(in_group(text))

    assert addressed is (meaning.addressed or "" in meaning.called)


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("harrow, a book please", ("harrow",)),
        ("哈罗在吗", ("harrow",)),
        ("Kokoro and Harrow!", ("", "harrow")),
        ("the harrowing of hell", ()),
        ("/help Harrow", ()),
    ],
)
def test_each_persona_is_called_by_its_own_names(text: str, called: tuple[str, ...]) -> None:
    """Whom a message calls is told by what the house calls them, and settled where they play."""
    assert called == heard(in_group(text)).called


def test_names_may_change_while_we_listen() -> None:
    """A persona that was read again answers to what it is called by then."""
    names = {"": ("Kokoro",)}
    reader = Reader("42", "kokoro_bot", lambda: dict(names))
    before = reader.arrival(in_group("Momo?"))
    names[""] = ("Momo",)

    after = reader.arrival(in_group("Momo?"))

    assert before is not None
    assert after is not None
    assert isinstance(before.meaning, Incoming)
    assert isinstance(after.meaning, Incoming)
    assert ((), ("",)) == (before.meaning.called, after.meaning.called)


def test_no_names() -> None:
    """Without names nothing is taken for one, and private talk is for us all the same."""
    reader = Reader("42", "", lambda: {"": ["", "  "]})

    group, private = reader.arrival(in_group("hi")), reader.arrival(update(text="hi"))

    assert group is not None
    assert private is not None
    assert isinstance(group.meaning, Incoming)
    assert isinstance(private.meaning, Incoming)
    assert (False, True) == (group.meaning.addressed, private.meaning.addressed)


@pytest.mark.parametrize(("author", "addressed"), [(US, True), (LIN, False)])
def test_reply_in_a_group(author: dict[str, Any], *, addressed: bool) -> None:
    """A reply to us is for us, one to somebody else is not."""
    quoted = {"message_id": 3, "date": DATE, "chat": GROUP, "from": author, "text": "x"}

    meaning = heard(in_group("对", reply_to_message=quoted))

    assert ("3", addressed) == (meaning.reply_to, meaning.addressed)


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ({"id": -1001, "type": "supergroup", "title": "深夜食堂"}, "深夜食堂 (admin)"),
        ({"id": -1001, "type": "channel", "username": "news"}, "news"),
        ({"id": -1001, "type": "channel"}, "-1001"),
    ],
)
def test_speaking_as_a_chat(sender: dict[str, Any], name: str) -> None:
    """An anonymous admin or a channel speaks under its own name, not under Telegram's bot."""
    stand_in = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group"}

    meaning = heard(in_group("公告", sender_chat=sender, **{"from": stand_in}))

    assert Speaker("telegram", "-1001", name) == meaning.speaker


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ({"first_name": "山田"}, "山田"),
        ({"first_name": "", "username": "ghost"}, "ghost"),
        ({"first_name": ""}, "9"),
    ],
)
def test_names_of_people(person: dict[str, Any], name: str) -> None:
    """Somebody without a name goes by their username or id."""
    speaker = heard(update(text="hi", **{"from": {"id": 9, "is_bot": False, **person}})).speaker

    assert Speaker("telegram", "9", name) == speaker


def test_edit() -> None:
    """An edit carries the message and its new text."""
    arrival = READER.arrival(update("edited_message", text="改了", edit_date=DATE + 9))

    assert arrival is not None
    assert "900:7:5" == arrival.key
    assert Edited(Conversation("telegram", "42", "7"), "5", "改了") == arrival.meaning


@pytest.mark.parametrize(
    ("was", "now", "chat", "closed"),
    [
        ("member", "kicked", PRIVATE, True),
        ("member", "left", GROUP, True),
        ("administrator", "kicked", GROUP, True),
        ("kicked", "member", PRIVATE, False),
        ("left", "member", GROUP, False),
        ("kicked", "administrator", GROUP, False),
    ],
)
def test_shut_out_and_in(was: str, now: str, chat: dict[str, Any], *, closed: bool) -> None:
    """Being blocked or removed closes the place, and being let in opens it again."""
    arrival = READER.arrival(moved(was, now, chat))

    assert arrival is not None
    assert f"901:{chat['id']}:{DATE}" == arrival.key
    assert Closed(Conversation("telegram", "42", str(chat["id"])), closed) == arrival.meaning


@pytest.mark.parametrize("now", ["administrator", "restricted", "of next year"])
def test_other_changes_mean_nothing(now: str) -> None:
    """A promotion and the like neither open nor close the place."""
    assert READER.arrival(moved("member", now, GROUP)) is None


def test_upgraded_group() -> None:
    """A group that became a supergroup goes on under its new id."""
    group = {"id": -55, "type": "group", "title": "x"}

    arrival = READER.arrival(update(chat=group, migrate_to_chat_id=-100_55))

    assert arrival is not None
    assert Renamed(Conversation("telegram", "42", "-55"), "-10055") == arrival.meaning


def test_numbering_may_start_again() -> None:
    """The same number for another message is another update; the same update is the same."""
    first, again = READER.arrival(update(text="a")), READER.arrival(update(text="a"))
    other = READER.arrival(update(text="a", message_id=6))

    assert first is not None
    assert other is not None
    assert first == again
    assert first.key != other.key


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"update_id": None},
        {"update_id": "9", "message": {}},
        {"update_id": True, "message": {}},
        {"unreadable": [1, 2]},
        {"update_id": 9, "message": {"message_id": "x"}},
        {"update_id": 9, "message": []},
        {"update_id": 9, "message": "\ud83d"},
        {"update_id": 9, "my_chat_member": {"new_chat_member": {"status": "kicked"}}},
        update(text=5, date="soon"),
        update(text="hi", date=10**30),
        update(text="hi", forward_origin={"type": "of next year"}),
    ],
)
def test_broken_updates_are_set_aside(raw: dict[str, Any]) -> None:
    """What cannot be read is kept as it came, under a name that is the same each time."""
    arrival, again = READER.arrival(raw), READER.arrival(raw)

    assert arrival is not None
    assert arrival.meaning is None
    assert arrival == again
    assert raw == json.loads(arrival.raw)
    assert arrival.raw.encode()


def test_empty_message_field() -> None:
    """An update whose message is null has nothing to say."""
    assert READER.arrival({"update_id": 9, "message": None}) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["update_id", "id", "type", "text", "chat", "from", "date", "status"])
            | st.text(max_size=9),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from([*ALLOWED, "update_id", "x"]), JSON, max_size=5))
def test_any_object_is_survived(raw: dict[str, Any]) -> None:
    """Whatever object comes, reading it raises nothing and loses nothing that it keeps."""
    arrival = READER.arrival(raw)

    assert arrival is None or raw == json.loads(arrival.raw)


@pytest.mark.slow
@given(st.sampled_from(sorted(update(text="x")["message"])) | st.text(max_size=12), JSON)
def test_any_field_may_be_broken(field: str, value: Any) -> None:
    """One field gone wrong sets the update aside at worst, and all we keep can be stored."""
    raw = update(text="hi")
    raw["message"][field] = value

    arrival = READER.arrival(raw)

    if arrival is not None and isinstance(arrival.meaning, Incoming):
        assert arrival.meaning.text.encode()
        assert arrival.meaning.at.tzinfo is UTC
    assert arrival is None or arrival.raw.encode()


@pytest.mark.slow
@given(st.text(max_size=60), st.integers(-5, 90), st.integers(-5, 90))
def test_any_mention_is_survived(text: str, offset: int, length: int) -> None:
    """Entities may point anywhere."""
    entity = {"type": "mention", "offset": offset, "length": length}

    arrival = READER.arrival(in_group(text, entities=[entity]))

    assert arrival is None or isinstance(arrival.meaning, Incoming)


def pressed(button: str | None, **fields: Any) -> dict[str, Any]:
    """Lin presses a *button* under a message of ours in the private chat."""
    message = update(text="yes", **{"from": US})["message"]
    query = {"id": "q1", "from": LIN, "chat_instance": "1", "message": message, "data": button}
    return {"update_id": 900, "callback_query": query | fields}


@pytest.mark.parametrize("verdict", ["good", "bad", "unlike"])
def test_a_rating(verdict: str) -> None:
    """A button under our answer names the bubble and what was thought of it."""
    arrival = READER.arrival(pressed(f"rate:77:{verdict}"))

    assert arrival is not None
    assert "900:q1" == arrival.key
    assert isinstance(arrival.meaning, Rated)
    assert ("7", 77, verdict) == (
        arrival.meaning.speaker.id,
        arrival.meaning.said,
        arrival.meaning.verdict,
    )


def test_a_button_that_says_something() -> None:
    """It names the bubble and the button; who pressed says it, under the bubble."""
    arrival = READER.arrival(pressed("say:9223372036854775807:12"))

    assert arrival is not None
    assert "900:q1" == arrival.key
    assert isinstance(arrival.meaning, Pressed)
    message = arrival.meaning.message
    assert (2**63 - 1, 12) == (arrival.meaning.said, arrival.meaning.which)
    assert ("7", "", True, True) == (
        message.speaker.id,
        message.text,
        message.private,
        message.addressed,
    )
    assert message.message == message.reply_to != ""
    assert message.conversation == arrival.meaning.conversation


def test_a_button_in_a_topic() -> None:
    """Where it was pressed is where the bubble stands."""
    under = in_group("Sure?", is_topic_message=True, message_thread_id=5, **{"from": US})

    arrival = READER.arrival(pressed("say:77:0", message=under["message"]))

    assert arrival is not None
    assert isinstance(arrival.meaning, Pressed)
    assert ("5", False) == (
        arrival.meaning.conversation.thread,
        arrival.meaning.message.private,
    )
    assert arrival.meaning.message.title


@pytest.mark.parametrize(
    "raw",
    [
        pressed("say:77"),
        pressed("say:77:"),
        pressed("say:77:-1"),
        pressed("say:77:1000"),
        pressed("say:x:1"),
        pressed("say:٧:1"),
        pressed("say:77:1\n"),
        pressed("say:77:1", message=None),
        pressed("say:77:1", **{"from": LIN | {"is_bot": True}}),
        pressed("rate:77:great"),
        pressed("rate:x:good"),
        pressed("menu:1"),
        pressed(None),
        pressed("rate:77:good", message=None),
        pressed("rate:77:good", message={"chat": PRIVATE, "message_id": 5, "date": 0}),
    ],
)
def test_other_buttons(raw: dict[str, Any]) -> None:
    """What is no button of ours, or under a message that nobody can place, means nothing."""
    assert READER.arrival(raw) is None


@pytest.mark.parametrize(
    ("sign", "name"), [({}, "深夜食堂 (admin)"), ({"author_signature": "店长"}, "深夜食堂 (店长)")]
)
def test_an_admin_who_stays_unknown(sign: dict[str, Any], name: str) -> None:
    """They speak as the group's admin, by the title they bear there, and are nobody's account."""
    stand_in = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group"}

    meaning = heard(in_group("@kokoro_bot 公告", sender_chat=GROUP, **{"from": stand_in}, **sign))

    assert Speaker("telegram", "-1001", name) == meaning.speaker


def test_a_channel_speaks_to_its_readers() -> None:
    """What is forwarded from a linked channel by itself is not for us, whoever is named in it."""
    channel = {"id": -1009, "type": "channel", "title": "News"}
    mention = {"type": "mention", "offset": 0, "length": 11}
    forwarded = {"sender_chat": channel, "is_automatic_forward": True, "entities": [mention]}

    meaning = heard(in_group("@kokoro_bot and Harrow are here", **forwarded))

    assert (False, ()) == (meaning.addressed, meaning.called)
    assert "News" == meaning.speaker.name


def test_being_brought_into_a_group() -> None:
    """Whoever brings us in begins with us; that others come is nothing to us."""
    ours = heard(update(chat=GROUP, new_chat_members=[LIN, US]))

    assert ("/start", True, "林 月") == (ours.text, ours.addressed, ours.speaker.name)
    assert READER.arrival(update(chat=GROUP, new_chat_members=[LIN])) is None
