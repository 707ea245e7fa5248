"""Files, pictures and voices on the local Discord."""

import io
from typing import Any

import discord
import pytest
from discord.http import handle_message_parameters

from tests.far_side.discord import Channel, Discord, Person
from tests.far_side.discord_clients import Bot, VoiceFile, code

Room = discord.PartialMessageable


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


async def test_a_file_may_be_too_large(far: Discord, room: Room) -> None:
    """Ten mebibytes are taken, one byte more is 413."""
    large = discord.File(io.BytesIO(b"x" * (10 << 20)), "large.bin")
    larger = discord.File(io.BytesIO(b"x" * ((10 << 20) + 1)), "larger.bin")

    await room.send(file=large)

    assert (413, 40005) == await code(room.send(file=larger))
    assert 1 == len(far.sent)


async def test_a_file_that_is_not_there_is_not_found(far: Discord, writer: Bot) -> None:
    """An address at which nothing lies is 404."""
    with pytest.raises(discord.NotFound):
        await writer.http.get_from_cdn(far.url + "/attachments/1/2/none.png")


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
