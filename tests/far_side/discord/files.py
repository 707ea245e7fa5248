"""Files on the platform's servers: kept when they come, fetched by their address."""

from collections.abc import Mapping
from typing import Any, Final

from tests.far_side.discord.places import Channel
from tests.far_side.discord.wire import Call, Json
from tests.far_side.discord.world import World

_KINDS: Final[Mapping[str, str]] = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "ogg": "audio/ogg",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}
_TOLD: Final = (
    "description",
    "duration_secs",
    "waveform",
    "title",
    "width",
    "height",
    "content_type",
)


def attached(world: World, channel: Channel, call: Call) -> list[Json]:
    """The files of *call*, kept where they can be fetched."""
    told = {str(one.get("id")): one for one in call.fields.get("attachments") or ()}
    found = []
    for upload in call.files:
        index = upload.key.removeprefix("files[").removesuffix("]")
        found.append(keep(world, channel, upload.name, upload.content, told.get(index, {})))
    return found


def keep(
    world: World, channel: Channel, name: str, content: bytes, told: Mapping[str, Any]
) -> Json:
    """A file as a message carries it, with what was *told* about it."""
    number = world.ids.new()
    path = f"/attachments/{channel.id}/{number}/{name}"
    world.files[path] = content
    kept: Json = {
        "id": str(number),
        "filename": name,
        "size": len(content),
        **_addresses(world, world.url + path),
        "content_type": kind_of(name),
    }
    return kept | {key: told[key] for key in _TOLD if told.get(key) is not None}


def sign_anew(world: World) -> None:
    """From now on files have other addresses, by which alone they are had."""
    world.signature += 1
    for channel in world.channels.values():
        for message in channel.messages.values():
            for file in message["attachments"]:
                file.update(_addresses(world, file["url"].partition("?")[0]))


def _addresses(world: World, address: str) -> Json:
    signed = f"{address}?ex={world.signature}"
    return {"url": signed, "proxy_url": signed}


def kind_of(name: str) -> str:
    """What sort of file *name* looks like."""
    return _KINDS.get(name.rpartition(".")[2].lower(), "application/octet-stream")
