"""What Discord's gateway tells, in our own words."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anima.model import (
    Arrival,
    Closed,
    Conversation,
    Deleted,
    Edited,
    Incoming,
    Meaning,
    Pressed,
    Rated,
    Speaker,
)
from bots.discord.events import Event
from bots.discord.incoming import Reader
from bots.discord.rooms import Rooms

ME = "42"
NAMES = {"": ("Kokoro", "小空"), "ku": ("Ku",)}
ANN: Mapping[str, Any] = {"id": "7", "username": "ann", "global_name": "Ann", "bot": False}
GUILD: Mapping[str, Any] = {
    "id": "900",
    "name": "Friends",
    "roles": [
        {"id": "900", "name": "@everyone"},
        {"id": "901", "name": "Anima", "tags": {"bot_id": ME}},
        {"id": "902", "name": "cooks"},
    ],
    "channels": [
        {"id": "100", "type": 0, "name": "general", "last_message_id": "5000"},
        {"id": "102", "type": 15, "name": "ideas"},
    ],
    "threads": [{"id": "103", "type": 11, "name": "Soup or salad", "parent_id": "102"}],
}


def reader() -> Reader:
    """The reader of a bot called Anima, which is in a server with two channels and a post."""
    found = Reader(ME, "Anima", lambda: NAMES, Rooms(ME))
    assert [] == found.arrivals(Event("GUILD_CREATE", GUILD))
    return found


def place(chat: str) -> Conversation:
    """A place of that bot."""
    return Conversation("discord", ME, chat)


def said(text: str = "hello", **more: Any) -> dict[str, Any]:
    """Ann's message in the channel of the server."""
    return {
        "id": "1450000000000000001",
        "channel_id": "100",
        "guild_id": "900",
        "author": ANN,
        "content": text,
        "timestamp": "2026-01-05T09:00:00.250000+01:00",
        "type": 0,
        "mentions": [],
        "mention_roles": [],
        **more,
    }


def alone(text: str = "hello", **more: Any) -> dict[str, Any]:
    """Ann's message to the bot alone."""
    message = said(text, channel_id="50", **more)
    del message["guild_id"]
    return message


def read(kind: str, fields: Mapping[str, Any], **where: Any) -> list[Arrival]:
    """What one event brings."""
    return reader().arrivals(Event(kind, fields, **where))


def meant(kind: str, fields: Mapping[str, Any]) -> Meaning | None:
    """What one event means."""
    (arrival,) = read(kind, fields)
    return arrival.meaning


def heard(fields: Mapping[str, Any]) -> Incoming:
    """The message that was heard."""
    found = meant("MESSAGE_CREATE", fields)
    assert isinstance(found, Incoming)
    return found


def test_a_private_message() -> None:
    """It is for us, by whom, when, and known again by its own id."""
    (arrival,) = read("MESSAGE_CREATE", alone("你好"))

    assert ("discord:42", "m1450000000000000001") == (arrival.source, arrival.key)
    assert '"content":"你好"' in arrival.raw
    assert isinstance(arrival.meaning, Incoming)
    assert Speaker("discord", "7", "Ann") == arrival.meaning.speaker
    assert (place("50"), "你好") == (arrival.meaning.conversation, arrival.meaning.text)
    assert "2026-01-05T08:00:00.250000+00:00" == arrival.meaning.at.isoformat()
    assert (True, True, "") == (
        arrival.meaning.private,
        arrival.meaning.addressed,
        arrival.meaning.title,
    )


@pytest.mark.parametrize(
    ("channel", "title"),
    [("100", "#general · Friends"), ("103", "Soup or salad · Friends"), ("999", "Friends")],
)
def test_a_place_on_a_server_is_a_conversation(channel: str, title: str) -> None:
    """A channel, a post in a forum, and a thread that nobody told of, each by its own id."""
    found = heard(said(channel_id=channel))

    assert (place(channel), False, title) == (found.conversation, found.private, found.title)


def test_a_group_of_several_is_not_private() -> None:
    """Discord has such without a server."""
    assert not heard(alone(channel_type=3)).private


