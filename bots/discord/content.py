"""What a message on Discord shows besides its words."""

from collections.abc import Iterator
from typing import Final

from bots.discord.attached import spoken
from bots.discord.events import Fields, each, within, words

_FORWARD: Final = 1
_KINDS: Final = {"image/gif": "[GIF]", "image/": "[photo]", "video/": "[video]"}


def shown(message: Fields) -> str:
    """A `[placeholder]` for each file, sticker and poll of *message*, with what it is called.

    This is the one place that knows of files; what they hold is fetched by whoever wants to see it.
    """
    return " ".join(_parts(message))


def forwarded(message: Fields) -> Fields | None:
    """The message that *message* passes on from elsewhere, if it does."""
    if within(message, "message_reference").get("type") != _FORWARD:
        return None
    snapshot = next(each(message, "message_snapshots"), {})
    return within(snapshot, "message")


def _parts(message: Fields) -> Iterator[str]:
    voice = spoken(message)
    for file in each(message, "attachments"):
        yield "[voice message]" if voice else _file(file)
    for sticker in each(message, "sticker_items"):
        yield _named("sticker", words(sticker, "name"))
    if question := words(within(within(message, "poll"), "question"), "text"):
        yield f"[poll: {question}]"


def _file(file: Fields) -> str:
    kind = words(file, "content_type")
    found = (placeholder for begins, placeholder in _KINDS.items() if kind.startswith(begins))
    name = "audio" if kind.startswith("audio/") else "file"
    return next(found, "") or _named(name, words(file, "filename"))


def _named(kind: str, name: str) -> str:
    return f"[{kind}: {name}]" if name else f"[{kind}]"
