"""What the local Discord refuses, limits and keeps, as the real discord.py meets it."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable
from typing import Any

import aiohttp
import discord
import pytest
from discord.http import handle_message_parameters

from tests.far_side.discord import Call, Channel, Discord, Fault, Kind, Person
from tests.far_side.discord_clients import Bot, VoiceFile, point, running


@pytest.fixture
async def far(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Discord]:
    async with Discord() as server:
        point(server, monkeypatch)
        yield server


@pytest.fixture
def ann(far: Discord) -> Person:
    return far.person("Ann")


@pytest.fixture
def general(far: Discord, ann: Person) -> Channel:
    return far.channel(far.guild("Friends", ann))


@pytest.fixture
async def writer(far: Discord) -> AsyncIterator[Bot]:
    """A bot that writes and has no line to the gateway."""
    async with Bot(far) as client:
        await client.login(far.token)
        yield client


@pytest.fixture
async def room(writer: Bot, general: Channel) -> discord.PartialMessageable:
    return writer.get_partial_messageable(general.id)


Room = discord.PartialMessageable


async def code(call: Awaitable[object]) -> tuple[int, int]:
    """The status and the code that *call* is refused with."""
    with pytest.raises(discord.HTTPException) as refused:
        await call
    return refused.value.status, refused.value.code


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


@pytest.mark.jumping
async def test_a_call_that_comes_too_soon_waits(far: Discord, room: Room) -> None:
    """A 429 is slept through by the library, once for the call and once for everything."""
    far.refuses("create_message", 2.5)
    far.refuses("create_message", 1.5, everywhere=True)
    begun = asyncio.get_running_loop().time()

    await room.send("at last")

    assert 4.0 <= asyncio.get_running_loop().time() - begun
    assert (3, ["at last"]) == (far.count["create_message"], [one.text for one in far.sent])


@pytest.mark.jumping
async def test_a_bucket_is_told_of_and_kept_to(far: Discord, room: Room) -> None:
    """The library reads from the headers what is left, and waits before it is refused."""
    far.limit("create_message", 2, per_s=5)
    begun = asyncio.get_running_loop().time()

    for text in ("one", "two", "three"):
        await room.send(text)

    assert 5.0 <= asyncio.get_running_loop().time() - begun
    assert (3, 3) == (far.count["create_message"], len(far.sent))


async def test_a_full_bucket_refuses(far: Discord, room: Room) -> None:
    """Who does not keep to a bucket gets a 429 with all that it should know."""
    far.limit("create_message", 1, per_s=60)
    headers = {"Authorization": f"Bot {far.token}"}
    url = f"{far.api}/channels/{room.id}/messages"
    async with aiohttp.ClientSession(headers=headers) as http:
        await (await http.post(url, json={"content": "one"})).read()
        answer = await http.post(url, json={"content": "two"})
        body = await answer.json()

    assert 429 == answer.status
    assert "application/json" == answer.headers["Content-Type"]
    assert ("0", "1.1 google") == (answer.headers["X-RateLimit-Remaining"], answer.headers["Via"])
    assert (False, True) == (body["global"], 0 < body["retry_after"] <= 60)


@pytest.mark.jumping
@pytest.mark.parametrize("fault", [Fault.status(500, "no"), Fault.gateway(502)])
async def test_a_server_that_fails_is_asked_again(far: Discord, room: Room, fault: Fault) -> None:
    """The library tries a POST again with its nonce: what took effect is not said twice."""
    far.faults.add("create_message", fault.afterwards())

    await room.send("once", nonce="out-1")

    assert (2, ["once"]) == (far.count["create_message"], [one.text for one in far.sent])


async def test_a_line_may_be_cut(far: Discord, room: Room) -> None:
    """A connection that ends without an answer is an error of the connection."""
    far.faults.add("create_message", Fault.cut())

    with pytest.raises(aiohttp.ClientError):
        await room.send("lost")

    assert [] == far.sent


async def test_garbage_is_no_message(far: Discord, room: Room) -> None:
    """An answer that is no JSON makes the library stumble, once it took effect or before."""
    far.faults.add("create_message", Fault.garbage("<html>", "text/html").afterwards())

    with pytest.raises(TypeError):
        await room.send("said")

    assert ["said"] == [one.text for one in far.sent]


async def test_files_go_both_ways(far: Discord, ann: Person, general: Channel, room: Room) -> None:
    """A file of the bot's is kept, and one of Ann's can be fetched."""
    await room.send("look", file=discord.File(io.BytesIO(b"png"), "猫.png", description="a cat"))
    far.says(ann, general, "and here", attachments={"dog.txt": b"woof"})

    mine, hers = [one async for one in room.history(oldest_first=True)]

    assert [b"png", b"woof"] == [await one.attachments[0].read() for one in (mine, hers)]
    assert ("猫.png", "a cat", "image/png", 3) == (
        mine.attachments[0].filename,
        mine.attachments[0].description,
        mine.attachments[0].content_type,
        mine.attachments[0].size,
    )
    assert b"png" == far.content(far.sent[0])


async def test_a_voice_message_has_its_wave(writer: Bot, general: Channel) -> None:
    """The flag 8192 with a waveform and a duration makes a voice message."""
    file = VoiceFile(io.BytesIO(b"OggS"), duration=1.5, waveform=bytes([0, 128, 255]))

    sent = await send_voice(writer, general, file=file)
    (message,) = [one async for one in writer.get_partial_messageable(general.id).history(limit=1)]

    assert 8192 == sent["flags"]
    assert message.attachments[0].is_voice_message()
    assert (1.5, b"\x00\x80\xff") == (
        message.attachments[0].duration,
        message.attachments[0].waveform,
    )


async def test_a_voice_message_without_its_wave_is_refused(
    writer: Bot, general: Channel, room: Room
) -> None:
    """No metadata, a text besides, no file: each is refused; and nobody edits a voice message."""
    whole = VoiceFile(io.BytesIO(b"OggS"), duration=1.5, waveform=b"1")

    def bare() -> discord.File:
        return discord.File(io.BytesIO(b"OggS"), "voice-message.ogg")

    answers = [
        await code(send_voice(writer, general, file=bare())),
        await code(send_voice(writer, general, file=bare(), content="x")),
        await code(send_voice(writer, general, files=[bare(), bare()])),
    ]
    sent = await send_voice(writer, general, file=whole)
    answers.append(await code(room.get_partial_message(int(sent["id"])).edit(content="x")))

    assert [(400, 50161), (400, 50159), (400, 50160), (400, 50162)] == answers


async def send_voice(bot: Bot, channel: Channel, **more: Any) -> Any:
    """Send what may be a voice message."""
    flags = discord.MessageFlags(voice=True)
    with handle_message_parameters(flags=flags, nonce="out-1", **more) as params:
        return await bot.http.send_message(channel.id, params=params)


async def test_a_webhook_has_any_name(
    far: Discord, writer: Bot, general: Channel, ann: Person
) -> None:
    """One bot speaks as many through a webhook, in threads too, and changes what it said."""
    made = await writer.http.create_webhook(general.id, name="faces")
    thread = far.thread(ann, general, "aside")
    hook = discord.Webhook.partial(int(made["id"]), made["token"] or "", client=writer)

    first = await hook.send("hello", username="Alice's twin", wait=True)
    await hook.send("aside", username="小雅", thread=discord.Object(thread.id))
    await first.edit(content="hello!")

    assert [("Alice's twin", "hello!")] == [(one.author, one.text) for one in far.messages(general)]
    assert [("小雅", "aside")] == [(one.author, one.text) for one in far.messages(thread)]
    assert ["Alice's twin", "小雅"] == [one.name for one in far.sent]
    await first.delete()
    assert [] == far.messages(general)
    assert [made["id"]] == [one["id"] for one in await writer.http.channel_webhooks(general.id)]


async def test_a_webhook_is_known_by_its_token(writer: Bot, general: Channel) -> None:
    """Another token, or another id, is refused."""
    made = await writer.http.create_webhook(general.id, name="faces")
    wrong = discord.Webhook.partial(int(made["id"]), "wrong", client=writer)
    gone = discord.Webhook.partial(9, "wrong", client=writer)

    assert (401, 50027) == await code(wrong.send("x"))
    assert (404, 10015) == await code(gone.send("x"))


async def test_threads_are_begun_and_written_in(
    far: Discord, ann: Person, general: Channel
) -> None:
    """From a message, and in a forum; the library knows each of them."""
    assert general.guild is not None
    forum = far.channel(general.guild, "ideas", kind="forum")
    async with running(Bot(far)) as bot:
        said = far.says(ann, general, "let us talk")
        (heard,) = await far.sees(lambda: bot.all("message"))
        hung = await heard.create_thread(name="talk")
        await hung.send("yes")
        again = await code(heard.create_thread(name="talk"))
        ideas = bot.get_channel(forum.id)
        assert isinstance(ideas, discord.ForumChannel)
        post = await ideas.create_thread(name="an idea", content="listen")
        hers = far.post(ann, forum, "her idea", "better")
        await far.sees(lambda: "better" in bot.texts)

        assert (int(said["id"]), (400, 160004)) == (hung.id, again)
        assert Kind.POST == far.world.channels[hung.id].kind
        assert ["", "yes"] == [one.text for one in far.messages(far.world.channels[hung.id])]
        assert post.thread.id == post.message.id
        assert hers.id in [one.id for one in ideas.threads]
        assert (400, 50008) == await code(bot.get_partial_messageable(forum.id).send("x"))


async def test_reactions_are_told_and_counted(far: Discord, ann: Person, general: Channel) -> None:
    """Ann's reaction reaches the bot with the author of the message, and the bot's stands there."""
    async with running(Bot(far)) as bot:
        sent = await bot.get_partial_messageable(general.id).send("good?")
        far.reacts(ann, far.sent[0], "👍")
        far.unreacts(ann, far.sent[0], "👍")
        await sent.add_reaction("❤️")
        await far.sees(lambda: len(bot.all("raw_reaction_add")) == 2)
        added, mine = bot.all("raw_reaction_add")
        (removed,) = bot.all("raw_reaction_remove")
        message = await sent.fetch()

        assert (sent.id, ann.id, 42, "👍") == (
            added.message_id,
            added.user_id,
            added.message_author_id,
            str(added.emoji),
        )
        assert (ann.id, 42) == (removed.user_id, mine.user_id)
        assert [("❤️", 1, True)] == [(one.emoji, one.count, one.me) for one in message.reactions]


async def test_what_people_change_is_told(far: Discord, ann: Person, general: Channel) -> None:
    """Edits and deletions reach a bot that remembers no messages."""
    async with running(Bot(far)) as bot:
        one, two, three = [far.says(ann, general, text) for text in ("one", "two", "three")]
        far.edits(one, "uno")
        far.deletes(one)
        far.deletes_many(two, three)
        far.types(ann, general)
        await far.sees(lambda: bot.all("raw_typing"))
        (edited,) = bot.all("raw_message_edit")
        (deleted,) = bot.all("raw_message_delete")
        (many,) = bot.all("raw_bulk_message_delete")

        assert "uno" == edited.message.content
        assert (int(one["id"]), {int(two["id"]), int(three["id"])}) == (
            deleted.message_id,
            many.message_ids,
        )
        assert [] == far.messages(general)


async def test_guilds_and_channels_come_and_go(far: Discord, ann: Person, general: Channel) -> None:
    """The bot is let in, sees a channel made and unmade, and is thrown out."""
    async with running(Bot(far)) as bot:
        other = far.guild("Others", ann)
        place = far.channel(other, "new")
        await far.sees(lambda: bot.all("guild_channel_create"))
        far.removes(place)
        far.kicks(other)
        await far.sees(lambda: bot.all("guild_remove"))

        assert ["Others"] == [one.name for one in bot.all("guild_join")]
        assert ["new"] == [one.name for one in bot.all("guild_channel_delete")]
        assert ["Friends"] == [one.name for one in bot.guilds]
        assert (404, 10004) == await code(bot.fetch_guild(other.id))
        assert general.id == (await bot.fetch_channel(general.id)).id


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


async def test_a_file_may_be_too_large(far: Discord, room: Room) -> None:
    """Ten mebibytes are taken, one byte more is 413."""
    large = discord.File(io.BytesIO(b"x" * (10 << 20)), "large.bin")
    larger = discord.File(io.BytesIO(b"x" * ((10 << 20) + 1)), "larger.bin")

    await room.send(file=large)

    assert (413, 40005) == await code(room.send(file=larger))
    assert 1 == len(far.sent)


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


async def test_a_file_that_is_not_there_is_not_found(far: Discord, writer: Bot) -> None:
    """An address at which nothing lies is 404."""
    with pytest.raises(discord.NotFound):
        await writer.http.get_from_cdn(far.url + "/attachments/1/2/none.png")


async def test_the_bot_is_in_guilds(
    far: Discord, writer: Bot, ann: Person, general: Channel
) -> None:
    """Guilds, channels and people can be asked for without a gateway."""
    assert general.guild is not None
    guild = await writer.fetch_guild(general.guild.id)
    ben = far.person("Ben")

    assert ["general"] == [one.name for one in await guild.fetch_channels()]
    assert "Ann" == (await guild.fetch_member(ann.id)).display_name
    assert (404, 10007) == await code(guild.fetch_member(ben.id))
    assert ["Friends"] == [one.name async for one in writer.fetch_guilds()]
    assert "Ben" == (await writer.fetch_user(ben.id)).display_name
    assert 42 == (await writer.application_info()).id


async def test_people_come_rise_and_go(far: Discord, general: Channel) -> None:
    """Who joins and leaves is told, and who may do everything may take messages away."""
    assert general.guild is not None
    ben = far.person("Ben")
    async with running(Bot(far)) as bot:
        far.joins(ben, general.guild)
        far.promotes(far.me, general.guild)
        said = far.says(ben, general, "spam")
        more = far.says(ben, general, "more spam")
        far.leaves(ben, general.guild)
        (heard, second) = await far.sees(lambda: bot.all("message")[1:] and bot.all("message"))
        await far.sees(lambda: bot.all("member_remove"))
        channel = bot.get_channel(general.id)
        assert isinstance(channel, discord.TextChannel)
        assert channel.permissions_for(channel.guild.me).administrator
        await channel.delete_messages([heard, second])
        await far.sees(lambda: bot.all("raw_bulk_message_delete"))

        assert {int(said["id"]), int(more["id"])} == {heard.id, second.id}
        assert [] == far.messages(general)
        assert ["Ben"] == [one.display_name for one in bot.all("member_join")]


async def test_an_update_is_not_always_an_edit(far: Discord, ann: Person, general: Channel) -> None:
    """A link that was looked up is told as an update; a message may be told twice."""
    async with running(Bot(far)) as bot:
        said = far.says(ann, general, "see https://example.org")
        far.unfurls(said, "An example")
        far.again(said)
        await far.sees(lambda: len(bot.all("message")) == 2)
        (update,) = bot.all("raw_message_edit")
        first, second = bot.all("message")

        assert (None, "An example") == (
            update.message.edited_at,
            update.message.embeds[0].title,
        )
        assert first.id == second.id


async def test_threads_are_put_away_and_come_back(
    far: Discord, ann: Person, general: Channel
) -> None:
    """An archived thread is listed as one, and a message of the bot's brings it back."""
    thread = far.thread(ann, general, "aside")
    async with running(Bot(far)) as bot:
        channel = bot.get_channel(general.id)
        found = bot.get_channel(thread.id)
        assert isinstance(channel, discord.TextChannel)
        assert isinstance(found, discord.Thread)
        active = await channel.guild.active_threads()
        await found.join()
        await found.add_user(discord.Object(ann.id))
        members = await found.fetch_members()
        far.archives(thread)
        put_away = [one.name async for one in channel.archived_threads()]
        await found.send("hello again")
        await found.edit(name="aside no more")
        await found.leave()
        with pytest.raises(discord.NotFound):
            await found.fetch_member(42)

        assert ["aside"] == [one.name for one in active] == put_away
        assert {ann.id, 42} == {one.id for one in members}
        assert (False, "aside no more", [ann.id]) == (thread.archived, thread.name, thread.members)

        private = await channel.create_thread(name="whisper")
        await private.delete()
        assert private.id not in far.world.channels
        assert (400, 50035) == await code(channel.create_thread(name=""))


