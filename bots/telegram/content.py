"""What a Telegram message says in words, pictures and files included."""

import re
from typing import Final

from aiogram.types import Message

from bots.text import storable

_SIMPLE: Final = {
    "animation": "[GIF]",  # before document, which a GIF carries, too
    "photo": "[photo]",
    "live_photo": "[photo]",
    "video_note": "[video message]",
    "video": "[video]",
    "voice": "[voice message]",
    "venue": "[location]",  # before location, which a venue carries, too
    "location": "[location]",
    "contact": "[contact]",
    "story": "[story]",
    "game": "[game]",
    "paid_media": "[paid media]",
    "checklist": "[checklist]",
}
_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,64})(?:@(?P<bot>[A-Za-z0-9_]+))?(?!\S)")


def content(message: Message, username: str) -> str:
    """The words of *message*, a caption after its `[placeholder]`; empty if it has none.

    `/start@us` becomes `/start`.
    """
    words = message.text or message.caption or ""
    command = _COMMAND.match(words)
    if command and command["bot"] and command["bot"].lower() == username.lower():
        words = f"/{command['name']}{words[command.end() :]}"
    return storable(" ".join(part for part in (_shown(message), words) if part.strip()))


def command_for(message: Message) -> str | None:
    """The bot whom a command is for, in lower case; empty if it names none, None if it is none."""
    command = _COMMAND.match(message.text or message.caption or "")
    return (command["bot"] or "").lower() if command else None


def _shown(message: Message) -> str:
    if message.sticker:
        return message.sticker.emoji or "[sticker]"
    if message.dice:
        return message.dice.emoji
    if message.poll:
        return f"[poll: {message.poll.question}]"
    if message.audio:
        return _named("audio", message.audio.title or message.audio.file_name)
    if message.document and not message.animation:
        return _named("file", message.document.file_name)
    return next((shown for name, shown in _SIMPLE.items() if getattr(message, name, None)), "")


def _named(kind: str, name: str | None) -> str:
    return f"[{kind}: {name}]" if name else f"[{kind}]"