@pytest.mark.parametrize(
    ("more", "addressed"),
    [
        ({}, False),
        ({"mentions": [{"id": ME, "username": "anima"}]}, True),
        ({"mentions": [{"id": "8", "username": "bob"}]}, False),
        ({"mention_roles": ["901"]}, True),
        ({"mention_roles": ["902"]}, False),
        ({"mention_everyone": True}, False),
        ({"type": 19, "referenced_message": {"id": "1", "author": {"id": ME}}}, True),
        ({"type": 19, "referenced_message": {"id": "1", "author": {"id": "8"}}}, False),
        ({"type": 19, "referenced_message": None}, False),
    ],
)
def test_who_is_meant(more: Mapping[str, Any], *, addressed: bool) -> None:
    """By a mention, by the role that is ours alone, or by a reply to what we said."""
    assert addressed == heard(said(**more)).addressed


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Kokoro, are you there?", ("",)),
        ("小空在吗", ("",)),
        ("ku and KOKORO", ("", "ku")),
        ("kokoroes", ()),
    ],
)
def test_who_is_called_by_name(text: str, called: tuple[str, ...]) -> None:
    """Every persona behind the bot has names; in private nobody needs them."""
    assert called == heard(said(text)).called
    assert () == heard(alone(text)).called


def test_what_it_answers() -> None:
    """By the platform's id; what is passed on answers nothing."""
    reference = {"message_id": "11", "channel_id": "100"}
    forward = {**reference, "type": 1}
    snapshot = {"message": {"content": "<@7> said so", "attachments": []}}

    assert "11" == heard(said(type=19, message_reference=reference)).reply_to
    passed = heard(said("", message_reference=forward, message_snapshots=[snapshot]))
    assert ("", "[forwarded: @7 said so]") == (passed.reply_to, passed.text)
    bare = heard(said("look", message_reference=forward, message_snapshots=[{"message": {}}]))
    assert "look [forwarded]" == bare.text


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("<@42> what now?", "what now?"),
        ("<@!42>, 你好", "你好"),
        ("<@&901>：こんにちは", "こんにちは"),
        ("<@42> /help", "/help"),
        ("<@42>", "@Anima"),
        ("so <@42>?", "so @Anima?"),
        ("<@8> and <@9> in <#100>, not <#5>", "@Bobby and @9 in #general, not #5"),
        ("<@&902> <@&77>", "@cooks @77"),
        ("<:wave:123> <a:dance:456>", ":wave: :dance:"),
        ("use </memory what:99>", "use /memory what"),
        ("1 < 2 <b> <@x>", "1 < 2 <b> <@x>"),
    ],
)
def test_marks_become_names(text: str, readable: str) -> None:
    """That it begins by calling us is no part of what is said, unless there is nothing else."""
    bob = {"id": "8", "username": "bob", "global_name": "Bob", "member": {"nick": "Bobby"}}

    assert readable == heard(said(text, mentions=[bob])).text


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"attachments": [{"filename": "a.png", "content_type": "image/png"}]}, "[photo] see"),
        ({"attachments": [{"filename": "a.gif", "content_type": "image/gif"}]}, "[GIF] see"),
        ({"attachments": [{"filename": "a.mp4", "content_type": "video/mp4"}]}, "[video] see"),
        (
            {"attachments": [{"filename": "a.mp3", "content_type": "audio/mpeg"}]},
            "[audio: a.mp3] see",
        ),
        ({"attachments": [{"filename": "a.txt"}, {}]}, "[file: a.txt] [file] see"),
        ({"attachments": [{"content_type": "audio/ogg"}], "flags": 8192}, "[voice message] see"),
        ({"sticker_items": [{"id": "1", "name": "Wave"}]}, "[sticker: Wave] see"),
        ({"poll": {"question": {"text": "Soup?"}}}, "[poll: Soup?] see"),
    ],
)
def test_what_is_no_text_has_a_placeholder(more: Mapping[str, Any], text: str) -> None:
    """It comes before the words."""
    assert text == heard(said("see", **more)).text


@pytest.mark.parametrize(
    "more",
    [
        {"author": {**ANN, "bot": True}},
        {"author": {**ANN, "id": ME, "bot": True}},
        {"author": {**ANN, "system": True}},
        {"webhook_id": "5"},
        {"type": 7},
        {"type": 18},
        {"content": "  "},
    ],
)
def test_who_is_no_person_says_nothing(more: Mapping[str, Any]) -> None:
    """Bots, we ourselves, webhooks, Discord, and who sends nothing at all."""
    assert [] == read("MESSAGE_CREATE", said(**more))
    assert [] == read("MESSAGE_UPDATE", said(edited_timestamp="2026-01-05T09:00:00+00:00", **more))


@pytest.mark.parametrize(
    ("user", "member", "name"),
    [
        (ANN, {"nick": "安"}, "安"),
        (ANN, {"nick": None}, "Ann"),
        ({"id": "7", "username": "ann", "global_name": None}, {}, "ann"),
        ({"id": "7", "username": " "}, {}, "7"),
        ({"id": "7", "username": "a\ud83d\0b"}, {}, "a�b"),
    ],
)
def test_what_somebody_is_called(
    user: Mapping[str, Any], member: Mapping[str, Any], name: str
) -> None:
    """Here, everywhere, or by their account; always something that can be written down."""
    assert name == heard(said(author=user, member=member)).speaker.name