async def test_reactions_can_be_looked_at_and_taken_away(
    far: Discord, ann: Person, general: Channel, room: Room
) -> None:
    """Who reacted is listed; a reaction that nobody gave cannot be taken."""
    sent = await room.send("good?")
    far.reacts(ann, far.sent[0], "👍")
    far.reacts(ann, far.sent[0], "👍")
    message = await sent.fetch()

    people = [one async for one in message.reactions[0].users()]
    await message.remove_reaction("👍", ann_as(ann))

    assert [ann.id] == [one.id for one in people]
    assert [] == (await sent.fetch()).reactions
    assert (400, 10014) == await code(message.remove_reaction("👍", ann_as(ann)))
    far.closes(general)
    assert (403, 50013) == await code(message.add_reaction("👍"))


async def test_files_are_kept_and_left_out_when_a_message_changes(
    far: Discord, general: Channel, room: Room
) -> None:
    """An edit says which files stay, and may bring another; nothing at all cannot stay."""
    files = [discord.File(io.BytesIO(b"1"), "1.txt"), discord.File(io.BytesIO(b"2"), "2.txt")]
    sent = await room.send(files=files)
    third = discord.File(io.BytesIO(b"3"), "3.txt")

    await sent.edit(attachments=[sent.attachments[1], third])

    assert [("2.txt", "3.txt")] == [one.files for one in far.messages(general)]
    assert (400, 50006) == await code(sent.edit(attachments=[]))


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


