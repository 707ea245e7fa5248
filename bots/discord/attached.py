"""What people say aloud on Discord, and how it is to be had."""

from collections.abc import Iterator
from typing import Final

from anima.model import Attachment
from bots.discord.events import Fields, each, words
from bots.text import storable

_VOICE: Final = 1 << 13


def sounds(message: Fields) -> tuple[Attachment, ...]:
    """The sounds that *message* brings, by their addresses; other files are only named."""
    return tuple(_sounds(message))


def spoken(message: Fields) -> bool:
    """Whether *message* is a voice message."""
    flags = message.get("flags")
    return isinstance(flags, int) and bool(flags & _VOICE)


def _sounds(message: Fields) -> Iterator[Attachment]:
    voice = spoken(message)
    for file in each(message, "attachments"):
        kind = words(file, "content_type")
        if voice or kind.startswith("audio/"):
            yield Attachment(
                "voice" if voice else "audio",
                words(file, "url"),
                mime=storable(kind),
                size_bytes=_whole(file.get("size")),
                duration_s=_seconds(file.get("duration_secs")),
                name=storable(words(file, "filename")),
            )


def _whole(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _seconds(value: object) -> float:
    return float(value) if isinstance(value, int | float) and value > 0 else 0.0
