"""Long lists, a few at a time."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Final, TypeVar

T = TypeVar("T")

_AT_ONCE: Final = 500
"""Every SQLite takes as many values in a statement."""


def batches(values: Collection[T], size: int = _AT_ONCE) -> Iterator[list[T]]:
    """*values* in pieces of at most *size*."""
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some