async def test_webhooks_are_found_and_unmade(
    far: Discord, writer: Bot, ann: Person, general: Channel
) -> None:
    """By id with the bot's token, by their own token, and in a forum as new posts."""
    assert general.guild is not None
    forum = far.channel(general.guild, "ideas", kind="forum")
    aside = far.thread(ann, general, "aside")
    first = await writer.http.create_webhook(general.id, name="first")
    second = await writer.http.create_webhook(forum.id, name="second")
    hook = discord.Webhook.partial(int(first["id"]), first["token"] or "", client=writer)
    post = discord.Webhook.partial(int(second["id"]), second["token"] or "", client=writer)

    await post.send("an idea", thread_name="ideas first", wait=True)
    said = await hook.send("x", wait=True)
    own = await hook.fetch_message(said.id)
    far.says(ann, general, "not of a webhook")
    hers = far.world.ids.new() - 1

    assert "first" == (await hook.fetch()).name == (await writer.fetch_webhook(hook.id)).name
    assert own.content == "x"
    assert ["ideas first"] == [
        one.name for one in far.world.channels.values() if one.parent is forum
    ]
    assert (404, 10008) == await code(hook.fetch_message(hers))
    assert (404, 10003) == await code(post.send("x", thread=discord.Object(aside.id)))
    assert (403, 50024) == await code(writer.http.create_webhook(aside.id, name="x"))
    assert (400, 50035) == await code(hook.send("x", username="n" * 81))
    await hook.delete(prefer_auth=False)
    await (await writer.fetch_webhook(post.id)).delete()
    assert (404, 10015) == await code(hook.fetch())


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