def test_an_edit_is_one_when_the_words_were_changed() -> None:
    """A preview of a link, or a pin, changes nothing of them."""
    at = "2026-01-05T09:05:00+00:00"

    (arrival,) = read("MESSAGE_UPDATE", said("<@42> better", edited_timestamp=at))

    assert f"e1450000000000000001:{at}" == arrival.key
    assert Edited(place("100"), "1450000000000000001", "better") == arrival.meaning
    assert [] == read("MESSAGE_UPDATE", said(edited_timestamp=None))
    assert [] == read("MESSAGE_UPDATE", said(edited_timestamp=at, author=None))
    assert [] == read("MESSAGE_UPDATE", {"id": "1", "channel_id": "100", "embeds": []})


def test_what_was_deleted() -> None:
    """One message, or many at once."""
    one = {"id": "5", "channel_id": "100", "guild_id": "900"}
    many = {"ids": ["5", "6"], "channel_id": "100"}

    assert Deleted(place("100"), ("5",)) == meant("MESSAGE_DELETE", one)
    found = read("MESSAGE_DELETE_BULK", many)
    assert ["d5", "d6"] == [arrival.key for arrival in found]
    assert [Deleted(place("100"), ("5",)), Deleted(place("100"), ("6",))] == [
        a.meaning for a in found
    ]


def reaction(emoji: str, **more: Any) -> dict[str, Any]:
    """Ann reacts to what we said."""
    return {
        "user_id": "7",
        "channel_id": "100",
        "message_id": "77",
        "message_author_id": ME,
        "guild_id": "900",
        "member": {"user": ANN, "nick": None},
        "emoji": {"id": None, "name": emoji},
        **more,
    }


@pytest.mark.parametrize(
    ("emoji", "verdict"), [("👍", "good"), ("👎", "bad"), ("👍🏽", "good"), ("👎🏿", "bad")]
)
def test_thumbs_are_verdicts(emoji: str, verdict: Any) -> None:
    """In any colour; each time that one is given is an event of its own."""
    (arrival,) = read("MESSAGE_REACTION_ADD", reaction(emoji), session="s1", number=9)

    assert "r77:7:s1:9" == arrival.key
    ann = Speaker("discord", "7", "Ann")
    assert Rated(place("100"), ann, 0, verdict, message="77") == arrival.meaning


def test_a_thumb_that_is_taken_back_is_none() -> None:
    """Discord then tells neither whose message it was nor what they are called."""
    taken = reaction("👍")
    del taken["member"], taken["message_author_id"]

    (arrival,) = read("MESSAGE_REACTION_REMOVE", taken, session="s1", number=10)

    assert isinstance(arrival.meaning, Rated)
    assert ("good", True, "discord:7") == (
        arrival.meaning.verdict,
        arrival.meaning.withdrawn,
        arrival.meaning.speaker.address,
    )


@pytest.mark.parametrize(
    "other",
    [
        reaction("🎉"),
        {**reaction("👍"), "emoji": {"id": "5", "name": None}},
        reaction("👍", message_author_id="8"),
        reaction("👍", user_id=ME),
    ],
)
def test_other_reactions_are_none_of_ours(other: Mapping[str, Any]) -> None:
    """Other faces, to other people, or our own."""
    assert [] == read("MESSAGE_REACTION_ADD", other)


def press(brings: str, **more: Any) -> dict[str, Any]:
    """Ann presses a button in the channel."""
    return {
        "id": "1450000000000000009",
        "type": 3,
        "token": "t",
        "channel_id": "100",
        "guild_id": "900",
        "member": {"user": ANN, "nick": "安"},
        "locale": "zh-CN",
        "message": {"id": "77"},
        "data": {"custom_id": brings, "component_type": 2},
        **more,
    }


def test_a_button_says_something() -> None:
    """What, the ledger knows; in whose name and where, we do."""
    (arrival,) = read("INTERACTION_CREATE", press("say:12:3"))

    assert "i1450000000000000009" == arrival.key
    assert isinstance(arrival.meaning, Pressed)
    message = arrival.meaning.message
    assert (12, 3) == (arrival.meaning.said, arrival.meaning.which)
    assert Speaker("discord", "7", "安", "zh-CN") == message.speaker
    assert (place("100"), "77", False) == (message.conversation, message.message, message.private)


