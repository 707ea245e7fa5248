"""Ids that rise with time and need no database to be unique."""

from datetime import UTC, datetime
from secrets import randbits

from anima.ports import Clock

_CHANCE_BITS = 20
"""A million ids a millisecond and process before chance could repeat one."""

_MARKS = 2**31 - 1


def mark(turn: int) -> int:
    """A number for *turn* that any platform takes: of 31 bits, and not zero."""
    return turn % _MARKS + 1


def first_of(at: datetime) -> int:
    """No id that is given from *at* on is lower."""
    return int(at.timestamp() * 1000) << _CHANCE_BITS


class Ids:
    """Gives 63-bit ids: milliseconds since 1970, then chance; each larger than the one before."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        """The next id."""
        millisecond = int(self._clock.now().timestamp() * 1000)
        self._last = max(self._last + 1, millisecond << _CHANCE_BITS | randbits(_CHANCE_BITS))
        return self._last


def decided_at(id_: int) -> datetime:
    """When the id was given, to the millisecond."""
    return datetime.fromtimestamp((id_ >> _CHANCE_BITS) / 1000, UTC)
