"""Texts as every model can take them: whole characters, and not too many at once."""

from collections.abc import Iterator
from math import ceil
from typing import Final

BLANK: Final = "."
"""Stands for a text of nothing, which some servers refuse."""


def plain(text: str) -> str:
    """*text* with what is no character made one, and never empty."""
    # half a surrogate pair is no UTF-8, and what is written in C ends at a zero
    whole = text.encode("utf-8", "replace").decode().replace("\0", " ")
    return whole.strip() or BLANK


def windows(text: str, size: int, most: int) -> tuple[str, ...]:
    """*text* in parts of one length, at most *size* each; beyond *most* of them it is not read."""
    whole = plain(text)[: size * most]
    return tuple(_cut(whole, ceil(len(whole) / ceil(len(whole) / size))))


def _cut(text: str, size: int) -> Iterator[str]:
    return (text[at : at + size] for at in range(0, len(text), size))
