"""What the local Discord refuses and keeps, as the real discord.py meets it."""

from typing import Any

import discord
import pytest

from tests.far_side.discord import Channel, Discord, Person
from tests.far_side.discord_clients import Bot, code, raw

Room = discord.PartialMessageable


async def test_a_text_has_at_most_two_thousand_characters(far: Discord, room: Room) -> None:
    """2000 are taken and 2001 refused, whatever language they are of."""
    await room.send("长" * 2000)

    assert (400, 50035) == await code(room.send("長" * 2001))
    assert [2000] == [len(sent.text) for sent in far.sent]


async def test_what_cannot_be_said_is_refused(far: Discord, room: Room) -> None:
    """Nothing at all, a nonce that is too long, and a reply to what is not there."""
    gone = discord.MessageReference(message_id=5, channel_id=room.id, fail_if_not_exists=True)

    assert (400, 50006) == await code(room.send("  "))
    assert (400, 50035) == await code(room.send("x", nonce="n" * 26))
    assert (400, 50035) == await code(room.send("x", reference=gone))
    assert [] == far.sent


async def test_a_reply_may_do_without_what_it_answers(far: Discord, room: Room) -> None:
    """A lenient reference to what is gone makes a message without one."""
    gone = discord.MessageReference(message_id=5, channel_id=room.id, fail_if_not_exists=False)

    await room.send("anyway", reference=gone)

    assert [("anyway", None)] == [(sent.text, sent.reply_to) for sent in far.sent]


async def test_places_may_be_shut(
    far: Discord, writer: Bot, ann: Person, general: Channel, room: Room
) -> None:
    """A bot may not see a channel, not write in it, or be refused by a person."""
    message = await room.send("x")
    answers = []
    for shut in (50001, 50013):
        far.closes(general, shut)
        answers.append(await code(room.send("x")))
    far.closes(ann, 50007)
    private = await writer.create_dm(discord.Object(ann.id))
    answers.append(await code(private.send("x")))
    answers.append(await code(writer.get_partial_messageable(1).send("x")))
    far.opens(general)
    answers.append(await code(room.fetch_message(1)))
    await room.send("again")

    assert [(403, 50001), (403, 50013), (403, 50007), (404, 10003), (404, 10008)] == answers
    assert ["x", "again"] == far.texts(general)
    assert message.id == far.sent[0].id


async def test_nobody_edits_what_others_said(
    far: Discord, ann: Person, general: Channel, room: Room
) -> None:
    """The bot edits and deletes its own messages, and no others."""
    said = far.says(ann, general, "mine")
    own = await room.send("one")
    await own.edit(content="two")
    hers = room.get_partial_message(int(said["id"]))

    assert (403, 50005) == await code(hers.edit(content="yours"))
    assert (403, 50013) == await code(hers.delete())
    assert [("mine", False), ("two", True)] == [
        (one.text, one.edited) for one in far.messages(general)
    ]
    await own.delete()
    assert ["mine"] == [one.text for one in far.messages(general)]


async def test_history_is_read_in_any_direction(
    far: Discord, ann: Person, general: Channel, room: Room
) -> None:
    """Over the length of a page, forwards and backwards, and around a message."""
    ids = [int(far.says(ann, general, str(one))["id"]) for one in range(150)]

    missed = [
        one.content
        async for one in room.history(after=discord.Object(ids[19]), limit=None, oldest_first=True)
    ]
    newest = [one.content async for one in room.history(limit=2)]
    before = [one.content async for one in room.history(before=discord.Object(ids[2]))]
    around = [one.content async for one in room.history(around=discord.Object(ids[9]), limit=3)]

    assert [str(one) for one in range(20, 150)] == missed
    assert ["149", "148"] == newest
    assert ["1", "0"] == before
    assert ["8", "9", "10"] == sorted(around, key=int)


