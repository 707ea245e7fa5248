"""Ids that carry their time, as the platform gives them out."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

_EPOCH_MS: Final = 1_420_070_400_000
_BEFORE_TIME: Final = 22  # bits that are not time


class Ids:
    """Each id is larger than the last, and tells when it was given."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._last = 0

    def new(self) -> int:
        """An id that nothing has had."""
        self._last = max(self._last + 1, self.at(self._now()))
        return self._last

    @staticmethod
    def at(moment: float) -> int:
        """The first id that could be given at *moment*."""
        return (int(moment * 1000) - _EPOCH_MS) << _BEFORE_TIME


def stamp(moment: float) -> str:
    """*moment* as the protocol writes it."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="microseconds")


def moment_of(id: int) -> float:  # noqa: A002 - the protocol's word
    """When *id* was given out."""
    return ((id >> _BEFORE_TIME) + _EPOCH_MS) / 1000
