"""The JSON in whatever a model wrote: in a fence, amid chatter, or broken off in the middle."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NoReturn

MOST: Final = 40_000
"""Letters that are read; no honest answer is longer."""
_TRIES: Final = 400
_DEEPEST: Final = 8


def listed(text: str, name: str) -> tuple[Mapping[str, Any], ...] | None:
    """The objects of the list *name* in *text*, those that are whole; None: there is no such list.

    Where the list was broken off, or left out around them, objects side by side are taken for it.
    """
    loose = []
    for value in _objects(text[:MOST]):
        if isinstance(value.get(name), list):
            return tuple(one for one in value[name] if isinstance(one, dict))
        loose.append(value)
    return tuple(loose) or None


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """The objects that stand in *text*, the outer ones as far as they are whole."""
    decoder = json.JSONDecoder(parse_constant=_refuse)
    at = text.find("{")
    for _ in range(_TRIES):
        if at < 0:
            return
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):  # prose, a constant, or nonsense a thousand deep
            end = at + 1
        else:
            if _depth(value) <= _DEEPEST:
                yield value
        at = text.find("{", end)


def _depth(value: object) -> int:
    """How many levels *value* has; it counts no further than is of interest."""
    depth, level = 0, [value]
    while level and depth <= _DEEPEST:
        depth += 1
        lists = (list(one.values()) if isinstance(one, dict) else one for one in level)
        level = [each for one in lists if isinstance(one, list) for each in one]
    return depth


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
