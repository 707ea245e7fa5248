"""What a message may be: the platform's limits, and what it says to those that break them."""

from collections.abc import Iterable, Iterator
from typing import Final

from tests.far_side.discord.places import WRITTEN, Channel
from tests.far_side.discord.wire import Call, Json, Refusal, invalid, refusal, too_long

LONGEST: Final = 2000
LONGEST_NONCE: Final = 25
EPHEMERAL, LOADING, VOICE, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 13, 1 << 15

_SAYING: Final = ("content", "embeds", "sticker_ids", "components", "attachments", "poll")
_LEGACY: Final = ("content", "embeds", "sticker_ids", "poll")
_LARGEST_FILES_BYTES: Final = 10 * 1024 * 1024
_MOST: Final = 10  # files, and embeds
_LONGEST_V2: Final = 4000
_LONGEST_EMBED: Final = 4096
_LONGEST_EMBEDS: Final = 6000
_LONGEST_ID: Final = 100
_LONGEST_LABEL: Final = 80
_TEXT: Final = 10


def enter(channel: Channel) -> Channel:
    """*channel* to write in; a refusal when the bot may not."""
    if channel.closed:
        raise refusal(channel.closed)
    return channel


def check(channel: Channel, call: Call) -> None:
    """Raise the refusal that the platform has for a message like the one *call* brings."""
    fields = call.fields
    if channel.kind not in WRITTEN:
        raise refusal(50008)
    if len(str(fields.get("nonce") or "")) > LONGEST_NONCE:
        raise too_long("nonce", LONGEST_NONCE)
    check_parts(call, int(fields.get("flags") or 0))
    if int(fields.get("flags") or 0) & VOICE:
        _check_voice(call)
    elif not call.files and not any(_says(fields.get(name)) for name in _SAYING):
        raise refusal(50006)


def check_parts(call: Call, flags: int) -> None:
    """The same for each part alone, of a new message or of one with these *flags*."""
    fields = call.fields
    text = fields.get("content")
    if text is not None and not isinstance(text, str):
        raise invalid("content", "STRING_TYPE_CONVERT", "Could not interpret value as string.")
    if text and len(text) > LONGEST:
        raise too_long("content", LONGEST)
    _check_embeds(fields.get("embeds") or [])
    _check_components(fields, flags)
    if len(call.files) > _MOST:
        raise too_long("attachments", _MOST)
    if sum(len(one.content) for one in call.files) > _LARGEST_FILES_BYTES:
        raise Refusal(413, 40005, "Request entity too large")


def parts(components: Iterable[Json]) -> Iterator[Json]:
    """All *components*, and those inside them."""
    for one in components:
        yield one
        yield from parts(one.get("components") or ())
        for name in ("component", "accessory"):
            if name in one:
                yield from parts([one[name]])


def _check_embeds(embeds: list[Json]) -> None:
    if len(embeds) > _MOST:
        raise too_long("embeds", _MOST)
    for index, one in enumerate(embeds):
        if len(one.get("description") or "") > _LONGEST_EMBED:
            raise too_long(f"embeds.{index}.description", _LONGEST_EMBED)
    texts = [one.get(name) or "" for one in embeds for name in ("title", "description")]
    if sum(map(len, texts)) > _LONGEST_EMBEDS:
        raise invalid("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum of 6000")


def _check_components(fields: Json, flags: int) -> None:
    there = list(parts(fields.get("components") or ()))
    for one in there:
        if len(one.get("custom_id") or "") > _LONGEST_ID:
            raise too_long("components.custom_id", _LONGEST_ID)
        if len(one.get("label") or "") > _LONGEST_LABEL:
            raise too_long("components.label", _LONGEST_LABEL)
    ids = [one["custom_id"] for one in there if one.get("custom_id")]
    if len(set(ids)) < len(ids):
        words = "Component custom id cannot be duplicated"
        raise invalid("components", "COMPONENT_CUSTOM_ID_DUPLICATED", words)
    if flags & COMPONENTS_V2:
        _check_v2(fields, there)


def _check_v2(fields: Json, there: list[Json]) -> None:
    if any(_says(fields.get(name)) for name in _LEGACY):
        words = "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
        code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
        raise invalid("content", code, words)
    if sum(len(one["content"]) for one in there if one["type"] == _TEXT) > _LONGEST_V2:
        words = "The total displayable text size exceeds the maximum size of 4000"
        raise invalid("components", "COMPONENT_MAX_TOTAL_TEXT_SIZE_EXCEEDED", words)


def _check_voice(call: Call) -> None:
    fields = call.fields
    if any(_says(fields.get(name)) for name in ("content", "embeds", "components", "poll")):
        raise refusal(50159)
    told = fields.get("attachments") or []
    if len(call.files) != 1 or len(told) != 1:
        raise refusal(50160)
    if told[0].get("waveform") is None or told[0].get("duration_secs") is None:
        raise refusal(50161)


def _says(value: str | Iterable[object] | None) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)
