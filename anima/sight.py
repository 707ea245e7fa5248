"""Looking at what people send: pictures for who sees, and small files of text for everybody."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from anima.errors import Refused, SlowDown, Unavailable
from anima.model import Attachment, Conversation, Heard, Scene, Seen
from anima.picture import picture
from anima.ports import BotName, Fetches, Witness

MOST_PICTURES: Final = 4
"""In one turn; of more, the newest."""
PICTURE_BYTES: Final = 1_500_000
LONGEST_SIDE: Final = 2048
"""Pixels. What is larger would have to be made smaller, which costs more than it tells."""
MOST_TEXTS: Final = 2
TEXT_BYTES: Final = 64 * 1024
TEXT_CHARACTERS: Final = 6000
"""So much of a file is read."""

_TEXTS: Final = (".md", ".txt", ".csv", ".json")


class _Look(NamedTuple):
    """An attachment of a message that is worth a look."""

    heard: int
    attachment: Attachment


class Sight:
    """The port `Sees` over what each bot *fetches*."""

    def __init__(self, fetches: Mapping[BotName, Fetches], witness: Witness) -> None:
        self._fetches = fetches
        self._witness = witness

    async def see(self, scene: Scene) -> tuple[Seen, ...]:
        where = scene.conversation
        fetches = self._fetches.get((where.platform, where.bot))
        looks = _worth(scene)
        if not looks or fetches is None:
            return ()
        known = {(one.heard, one.attachment): one for one in scene.seen}
        async with asyncio.TaskGroup() as group:
            looking = [
                group.create_task(self._looked(fetches, where, look))
                for look in looks
                if look not in known
            ]
        found = known | {
            (one.heard, one.attachment): one for task in looking if (one := task.result())
        }
        return tuple(found[look] for look in looks if look in found)

    async def _looked(self, fetches: Fetches, where: Conversation, look: _Look) -> Seen | None:
        try:
            content = await fetches.fetch(where, look.attachment)
        except (Refused, Unavailable, SlowDown) as error:
            self._unseen(look, str(error))
            return None
        seen = _seen(look, content)
        if seen is None:
            self._unseen(look, "it is not what it was said to be, or too large")
        return seen

    def _unseen(self, look: _Look, reason: str) -> None:
        self._witness.note("not seen", kind=look.attachment.kind, reason=reason)


def _worth(scene: Scene) -> Sequence[_Look]:
    """What is looked at for *scene*, in the order in which it came."""
    sees = bool(scene.souls) and scene.souls[0].sees
    pictures = _newest(scene.heard, _is_picture, MOST_PICTURES) if sees else []
    return sorted(
        (*pictures, *_newest(scene.heard, _is_text, MOST_TEXTS)), key=lambda look: look.heard
    )


def _newest(
    heard: Sequence[Heard], wanted: Callable[[Attachment], bool], most: int
) -> Sequence[_Look]:
    every = [_Look(one.id, each) for one in heard for each in one.attachments if wanted(each)]
    return every[-most:]


def _is_picture(one: Attachment) -> bool:
    shows = one.kind == "photo" or (one.kind == "document" and one.mime.startswith("image/"))
    fits = one.size_bytes <= PICTURE_BYTES and max(one.width, one.height) <= LONGEST_SIDE
    return bool(one.reference) and shows and fits


def _is_text(one: Attachment) -> bool:
    reads = one.mime.startswith("text/") or one.name.lower().endswith(_TEXTS)
    fits = 0 < one.size_bytes <= TEXT_BYTES
    return bool(one.reference) and one.kind == "document" and reads and fits


def _seen(look: _Look, content: bytes) -> Seen | None:
    if _is_text(look.attachment):
        text = _text(content) if len(content) <= TEXT_BYTES else ""
        return Seen(*look, text=text) if text else None
    found = picture(content) if len(content) <= PICTURE_BYTES else None
    fits = found is not None and max(found.width, found.height) <= LONGEST_SIDE
    return Seen(*look, picture=found) if fits else None


def _text(content: bytes) -> str:
    """*content* as text, cut; nothing where it is none."""
    code = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(code).strip()
    except UnicodeDecodeError:
        return ""
    if "\0" in text:
        return ""
    return text if len(text) <= TEXT_CHARACTERS else f"{text[:TEXT_CHARACTERS]} […]"
