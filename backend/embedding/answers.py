"""What a server answers to POST /v1/embeddings, read without trust."""

import base64
import json
import struct
from collections.abc import Sequence
from typing import Any, Final

from anima.ports import Vector
from backend.embedding.vectors import packed, unpacked

MOST: Final = 8
"""So many texts at most go out in one question."""

HANDY_BYTES: Final = 100_000
"""To read an answer of so many takes 3 ms, for which the loop stands still."""

UNREADABLE: Final = (
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


def vectors(body: bytes, count: int) -> tuple[Vector, ...]:
    """The *count* vectors in *body*, in the order in which they were asked for.

    Raises `ValueError`, with a reason that is safe to tell.
    """
    try:
        found: Any = json.loads(body)["data"]
        placed = sorted(found, key=lambda one: one.get("index", 0))
        numbers = [_numbers(one["embedding"]) for one in placed]
    except UNREADABLE as error:
        raise ValueError("what it answers is no list of vectors") from error
    if len(numbers) != count:
        raise ValueError(f"it answers {count} texts with {len(numbers)} vectors")
    if [one.get("index", at) for at, one in enumerate(placed)] != list(range(count)):
        raise ValueError("it does not say which vector is whose")
    return tuple(map(_vector, numbers))


def handy(body: bytes, count: int) -> int:
    """To how many texts an answer is handy where one to *count* of them was *body*."""
    return max(1, min(MOST, HANDY_BYTES * count // len(body)))


def _numbers(embedding: object) -> Sequence[float]:
    """As text it is what `vectors` are made of already: numbers of 32 bits, little-endian."""
    if isinstance(embedding, str):
        return unpacked(base64.b64decode(embedding, validate=True))
    if isinstance(embedding, list) and all(type(one) in (float, int) for one in embedding):
        return embedding
    raise ValueError("no vector")


def _vector(numbers: Sequence[float]) -> Vector:
    try:
        return packed(numbers)
    except OverflowError as error:
        raise ValueError("its numbers have no end") from error