def test_a_button_rates() -> None:
    """In private there is no member, but somebody all the same."""
    private = press("rate:12:bad", channel_id="50", user=ANN)
    del private["member"], private["guild_id"]

    ann = Speaker("discord", "7", "Ann", "zh-CN")
    assert Rated(place("50"), ann, 12, "bad") == meant("INTERACTION_CREATE", private)


@pytest.mark.parametrize("other", [press("else:1"), press("say:1:1", type=2), press("x", type=4)])
def test_other_interactions_are_for_others(other: Mapping[str, Any]) -> None:
    """Commands, and what completes them, are no part of the talk."""
    assert [] == read("INTERACTION_CREATE", other)


def test_a_place_that_is_gone_is_closed() -> None:
    """A channel, a thread, and every one of a server that we left."""
    assert Closed(place("100"), closed=True) == meant("CHANNEL_DELETE", {"id": "100"})
    assert Closed(place("103"), closed=True) == meant("THREAD_DELETE", {"id": "103"})

    left = read("GUILD_DELETE", {"id": "900"}, session="s", number=4)

    assert ["g100:s:4", "g102:s:4", "g103:s:4"] == sorted(one.key for one in left)


def test_a_server_that_is_away_is_not_left() -> None:
    """Discord has outages of its own."""
    assert [] == read("GUILD_DELETE", {"id": "900", "unavailable": True})


def test_names_that_change_are_learned() -> None:
    """Of servers, channels, threads and roles; what is gone is not named any more."""
    known = reader()

    for kind, fields in (
        ("GUILD_UPDATE", {"id": "900", "name": "Family"}),
        ("CHANNEL_UPDATE", {"id": "100", "guild_id": "900", "type": 0, "name": "kitchen"}),
        ("THREAD_CREATE", {"id": "104", "guild_id": "900", "type": 11, "name": "Tea"}),
        ("GUILD_ROLE_UPDATE", {"guild_id": "900", "role": {"id": "902", "name": "chefs"}}),
        ("GUILD_ROLE_CREATE", {"guild_id": "1", "role": {"id": "5", "name": "x"}}),
        ("GUILD_UPDATE", {"id": "1", "name": "nobody knows"}),
        ("GUILD_CREATE", {"id": "901", "unavailable": True}),
        ("CHANNEL_DELETE", {"id": "102"}),
    ):
        known.arrivals(Event(kind, fields))

    texts = [
        (one.meaning.title, one.meaning.text)
        for fields in (said("<@&902> <#102>"), said("hi", channel_id="104"))
        for one in known.arrivals(Event("MESSAGE_CREATE", fields))
        if isinstance(one.meaning, Incoming)
    ]
    assert [("#kitchen · Family", "@chefs #102"), ("Tea · Family", "hi")] == texts


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("MESSAGE_CREATE", said(id=None)),
        ("MESSAGE_CREATE", said(author=None)),
        ("MESSAGE_CREATE", said(content=5)),
        ("MESSAGE_CREATE", said(channel_id="x")),
        ("MESSAGE_CREATE", said(timestamp="yesterday")),
        ("MESSAGE_CREATE", said(timestamp="2026-01-05T09:00:00")),
        ("MESSAGE_CREATE", said(type=[])),
        ("MESSAGE_DELETE", {}),
        ("MESSAGE_REACTION_ADD", {"emoji": {"name": "👍"}}),
        ("GUILD_CREATE", {"id": {}}),
        ("INTERACTION_CREATE", press("say:1:1", id=None)),
    ],
)
def test_what_cannot_be_understood_is_set_aside(kind: str, fields: Mapping[str, Any]) -> None:
    """With its raw text, and by the same name whenever it comes."""
    (first,), (second,) = read(kind, fields), read(kind, fields)

    assert first.meaning is None
    assert f'"t":"{kind}"' in first.raw
    assert (first.key, True) == (second.key, first.key.startswith("?"))


def test_what_is_of_no_interest_is_none() -> None:
    """Discord tells much."""
    assert [] == read("TYPING_START", {"user_id": "7"})
    assert [] == read("READY", {"guilds": []})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*said(), *reaction("x"), *press("x")]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["MESSAGE_CREATE", "MESSAGE_UPDATE", "GUILD_CREATE", "INTERACTION_CREATE"]),
    st.dictionaries(st.sampled_from([*said(), *press("x")]), JSON, max_size=8),
)
def test_any_object_is_survived(kind: str, fields: dict[str, Any]) -> None:
    """Whatever it is, it is read or set aside."""
    for base in ({}, said(), press("say:1:1")):
        for arrival in read(kind, {**base, **fields}):
            assert arrival.raw
