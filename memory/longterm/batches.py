"""Long lists, a few at a time."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

T = TypeVar("T")

_AT_ONCE: Final = 500
"""Every SQLite takes as many values in a statement."""


def batches(values: Sequence[T], size: int = _AT_ONCE) -> Iterator[Sequence[T]]:
    """*values* in pieces of at most *size*."""
    return (values[start : start + size] for start in range(0, len(values), size))