async def test_a_bot_forgets_for_a_new_round(far: Discord, room: Room) -> None:
    """After `reset` calls, sent messages, faults and limits are forgotten; messages stay."""
    told: list[str] = []
    far.on("create_message", lambda call: told.append(call.fields["content"]), "received")
    far.on("create_message", yielding, "recorded")
    await room.send("one")
    far.limit("create_message", 1, per_s=60)
    far.faults.add("create_message", Fault.cut(), times=None)

    far.reset()
    await room.send("two")
    await room.send("three")

    assert ["one"] == told
    assert (["two", "three"], 2) == ([one.text for one in far.sent], far.count["create_message"])
    assert ["create_message"] * 2 == [call.name for call in far.calls]
    with pytest.raises(AssertionError, match="not within"):
        await far.sees(lambda: False, timeout=0.01)


async def yielding(_call: Call) -> None:
    """A callback may wait."""
    await asyncio.sleep(0)


def ann_as(person: Person) -> Any:
    """Somebody as the library names people."""
    return discord.Object(person.id)


async def raw(far: Discord, method: str, path: str, **more: Any) -> tuple[int, Any]:
    """One call without the library, which would not let us make it."""
    body = {"data": more.pop("content")} if "content" in more else {}
    headers = {"Authorization": f"Bot {far.token}", **more.pop("headers", {})}
    async with (
        aiohttp.ClientSession(headers=headers) as http,
        http.request(method, far.api + path, **more, **body) as answer,
    ):
        return answer.status, await answer.json()
