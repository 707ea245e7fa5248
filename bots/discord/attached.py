"""What comes with a message on Discord besides its words, and how it is to be had."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from anima.model import Attachment, AttachmentKind
from anima.sight import LONGEST_SIDE, PICTURE_BYTES
from bots.discord.content import forwarded, is_voice
from bots.discord.events import Fields, each, number, perhaps, words
from bots.text import storable

SCALED_SIDE: Final = 1280
"""Pixels of a picture that is too large as it is; Discord's proxy makes it smaller."""

_KINDS: Final[tuple[tuple[str, AttachmentKind], ...]] = (
    ("image/gif", "animation"),
    ("image/", "photo"),
    ("video/", "video"),
    ("audio/", "audio"),
)


class Source(NamedTuple):
    """Where a *file* of a *message* lies. Its *address* is good for about a day."""

    message: str
    file: str
    address: str

    def kept(self) -> str:
        """As an `Attachment` refers to it."""
        return "/".join(self)

    @classmethod
    def of(cls, reference: str) -> "Source | None":
        """What was `kept` as *reference*, if that is one."""
        parts = reference.split("/", 2)
        return cls(*parts) if len(parts) == len(cls._fields) else None


def attachments(message: Fields) -> tuple[Attachment, ...]:
    """What *message* brings, in its order; what it passes on from elsewhere comes last."""
    inner = forwarded(message) or {}
    return (*_brought(message, message), *_brought(inner, message))


def _brought(holder: Fields, message: Fields) -> Iterator[Attachment]:
    """What *holder* has, by the name of the *message* that it is in."""
    for file in each(holder, "attachments"):
        yield _file(file, number(message, "id"), voice=is_voice(holder))
    for sticker in each(holder, "sticker_items"):
        yield Attachment("sticker", name=storable(words(sticker, "name")))


def _file(file: Fields, message: str, *, voice: bool) -> Attachment:
    mime, address = storable(words(file, "content_type")), words(file, "url")
    found = (kind for begins, kind in _KINDS if mime.startswith(begins))
    kind: AttachmentKind = "voice" if voice else next(found, "document")
    size, wide, high = (int(_measure(file, name)) for name in ("size", "width", "height"))
    is_large = size > PICTURE_BYTES or max(wide, high) > LONGEST_SIDE
    if kind == "photo" and is_large and (proxy := words(file, "proxy_url")):
        wide, high = _fitting(wide, high)
        address, mime, size = _scaled(proxy, wide, high), "image/webp", 0
    source = Source(message, perhaps(file, "id"), storable(address))
    return Attachment(
        kind,
        source.kept() if all(source) else "",
        mime=mime,
        size_bytes=size,
        duration_s=_measure(file, "duration_secs"),
        name="" if voice else storable(words(file, "filename")),
        width=wide,
        height=high,
    )


def _scaled(proxy: str, wide: int, high: int) -> str:
    """Where Discord's *proxy* gives out a smaller one."""
    return f"{proxy}{'&' if '?' in proxy else '?'}format=webp&width={wide}&height={high}"


def _fitting(wide: int, high: int) -> tuple[int, int]:
    """These measures, made no longer than `SCALED_SIDE`."""
    longest = max(wide, high, SCALED_SIDE)
    return wide * SCALED_SIDE // longest, high * SCALED_SIDE // longest


def _measure(file: Fields, name: str) -> float:
    """A number that Discord tells of *file*; 0 where it tells none that can be."""
    value = file.get(name)
    return value if isinstance(value, int | float) and 0 < value < float("inf") else 0
