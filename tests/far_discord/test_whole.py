"""The local Discord is right: the real discord.py drives it and understands it."""

import discord
import pytest

from tests.far_side.discord import Channel, Discord, Guild, Person
from tests.far_side.discord_clients import Bot


async def test_the_bot_knows_who_and_where_it_is(bot: Bot, guild: Guild, general: Channel) -> None:
    """After READY the library has the bot, the guild with its people, and the channels."""
    found = bot.guilds[0]

    assert bot.user is not None
    assert (42, "Anima", True) == (bot.user.id, bot.user.global_name, bot.user.bot)
    assert (guild.id, ["general"]) == (found.id, [one.name for one in found.text_channels])
    assert {"Anima", "Ann"} == {one.display_name for one in found.members}
    assert isinstance(bot.get_channel(general.id), discord.TextChannel)


async def test_a_wrong_token_is_refused(far: Discord) -> None:
    """Logging in with another token fails as it does on the real one."""
    client = Bot(far)
    try:
        with pytest.raises(discord.LoginFailure):
            await client.login("somebody else's")
    finally:
        await client.close()


async def test_messages_go_both_ways(far: Discord, bot: Bot, ann: Person, general: Channel) -> None:
    """What Ann says reaches the bot; what it says stands in the channel."""
    far.says(ann, general, "hello 你好")
    message = (await far.sees(lambda: bot.all("message")))[0]
    await message.reply("hi こんにちは")

    assert ("hello 你好", "Ann", "general") == (
        message.content,
        message.author.display_name,
        message.channel.name,
    )
    assert [("Ann", "hello 你好", None), ("Anima", "hi こんにちは", message.id)] == [
        (one.author, one.text, one.reply_to) for one in far.messages(general)
    ]
    assert ["hi こんにちは"] == far.texts(general)


async def test_a_private_place_is_a_channel_of_two(far: Discord, bot: Bot, ann: Person) -> None:
    """A direct message reaches the bot, which answers where it came from."""
    far.says(ann, ann, "psst")
    message = (await far.sees(lambda: bot.all("message")))[0]
    await message.channel.send("yes?")

    assert message.guild is None
    assert isinstance(message.channel, discord.DMChannel)
    assert ["psst", "yes?"] == [one.text for one in far.messages(ann)]


async def test_the_same_nonce_is_the_same_message(far: Discord, bot: Bot, general: Channel) -> None:
    """An enforced nonce that was used makes no second message."""
    channel = bot.get_partial_messageable(general.id)

    first = await channel.send("once", nonce="out-1")
    again = await channel.send("once", nonce="out-1")
    other = await channel.send("once", nonce="out-2")

    assert first.id == again.id
    assert first.id != other.id
    assert ["out-1", "out-2"] == [sent.nonce for sent in far.sent]
    assert 3 == far.count["create_message"]
