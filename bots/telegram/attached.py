"""What comes with a Telegram message besides its words, and how it is to be had."""

from typing import Any, Final, Literal

from aiogram.types import Message, PhotoSize

from anima.model import Attachment
from bots.telegram.content import called, spot
from bots.text import storable

LONGEST_SIDE: Final = 1280
"""Pixels. Models look at less, and Telegram makes a size of its own that is no larger."""

_MOST_BYTES: Final = 1_500_000
_Filed = Literal["animation", "sticker", "voice", "video", "video_note", "audio", "document"]
_FILED: Final[tuple[_Filed, ...]] = (
    "animation",  # before document, which a GIF carries, too
    "sticker",
    "voice",
    "video",
    "video_note",
    "audio",
    "document",
)


def attachments(message: Message) -> tuple[Attachment, ...]:
    """What *message* brings; Telegram lets it be one thing at most."""
    one = _picture(message) or _file(message) or _place(message) or _contact(message)
    return (one,) if one else ()


def _picture(message: Message) -> Attachment | None:
    sizes = message.photo or (message.live_photo.photo if message.live_photo else None)
    if not sizes:
        return None
    size = _fitting(sizes)
    return Attachment(
        "photo",
        size.file_id,
        mime="image/jpeg",
        size_bytes=size.file_size or 0,
        width=size.width,
        height=size.height,
    )


def _fitting(sizes: list[PhotoSize]) -> PhotoSize:
    """The largest that is no larger than a model wants; else the smallest there is."""
    by_side = sorted(sizes, key=lambda one: max(one.width, one.height))
    fitting = [
        one
        for one in by_side
        if max(one.width, one.height) <= LONGEST_SIDE and (one.file_size or 0) <= _MOST_BYTES
    ]
    return (fitting or by_side[:1])[-1]


def _file(message: Message) -> Attachment | None:
    for kind in _FILED:
        file: Any = getattr(message, kind)
        if file:
            return _filed(kind, file)
    return None


def _filed(kind: _Filed, file: Any) -> Attachment:
    side = getattr(file, "length", 0)  # of what is round
    return Attachment(
        kind,
        file.file_id,
        mime=storable(getattr(file, "mime_type", "") or ""),
        size_bytes=file.file_size or 0,
        duration_s=float(getattr(file, "duration", 0) or 0),
        name=_name(file),
        width=getattr(file, "width", side) or 0,
        height=getattr(file, "height", side) or 0,
    )


def _name(file: Any) -> str:
    names = (getattr(file, name, None) for name in ("file_name", "title", "set_name"))
    return storable(next(filter(None, names), ""))


def _place(message: Message) -> Attachment | None:
    return Attachment("location", name=spot(message)) if message.location else None


def _contact(message: Message) -> Attachment | None:
    return Attachment("contact", name=called(message.contact)) if message.contact else None