async def test_people_are_called_for(
    far: Discord, ann: Person, general: Channel, room: Room
) -> None:
    """Who is named in a text is mentioned, unless the bot allows it not."""
    loud = await room.send(f"hi {ann.mention}")
    quiet = await room.send(f"hi {ann.mention}", allowed_mentions=discord.AllowedMentions.none())

    assert [[ann.id], []] == [[one.id for one in sent.mentions] for sent in (loud, quiet)]
    assert [f"hi {ann.mention}"] * 2 == far.texts(general)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"content": 7}, (400, 50035)),
        ({"embeds": [{"description": "x" * 4097}]}, (400, 50035)),
        ({"embeds": [{"description": "x" * 3001}] * 2}, (400, 50035)),
        ({"embeds": [{"title": "x"}] * 11}, (400, 50035)),
        ({"embeds": [{"title": "x"}]}, (200, 0)),
        ({"components": [{"type": 2, "custom_id": "x" * 101}]}, (400, 50035)),
        ({"components": [{"type": 2, "label": "x" * 81}]}, (400, 50035)),
        ({"components": [{"type": 2, "custom_id": "x"}] * 2}, (400, 50035)),
        ({"flags": 1 << 15, "content": "x"}, (400, 50035)),
        (
            {"flags": 1 << 15, "components": [{"type": 10, "content": "长" * 4001}]},
            (400, 50035),
        ),
        ({"flags": 1 << 15, "components": [{"type": 10, "content": "长" * 4000}]}, (200, 0)),
    ],
)
async def test_parts_of_a_message_have_limits(
    far: Discord, room: Room, fields: Any, expected: tuple[int, int]
) -> None:
    """Embeds, buttons and laid out texts are refused when they are too many or too long."""
    status, body = await raw(far, "POST", f"/channels/{room.id}/messages", json=fields)

    assert expected == (status, body.get("code", 0))
    assert (status == 200) is bool(far.sent)


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/nothing", (404, 0)),
        ("GET", "/channels/abc", (400, 50035)),
        ("GET", "/users/5", (404, 10013)),
        ("GET", "/guilds/5", (404, 10004)),
        ("GET", "/channels/5/messages?limit=101", (404, 10003)),
        ("POST", "/webhooks/42/none", (401, 50027)),
        ("POST", "/interactions/5/none/callback", (404, 10062)),
    ],
)
async def test_what_is_not_there_is_refused(
    far: Discord, method: str, path: str, expected: tuple[int, int]
) -> None:
    """Each unknown thing has its own code, in the platform's own words."""
    status, body = await raw(far, method, path, json={"type": 4} if method == "POST" else None)

    assert expected == (status, body["code"])
    assert body["message"]


async def test_the_platform_reads_json_alone(far: Discord, room: Room) -> None:
    """A body that is no JSON is 50109; too many messages at once are an invalid question."""
    path = f"/channels/{room.id}/messages"

    bad = await raw(far, "POST", path, content=b"{", headers={"Content-Type": "application/json"})
    many = await raw(far, "GET", path + "?limit=101")

    assert (400, 50109) == (bad[0], bad[1]["code"])
    assert (400, 50035) == (many[0], many[1]["code"])


async def test_a_stranger_is_unauthorized(far: Discord, room: Room) -> None:
    """Every call needs the token, but for where the gateway is, and what lies at an address."""
    headers = {"Authorization": "Bot somebody"}
    paths = ("/users/@me", f"/channels/{room.id}", "/gateway/bot")

    refused = [await raw(far, "GET", path, headers=headers) for path in paths]
    address = await raw(far, "GET", "/gateway", headers=headers)

    assert [(401, 0)] * 3 == [(status, body["code"]) for status, body in refused]
    assert (200, {"url": far.gateway}) == address


async def test_people_answer_each_other_and_the_bot(
    far: Discord, ann: Person, general: Channel, room: Room
) -> None:
    """A reply carries what it answers, and calls for whoever said that."""
    mine = await room.send("hello")
    ben = far.person("Ben")
    hers = far.says(ann, general, "hi", reply_to=far.sent[0])
    far.says(ben, general, "me too", reply_to=hers, mentions=[far.me])
    far.says(ben, general, "me three", reply_to=mine.id)

    heard = [one async for one in room.history(oldest_first=True)]

    assert [None, mine.id, int(hers["id"]), mine.id] == [
        one.reference and one.reference.message_id for one in heard
    ]
    assert heard[2].reference is not None
    assert isinstance(heard[2].reference.resolved, discord.Message)
    assert "hi" == heard[2].reference.resolved.content
    assert [[], [42], [42, ann.id], [42]] == [[each.id for each in one.mentions] for one in heard]


async def test_a_bot_takes_back_its_own_alone(
    far: Discord, ann: Person, general: Channel, room: Room, writer: Bot
) -> None:
    """Others' messages are not deleted in bulk, nor one alone; an emoji must be one."""
    said = [far.says(ann, general, text) for text in ("one", "two")]
    ids = [one["id"] for one in said]
    message = await room.fetch_message(int(ids[0]))
    await message.add_reaction("🎉")
    await message.remove_reaction("🎉", discord.Object(42))

    assert (403, 50013) == await code(writer.http.delete_messages(general.id, ids))
    assert (400, 50035) == await code(writer.http.delete_messages(general.id, ids[:1]))
    assert (400, 10014) == await code(message.add_reaction("nothing"))
    assert (403, 50024) == await code(writer.http.join_thread(general.id))
    async with room.typing():
        assert 1 == far.count["trigger_typing"]
