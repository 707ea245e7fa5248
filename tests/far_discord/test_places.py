"""Guilds, threads, webhooks and people of the local Discord, as discord.py knows them."""

from typing import Any

import discord
import pytest

from tests.far_side.discord import Channel, Discord, Kind, Person
from tests.far_side.discord_clients import Bot, code, running

Room = discord.PartialMessageable


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


def ann_as(person: Person) -> Any:
    """Somebody as the library names people."""
    return discord.Object(person.id)
