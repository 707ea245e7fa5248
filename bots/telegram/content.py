"""What a Telegram message says in words, pictures and files included."""

import re
from typing import Final

from aiogram.types import Contact, Message

from bots.text import storable

_SIMPLE: Final = {
    "animation": "[GIF]",  # before document, which a GIF carries, too
    "photo": "[photo]",
    "live_photo": "[photo]",
    "video_note": "[video message]",
    "video": "[video]",
    "voice": "[voice message]",
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


def spot(message: Message) -> str:
    """Where a location is, to about a kilometre, after the name of a venue."""
    where = message.location
    at = f"{where.latitude:.2f}, {where.longitude:.2f}" if where else ""
    title = message.venue.title if message.venue else ""
    return storable(" · ".join(filter(None, (title, at))))


def called(contact: Contact) -> str:
    """The name of somebody whose card is passed on; the number is nobody's business."""
    return storable(" ".join(filter(None, (contact.first_name, contact.last_name))))


def _shown(message: Message) -> str:
    if message.dice:
        return message.dice.emoji
    if known := _known(message):
        return _named(*known)
    return next((shown for name, shown in _SIMPLE.items() if getattr(message, name, None)), "")


def _known(message: Message) -> tuple[str, str | None] | None:
    """What kind of thing comes along, and what it is called, for kinds that have names."""
    known: tuple[str, str | None] | None = None
    if sticker := message.sticker:
        known = "sticker", " · ".join(filter(None, (sticker.emoji, sticker.set_name)))
    elif message.poll:
        known = "poll", message.poll.question
    elif audio := message.audio:
        known = "audio", audio.title or audio.file_name
    elif message.location:
        known = "location", spot(message)
    elif message.contact:
        known = "contact", called(message.contact)
    elif message.document and not message.animation:
        known = "file", message.document.file_name
    return known


def _named(kind: str, name: str | None) -> str:
    return f"[{kind}: {name}]" if name else f"[{kind}]"
