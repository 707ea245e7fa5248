"""Text as the protocol counts it: UTF-16 units, and entities over them."""

import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from tests.far_side.botapi.wire import Json, Refusal

LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
_BMP_END: Final = "\uffff"

_TYPES: Final = frozenset(
    {
        "blockquote",
        "bold",
        "bot_command",
        "cashtag",
        "code",
        "custom_emoji",
        "date_time",
        "email",
        "expandable_blockquote",
        "hashtag",
        "italic",
        "mention",
        "phone_number",
        "pre",
        "spoiler",
        "strikethrough",
        "text_link",
        "text_mention",
        "underline",
        "url",
    }
)
_NEEDS: Final = {
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "date_time": "unix_time",
}
_FOUND: Final = re.compile(
    r"(?<!\w)(?P<mention>@[A-Za-z]\w{2,31})\b"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/])",
    re.ASCII,
)


class Formatted(NamedTuple):
    """A text as people see it: trimmed, with the entities that are left."""

    text: str
    entities: tuple[Json, ...]


def units(text: str) -> int:
    """The length of *text* in UTF-16 units."""
    if text.isascii():
        return len(text)
    return len(text) + sum(char > _BMP_END for char in text)


def found_entities(text: str) -> tuple[Json, ...]:
    """The mentions and commands that a server finds by itself."""
    if "@" not in text and "/" not in text:
        return ()
    return tuple(
        {
            "type": str(match.lastgroup),
            "offset": units(text[: match.start()]),
            "length": units(match.group()),
        }
        for match in _FOUND.finditer(text)
    )


def formatted(text: str, entities: Iterable[Any], limit: int, what: str) -> Formatted:
    """*text* with its *entities* checked, then trimmed; a refusal when either will not do."""
    given = _checked(text, entities)
    lead = units(text[: len(text) - len(text.lstrip())])
    text = text.strip()
    size = units(text)
    if size > limit:
        raise Refusal(400, f"Bad Request: {what} is too long")
    return Formatted(text, _moved(given, lead, size) + _besides(given, found_entities(text)))


def _checked(text: str, entities: Iterable[Any]) -> tuple[Json, ...]:
    given = tuple(entities)
    if not given:
        return ()
    size, inside = units(text), _pair_middles(text)
    for entity in given:
        _check_shape(entity)
        _check_range(entity, size, inside)
    return given


def _check_shape(entity: Any) -> None:
    if not isinstance(entity, dict):
        raise Refusal(400, "Bad Request: can't parse MessageEntity: expected an Object")
    kind = entity.get("type")
    if kind not in _TYPES:
        raise Refusal(400, "Bad Request: can't parse MessageEntity: unsupported type specified")
    need = _NEEDS.get(kind)
    if need and not entity.get(need):
        raise Refusal(400, f"Bad Request: can't parse MessageEntity: can't find field \"{need}\"")
    for name in ("offset", "length"):
        if not isinstance(entity.get(name), int):
            raise Refusal(400, f"Bad Request: can't parse MessageEntity: can't find \"{name}\"")


def _check_range(entity: Json, size: int, inside: frozenset[int]) -> None:
    start, end = entity["offset"], entity["offset"] + entity["length"]
    if start < 0 or entity["length"] < 0:
        raise Refusal(400, "Bad Request: receive an entity with incorrect offset or length")
    if start > size:
        raise Refusal(400, f"Bad Request: entity begins after the end of the text at {start}")
    if end > size:
        raise Refusal(
            400,
            f"Bad Request: entity beginning at UTF-16 offset {start}"
            f" ends after the end of the text at UTF-16 offset {end}",
        )
    if start in inside:
        raise Refusal(400, "Bad Request: entity begins in a middle of a UTF-16 symbol")
    if end in inside:
        raise Refusal(
            400,
            f"Bad Request: entity beginning at UTF-16 offset {start}"
            " ends in a middle of a UTF-16 symbol",
        )


def _pair_middles(text: str) -> frozenset[int]:
    """The offsets that would split a surrogate pair."""
    if text.isascii():
        return frozenset()
    middles, offset = [], 0
    for char in text:
        if char > _BMP_END:
            middles.append(offset + 1)
            offset += 1
        offset += 1
    return frozenset(middles)


def _moved(entities: tuple[Json, ...], lead: int, size: int) -> tuple[Json, ...]:
    """*entities* after *lead* units were cut off in front of a text that is *size* long now."""
    moved = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, size)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return tuple(moved)


def _besides(given: tuple[Json, ...], found: tuple[Json, ...]) -> tuple[Json, ...]:
    """What the server found and nobody had marked."""
    return tuple(
        one
        for one in found
        if not any(
            one["offset"] < other["offset"] + other["length"]
            and other["offset"] < one["offset"] + one["length"]
            for other in given
        )
    )
