"""Pictures that were sent together, told as the one message that people see."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final, TypeVar

from anima.model import Heard, Line

T = TypeVar("T", Line, Heard)

_SHOWN: Final = re.compile(r"(\[[^\[\]]{1,300}\])\s*(.*)", re.DOTALL)
"""What stands for a picture or a file, and the words that came with it."""


def together(lines: Sequence[Line]) -> Sequence[Line]:
    """*lines* with the parts of each album as one line."""
    if not any(line.album for line in lines):
        return lines
    parts = _grouped(lines)
    return [replace(some[0], text=joined(one.text for one in some)) for some in parts]


def messages(heard: Sequence[Heard]) -> Sequence[Sequence[Heard]]:
    """*heard* by message as people see it: an album is one."""
    return _grouped(heard)


def joined(texts: Iterable[str]) -> str:
    """What the parts of an album say: `[photo] ×3`, then all words that came with them."""
    every = list(texts)
    if len(every) == 1:
        return every[0]
    split = [_SHOWN.fullmatch(text.strip()) for text in every]
    shown = Counter(one[1] for one in split if one)
    words = [one[2] if one else text for one, text in zip(split, every, strict=True)]
    counted = (one if times == 1 else f"{one} ×{times}" for one, times in shown.items())
    return " ".join((*counted, *filter(None, words)))


def _grouped(parts: Sequence[T]) -> list[list[T]]:
    numbered = enumerate(parts)
    by_album = groupby(numbered, lambda one: _album(*one))
    return [[part for _, part in some] for _, some in by_album]


def _album(at: int, part: Line | Heard) -> tuple[object, ...]:
    """The same for neighbours of one album, and for nothing else."""
    return (part.album, part.speaker) if part.album else (at,)
